"""The message with a certificate as it would go out, for a lead who writes whom to turn to after the course."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from standdown.foundation import clock, ids
from standdown.notifications.force_words.policy import AFTER
from standdown.people.models import Force
from standdown.training.certificates import links, messages, policy
from standdown.training.courses.models import Course
from standdown.training.nominations.examples import NOBODYS
from standdown.training.nominations.messages import contact

_NUMBER = "DD-0000-0000"  # nobody has it


def of(kind: str, force: Force, at: dt.datetime) -> messages.CertificateIssued | None:
    """The message that comes after a course, about today; None for other kinds, and before any course is offered."""
    course = Course.objects.filter(current__isnull=False).select_related("current").order_by("slug").first()
    if kind != AFTER or course is None or course.current is None:
        return None
    today = clock.london_day(at)
    return messages.CertificateIssued(
        about=ids.new(), number=_NUMBER, course=course.current.title, trained_on=today,
        valid_until=policy.valid_until(today, course.current.valid_months), anew=False, pack=messages.PACK,
        link=reverse("certificates:by-link", args=[NOBODYS]), check=links.public_page(_NUMBER),
        contact=contact(force.pk, at),
    )  # fmt: skip
