import datetime as dt

import pytest

from standdown.people.adoption import models, policy
from standdown.people.adoption.policy import AdoptionState, ChecklistItem, Step, StepBar

D1, D2, D3 = dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)
EVERY = list(ChecklistItem)
INTEREST, APPROVED = Step(AdoptionState.INTEREST, D1), Step(AdoptionState.APPROVED, D2)


def test_the_rules_and_the_tables_spell_alike() -> None:
    assert [one.value for one in AdoptionState] == models.AdoptionState.values
    assert [one.value for one in ChecklistItem] == models.ChecklistItem.values


def test_the_last_step_on_or_before_a_day_holds() -> None:
    steps = [APPROVED, INTEREST]
    days = (D1 - dt.timedelta(days=1), D1, D2, D3)
    assert [policy.state_on(steps, day) for day in days] == [
        AdoptionState.NOT_ASKED, AdoptionState.INTEREST, AdoptionState.APPROVED, AdoptionState.APPROVED,
    ]  # fmt: skip
    assert policy.state_on([], D1) is AdoptionState.NOT_ASKED


def test_only_an_adopted_force_receives_dates() -> None:
    assert [state for state in AdoptionState if policy.receives_dates(state)] == [AdoptionState.ADOPTED]


def test_what_is_missing_is_named_in_order() -> None:
    assert policy.missing([]) == tuple(ChecklistItem)
    assert policy.missing(EVERY) == ()
    assert policy.missing(EVERY[1:]) == (EVERY[0],)


@pytest.mark.parametrize(
    ("step", "steps", "ticked", "today", "bar"),
    [
        (Step(AdoptionState.INTEREST, D1), [], [], D1, None),
        (Step(AdoptionState.INTEREST, D2), [], [], D1, StepBar.TO_COME),
        (Step(AdoptionState.APPROVED, D1), [INTEREST], [], D3, StepBar.NOT_AFTER),  # the same day
        (Step(AdoptionState.APPROVED, D1), [APPROVED, INTEREST], [], D3, StepBar.NOT_AFTER),
        (Step(AdoptionState.ADOPTED, D1), [], EVERY, D3, StepBar.OUT_OF_ORDER),
        (Step(AdoptionState.ADOPTED, D2), [INTEREST], EVERY, D3, StepBar.OUT_OF_ORDER),
        (Step(AdoptionState.ADOPTED, D3), [INTEREST, APPROVED], EVERY[1:], D3, StepBar.INCOMPLETE),
        (Step(AdoptionState.ADOPTED, D3), [INTEREST, APPROVED], EVERY, D3, None),
        (Step(AdoptionState.WITHDRAWN, D3), [INTEREST, APPROVED], [], D3, None),
    ],
)
def test_what_keeps_a_step_from_being_recorded(
    step: Step, steps: list[Step], ticked: list[ChecklistItem], today: dt.date, bar: StepBar | None
) -> None:
    assert policy.bar_to_step(step, steps, ticked, today) == bar


def test_every_state_leads_on_and_none_to_itself() -> None:
    for state in AdoptionState:
        assert policy.next_states(state)
        assert not policy.may_follow(state, state)
    assert policy.next_states(AdoptionState.ADOPTED) == (AdoptionState.PAUSED, AdoptionState.WITHDRAWN)


@pytest.mark.parametrize(
    ("content", "pdf"),
    [(b"%PDF-1.7\n", True), (b"%pdf-1.7", False), (b"PK\x03\x04", False), (b"", False), (b" %PDF-", False)],
)
def test_a_pdf_is_told_by_how_it_begins(content: bytes, pdf: bool) -> None:
    assert policy.is_pdf(content) is pdf


def test_a_new_day_counts_anew() -> None:
    assert policy.counted_on(D2, D2, 7) == 7
    assert policy.counted_on(D2, D1, 7) == 0
    assert policy.counted_on(D2, None, 0) == 0
