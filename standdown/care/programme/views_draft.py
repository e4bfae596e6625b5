"""Changing a draft: its figures, its words, its next steps, its chains. A published version refuses all of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from standdown.care.programme import actions, actions_entries, forms, queries, screens
from standdown.care.programme.policy import StepKind
from standdown.care.programme.refusals import Published
from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other

FORM = "care/programme/form.html"


def _draft(request: HttpRequest, key: uuid.UUID) -> Any:
    """A draft that this actor keeps; a published version of theirs says that it never changes."""
    found = found_or_404(queries.kept(actor_of(request), key))
    if found.published_at is not None:
        raise Published
    return found


def _page(key: uuid.UUID, part: str = "") -> str:
    return reverse("care_programme:one", args=[key]) + part


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def figures(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Change windows, sizes and times."""
    draft = _draft(request, programme)
    form = forms.FiguresForm(request.POST or None, programme=draft)
    return form_page(
        request, form,
        lambda _facts: actions.change_figures(
            by=actor_of(request), at=clock.now(), programme=draft, figures=form.figures(), switches=form.switches()
        ),
        title=_("Windows, sizes and times"), button=_("Save the figures"), done=_("The figures are saved."),
        back=_page(programme, "#figures"), template="care/programme/figures.html",
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def phases(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Change what the steps are called."""
    draft = _draft(request, programme)
    there = {one.term: (one.words, one.welsh) for one in draft.phases.all()}
    form = forms.PhasesForm(request.POST or None, phases=there)
    return form_page(
        request, form,
        lambda _facts: actions.change_phases(
            by=actor_of(request), at=clock.now(), programme=draft, words=form.words()
        ),
        title=_("What the steps are called"), button=_("Save the words"), done=_("The words are saved."),
        back=_page(programme, "#words"), template=FORM,
        words=_("People on mutual aid may have learned other words. Keep to those of your force's training."),
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def next_steps(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Change which next steps are offered."""
    draft = _draft(request, programme)
    first, second = queries.offered(draft)
    return form_page(
        request, forms.NextStepsForm(request.POST or None, initial={"first": first, "second": second}),
        lambda facts: actions.change_next_steps(
            by=actor_of(request), at=clock.now(), programme=draft, first=facts["first"], second=facts["second"]
        ),
        title=_("Next steps"), button=_("Save the next steps"), done=_("The next steps are saved."),
        back=_page(programme, "#next-steps"), template=FORM,
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def chain(request: HttpRequest, programme: uuid.UUID, kind: str) -> HttpResponse:
    """Change who is told of one kind of step."""
    if kind not in set(StepKind):
        raise Http404
    draft, of = _draft(request, programme), StepKind(kind)
    form = forms.ChainForm(request.POST or None, links=queries.chains(draft)[of])
    return form_page(
        request, form,
        lambda _facts: actions.change_chain(
            by=actor_of(request), at=clock.now(), programme=draft, kind=of, links=form.links()
        ),
        title=screens.chain(of, []).name, button=_("Save who is told"), done=_("Who is told is saved."),
        back=_page(programme, "#chains"), template="care/programme/chain.html",
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def add_category(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Add a kind of incident."""
    return _added(request, programme, forms.CategoryForm(request.POST or None), _("Add a kind of incident"))


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def add_role(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """Add a role in which somebody may be exposed."""
    return _added(request, programme, forms.RoleForm(request.POST or None), _("Add a role"))


def _added(
    request: HttpRequest, programme: uuid.UUID, form: forms.CategoryForm | forms.RoleForm, title: str
) -> HttpResponse:
    draft = _draft(request, programme)
    return form_page(
        request, form,
        lambda facts: actions_entries.add_entry(
            by=actor_of(request), at=clock.now(), programme=draft, of=screens.made_by(form), facts=facts
        ),
        title=title, button=_("Add it"), done=_("It was added at the end."), back=_page(programme, "#entries"),
        template=FORM,
        words=_("Plain words that grade nothing and show nothing. Nobody should have to read what they saw."),
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@asked_or_sent
def change_entry(request: HttpRequest, programme: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Call a kind of incident or a role otherwise."""
    draft = _draft(request, programme)
    found = _entry(draft, entry)
    return form_page(
        request, screens.form_of(found, request.POST or None),
        lambda facts: actions_entries.change_entry(
            by=actor_of(request), at=clock.now(), programme=draft, entry=found, facts=facts
        ),
        title=found.words, button=_("Save it"), done=_("It is saved."), back=_page(programme, "#entries"),
        template="care/programme/entry.html",
    )  # fmt: skip


@needs(Can.KEEP_PROGRAMME)
@require_POST
def move_entry_up(request: HttpRequest, programme: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Let it stand one place further up."""
    draft = _draft(request, programme)
    found = _entry(draft, entry)
    actions_entries.move_entry_up(by=actor_of(request), at=clock.now(), programme=draft, entry=found)
    return see_other(_page(programme, "#entries"))


@needs(Can.KEEP_PROGRAMME)
@require_POST
def remove_entry(request: HttpRequest, programme: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Take a kind of incident or a role away."""
    draft = _draft(request, programme)
    found = _entry(draft, entry)
    actions_entries.remove_entry(by=actor_of(request), at=clock.now(), programme=draft, entry=found)
    messages.success(request, _("It was taken away."))
    return see_other(_page(programme, "#entries"))


def _entry(draft: Any, key: uuid.UUID) -> Any:
    return found_or_404(queries.entry(draft, key))
