"""The answer to somebody who stands at the door (R37). It reads the names of the date itself and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from standdown.training.attendance import policy, queries, sentences, teams_match
from standdown.training.attendance.policy import AtTheDoor
from standdown.training.sessions.models import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether they may come in, why, and what they can do."""

    welcome: bool
    why: str
    then: str


def answer(session: Session, who: str, force: str, at: dt.datetime) -> Answer:
    """What to say to somebody of that force who gives that name or address.

    The directory is not asked: somebody who is not put forward for this date and somebody whom nobody knows get the
    same answer.
    """
    words, address = teams_match.words_of(who), who.strip().casefold()
    states = [
        state
        for name, known_address, state in queries.nominations_of(session, force)
        if known_address.casefold() == address or (words and teams_match.words_of(name) == words)
    ]
    stands = policy.at_the_door(states, for_force=queries.is_for(session, force))
    why, then = sentences.door(stands, who.strip(), begun=session.starts_at <= at)
    return Answer(stands is AtTheDoor.EXPECTED, why, then)
