"""Made-up data for the catalogue. The days are fixed, so that two pictures of it can be compared."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from standdown.design import charts
from standdown.foundation.clock import LONDON

NOW = dt.datetime(2026, 3, 10, 4, 10, tzinfo=LONDON)


def _at(day: int, hour: int, minute: int = 0, month: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def of(page: str) -> dict[str, Any]:
    """Give what one page of the catalogue shows."""
    pages = {"training": _training, "care": _care, "forms": dict, "ground": _ground}
    return pages[page]()


def _training() -> dict[str, Any]:
    return {
        "sessions": _sessions(),
        "facts": [
            (_("Where"), _("Online, by Microsoft Teams")),
            (_("Length"), _("7 hours, with breaks")),
            (_("Cost"), _("No charge for Home Office forces")),
            (_("Who may come"), _("People put forward by their own wellbeing lead")),
        ],
        "places": charts.places(
            key="march",
            capacity=20,
            rows=[
                charts.ForcePlaces("Northshire", 8, 2, 3),
                charts.ForcePlaces("Southshire", 3, 1, 0),
                charts.ForcePlaces("Ynys Ŵyr", 1, 0, 0),
            ],
        ),
        "history": [
            {"title": _("Moved to 12 March"), "at": _at(2, 9, 30), "by": "Amina Vale", "detail": _("Trainer unwell.")},
            {"title": _("Published"), "at": _at(20, 14, 5, 2), "by": "Amina Vale", "detail": ""},
            {"title": _("Drafted"), "at": _at(18, 11, 0, 2), "by": "Tom Ferry", "detail": ""},
        ],
        "problems": [
            {"row": 4, "column": _("Work number"), "sentence": _("Nobody of your force has this number.")},
            {"row": 0, "column": "", "sentence": _("A column is missing.")},
        ],
        "steps": [
            (_("Dates"), "#", True),
            (_("Put forward"), "#", False, 3, _("3 waiting")),
            (_("Attendance"), "#", False),
            (_("Certificates"), "#", False),
        ],
    }


def _sessions() -> list[dict[str, Any]]:
    online = _("Online, Microsoft Teams")
    return [
        {
            "start": _at(12, 9),
            "end": _at(12, 16),
            "forces": "Northshire Police",
            "href": "#",
            "minutes": 420,
            "how": online,
            "status": _("Open"),
            "tone": "calm",
        },
        {
            "start": _at(24, 9),
            "end": _at(24, 16),
            "forces": "Southshire Constabulary and Ynys \u0174yr Police",
            "href": "#",
            "minutes": 420,
            "how": _("In person, Harbour House"),
            "status": _("Moved"),
            "tone": "due",
            "note": _("It was to be on Tuesday 17 March."),
        },
        {
            "start": _at(31, 9, 30),
            "end": _at(31, 12),
            "forces": "Eastshire Police",
            "href": "#",
            "minutes": 150,
            "how": online,
            "status": _("Held"),
            "tone": "done",
        },
    ]


def _care() -> dict[str, Any]:
    began = _at(8, 22, 15)
    return {
        "now": NOW,
        "strip": charts.window_strip(
            title=_("Incident K7-4Q, Northshire"),
            began=began,
            off_duty=_at(9, 7),
            now=NOW,
            steps=[
                charts.Step(_("Demobilise"), _at(9, 7), "done", done=_at(9, 6, 40)),
                charts.Step(_("Decide who is offered a talk"), _at(9, 22), "late"),
                charts.Step(_("Defuse"), _at(12, 22), "due", opens=_at(10, 22)),
                charts.Step(_("Look in after a week"), _at(15, 12), "coming"),
            ],
        ),
        "duty": [
            {"name": "Jo Lamb", "off_duty": _at(10, 4, 35), "standing": "late", "href": "#"},
            {"name": "PC Rowan Hale", "off_duty": _at(10, 6), "standing": "not-yet", "href": "#"},
            {"name": "SC Idris Penn", "off_duty": _at(10, 7), "standing": "closed", "href": "#"},
        ],
        "lines": [
            _("That was a hard job. I want five minutes before you go home."),
            _("What you feel tonight is a usual answer to something unusual."),
            _("Eat, drink water, and do not go home alone if you can help it."),
            _("In about three days we will offer you a talk. It is up to you."),
        ],
        **_cover(),
    }


def _cover() -> dict[str, Any]:
    def cells(*have: int) -> list[dict[str, int]]:
        return [{"have": number, "need": 2} for number in have]

    return {
        "columns": [_("Mon day"), _("Mon night"), _("Tue day"), _("Tue night"), _("Wed day"), _("Wed night")],
        "cover": [
            {"place": _("Harbour station"), "cells": cells(4, 2, 3, 1, 3, 2)},
            {"place": _("Control room"), "cells": cells(2, 0, 2, 2, 2, 0)},
        ],
        "looks": [
            {"who": "Amina Vale", "role": _("care coordinator"), "at": _at(9, 8), "why": _("To offer you a talk")},
            {"who": "Tom Ferry", "role": _("privacy officer"), "at": _at(9, 15), "why": _("Monthly check of looks")},
        ],
        "coverage": charts.funnel(
            title=_("Northshire, first quarter"), exposed=84, offered=79, held=52, declined=19, no_reply=8
        ),
        "small": charts.funnel(
            title=_("Control room, first quarter"), exposed=12, offered=11, held=None, declined=None, no_reply=None
        ),
    }


def _ground() -> dict[str, Any]:
    return {
        "trail": [{"text": _("Training"), "href": "#"}, {"text": _("March 2026"), "href": "#"}],
        "colours": ["paper", "raised", "sunk", "ink", "soft", "link", "bar", "act", "due", "late", "done", "calm"],
    }
