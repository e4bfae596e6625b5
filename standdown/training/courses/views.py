"""Courses: their versions, and the draft in which their words are changed one block at a time."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from standdown.design.form_pages import asked_or_sent, carried_out, form_page
from standdown.foundation import clock
from standdown.foundation.access import Can
from standdown.foundation.gates import actor_of, found_or_404, needs, see_other
from standdown.training.courses import actions, forms, screens


def _course(request: HttpRequest, slug: str) -> Any:
    return get_object_or_404(screens.visible(actor_of(request)), slug=slug)


def _draft(request: HttpRequest, slug: str) -> Any:
    return found_or_404(screens.draft(_course(request, slug)))


def _block(request: HttpRequest, slug: str, key: uuid.UUID) -> Any:
    return found_or_404(screens.block(_draft(request, slug), key))


def _draft_page(slug: str) -> str:
    return reverse("courses:draft", args=[slug])


@needs(Can.EDIT_COURSE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every course."""
    return render(request, "training/courses/list.html", {"courses": screens.visible(actor_of(request))})


@needs(Can.EDIT_COURSE)
@asked_or_sent
def add(request: HttpRequest) -> HttpResponse:
    """Begin another course."""
    form, made = forms.AddCourseForm(request.POST or None), []

    def deed(facts: dict[str, Any]) -> None:
        made.append(actions.add_course(by=actor_of(request), at=clock.now(), **facts).course.slug)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, _("The course was begun as a draft. Add its words, then publish it."))
        return see_other(_draft_page(made[0]))
    page = {"form": form, "page_title": _("Add a course"), "button": _("Begin the course"), "words": ""}
    return render(request, "design/base/form.html", page | {"back": reverse("courses:list")})


@needs(Can.EDIT_COURSE)
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """A course with its versions."""
    course = _course(request, slug)
    page = {"course": course, "versions": screens.versions(course), "draft": screens.draft(course)}
    return render(request, "training/courses/one.html", page)


@needs(Can.EDIT_COURSE)
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as its readers see its words, published or not."""
    course = _course(request, slug)
    found = found_or_404(screens.version(course, number))
    kinds = screens.by_kind(found)
    page = {"course": course, "version": found, "kinds": kinds}
    return render(request, "training/courses/version.html", page)


@needs(Can.EDIT_COURSE)
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    actions.draft_version(by=actor_of(request), at=clock.now(), course=_course(request, slug))
    return see_other(_draft_page(slug))


@needs(Can.EDIT_COURSE)
@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft, block by block, with what is missing before it can be published."""
    found = _draft(request, slug)
    kinds = screens.by_kind(found)
    missing = [one.name for one in kinds if one.needed and not one.blocks]
    page = {"course": _course(request, slug), "version": found, "kinds": kinds, "missing": missing}
    return render(request, "training/courses/draft.html", page)


@needs(Can.EDIT_COURSE)
@asked_or_sent
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Change title, summary and figures of the draft."""
    found = _draft(request, slug)
    words = {name: getattr(found, name) for name in ("title", "title_cy", "summary", "summary_cy")}
    form = forms.FiguresForm(request.POST or None, initial=words | asdict(screens.figures_of(found)))
    return form_page(
        request, form,
        lambda _facts: actions.edit_figures(
            by=actor_of(request), at=clock.now(), version=found, figures=form.figures(), **form.words()
        ),
        title=_("Title and figures"), button=_("Keep these changes"), done=_("The draft was changed."),
        back=_draft_page(slug),
    )  # fmt: skip


@needs(Can.EDIT_COURSE)
@asked_or_sent
def add_block(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Add a block of one kind to the draft."""
    found = _draft(request, slug)
    name = found_or_404(next((one.name for one in screens.by_kind(found) if one.kind == kind), None))
    return form_page(
        request, forms.BlockForm(request.POST or None),
        lambda facts: actions.add_block(by=actor_of(request), at=clock.now(), version=found, kind=kind, **facts),
        title=name, button=_("Add the block"), done=_("The block was added."), back=_draft_page(slug),
    )  # fmt: skip


@needs(Can.EDIT_COURSE)
@asked_or_sent
def edit_block(request: HttpRequest, slug: str, block: uuid.UUID) -> HttpResponse:
    """Change the words of one block of the draft."""
    found = _block(request, slug, block)
    form = forms.BlockForm(request.POST or None, initial={"text": found.text, "text_cy": found.text_cy})

    def deed(facts: dict[str, str]) -> object:
        return actions.edit_block(by=actor_of(request), at=clock.now(), block=found, **facts)

    if request.method == "POST" and form.is_valid() and carried_out(form, deed):
        messages.success(request, _("The draft was changed."))
        return see_other(f"{_draft_page(slug)}#{found.kind}")
    page = {"form": form, "block": found, "slug": slug, "siblings": screens.siblings(found), "back": _draft_page(slug)}
    return render(request, "training/courses/block.html", page)


@needs(Can.EDIT_COURSE)
@require_POST
def remove_block(request: HttpRequest, slug: str, block: uuid.UUID) -> HttpResponse:
    """Take a block out of the draft."""
    actions.remove_block(by=actor_of(request), at=clock.now(), block=_block(request, slug, block))
    messages.success(request, _("The block was taken out of the draft."))
    return see_other(_draft_page(slug))


@needs(Can.EDIT_COURSE)
@require_POST
def order_block(request: HttpRequest, slug: str, block: uuid.UUID, way: str) -> HttpResponse:
    """Move a block of the draft up or down."""
    found = _block(request, slug, block)
    actions.order_block(by=actor_of(request), at=clock.now(), block=found, up=way == "up")
    return see_other(f"{_draft_page(slug)}#{found.kind}")


@needs(Can.EDIT_COURSE)
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the draft the words that everybody reads."""
    found = _draft(request, slug)
    actions.publish_version(by=actor_of(request), at=clock.now(), version=found)
    done = _("Version %(number)s is published. Dates that were published before keep their own version.")
    messages.success(request, done % {"number": found.number})
    return see_other(reverse("courses:one", args=[slug]))
