"""What journeys of care share: the people, raising an incident, and days that come because a hand moved them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.standing import Standing
from tests.journeys.training_steps import LONDON, ask, sign_in, stored

Look = Callable[[Page], None]
Opens = Callable[[], Page]
FORCE = "bedfordshire"
HOME = "Bedfordshire Police"
ROOT = Path(__file__).parents[2]
# What an envelope may not say, to whoever looks over somebody's shoulder.
NOT_IN_A_SUBJECT = re.compile(
    r"defus|demobil|wellbeing|welfare|trauma|stress|incident|siege|referral|occupational|INC-", re.IGNORECASE
)
MOST_FIELDS = 6
WHAT = "Hostage or siege"  # none of the demonstration: it would be asked whether it is the same one
OWN, DEFUSER = "/care/mine/", "/care/defusing/mine/"
_INCIDENT = "(SELECT id FROM care_incident WHERE reference = ?)"


@dataclass(frozen=True)
class Somebody:
    """One of the people."""

    name: str
    number: str
    address: str
    account: str = ""


@dataclass(frozen=True)
class Crew:
    """Who was there, who took the calls, and who can defuse."""

    scene: list[Somebody]
    control: list[Somebody]
    defusers: list[Somebody]

    @property
    def everybody(self) -> list[Somebody]:
        """All of this force who were exposed."""
        return [*self.scene, *self.control]


def a_crew(live: Standing, *, crew: int, with_account: int, defusers: int) -> Crew:
    """People of the demonstration's home force: a crew with two of the control room, and defusers."""
    found = live.ask("people", force=FORCE, crew=crew, with_account=with_account, defusers=defusers)
    return Crew(**{group: [Somebody(**one) for one in people] for group, people in found.items()})


def sign_in_as(page: Page, who: Somebody) -> None:
    """Sign in as that person, by the form that signs in whoever is made up; the page itself shows one of each role."""
    page.goto("/sign-in/demonstration/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    sent: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token or "", "account": who.account}
    answer = page.context.request.post(page.url, form=sent, headers={"Referer": page.url})
    assert answer.ok, f"{who.name} was not let in"


class Filled:
    """Hands that count how many things somebody had to fill in."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, deed: Callable[[], object]) -> None:
        self.count += 1
        deed()


def raise_incident(page: Page, people: list[Somebody], look: Look, *, off_duty_in: int = 3) -> str:
    """Raise an incident that ended two hours ago, as whoever is signed in; its reference. At most six fields."""
    page.goto("/care/exposures/raise/")
    look(page)
    filled = Filled()
    filled(lambda: page.get_by_label("What kind of incident?").select_option(WHAT))
    filled(lambda: page.get_by_label("About two hours ago").check())
    page.get_by_text("Somebody who is not listed here").click()
    filled(lambda: page.get_by_label("Collar or staff numbers").fill(numbers_of(people)))
    filled(lambda: page.get_by_label("Their role").select_option("At the scene"))
    filled(lambda: page.get_by_label("Off duty at").fill(hours_from_now(off_duty_in)))
    page.get_by_role("button", name="Record the incident").click()
    assert filled.count <= MOST_FIELDS
    said = page.get_by_role("alert").inner_text()
    found = re.search(r"INC-[A-Z0-9]+", said)
    assert found is not None, said
    return found[0]


def numbers_of(people: list[Somebody]) -> str:
    """Their numbers, as one pastes them."""
    return "\n".join(one.number for one in people)


def hours_from_now(hours: int) -> str:
    """The time so many hours from now, as one types it."""
    return f"{dt.datetime.now(LONDON) + dt.timedelta(hours=hours):%H:%M}"


def open_incident(page: Page, reference: str) -> None:
    """From the coordinator's first screen, open one incident."""
    page.goto("/care/")
    page.get_by_role("link", name=re.compile(f"^{reference}")).click()
    expect(page.locator("main")).to_contain_text(reference)


def says(page: Page, words: str) -> None:
    """What the page says first came of it."""
    expect(page.get_by_role("alert")).to_contain_text(words)


def line_of(page: Page, words: str) -> Locator:
    """The line of one person, or of one session, on the page of an incident."""
    return page.locator("li.sd-people__one").filter(has_text=words)


def for_person(page: Page, who: Somebody, link: str) -> None:
    """Of what can be done for one person of an incident, choose one thing."""
    line = line_of(page, who.name)
    line.get_by_text("What can be done").click()
    line.get_by_role("link", name=link).click()


def confirm_list(
    page: Page, look: Look, *, control_room: bool = False, staff: bool = True, other_forces: bool = False
) -> None:
    """Answer the three questions, and confirm who was exposed. The crew of the demonstration has specials and staff."""
    page.get_by_role("link", name="Confirm who was exposed").click()
    look(page)
    page.get_by_role("button", name="Confirm the list").click()
    says(page, "Say whether somebody of the control room was exposed")
    for question, there in (
        ("Was anybody in the control room exposed?", control_room),
        ("Were staff, specials or volunteers exposed?", staff),
        ("Were colleagues of other forces exposed?", other_forces),
    ):
        page.get_by_role("group", name=question).get_by_role("radio").nth(0 if there else 1).check()
    page.get_by_role("button", name="Confirm the list").click()
    says(page, "The list is confirmed")


def decide_all(page: Page, people: list[Somebody], look: Look, step: str = "Defusing in a group") -> None:
    """From the page of an incident, decide the same for all of them."""
    page.get_by_role("link", name=re.compile(r"^Decide on \d+ pe")).click()
    look(page)
    page.get_by_label("For everybody who is not decided on below").select_option(step)
    page.get_by_role("button", name="Decide", exact=True).click()
    says(page, f"Decided for {len(people)} people")


def plan_sessions(page: Page, look: Look) -> None:
    """From the page of an incident, take the groups as they are proposed."""
    page.get_by_role("link", name="Plan the sessions").click()
    look(page)
    page.get_by_role("button", name="Plan it like this").click()


def find_defuser(page: Page, reference: str, session: str) -> None:
    """Open the page on which somebody is found to lead that session."""
    open_incident(page, reference)
    line_of(page, session).first.get_by_role("link", name=re.compile("^Find a defuser")).click()


def is_asked(page: Page, who: Somebody) -> None:
    """On that page, ask one of those who could lead it; by hand where they are not among the first."""
    if not page.get_by_role("button", name=f"Ask {who.name}", exact=True).count():
        page.get_by_role("link", name=re.compile("^Choose by hand")).click()
    page.get_by_role("button", name=f"Ask {who.name}", exact=True).click()
    says(page, "They are asked")


def leads_it(page: Page, who: Somebody, look: Look) -> None:
    """Sign in as the defuser who is asked, and say yes to the time."""
    sign_in_as(page, who)
    page.goto(DEFUSER)
    look(page)
    page.get_by_role("link", name=re.compile("^Say yes, or pass")).click()
    look(page)
    page.get_by_label("Yes, at this time").check()
    page.get_by_role("button", name="Send the answer").click()
    says(page, "Your answer is recorded")


def answers(page: Page, choice: str) -> None:
    """From one's own page, say what one would like."""
    page.goto(OWN)
    page.get_by_role("link", name=re.compile("^Say what you would like")).click()
    page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Send the answer").click()
    says(page, "Your answer is recorded")


def ready_to_ask(page: Page, people: list[Somebody], look: Look) -> str:
    """As coordinator, bring an incident whose people are off duty to its planned group; its reference."""
    sign_in(page, "ESTIP coordinator", "Bedfordshire")
    reference = raise_incident(page, people, look, off_duty_in=-1)
    confirm_list(page, look)
    decide_all(page, people, look)
    plan_sessions(page, look)
    says(page, "1 session is planned")
    return reference


# -- time that passes ------------------------------------------------------------------------------------------------


def let_sessions_have_begun(home: Path, reference: str) -> None:
    """Let the booked sessions of an incident have begun an hour ago, as if their day had come."""
    begun = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    ask(
        home,
        f"UPDATE care_defusing SET starts_at = ?, ends_at = ? WHERE state = 'booked' AND incident_id = {_INCIDENT}",
        stored(begun),
        stored(begun + dt.timedelta(minutes=50)),
        reference,
    )


def let_the_month_be_over(home: Path, reference: str) -> None:
    """Let the contact within a month be due today for everybody of an incident."""
    ask(
        home,
        "UPDATE care_contact SET due_on = ? WHERE kind = 'month' AND exposure_id IN"
        f" (SELECT id FROM care_exposure WHERE incident_id = {_INCIDENT})",
        dt.datetime.now(LONDON).date().isoformat(),
        reference,
    )


def a_morning_of_the_worker(live: Standing) -> None:
    """Let a second worker take one turn at an hour at which people may be asked how they are: now, or at ten today."""
    ten = dt.datetime.now(LONDON).replace(hour=10, minute=0)
    at = max(dt.datetime.now(LONDON), ten).isoformat()
    live.ask("turn", at=at)
