import datetime as dt
from itertools import islice
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from standdown.audit import chain
from standdown.audit.act import Clash, act
from standdown.audit.models import Chain, Entry
from standdown.audit.queries import verify_all
from standdown.foundation import access, db
from standdown.foundation.access import Can
from standdown.foundation.refusal import Refusal
from standdown.people.models import Base, Force
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db


def add_base(by: access.Actor, force: Force, name: str = "North", at: dt.datetime = cast.AT) -> None:
    with act(by, Can.KEEP_BASES, on=force, at=at) as step:
        step.about(Base.objects.create(force=force, name=name))


def test_an_act_writes_and_records() -> None:
    force = cast.force()
    by = cast.national_coordinator()
    add_base(by, force)
    entry = Entry.objects.get()
    assert Base.objects.get().name == "North"
    assert (entry.chain_id, entry.sequence, entry.can, entry.outcome) == (force.pk, 1, "keep-bases", "done")
    assert (entry.actor_id, entry.kind, entry.record_id) == (by.person_id, "people.base", str(Base.objects.get().pk))


def test_what_is_not_permitted_is_refused_and_recorded() -> None:
    force, other = cast.force("ashire"), cast.force("bshire")
    by = cast.holder(Role.WELLBEING_LEAD, other)
    with pytest.raises(access.NotAllowed):
        add_base(by, force)
    assert not Base.objects.exists()
    assert Entry.objects.get().outcome == "refused"


def test_a_rule_that_says_no_undoes_all_and_is_recorded() -> None:
    force = cast.force()
    with pytest.raises(Refusal), act(access.system("test"), Can.KEEP_BASES, on=force, at=cast.AT):
        Base.objects.create(force=force, name="North")
        raise Refusal("No.", code="no-more-bases")
    assert not Base.objects.exists()
    assert Entry.objects.get().detail == {"refusal": "no-more-bases"}


def test_who_comes_second_is_told_so_and_nothing_is_written() -> None:
    force = cast.force()
    add_base(access.system("first"), force, "North")
    with pytest.raises(Clash):
        add_base(access.system("second"), force, "NORTH")
    assert Base.objects.get().name == "North"
    assert Entry.objects.order_by("sequence").last().detail == {"refusal": "clash"}  # type: ignore[union-attr]


def test_another_broken_constraint_is_an_error() -> None:
    with pytest.raises(IntegrityError), act(access.system("test"), Can.KEEP_FORCES, on=Force, at=cast.AT):
        Force.objects.create(
            slug="x", name="X", short_name="X", jurisdiction="jersey", stood_up=cast.TODAY, stood_down=cast.TODAY
        )


def test_a_write_outside_act_is_stopped() -> None:
    force = cast.force()
    with pytest.raises(db.WriteOutsideAct):
        Base.objects.create(force=force, name="North")


def test_act_adds_three_statements_to_a_write() -> None:
    force = cast.force()
    by = access.system("test")
    add_base(by, force, "First")  # makes the chain
    with CaptureQueriesContext(connection) as all_of_it:
        add_base(by, force, "Second")
    ours = [q["sql"] for q in all_of_it if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(ours) == 1 + 3, ours


def test_the_chain_is_whole_and_a_change_shows() -> None:
    force = cast.force()
    for name in ("A", "B", "C"):
        add_base(access.system("test"), force, name)
    assert [(one.length, one.broken) for one in verify_all()] == [(3, False)]
    with db.open_for("tampering"):
        Chain.objects.filter(pk=force.pk).update(sequence=2)
    assert [one.broken for one in verify_all()] == [True]


def test_who_acts_while_a_chain_is_walked_does_not_break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    force = cast.force()
    add_base(access.system("test"), force, "A")
    walk, late = chain.verify, iter(("B", "C"))

    def with_an_act_before_it(*args: Any, **facts: Any) -> Any:
        for name in islice(late, 1):
            add_base(access.system("test"), force, name)
        return walk(*args, **facts)

    monkeypatch.setattr(chain, "verify", with_an_act_before_it)
    assert [(one.length, one.broken) for one in verify_all()] == [(3, False)]


def test_an_entry_beyond_the_head_shows() -> None:
    force = cast.force()
    for name in ("A", "B"):
        add_base(access.system("test"), force, name)
    first = Entry.objects.get(sequence=1)
    with db.open_for("tampering"):
        Chain.objects.filter(pk=force.pk).update(sequence=1, head=first.hash)
    assert [(one.broken_at, one.why) for one in verify_all()] == [(3, "the end of the chain was cut or replaced")]


def test_the_database_refuses_to_change_an_entry() -> None:
    add_base(access.system("test"), cast.force())
    with db.open_for("tampering"), pytest.raises(DatabaseError, match="only be added"):
        Entry.objects.update(outcome="refused")
