"""Who raises an incident how: which form, in what capacity, and what comes of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.exposures import actions, desk, forms
from standdown.care.exposures.actions import Happened
from standdown.care.exposures.desk import Desk
from standdown.care.exposures.lists import AddedAs, Group
from standdown.care.incidents import queries as incidents
from standdown.care.incidents.models import Incident
from standdown.foundation.access import Can
from standdown.foundation.refusal import Refusal

RaisedAs = Incident.RaisedAs


@dataclass(frozen=True, slots=True)
class Manner:
    """One of the ways in which an incident is raised. `raised_as` None: it follows from who raises it."""

    form: type[forms.Raising]
    title: Promise
    words: Promise
    button: Promise
    raised_as: Incident.RaisedAs | None = None
    kind: Incident.Kind = Incident.Kind.EVENT


OTHERS = Manner(
    forms.Raising,
    _("Raise an incident"),
    _("Only what kind, when, where and who. Never what happened in it."),
    _("Record the incident"),
)
PERIOD = Manner(
    forms.PeriodForm,
    _("Raise a period of work"),
    _("Such as weeks of viewing images or taking distressing calls. Only from when until when, and who."),
    _("Record the period of work"),
    kind=Incident.Kind.PERIOD,
)
CUMULATIVE = Manner(
    forms.PeriodForm,
    _("Raise several incidents in a short time"),
    _("None of them need have been big. Only from when until when, and who."),
    _("Record them together"),
    kind=Incident.Kind.CUMULATIVE,
)
OWN = Manner(
    forms.OwnForm,
    _("This happened to me"),
    _(
        "Your coordinator hears of it, and your supervisor is asked to have five minutes with you before you go home. "
        "You need not say what happened."
    ),
    _("Record it"),
    RaisedAs.SELF,
)
CONCERN = Manner(
    forms.ConcernForm,
    _("I am concerned for a colleague"),
    _(
        "The coordinator hears of it. You are shown nothing about your colleague, and what follows stays between them "
        "and those who support them."
    ),
    _("Record my concern"),
    RaisedAs.COLLEAGUE,
)
CONTROL_ROOM = Manner(
    forms.ControlRoomForm,
    _("Record an incident for the crews that attended"),
    _(
        "You write this once. What follows is not shown to control room. Add your own colleagues who took the calls as "
        "well."
    ),
    _("Record the incident"),
    RaisedAs.CONTROL_ROOM,
)
OF_KIND = {"": OTHERS, "period": PERIOD, "cumulative": CUMULATIVE}


def recorded(at_desk: Desk, manner: Manner, form: Any) -> Incident | None:
    """Record what a valid form says, or add its people to the incident that it turned out to be.

    None while the form still asks whether it is one of those recorded already. Raises NotAllowed, Refusal.
    """
    facts = form.cleaned_data
    alike = incidents.perhaps_same(
        at_desk.force.pk, own_reference=facts["own_reference"], base=facts["base"].pk if facts["base"] else None,
        category=facts["category"].code, ended_at=facts["ended_at"],
    )  # fmt: skip
    again = incidents.of_request(at_desk.by, facts["key"])
    same: Incident | None = None if again else form.same_as(alike)
    if form.errors:
        return None
    raised_as = manner.raised_as or at_desk.raised_as()
    if same is not None:
        _joined(at_desk, same, form.groups(), raised_as)
        return same
    happened = Happened(
        programme=at_desk.programme, category=facts["category"], base=facts["base"], kind=manner.kind,
        started_at=facts["started_at"], ended_at=facts["ended_at"], own_reference=facts["own_reference"],
    )  # fmt: skip
    return actions.raise_incident(
        by=at_desk.by, at=at_desk.at, key=facts["key"], happened=happened, groups=form.groups(), raised_as=raised_as
    )


def _joined(at_desk: Desk, incident: Incident, groups: list[Group], raised_as: Incident.RaisedAs) -> None:
    """Add people to an incident that runs perhaps by another version of the programme: roles by their code."""
    theirs = [
        Group(group.people, in_version(incident, group.role.code), group.duty_end_at) for group in groups
    ]  # fmt: skip
    can = Can.RUN_CARE if at_desk.runs_care else Can.RAISE_INCIDENT
    added_as = AddedAs(raised_as.value)
    actions.add_people(by=at_desk.by, at=at_desk.at, incident=incident, groups=theirs, added_as=added_as, can=can)


def in_version(incident: Incident, code: str) -> Any:
    """The role with that code in the incident's version. Raises Refusal where that version has none."""
    role = desk.role_in(incident.programme_id, code)
    if role is None:
        raise Refusal(_("That incident runs by a version of the programme without this role. Choose another role."))
    return role
