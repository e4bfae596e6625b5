"""The macros that our pages call give the HTML that the design system's own package says they must.

The library follows govuk-frontend by hand, so it may lag: what differs is named below, one by one, with its reason.
An exception that no longer differs fails too, so that the list only ever tells the truth.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standdown.design.tests.markup import from_source, tree

COMPONENTS = Path(__file__).parents[3] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
USED = {
    "back-link": "govukBackLink",
    "breadcrumbs": "govukBreadcrumbs",
    "button": "govukButton",
    "checkboxes": "govukCheckboxes",
    "date-input": "govukDateInput",
    "details": "govukDetails",
    "error-message": "govukErrorMessage",
    "error-summary": "govukErrorSummary",
    "exit-this-page": "govukExitThisPage",
    "fieldset": "govukFieldset",
    "file-upload": "govukFileUpload",
    "hint": "govukHint",
    "input": "govukInput",
    "inset-text": "govukInsetText",
    "label": "govukLabel",
    "notification-banner": "govukNotificationBanner",
    "pagination": "govukPagination",
    "radios": "govukRadios",
    "select": "govukSelect",
    "service-navigation": "govukServiceNavigation",
    "skip-link": "govukSkipLink",
    "summary-list": "govukSummaryList",
    "table": "govukTable",
    "tag": "govukTag",
    "textarea": "govukTextarea",
    "warning-text": "govukWarningText",
}
_NEWER = "the library (4.1.0) draws date inputs of 6.3, without the options that 6.6 added; test_mirrors.py holds ours"
_NEWER_DATES = (
    "with translations",
    "with values",
    "with values and name prefix",
    "with values, name prefix and custom names",
    "day and month",
    "month and year",
    "with errors only",
    "with errors only (using classes)",
    "with errors only (using items)",
    "with error message and hint",
    "with error message and hint (using items)",
    "with error on day input",
    "with error on day input (using items)",
    "with error on month input",
    "with error on month input (using items)",
    "with error on year input",
    "with error on year input (using items)",
    "custom pattern",
    "custom inputmode",
    "with nested name",
    "with id on items",
    "suffixed id",
    "with item value",
    "with field value",
    "with field value and items",
    "with field value and item value",
    "with field value, item value and values",
    "with field value overriding values",
    "with error message and described by",
    "with error on single field",
    "with error on single field by omission",
    "with error on single field using classes",
    "with error on single item",
    "with error on single item by omission",
    "items with classes",
    "items without classes",
)
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("button", "start link with html"): "the library leaves out the span around a start button's words; we have none",
    (
        "service-navigation",
        "with right-aligned language navigation",
    ): "the slot's place beside is newer; we use no slot",
    ("service-navigation", "with `inline` end slot"): "the slot's place beside is newer; we use no slot",
    **{("date-input", name): _NEWER for name in _NEWER_DATES},
}


def fixtures() -> list[Any]:
    cases = []
    for component in USED:
        found = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
        cases += [pytest.param(component, one, id=f"{component}: {one['name']}") for one in found]
    return cases


def drawn(component: str, options: dict[str, Any], called_with: str | None = None) -> str:
    """Draw a component as our pages do, in our environment."""
    macro = USED[component]
    source = f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {macro} %}}'
    call = f"{{{{ {macro}(options) }}}}"
    if called_with is not None:
        call = f"{{% call {macro}(options) %}}{called_with}{{% endcall %}}"
    return from_source(source + call, options=options)


@pytest.mark.parametrize(("component", "fixture"), fixtures())
def test_a_component_is_drawn_as_the_design_system_says(component: str, fixture: dict[str, Any]) -> None:
    same = tree(drawn(component, fixture["options"], fixture.get("callBlock"))) == tree(fixture["html"])
    reason = EXCEPTIONS.get((component, fixture["name"]))
    assert same is (reason is None), reason or "\n".join(tree(fixture["html"]))
