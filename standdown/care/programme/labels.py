"""The figures of a programme in words, in the groups in which they are shown."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: dict[str, Promise] = {
    "defuse_target_hours": _("Defusing: target, in hours after T0"),
    "defuse_green_from_hours": _("Defusing: the window opens, in hours after T0"),
    "defuse_green_until_hours": _("Defusing: the window ends, in hours after T0"),
    "defuse_amber_until_hours": _("Defusing: late and still worth holding until, in hours after T0"),
    "session_minutes": _("Length of a session, in minutes"),
    "group_least": _("Smallest group"),
    "group_typical_from": _("Usual group: from"),
    "group_typical_to": _("Usual group: to"),
    "group_most": _("Largest group"),
    "second_defuser_above": _("A second defuser for groups larger than"),
    "list_hours": _("Confirm who was exposed within, in hours"),
    "accept_proposal_after_hours": _("A proposed next step holds after, in hours"),
    "book_hours": _("Book a defusing within, in hours after T0"),
    "contact_two_weeks_days": _("First contact, in days"),
    "contact_month_days": _("Contact within a month, in days"),
    "contact_three_months_days": _("Last contact, in days"),
    "contact_tries": _("Tries before a contact is closed kindly"),
    "reopen_days": _("The link to come back holds for, in days"),
    "referral_working_hours": _("Occupational health answers within, in working hours"),
    "cumulative_count": _("Offer a talk after this many incidents"),
    "cumulative_days": _("within this many days"),
    "load_most": _("Sessions that one defuser leads at most"),
    "load_days": _("within this many days, for the load"),
    "rest_hours": _("Rest between two sessions of one defuser, in hours"),
    "ask_lapses_hours": _("A defuser's yes lapses without a booked time after, in hours"),
}
SWITCHES: dict[str, Promise] = {
    "has_demobilise": _("There is a short talk before people go off duty"),
    "own_manager_may_defuse": _("A line manager may lead a session of their own people, where nobody minds"),
}
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("The talk before off duty"), ("has_demobilise", "accept_proposal_after_hours", "list_hours")),
    (
        _("The defusing"),
        (
            "defuse_green_from_hours", "defuse_target_hours", "defuse_green_until_hours", "defuse_amber_until_hours",
            "book_hours", "session_minutes",
        ),
    ),
    (_("Groups"), ("group_least", "group_typical_from", "group_typical_to", "group_most", "second_defuser_above")),
    (
        _("Defusers"),
        ("load_most", "load_days", "rest_hours", "ask_lapses_hours", "own_manager_may_defuse"),
    ),
    (
        _("Afterwards"),
        (
            "contact_two_weeks_days", "contact_month_days", "contact_three_months_days", "contact_tries",
            "reopen_days", "referral_working_hours",
        ),
    ),
    (_("Several incidents in a short time"), ("cumulative_count", "cumulative_days")),
)  # fmt: skip
