"""What an exercise may be. Plain Python."""

from __future__ import annotations

LEAST, MOST = 2, 500  # made-up people on the list
MOVES = (1, 4, 12, 24, 72, 168, 336)  # hours by which the clock may be moved on
PEOPLE_FOR_ONE_DEFUSER = 8
MAJOR_FROM = 50


def sensible(people: int) -> bool:
    """True for a number of people with which an exercise can be run and taken away in one go."""
    return LEAST <= people <= MOST


def defusers_for(people: int) -> int:
    """How many made-up people able to defuse come with so many on the list: one for each group, and two at least."""
    return max(2, -(-people // PEOPLE_FOR_ONE_DEFUSER))


def days_of(hours: int) -> int:
    """By how many days a date moves when the clock is moved on by so many hours: whole days only."""
    return hours // 24
