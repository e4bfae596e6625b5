"""What we tell people about roles and access. The part of people lies below and calls us by its hooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from standdown.foundation.clock import london_day
from standdown.notifications.models import OutboxMessage
from standdown.notifications.outbox import Message, tell
from standdown.people.accounts.policy import INVITATION_HOLDS
from standdown.people.models import Account, Person, RoleGrant
from standdown.people.roles.queries import approvers_of, role_and_place


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationToSignIn(Message):
    """You may sign in; here is how."""

    template: ClassVar[str] = "notifications/roles/mail/invitation"
    address: str
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProposed(Message):
    """Somebody was proposed for a role that you may approve."""

    template: ClassVar[str] = "notifications/roles/mail/proposed"
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleApproved(Message):
    """A role that you were proposed for, or proposed somebody for, was approved."""

    template: ClassVar[str] = "notifications/roles/mail/approved"
    role: str
    own: bool
    first_day: dt.date
    last_day: dt.date
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDeclined(Message):
    """A role that you proposed somebody for was not approved."""

    template: ClassVar[str] = "notifications/roles/mail/declined"
    role: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Message):
    """A role of yours ended."""

    template: ClassVar[str] = "notifications/roles/mail/ended"
    role: str
    address: str


def tell_invited(account: Account, token: str, at: dt.datetime) -> None:
    """Send the link. Each invitation is a message of its own, so that a new one goes out too."""
    earlier = OutboxMessage.objects.filter(
        purpose=InvitationToSignIn.__name__, about=str(account.pk), recipient=account.person
    ).count()
    address = reverse("sign_in_invitation", args=[token])
    message = InvitationToSignIn(about=account.pk, version=earlier, address=address, until=at + INVITATION_HOLDS)
    tell(account.person, message, at=at)


def tell_approvers(grant: RoleGrant, at: dt.datetime) -> None:
    """Tell everybody who could approve the proposal; the mail names nobody."""
    message = RoleProposed(about=grant.pk, address=reverse("roles:decide", args=[grant.pk]))
    for person in approvers_of(grant, london_day(at)):
        _tell(person, message, at)


def tell_approved(grant: RoleGrant, at: dt.datetime) -> None:
    """Tell the person, and who put them forward."""
    for person, own in ((grant.person, True), (grant.proposed_by, False)):
        message = RoleApproved(
            about=grant.pk, role=role_and_place(grant), own=own, first_day=grant.starts_on, last_day=grant.last_day,
            address=reverse("me:page") if own else reverse("roles:list"),
        )  # fmt: skip
        _tell(person, message, at)


def tell_declined(grant: RoleGrant, at: dt.datetime) -> None:
    """Tell who put the name forward; the person themselves may not know of it."""
    message = RoleDeclined(about=grant.pk, role=role_and_place(grant), address=reverse("roles:list"))
    _tell(grant.proposed_by, message, at)


def tell_ended(grant: RoleGrant, at: dt.datetime) -> None:
    """Tell the person whose role it was. A proposal that was withdrawn is not news to them."""
    if grant.approved_at is not None:
        _tell(grant.person, RoleEnded(about=grant.pk, role=role_and_place(grant), address=reverse("me:page")), at)


def _tell(person: Person | None, message: Message, at: dt.datetime) -> None:
    if person is not None and person.work_email:
        tell(person, message, at=at)
