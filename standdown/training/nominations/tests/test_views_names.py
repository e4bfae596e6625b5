"""The names of a date, one nomination, what is done to it, and the files that are taken away."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from standdown.audit.models import Entry
from standdown.foundation import db, ids
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, LineManagement, Person, Posting
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Nomination, Session, SessionForce
from standdown.training.nominations import actions
from standdown.training.nominations.models import EndReason
from standdown.training.nominations.tests.test_views import NOW, ROOT, day, put, team, told, words
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def bshire() -> Force:
    return cast.force("bshire")


@pytest.fixture
def lead(ashire: Force) -> Any:
    return cast.holder(Role.WELLBEING_LEAD, ashire, "Lena", family_name="Leader")


@pytest.fixture
def browser(lead: Any) -> Client:
    return cast.client_for(lead)


@pytest.fixture
def nadia() -> Client:
    return cast.client_for(cast.national_coordinator())


@pytest.fixture
def session(course: Course, ashire: Force, bshire: Force) -> Session:
    return cast.session(course, ashire, bshire, day=day(60), capacity=3)


@pytest.fixture
def made(lead: Any, session: Session, ashire: Force) -> Nomination:
    return put(lead, session, cast.person(ashire, "Ann"))


def others(session: Session, force: Force, number: int) -> None:
    bella = cast.holder(Role.WELLBEING_LEAD, force, "Bella", family_name="Elsewhere")
    for _number in range(number):
        put(bella, session, cast.person(force, "Bert", family_name="Elsewhere"))


def asked(lead: Any, session: Session, force: Force, name: str = "Cat") -> Nomination:
    person, manager = cast.person(force, name), cast.person(force, "Max")
    with db.open_for("the test"):
        LineManagement.objects.create(person=person, manager=manager, since=day(-9))
    return put(lead, session, person, released=False)


def at(session: Session) -> str:
    return f"{ROOT}dates/{session.pk}/"


# -- the names of one date --------------------------------------------------------------------------------------------


def test_a_lead_sees_the_own_forces_names_alone(
    browser: Client, lead: Any, session: Session, made: Nomination, ashire: Force, bshire: Force
) -> None:
    others(session, bshire, 3)
    put(lead, session, cast.person(ashire, "Ben"))
    asked(lead, session, ashire)
    text = words(browser, at(session))
    assert "Ashire: 0 kept, 0 taken, 1 offered, 0 free, 1 waiting" in text
    assert "Elsewhere" not in text
    assert "1 waits for an agreement" in text
    assert 'data-label="Number">2</td>' in text  # one name of the other force is ahead
    assert "Put somebody forward" in text


def test_a_coordinator_sees_every_numbered_place(
    nadia: Client, lead: Any, session: Session, made: Nomination, bshire: Force
) -> None:
    others(session, bshire, 1)
    text = words(nadia, at(session))
    assert "2 of 3 places held, 0 waiting" in text
    assert 'data-label="Place">3</td> <th scope="row" class="govuk-table__header"><span class="sd-muted">Nobody' in text
    assert text.count("Elsewhere") == 1
    assert "Put somebody forward" not in text
    with db.open_for("the test"):
        Nomination.objects.filter(pk=made.pk).update(place_no=4, over_capacity=True)
        Nomination.objects.exclude(pk=made.pk).update(mutual_aid=True)
    text = words(nadia, at(session))
    assert "1 of 3 places held, 0 waiting" in text
    assert "1 place beyond the capacity" in text
    assert "1 place by mutual aid" in text
    assert "<strong>Beyond the capacity</strong>" in text
    assert "<strong>Mutual aid</strong>" in text


@pytest.mark.parametrize("number", [1, 3])
def test_the_names_take_as_many_statements_whatever_their_number(
    browser: Client, lead: Any, session: Session, ashire: Force, number: int
) -> None:
    for _number in range(number):
        put(lead, session, cast.person(ashire, "Ann"))
    with CaptureQueriesContext(connection) as sent:
        assert words(browser, at(session)).count("Place offered") == number
    assert len(sent) == 9


def test_the_waiting_names_are_put_into_the_order_of_cover(
    browser: Client, lead: Any, course: Course, ashire: Force
) -> None:
    session = cast.session(course, ashire, day=day(60), capacity=1)
    nights = team(ashire, "nights", 3, day(300))
    names = [put(lead, session, cast.person(ashire, name)) for name in ("Ann", "Ben", "Cat")]
    told(Person.objects.get(given_name="Cat"), course, of=nights)
    text = words(browser, at(session))
    assert "Where cover is thinnest, the order would be:" in text
    assert 'Cat Ashdown <span class="sd-muted">Luton, nights: 1 of 3 able to defuse</span>' in text
    order = f"/training/exchanges/order/{session.pk}/?force={ashire.pk}"
    assert f'action="{order}"' in text
    sent = {str(names[2].pk): "1", str(names[1].pk): "2", "reason": "cover"}
    assert browser.post(order, sent).status_code == 303
    assert Nomination.objects.get(pk=names[2].pk).own_order == 1
    text = words(browser, at(session))
    assert "They stand in the order in which cover is thinnest." in text
    assert text.index("Cat Ashdown") < text.index("Ben Ashdown")
    assert text.count(">Move down<") == text.count(">Move up<") == 1


def test_who_declined_is_shown_without_a_reason_and_without_a_click(
    browser: Client, session: Session, made: Nomination
) -> None:
    actions.decline_place(by=cast.actor(made.person), at=NOW, nomination=made)
    text = words(browser, at(session))
    assert "Did not take the place" in text
    text = words(browser, f"{ROOT}{made.pk}/")
    assert "The place was not taken" in text
    assert "<span>Ann Ashdown</span>" not in text


def test_a_date_of_other_forces_and_a_draft_are_not_there(
    browser: Client, nadia: Client, course: Course, ashire: Force, bshire: Force
) -> None:
    elsewhere = cast.session(course, bshire, day=day(60))
    draft = cast.session(course, ashire, day=day(61), status="draft")
    assert browser.get(at(elsewhere)).status_code == 404
    assert [client.get(at(draft)).status_code for client in (browser, nadia)] == [404, 404]
    assert words(nadia, at(elsewhere)).count("Nobody</span>") == 16


def test_whoever_owns_a_date_sees_every_name_on_it(
    browser: Client, course: Course, ashire: Force, bshire: Force
) -> None:
    session = cast.session(course, ashire, bshire, day=day(60), owner_force=ashire)
    others(session, bshire, 1)
    assert "Bert Elsewhere" in words(browser, at(session))


def test_by_mutual_aid_a_lead_sees_the_own_name_on_another_forces_date(
    browser: Client, course: Course, session: Session, made: Nomination, ashire: Force
) -> None:
    with db.open_for("the test"):
        SessionForce.objects.filter(session=session, force=ashire).delete()
        Nomination.objects.filter(pk=made.pk).update(mutual_aid=True)
    assert "Ann Ashdown" in words(browser, at(session))
    text = words(browser, ROOT)
    assert "Mutual aid: another force&#39;s date" in text


def test_a_date_that_names_no_force_any_more_still_opens(nadia: Client, session: Session, made: Nomination) -> None:
    with db.open_for("the test"):
        SessionForce.objects.all().delete()
    assert "Ann Ashdown" in words(nadia, at(session))


# -- one nomination ---------------------------------------------------------------------------------------------------


def test_one_nomination_says_all_that_is_known(browser: Client, session: Session, made: Nomination) -> None:
    text = words(browser, f"{ROOT}{made.pk}/")
    for expected in (
        "Place 1 is held until", "Lena Leader, as wellbeing lead,", "Stated by the wellbeing lead",
        "The wellbeing lead confirmed the release: Lena Leader,", "No charge: Home Office force", "Answer by",
        "What was told", "Waiting", "What happened", "Let somebody else come", "Move to another date",
        "Swap with another name", "Take the name back",
    ):  # fmt: skip
        assert expected in text
    assert "Give a place beyond the capacity" not in text


def test_a_deputy_is_named_with_the_lead(browser: Client, lead: Any, session: Session, ashire: Force) -> None:
    deputy = cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee")
    made = put(deputy, session, cast.person(ashire, "Ann"))
    assert "Dee Ashdown, as deputy for the wellbeing lead Lena Leader," in words(browser, f"{ROOT}{made.pk}/")


def test_every_state_and_its_end_is_said(browser: Client, session: Session, made: Nomination) -> None:
    actions.accept_place(by=cast.actor(made.person), at=NOW, nomination=made, consent=Nomination.Consent.SIGNED_IN)
    assert "Has place 1" in words(browser, f"{ROOT}{made.pk}/")
    with db.open_for("the test"):
        Nomination.objects.filter(pk=made.pk).update(over_capacity=True, mutual_aid=True, late=True)
    text = words(browser, f"{ROOT}{made.pk}/")
    assert "Beyond the capacity of the date" in text
    assert "By exception, on another force&#39;s date" in text
    assert "Answered signed in" in text
    leader = cast.actor(Person.objects.get(family_name="Leader"), day(0))
    actions.withdraw(by=leader, at=NOW, nomination=made, reason=EndReason.ROSTER)
    text = words(browser, f"{ROOT}{made.pk}/")
    assert "Roster, leave or court" in text
    assert "Take the name back" not in text


def test_what_could_not_be_told_is_an_error_on_screen(
    browser: Client, lead: Any, session: Session, made: Nomination, ashire: Force
) -> None:
    with db.open_for("the test"):
        Person.objects.filter(pk=made.person_id).update(work_email="")
        OutboxMessage.objects.filter(about=str(made.pk)).update(state="dead")
    text = words(browser, f"{ROOT}{made.pk}/")
    assert "Nobody can be told: Ann Ashdown has no e-mail address." in text
    assert "A message could not be delivered. Tell them in another way." in text
    waits = asked(lead, session, ashire)
    with db.open_for("the test"):
        OutboxMessage.objects.filter(about=str(waits.pk)).delete()
    text = words(browser, f"{ROOT}{waits.pk}/")
    assert "Nobody was asked: there is no line manager with an e-mail address." in text
    assert "Nobody was told anything yet." in text


def test_a_coordinator_may_go_beyond_the_capacity(
    nadia: Client, lead: Any, session: Session, ashire: Force, bshire: Force
) -> None:
    others(session, bshire, 3)
    waits = put(lead, session, cast.person(ashire, "Ann"))
    text = words(nadia, f"{ROOT}{waits.pk}/")
    assert "On the waiting list, number 1" in text
    assert f"/training/exchanges/{waits.pk}/over-capacity/" in text
    assert "Take the name back" not in text


@pytest.mark.parametrize("page", ["", "withdraw/"])
def test_another_forces_lead_finds_nothing(made: Nomination, bshire: Force, page: str) -> None:
    charlie = cast.client_for(cast.holder(Role.WELLBEING_LEAD, bshire, "Charlie"))
    assert charlie.get(f"{ROOT}{made.pk}/{page}").status_code == 404
    assert charlie.post(f"{ROOT}{made.pk}/confirm-release/").status_code == 404


def test_who_only_reads_takes_nobody_back(made: Nomination, ashire: Force) -> None:
    esther = cast.client_for(cast.holder(Role.ESTIP_LEAD, ashire, "Esther"))
    text = words(esther, f"{ROOT}{made.pk}/")
    assert "Take the name back" not in text
    assert esther.get(f"{ROOT}{made.pk}/withdraw/").status_code == 404


def test_a_name_is_taken_back(browser: Client, made: Nomination) -> None:
    address = f"{ROOT}{made.pk}/withdraw/"
    assert "this counts as a late withdrawal" not in words(browser, address)
    assert b"choose one" in browser.post(address, {"reason": ""}).content
    answer = browser.post(address, {"reason": "roster"})
    assert (answer.status_code, answer["Location"]) == (303, f"{ROOT}{made.pk}/")
    assert "The name is off the date." in words(browser, answer["Location"])
    assert b"This name is no longer on the date" in browser.post(address, {"reason": "roster"}).content


def test_that_it_is_late_is_said_before(browser: Client, session: Session, made: Nomination) -> None:
    with db.open_for("the test"):
        begins = NOW + (day(1) - day(0))
        Session.objects.filter(pk=session.pk).update(starts_at=begins, nominations_close_at=NOW)
    assert "this counts as a late withdrawal" in words(browser, f"{ROOT}{made.pk}/withdraw/")


def test_the_lead_confirms_a_release(browser: Client, lead: Any, session: Session, ashire: Force) -> None:
    waits = asked(lead, session, ashire)
    assert "Confirm that they are free" in words(browser, f"{ROOT}{waits.pk}/")
    answer = browser.post(f"{ROOT}{waits.pk}/confirm-release/")
    assert answer.status_code == 303
    assert "Place 1 is held for Cat Ashdown until" in words(browser, answer["Location"])
    assert browser.post(f"{ROOT}{waits.pk}/confirm-release/").status_code == 409


# -- files ------------------------------------------------------------------------------------------------------------


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_first_screens_names_as_a_file(
    browser: Client, session: Session, made: Nomination, course: Course, ashire: Force
) -> None:
    told(cast.person(ashire, "=cmd", family_name="Ashdown"), course)
    answer = browser.post(f"{ROOT}forces/{ashire.pk}/file/", {"kind": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="names-ashire-{day(0)}.csv"'
    found = rows(answer.content)
    assert [row[:2] for row in found] == [
        ["List", "Name"],
        ["Has a place", "Ann Ashdown"],
        ["Waiting", "'=cmd Ashdown"],
    ]
    entry = Entry.objects.get(can="export-nominations")
    assert (entry.kind, entry.record_id, entry.detail) == ("people.force", str(ashire.pk), {"names": 2, "kind": "csv"})


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_a_dates_names_as_a_file(
    browser: Client, nadia: Client, session: Session, made: Nomination, bshire: Force, who: str
) -> None:
    others(session, bshire, 1)
    client, names = (browser, ["Ann Ashdown"]) if who == "lead" else (nadia, ["Ann Ashdown", "Bert Elsewhere"])
    answer = client.post(f"{at(session)}file/", {"kind": "csv"})
    assert answer["Content-Disposition"] == f'attachment; filename="names-{session.reference.lower()}.csv"'
    assert [row[1] for row in rows(answer.content)[1:]] == names
    answer = client.post(f"{at(session)}file/", {"kind": "xlsx"})
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer.content.startswith(b"PK")
    kinds = Entry.objects.filter(can="export-nominations").values_list("kind", flat=True)
    assert list(kinds) == ["people.force" if who == "lead" else "training.session"] * 2


def test_files_are_for_who_may_take_them(
    browser: Client, session: Session, made: Nomination, ashire: Force, bshire: Force
) -> None:
    deputy = cast.client_for(cast.holder(Role.WELLBEING_DEPUTY, ashire, "Dee"))
    charlie = cast.client_for(cast.holder(Role.WELLBEING_LEAD, cast.force("cshire"), "Charlie"))
    for client in (deputy, charlie):
        assert client.post(f"{ROOT}forces/{ashire.pk}/file/").status_code == 404
        assert client.post(f"{at(session)}file/").status_code == 404
    assert browser.post(f"{ROOT}forces/{bshire.pk}/file/").status_code == 404
    assert browser.get(f"{ROOT}forces/{ashire.pk}/file/").status_code == 405
    assert browser.post(f"{ROOT}dates/{ids.new()}/file/").status_code == 404


def test_the_pages_of_dates_lead_to_the_names(browser: Client, session: Session) -> None:
    assert f'href="{at(session)}"' in words(browser, f"/training/sessions/{session.pk}/")
    assert f'href="{ROOT}"' in words(browser, "/training/sessions/")


def test_how_thin_cover_is_stays_within_the_force(
    browser: Client, nadia: Client, lead: Any, session: Session, ashire: Force
) -> None:
    made = [put(lead, session, cast.person(ashire, name)) for name in ("Ann", "Ben", "Cat", "Dan")]
    with db.open_for("the test"):
        Posting.objects.filter(person=made[-1].person).update(team=team(ashire, "Response", 2))
    page = f"{ROOT}dates/{session.pk}/"
    assert "Luton, Response: 0 of 2 able to defuse" in words(browser, page)
    seen = words(nadia, page)
    assert "Dan" in seen
    assert "Response" not in seen
    assert "Cover where they work" not in seen
