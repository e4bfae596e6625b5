"""What happens next, in one sentence, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from standdown.design.times import clock_span, long_date, plain_date, when_words
from standdown.people.qualifications.policy import WARNED_AHEAD
from standdown.training.interest.screens import turn_to
from standdown.training.mine.policy import Next
from standdown.training.mine.queries import Mine
from standdown.training.nominations.own_place import OwnPlace


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, perhaps a second, and the button that does it; without an address there is nothing to do."""

    words: str
    more: str = ""
    href: str = ""
    button: str = ""


def next_step(page: Mine) -> NextStep:
    """What happens next for this person."""
    if page.about is not None:
        return _about_date(page.next, page.about)
    if page.next is Next.FOLLOW_UP:
        href = reverse("feedback:follow-up", args=[page.follow_ups[0].pk])
        return NextStep(_("Three months on: have you used what you learned?"), _("Two questions."), href, _("Answer"))
    if page.next in {Next.TOLD, Next.HELD}:
        return _about_interest(page)
    if page.next is Next.QUALIFIED:
        if page.able_until is None:
            return NextStep(_("You are qualified, and there is nothing for you to do."))
        words = _("You are qualified to defuse until %(day)s. There is nothing for you to do.")
        if page.able_until <= page.day + WARNED_AHEAD:
            words = _("You are qualified to defuse until %(day)s. Below stands what keeps it current.")
        return NextStep(words % {"day": plain_date(page.able_until)})
    words = _("Your wellbeing lead decides whose name is put forward. Tell them, and they know.")
    return NextStep(_("Would you like to be trained?"), words, reverse("interest:tell"), _("Tell my wellbeing lead"))


def _about_date(what: Next, one: OwnPlace) -> NextStep:
    key, line = one.nomination.pk, one.line
    day, place = long_date(line.starts_at), reverse("mine:place", args=[key])
    if what is Next.ANSWER and one.nomination.answer_by is not None:
        words = _("A place on %(day)s is offered to you. Please answer by %(until)s.")
        until = when_words(one.nomination.answer_by, one.at)
        return NextStep(
            words % {"day": day, "until": until}, "", reverse("mine:answer", args=[key]), _("Accept or decline")
        )
    if what is Next.FEEDBACK:
        words = _("What did you think of the day on %(day)s? Your certificate follows.") % {"day": day}
        return NextStep(words, "", reverse("feedback:give", args=[key]), _("Say what you thought"))
    if what is Next.COMING:
        return _coming(one, day, place)
    sentences = {
        Next.RECORDING: _("The day on %(day)s is over. Once it is recorded who was there, you are asked about it."),
        Next.AWAITED: _("You were there on %(day)s. Your certificate is on its way."),
        Next.AGREEMENT: _(
            "Your name is put forward for %(day)s. First somebody agrees that you are free; you will hear."
        ),
        Next.WAITING: _(
            "You are number %(number)s on the waiting list for %(day)s. When it is your turn, you will hear."
        ),
    }
    number = one.number_in_line if what is Next.WAITING else 0
    return NextStep(sentences[what] % {"day": day, "number": number}, "", place)


def _coming(one: OwnPlace, day: str, place: str) -> NextStep:
    span = clock_span(one.line.starts_at, one.line.ends_at)
    words = _("You have a place on %(day)s, %(span)s.") % {"day": day, "span": span}
    if not one.link_wanted:
        return NextStep(words, one.line.how, place, _("See my place"))
    if one.joining_link:
        return NextStep(words, "", place, _("See how to join"))
    more = _("The trainer has not entered yet how to join.")
    if one.at < one.link_from:
        more = _("How to join is shown here from %(from)s.") % {"from": when_words(one.link_from, one.at)}
    return NextStep(words, more, place, _("See my place"))


def _about_interest(page: Mine) -> NextStep:
    if page.next is Next.HELD:
        return NextStep(_("Your wellbeing lead keeps your name for a later date. You need do nothing."))
    words = _("Your wellbeing lead knows that you would like to be trained, and decides. You will hear from them.")
    if page.hears.leads:
        return NextStep(words)
    vacant = _("Nobody holds the post of wellbeing lead in your force at the moment, so what you told waits.")
    return NextStep(vacant, turn_to(page.hears))
