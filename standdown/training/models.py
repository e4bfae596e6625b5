"""The records of this part, where Django looks for them."""

from standdown.training.attendance.models import AttendanceFile, Mark, Register
from standdown.training.certificates.models import Certificate
from standdown.training.courses.models import ContentBlock, Course, CourseVersion, ProgrammeVersion
from standdown.training.feedback.models import Feedback, FollowUp, Quote
from standdown.training.interest.models import Interest
from standdown.training.mutual_aid.models import MutualAid
from standdown.training.nominations.models import CalendarFeed, Nomination, NominationEvent
from standdown.training.sessions.models import Session, SessionChange, SessionForce, SessionTrainer
from standdown.training.trainers.models import TrainerStep

__all__ = [
    "AttendanceFile",
    "CalendarFeed",
    "Certificate",
    "ContentBlock",
    "Course",
    "CourseVersion",
    "Feedback",
    "FollowUp",
    "Interest",
    "Mark",
    "MutualAid",
    "Nomination",
    "NominationEvent",
    "ProgrammeVersion",
    "Quote",
    "Register",
    "Session",
    "SessionChange",
    "SessionForce",
    "SessionTrainer",
    "TrainerStep",
]
