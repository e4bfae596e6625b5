"""A version from its copy to its first day (R145). What is published never changes: each of these asks first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max, Model

from standdown.audit.act import act
from standdown.care.programme import policy, queries, refusals
from standdown.care.programme.drafts import locked, locked_draft
from standdown.care.programme.models import Category, Escalation, ExposureRole, NextStepOption, Phase, Programme
from standdown.foundation import clock, ids
from standdown.foundation.access import Actor, Can
from standdown.people.models import Force

PARTS: tuple[type[Category | ExposureRole | Phase | NextStepOption | Escalation], ...] = (
    Category, ExposureRole, Phase, NextStepOption, Escalation,
)  # fmt: skip


def copy(*, by: Actor, at: dt.datetime, programme: Programme, force: Force) -> Programme:
    """Copy a version, whichever may be seen, into a draft of the force. Everything in it comes along."""
    with act(by, Can.KEEP_PROGRAMME, on=force, at=at) as step:
        last = Programme.objects.filter(force=force, family=programme.family).aggregate(last=Max("number"))["last"]
        made = Programme.objects.get(pk=programme.pk)
        made.pk, made.force, made.copied_from, made.number = ids.new(), force, programme, (last or 0) + 1
        made.made_at, made.made_by_id = at, by.person_id
        made.published_at = made.published_by = made.effective_from = None
        made.save(force_insert=True)
        for part in PARTS:
            _copied(part, programme, made)
        step.about(made)
        step.note(copied_from=str(programme.pk))
        return made


def _copied(part: type[Any], source: Programme, made: Programme) -> None:
    rows = list(part.objects.filter(programme=source))
    for row in rows:
        row.pk, row.programme = ids.new(), made
    part.objects.bulk_create(rows)


def change_figures(
    *, by: Actor, at: dt.datetime, programme: Programme, figures: Mapping[str, int], switches: Mapping[str, bool]
) -> None:
    """Change the windows, sizes and times of a draft. `switches` are the two that are yes or no."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at):
        draft = locked_draft(programme)
        if policy.out_of_bounds(figures):
            raise refusals.Disordered
        wrong = policy.disorders(figures, draft.family)
        if wrong:
            raise refusals.Disordered([disorder for _name, disorder in wrong])
        for name, value in (*figures.items(), *switches.items()):
            setattr(draft, name, value)
        draft.save(update_fields=[*figures, *switches])


def change_phases(*, by: Actor, at: dt.datetime, programme: Programme, words: Mapping[str, tuple[str, str]]) -> None:
    """Call the steps of a draft otherwise: (English, Welsh) by term."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at):
        draft = locked_draft(programme)
        draft.phases.all().delete()
        Phase.objects.bulk_create(
            Phase(programme=draft, term=term, words=english, welsh=welsh) for term, (english, welsh) in words.items()
        )


def change_next_steps(
    *, by: Actor, at: dt.datetime, programme: Programme, first: Sequence[str], second: Sequence[str]
) -> None:
    """Offer these next steps after demobilising (`first`) and after defusing (`second`)."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at):
        draft = locked_draft(programme)
        draft.next_steps.all().delete()
        offered = [one for one in policy.NextStep if one.value in {*first, *second}]
        NextStepOption.objects.bulk_create(
            NextStepOption(
                programme=draft, step=one.value, position=position,
                after_demobilise=one.value in first, after_defuse=one.value in second,
            )
            for position, one in enumerate(offered)
        )  # fmt: skip


def change_chain(
    *, by: Actor, at: dt.datetime, programme: Programme, kind: policy.StepKind, links: Sequence[tuple[int, str]]
) -> None:
    """Say who is told of a kind of step: (minutes after it is due, who) in order."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        draft = locked_draft(programme)
        if not links or not policy.chain_in_order([minutes for minutes, _told in links]):
            raise refusals.Disordered
        draft.escalations.filter(kind=kind.value).delete()
        Escalation.objects.bulk_create(
            Escalation(programme=draft, kind=kind.value, position=position, minutes=minutes, told=told)
            for position, (minutes, told) in enumerate(links)
        )
        step.note(kind=kind.value)


def schedule(*, by: Actor, at: dt.datetime, programme: Programme, first_day: dt.date) -> None:
    """Publish a draft: from that day on incidents begin with it. Those that run keep what they began with."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        draft = locked_draft(programme)
        if not policy.may_begin(first_day, clock.london_day(at)):
            raise refusals.InThePast
        if lacks := queries.lacks(draft):
            raise refusals.Incomplete(lacks)
        if Programme.objects.published().filter(force=draft.force_id, effective_from=first_day).exists():
            raise refusals.SameDay
        draft.effective_from, draft.published_at, draft.published_by_id = first_day, at, by.person_id
        draft.save(update_fields=["effective_from", "published_at", "published_by"])
        step.note(first_day=first_day.isoformat())


def withdraw(*, by: Actor, at: dt.datetime, programme: Programme) -> None:
    """Take a scheduled version back before it begins; it is a draft again."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at):
        found = locked(programme)
        published = found.published_at is not None
        if not policy.may_withdraw(published=published, first_day=found.effective_from, today=clock.london_day(at)):
            raise refusals.Begun
        found.effective_from = found.published_at = found.published_by = None
        found.save(update_fields=["effective_from", "published_at", "published_by"])


def discard(*, by: Actor, at: dt.datetime, programme: Programme) -> None:
    """Throw a draft away. One from which another version was copied, before it was withdrawn, stays."""
    with act(by, Can.KEEP_PROGRAMME, on=programme, at=at) as step:
        draft = locked_draft(programme)
        step.note(family=draft.family, number=draft.number)
        if draft.copies.exists():
            raise refusals.Copied
        for part in PARTS:
            _gone(part, draft)
        draft.delete()


def _gone(part: type[Model], draft: Programme) -> None:
    part._default_manager.filter(programme=draft).delete()
