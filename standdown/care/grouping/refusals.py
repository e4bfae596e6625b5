"""What the rules of groups say, in words: why not, and what to do next. An exclusion says nothing of itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from standdown.care.grouping.policy import Rule
from standdown.foundation.refusal import Refusal

TOGETHER: Mapping[Rule, Promise] = {
    Rule.GUARD: _("No two people of this incident may sit together now: a guard stops sessions in a group."),
    Rule.FORCE: _("They serve in different forces. Each force looks after its own people."),
    Rule.CLOSENESS: _("One was much closer to it than the other. Heavy and light exposure do not mix."),
    Rule.COMMAND: _("One is the line manager of the other, or of their line manager. People speak freely without."),
    Rule.APART: _("They are kept apart."),
    Rule.ASKED: _("One of them would rather talk one to one."),
    Rule.FULL: _("The group would be larger than the programme allows."),
}
_JOINING: Mapping[Rule, Promise] = {
    Rule.GUARD: _("A guard stops sessions in a group. Plan one to one, or wait until it is lifted."),
    Rule.FORCE: _("That group is of another force. Choose a group of the person's own force, or one to one."),
    Rule.CLOSENESS: _("That group was much closer to it, or much further. Choose another group, or one to one."),
    Rule.COMMAND: _(
        "Somebody in that group is their line manager, or reports to them or to one of theirs. Choose another group, "
        "or one to one."
    ),
    Rule.APART: _("They are kept apart from somebody in that group. Choose another group, or one to one."),
    Rule.ASKED: _("Whoever is in that session would rather talk one to one. Choose a group, or plan another session."),
    Rule.FULL: _("That group is full. Choose another group, or one to one."),
}


class NotTogether(Refusal):
    """A rule keeps the person out of that group."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(_JOINING[rule], code=f"apart-{rule}")
        self.rule = rule


class PlanChanged(Refusal):
    """Between looking and confirming, people, answers or guards changed."""

    code = "plan-changed"

    def __init__(self) -> None:
        super().__init__(
            _("Something has changed since you opened this page, so nothing was planned. Look at the groups again.")
        )


class NotOpen(Refusal):
    """The session is led, asked about or booked already, or over."""

    code = "session-not-open"

    def __init__(self) -> None:
        super().__init__(
            _("Somebody is asked to lead this session, or it is booked. Call that off first, on the session's page.")
        )
