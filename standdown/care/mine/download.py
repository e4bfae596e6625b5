"""One's own history as a file, in words that a person can read and keep; formulas cannot stand in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from standdown.care.mine.queries import Own
from standdown.design.times import date_time, plain_date
from standdown.foundation import tables
from standdown.foundation.tables import Table


def as_csv(own: Own) -> bytes:
    """What is held about oneself, a line each: when, what, and how it stands."""
    rows = [
        (plain_date(one.incident.ended_at), one.incident.category.words, one.role.words, one.get_stage_display())
        for one in own.exposures
    ]
    rows += [(plain_date(one.on), one.category, _("Noted by myself"), "") for one in own.entries]
    rows += [
        (
            date_time(one.recorded_at),
            _("Talk before going off duty"),
            one.recorded_by.full_name,
            one.get_outcome_display(),
        )
        for one in own.demobilisations
    ]
    rows += [
        (
            date_time(one.defusing.starts_at) if one.defusing.starts_at else "", _("Session"),
            one.defusing.defuser.full_name if one.defusing.defuser else "", one.get_there_display(),
        )
        for one in own.attendances
    ]  # fmt: skip
    rows += [
        (date_time(one.sent_at), _("Referral to occupational health"), one.get_route_display(), one.get_state_display())
        for one in own.referrals
    ]
    rows += [
        (plain_date(one.on), _("Structured meeting"), one.owner.full_name, one.get_there_display())
        for one in own.meetings
    ]
    rows += [(date_time(look.at), _("Looked"), look.by.full_name, look.get_why_display()) for look in own.looks]
    headings = (_("When"), _("What"), _("More"), _("How it stands"))
    return tables.as_csv(Table("my-support", _("My support"), headings, rows))
