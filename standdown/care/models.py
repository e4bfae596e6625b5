"""The records of this part, where Django looks for them."""

from standdown.care.clocks.models import SecondLook, Step, Telling
from standdown.care.defusing.afterwards import CheckOut, UrgentHandover
from standdown.care.defusing.models import Ask, AskReason, Attendee, Defusing
from standdown.care.demobilising.models import Demobilisation, HelpNumber
from standdown.care.drills.models import Drill, DrillPerson
from standdown.care.duty.models import DutyFile, DutyPeriod, PatternShift, ShiftPattern
from standdown.care.exposures.models import Exposure, HandedOver
from standdown.care.follow_up.models import Contact, ContactTry, DayToMark, OwnEntry, SelfReferral
from standdown.care.incidents.models import Incident, IncidentEvent, Restriction
from standdown.care.looks.models import Look
from standdown.care.matching.models import Plan, PlanPlace
from standdown.care.programme.models import Category, Escalation, ExposureRole, NextStepOption, Phase, Programme
from standdown.care.referrals.models import EstimBooking, Referral
from standdown.care.wishes.models import DefuserProfile, Exclusion, Wish

__all__ = [
    "Ask",
    "AskReason",
    "Attendee",
    "Category",
    "CheckOut",
    "Contact",
    "ContactTry",
    "DayToMark",
    "DefuserProfile",
    "Defusing",
    "Demobilisation",
    "Drill",
    "DrillPerson",
    "DutyFile",
    "DutyPeriod",
    "Escalation",
    "EstimBooking",
    "Exclusion",
    "Exposure",
    "ExposureRole",
    "HandedOver",
    "HelpNumber",
    "Incident",
    "IncidentEvent",
    "Look",
    "NextStepOption",
    "OwnEntry",
    "PatternShift",
    "Phase",
    "Plan",
    "PlanPlace",
    "Programme",
    "Referral",
    "Restriction",
    "SecondLook",
    "SelfReferral",
    "ShiftPattern",
    "Step",
    "Telling",
    "UrgentHandover",
    "Wish",
]  # fmt: skip
