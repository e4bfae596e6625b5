import uuid

import pytest

from standdown.foundation import access
from standdown.foundation.access import ANYONE, EVERYWHERE, NOWHERE, Actor, ActorKind, Can, Reach

FORCE, OTHER = uuid.uuid4(), uuid.uuid4()


class Thing:
    def __init__(self, belongs_to_force: uuid.UUID | None) -> None:
        self.belongs_to_force = belongs_to_force


def actor(**powers: Reach) -> Actor:
    return Actor(
        kind=ActorKind.PERSON, name="Ann", person_id=uuid.uuid4(), powers={Can(k): v for k, v in powers.items()}
    )


@pytest.mark.parametrize(
    ("reach", "own", "other", "national"),
    [
        (NOWHERE, False, False, False),
        (Reach(forces=frozenset({FORCE})), True, False, False),
        (EVERYWHERE, True, True, True),
    ],
)
def test_reach(reach: Reach, *, own: bool, other: bool, national: bool) -> None:
    by = actor(**{"keep-bases": reach})
    answers = [access.allows(by, Can.KEEP_BASES, Thing(force)) for force in (FORCE, OTHER, None)]
    assert answers == [own, other, national]


def test_two_reaches_together_reach_both() -> None:
    both = Reach(forces=frozenset({FORCE})) | Reach(forces=frozenset({OTHER}))
    assert both.covers(FORCE)
    assert both.covers(OTHER)
    assert not both.covers(uuid.uuid4())


def test_nobody_may_do_what_they_were_not_given() -> None:
    assert not [can for can in Can if access.allows(actor(), can, Thing(FORCE))]


def test_anyone_may_only_register_demand() -> None:
    assert [can for can in Can if ANYONE.has(can)] == [Can.REGISTER_DEMAND]


def test_a_permission_has_one_rule() -> None:
    with pytest.raises(RuntimeError, match="already has a rule"):
        access.rule(Can.KEEP_BASES)(lambda _by, _can, _on: True)


def test_every_permission_has_a_rule_and_a_sentence() -> None:
    assert access.unruled() == set()
    assert set(access.SENTENCES) == set(Can)


def test_a_class_stands_for_what_is_national() -> None:
    assert access.in_reach(actor(**{"keep-forces": EVERYWHERE}), Can.KEEP_FORCES, Thing)
    assert not access.in_reach(actor(**{"keep-forces": Reach(forces=frozenset({FORCE}))}), Can.KEEP_FORCES, Thing)
