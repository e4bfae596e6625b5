"""Pages that somebody reads about themselves, in the language that they chose."""

from __future__ import annotations

from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from standdown.foundation.gates import actor_of
from standdown.people.accounts.models import Person

View = TypeVar("View")


def in_own_language(view: View) -> View:
    """Show a page in the language that the person chose; only for pages of which every text is translated.

    One statement.
    """

    @wraps(cast("Any", view))
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        chosen = Person.objects.filter(Q(pk=actor_of(request).person_id)).values_list("language", flat=True).first()
        welsh = chosen == Person.Language.WELSH
        with translation.override("cy" if welsh else settings.LANGUAGE_CODE):
            answer: HttpResponseBase = cast("Any", view)(request, *args, **kwargs)
        return answer

    return cast("View", wrapper)
