"""Incidents and who was exposed: raised by anybody in their own force, run by its coordinator and lead."""

from __future__ import annotations

from tests.matrix.who import IN_A_FORCE, PLAIN_PEOPLE, WITHOUT_POWERS, Row, any_force, only

_RUNS = ("estip-lead", "estip-coordinator")
_runs = only(*_RUNS)
# Whoever serves in a force, whatever their role there: national accounts serve in none.
_serves = any_force(*IN_A_FORCE) | frozenset([*PLAIN_PEOPLE, *WITHOUT_POWERS])
_RAISES = Row(get=_serves, post=_serves)
_OF_INCIDENT = Row(get=_runs, post=_runs)

ROWS: dict[str, Row] = {
    "exposures:raise": _RAISES,
    "exposures:raise-self": _RAISES,
    "exposures:raise-concern": _RAISES,
    "exposures:raise-control-room": Row(get=any_force(*_RUNS, "control-room"), post=any_force(*_RUNS, "control-room")),
    # The incident here was raised by nobody who comes to the door.
    "exposures:recorded": Row(),
    "exposures:add": _OF_INCIDENT,
    "exposures:add-team": _OF_INCIDENT,
    "exposures:confirm-list": _OF_INCIDENT,
    "exposures:was-there": _RAISES,
    # The exposure here is of somebody who does not come to the door.
    "exposures:dispute": Row(),
    "exposures:settle": Row(get=_runs, post=_runs, looks=True),
    "exposures:take-off": _OF_INCIDENT,
}
