from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.models import Entry
from standdown.foundation import access, db
from standdown.foundation.access import Can, NotAllowed
from standdown.notifications.models import OutboxMessage
from standdown.people.roles.policy import Role
from standdown.training.attendance import hooks as attendance_hooks
from standdown.training.feedback import actions, jobs, queries
from standdown.training.feedback.models import Confidence
from standdown.training.feedback.sentences import AnsweringOver, Decided, FeedbackOver, NotCompleted
from standdown.training.feedback.tests import scene
from standdown.training.feedback.tests.scene import AT, Scene
from standdown.training.models import Certificate, Feedback, FollowUp, Nomination, Quote
from tests import cast

pytestmark = pytest.mark.django_db
C = Confidence
WORDS = "Clear from the first minute, and never a lecture."


def give(
    day: Scene, *, at: dt.datetime = AT, comment: str = WORDS, consent: int | None = 1, by: Any = None
) -> Feedback:
    return actions.give_feedback(
        by=by or day.by, at=at, nomination=day.nomination, before=C.A_LITTLE, after=C.VERY, comment=comment,
        consent=consent,
    )  # fmt: skip


def sent(purpose: str) -> list[str]:
    return list(OutboxMessage.objects.filter(purpose=purpose).values_list("address", flat=True))


# -- giving -----------------------------------------------------------------------------------------------------------


def test_feedback_is_given_once_and_brings_the_certificate() -> None:
    day = scene.day()
    made = give(day)
    assert (made.before, made.after, made.comment, made.given_at) == (2, 4, WORDS, AT)
    quote = Quote.objects.get()
    assert (quote.state, quote.words, quote.consent_version, quote.consented_at) == ("waiting", WORDS, 1, AT)
    assert quote.course_id == day.session.course_id
    assert Certificate.objects.get().nomination_id == day.nomination.pk
    assert list(Entry.objects.filter(can=Can.KEEP_OWN_TRAINING).values_list("outcome", "kind", "detail")) == [
        ("done", "training.feedback", {"consent": 1})
    ]


def test_a_second_sending_changes_nothing_and_gives_back_what_is_there() -> None:
    day = scene.day()
    first = give(day)
    assert give(day, comment="Something else.").pk == first.pk
    assert (Feedback.objects.get().comment, Quote.objects.count(), Certificate.objects.count()) == (WORDS, 1, 1)


@pytest.mark.parametrize(("comment", "consent"), [(WORDS, None), ("", 1), ("", None)])
def test_without_consent_or_without_words_there_is_nothing_to_quote(comment: str, consent: int | None) -> None:
    give(scene.day(), comment=comment, consent=consent)
    assert (Feedback.objects.get().comment, Quote.objects.count()) == (comment, 0)


@pytest.mark.parametrize("state", ["part-attended", "did-not-attend", "accepted"])
def test_only_who_completed_the_course_gives_feedback(state: str) -> None:
    day = scene.day()
    person = cast.person(day.force, "Ben")
    other = scene.attended(day.session, person, state=state, place_no=2)
    with pytest.raises(NotCompleted):
        give(Scene(day.force, day.session, other, cast.actor(person)))
    assert Feedback.objects.count() == 0


def test_feedback_waits_for_the_register_and_ends_after_thirty_days() -> None:
    day = scene.day(closed_at=None)
    with pytest.raises(FeedbackOver):
        give(day)
    scene.close(day.session)
    with pytest.raises(FeedbackOver):
        give(day, at=scene.CLOSED + dt.timedelta(days=30))
    assert give(day, at=scene.CLOSED + dt.timedelta(days=29)).pk


def test_whoever_caught_up_with_a_half_gives_feedback_on_the_later_day() -> None:
    day = scene.day()
    person = cast.person(day.force, "Ben")
    part = scene.attended(day.session, person, state="part-attended", place=2)
    later = cast.session(day.session.course, day.force, day=dt.date(2026, 11, 21), status="held")
    scene.close(later)
    whole = scene.attended(later, person, only_half="afternoon", follows=part)
    give(Scene(day.force, later, whole, cast.actor(person)))
    assert Certificate.objects.get().trained_on == dt.date(2026, 11, 21)


def test_nobody_gives_feedback_for_somebody_else() -> None:
    day = scene.day()
    for other in (cast.holder(Role.WELLBEING_LEAD, day.force, "Lena"), cast.national_coordinator()):
        with pytest.raises(NotAllowed):
            give(day, by=other)
    assert Feedback.objects.count() == 0


def test_when_a_register_is_closed_each_who_attended_is_asked_and_may_answer_by_the_link() -> None:
    day = scene.day()
    silent = scene.attended(day.session, cast.person(day.force, "Ben", work_email=""), place=2)
    with db.one_transaction(), db.open_for("the test"):
        for listener in attendance_hooks.CLOSED:
            listener(day.session, [day.nomination, silent], AT, day.by)
    message = OutboxMessage.objects.get(purpose="FeedbackAsked")
    assert message.recipient_id == day.nomination.person_id
    assert message.subject == "Your training on 20 November 2026: two questions"
    token = message.text.partition("/training/feedback/link/")[2].split("/")[0]
    by, nomination = queries.nomination_behind(token, AT)
    assert (by.person_id, nomination) == (day.nomination.person_id, day.nomination)
    assert give(day, by=by).nomination_id == day.nomination.pk
    for path in (f"/training/feedback/link/{token}/", "30 days"):
        assert (path in message.html) is path.startswith("/")


# -- words ------------------------------------------------------------------------------------------------------------


def test_words_are_published_by_a_coordinator_and_whose_they_are_is_told() -> None:
    day = scene.day()
    give(day)
    quote, nadia = Quote.objects.get(), cast.national_coordinator()
    assert queries.published_words(day.session.course_id) == ()
    actions.decide_quote(by=nadia, at=AT, quote=quote, publish=True)
    quote.refresh_from_db()
    assert (quote.state, quote.decided_at, quote.decided_by_id) == ("published", AT, nadia.person_id)
    assert queries.published_words(day.session.course_id) == (WORDS,)
    assert sent("WordsPublished") == [day.nomination.person.work_email]
    message = OutboxMessage.objects.get(purpose="WordsPublished")
    assert WORDS not in message.text  # the outbox keeps no second copy that could not be taken back
    token = message.text.partition("/my-words/link/")[2].split("/")[0]
    by, found = queries.quote_behind(token, AT + dt.timedelta(days=3000))
    actions.withdraw_quote(by=by, at=AT, quote=found)
    assert queries.published_words(day.session.course_id) == ()


def test_words_left_out_are_told_to_nobody_and_nothing_is_decided_twice() -> None:
    day = scene.day(work_email="")
    give(day)
    quote, nadia = Quote.objects.get(), cast.national_coordinator()
    actions.decide_quote(by=nadia, at=AT, quote=quote, publish=False)
    with pytest.raises(Decided):
        actions.decide_quote(by=nadia, at=AT, quote=quote, publish=True)
    quote.refresh_from_db()
    assert (quote.state, sent("WordsPublished")) == ("not-published", [])


def test_words_of_somebody_without_an_address_are_published_all_the_same() -> None:
    give(scene.day(work_email=""))
    actions.decide_quote(by=cast.national_coordinator(), at=AT, quote=Quote.objects.get(), publish=True)
    assert (Quote.objects.get().state, sent("WordsPublished")) == ("published", [])


def test_words_taken_back_are_gone_from_the_record_and_taking_back_twice_is_once() -> None:
    day = scene.day()
    give(day)
    for at in (AT, AT + dt.timedelta(hours=1)):
        actions.withdraw_quote(by=day.by, at=at, quote=Quote.objects.get())
    quote = Quote.objects.get()
    assert (quote.state, quote.words, quote.withdrawn_at) == ("withdrawn", "", AT)


def test_only_whose_words_they_are_takes_them_back_and_only_a_coordinator_decides() -> None:
    day = scene.day()
    give(day)
    quote = Quote.objects.get()
    lead = cast.holder(Role.WELLBEING_LEAD, day.force, "Lena")
    for other in (lead, cast.national_coordinator()):
        with pytest.raises(NotAllowed):
            actions.withdraw_quote(by=other, at=AT, quote=quote)
    for other in (lead, day.by):
        with pytest.raises(NotAllowed):
            actions.decide_quote(by=other, at=AT, quote=quote, publish=True)


# -- three months on --------------------------------------------------------------------------------------------------

MARCH = dt.datetime(2027, 3, 1, 6, 0, tzinfo=dt.UTC)


def test_three_months_on_everybody_who_completed_is_asked_once() -> None:
    day = scene.day()
    silent = scene.attended(day.session, cast.person(day.force, "Ben", work_email=""), place=2)
    scene.attended(day.session, cast.person(day.force, "Cat"), state="did-not-attend", place=3)
    assert jobs.ask_what_was_used(dt.datetime(2027, 2, 19, 12, tzinfo=dt.UTC)) == 0
    assert (jobs.ask_what_was_used(MARCH), jobs.ask_what_was_used(MARCH)) == (2, 0)
    assert set(FollowUp.objects.values_list("nomination", flat=True)) == {day.nomination.pk, silent.pk}
    assert sent("FollowUpAsked") == [day.nomination.person.work_email]
    system = access.system("again")
    assert actions.ask_follow_up(by=system, at=MARCH, nomination=day.nomination).asked_at == MARCH
    assert jobs.ask_what_was_used(dt.datetime(2027, 3, 30, tzinfo=dt.UTC)) == 0


def test_nobody_is_asked_about_a_day_long_ago() -> None:
    scene.day()
    assert jobs.ask_what_was_used(dt.datetime(2027, 3, 23, 12, tzinfo=dt.UTC)) == 0


def test_one_who_cannot_be_asked_does_not_keep_the_others_waiting(monkeypatch: Any) -> None:
    day = scene.day()
    other = scene.attended(day.session, cast.person(day.force, "Ben"), place=2)
    ask = actions.ask_follow_up

    def asks(**facts: Any) -> FollowUp:
        if facts["nomination"] == day.nomination:
            raise RuntimeError
        return ask(**facts)

    monkeypatch.setattr(actions, "ask_follow_up", asks)
    assert jobs.ask_what_was_used(MARCH) == 1
    assert FollowUp.objects.get().nomination == other


def test_the_question_is_answered_once_by_the_link() -> None:
    day = scene.day()
    jobs.ask_what_was_used(MARCH)
    text = OutboxMessage.objects.get(purpose="FollowUpAsked").text
    by, asked = queries.follow_up_behind(text.partition("/follow-up/link/")[2].split("/")[0], MARCH)
    used, barriers = FollowUp.Used.DEFUSING, [FollowUp.Barrier.NO_TIME]
    actions.answer_follow_up(by=by, at=MARCH, follow_up=asked, used=used, barriers=barriers)
    found = FollowUp.objects.get()
    assert (found.used, found.barriers, found.answered_at) == ("defusing", ["no-time"], MARCH)
    with pytest.raises(AnsweringOver):
        actions.answer_follow_up(by=day.by, at=MARCH, follow_up=asked, used=FollowUp.Used.NOT_YET, barriers=[])


def test_the_question_is_open_for_sixty_days() -> None:
    day = scene.day()
    jobs.ask_what_was_used(MARCH)
    late = MARCH + dt.timedelta(days=60)
    with pytest.raises(AnsweringOver):
        actions.answer_follow_up(
            by=day.by, at=late, follow_up=FollowUp.objects.get(), used=FollowUp.Used.BOTH, barriers=[]
        )
    assert [len(queries.own_follow_ups(day.by, at)) for at in (MARCH, late)] == [1, 0]


def test_one_sees_what_is_still_to_be_given() -> None:
    day = scene.day()
    assert queries.to_give(day.by, AT) == [day.nomination]
    assert queries.to_give(cast.actor(cast.person(day.force, "Ben")), AT) == []
    give(day)
    assert queries.to_give(day.by, AT) == []
    assert [quote.words for quote in queries.own_quotes(day.by)] == [WORDS]
    assert Nomination.objects.count() == 1
