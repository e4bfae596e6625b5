"""Where somebody's work begins, by what they may do."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standdown.foundation.access import Actor, Can
from standdown.people.me import hooks
from standdown.people.me.hooks import FirstLink
from standdown.people.roles.policy import Role
from standdown.people.roles.queries import waiting_for


def first_links(by: Actor, at: dt.datetime) -> list[FirstLink]:
    """What this actor most likely came for, what waits for them first."""
    found = []
    waiting = len(waiting_for(by)) if by.has(Can.APPROVE_ROLE) else 0
    if waiting:
        words = ngettext("%(count)s role waits for you", "%(count)s roles wait for you", waiting) % {"count": waiting}
        found.append(FirstLink(words, reverse("roles:waiting"), _("Approve or decline what others proposed.")))
    found.extend(link for listener in hooks.LINKS for link in listener(by, at))
    if Role.SUPERVISOR in by.roles:
        found.append(FirstLink(_("Your people"), reverse("me:reports"), _("Who you are the line manager of.")))
    if by.has(Can.PROPOSE_ROLE):
        words = _("Propose somebody for a role")
        found.append(FirstLink(words, reverse("roles:propose"), _("Another person approves it.")))
    if by.has(Can.SEE_ROLES):
        words = _("Named posts and roles")
        found.append(FirstLink(words, reverse("roles:list"), _("Who holds which, and which are vacant.")))
    if by.has(Can.KEEP_PEOPLE):
        words = _("Bring in people from a file")
        found.append(FirstLink(words, reverse("accounts:import"), _("From your force's own directory.")))
    if by.has(Can.KEEP_PEOPLE) or by.has(Can.LIST_PEOPLE):
        words = _("Find a person")
        found.append(FirstLink(words, reverse("accounts:list"), _("By name, number or team.")))
    return found
