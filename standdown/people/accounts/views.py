from __future__ import annotations

import csv
import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs
from standdown.people.accounts import actions, directory_file, forms, hooks, queries


def _today() -> dt.date:
    return clock.london_day(clock.now())


def _person(request: HttpRequest, person_id: uuid.UUID, *cans: Can) -> Any:
    """The person, if this actor has one of the permissions over them; else they are not there."""
    return found_or_404(queries.person(actor_of(request), person_id, *cans))


def _page(person_id: uuid.UUID) -> str:
    return reverse("accounts:person", args=[person_id])


# -- reading ------------------------------------------------------------------------------------------------------


@needs(Can.LIST_PEOPLE, Can.KEEP_PEOPLE)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The people of one's own force, fifty a page, by name, number or team."""
    form = forms.SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "show": ""}
    number = request.GET.get("page", "")
    page = queries.directory(
        actor_of(request),
        words=asked["words"],
        left=asked["show"] == "left",
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,  # noqa: PLR2004 - digits
    )
    facts = {"form": form, "page": page, "asked": asked, "keeps": actor_of(request).has(Can.KEEP_PEOPLE)}
    return render(request, "people/accounts/list.html", facts)


@needs(Can.LIST_PEOPLE, Can.KEEP_PEOPLE)
@require_safe
def person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Somebody's page: where they serve; for who keeps the directory also since when, under whom, and access."""
    who = _person(request, person_id, Can.LIST_PEOPLE, Can.KEEP_PEOPLE)
    told = [section(actor_of(request), who, _today()) for section in hooks.SECTIONS]
    facts = {"page": queries.page_of(actor_of(request), who), "sections": [one for one in told if one is not None]}
    return render(request, "people/accounts/person.html", facts)


# -- the directory by hand ----------------------------------------------------------------------------------------


@needs(Can.KEEP_PEOPLE)
@asked_or_sent
def add(request: HttpRequest) -> HttpResponse:
    """Add somebody to a force's directory."""
    forces = queries.forces_kept(actor_of(request), _today())
    form = forms.AddPersonForm(request.POST or None, forces=forces, initial=forms.today_as_initial(_today()))
    return form_page(
        request, form,
        lambda facts: actions.add_person(by=actor_of(request), at=clock.now(), **facts),
        title=_("Add a person"), button=_("Add the person"), done=_("The person was added."),
        back=reverse("accounts:list"),
    )  # fmt: skip


@needs(Can.KEEP_PEOPLE)
@asked_or_sent
def details(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Put right who somebody is."""
    who = _person(request, person_id, Can.KEEP_PEOPLE)
    names = ("given_name", "family_name", "kind", "work_email", "language")
    form = forms.DetailsForm(request.POST or None, initial={name: getattr(who, name) for name in names})
    return form_page(
        request, form,
        lambda facts: actions.change_details(by=actor_of(request), at=clock.now(), person=who, **facts),
        title=_("Change details"), button=_("Change the details"), done=_("The details were changed."),
        back=_page(person_id),
    )  # fmt: skip


@needs(Can.KEEP_PEOPLE)
@asked_or_sent
def posting(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Record where somebody serves from a day on."""
    who = _person(request, person_id, Can.KEEP_PEOPLE)
    now = queries.page_of(actor_of(request), who).current
    start = {"force": now.force_id, "number": now.number, "team": now.team_id} if now else {}
    forces = queries.forces_kept(actor_of(request), _today())
    form = forms.PostingForm(request.POST or None, forces=forces, initial=start | forms.today_as_initial(_today()))
    return form_page(
        request, form,
        lambda facts: actions.post_person(by=actor_of(request), at=clock.now(), person=who, **facts),
        title=_("Record a new posting"), button=_("Record the posting"), done=_("The posting was recorded."),
        back=_page(person_id),
        words=_("The present posting ends when this one begins. A move to another force ends line management "
                "and the roles of the old force."),
    )  # fmt: skip


@needs(Can.KEEP_PEOPLE)
@asked_or_sent
def leaving(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Record that somebody left policing."""
    who = _person(request, person_id, Can.KEEP_PEOPLE)
    form = forms.LeavingForm(request.POST or None, initial=forms.today_as_initial(_today()))
    return form_page(
        request, form,
        lambda facts: actions.end_posting(by=actor_of(request), at=clock.now(), person=who, **facts),
        title=_("Record that they left"), button=_("Record that they left"), done=_("Their service was ended."),
        back=_page(person_id), words=str(forms.WHAT_HAPPENS_ON_LEAVING),
    )  # fmt: skip


@needs(Can.KEEP_PEOPLE)
@asked_or_sent
def line_manager(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Record who manages somebody from a day on."""
    who = _person(request, person_id, Can.KEEP_PEOPLE)
    forces = queries.manager_forces(who, _today())
    form = forms.ManagerForm(request.POST or None, forces=forces, initial=forms.today_as_initial(_today()))
    return form_page(
        request, form,
        lambda facts: actions.set_line_manager(
            by=actor_of(request), at=clock.now(), person=who, manager=form.manager, since=facts["since"]
        ),
        title=_("Change the line manager"), button=_("Record the line manager"),
        done=_("The line manager was recorded."), back=_page(person_id),
    )  # fmt: skip


# -- access -------------------------------------------------------------------------------------------------------


@needs(Can.INVITE_TO_SIGN_IN)
@asked_or_sent
def invite(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Send somebody the link with which they sign in for the first time, or again."""
    who = _person(request, person_id, Can.INVITE_TO_SIGN_IN)
    form = forms.InvitationForm(request.POST if request.method == "POST" else None)
    return form_page(
        request, form,
        lambda _facts: actions.invite_to_sign_in(by=actor_of(request), at=clock.now(), person=who),
        title=_("Invite to sign in"), button=_("Send the invitation"), done=_("The invitation is on its way."),
        back=_page(person_id),
        words=_("They get a link by email that holds once, for three days. When they use it, every earlier way "
                "in to their account ends."),
    )  # fmt: skip


@needs(Can.END_ACCESS)
@asked_or_sent
def suspend(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Stop somebody from signing in."""
    who = _person(request, person_id, Can.END_ACCESS)
    return _access_page(
        request, who, actions.suspend_access, title=_("Suspend access"), button=_("Suspend their access"),
        done=_("Their access is suspended."),
        words=_("They cannot sign in, and what they have open closes at their next click. Their roles stay."),
    )  # fmt: skip


@needs(Can.END_ACCESS)
@asked_or_sent
def restore(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Lift a suspension."""
    who = _person(request, person_id, Can.END_ACCESS)
    return _access_page(
        request, who, actions.restore_access, title=_("Restore access"), button=_("Restore their access"),
        done=_("Their access is restored."),
    )  # fmt: skip


def _access_page(request: HttpRequest, who: Any, deed: Any, **words: str) -> HttpResponse:
    account = found_or_404(queries.page_of(actor_of(request), who).account)
    form = forms.InvitationForm(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, lambda _facts: deed(by=actor_of(request), at=clock.now(), account=account),
        back=_page(who.pk), **words,
    )  # fmt: skip


# -- from a file --------------------------------------------------------------------------------------------------


@needs(Can.KEEP_PEOPLE)
@asked_or_sent
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a directory file, or bring it in; the page says what it did, or what is wrong in which row."""
    form, report = forms.ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        report = actions.import_people(
            by=actor_of(request),
            at=clock.now(),
            source=form.cleaned_data["file"],
            dry_run=form.cleaned_data["what"] == "check",
            progress=lambda _done, _all: None,
        )
    return render(request, "people/accounts/import.html", {"form": form, "report": report})


@needs(Can.KEEP_PEOPLE)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An example of a directory file: the headings and one row, which would pass."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    writer = csv.writer(response)
    force = next((one.slug for one in queries.forces_kept(actor_of(request), _today())), "")
    names = [column.name for column in directory_file.COLUMNS]
    writer.writerow(names)
    row = dict(zip(names, directory_file.EXAMPLE, strict=True)) | {"force": force}
    writer.writerow(row.values())
    return response
