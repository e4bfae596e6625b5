"""The one Jinja2 environment: gettext, dates, addresses, and the design system's macros."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static as static_address
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    pass_eval_context,
)
from jinja2.nodes import EvalContext
from markupsafe import Markup

from standdown.design import rendering, times

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from jinja2 import BaseLoader, Template

_LIBRARY = "govuk_frontend_jinja"


class HouseEnvironment(Environment):
    """Our templates are strict, the library's are not.

    In a page of ours a name that was not given is an error. The design system's macros, written for Nunjucks, take one
    mapping of options and ask for keys that may not be there, to any depth; they run in an overlay that allows it.
    """

    _lenient: Environment | None = None

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  (the name that Jinja2 calls it by)
    ) -> Template:
        """Load a template into the environment that it was written for."""
        if not self.overlayed and isinstance(name, str) and name.startswith(f"{_LIBRARY}/"):
            if self._lenient is None:
                self._lenient = self.overlay(undefined=ChainableUndefined)
            return self._lenient.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


@lru_cache(maxsize=4096)
def _reversed(name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], *_where: str | None) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Give the address of a named view; remembered, because reversing costs more than most of a page."""
    return _reversed(name, args, tuple(sorted(kwargs.items())), get_script_prefix(), get_urlconf())


@lru_cache(maxsize=4096)
def _said(message: str, _language: str | None) -> str:
    return gettext(message)


@lru_cache(maxsize=4096)
def _said_in_markup(message: str, _language: str | None) -> Markup:
    return Markup(gettext(message))  # noqa: S704  (our own catalogue; what is put into it is escaped)


@pass_eval_context
def say(here: EvalContext, message: str, **words: Any) -> str:
    """Give a text in the active language, with `words` put in for its %(names)s.

    As Jinja2's new-style `gettext`, but remembered, because Django looks through a chain of catalogues each time.
    """
    text = (_said_in_markup if here.autoescape else _said)(message, get_language())
    return text % words if "%" in text else text


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """Give the address of a file of ours, with its fingerprint where files carry one."""
    return static_address(path)


def _escapes(name: str | None) -> bool:
    """Say whether a template's values are escaped: always, but for plain text, where `&amp;` would stay `&amp;`."""
    return name is None or not name.endswith(".txt")


def environment(loader: BaseLoader, **options: Any) -> Environment:
    """Make the environment for Django's Jinja2 backend (setting `TEMPLATES[…]["OPTIONS"]["environment"]`)."""
    options["undefined"] = StrictUndefined
    extensions = ["jinja2.ext.i18n", *options.pop("extensions", ())]
    made = HouseEnvironment(
        loader=ChoiceLoader([loader, PrefixLoader({_LIBRARY: PackageLoader(_LIBRARY)})]),
        extensions=extensions,
        trim_blocks=True,
        lstrip_blocks=True,
        **{**options, "autoescape": _escapes},
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.filters.update(times.FILTERS)
    made.globals.update(
        _=say,
        static=static,
        url=url,
        language=times.language,
        clock_span=times.clock_span,
        field=rendering.field,
        error_summary=rendering.error_summary,
        has_errors=rendering.has_errors,
    )
    return made
