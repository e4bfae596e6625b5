"""Every address has a gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path

from standdown.foundation.access import Can
from standdown.foundation.gates import Gate, needs, public, signed_in
from tests.house import exceptions

View = Callable[..., Any]


@dataclass(frozen=True)
class Route:
    """One address: its name with its namespace, its pattern, and what answers."""

    name: str
    pattern: str
    view: View

    @property
    def gate(self) -> Gate | None:
        """Who may knock; None when nobody said."""
        found = getattr(self.view, "gate", None)
        return found if isinstance(found, Gate) else None

    @property
    def ours(self) -> bool:
        """True when the view is of this house."""
        return self.view.__module__.startswith("standdown.")


def routes(resolver: URLResolver | None = None, namespace: str = "", prefix: str = "") -> Iterator[Route]:
    """Every address of the resolved URL configuration, those of libraries too."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from routes(entry, inner, pattern)
        else:
            name = f"{namespace}:{entry.name}" if namespace else str(entry.name)
            yield Route(name if entry.name else pattern, pattern, entry.callback)


def without_gate(found: Iterator[Route]) -> list[str]:
    """The routes at which nobody said who may knock."""
    return sorted(route.name for route in found if route.gate is None)


def test_every_route_has_a_gate() -> None:
    assert set(without_gate(routes())) == exceptions.ROUTES_OF_LIBRARIES.keys()


def test_only_routes_of_libraries_are_excused() -> None:
    excused = exceptions.ROUTES_OF_LIBRARIES
    assert [route.name for route in routes() if route.ours and route.name in excused] == []


def test_every_route_has_a_name_of_its_own() -> None:
    names = [route.name for route in routes()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_page_has_an_address_with_a_slash_at_its_end() -> None:
    files = (".ics", ".atom", ".xml", ".txt", ".csv", ".json", ".pdf", ".ico", ".webmanifest")
    for_programs = ("api:", "health:")
    found = [
        route.pattern
        for route in routes()
        if route.pattern and not route.pattern.endswith(("/", *files)) and not route.name.startswith(for_programs)
    ]
    assert found == []


def test_a_route_without_a_gate_is_noticed() -> None:
    def open_door(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    made_up = URLResolver(path("", open_door).pattern, [path("open/", open_door, name="open")])
    assert without_gate(routes(made_up)) == ["open"]


def test_a_gate_says_who() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"in")

    assert (public(view).gate, signed_in(view).gate, needs(Can.SEE_ROLES)(view).gate) == (  # type: ignore[attr-defined]
        Gate(public=True),
        Gate(),
        Gate(cans=frozenset({Can.SEE_ROLES})),
    )


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = signed_in(lambda _request: HttpResponse(b"in"))(RequestFactory().get("/me/"))
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/login/?next=/me/")


def test_every_pattern_is_one_that_is_understood() -> None:
    kinds = {type(entry) for entry in get_resolver().url_patterns}
    assert kinds <= {URLPattern, URLResolver}
