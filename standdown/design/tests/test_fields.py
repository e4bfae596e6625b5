from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from standdown.design import fields, parsing
from standdown.design.catalogue_form import Example
from standdown.design.rendering import error_summary, field, has_errors

GOOD: dict[str, Any] = {
    "title": "Demobilising",
    "contact": "amina@example.com",
    "day_day": "31",
    "day_month": "8",
    "day_year": "2022",
    "start": "9am",
    "capacity": "20",
    "force": "north",
    "how": "online",
    "welsh": "no",
    "sure": "on",
}


def test_good_answers_become_what_they_mean() -> None:
    form = Example(GOOD)
    assert form.errors == {}
    told = {name: form.cleaned_data[name] for name in ("title", "day", "start", "capacity", "force", "welsh", "sure")}
    assert told == {
        "title": "Demobilising",
        "day": dt.date(2022, 8, 31),
        "start": dt.time(9),
        "capacity": 20,
        "force": "north",
        "welsh": False,
        "sure": True,
    }


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "  ", "Title: fill this in"),
        ("contact", "", "Enter an email address"),
        ("contact", "amina", "Enter an email address in the correct format, like name@example.com"),
        ("start", "9", "Enter a time like 09:00, 9am or 2:30pm"),
        ("start", "", "Starts at: enter a time, like 09:00 or 2:30pm"),
        ("capacity", "1.5", "Enter a whole number, like 12"),
        ("force", "", "Force: choose one"),
        ("welsh", "", "Is it held in Welsh: choose one"),
        ("sure", "", "To go on, tick “The trainers have agreed to this date”"),
        ("day_year", "", "Date of the session must include a year"),
        ("day_day", "32", "Date of the session must be a real date, like 31 8 2022"),
        ("day_year", "22", "Date of the session must have a year of four figures, like 2022"),
        ("day_month", "1_0", "Date of the session must be a real date, like 31 8 2022"),
    ],
)
def test_each_refusal_says_what_to_do(name: str, value: str, message: str) -> None:
    form = Example({**GOOD, name: value})
    assert [str(error) for errors in form.errors.values() for error in errors] == [message]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("09:00", dt.time(9)),
        ("9:00am", dt.time(9)),
        ("9am", dt.time(9)),
        ("9 AM", dt.time(9)),
        ("14.30", dt.time(14, 30)),
        ("2:30 p.m.", dt.time(14, 30)),
        ("1430", dt.time(14, 30)),
        ("12am", dt.time(0)),
        ("12:15pm", dt.time(12, 15)),
        ("midday", dt.time(12)),
        ("midnight", dt.time(0)),
        ("9yb", dt.time(9)),
    ],
)
def test_times_of_day_as_people_write_them(text: str, time: dt.time) -> None:
    assert parsing.time_of_day(text) == time


@pytest.mark.parametrize(
    "text", ["9", "25:00", "13pm", "0am", "9:60", "nine", "-1:00", "9:0", "\u0669:\u0660\u0660", "9:00am\x00"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValidationError):
        parsing.time_of_day(text)


@pytest.mark.parametrize("month", ["8", "08", "August", "aug", "Awst"])
def test_months_by_number_or_name(month: str) -> None:
    assert parsing.date_from_parts("31", month, "2022", name="Date") == dt.date(2022, 8, 31)


@pytest.mark.parametrize("parts", [("29", "2", "2023"), ("0", "1", "2022"), ("1", "13", "2022"), ("+1", "1", "2022")])
def test_days_that_never_were(parts: tuple[str, str, str]) -> None:
    with pytest.raises(ValidationError, match="real date"):
        parsing.date_from_parts(*parts, name="Date")


def test_files_by_name_and_size() -> None:
    file = fields.CsvFileField(label="File", megabytes=1)
    good = SimpleUploadedFile("dates.csv", b"a,b\n")
    assert file.clean(good) is good
    for bad, message in (
        (SimpleUploadedFile("dates.xlsx", b"x"), "ends in .csv"),
        (SimpleUploadedFile("dates.csv", b""), "empty"),
        (SimpleUploadedFile("dates.csv", b"x" * (1024 * 1024 + 1)), "smaller than 1 MB"),
        (None, "Choose a CSV file"),
    ):
        with pytest.raises(ValidationError, match=message):
            file.clean(bad)


def test_the_error_summary_leads_to_the_first_box_of_each_field() -> None:
    form = Example({**GOOD, "day_day": "", "how": "", "title": ""})
    html = error_summary(form)
    assert html.count("<li>") == 3
    for ident in ("id_title", "id_day_day", "id_how"):
        assert f'href="#{ident}"' in html
        assert f'id="{ident}"' in "".join(field(one) for one in form)


def test_what_belongs_to_no_field_stands_in_the_summary_too() -> None:
    class Always(forms.Form):
        def clean(self) -> dict[str, Any]:
            raise ValidationError("The session is full")

    form = Always({})
    assert has_errors(form)
    assert "The session is full" in error_summary(form)


def test_nothing_wrong_nothing_said() -> None:
    assert error_summary(Example()) == ""
    assert error_summary(Example(GOOD)) == ""
    assert not has_errors(Example())


def test_what_was_typed_is_kept_and_escaped_and_a_password_is_not() -> None:
    form = Example({**GOOD, "title": '<b>"', "day_day": "99", "word": "hunter2"})
    html = "".join(field(one) for one in form)
    assert 'value="&lt;b&gt;&#34;"' in html
    assert 'value="99"' in html
    assert "hunter2" not in html


def test_initial_values_are_shown() -> None:
    initial = {"day": dt.date(2022, 8, 31), "start": dt.time(9), "welsh": True, "how": "online", "capacity": 20}
    form = Example(initial=initial)
    html = "".join(field(form[name]) for name in initial)
    for shown in ('value="31"', 'value="2022"', 'value="09:00"', 'value="yes" checked', 'value="online" checked'):
        assert shown in html


def test_autocomplete_keyboard_and_page_heading() -> None:
    class Ask(forms.Form):
        name = fields.TextField(label="Your name", autocomplete="name", heading=True)
        places = fields.NumberField(label="Places")

    form = Ask()
    assert 'autocomplete="name"' in field(form["name"])
    assert '<h1 class="govuk-label-wrapper">' in field(form["name"])
    assert 'inputmode="numeric"' in field(form["places"])


def test_a_field_of_djangos_own_is_drawn_as_it_is() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert (
        field(Hidden(initial={"token": "x"})["token"]) == '<input type="hidden" name="token" value="x" id="id_token">'
    )


def test_an_unknown_width_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="characters wide"):
        fields.TextField(width=7)


def test_as_field_group_is_the_same_drawing() -> None:
    form = Example()
    assert form["title"].as_field_group() == field(form["title"])


@pytest.mark.parametrize("text", ["a\r\nBcc: b@c.example", "a\u2028b", "a\u202eb", "a\x85b", "a\u200bb"])
def test_a_line_holds_only_what_can_be_seen(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        fields.TextField(label="Name").clean(text)
    assert fields.PasswordField(label="Password").clean(text) == text
