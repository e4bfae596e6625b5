from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation
from jinja2 import UndefinedError

from standdown.design import errors
from standdown.design.jinja import url
from standdown.design.tests.markup import from_source
from standdown.design.views import PAGES

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
HANDLERS = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    500: errors.server_error,
}


@pytest.fixture
def demonstration() -> Any:
    with override_settings(DEMONSTRATION=True):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_the_catalogue_shows_every_piece_without_inline_style_or_script(
    page: str, client: Client, demonstration: None
) -> None:
    response = client.get(f"/design/{page}/")
    assert response.status_code == 200
    assert INLINE.findall(response.content.decode()) == []


@pytest.mark.django_db
def test_the_catalogue_shows_a_refused_form(client: Client, demonstration: None) -> None:
    html = client.get("/design/forms/?sent=yes").content.decode()
    assert "<title>Error: Pieces: Forms \u2013 Standdown</title>" in html
    assert "There is a problem" in html


@pytest.mark.django_db
def test_the_catalogue_is_not_there_in_earnest(client: Client) -> None:
    with override_settings(DEMONSTRATION=False, DEBUG=False):
        assert client.get("/design/").status_code == 404


@pytest.mark.django_db
def test_an_unknown_kind_of_piece_is_not_there(client: Client, demonstration: None) -> None:
    assert client.get("/design/nothing/").status_code == 404


@pytest.mark.parametrize("status", HANDLERS)
def test_error_pages_need_neither_session_nor_database(status: int, rf: RequestFactory) -> None:
    response = HANDLERS[status](rf.get("/"))
    html = response.content.decode()
    assert response.status_code == status
    assert html.count("<h1") == 1
    assert "Sign in" not in html
    assert INLINE.findall(html) == []


def test_a_form_without_its_token_gets_a_page_that_says_so() -> None:
    response = errors.csrf_failure(HttpRequest(), reason="missing")
    assert response.status_code == 403
    assert "Nothing was changed" in response.content.decode()


def test_a_refusal_shows_its_sentence() -> None:
    assert "The session is full." in render_to_string("design/base/refused.html", {"sentence": "The session is full."})


class Amina:
    person_id = 1
    name = "Amina Vale"


def page(source: str, **context: Any) -> str:
    return from_source(source + "{% block title %}A page{% endblock %}", **context)


def test_who_is_signed_in_stands_in_the_bar_with_a_way_out_that_posts() -> None:
    html = page('{% extends "design/base/page.html" %}', actor=Amina, csrf_input="")
    assert "Amina Vale" in html
    assert re.search(r'<form method="post"[^>]*>\s*<button[^>]*>Sign out', html)


def test_a_public_page_never_says_who_reads_it() -> None:
    html = page('{% extends "design/base/public.html" %}', actor=Amina, csrf_input="token")
    assert "Amina Vale" not in html
    assert "token" not in html
    assert "Sign in" in html


def test_a_public_page_names_its_own_address_and_title_for_sharing() -> None:
    told = {"origin": "https://example.org", "page_path": "/training/"}
    html = page('{% extends "design/base/public.html" %}', **told)
    assert '<link rel="canonical" href="https://example.org/training/">' in html
    assert '<meta property="og:title" content="A page">' in html


def test_demonstration_is_said_on_every_page() -> None:
    assert "made up" in page('{% extends "design/base/page.html" %}', demonstration=True)
    assert "made up" not in page('{% extends "design/base/page.html" %}', demonstration=False)


def test_many_places_fold_away_on_a_phone_and_few_do_not() -> None:
    nav = [(f"Place {number}", "#", number == 0) for number in range(6)]
    assert "Menu</button>" in page('{% extends "design/base/page.html" %}', nav=nav)
    assert "Menu</button>" not in page('{% extends "design/base/page.html" %}', nav=nav[:5])


def test_the_page_says_its_language() -> None:
    assert '<html lang="en-GB"' in page('{% extends "design/base/page.html" %}')
    with translation.override("cy"):
        assert '<html lang="cy"' in page('{% extends "design/base/page.html" %}')


def test_a_name_that_a_page_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        page('{% extends "design/base/page.html" %}{% block main %}{{ sesion }}{% endblock %}')


def test_text_is_escaped() -> None:
    html = page('{% extends "design/base/page.html" %}{% block main %}{{ words }}{% endblock %}', words="<b>")
    assert "&lt;b&gt;" in html


def test_addresses_are_reversed() -> None:
    assert url("design:page", page="care") == url("design:page", "care")


def test_wrong_rows_stand_in_the_order_of_the_file_and_say_on_a_phone_what_is_what() -> None:
    problems = [
        {"row": row, "column": column, "sentence": f"Wrong {row}"} for row, column in ((5, "a"), (4, "b"), (0, ""))
    ]
    drawn = from_source(
        '{% from "design/components/wrong_rows.html" import wrong_rows %}{{ wrong_rows(problems) }}', problems=problems
    )
    assert re.findall(r"Wrong \d", drawn) == ["Wrong 0", "Wrong 4", "Wrong 5"]
    assert re.findall(r'data-label="(\w+)">(\w*)<', drawn) == [
        ("Column", ""), ("Row", "4"), ("Column", "b"), ("Row", "5"), ("Column", "a"),
    ]  # fmt: skip
