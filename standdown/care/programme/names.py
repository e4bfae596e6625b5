"""The words of a programme's codes, in both languages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from standdown.care.programme.policy import Family, NextStep, StepKind, Told


class FamilyName(models.TextChoices):
    ESTIP_LIKE = Family.ESTIP_LIKE.value, _("Demobilise and defuse: days, not hours")
    TRIM_LIKE = Family.TRIM_LIKE.value, _("Risk management by peers: three days and a month")
    CISM_LIKE = Family.CISM_LIKE.value, _("Crisis intervention: defusing within hours")


class NextStepName(models.TextChoices):
    NOTHING_NOW = NextStep.NOTHING_NOW.value, _("Nothing for now")
    DEFUSE_GROUP = NextStep.DEFUSE_GROUP.value, _("Defusing in a group")
    DEFUSE_ONE = NextStep.DEFUSE_ONE.value, _("Defusing one to one")
    PEER_CALL = NextStep.PEER_CALL.value, _("A call from a peer supporter")
    ESTIM = NextStep.ESTIM.value, _("A structured meeting with occupational health")
    OCCUPATIONAL_HEALTH = NextStep.OCCUPATIONAL_HEALTH.value, _("Occupational health")
    SELF_HELP = NextStep.SELF_HELP.value, _("Self-help")
    GP = NextStep.GP.value, _("GP or NHS")
    URGENT = NextStep.URGENT.value, _("Urgent help now")


class StepKindName(models.TextChoices):
    CONFIRM_LIST = StepKind.CONFIRM_LIST.value, _("Confirm who was exposed")
    DEMOBILISE = StepKind.DEMOBILISE.value, _("Demobilise before off duty")
    DECIDE = StepKind.DECIDE.value, _("Decide on the next step")
    BOOK = StepKind.BOOK.value, _("Book a defusing")
    HOLD = StepKind.HOLD.value, _("Hold the defusing")
    CHECK_OUT = StepKind.CHECK_OUT.value, _("Check-out of the defuser")
    BUDDY_CALL = StepKind.BUDDY_CALL.value, _("Call to the defuser a day after")
    REFERRAL_ANSWER = StepKind.REFERRAL_ANSWER.value, _("Answer from occupational health")
    URGENT_HANDOVER = StepKind.URGENT_HANDOVER.value, _("Urgent handover to a named person")
    CONTACT_TWO_WEEKS = StepKind.CONTACT_TWO_WEEKS.value, _("Contact at two weeks")
    CONTACT_MONTH = StepKind.CONTACT_MONTH.value, _("Contact within a month")
    CONTACT_THREE_MONTHS = StepKind.CONTACT_THREE_MONTHS.value, _("Contact at three months")
    ACCEPT_HANDED_OVER = StepKind.ACCEPT_HANDED_OVER.value, _("Accept a colleague handed over")
    SELF_REFERRAL = StepKind.SELF_REFERRAL.value, _("Answer a self-referral")
    CUMULATIVE_OFFER = StepKind.CUMULATIVE_OFFER.value, _("Offer after several incidents")


class ToldName(models.TextChoices):
    OWNER = Told.OWNER.value, _("whoever owns the step")
    SUPERVISOR = Told.SUPERVISOR.value, _("the supervisor")
    DUTY_INSPECTOR = Told.DUTY_INSPECTOR.value, _("the supervisor's own line manager")
    COORDINATOR = Told.COORDINATOR.value, _("the coordinator")
    ESTIP_LEAD = Told.ESTIP_LEAD.value, _("the ESTIP lead")
    OCCUPATIONAL_HEALTH = Told.OCCUPATIONAL_HEALTH.value, _("occupational health")
