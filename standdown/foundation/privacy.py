"""The privacy class of every stored field: retention, subject access and demonstration data are made from it."""

from __future__ import annotations

from enum import StrEnum


class PrivacyClass(StrEnum):
    """How a field is to be treated. Every model lists each of its fields under one of these."""

    PUBLIC = "public"  # may stand on a page that anyone reads, or says nothing about a person
    PERSONAL = "personal"  # is about a person: never in a log, a public page, or another force's hands
    SPECIAL = "special"  # lets somebody infer health: care only


PUBLIC = PrivacyClass.PUBLIC
PERSONAL = PrivacyClass.PERSONAL
SPECIAL = PrivacyClass.SPECIAL
