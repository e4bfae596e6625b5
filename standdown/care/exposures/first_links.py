"""What one's own page links to first: raising an incident, and what waits for a coordinator's word."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.exposures.models import HandedOver
from standdown.care.incidents.models import Incident, State
from standdown.foundation.access import Actor, Can
from standdown.people.me.hooks import FirstLink


def something_happened(by: Actor, _at: dt.datetime) -> list[FirstLink]:
    """Raise an incident, as one's role has it. No statement."""
    found = []
    if by.holds("control-room", by.force_id):
        why = _("Once, by their numbers; what follows is not shown to control room.")
        found.append(FirstLink(_("Record an incident for crews"), reverse("exposures:raise-control-room"), why))
    elif by.force_id is not None and by.has(Can.RAISE_INCIDENT):
        why = _("For your people, yourself or a colleague: what kind, when, where and who.")
        found.append(FirstLink(_("Raise an incident"), reverse("exposures:raise"), why))
    if by.has(Can.SET_RESTRICTION):
        why = _("By the reference of an incident; nothing else of it is shown.")
        found.append(FirstLink(_("Restrict conferring"), reverse("exposures:restrict"), why))
    return found


def waits_for_a_word(by: Actor, _at: dt.datetime) -> list[FirstLink]:
    """What files proposed and what other forces handed over. Two statements for those who run care, none for others."""
    forces = by.reach(Can.RUN_CARE).forces
    if not forces:
        return []
    found = []
    proposed = Incident.objects.filter(force__in=forces, state=State.PROPOSED).count()
    if proposed:
        words = ngettext("%(count)s proposed incident", "%(count)s proposed incidents", proposed) % {"count": proposed}
        found.append(
            FirstLink(words, reverse("exposures:proposed"), _("Nobody is asked for anything until you confirm."))
        )
    handed = HandedOver.objects.filter(to_force__in=forces, state=HandedOver.State.OFFERED).count()
    if handed:
        words = ngettext("%(count)s colleague handed over", "%(count)s colleagues handed over", handed)
        why = _("Another force saw that they were exposed; you make the record.")
        found.append(FirstLink(words % {"count": handed}, reverse("exposures:handed-over"), why))
    return found
