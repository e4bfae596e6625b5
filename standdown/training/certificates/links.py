"""The link of the message that brings a certificate: for its holder, for three months."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from standdown.foundation import links
from standdown.foundation.links import Link
from standdown.training.certificates import policy
from standdown.training.certificates.models import Certificate

PURPOSE = "certificate"


def certificate(made: Certificate, at: dt.datetime) -> str:
    """The address at which the holder sees and downloads it without a password."""
    link = Link(made.pk, made.person_id, at + policy.LINK_FOR)
    return reverse("certificates:by-link", args=[links.sign(PURPOSE, link)])


def public_page(number: str) -> str:
    """The address at which anyone checks it. It is printed on paper, so it never changes."""
    return f"/certificates/{number}/"
