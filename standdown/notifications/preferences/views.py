from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, signed_in
from standdown.notifications.policy import QUIET_HOURS
from standdown.notifications.preferences import actions, queries
from standdown.notifications.preferences.forms import NONE, OWN, USUAL, PreferencesForm


@signed_in
@asked_or_sent
def page(request: HttpRequest) -> HttpResponse:
    """Choose when messages wait, and whether the summary comes."""
    by = actor_of(request)
    held = queries.own(by)
    form = PreferencesForm(request.POST or None, initial=_initial(held), leads=by.has(Can.PUT_FORWARD))

    def deed(facts: dict[str, Any]) -> object:
        digest = facts.get("digest", held.digest)
        return actions.choose(by=by, at=clock.now(), preference=held, quiet=form.quiet(), digest=digest)

    return form_page(
        request, form, deed, title=_("When messages come"), button=_("Save"), back=reverse("me:page"),
        done=_("Your choice is saved. It holds for messages that are written from now on."),
    )  # fmt: skip


def _initial(held: Any) -> dict[str, Any]:
    hours = (held.quiet_from, held.quiet_until)
    if held.quiet_from is None:
        return {"when": NONE, "digest": held.digest}
    if hours == QUIET_HOURS:
        return {"when": USUAL, "digest": held.digest}
    return {"when": OWN, "begins": held.quiet_from, "ends": held.quiet_until, "digest": held.digest}
