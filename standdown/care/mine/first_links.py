"""The ways in to care from one's own page: what is one's own for everybody, and what waits for those who help."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.care.defusing.models import Ask, Defusing
from standdown.care.follow_up.models import Contact
from standdown.foundation.access import Actor, Can
from standdown.people.me.hooks import FirstLink


def of_care(by: Actor, at: dt.datetime) -> list[FirstLink]:
    """What somebody finds of care, what waits first. Two statements."""
    if by.force_id is None:
        return []
    found = [link for link in (_leading(by, at), _contacts(by)) if link is not None]
    if by.has(Can.RECEIVE_REFERRAL):
        found.append(FirstLink(_("Referrals"), reverse("referrals:list"), _("What came in with a person's consent.")))
    words = _("What is offered to you, what is held about you, who looked, and help now.")
    return [*found, FirstLink(_("Your support"), reverse("own_care:page"), words)]


def _leading(by: Actor, at: dt.datetime) -> FirstLink | None:
    asks = Ask.objects.filter(Q(person_id=by.person_id), answer="", lapses_at__gt=at).count()
    leads = asks or Defusing.objects.live().filter(Q(defuser_id=by.person_id) | Q(second_id=by.person_id)).exists()
    if not leads:
        return None
    words = ngettext("%(count)s session is asked of you", "%(count)s sessions are asked of you", asks)
    title = words % {"count": asks} if asks else _("Sessions that you lead")
    return FirstLink(title, reverse("defusing:mine"), _("Say yes or pass, your next session, your load and rest."))


def _contacts(by: Actor) -> FirstLink | None:
    given = Contact.objects.filter(Q(by_id=by.person_id), outcome="").exists()
    if not (given or by.has(Can.RUN_CARE)):
        return None
    return FirstLink(_("Getting in touch"), reverse("follow_up:list"), _("Whom a person asks how they are."))
