from __future__ import annotations

import datetime as dt

import pytest

from standdown.foundation import db
from standdown.notifications import qualification_warnings
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force, Person, Posting
from standdown.people.qualifications import actions
from standdown.people.qualifications.tests.qualified import ahead, away, qualify
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Force:
    made = cast.force()
    cast.holder(Role.WELLBEING_LEAD, made, "Lea")
    return made


def warn(days: int = 0) -> None:
    qualification_warnings.each_day(AT + dt.timedelta(days=days))


def told() -> list[tuple[str, str, int]]:
    found = OutboxMessage.objects.order_by("created_at", "id")
    return [(one.purpose, one.recipient.given_name, one.version) for one in found]


def warned(name: str) -> list[int]:
    return [version for _purpose, given_name, version in told() if given_name == name]


def person(force: Force, name: str = "Dee", **facts: str) -> Person:
    return cast.person(force, name, **facts)


def test_each_of_the_three_days_is_told_once(force: Force) -> None:
    qualify(person(force), valid_until=ahead(91))
    for day in (0, 1, 1, 2, 61, 62, 91, 92):
        warn(day)
    assert warned("Dee") == [90, 30, 0]
    assert len(warned("Lea")) == 3


def test_the_mail_says_what_keeps_it_current(force: Force) -> None:
    qualify(person(force), valid_until=ahead(90))
    warn()
    mail = OutboxMessage.objects.get(purpose="QualificationEnding")
    assert mail.subject == "A qualification of yours holds until 21 February 2027"
    assert "Leading 2 sessions, or 3 hours of further training, before then keeps it current" in mail.text


def test_what_one_course_taught_and_ends_together_is_one_message(force: Force) -> None:
    dee = person(force)
    for skill in ("defuse", "demobilise", "estim"):
        qualify(dee, skill, valid_until=ahead(90))
    qualify(dee, "peer-support", valid_until=ahead(30))
    warn()
    warn(1)
    assert sorted(warned("Dee")) == [30, 90]
    mail = OutboxMessage.objects.get(purpose="QualificationEnding", version=90).text
    lines = [line for line in mail.splitlines() if line.startswith("This is about")]
    assert sum(line.count(",") + 1 for line in lines) == 3
    for words in ("Defuse", "Demobilise", "Take part in an ESTIM"):
        assert any(words in line for line in lines)


def test_the_mail_of_the_end_and_in_welsh(force: Force) -> None:
    qualify(person(force, language="cy"), valid_until=ahead(0))
    warn()
    mail = OutboxMessage.objects.get(purpose="QualificationEnding")
    assert "23 Tachwedd 2026" in mail.text
    assert "23 Tachwedd 2026" in mail.html


def test_a_lead_gets_one_list_for_all(force: Force) -> None:
    cast.holder(Role.WELLBEING_DEPUTY, force, "Dan")
    for name, days in (("Ada", 90), ("Ben", 30), ("Cat", 0), ("Eve", 60)):
        qualify(person(force, name), valid_until=ahead(days))
    warn()
    lists = {one.recipient.given_name: one.text for one in OutboxMessage.objects.filter(purpose="QualificationsEnding")}
    assert sorted(lists) == ["Dan", "Lea"]
    assert [name in lists["Lea"] for name in ("Ada", "Ben", "Cat", "Eve")] == [True, True, True, False]
    assert lists["Lea"].index("Cat") < lists["Lea"].index("Ben") < lists["Lea"].index("Ada")


def test_a_long_list_is_cut(force: Force) -> None:
    for number in range(53):
        qualify(person(force, f"P{number}"), valid_until=ahead(30))
    warn()
    mail = OutboxMessage.objects.get(purpose="QualificationsEnding")
    assert (mail.text.count("\n- "), "and 3 more" in mail.text, "and 3 more" in mail.html) == (50, True, True)


def test_days_without_a_worker_are_made_up_for(force: Force) -> None:
    qualify(person(force), valid_until=ahead(91))
    qualify(person(force, "Fay"), valid_until=ahead(95))
    warn(1)
    warn(8)
    assert (warned("Dee"), warned("Fay"), len(warned("Lea"))) == ([90], [90], 2)


def test_who_stood_down_hears_of_the_end_alone(force: Force) -> None:
    one = person(force)
    qualify(one, valid_until=ahead(90))
    away(one, TODAY)
    for day in (0, 60, 90):
        warn(day)
    assert warned("Dee") == [0]


def test_who_left_has_no_address_or_moved(force: Force) -> None:
    qualify(person(force, "Noa", work_email=""), valid_until=ahead(90))
    leaver, mover = person(force, "Len"), person(cast.force("bshire"), "Mo")
    qualify(leaver, valid_until=ahead(90))
    qualify(mover, valid_until=ahead(90), force_id=force.pk)
    with db.open_for("the cast"):
        Posting.objects.filter(person=leaver).update(until=TODAY)
    warn()
    assert [name for _purpose, name, _version in told()] == ["Mo", "Lea"]
    mail = OutboxMessage.objects.get(purpose="QualificationsEnding")
    assert ("Noa" in mail.text, "Mo" in mail.text) == (True, False)


def test_a_force_without_a_reachable_lead_keeps_nobody_waiting() -> None:
    qualify(person(cast.force()), valid_until=ahead(90))
    qualify(cast.person(None, "Nat"), valid_until=ahead(90), force_id=None)
    warn()
    assert sorted(name for _purpose, name, _version in told()) == ["Dee", "Nat"]


def test_one_that_fails_keeps_no_other_waiting(force: Force, caplog: pytest.LogCaptureFixture) -> None:
    broken = qualify(person(force), skill="juggle", valid_until=ahead(80))
    qualify(person(force, "Fay"), valid_until=ahead(90))
    warn()
    assert (warned("Dee"), warned("Fay")) == ([], [90])
    assert "ValueError" in caplog.text
    assert str(broken.pk) not in caplog.text


def test_standing_down_is_told_to_oneself_alone(force: Force) -> None:
    who = cast.actor(person(force))
    assert who.person_id is not None
    actions.stand_down(by=who, at=AT, person_id=who.person_id, since=TODAY, until=ahead(9))
    actions.come_back(by=who, at=AT, person_id=who.person_id)
    assert told() == [("StoodDown", "Dee", 0), ("CameBack", "Dee", 0)]
    assert {one.subject for one in OutboxMessage.objects.all()} == {"Your dates are noted"}
