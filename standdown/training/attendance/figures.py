"""Figures about attendance as they may be told: no small numbers, no exact ones (R33). Plain Python."""

from __future__ import annotations

from dataclasses import dataclass

from standdown.foundation.small_numbers import rounded


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be told: none at all, too few to say, or about so many."""

    number: int | None  # None: from one to nine

    @property
    def few(self) -> bool:
        """True when there were some, and too few to say how many."""
        return self.number is None


def shown(count: int) -> Shown:
    """The number as it may be told: nought stays, 1 to 9 is "fewer than 10", above that to the nearest five."""
    return Shown(rounded(count) if count else 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a force's places in a span of time, each number under the rule."""

    did_not_attend: Shown
    part_attended: Shown
    late_withdrawals: Shown
    substitutions: Shown

    @property
    def nothing(self) -> bool:
        """True when there is nothing to tell of."""
        return all(one.number == 0 for one in self.lines)

    @property
    def lines(self) -> tuple[Shown, ...]:
        """The numbers in the order in which they are told."""
        return (self.did_not_attend, self.part_attended, self.late_withdrawals, self.substitutions)


def counts(did_not_attend: int, part_attended: int, late_withdrawals: int, substitutions: int) -> Counts:
    """Raw numbers under the rule."""
    return Counts(*map(shown, (did_not_attend, part_attended, late_withdrawals, substitutions)))
