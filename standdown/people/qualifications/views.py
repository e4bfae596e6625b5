from __future__ import annotations

import csv
import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.downloads import download, kind_sent
from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs
from standdown.foundation.tables import KINDS
from standdown.people.accounts import queries as accounts
from standdown.people.qualifications import actions, exports, forms, import_rows, outlook, queries


def _today() -> dt.date:
    return clock.london_day(clock.now())


def _page_asked(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1  # noqa: PLR2004 - digits


# -- reading ------------------------------------------------------------------------------------------------------


@needs(Can.SEE_QUALIFICATIONS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Who in one's own force is qualified for what, until when."""
    form, by = forms.RegisterFilter(request.GET), actor_of(request)
    asked = form.asked()
    page = queries.register(
        by, _today(), skill=asked["skill"], state=asked["state"], words_asked=asked["words"],
        page=_page_asked(request),
    )  # fmt: skip
    facts = {"form": form, "page": page, "asked": asked, "imports": by.has(Can.IMPORT_QUALIFICATIONS)}
    facts["exports"] = by.has(Can.EXPORT_QUALIFICATIONS)
    return render(request, "people/qualifications/list.html", facts)


@needs(Can.EXPORT_QUALIFICATIONS)
@require_POST
def register_file(request: HttpRequest) -> HttpResponse:
    """The part of the register that is on screen, all pages of it, as a file."""
    asked = forms.RegisterFilter(request.POST).asked()
    return download(exports.of_register(actor_of(request), kind_sent(request), clock.now(), asked))


@needs(Can.SEE_QUALIFICATIONS)
@require_safe
def able(request: HttpRequest) -> HttpResponse:
    """Who in one's own force can defuse today, by base and team."""
    form = forms.AbleFilter(request.GET)
    asked = form.cleaned_data["words"] if form.is_valid() else ""
    page = queries.able(actor_of(request), _today(), words_asked=asked, page=_page_asked(request))
    facts = {"form": form, "page": page, "asked": asked, "today": _today()}
    return render(request, "people/qualifications/able.html", facts)


@needs(Can.SEE_QUALIFICATIONS)
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """Where cover is thin, today and as it will be if nothing is done."""
    return render(request, "people/qualifications/cover.html", _cover(request))


@needs(Can.SEE_QUALIFICATIONS)
@require_safe
def cover_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The part of the cover map that is on screen as a file, CSV or XLSX. It names nobody."""
    if kind not in KINDS:
        raise Http404
    return download(exports.of_cover(_cover(request)["shown"], kind, _today()))


def _cover(request: HttpRequest) -> dict[str, Any]:
    """The map, and which part of it was asked for."""
    by, fewer = actor_of(request), request.GET.get("fewer", "")
    found = outlook.outlook(by, _today(), fewer=int(fewer) if fewer in {"1", "2", "3"} else 0)
    form = forms.CoverFilter(request.GET, bases=[(base.key, base.base) for base in found.bases])
    chosen = form.cleaned_data["base"] if form.is_valid() else ""
    return {
        "form": form, "map": found, "days": outlook.days_of(_today())[1:], "sets": by.has(Can.SET_ESTABLISHMENT),
        "shown": [base for base in found.bases if chosen in {"", base.key}], "chosen": chosen, "fewer": fewer,
    }  # fmt: skip


# -- what leads record --------------------------------------------------------------------------------------------


@needs(Can.SET_ESTABLISHMENT)
@asked_or_sent
def wanted_in_base(request: HttpRequest, base: uuid.UUID) -> HttpResponse:
    """Say how many people able to defuse each team of a base needs."""
    return _wanted(request, outlook.base(actor_of(request), base))


@needs(Can.SET_ESTABLISHMENT)
@asked_or_sent
def wanted_without_base(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how many people able to defuse each team of a force needs that has no base."""
    return _wanted(request, outlook.force(actor_of(request), slug))


def _wanted(request: HttpRequest, place: Any) -> HttpResponse:
    if place is None:
        raise Http404
    form = forms.WantedForm(request.POST if request.method == "POST" else None, teams=outlook.wanted(place))
    return form_page(
        request, form,
        lambda _facts: actions.set_establishment(
            by=actor_of(request), at=clock.now(), place=place, wanted=form.wanted()
        ),
        title=_("How many each team needs: %(place)s") % {"place": place.name}, button=_("Save the numbers"),
        done=_("The numbers were saved."), back=reverse("qualifications:cover"),
        words=_("People able to defuse whom each team should have. Cover is measured against it; 0 asks for none."),
    )  # fmt: skip


@needs(Can.RECORD_CURRENCY)
@asked_or_sent
def currency(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Record what keeps somebody's qualifications current."""
    who = found_or_404(accounts.person(actor_of(request), person_id, Can.RECORD_CURRENCY))
    form = forms.CurrencyForm(request.POST or None, initial={"on": _today()})
    return form_page(
        request, form,
        lambda facts: actions.record_currency(by=actor_of(request), at=clock.now(), person=who, **facts),
        title=_("What keeps %(name)s current") % {"name": who.full_name}, button=_("Record it"),
        done=_("It is on record. What it extends holds from now on."),
        back=reverse("accounts:person", args=[person_id]),
        words=_("Two sessions led, or three hours of further training, in the last twelve months of its time keep a "
                "qualification current for twelve more. Say what happened, never at which incident."),
    )  # fmt: skip


# -- from a file --------------------------------------------------------------------------------------------------


@needs(Can.IMPORT_QUALIFICATIONS)
@asked_or_sent
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a file of past training, or bring it in; the page says what it did, or what is wrong in which row."""
    forces = queries.forces_of(actor_of(request), Can.IMPORT_QUALIFICATIONS)
    initial = {"force": forces[0].pk} if len(forces) == 1 else {}
    form = forms.ImportForm(request.POST or None, request.FILES or None, forces=forces, initial=initial)
    reports: list[Any] = []
    if request.method == "POST" and form.is_valid():
        carried_out(form, lambda facts: reports.append(_bring_in(request, facts)))
    facts = {"form": form, "report": reports[0] if reports else None}
    return render(request, "people/qualifications/import.html", facts)


def _bring_in(request: HttpRequest, facts: dict[str, Any]) -> Any:
    return actions.import_qualifications(
        by=actor_of(request), at=clock.now(), force=facts["force"], source=facts["file"],
        dry_run=facts["what"] == "check", progress=lambda _done, _all: None,
    )  # fmt: skip


@needs(Can.IMPORT_QUALIFICATIONS)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """An example of a file of past training: the headings and one row."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="past-training.csv"'
    writer = csv.writer(response)
    writer.writerow([column.name for column in import_rows.COLUMNS])
    writer.writerow(import_rows.EXAMPLE)
    return response
