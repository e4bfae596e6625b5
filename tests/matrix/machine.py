"""Knocks at every address as everybody with every method, and says where the answer is not the one expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from standdown.foundation import db
from standdown.foundation.access import Actor
from tests.house.test_routes import Route, routes
from tests.matrix.expectations import EXPECTED
from tests.matrix.who import (
    ANONYMOUS,
    HERE,
    NATIONALLY,
    PAGES,
    REDIRECTS,
    SIGNED_OUT,
    THERE,
    WITHOUT_POWERS,
    Row,
    here,
    national,
)
from tests.matrix.world import NAMES, World

ROUTES = {route.name: route for route in routes()}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TAKEN = ("GET", "POST")
NEVER_TAKEN = ("PUT", "PATCH", "DELETE")
# What a POST by somebody who may act comes to: the page with what is wrong, a way on, a reason, a wait.
ACTED = frozenset({200, 302, 303, 400, 409, 422, 429})
# Tables of ours that a refused POST may write to: the record of the refusal.
OF_THE_RECORD = ("audit_chain", "audit_entry")
OURS = ("foundation_", "audit_", "people_", "notifications_", "training_", "care_", "occupational_health_")
WRITE = re.compile(
    r'^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE
)
NOT_THERE, NOT_TAKEN, TOO_OFTEN, FAULT = 404, 405, 429, 500
SIGN_IN, FRESH_PROOF = "/sign-in/login/", "/sign-in/again/"
NATIONWIDE = frozenset(national(role) for role in NATIONALLY)
# Whose knocking is tried with the methods that no page takes: one of each kind is enough there.
A_FEW = 6


def unlisted(found: Mapping[str, Route]) -> list[str]:
    """The addresses of which nobody said who may do what there."""
    return sorted(found.keys() - EXPECTED.keys())


@dataclass(frozen=True)
class Answer:
    """What came back, and which of our tables were written to on the way."""

    status: int
    body: bytes
    location: str
    allow: str
    written: frozenset[str]

    @property
    def asks_to_sign_in(self) -> bool:
        """True when the way on leads to signing in."""
        return self.status in REDIRECTS and self.location.startswith(SIGN_IN)


def knock(client: Client, method: str, address: str) -> Answer:
    """One request whose effects are undone afterwards: rows, cookies, and what is remembered of public pages."""
    cookies, written = deepcopy(client.cookies), set[str]()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITE.match(sql)
        if found and found.group(1).startswith(OURS) and found.group(1) not in OF_THE_RECORD:
            written.add(found.group(1))
        return execute(sql, params, many, context)

    with undone(), connection.execute_wrapper(watch):
        response = client.generic(method, address)
        body = b"".join(response) if response.streaming else response.content
    client.cookies = cookies
    return Answer(
        response.status_code, body, response.headers.get("Location", ""), response.headers.get("Allow", ""),
        frozenset(written),
    )  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """Undo every row that is written in the block. What an act does stays outermost, as far as it can tell."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # so that `durable=True` is allowed inside
    with ExitStack() as stack:
        stack.enter_context(block)
        try:
            yield
        finally:
            transaction.set_rollback(True)


class Knocking(Enum):
    """Who knocks with the methods that pages take. With the others a few do."""

    EVERYBODY = auto()
    BEYOND_THE_GATE = auto()  # whom the gate lets through and whom the row lets in; of the others a few
    A_FEW = auto()  # and with no other method: what no page takes is refused before a database is asked


def in_a_short_run() -> Knocking:
    """Who knocks in `make test`; in `make prove` everybody does, on both databases."""
    return Knocking.BEYOND_THE_GATE if db.is_single_process() else Knocking.A_FEW


def deviations(route: Route, row: Row, world: World, knocking: Knocking = Knocking.EVERYBODY) -> list[str]:
    """Where the route answers somebody otherwise than its row says; empty when all is as it should be."""
    cache.clear()
    address = reverse(route.name, kwargs=world.arguments(route))
    answers = {
        (who, method): knock(world.clients[who], method, address)
        for method in (TAKEN if knocking is Knocking.A_FEW else METHODS)
        for who in _callers(route, row, world, method, knocking)
    }
    found: dict[str, list[str]] = {}
    for (who, method), answer in answers.items():
        if wrong := _judge(who, method, row, answer):
            what = f"{method} {route.name}: {wrong}, got {answer.status} {answer.location}".strip()
            found.setdefault(what, []).append(who)
    judged = [f"{what} ({len(callers)}: {', '.join(callers[:3])})" for what, callers in found.items()]
    return [*judged, *_told_apart(route, row, world, answers), *_found_elsewhere(route, row, world)]


def _callers(route: Route, row: Row, world: World, method: str, knocking: Knocking) -> list[str]:
    may = [who for who in world.clients if who in row.get | row.post]
    may_not = [who for who in world.clients if who not in row.get | row.post]
    few = [ANONYMOUS, *may[:3], *may_not[:: max(len(may_not) // (A_FEW - len(may[:3])), 1)]]
    if method not in TAKEN or knocking is Knocking.A_FEW:
        return list(dict.fromkeys(few))
    if knocking is Knocking.EVERYBODY:
        return list(world.clients)
    return list(dict.fromkeys([*may, *few, *(who for who in may_not if _comes_in(route, world.actors.get(who)))]))


def _comes_in(route: Route, actor: Actor | None) -> bool:
    """True when the gate lets this actor knock at the view itself; it turns the others away before anything is asked.

    That it does is tried with a few of them at every address.
    """
    gate = route.gate
    return gate is None or not gate.cans or (actor is not None and any(actor.has(can) for can in gate.cans))


def _wrong_in_asking(method: str, row: Row, answer: Answer) -> str:
    """Asking writes nothing, but for the look at somebody's care record, which must be there before the page (T09)."""
    of_a_look = {"care_look"} if row.looks or row.may_look else set()
    if answer.written - {"people_account"} - of_a_look:
        return f"asking wrote to {sorted(answer.written)}"
    if method == "GET" and row.looks and answer.status in PAGES and not answer.written & of_a_look:
        return "a look that left no trace"
    return ""


def _judge(who: str, method: str, row: Row, answer: Answer) -> str:
    """What is wrong with the answer; empty when nothing is."""
    if answer.status >= FAULT and answer.status not in row.answers:
        return "a fault of ours"
    if method in {"GET", "HEAD", "OPTIONS"} and (wrong := _wrong_in_asking(method, row, answer)):
        return wrong
    if leaked := leaks(who, answer):
        return f"shows people of another force ({leaked})"
    may = row.post if method == "POST" else row.get
    if method in NEVER_TAKEN or method == "OPTIONS":
        return _judge_untaken(who, row, answer, method)
    if who in may:
        return _judge_taken(method, row, answer)
    return _judge_refused(who, method, row, answer)


def leaks(who: str, answer: Answer) -> str:
    """The canary of a force that somebody was shown without being of it; empty when there is none."""
    own = {NAMES["ashire"]} if HERE in who or who in WITHOUT_POWERS else {NAMES["bshire"]} if THERE in who else set()
    seen = {name for name in NAMES.values() if name.encode() in answer.body}
    return "" if who in NATIONWIDE else ", ".join(sorted(seen - own))


def _judge_taken(method: str, row: Row, answer: Answer) -> str:
    if answer.asks_to_sign_in and not row.back_to_sign_in:
        return "was sent to sign in"
    if method == "POST":
        return "" if answer.status in ACTED | row.answers else "should have been heard"
    return "" if answer.status in row.answers else "should have been shown the page"


def _judge_refused(who: str, method: str, row: Row, answer: Answer) -> str:
    if answer.written:
        return f"was refused but wrote to {sorted(answer.written)}"
    if answer.status == NOT_TAKEN and not (row.post if method == "POST" else row.get):
        return ""  # taken from nobody, so that it says nothing about what is there
    if who in row.get | row.post:  # may do the one, not the other
        return "" if answer.status in {NOT_THERE, NOT_TAKEN} else "this method should not have been taken"
    if who in SIGNED_OUT:
        return "" if answer.asks_to_sign_in else "should have been asked to sign in"
    return "" if answer.status == NOT_THERE else "should have found nothing there"


def _judge_untaken(who: str, row: Row, answer: Answer, method: str) -> str:
    if answer.written:
        return f"{method} wrote to {sorted(answer.written)}"
    if who not in row.get | row.post:
        refused = answer.asks_to_sign_in if who in SIGNED_OUT else answer.status == NOT_THERE
        return "" if refused or answer.status == NOT_TAKEN else "should have been refused"
    fine = {200, 204, NOT_TAKEN, TOO_OFTEN} if method == "OPTIONS" else {NOT_TAKEN}
    return "" if answer.status in fine | row.answers - PAGES else "should not be taken"


def _told_apart(route: Route, row: Row, world: World, answers: dict[tuple[str, str], Answer]) -> Iterator[str]:
    """Whoever finds nothing reads the very bytes that stand at an address where there is nothing."""
    for method in METHODS if not world.nothing else ():
        world.nothing[method] = knock(world.clients[here("person")], method, "/there-is-nothing-at-this-address/").body
    for (who, method), answer in answers.items():
        if answer.status == NOT_THERE and NOT_THERE not in row.answers and answer.body != world.nothing[method]:
            yield f"{method} {route.name} as {who}: 'not yours' reads otherwise than 'not there'"


def _found_elsewhere(route: Route, row: Row, world: World) -> Iterator[str]:
    """Whoever may open the right address finds nothing at a wrong one, and writes nothing."""
    for kind, arguments in world.wrong_arguments(route) if NOT_THERE not in row.answers else ():
        wrong = reverse(route.name, kwargs=arguments)
        for who in _one_of_each(row):
            for method in TAKEN:
                answer = knock(world.clients[who], method, wrong)
                if answer.written or not _reads_as_nothing(who, method, row, answer):
                    yield f"{method} {route.name} as {who} with {kind}: {answer.status} {sorted(answer.written)}"


def _one_of_each(row: Row) -> list[str]:
    """A few of those who may: somebody of the force, somebody national, somebody signed out."""
    may = sorted(row.get | row.post)
    kinds = (HERE, "national", ANONYMOUS)
    return [found[0] for kind in kinds if (found := [who for who in may if kind in who])]


def _reads_as_nothing(who: str, method: str, row: Row, answer: Answer) -> bool:
    not_offered = who not in (row.post if method == "POST" else row.get)
    proof_first = answer.location.startswith(FRESH_PROOF)  # asked before anything is looked up
    return answer.status == NOT_THERE or proof_first or (answer.status == NOT_TAKEN and not_offered)
