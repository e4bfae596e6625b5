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
    "exposures:edit": _OF_INCIDENT,
    "exposures:accounts": _OF_INCIDENT,
    "exposures:major": _OF_INCIDENT,
    "exposures:reject": _OF_INCIDENT,
    "exposures:merge": _OF_INCIDENT,
    # Nobody waits for a decision here, so that nobody is shown.
    "exposures:decide": _OF_INCIDENT,
    "exposures:hand-over": _OF_INCIDENT,
    "exposures:proposed": Row(get=any_force(*_RUNS)),
    # The incident here is open already: a rule says so.
    "exposures:confirm-proposed": Row(post=_runs),
    "exposures:file": Row(get=any_force(*_RUNS, "control-room"), post=any_force(*_RUNS, "control-room")),
    "exposures:file-example": Row(get=any_force(*_RUNS, "control-room")),
    "exposures:handed-over": Row(get=any_force(*_RUNS)),
    "exposures:accept-handed-over": Row(post=_runs),
    "exposures:not-ours": Row(post=_runs),
    "exposures:restrict": Row(get=any_force("post-incident-manager"), post=any_force("post-incident-manager")),
}
