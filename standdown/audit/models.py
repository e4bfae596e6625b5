from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from standdown.foundation import ids
from standdown.foundation.access import Actor, Can
from standdown.foundation.privacy import PERSONAL, PUBLIC, PrivacyClass

NATIONAL = uuid.UUID(int=0)


class Outcome(models.TextChoices):
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")


class Chain(models.Model):
    """The head of one force's chain of entries (the zero key is the national chain). Its row is the chain's lock."""

    force_id = models.UUIDField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    privacy: ClassVar[dict[str, PrivacyClass]] = {"force_id": PUBLIC, "sequence": PUBLIC, "head": PUBLIC}


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> EntryQuerySet:
        """The entries of the forces whose privacy officer this is; every entry for a national one."""
        reach = actor.reach(Can.READ_AUDIT)
        return self if reach.everywhere else self.filter(chain_id__in=reach.forces)


class Entry(models.Model):
    """One act or one refusal. Never changed: the database refuses, and the chain would show it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_job = models.CharField(max_length=80, blank=True)  # the name of a system job; empty for a person
    can = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    kind = models.CharField(max_length=60)  # what was acted on: app_label.model
    record_id = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)  # codes and numbers; never words about a person
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    privacy: ClassVar[dict[str, PrivacyClass]] = {
        "id": PUBLIC,
        "chain": PUBLIC,
        "sequence": PUBLIC,
        "at": PERSONAL,
        "actor_kind": PUBLIC,
        "actor_id": PERSONAL,
        "actor_job": PUBLIC,
        "can": PUBLIC,
        "outcome": PUBLIC,
        "kind": PUBLIC,
        "record_id": PERSONAL,
        "detail": PERSONAL,
        "previous": PUBLIC,
        "hash": PUBLIC,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="entry_once_in_chain")]
        indexes = [
            models.Index(fields=["kind", "record_id"], name="entry_by_record"),
            models.Index(fields=["actor_id", "at"], name="entry_by_actor"),
            models.Index(fields=["-at", "-sequence"], name="entry_newest_first"),
        ]
