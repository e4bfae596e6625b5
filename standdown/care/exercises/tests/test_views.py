from __future__ import annotations

import pytest
from django.urls import reverse

from standdown.care.models import Drill, Exposure, Incident
from standdown.foundation.access import Actor
from standdown.people.models import Force, Person
from standdown.people.roles.policy import Role
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/care/exercises/"


@pytest.fixture
def force() -> Force:
    return cast.force()


@pytest.fixture
def by(force: Force) -> Actor:
    return cast.holder(Role.ESTIP_COORDINATOR, force)


def test_an_exercise_is_begun_moved_on_and_ended_on_screen(by: Actor) -> None:
    client = cast.client_for(by)
    assert client.post(reverse("exercises:begin"), {"people": "3"}).headers["Location"] == LIST
    drill, incident = Drill.objects.get(), Incident.objects.get()
    page = client.get(reverse("boards:board")).content.decode()
    assert f"Everybody in {incident.reference} is made up." in page
    assert client.get(LIST).content.decode().count(reverse("boards:incident", args=[incident.pk])) == 1
    client.post(reverse("exercises:move", args=[drill.pk]), {"hours": "24"})
    assert (incident.ended_at - Incident.objects.get().ended_at).days == 1
    assert client.post(reverse("exercises:end", args=[drill.pk])).headers["Location"] == LIST
    assert (Incident.objects.count(), Exposure.objects.count()) == (0, 0)
    assert Person.objects.filter(given_name__startswith="Exercise").count() == 0
    after = client.get(reverse("boards:board")).content.decode()
    assert "is made up" not in after


def test_a_second_exercise_is_refused_in_words(by: Actor) -> None:
    client = cast.client_for(by)
    client.post(reverse("exercises:begin"), {"people": "3"})
    assert (
        "An exercise runs in this force already. End it first."
        in client.post(reverse("exercises:begin"), {"people": "3"}).content.decode()
    )


def test_nobody_else_sees_that_an_exercise_runs(by: Actor, force: Force) -> None:
    cast.client_for(by).post(reverse("exercises:begin"), {"people": "3"})
    drill = Drill.objects.get()
    for other in (cast.actor(cast.person(force, "Bob")), cast.holder(Role.ESTIP_LEAD, cast.force("bshire"), "Charlie")):
        client = cast.client_for(other)
        assert client.get(reverse("exercises:end", args=[drill.pk])).status_code == 404
        assert "is made up" not in client.get(reverse("own_care:page")).content.decode()
