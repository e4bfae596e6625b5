"""A programme's own words for categories and roles, in the language of the page."""

from __future__ import annotations

from standdown.care.programme.models import Category, ExposureRole
from standdown.design.times import language


def of(one: Category | ExposureRole) -> str:
    """What the programme calls it; in English where the force gave no Welsh word."""
    return one.welsh if language() == "cy" and one.welsh else one.words
