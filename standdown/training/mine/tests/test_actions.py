"""The secret address from which a calendar reads one's own dates."""

from __future__ import annotations

import pytest

from standdown.audit.models import Entry
from standdown.foundation import db
from standdown.foundation.access import NotAllowed
from standdown.people.models import Posting
from standdown.people.roles.policy import Role
from standdown.training.mine import actions, queries
from standdown.training.models import CalendarFeed
from standdown.training.nominations import feed
from tests import cast

pytestmark = pytest.mark.django_db
AT = cast.AT


def test_a_new_address_ends_the_one_before() -> None:
    ann = cast.person(cast.force(), "Ann")
    by = cast.actor(ann)
    first = actions.make_feed(by=by, at=AT, person=ann)
    second = actions.make_feed(by=by, at=AT, person=ann)
    assert (feed.of_token(first, AT), feed.of_token("guess", AT)) == (None, None)
    assert feed.of_token(second, AT) == queries.own_feed(by)
    assert CalendarFeed.objects.filter(digest__in=[first, second]).count() == 0


def test_an_address_that_was_taken_back_leads_nowhere_and_a_second_time_changes_nothing() -> None:
    ann = cast.person(cast.force(), "Ann")
    by = cast.actor(ann)
    token = actions.make_feed(by=by, at=AT, person=ann)
    made = CalendarFeed.objects.get()
    actions.revoke_feed(by=by, at=AT, calendar=made)
    actions.revoke_feed(by=by, at=AT, calendar=made)
    assert (feed.of_token(token, AT), queries.own_feed(by)) == (None, None)
    details = list(Entry.objects.order_by("sequence").values_list("detail", flat=True))
    assert details == [{}, {"again": False}, {"again": True}]


def test_who_left_has_no_feed() -> None:
    ann = cast.person(cast.force(), "Ann")
    token = actions.make_feed(by=cast.actor(ann), at=AT, person=ann)
    with db.open_for("the cast"):
        Posting.objects.update(until=cast.TODAY)
    assert feed.of_token(token, AT) is None


def test_nobody_makes_or_takes_the_address_of_somebody_else() -> None:
    force = cast.force()
    ann = cast.person(force, "Ann")
    lead = cast.holder(Role.WELLBEING_LEAD, force, "Lena")
    with pytest.raises(NotAllowed):
        actions.make_feed(by=lead, at=AT, person=ann)
    token = actions.make_feed(by=cast.actor(ann), at=AT, person=ann)
    with pytest.raises(NotAllowed):
        actions.revoke_feed(by=lead, at=AT, calendar=CalendarFeed.objects.get())
    assert feed.of_token(token, AT) is not None
