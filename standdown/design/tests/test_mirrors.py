"""Our own fields and pieces, where they mirror a component, give the HTML of the design system's own examples."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string

from standdown.design import fields, rendering
from standdown.design.tests.markup import from_source, tree
from standdown.design.tests.test_fixtures import COMPONENTS, drawn


def example(component: str, name: str) -> dict[str, Any]:
    found = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    return next(one for one in found if one["name"] == name)


def field_drawn(field: forms.Field, told: dict[str, Any], initial: Any = None) -> str:
    """Draw one field alone, under the id and name that the example has; sizes of labels are ours, so they go."""
    form_class = type("OneField", (forms.Form,), {"thing": field})
    refused = "errorMessage" in told
    form = form_class({} if refused else None, auto_id="%s", initial={"thing": initial})
    name = told.get("name", "")
    html: str = rendering.field(form["thing"])
    html = html.replace('name="thing_', 'name="').replace('name="thing"', f'name="{name}"').replace("thing", told["id"])
    html = html.replace(f"{told['id']}_", f"{told['id']}-").replace(' value=""', "")
    for size in (" govuk-label--s", " govuk-fieldset__legend--s"):
        html = html.replace(size, "")
    return html


def words_of(told: dict[str, Any]) -> dict[str, Any]:
    """Take an example's words as a field of ours takes them."""
    label = told["fieldset"]["legend"]["text"] if "fieldset" in told else told["label"]["text"]
    missing = told.get("errorMessage", {}).get("text")
    return {"label": label, "help_text": told.get("hint", {}).get("text", ""), "missing": missing}


@pytest.mark.parametrize(
    ("name", "day"), [("with values", dt.date(1980, 3, 31)), ("with error message and hint", None)]
)
def test_a_date(name: str, day: dt.date | None) -> None:
    told = example("date-input", name)
    field = fields.DateField(**words_of(told["options"]))
    assert tree(field_drawn(field, told["options"], day)) == tree(told["html"])


@pytest.mark.parametrize("name", ["with hint text", "with error message", "with autocomplete attribute"])
def test_a_box(name: str) -> None:
    told = example("input", name)
    more = {"autocomplete": told["options"].get("autocomplete", "")}
    assert tree(field_drawn(fields.TextField(**words_of(told["options"]), **more), told["options"])) == tree(
        told["html"]
    )


@pytest.mark.parametrize("name", ["with hint", "with error message", "with custom rows", "with hint and error message"])
def test_several_lines(name: str) -> None:
    told = example("textarea", name)
    field = fields.LongTextField(**words_of(told["options"]), rows=told["options"].get("rows", 5))
    assert tree(field_drawn(field, told["options"])) == tree(told["html"])


@pytest.mark.parametrize("name", ["default", "with hint text and error message"])
def test_a_choice_of_many(name: str) -> None:
    told = example("select", name)
    told["options"].setdefault("id", "select-1")
    choices = [(one["value"], one["text"]) for one in told["options"]["items"]]
    field = fields.SelectField(**words_of(told["options"]), choices=choices)
    chosen = next((one["value"] for one in told["options"]["items"] if one.get("selected")), None)
    plain = [line.replace(' disabled=""', "") for line in tree(told["html"])]
    assert tree(field_drawn(field, told["options"], chosen)) == plain


def test_yes_or_no() -> None:
    told = example("radios", "inline")
    options = told["options"] | {"id": told["options"]["idPrefix"]}
    field = fields.YesNoField(**words_of(options))
    assert tree(field_drawn(field, options, initial=False)) == tree(told["html"])


def test_facts_are_a_summary_list() -> None:
    told = example("summary-list", "default")
    facts = [(row["key"]["text"], row["value"]["text"]) for row in told["options"]["rows"] if "text" in row["value"]]
    rows = [{"key": {"text": key}, "value": {"text": value}} for key, value in facts]
    ours = piece("key_facts", "key_facts(facts)", facts=facts)
    assert tree(ours) == tree(drawn("summary-list", {"rows": rows}))


def test_why_is_a_details_component() -> None:
    told = example("details", "default")["options"]
    ours = piece("why", "why(question)", around=told["text"], question=told["summaryText"])
    assert tree(ours) == tree(example("details", "default")["html"])


def test_a_tag_is_a_tag_with_a_shape() -> None:
    ours = piece("tag", "tag('Alpha', 'due')")
    without_shape = [line for line in tree(ours) if "svg" not in line]
    theirs = tree(example("tag", "default")["html"].replace("govuk-tag", "govuk-tag govuk-tag--due", 1))
    assert without_shape == theirs


def test_the_bar_holds_a_service_navigation() -> None:
    nav = [("Dates", "/dates/", True), ("Courses", "/courses/", False), *[("More", "/more/", False)] * 4]
    items = [{"text": words, "href": href, "active": current} for words, href, current in nav]
    # `hidden` hides the button from everybody; the checker of our pages refuses to be told it twice.
    theirs = drawn("service-navigation", {"navigation": items}).replace(' hidden aria-hidden="true"', " hidden")
    assert tree(nav_drawn(nav)) == tree(theirs)


def nav_drawn(nav: list[tuple[str, str, bool]]) -> str:
    source = '{% extends "design/base/page.html" %}{% block title %}A page{% endblock %}'
    html = from_source(source, nav=nav)
    start = html.index('<div class="govuk-service-navigation"')
    return html[start : html.index("</header>")]


def test_the_skip_link_is_the_design_systems() -> None:
    html = render_to_string("404.html")
    start = html.index('<a href="#main-content"')
    ours = html[start : html.index("</a>", start) + 4]
    assert tree(ours) == tree(drawn("skip-link", {"href": "#main-content", "text": "Skip to main content"}))


def piece(file: str, call: str, *, around: str = "", **context: Any) -> str:
    """Draw one of our pieces alone."""
    name = call.split("(", maxsplit=1)[0]
    source = f'{{% from "design/components/{file}.html" import {name} %}}'
    source += f"{{% call {call} %}}{around}{{% endcall %}}" if around else f"{{{{ {call} }}}}"
    return from_source(source, **context)
