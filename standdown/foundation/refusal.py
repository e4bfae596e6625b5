"""A rule said no. The sentence says why and what to do next; the code is for records and programs."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule of the field, or of access, does not allow this act. Nothing was written."""

    code = "refused"

    def __init__(self, sentence: str | Promise, *, code: str | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        if code:
            self.code = code
