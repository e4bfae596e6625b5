"""What does not go as planned: nobody is free, a restriction, a mind that is changed, a defuser who drops out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.care_steps import (
    DEFUSER,
    FORCE,
    OWN,
    Crew,
    Look,
    a_crew,
    a_morning_of_the_worker,
    answers,
    confirm_list,
    decide_all,
    find_defuser,
    for_person,
    is_asked,
    leads_it,
    let_the_month_be_over,
    line_of,
    open_incident,
    raise_incident,
    ready_to_ask,
    says,
    sign_in_as,
)
from tests.journeys.conftest import Windows
from tests.journeys.standing import Standing
from tests.journeys.training_steps import (
    a_turn_of_the_worker,
    latest_mail,
    mails_to,
    sign_in,
)

EACH = pytest.mark.parametrize(("js", "width"), [(False, 360), (True, 1280)])


@pytest.fixture
def live(live_alone: Standing) -> Standing:
    return live_alone


@EACH
def test_where_nobody_is_free_the_page_says_why_and_what_would_help(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    crew = a_crew(live, crew=6, with_account=0, defusers=3)
    exposed, busy, asked = crew.defusers
    live.ask("unqualified", force=FORCE, but=[one.address for one in crew.defusers])
    live.ask("busy", force=FORCE, addresses=[busy.address], sessions=4)
    page = page_for(js=js, width=width, dark=not js)
    reference = ready_to_ask(page, [*crew.scene, exposed], look)
    find_defuser(page, reference, "5 people")
    is_asked(page, asked)
    defuser = page_for(js=js, width=width, dark=not js)
    sign_in_as(defuser, asked)
    defuser.goto(DEFUSER)
    defuser.get_by_role("link", name=re.compile("^Say yes, or pass")).click()
    defuser.get_by_label("I pass").check()
    defuser.get_by_role("button", name="Send the answer").click()
    says(defuser, "Your answer is recorded")

    find_defuser(page, reference, "5 people")
    expect(page.get_by_role("heading", name="Nobody can lead it now")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 person could lead it beyond 4 sessions in 28 days.")
    removed = {row.locator("td").nth(0).inner_text(): row.locator("td").nth(1).inner_text()
               for row in page.get_by_role("row").all()[1:]}  # fmt: skip
    assert removed.pop("Not in date on the day, or stood down", "0") != ""
    assert removed == {
        "Exposed to this incident": "1", "Not available": "1", "At the limit of 4 sessions in 28 days": "1"
    }  # fmt: skip
    look(page)


@EACH
def test_a_restriction_stops_groups_and_never_welfare(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    crew = a_crew(live, crew=6, with_account=0, defusers=1)
    page, manager = (page_for(js=js, width=width, dark=not js) for _ in range(2))
    reference = ready_to_ask(page, crew.scene, look)
    sign_in(manager, "Post-incident manager", "Bedfordshire")
    expect(manager).to_have_url(re.compile("/care/exposures/restrict/$"))
    look(manager)
    restrict(manager, "INC-222222", "Restrict conferring")
    says(manager, "Your force has no incident with this reference")
    restrict(manager, reference, "Restrict conferring")
    says(manager, "Conferring is restricted until it is lifted")
    expect(manager.locator("main")).not_to_contain_text(crew.scene[0].name)

    open_incident(page, reference)
    expect(page.locator("main")).to_contain_text("there can be no session in a group until it is lifted")
    look(page)
    line_of(page, "4 people").get_by_role("link", name=re.compile("^Find a defuser")).click()
    expect(page.locator("main")).to_contain_text("there can be no session in a group until it is lifted")
    expect(page.get_by_role("button", name=re.compile("^Ask "))).to_have_count(0)
    look(page)
    open_incident(page, reference)
    page.get_by_role("link", name="Plan the sessions").click()
    expect(page.locator("main")).to_contain_text("Held back")
    look(page)
    page.get_by_role("button", name=re.compile("^Take it back")).click()
    says(page, "Taken back")
    expect(page.get_by_role("heading", name="One to one")).to_have_count(4)
    page.get_by_role("button", name="Plan it like this").click()
    says(page, "4 sessions are planned")
    find_defuser(page, reference, "One to one")
    is_asked(page, crew.defusers[0])
    defuser = page_for(js=js, width=width, dark=not js)
    leads_it(defuser, crew.defusers[0], look)

    restrict(manager, reference, "Lift the restriction")
    says(manager, "No restriction stands now")
    open_incident(page, reference)
    expect(page.locator("main")).not_to_contain_text("there can be no session in a group")


def restrict(page: Page, reference: str, what: str) -> None:
    """As post-incident manager, restrict conferring by the reference, or lift it."""
    page.get_by_label("Reference of the incident").fill(reference)
    page.get_by_label(what, exact=True).check()
    page.get_by_role("button", name="Save").click()


def booked(
    page_for: Windows, live: Standing, crew: Crew, look: Look, *, js: bool, width: int
) -> tuple[Page, Page, str]:
    """An incident whose group is booked: the coordinator's page, the defuser's, the reference."""
    page, defuser = (page_for(js=js, width=width, dark=not js) for _ in range(2))
    reference = ready_to_ask(page, crew.scene, look)
    find_defuser(page, reference, "people")
    is_asked(page, crew.defusers[0])
    leads_it(defuser, crew.defusers[0], look)
    a_turn_of_the_worker(live)
    return page, defuser, reference


@EACH
def test_who_declines_may_change_their_mind_and_it_counts_against_nobody(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    crew = a_crew(live, crew=6, with_account=4, defusers=1)
    page, _defuser, reference = booked(page_for, live, crew, look, js=js, width=width)
    who = crew.scene[0]
    own = page_for(js=js, width=width, dark=not js)
    sign_in_as(own, who)
    answers(own, "No, thank you")
    look(own)
    a_turn_of_the_worker(live)
    off = latest_mail(live, who.address, "appointment", count=2)
    assert off.method == "CANCEL"
    open_incident(page, reference)
    expect(page.locator("main")).not_to_contain_text("declined", ignore_case=True)
    answers(own, "I will come")
    a_turn_of_the_worker(live)
    again = [mail for mail in mails_to(live, who.address) if mail.event is not None]
    assert [mail.method for mail in again] == ["REQUEST", "CANCEL", "REQUEST"]
    assert len({str(mail.entry["UID"]) for mail in again}) == 1
    numbers = [int(str(mail.entry["SEQUENCE"])) for mail in again]
    assert numbers == sorted(numbers)
    assert [len(mails_to(live, one.address)) for one in crew.scene[1:]] == [1, 1, 1]
    open_incident(page, reference)
    expect(line_of(page, who.name)).to_contain_text("Defusing booked")


@EACH
def test_when_a_defuser_drops_out_another_is_found_and_the_invited_are_left_in_peace(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    crew = a_crew(live, crew=6, with_account=1, defusers=2)
    page, defuser, reference = booked(page_for, live, crew, look, js=js, width=width)
    defuser.get_by_role("link", name=re.compile("^Open the session")).click()
    look(defuser)
    defuser.get_by_role("button", name="I cannot lead it after all").click()
    says(defuser, "Somebody else is looked for")
    a_turn_of_the_worker(live)
    methods = [mail.method for mail in mails_to(live, crew.defusers[0].address) if mail.method]
    assert methods == ["REQUEST", "CANCEL"]

    find_defuser(page, reference, "people")
    expect(page.get_by_role("button", name=f"Ask {crew.defusers[0].name}", exact=True)).to_have_count(0)
    is_asked(page, crew.defusers[1])
    other = page_for(js=js, width=width, dark=not js)
    leads_it(other, crew.defusers[1], look)
    a_turn_of_the_worker(live)
    assert [len(mails_to(live, one.address)) for one in crew.scene] == [1, 1, 1, 1]
    own = page_for(js=js, width=width, dark=not js)
    sign_in_as(own, crew.scene[0])
    own.goto(OWN)
    expect(own.locator("main")).to_contain_text(f"led by {crew.defusers[1].name}")


@EACH
def test_after_a_month_somebody_asks_and_what_is_closed_can_be_opened_again(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    crew = a_crew(live, crew=6, with_account=1, defusers=0)
    who = crew.scene[0]
    page, own = (page_for(js=js, width=width, dark=not js) for _ in range(2))
    sign_in(page, "ESTIP coordinator", "Bedfordshire")
    reference = raise_incident(page, crew.scene, look, off_duty_in=-1)
    confirm_list(page, look)
    decide_all(page, crew.scene, look, "Nothing for now")

    let_the_month_be_over(live.home, reference)
    a_morning_of_the_worker(live)
    asked = latest_mail(live, who.address, "There is a message for you")
    sign_in_as(own, who)
    own.goto(asked.link("/care/"))
    own.get_by_role("link", name=re.compile("^How are you")).click()
    look(own)
    own.get_by_label("Would like more help").check()
    own.get_by_role("button", name="Send the answer").click()
    says(own, "Your answer is recorded")
    open_incident(page, reference)
    for_person(page, who, "Close")
    page.get_by_label("Support goes on elsewhere").check()
    page.get_by_role("button", name="Close it").click()
    says(page, "It is closed, and they are told")
    a_turn_of_the_worker(live)
    latest_mail(live, who.address, "There is a message for you", count=2)
    own.goto(OWN)
    expect(own.get_by_role("heading", name="Who looked")).to_be_visible()
    expect(own.locator("main")).to_contain_text("Coordinates the incident")
    look(own)
    own.get_by_role("button", name=re.compile("^Open it again")).click()
    says(own, "Somebody looks at it within a day")
    page.goto("/care/")
    expect(page.locator(".sd-incidents__one").filter(has_text=reference)).to_contain_text("1 person is undecided")
    look(page)
    open_incident(page, reference)
    expect(line_of(page, who.name)).to_contain_text("Next step to be decided")
