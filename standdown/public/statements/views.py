"""What this is, the service explained, our statements, and the files that machines look for."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from standdown.design.jinja import static
from standdown.foundation import clock
from standdown.foundation.gates import public
from standdown.public.cache import Sheet, kept
from standdown.public.dates import pages
from standdown.public.dates.rows import changes, rows, together
from standdown.public.forces.queries import force_names
from standdown.public.sheets import page, until
from standdown.public.statements import machine_files
from standdown.training.courses import queries as courses
from standdown.training.sessions import queries as sessions


@public
@require_safe
@kept
def home(request: HttpRequest, at: dt.datetime) -> Sheet:
    """What this is, the next dates, and the way to one's own force."""
    published = courses.courses()
    dates = sessions.coming(None, at, pages.FEW)
    context = {
        "course": published[0] if published else None,
        "rows": together(rows(dates, at)),
        "forces": force_names(clock.london_day(at)),
    }
    return page(request, "public/statements/home.html", context, at, changes(dates))


@public
@require_safe
@kept
def service(request: HttpRequest, at: dt.datetime) -> Sheet:
    """Demobilising and defusing explained: what, who, when, and what neither of them is (R12)."""
    return page(request, "public/statements/service.html", {"courses": courses.courses()}, at)


@public
@require_safe
@kept
def accessibility(request: HttpRequest, at: dt.datetime) -> Sheet:
    """The accessibility statement."""
    return page(request, "public/statements/accessibility.html", {"contact": settings.SECURITY_CONTACT}, at)


@public
@require_safe
@kept
def privacy(request: HttpRequest, at: dt.datetime) -> Sheet:
    """What is done with personal data, by whom and why."""
    return page(request, "public/statements/privacy.html", {}, at)


@public
@require_safe
@kept
def what_we_hold(request: HttpRequest, at: dt.datetime) -> Sheet:
    """What is held, what cannot be held, and who sees it."""
    return page(request, "public/statements/what_we_hold.html", {}, at)


@public
@require_safe
@kept
def security_text(request: HttpRequest, at: dt.datetime) -> Sheet:
    """Where to report a weakness (RFC 9116)."""
    return Sheet(machine_files.security_text(request.path, at), until(at), machine_files.PLAIN)


@public
@require_safe
@kept
def robots(request: HttpRequest, at: dt.datetime) -> Sheet:
    """What robots may walk through."""
    return Sheet(machine_files.robots_text(), until(at), machine_files.PLAIN)


@public
@require_safe
@kept
def sitemap(request: HttpRequest, at: dt.datetime) -> Sheet:
    """Every public page, for search engines."""
    return Sheet(machine_files.sitemap(at), until(at), "application/xml; charset=utf-8")


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for whoever asks at the old address."""
    return HttpResponsePermanentRedirect(static("design/mark.svg"), headers={"Cache-Control": "max-age=86400"})
