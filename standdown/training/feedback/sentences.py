"""Why feedback cannot be given, or words not decided on, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from standdown.foundation.refusal import Refusal


class NotCompleted(Refusal):
    """Nobody has recorded that this person completed the course on that day."""

    code = "not-completed"

    def __init__(self) -> None:
        super().__init__(
            _("Feedback is for those who completed the course. If you did, ask the trainer to look at the register.")
        )


class FeedbackOver(Refusal):
    """The register is not closed yet, or thirty days have passed since."""

    code = "feedback-over"

    def __init__(self) -> None:
        super().__init__(
            _("Feedback is open for 30 days after the trainer closed the register. Your certificate comes without it.")
        )


class Decided(Refusal):
    """Somebody decided already, or the words were taken back meanwhile."""

    code = "decided"

    def __init__(self) -> None:
        super().__init__(_("These words no longer wait for a decision. Open the list again."))


class AnsweringOver(Refusal):
    """The question after three months is answered, or its time is over."""

    code = "answering-over"

    def __init__(self) -> None:
        super().__init__(_("This question is no longer open. There is nothing more to do."))
