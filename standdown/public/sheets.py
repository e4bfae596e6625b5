"""Making a sheet: from a template, or from bytes of another kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from standdown.foundation import clock
from standdown.public.cache import Sheet


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    at: dt.datetime,
    changes: Iterable[dt.datetime] = (),
) -> Sheet:
    """An HTML page that is true until the next of `changes`, or midnight in London."""
    return Sheet(render_to_string(template, context, request), until(at, changes))


def until(at: dt.datetime, changes: Iterable[dt.datetime] = ()) -> dt.datetime:
    """The first of these moments that lies after `at`, and midnight in London at the latest."""
    midnight = clock.start_of_day(clock.london_day(at) + dt.timedelta(days=1))
    return min((moment for moment in changes if at < moment < midnight), default=midnight)
