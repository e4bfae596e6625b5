"""The screens of a programme: seen by those who answer for care, changed by the ESTIP lead, in their own force."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from standdown.care.models import Programme
from standdown.care.programme import actions, forms, queries, screens
from standdown.care.programme.policy import StepKind
from standdown.foundation import access, clock
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    return cast.force("ashire")


@pytest.fixture
def lead(force: Force) -> Client:
    return cast.client_for(cast.holder(Role.ESTIP_LEAD, force))


@pytest.fixture
def draft(force: Force) -> Programme:
    by = access.system("the tests")
    return actions.copy(by=by, at=clock.now(), programme=care_cast.programme(), force=force)


def at(name: str, *words: object) -> str:
    return reverse(f"care_programme:{name}", args=words)


def text(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return html.unescape(answer.content.decode())


def test_the_list_says_what_holds_and_what_comes_with_standdown(lead: Client, force: Force) -> None:
    page = text(lead.get(at("versions")))
    assert "Your force has no version of its own" in page
    for one in queries.shipped(access.system("the tests")):
        assert screens.name_of(one) in page
    assert "How people are looked after" in text(lead.get(reverse("me:page")))
    assert force.name in page


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("estip-like", "days and not hours as in CISM"),
        ("trim-like", "offered again after a month"),
        ("cism-like", "In ESTIP the same word means about three days after"),
    ],
)
def test_a_version_says_its_windows_and_what_its_words_must_not_be_taken_for(
    lead: Client, family: str, words: str
) -> None:
    page = text(lead.get(at("one", care_cast.programme(family).pk)))
    for sentence in (words, "Why this time?", "If something ended now", "Copy it for Ashire", "Death of a child"):
        assert sentence in page
    assert "Change the figures" not in page


def test_a_version_says_who_is_told_in_words(lead: Client) -> None:
    page = text(lead.get(at("one", care_cast.programme().pk)))
    for sentence in (
        "1 hour before it is due: whoever owns the step",
        "When it is due: whoever owns the step",
        "1 hour after it was due: the supervisor's own line manager",
        "1 day after it was due: the ESTIP lead",
        "30 minutes after it was due: the coordinator",
    ):
        assert sentence in page


@pytest.mark.parametrize("role", [Role.ESTIP_COORDINATOR, Role.WELLBEING_LEAD])
def test_others_who_answer_for_care_see_and_change_nothing(role: Role, force: Force, draft: Programme) -> None:
    client = cast.client_for(cast.holder(role, force))
    page = text(client.get(at("one", draft.pk)))
    assert "Change the figures" not in page
    assert "Copy it" not in page
    assert client.get(at("figures", draft.pk)).status_code == 404
    assert client.post(at("copy", draft.pk)).status_code == 404


def test_another_forces_version_is_not_there(draft: Programme) -> None:
    elsewhere = cast.client_for(cast.holder(Role.ESTIP_LEAD, cast.force("bshire")))
    assert elsewhere.get(at("one", draft.pk)).status_code == 404
    assert elsewhere.get(at("schedule", draft.pk)).status_code == 404
    assert Programme.objects.filter(force__slug="ashire").count() == 1


def test_a_lead_copies_changes_schedules_and_withdraws(lead: Client, force: Force) -> None:
    copied = lead.post(at("copy", care_cast.programme().pk), follow=True)
    draft = Programme.objects.get(force=force)
    assert "Change the figures" in text(copied)
    sent = {**queries.figures_of(draft), "book_hours": 30, "has_demobilise": "on"}
    assert lead.post(at("figures", draft.pk), sent).status_code == 303
    draft.refresh_from_db()
    assert (draft.book_hours, draft.own_manager_may_defuse) == (30, False)
    day = clock.london_day(clock.now()) + dt.timedelta(days=3)
    dated = {"first_day_day": day.day, "first_day_month": day.month, "first_day_year": day.year}
    page = text(lead.post(at("schedule", draft.pk), dated, follow=True))
    assert "Scheduled" in page
    assert "Withdraw it" in page
    assert lead.get(at("figures", draft.pk)).status_code == 409
    assert "is a draft again" in text(lead.post(at("withdraw", draft.pk), follow=True))
    assert "The draft is gone" in text(lead.post(at("discard", draft.pk), follow=True))


def test_figures_that_do_not_fit_are_said_beside_the_figure(lead: Client, draft: Programme) -> None:
    sent = {**queries.figures_of(draft), "group_most": 11, "defuse_target_hours": 1}
    answer = lead.post(at("figures", draft.pk), sent)
    page = text(answer)
    assert answer.status_code == 200
    assert "In this way of working a group is never larger than 10" in page
    assert "The target must lie inside the window" in page


def test_words_and_next_steps_are_changed(lead: Client, draft: Programme) -> None:
    sent = {f"{term}.words": "Talk" for term in ("demobilise", "defuse", "core-group", "defuser", "follow-up")}
    assert lead.post(at("phases", draft.pk), sent).status_code == 303
    assert {one.words for one in draft.phases.all()} == {"Talk"}
    assert lead.post(at("next-steps", draft.pk), {"first": ["urgent"], "second": ["gp", "estim"]}).status_code == 303
    assert queries.offered(draft) == (["urgent"], ["estim", "gp"])
    assert "Defuse, in English" in text(lead.post(at("phases", draft.pk), {}))


def test_entries_are_added_changed_moved_and_taken_away(lead: Client, draft: Programme) -> None:
    assert lead.post(at("add-category", draft.pk), {"words": "Flood", "welsh": "Llifogydd"}).status_code == 303
    assert lead.post(at("add-role", draft.pk), {"words": "Diver", "closeness": "1"}).status_code == 303
    flood, diver = draft.categories.get(code="flood"), draft.roles.get(code="diver")
    assert (flood.welsh, diver.closeness, diver.control_room) == ("Llifogydd", 1, False)
    assert "Flood" in text(lead.get(at("change-entry", draft.pk, flood.pk)))
    assert 'value="1"' in text(lead.get(at("change-entry", draft.pk, diver.pk)))
    changed = {"words": "Diver", "closeness": "2", "control_room": "on"}
    assert lead.post(at("change-entry", draft.pk, diver.pk), changed).status_code == 303
    diver.refresh_from_db()
    assert (diver.closeness, diver.control_room) == (2, True)
    last = draft.categories.count() - 1
    assert lead.post(at("move-entry-up", draft.pk, flood.pk)).status_code == 303
    assert list(draft.categories.all())[last - 1] == flood
    assert lead.post(at("remove-entry", draft.pk, flood.pk)).status_code == 303
    assert lead.get(at("change-entry", draft.pk, flood.pk)).status_code == 404


def test_words_that_could_hold_a_sentence_about_somebody_are_refused(lead: Client, draft: Programme) -> None:
    answer = lead.post(at("add-category", draft.pk), {"words": "He said: I cannot; ring 07700 900123 <now>"})
    assert answer.status_code == 200
    assert "Use letters, digits, spaces and simple marks, at most 60" in text(answer)


def sent_chain(*rows: tuple[str, str, str]) -> dict[str, str]:
    filled = [*rows, *([("", "hours-after", "")] * (5 - len(rows)))]
    names = ("number", "unit", "told")
    return {f"{name}{row}": value for row, one in enumerate(filled) for name, value in zip(names, one, strict=True)}


def test_who_is_told_is_changed(lead: Client, draft: Programme) -> None:
    page = text(lead.get(at("chain", draft.pk, "demobilise")))
    assert "Demobilise before off duty" in page
    sent = sent_chain(("2", "hours-before", "owner"), ("30", "minutes-after", "duty-inspector"))
    assert lead.post(at("chain", draft.pk, "demobilise"), sent).status_code == 303
    links = queries.chains(draft)[StepKind.DEMOBILISE]
    assert [(one.minutes, one.told) for one in links] == [(-120, "owner"), (30, "duty-inspector")]
    assert lead.get(at("chain", draft.pk, "nothing")).status_code == 404


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Say who is told first"),
        ([("", "hours-after", "owner")], "Enter when they are told"),
        ([("2", "hours-after", "owner"), ("1", "hours-after", "coordinator")], "Each must be told later"),
    ],
)
def test_a_chain_that_makes_no_sense_is_said(
    lead: Client, draft: Programme, rows: list[tuple[str, str, str]], words: str
) -> None:
    assert words in text(lead.post(at("chain", draft.pk, "book"), sent_chain(*rows)))


@pytest.mark.parametrize("minutes", [-90, -60, 0, 1, 90, 720, 2880])
def test_a_link_is_said_in_the_unit_that_it_is_whole_in(minutes: int) -> None:
    number, unit = forms.said(minutes)
    assert number * forms.UNITS[unit][0] == minutes
