"""Files of what may be incidents, and colleagues of other forces."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from standdown.care.exposures import actions_files, actions_handing, queries_handed
from standdown.care.exposures.models import Exposure, HandedOver
from standdown.care.exposures.tests import scene
from standdown.care.exposures.tests.scene import AT, HOUR, Shift, number_of, of, owed
from standdown.care.incidents.models import Incident
from standdown.care.models import Step
from standdown.care.programme.models import Category, ExposureRole, Programme
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.foundation.csv_files import Report
from standdown.foundation.refusal import Refusal
from standdown.notifications.models import OutboxMessage
from tests import cast

pytestmark = pytest.mark.django_db
HEAD = "reference,category,ended,base,number,role,off duty"
ENDED = "23/11/2026 08:00"


@pytest.fixture
def shift() -> Shift:
    return Shift()


def bring(shift: Shift, *rows: str, dry_run: bool = False, by: Any = None) -> Report:
    text = "\n".join([HEAD, *rows])
    return sent(shift, text, "a.csv", dry_run=dry_run, by=by)


def sent(shift: Shift, text: str, name: str, *, dry_run: bool = False, by: Any = None) -> Report:
    return actions_files.bring_in(
        by=by or shift.coordinator,
        at=AT,
        force=shift.force,
        source=io.BytesIO(text.encode()),
        name=name,
        dry_run=dry_run,
    )


def line(shift: Shift, who: Any, role: str = "scene", off: str = "23/11/2026 15:00", ref: str = "12-1") -> str:
    return f"{ref},road-collision,{ENDED},riverside,PC {number_of(who)},{role},{off}"


def test_a_file_proposes_and_reaches_nobody(shift: Shift) -> None:
    report = bring(shift, line(shift, shift.ann), line(shift, shift.ben, "control-room", ""))
    assert (report.problems, report.rows, report.added) == ([], 2, 2)
    incident = Incident.objects.get()
    assert (incident.state, incident.raised_as, incident.own_reference, incident.base_id) == (
        "proposed", "feed", "12-1", shift.base.pk,
    )  # fmt: skip
    assert (of(incident, shift.ann).duty_end_at, of(incident, shift.ben).duty_end_at) == (AT + 5 * HOUR, None)
    assert (Step.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_the_same_file_twice_changes_nothing_and_a_longer_one_adds(shift: Shift) -> None:
    bring(shift, line(shift, shift.ann))
    again = bring(shift, line(shift, shift.ann))
    assert (again.added, again.unchanged) == (0, 1)
    more = bring(shift, line(shift, shift.ann), line(shift, shift.ben))
    assert (more.added, more.unchanged) == (1, 1)
    assert (Incident.objects.count(), Exposure.objects.count()) == (1, 2)
    with db.open_for("the cast"):
        Incident.objects.update(state="rejected")
    assert bring(shift, line(shift, shift.cat)).added == 0
    assert Exposure.objects.count() == 2


def test_only_checked_is_nothing_stored(shift: Shift) -> None:
    assert bring(shift, line(shift, shift.ann), dry_run=True).added == 1
    assert Incident.objects.count() == 0


def test_every_mistake_is_named_with_its_row_and_nothing_is_stored(shift: Shift) -> None:
    report = bring(
        shift, line(shift, shift.ann), line(shift, shift.ann), f"no words,road-collision,{ENDED},,1,scene,",
        "12-2,unheard-of,23/11/2026 12:00,nowhere,99999,scene,", "12-3,assault,yesterday,,,scene,soon",
        f"12-1,road-collision,23/11/2026 09:00,,{number_of(shift.ben)},scene,",
        f"12-4,assault,{ENDED},,{number_of(shift.ben)},boss,",
        f"12-5,assault,{ENDED},,{number_of(shift.cat)},scene,23/11/2026 07:00",
        f"12-6,assault,29/03/2026 01:30,,{number_of(shift.cat)},scene,",
    )  # fmt: skip
    assert sorted((one.row, one.column) for one in report.problems) == [
        (3, "number"), (4, "reference"), (5, "base"), (5, "category"), (5, "ended"), (5, "number"), (6, "ended"),
        (6, "number"), (6, "off duty"), (7, "ended"), (8, "role"), (9, "off duty"), (10, "ended"),
    ]  # fmt: skip
    assert Incident.objects.count() == 0


def test_json_says_the_same(shift: Shift) -> None:
    incident = {
        "reference": "12-1", "category": "assault", "ended": "2026-11-23T08:00:00Z",
        "people": [{"number": number_of(shift.ann), "role": "scene", "off_duty": "2026-11-23T15:00:00+00:00"}],
    }  # fmt: skip
    assert sent(shift, json.dumps({"incidents": [incident]}), "a.JSON").added == 1
    assert of(Incident.objects.get(), shift.ann).duty_end_at == AT + 5 * HOUR
    for wrong in ("[]", "{", '{"incidents": [1]}', '{"incidents": [{"people": [3]}]}'):
        assert [one.row for one in sent(shift, wrong, "a.json").problems] == [0]


def test_files_are_brought_in_for_ones_own_force(shift: Shift) -> None:
    for who in (cast.actor(shift.sergeant), Shift("bshire").coordinator):
        with pytest.raises(NotAllowed):
            bring(shift, line(shift, shift.ann), by=who)


# -- other forces -------------------------------------------------------------------------------------------------


@pytest.fixture
def other(shift: Shift) -> Shift:
    assert shift.force
    return Shift("bshire")


def hand(shift: Shift, other: Shift, *numbers: str, incident: Incident | None = None) -> Incident:
    found = incident or shift.raised(shift.ann)
    actions_handing.hand_over(
        by=shift.coordinator, at=AT, incident=found, to=other.force, colleagues=numbers, role=scene.role("cordon")
    )
    return found


def test_a_colleague_is_handed_over_and_becomes_a_record_of_their_own_force(shift: Shift, other: Shift) -> None:
    incident = hand(shift, other, number_of(other.ben))
    (waiting,) = queries_handed.waiting(other.coordinator)
    assert (waiting.due_at, queries_handed.waiting(shift.coordinator)) == (AT + 12 * HOUR, [])
    made = actions_handing.accept(by=other.coordinator, at=AT + HOUR, handed=waiting.handed)
    assert (made.person_id, made.force_id, made.closeness) == (other.ben.pk, other.force.pk, 3)
    assert (made.incident.raised_as, made.incident.ended_at) == ("handed-over", incident.ended_at)
    assert owed(made) == [("demobilise", AT + 2 * HOUR, other.sergeant.pk)]
    assert queries_handed.waiting(other.coordinator) == []
    assert Step.objects.get(kind="accept-handed-over").outcome == "done"
    assert queries_handed.elsewhere(incident) == [queries_handed.Elsewhere("Bshire Police", 0, 1, ())]
    assert Exposure.objects.filter(incident=incident).count() == 1
    with pytest.raises(Refusal, match="answered this already"):
        actions_handing.accept(by=other.coordinator, at=AT, handed=waiting.handed)


def test_colleagues_of_one_incident_come_onto_one_list(shift: Shift, other: Shift) -> None:
    hand(shift, other, number_of(other.ben), number_of(other.cat))
    for one in queries_handed.waiting(other.coordinator):
        actions_handing.accept(by=other.coordinator, at=AT, handed=one.handed)
    assert Incident.objects.filter(force=other.force).count() == 1
    assert Exposure.objects.filter(force=other.force).count() == 2


def test_the_same_colleague_is_handed_over_once_unless_the_number_was_wrong(shift: Shift, other: Shift) -> None:
    incident = hand(shift, other, "ab1", "AB1")
    hand(shift, other, "AB1", incident=incident)
    assert HandedOver.objects.count() == 1
    (waiting,) = queries_handed.waiting(other.coordinator)
    with pytest.raises(Refusal, match="Say that it is not known"):
        actions_handing.accept(by=other.coordinator, at=AT, handed=waiting.handed)
    actions_handing.not_ours(by=other.coordinator, at=AT, handed=waiting.handed)
    assert queries_handed.elsewhere(incident) == [queries_handed.Elsewhere("Bshire Police", 0, 0, ("AB1",))]
    hand(shift, other, "AB1", incident=incident)
    assert HandedOver.objects.filter(state="offered").count() == 1


def test_a_programme_of_its_own_uses_its_own_words(shift: Shift, other: Shift) -> None:
    with db.open_for("the cast"):
        own = Programme.objects.create(
            force=other.force, family="estip-like", number=1, effective_from=cast.TODAY, made_at=AT, published_at=AT
        )
        for position, (code, closeness) in enumerate((("near", 1), ("far", 4))):
            ExposureRole.objects.create(programme=own, code=code, words=code, closeness=closeness, position=position)
            Category.objects.create(programme=own, code=f"kind-{code}", words=code, position=position)
    hand(shift, other, number_of(other.ben))
    (waiting,) = queries_handed.waiting(other.coordinator)
    made = actions_handing.accept(by=other.coordinator, at=AT, handed=waiting.handed)
    assert (made.role.code, made.incident.category.code, made.incident.programme_id) == ("near", "kind-far", own.pk)


def test_nobody_hands_over_to_their_own_force_and_no_other_force_answers(shift: Shift, other: Shift) -> None:
    with pytest.raises(Refusal, match="your own force"):
        hand(shift, shift, "1")
    hand(shift, other, "1")
    handed = HandedOver.objects.get()
    assert queries_handed.handed(shift.coordinator, handed.pk) is None
    for deed in (actions_handing.accept, actions_handing.not_ours):
        with pytest.raises(NotAllowed):
            deed(by=shift.coordinator, at=AT, handed=handed)
