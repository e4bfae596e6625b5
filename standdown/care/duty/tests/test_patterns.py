"""Shift patterns of teams: set, copied and ended, each as one act, and the pages about duty by role."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from standdown.audit.models import Entry
from standdown.care.duty import actions
from standdown.care.duty.policy import Shift
from standdown.care.duty.refusals import NoPattern, NoShift, TeamClosed
from standdown.care.duty.tests.scene import RHYTHM, force_with_teams, team
from standdown.care.models import DutyPeriod, ShiftPattern
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.people.models import Posting, Team
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT
SINCE, MONDAY = dt.date(2026, 12, 1), dt.date(2026, 11, 30)
WEEK = [Shift(day, dt.time(9), 480) for day in range(5)]


def patterns_of(one: Team) -> list[tuple[dt.date, dt.date | None, int, list[int]]]:
    """Since when, until when, how many days, and which days have a shift."""
    rows = ShiftPattern.objects.filter(team=one)
    return [(row.since, row.until, row.days, [shift.day for shift in row.shifts.all()]) for row in rows]


def text(answer: object) -> str:
    """What a page says, without its markup."""
    body = re.sub(r"(?s)<(head|script|style).*?</\1>", " ", answer.content.decode())  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


# -- actions ----------------------------------------------------------------------------------------------------------


def test_a_new_pattern_ends_the_one_before_on_its_first_day() -> None:
    of, one = force_with_teams()
    keeper = cast.holder(Role.ESTIP_COORDINATOR, of)
    actions.set_pattern(by=keeper, at=AT, team=one, since=SINCE, anchor=MONDAY, days=7, shifts=WEEK)
    assert patterns_of(one) == [
        (dt.date(2026, 1, 5), SINCE, 10, [day for day, _hour in RHYTHM]), (SINCE, None, 7, [0, 1, 2, 3, 4]),
    ]  # fmt: skip
    assert Entry.objects.latest("sequence").detail == {"days": 7, "shifts": 5}


def test_a_pattern_that_begins_before_the_one_before_leaves_none_of_it() -> None:
    of, one = force_with_teams()
    keeper = cast.holder(Role.ESTIP_COORDINATOR, of)
    early = dt.date(2025, 1, 6)
    actions.set_pattern(by=keeper, at=AT, team=one, since=early, anchor=early, days=7, shifts=WEEK)
    assert [(since, until) for since, until, _days, _shifts in patterns_of(one)] == [
        (early, None), (dt.date(2026, 1, 5), dt.date(2026, 1, 5)),
    ]  # fmt: skip


def test_a_pattern_without_a_shift_or_for_a_closed_team_is_refused() -> None:
    of, one = force_with_teams()
    keeper = cast.holder(Role.ESTIP_COORDINATOR, of)
    with pytest.raises(NoShift):
        actions.set_pattern(by=keeper, at=AT, team=one, since=SINCE, anchor=MONDAY, days=7, shifts=[])
    with db.open_for("the cast"):
        one.closed_on = SINCE
        one.save()
    with pytest.raises(TeamClosed):
        actions.set_pattern(by=keeper, at=AT, team=one, since=SINCE, anchor=MONDAY, days=7, shifts=WEEK)


def test_a_pattern_is_copied_with_another_first_day() -> None:
    of, one = force_with_teams()
    other, elsewhere = team(of, "Response B"), team(cast.force("bshire"), "Response A")
    keeper = cast.holder(Role.ESTIP_LEAD, of)
    made = actions.copy_pattern(by=keeper, at=AT, team=other, of=one, since=SINCE, anchor=MONDAY)
    assert (made.anchor, patterns_of(other)) == (MONDAY, [(SINCE, None, 10, [day for day, _hour in RHYTHM])])
    for source in (elsewhere, team(of, "Response C")):
        with pytest.raises(NoPattern):
            actions.copy_pattern(by=keeper, at=AT, team=other, of=source, since=SINCE, anchor=MONDAY)


def test_a_pattern_ends_and_cannot_end_twice() -> None:
    of, one = force_with_teams()
    keeper = cast.holder(Role.ESTIP_COORDINATOR, of)
    assert actions.end_pattern(by=keeper, at=AT, team=one, until=SINCE).until == SINCE
    with pytest.raises(NoPattern):
        actions.end_pattern(by=keeper, at=AT, team=one, until=SINCE)


def test_only_who_keeps_the_duty_of_the_force_sets_a_pattern() -> None:
    of, one = force_with_teams()
    for who in (cast.holder(Role.SUPERVISOR, of), cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"))):
        with pytest.raises(NotAllowed):
            actions.end_pattern(by=who, at=AT, team=one, until=SINCE)


# -- pages ------------------------------------------------------------------------------------------------------------


def test_a_file_is_checked_and_brought_in_on_the_page() -> None:
    of, _one = force_with_teams()
    keeper = cast.holder(Role.ESTIP_COORDINATOR, of)
    number = Posting.objects.get(person=cast.person_of(keeper)).number
    client, address = cast.client_for(keeper), reverse("duty:import")
    good = f"number,kind,starts,ends\n{number},duty,28/11/2026 07:00,28/11/2026 16:00\n"

    def sent(content: str, what: str, name: str = "duties.csv") -> str:
        file = SimpleUploadedFile(name, content.encode())
        return text(client.post(address, {"force": str(of.pk), "file": file, "what": what}))

    assert "Only checked: nothing was written Rows 1 New 1" in sent(good, "check")
    assert DutyPeriod.objects.count() == 0
    assert "The duties were brought in Rows 1 New 1" in sent(good, "write")
    assert "New 0 Changed 0 As they were 1" in sent(good, "write")
    assert "Nothing was written" in sent(good.replace("duty,28/11", "duty,38/11"), "write")
    assert "2 starts Write a day and a time like 28/11/2026 07:00" in sent(good.replace(",28/11", ",38/11", 1), "write")
    assert "Choose a file whose name ends in .csv or .ics" in sent(good, "write", "duties.xlsx")
    assert "Alice Ashdown" in text(client.get(reverse("duty:files")))
    assert reverse("duty:files") in client.get(reverse("boards:board")).content.decode()
    assert client.get(reverse("duty:template")).content.startswith(b"number,kind,starts,ends\r\n1234,duty,")


def test_a_pattern_is_set_by_days_and_times_on_the_page() -> None:
    of, one = force_with_teams()
    client = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, of))
    address = reverse("duty:pattern", args=[one.pk]) + "?days=2"
    assert "The 2 days of the cycle" in text(client.get(address))
    days = {"since_day": "1", "since_month": "12", "since_year": "2026",
            "anchor_day": "30", "anchor_month": "11", "anchor_year": "2026"}  # fmt: skip
    wrong = client.post(address, {**days, "from_0": "22:00", "to_0": "", "from_1": "9:00", "to_1": "9:30"})
    assert "Enter both times, or leave both empty for a rest day" in text(wrong)
    assert "A shift has at least one hour. Check the times" in text(wrong)
    assert "Give at least one day of the cycle a shift." in text(client.post(address, days))
    done = client.post(address, {**days, "from_0": "22:00", "to_0": "7:00"}, follow=True)
    assert "The pattern was saved." in text(done)
    (_old, new) = ShiftPattern.objects.filter(team=one).order_by("since")
    assert [(row.day, row.starts, row.minutes) for row in new.shifts.all()] == [(0, dt.time(22), 540)]


def test_a_pattern_is_copied_and_ended_on_the_page() -> None:
    of, one = force_with_teams()
    other = team(of, "Response B")
    client = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, of))
    assert "Response A 10 days, 6 shifts since 5 January 2026" in text(client.get(reverse("duty:patterns")))
    days = {f"{name}_{part}": value for name in ("since", "anchor")
            for part, value in (("day", "1"), ("month", "12"), ("year", "2026"))}  # fmt: skip
    done = client.post(reverse("duty:copy", args=[other.pk]), {**days, "of": str(one.pk)}, follow=True)
    assert "The pattern was copied." in text(done)
    until = {"until_day": "2", "until_month": "12", "until_year": "2026"}
    done = client.post(reverse("duty:end", args=[other.pk]), until, follow=True)
    assert "The pattern ends on that day." in text(done)
    again = client.post(reverse("duty:end", args=[other.pk]), until)
    assert "This team has no pattern now." in text(again)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.WELLBEING_LEAD])
def test_for_everybody_else_there_is_no_such_page(role: Role) -> None:
    of, one = force_with_teams()
    outsider = cast.client_for(cast.holder(Role.ESTIP_COORDINATOR, cast.force("bshire"), "Charlie"))
    assert outsider.get(reverse("duty:pattern", args=[one.pk])).status_code == 404
    who = cast.client_for(cast.holder(role, of, "Bob"))
    assert {who.get(reverse(f"duty:{name}")).status_code for name in ("files", "import", "patterns")} == {404}
