"""What the worker does each day: the monthly report to leads, and registers that are still open."""

from __future__ import annotations

import datetime as dt

from standdown.foundation import access, clock
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force
from standdown.training.attendance import actions, policy, queries, report
from standdown.training.attendance.messages import MonthOfAttendance, RegisterOpen
from standdown.training.nominations.models import Nomination

REPORTS = access.system("monthly attendance report")
REGISTERS = access.system("registers still open")


def report_last_month(at: dt.datetime) -> int:
    """Tell the lead of each force with something to tell, once a month; how many were told."""
    day = clock.london_day(at)
    if not report.is_due(day):
        return 0
    month = report.month_before(day)
    version = report.version(month)
    told = OutboxMessage.objects.filter(purpose=MonthOfAttendance.__name__, version=version).values_list("about")
    done = {about for (about,) in told}
    count = 0
    for force in Force.objects.filter(pk__in=Nomination.objects.values("force_id")).order_by("pk"):
        if str(force.pk) in done or report.year_counts(force.pk, month).nothing:
            continue
        count += actions.report_month(by=REPORTS, at=at, force=force, month=month)
    return count


def recall_open_registers(at: dt.datetime) -> int:
    """Remind the trainers of dates that ended a day ago or more and whose register is open, once; how many."""
    told = OutboxMessage.objects.filter(purpose=RegisterOpen.__name__).values_list("about", flat=True)
    done = set(told)
    found = queries.open_registers(at - policy.NUDGED_AFTER).order_by("starts_at", "pk")
    return sum(
        actions.recall_register(by=REGISTERS, at=at, session=session)
        for session in found.select_related("course", "version", "owner_force")
        if str(session.pk) not in done
    )
