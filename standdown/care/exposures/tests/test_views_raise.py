"""Raising an incident in a browser: at most six things to fill in, and no name that one may not see."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client

from standdown.care.exposures.models import Exposure
from standdown.care.exposures.tests.scene import Shift, number_of
from standdown.care.incidents.models import Incident
from standdown.foundation import clock, ids
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
RAISE = "/care/exposures/raise/"


@pytest.fixture
def shift() -> Shift:
    return Shift()


@pytest.fixture
def browser(shift: Shift) -> Client:
    return cast.client_for(cast.actor(shift.sergeant))


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def facts(shift: Shift, **more: Any) -> dict[str, Any]:
    return {
        "key": str(ids.new()), "category": str(care_cast.category().pk), "ended": "an-hour",
        "base": str(shift.base.pk), "role": str(care_cast.role().pk), **more,
    }  # fmt: skip


def test_eight_people_are_ticked_and_recorded(shift: Shift, browser: Client) -> None:
    eight = [shift.ann, shift.ben, shift.cat, *(shift.managed(name) for name in "DEFGH")]
    answer = browser.post(RAISE, facts(shift, who=[str(one.pk) for one in eight]))
    incident = Incident.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/care/exposures/recorded/{incident.pk}/")
    assert Exposure.objects.filter(incident=incident, supervisor=shift.sergeant).count() == 8
    assert clock.now() - incident.ended_at < dt.timedelta(hours=1, minutes=5)
    page = words(browser.get(answer["Location"]))
    assert incident.reference in page
    assert "8 people need five minutes with you" in page


def test_at_most_six_things_are_in_sight_to_fill_in(browser: Client) -> None:
    page = browser.get(RAISE).content.decode()
    in_sight = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    form = re.findall(r'<form method="post" action="/care/exposures/raise/.*?</form>', in_sight, re.DOTALL)[0]
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form)) - {"csrfmiddlewaretoken", "key"}
    assert asked == {"category", "ended", "base", "who", "role", "off_duty"}


def test_only_ones_own_people_are_named(shift: Shift, browser: Client) -> None:
    cast.person(shift.force, "Stranger", family_name="Elsewhere")
    page = words(browser.get(RAISE))
    assert "Myself, Sam Sergeant" in page
    assert "Ann Ashdown" in page
    assert "Stranger" not in page
    stranger = cast.client_for(cast.actor(cast.person(shift.force, "Una", family_name="Unattached")))
    assert "Ann Ashdown" not in words(stranger.get(RAISE))


def test_what_is_missing_is_said_all_at_once(shift: Shift, browser: Client) -> None:
    page = words(browser.post(RAISE, {"key": str(ids.new())}))
    for sentence in ("Choose a kind of incident", "Say when it ended", "Say who was exposed", "Their role: choose one"):
        assert sentence in page
    assert Incident.objects.count() == 0


def test_numbers_that_cannot_be_used_are_left_out_only_knowingly(shift: Shift, browser: Client) -> None:
    sent = facts(shift, numbers=f"{number_of(shift.ann)}\n99999\nBob")
    page = words(browser.post(RAISE, sent))
    assert "2 entries cannot be used" in page
    assert "99999: nobody in your force has this number" in page
    assert "1 number was found and is kept." in page
    assert Incident.objects.count() == 0
    assert browser.post(RAISE, {**sent, "leave_out": "on"}).status_code == 303
    assert list(Exposure.objects.values_list("person_id", flat=True)) == [shift.ann.pk]


def test_times_that_cannot_be_are_refused(shift: Shift, browser: Client) -> None:
    tomorrow = clock.london_day(clock.now()) + dt.timedelta(days=1)
    day = {"day_day": tomorrow.day, "day_month": tomorrow.month, "day_year": tomorrow.year}
    who = [str(shift.ann.pk)]
    page = words(browser.post(RAISE, facts(shift, who=who, ended="other", time="03:15", **day)))
    assert "lies in the future" in page
    assert "Enter the time, like 03:15" in words(browser.post(RAISE, facts(shift, who=who, ended="other")))
    page = words(browser.post(RAISE, facts(shift, who=who, ended="now", time="03:15")))
    assert "Choose “At another time”, or leave the time below empty" in page
    skipped = {"day_day": 29, "day_month": 3, "day_year": 2026}
    page = words(browser.post(RAISE, facts(shift, who=who, ended="other", time="01:30", **skipped)))
    assert "The clocks went forward that night" in page
    before = clock.london(clock.now() - dt.timedelta(hours=3))
    page = words(browser.post(RAISE, facts(shift, who=who, off_duty=f"{before:%H:%M}")))
    assert "Duty cannot end before the incident did" in page
    assert Incident.objects.count() == 0


def test_a_time_without_a_day_is_the_last_that_clocks_showed(shift: Shift, browser: Client) -> None:
    later = clock.london(clock.now() + dt.timedelta(hours=2))
    browser.post(RAISE, facts(shift, who=[str(shift.ann.pk)], ended="other", time=f"{later:%H:%M}"))
    ago = clock.now() - Incident.objects.get().ended_at
    assert dt.timedelta(hours=21) < ago < dt.timedelta(hours=23)


def test_what_is_recorded_already_is_offered_first(shift: Shift, browser: Client) -> None:
    browser.post(RAISE, facts(shift, who=[str(shift.ann.pk)]))
    incident = Incident.objects.get()
    other = cast.client_for(cast.actor(shift.ben))
    sent = facts(shift, who=[str(shift.ben.pk)], ended="now")
    page = words(other.post(RAISE, sent))
    assert f"{incident.reference}: " in page
    assert "Perhaps this is recorded already" in page
    answer = other.post(RAISE, {**sent, "same": str(incident.pk)})
    assert answer["Location"] == f"/care/exposures/recorded/{incident.pk}/"
    assert Exposure.objects.filter(incident=incident).count() == 2
    other.post(RAISE, {**sent, "same": "new"})
    assert Incident.objects.count() == 2


def test_the_same_page_sent_twice_is_one_incident_and_no_question(shift: Shift, browser: Client) -> None:
    sent = facts(shift, who=[str(shift.ann.pk)])
    first, second = browser.post(RAISE, sent), browser.post(RAISE, sent)
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == 1


def test_the_same_own_reference_is_noticed_wherever_it_was(shift: Shift, browser: Client) -> None:
    browser.post(RAISE, facts(shift, who=[str(shift.ann.pk)], own_reference="123-28nov26"))
    assert Incident.objects.get().own_reference == "123-28NOV26"
    sent = facts(
        shift,
        who=[str(shift.ben.pk)],
        own_reference="123-28NOV26",
        base="",
        category=str(care_cast.category("other").pk),
    )
    assert "Perhaps this is recorded already" in words(browser.post(RAISE, sent))


def test_an_own_reference_holds_no_words(shift: Shift, browser: Client) -> None:
    page = words(browser.post(RAISE, facts(shift, who=[str(shift.ann.pk)], own_reference="he was drunk")))
    assert "Letters and digits, as in 1234-28NOV26." in page


def test_this_happened_to_me(shift: Shift) -> None:
    me = cast.client_for(cast.actor(shift.ann))
    me.post(f"{RAISE}self/", facts(shift))
    exposure = Exposure.objects.get()
    assert (exposure.person_id, exposure.added_as, exposure.supervisor_id) == (shift.ann.pk, "self", shift.sergeant.pk)


def test_i_am_concerned_reveals_nothing(shift: Shift) -> None:
    una = cast.client_for(cast.actor(cast.person(shift.force, "Una")))
    answer = una.post(f"{RAISE}colleague/", facts(shift, numbers=number_of(shift.ann)))
    page = words(una.get(answer["Location"]))
    assert "Ann" not in page
    assert Exposure.objects.get().added_as == "colleague"


def test_control_room_writes_once_and_is_blind_then(shift: Shift) -> None:
    control = cast.client_for(cast.holder(Role.CONTROL_ROOM, shift.force, "Colin"))
    page = f"{RAISE}control-room/"
    answer = control.post(page, facts(shift, numbers=number_of(shift.ann)))
    assert answer["Location"] == page
    incident = Incident.objects.get()
    assert f"Recorded as {incident.reference}." in words(control.get(page))
    assert control.get(f"/care/exposures/recorded/{incident.pk}/").status_code == 404
    assert control.get(f"/care/incidents/{incident.pk}/").status_code == 404
    assert "Give the collar or staff number" in words(control.post(page, facts(shift)))


def test_the_coordinator_goes_to_the_incident(shift: Shift) -> None:
    answer = cast.client_for(shift.coordinator).post(RAISE, facts(shift, numbers=number_of(shift.ann)))
    assert answer["Location"] == f"/care/incidents/{Incident.objects.get().pk}/"
    assert Exposure.objects.get().added_as == "coordinator"


def test_a_period_of_work(shift: Shift, browser: Client) -> None:
    when = {"from_day_day": 2, "from_day_month": 11, "from_day_year": 2026, "from_time": "08:00", "day_day": 20,
            "day_month": 11, "day_year": 2026, "time": "16:00"}  # fmt: skip
    sent = facts(shift, who=[str(shift.ann.pk)], **when)
    assert browser.post(f"{RAISE}?kind=period", sent).status_code == 303
    incident = Incident.objects.get()
    assert (incident.kind, incident.started_at, incident.ended_at) == (
        "period", dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), dt.datetime(2026, 11, 20, 16, tzinfo=dt.UTC),
    )  # fmt: skip
    assert browser.get(f"{RAISE}?kind=other").status_code == 404
    wrong = words(browser.post(f"{RAISE}?kind=period", {**sent, "key": str(ids.new()), "from_day_day": 21}))
    assert "ends before it starts" in wrong
