"""From the copy to the first day; and nothing that is published ever changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from standdown.audit.models import Entry
from standdown.care.models import Category, ExposureRole, Programme
from standdown.care.programme import actions, actions_entries, queries, refusals
from standdown.care.programme.policy import State, StepKind
from standdown.foundation import db
from standdown.foundation.access import Actor, NotAllowed
from standdown.foundation.refusal import Refusal
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from tests import care_cast, cast

pytestmark = pytest.mark.django_db
AT, TODAY, DAY = cast.AT, cast.TODAY, dt.timedelta(days=1)


class Kept:
    """Ashire, its ESTIP lead, and a draft copied from what ships."""

    def __init__(self) -> None:
        self.force: Force = cast.force("ashire")
        self.lead: Actor = cast.holder(Role.ESTIP_LEAD, self.force)
        self.draft = self.copied()

    def copied(self, of: Programme | None = None) -> Programme:
        return actions.copy(by=self.lead, at=AT, programme=of or care_cast.programme(), force=self.force)

    def does(self, deed: Callable[..., object], **facts: Any) -> None:
        deed(by=self.lead, at=AT, programme=self.draft, **facts)

    def scheduled(self, first_day: dt.date = TODAY) -> Programme:
        self.does(actions.schedule, first_day=first_day)
        self.draft.refresh_from_db()
        return self.draft

    def figures(self, **changed: int) -> dict[str, Any]:
        switches = {"has_demobilise": False, "own_manager_may_defuse": False}
        return {"figures": {**queries.figures_of(self.draft), **changed}, "switches": switches}


@pytest.fixture
def kept() -> Kept:
    return Kept()


def content(one: Programme) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a version but its keys."""
    return {
        part.__name__: sorted(
            part.objects.filter(programme=one).values_list(
                *(field.attname for field in part._meta.fields if field.name not in {"id", "programme"})
            )
        )
        for part in actions.PARTS
    }


CHANGES: dict[str, Callable[[Kept], None]] = {
    "figures": lambda kept: kept.does(actions.change_figures, **kept.figures(book_hours=40)),
    "phases": lambda kept: kept.does(actions.change_phases, words={"defuse": ("Talk", "Sgwrs")}),
    "next steps": lambda kept: kept.does(actions.change_next_steps, first=["nothing-now"], second=["gp"]),
    "chain": lambda kept: kept.does(actions.change_chain, kind=StepKind.BOOK, links=[(0, "estip-lead")]),
    "schedule": lambda kept: kept.does(actions.schedule, first_day=TODAY + 9 * DAY),
    "discard": lambda kept: kept.does(actions.discard),
    "add": lambda kept: kept.does(actions_entries.add_entry, of=Category, facts={"words": "Flood"}),
    "change": lambda kept: kept.does(
        actions_entries.change_entry, entry=kept.draft.roles.all()[0], facts={"words": "Diver"}
    ),
    "move": lambda kept: kept.does(actions_entries.move_entry_up, entry=kept.draft.categories.all()[1]),
    "remove": lambda kept: kept.does(actions_entries.remove_entry, entry=kept.draft.categories.all()[1]),
}


def test_a_copy_holds_all_that_the_version_held_and_is_the_forces_own(kept: Kept) -> None:
    draft = kept.draft
    assert content(draft) == content(care_cast.programme())
    assert queries.figures_of(draft) == queries.figures_of(care_cast.programme())
    assert (draft.force, draft.number, draft.copied_from, draft.made_by_id) == (
        kept.force, 1, care_cast.programme(), kept.lead.person_id,
    )  # fmt: skip
    assert (draft.published_at, draft.effective_from) == (None, None)
    assert kept.copied().number == 2
    assert Entry.objects.filter(can="keep-programme", record_id=str(draft.pk)).count() == 1


def test_a_draft_changes_in_all_its_parts(kept: Kept) -> None:
    for name, change in CHANGES.items():
        if name not in {"schedule", "discard"}:
            change(kept)
    draft = Programme.objects.get(pk=kept.draft.pk)
    assert (draft.book_hours, draft.has_demobilise, draft.own_manager_may_defuse) == (40, False, False)
    assert [(one.term, one.words, one.welsh) for one in draft.phases.all()] == [("defuse", "Talk", "Sgwrs")]
    assert queries.offered(draft) == (["nothing-now"], ["gp"])
    assert [(one.minutes, one.told) for one in queries.chains(draft)[StepKind.BOOK]] == [(0, "estip-lead")]
    first, second = draft.categories.all()[:2]
    assert (first.code, second.code, draft.categories.last().code) == ("death-child", "suicide", "flood")  # type: ignore[union-attr]
    assert "Diver" in {one.words for one in draft.roles.all()}


def test_the_first_of_a_list_stays_where_it_is(kept: Kept) -> None:
    first = kept.draft.categories.all()[0]
    kept.does(actions_entries.move_entry_up, entry=first)
    assert kept.draft.categories.all()[0] == first


def test_a_draft_that_is_thrown_away_is_gone_whole(kept: Kept) -> None:
    CHANGES["discard"](kept)
    assert not Programme.objects.filter(force=kept.force).exists()
    assert sum(part.objects.filter(programme=kept.draft.pk).count() for part in actions.PARTS) == 0


@pytest.mark.parametrize("change", CHANGES)
def test_a_published_version_refuses_every_change(kept: Kept, change: str) -> None:
    published = kept.scheduled(TODAY + DAY)
    before = content(published), queries.figures_of(published), published.effective_from
    with pytest.raises(refusals.Published):
        CHANGES[change](kept)
    published.refresh_from_db()
    assert (content(published), queries.figures_of(published), published.effective_from) == before


@pytest.mark.parametrize("part", [Programme, *actions.PARTS])
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_itself_refuses_to_change_what_is_published(part: Any, deed: str, kept: Kept) -> None:
    published = kept.scheduled()
    own = part.objects.filter(pk=published.pk) if part is Programme else part.objects.filter(programme=published)
    with db.open_for("a hand in the tables"), pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        own.update(number=9) if part is Programme and deed == "update" else _by_hand(own, deed)


def _by_hand(rows: Any, deed: str) -> None:
    if deed == "delete":
        rows._raw_delete(rows.db)
    else:
        rows.update(programme=care_cast.programme())


def test_a_version_takes_effect_on_its_day_and_the_one_before_is_over(kept: Kept) -> None:
    first = kept.scheduled(TODAY)
    kept.draft = kept.copied(first)
    second = kept.scheduled(TODAY + 7 * DAY)
    assert queries.in_force(kept.force.pk, TODAY - DAY) == care_cast.programme()
    assert queries.in_force(kept.force.pk, TODAY) == first
    assert queries.in_force(kept.force.pk, TODAY + 7 * DAY) == second
    (shelf,) = queries.shelves(kept.lead, TODAY)
    assert [(one.programme, one.state) for one in shelf.own] == [(second, State.SCHEDULED), (first, State.HOLDS)]
    (later,) = queries.shelves(kept.lead, TODAY + 8 * DAY)
    assert [one.state for one in later.own] == [State.HOLDS, State.OVER]


def refused(kept: Kept, change: Callable[[Kept], None]) -> str:
    with pytest.raises(Refusal) as raised:
        change(kept)
    return raised.value.code


def test_a_version_does_not_begin_in_the_past_nor_on_another_ones_day(kept: Kept) -> None:
    assert refused(kept, lambda kept: kept.does(actions.schedule, first_day=TODAY - DAY)) == "in-the-past"
    kept.scheduled(TODAY + DAY)
    kept.draft = kept.copied()
    assert refused(kept, lambda kept: kept.does(actions.schedule, first_day=TODAY + DAY)) == "same-day"


def test_a_version_that_lacks_something_is_not_scheduled(kept: Kept) -> None:
    kept.does(actions.change_next_steps, first=["nothing-now"], second=[])
    assert refused(kept, lambda kept: kept.does(actions.schedule, first_day=TODAY)) == "incomplete"


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: kept.does(actions.change_figures, **kept.figures(book_hours=999)),
        lambda kept: kept.does(actions.change_figures, **kept.figures(book_hours=96)),
        lambda kept: kept.does(actions.change_chain, kind=StepKind.BOOK, links=[]),
        lambda kept: kept.does(actions.change_chain, kind=StepKind.BOOK, links=[(60, "owner"), (0, "owner")]),
    ],
)
def test_figures_and_chains_in_disorder_are_refused(kept: Kept, change: Callable[[Kept], None]) -> None:
    before = content(kept.draft)
    assert refused(kept, change) == "disordered"
    assert content(kept.draft) == before


@pytest.mark.parametrize("of", [Category, ExposureRole])
def test_the_last_of_its_kind_stays(kept: Kept, of: type[Category | ExposureRole]) -> None:
    first, *rest = of.objects.filter(programme=kept.draft)
    for one in rest:
        kept.does(actions_entries.remove_entry, entry=one)
    assert refused(kept, lambda kept: kept.does(actions_entries.remove_entry, entry=first)) == "last-one"


def test_a_scheduled_version_is_withdrawn_before_it_begins_and_not_after(kept: Kept) -> None:
    kept.scheduled(TODAY + DAY)
    kept.does(actions.withdraw)
    assert Programme.objects.get(pk=kept.draft.pk).published_at is None
    CHANGES["figures"](kept)
    kept.scheduled(TODAY)
    assert refused(kept, lambda kept: kept.does(actions.withdraw)) == "begun"


def test_a_withdrawn_version_that_was_copied_stays(kept: Kept) -> None:
    scheduled = kept.scheduled(TODAY + DAY)
    kept.copied(scheduled)
    kept.does(actions.withdraw)
    assert refused(kept, CHANGES["discard"]) == "copied"


def test_only_who_keeps_the_forces_programme_may(kept: Kept) -> None:
    others = [cast.holder(role, kept.force) for role in (Role.ESTIP_COORDINATOR, Role.WELLBEING_LEAD)]
    for by in (*others, cast.holder(Role.ESTIP_LEAD, cast.force("bshire"))):
        with pytest.raises(NotAllowed):
            actions.copy(by=by, at=AT, programme=care_cast.programme(), force=kept.force)
        with pytest.raises(NotAllowed):
            actions.schedule(by=by, at=AT, programme=kept.draft, first_day=TODAY)
