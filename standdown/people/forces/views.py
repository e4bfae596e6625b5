from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.form_pages import asked_or_sent, form_page
from standdown.foundation import access, clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, needs, see_other
from standdown.people.forces import actions, forms, hooks, queries


def _today() -> Any:
    return clock.london_day(clock.now())


def _force(request: HttpRequest, slug: str, can: Can = Can.SEE_ADOPTION) -> Any:
    """The force, if this actor may see it and has that permission there; else it is not there."""
    force = get_object_or_404(queries.visible(actor_of(request)), slug=slug)
    if can is not Can.SEE_ADOPTION and not access.allows(actor_of(request), can, force):
        raise Http404
    return force


# -- the list -----------------------------------------------------------------------------------------------------


@needs(Can.SEE_ADOPTION)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every force that one may see, by region, kind, and whether it still stands."""
    form = forms.RegisterForm(request.GET, regions=queries.regions())
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.register(
        actor_of(request),
        day=_today(),
        region=asked.get("region", ""),
        home_office={"yes": True, "no": False}.get(asked.get("home_office", "")),
        ended=asked.get("ended", False),
    )
    page = {"forces": found, "form": form, "may_keep": actor_of(request).has(Can.KEEP_FORCES)}
    return render(request, "people/forces/list.html", page)


@needs(Can.KEEP_FORCES)
@asked_or_sent
def add(request: HttpRequest) -> HttpResponse:
    """Add a force."""
    form = forms.AddForceForm(request.POST or None)
    return form_page(
        request, form,
        lambda _facts: actions.add_force(by=actor_of(request), at=clock.now(), force=form.force()),
        title=_("Add a force"), button=_("Add the force"), done=_("The force was added."), back=reverse("forces:list"),
    )  # fmt: skip


@needs(Can.KEEP_FORCES)
@asked_or_sent
def bring_in(request: HttpRequest) -> HttpResponse:
    """Check a list of forces, or bring it in; the page says what it did, or what is wrong in which row."""
    form, report = forms.ImportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        report = actions.import_forces(
            by=actor_of(request),
            at=clock.now(),
            source=form.cleaned_data["file"],
            dry_run=form.cleaned_data["what"] == "check",
            progress=lambda _done, _all: None,
        )
    return render(request, "people/forces/import.html", {"form": form, "report": report})


@needs(Can.KEEP_FORCES)
@asked_or_sent
def merge(request: HttpRequest) -> HttpResponse:
    """Let one force follow several."""
    form = forms.MergeForm(request.POST or None, forces=queries.without_end())

    def deed(facts: dict[str, Any]) -> None:
        (into,) = queries.chosen([facts["into"]])
        actions.merge_forces(
            by=actor_of(request),
            at=clock.now(),
            origins=queries.chosen(facts["origins"]),
            into=into,
            since=facts["since"],
        )

    return form_page(
        request, form, deed, title=_("Merge forces"), button=_("Merge the forces"),
        done=_("The merger was recorded."), back=reverse("forces:list"),
        words=_("The forces that end keep their history: their people, their dates and their adoption stay on record."),
    )  # fmt: skip


# -- one force ----------------------------------------------------------------------------------------------------


@needs(Can.SEE_ADOPTION)
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """What a force is called and was called, what it is made of, with whom it works."""
    force, actor = _force(request, slug), actor_of(request)
    page = {
        "page": queries.page(force, _today()),
        "sections": [section(force, _today()) for section in hooks.SECTIONS],
        "today": _today(),
        "may_keep": access.allows(actor, Can.KEEP_FORCES, force),
        "may_keep_bases": access.allows(actor, Can.KEEP_BASES, force),
    }
    return render(request, "people/forces/force.html", page)


@needs(Can.KEEP_FORCES)
@asked_or_sent
def rename(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a new name."""
    force = _force(request, slug, Can.KEEP_FORCES)
    now = {"name": force.name, "short_name": force.short_name, "welsh_name": force.welsh_name}
    return form_page(
        request, forms.RenameForm(request.POST or None, initial=now),
        lambda facts: actions.rename_force(by=actor_of(request), at=clock.now(), force=force, **facts),
        title=_("Rename %(force)s") % {"force": force.name}, button=_("Record the name"),
        done=_("The name was recorded."), back=reverse("forces:one", args=[slug]),
    )  # fmt: skip


@needs(Can.KEEP_FORCES)
@asked_or_sent
def add_alias(request: HttpRequest, slug: str) -> HttpResponse:
    """Add another word for a force."""
    force = _force(request, slug, Can.KEEP_FORCES)
    return form_page(
        request, forms.AliasForm(request.POST or None),
        lambda facts: actions.add_alias(by=actor_of(request), at=clock.now(), force=force, alias=facts["alias"]),
        title=_("Another word for %(force)s") % {"force": force.name}, button=_("Add the word"),
        done=_("The word was added."), back=reverse("forces:one", args=[slug]),
    )  # fmt: skip


@needs(Can.KEEP_FORCES)
@require_POST
def remove_alias(request: HttpRequest, slug: str, alias: uuid.UUID) -> HttpResponse:
    """Take a word for a force away."""
    found = get_object_or_404(queries.aliases_of(_force(request, slug, Can.KEEP_FORCES)), pk=alias)
    actions.remove_alias(by=actor_of(request), at=clock.now(), alias=found)
    messages.success(request, _("The word was taken away."))
    return see_other(reverse("forces:one", args=[slug]))


@needs(Can.KEEP_FORCES)
@asked_or_sent
def dates_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Decide whether anyone may see a force's dates."""
    force = _force(request, slug, Can.KEEP_FORCES)
    form = forms.DatesPublicForm(request.POST or None, initial={"public": "yes" if force.dates_public else "no"})
    return form_page(
        request, form,
        lambda facts: actions.set_dates_public(
            by=actor_of(request), at=clock.now(), force=force, public=facts["public"] == "yes"
        ),
        title=_("Who may see the dates"), button=_("Record this"), done=_("It was recorded who may see the dates."),
        back=reverse("forces:one", args=[slug]),
    )  # fmt: skip


@needs(Can.KEEP_FORCES)
@asked_or_sent
def split(request: HttpRequest, slug: str) -> HttpResponse:
    """Let several forces follow one."""
    force = _force(request, slug, Can.KEEP_FORCES)
    others = [one for one in queries.without_end() if one.pk != force.pk]
    return form_page(
        request, forms.SplitForm(request.POST or None, forces=others),
        lambda facts: actions.split_force(
            by=actor_of(request), at=clock.now(), origin=force, into=queries.chosen(facts["into"]), since=facts["since"]
        ),
        title=_("Split %(force)s") % {"force": force.name}, button=_("Split the force"),
        done=_("The split was recorded."), back=reverse("forces:one", args=[slug]),
        words=_("The force that ends keeps its history: its people, its dates and its adoption stay on record."),
    )  # fmt: skip


# -- bases and teams ----------------------------------------------------------------------------------------------


@needs(Can.KEEP_BASES)
@asked_or_sent
def add_base(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a base."""
    force = _force(request, slug, Can.KEEP_BASES)
    return form_page(
        request, forms.BaseForm(request.POST or None),
        lambda facts: actions.add_base(by=actor_of(request), at=clock.now(), force=force, name=facts["name"]),
        title=_("Add a base"), button=_("Add the base"), done=_("The base was added."),
        back=reverse("forces:one", args=[slug]),
    )  # fmt: skip


@needs(Can.KEEP_BASES)
@asked_or_sent
def close_base(request: HttpRequest, slug: str, base: uuid.UUID) -> HttpResponse:
    """Close a base."""
    found = get_object_or_404(queries.bases_of(_force(request, slug, Can.KEEP_BASES)), pk=base)
    return form_page(
        request, forms.ClosingForm(request.POST or None),
        lambda facts: actions.close_base(
            by=actor_of(request), at=clock.now(), base=found, closed_on=facts["closed_on"]
        ),
        title=_("Close %(place)s") % {"place": found.name}, button=_("Close the base"),
        done=_("The base was closed."), back=reverse("forces:one", args=[slug]),
    )  # fmt: skip


@needs(Can.KEEP_BASES)
@asked_or_sent
def add_team(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a team."""
    force = _force(request, slug, Can.KEEP_BASES)
    bases = queries.open_bases(force)

    def deed(facts: dict[str, Any]) -> None:
        base = next((one for one in bases if str(one.pk) == facts["base"]), None)
        actions.add_team(by=actor_of(request), at=clock.now(), force=force, name=facts["name"], base=base)

    return form_page(
        request, forms.TeamForm(request.POST or None, bases=bases), deed,
        title=_("Add a team"), button=_("Add the team"), done=_("The team was added."),
        back=reverse("forces:one", args=[slug]),
    )  # fmt: skip


@needs(Can.KEEP_BASES)
@asked_or_sent
def close_team(request: HttpRequest, slug: str, team: uuid.UUID) -> HttpResponse:
    """Close a team."""
    found = get_object_or_404(queries.teams_of(_force(request, slug, Can.KEEP_BASES)), pk=team)
    return form_page(
        request, forms.ClosingForm(request.POST or None),
        lambda facts: actions.close_team(
            by=actor_of(request), at=clock.now(), team=found, closed_on=facts["closed_on"]
        ),
        title=_("Close %(place)s") % {"place": found.name}, button=_("Close the team"),
        done=_("The team was closed."), back=reverse("forces:one", args=[slug]),
    )  # fmt: skip
