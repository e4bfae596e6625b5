"""The records of this part, where Django looks for them."""

from standdown.training.courses.models import ContentBlock, Course, CourseVersion, ProgrammeVersion
from standdown.training.sessions.models import Session, SessionChange, SessionForce, SessionTrainer

__all__ = [
    "ContentBlock",
    "Course",
    "CourseVersion",
    "ProgrammeVersion",
    "Session",
    "SessionChange",
    "SessionForce",
    "SessionTrainer",
]
