from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from standdown.audit.act import act
from standdown.foundation import access, db, ids
from standdown.foundation.access import Can, NotAllowed
from standdown.notifications.force_words.actions import write_words
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Qualification
from standdown.people.roles.policy import Role
from standdown.training.certificates import actions, issue, jobs, queries
from standdown.training.certificates.policy import Standing
from standdown.training.certificates.sentences import NothingWrong, NotStanding
from standdown.training.feedback.tests import scene
from standdown.training.feedback.tests.scene import AT, CLOSED, Scene
from standdown.training.models import Certificate, Course, Session
from tests import cast

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)
Reason = Certificate.RevokeReason


def issued(day: Scene, at: dt.datetime = AT) -> Certificate:
    made = actions.issue_certificate(by=access.system("the test"), at=at, nomination=day.nomination)
    assert made is not None
    return made


def standing() -> list[tuple[str, dt.date, dt.date, dt.date]]:
    found = Qualification.objects.standing().order_by("skill")
    return list(found.values_list("skill", "valid_from", "valid_until", "latest_until"))


def change(record: Any, **facts: Any) -> None:
    with db.open_for("the cast"):
        type(record).objects.filter(pk=record.pk).update(**facts)


# -- issuing ----------------------------------------------------------------------------------------------------------


def test_a_week_after_the_register_closed_a_certificate_comes_without_feedback() -> None:
    day = scene.day()
    assert jobs.issue_without_feedback(CLOSED + WEEK - dt.timedelta(seconds=1)) == 0
    assert (jobs.issue_without_feedback(CLOSED + WEEK), jobs.issue_without_feedback(CLOSED + WEEK)) == (1, 0)
    made = Certificate.objects.get()
    assert made.number.startswith("DD-")
    assert (made.name, made.language, made.version_id) == ("Alice Ashdown", "en", day.session.version_id)
    assert (made.trained_on, made.valid_until) == (dt.date(2026, 11, 20), dt.date(2028, 11, 20))
    assert (made.issued_at, made.issued_by_id, made.show_name, made.force_id) == (
        CLOSED + WEEK, None, False, day.force.pk,
    )  # fmt: skip


def test_a_certificate_grants_what_its_course_teaches() -> None:
    day = scene.day()
    made = issued(day)
    held = (dt.date(2026, 11, 20), dt.date(2028, 11, 20), dt.date(2029, 11, 20))
    assert standing() == [("defuse", *held), ("demobilise", *held)]
    found = Qualification.objects.filter(source="certificate", source_id=str(made.pk), evidence=made.number)
    assert {(one.person_id, one.force_id) for one in found} == {(day.nomination.person_id, day.force.pk)}


def test_train_the_trainer_grants_the_training_of_others() -> None:
    day = scene.day()
    change(day.session.course, kind=Course.Kind.TRAIN_THE_TRAINER)
    issued(day)
    assert [skill for skill, *_dates in standing()] == ["train"]


def test_the_holder_is_sent_the_certificate_and_what_helps_afterwards() -> None:
    made = issued(scene.day())
    message = OutboxMessage.objects.get(purpose="CertificateIssued")
    assert (message.subject, message.about) == (f"Your training certificate {made.number}", str(made.pk))
    assert f"/certificates/{made.number}/" in message.text
    assert "/service/" in message.text
    token = message.text.partition("/training/certificates/link/")[2].split("/")[0]
    assert queries.behind_link(token, AT)[1] == made


def test_the_pack_says_whom_of_the_force_to_turn_to() -> None:
    day = scene.day()
    lead = cast.holder(Role.WELLBEING_LEAD, day.force, "Lena")
    words = "After {course} on {date}:\nring peer support on 0100 200300."
    write_words(by=lead, at=AT, force=day.force, kind="after", language="en", words=words, seen=0)
    issued(day)
    message = OutboxMessage.objects.get(purpose="CertificateIssued")
    pack = """Whom to turn to

Lena Ashdown looks after training in your force: {address}.

After Demobilising and defusing on Friday 20 November 2026:
ring peer support on 0100 200300.
"""
    assert pack.format(address=cast.person_of(lead).work_email) in message.text
    assert "ring peer support on 0100 200300." in message.html


def test_where_nobody_leads_and_nothing_is_written_the_pack_still_says_whom_to_ask() -> None:
    issued(scene.day())
    assert "Whom to turn to\n\nYour wellbeing lead.\n" in OutboxMessage.objects.get(purpose="CertificateIssued").text


def test_somebody_without_an_address_has_the_certificate_all_the_same() -> None:
    day = scene.day(work_email="")
    issued(day)
    assert (queries.own_certificates(day.by)[0].name, OutboxMessage.objects.count()) == ("Alice Ashdown", 0)


def test_nothing_is_issued_twice_nor_for_a_day_that_was_not_completed() -> None:
    day = scene.day()
    system = access.system("the test")
    issued(day)
    assert actions.issue_certificate(by=system, at=AT, nomination=day.nomination) is None
    part = scene.attended(day.session, cast.person(day.force, "Ben"), state="part-attended", place=2)
    assert actions.issue_certificate(by=system, at=AT, nomination=part) is None
    assert Certificate.objects.count() == 1


def test_two_halves_are_one_certificate_of_the_later_day() -> None:
    day = scene.day()
    part = scene.attended(day.session, cast.person(day.force, "Ben"), state="part-attended", place=2)
    later = cast.session(day.session.course, day.force, day=dt.date(2026, 11, 23), status="held")
    scene.close(later)
    whole = scene.attended(later, part.person, only_half="afternoon", follows=part)
    jobs.issue_without_feedback(CLOSED + WEEK)
    assert [one.trained_on for one in Certificate.objects.filter(nomination=whole)] == [dt.date(2026, 11, 23)]
    assert Certificate.objects.filter(nomination=part).count() == 0


def test_a_number_that_somebody_has_is_drawn_again(monkeypatch: Any) -> None:
    day = scene.day()
    made = issued(day)
    other = scene.attended(day.session, cast.person(day.force, "Ben"), place=2)
    drawn = iter([made.number.replace("-", ""), "DD-7777MMMM"])
    monkeypatch.setattr(ids, "reference", lambda *_facts: next(drawn))
    assert issued(Scene(day.force, day.session, other, day.by)).number == "DD-7777-MMMM"


def test_one_that_cannot_be_issued_does_not_keep_the_others_waiting(monkeypatch: Any) -> None:
    day = scene.day()
    other = scene.attended(day.session, cast.person(day.force, "Ben"), place=2)
    once = issue.issue_once

    def issues(key: Any, at: dt.datetime, **facts: Any) -> Certificate | None:
        if key == day.nomination.pk:
            raise RuntimeError
        return once(key, at, **facts)

    monkeypatch.setattr(issue, "issue_once", issues)
    assert jobs.issue_without_feedback(CLOSED + WEEK) == 1
    assert Certificate.objects.get().nomination == other


# -- the name on the public page --------------------------------------------------------------------------------------


def test_the_public_page_names_the_holder_only_while_they_wish_it() -> None:
    day = scene.day()
    made = issued(day)
    for show, name in ((True, "Alice Ashdown"), (False, "")):
        actions.share_name(by=day.by, at=AT, certificate=made, show=show)
        found = queries.check(made.number, AT)
        assert found is not None
        assert (found.name, found.standing) == (name, Standing.VALID)


def test_nobody_else_shares_a_name() -> None:
    day = scene.day()
    made = issued(day)
    for other in (cast.holder(Role.WELLBEING_LEAD, day.force, "Lena"), cast.national_coordinator()):
        with pytest.raises(NotAllowed):
            actions.share_name(by=other, at=AT, certificate=made, show=True)


# -- revoking and issuing anew ----------------------------------------------------------------------------------------


def test_a_revoked_certificate_ends_what_it_qualified_for_and_is_not_issued_again() -> None:
    day = scene.day()
    made, nadia = issued(day), cast.national_coordinator()
    actions.share_name(by=day.by, at=AT, certificate=made, show=True)
    actions.revoke(by=nadia, at=AT, certificate=made, reason=Reason.ATTENDANCE)
    made.refresh_from_db()
    assert (made.revoked_at, made.revoked_by_id, made.revoke_reason, made.show_name) == (
        AT, nadia.person_id, "attendance", False,
    )  # fmt: skip
    assert standing() == []
    found = queries.check(made.number, AT)
    assert found is not None
    assert (found.standing, found.revoked_on, found.name) == (Standing.REVOKED, AT.date(), "")
    assert "Attendance was corrected" in OutboxMessage.objects.get(purpose="CertificateRevoked").text
    assert jobs.issue_without_feedback(CLOSED + WEEK) == 0
    with pytest.raises(NotStanding):
        actions.revoke(by=nadia, at=AT, certificate=made, reason=Reason.MISTAKE)
    with pytest.raises(NotStanding):
        actions.share_name(by=day.by, at=AT, certificate=made, show=True)
    with pytest.raises(NotStanding):
        actions.reissue(by=nadia, at=AT, certificate=made)


def test_somebody_without_an_address_is_told_nothing() -> None:
    made = issued(scene.day(work_email=""))
    actions.revoke(by=cast.national_coordinator(), at=AT, certificate=made, reason=Reason.MISTAKE)
    assert (Certificate.objects.get().revoke_reason, OutboxMessage.objects.count()) == ("mistake", 0)


def test_a_wrong_name_is_put_right_by_issuing_anew() -> None:
    day = scene.day()
    old, nadia = issued(day), cast.national_coordinator()
    change(day.nomination.person, family_name="Ashdowne", language="cy")
    new = actions.reissue(by=nadia, at=AT, certificate=old)
    old.refresh_from_db()
    assert (new.name, new.language, new.replaces_id, new.issued_by_id) == (
        "Alice Ashdowne", "cy", old.pk, nadia.person_id,
    )  # fmt: skip
    assert (old.revoke_reason, new.revoked_at) == ("name", None)
    assert [found.standing for number in (old.number, new.number) if (found := queries.check(number, AT))] == [
        Standing.REPLACED,
        Standing.VALID,
    ]
    assert set(Qualification.objects.standing().values_list("source_id", flat=True)) == {str(new.pk)}
    assert len(standing()) == 2


def test_a_certificate_that_is_right_is_not_issued_anew() -> None:
    day = scene.day()
    made = issued(day)
    with pytest.raises(NothingWrong):
        actions.reissue(by=cast.national_coordinator(), at=AT, certificate=made)
    change(day.session, starts_at=day.session.starts_at - dt.timedelta(days=1))
    actions.reissue(by=cast.national_coordinator(), at=AT, certificate=made)
    assert [one.trained_on for one in Certificate.objects.standing()] == [dt.date(2026, 11, 19)]
    assert Session.objects.count() == 1


def test_only_a_coordinator_revokes_and_issues_anew() -> None:
    day = scene.day()
    made = issued(day)
    for other in (day.by, cast.holder(Role.WELLBEING_LEAD, day.force, "Lena"), cast.holder(Role.TRAINER, None, "Tom")):
        with pytest.raises(NotAllowed):
            actions.revoke(by=other, at=AT, certificate=made, reason=Reason.MISTAKE)
        with pytest.raises(NotAllowed):
            actions.reissue(by=other, at=AT, certificate=made)
    assert len(standing()) == 2


# -- looking up -------------------------------------------------------------------------------------------------------


def test_a_coordinator_finds_a_certificate_by_number_and_by_name() -> None:
    day = scene.day()
    made, nadia = issued(day), cast.national_coordinator()
    for wanted in ("", made.number.lower().replace("-", ""), "ash alice"):
        assert queries.listing(nadia, AT, wanted).rows == [(made, Standing.VALID)]
    for wanted in ("DD-7777-MMMM", "bob"):
        assert queries.listing(nadia, AT, wanted).rows == []


def test_one_opens_ones_own_and_a_coordinator_all() -> None:
    day = scene.day()
    made = issued(day)
    lead = cast.holder(Role.WELLBEING_LEAD, day.force, "Lena")
    found = [queries.one(by, made.pk) for by in (day.by, cast.national_coordinator(), lead, access.ANYONE)]
    assert found == [made, made, None, None]


def test_a_corrected_attendance_takes_its_certificate_along_and_a_second_correction_gives_one_again() -> None:
    day, by = scene.day(), access.system("a correction")
    made = issued(day)
    with act(by, Can.MARK_ATTENDANCE, on=day.session, at=AT):
        issue.take_back(day.nomination, AT, by)
    made.refresh_from_db()
    assert (made.revoke_reason, standing()) == ("attendance", [])
    with act(by, Can.MARK_ATTENDANCE, on=day.session, at=AT):
        issue.give_back(day.session, [day.nomination], AT, by)
    again = Certificate.objects.get(revoked_at__isnull=True)
    assert (again.number != made.number, again.replaces_id, len(standing())) == (True, made.pk, 2)
