"""Which dates a trainer sees: those of their own force, and those that they run."""

import datetime as dt

import pytest

from standdown.foundation import access, clock, db
from standdown.foundation.access import Can
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Session, SessionTrainer
from tests import cast

pytestmark = pytest.mark.django_db
ROOT = "/training/sessions/"
SOON = clock.london_day(clock.now()) + dt.timedelta(days=60)


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


def at(session: Session) -> str:
    return f"{ROOT}{session.pk}/"


def test_a_trainer_of_a_force_sees_its_dates(course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    assert cast.client_for(cast.holder(Role.TRAINER, ashire)).get(at(made)).status_code == 200


def test_a_national_trainer_sees_the_dates_that_they_run_and_no_other(course: Course, ashire: Force) -> None:
    quiet = cast.force("quietshire", dates_public=False)
    run, other = cast.session(course, ashire, quiet, day=SOON), cast.session(course, ashire, day=SOON)
    draft, drafts = (cast.session(course, ashire, day=SOON, status="draft") for _one in range(2))
    tara = cast.holder(Role.TRAINER, None, "Tara")
    with db.open_for("the cast"):
        for one in (run, draft):
            SessionTrainer.objects.create(session=one, person=cast.person_of(tara))
    client = cast.client_for(tara)
    shown = {one: client.get(at(one)).status_code for one in (run, draft, other, drafts)}
    assert shown == {run: 200, draft: 200, other: 404, drafts: 404}
    listed = client.get(ROOT).content.decode()
    assert ("The dates that you run." in listed, "Quietshire Police" in listed) == (True, True)
    assert [at(one) in listed for one in (run, draft, other, drafts)] == [True, True, False, False]
    assert "You are told as soon as you are named" in client.get(ROOT, {"when": "past"}).content.decode()
    assert not access.allows(tara, Can.SEE_SESSIONS, other)


def test_who_is_no_trainer_any_more_does_not_see_what_they_ran(course: Course, ashire: Force) -> None:
    run = cast.session(course, ashire, day=SOON)
    former = cast.person(ashire)
    with db.open_for("the cast"):
        SessionTrainer.objects.create(session=run, person=former)
    assert list(Session.objects.visible_to(cast.actor(former))) == []
