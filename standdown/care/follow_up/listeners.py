"""What following up has to say to what happens to an exposure. Inside the act that happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count

from standdown.care.exposures.models import Exposure
from standdown.care.follow_up import messages, policy
from standdown.foundation.access import Actor
from standdown.people.models import Person


def offer_after_several(exposures: Sequence[Exposure], _by: Actor, at: dt.datetime) -> None:
    """Several incidents in a short time: an offer to the person, and to nobody else; a count, no score (R61, R156).

    An exercise offers nothing.
    """
    if exposures[0].incident.is_exercise:
        return
    programme = exposures[0].incident.programme
    since = at - dt.timedelta(days=programme.cumulative_days)
    lately = Exposure.objects.live().filter(
        person__in=[one.person_id for one in exposures], incident__ended_at__gt=since, incident__drill=None
    )
    counts = dict(lately.order_by().values_list("person").annotate(number=Count("incident", distinct=True)))
    often = [one for one in exposures if policy.offers_talk(counts.get(one.person_id, 0), programme.cumulative_count)]
    people = Person.objects.in_bulk([one.person_id for one in often])
    for one in often:
        messages.tell_person(messages.SeveralLately, people[one.person_id], one.pk, at, exercise=False)
