"""A coordinator runs an incident of eleven people, from the first word of it to its close."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.care_steps import (
    DEFUSER,
    FORCE,
    NOT_IN_A_SUBJECT,
    OWN,
    Crew,
    Look,
    Opens,
    Somebody,
    a_crew,
    a_morning_of_the_worker,
    answers,
    confirm_list,
    decide_all,
    find_defuser,
    for_person,
    hours_from_now,
    is_asked,
    leads_it,
    let_sessions_have_begun,
    let_the_month_be_over,
    line_of,
    numbers_of,
    open_incident,
    plan_sessions,
    raise_incident,
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
THEIRS = "cambridgeshire"


@pytest.fixture
def live(live_alone: Standing) -> Standing:
    return live_alone


@EACH
def test_from_the_first_word_to_the_close(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    def opens() -> Page:
        return page_for(js=js, width=width, dark=not js)

    crew = a_crew(live, crew=11, with_account=9, defusers=2)
    coordinator = opens()
    sign_in(coordinator, "ESTIP coordinator", "Bedfordshire")
    expect(coordinator).to_have_url(re.compile("/care/$"))
    look(coordinator)
    reference = raise_incident(coordinator, crew.scene, look)
    the_list_is_made(coordinator, crew, look)
    colleague_goes_to_their_own_force(opens, live, coordinator, look)
    confirm_list(coordinator, look, control_room=True, other_forces=True)
    look(coordinator)
    team_is_talked_with(opens(), reference, crew, look)
    open_incident(coordinator, reference)
    decide_all(coordinator, crew.everybody, look)
    plan_sessions(coordinator, look)
    says(coordinator, "2 sessions are planned")
    look(coordinator)

    defuser = opens()
    defuser_is_found(coordinator, defuser, reference, crew, look)
    group = those_of_the_session(coordinator, reference, crew, look)
    invited_without_a_name(live, group, crew)
    comes, one_to_one, silent = group[:3]
    they_answer(opens, comes, one_to_one, silent, look)
    let_sessions_have_begun(live.home, reference)
    it_is_held(defuser, group, one_to_one, look)
    occupational_health_sees_it(opens(), coordinator, reference, silent, look)
    own_page_says_it(opens(), silent, look)
    the_month_comes(opens(), live, coordinator, reference, comes, look)
    everybody_got = [mail for one in (*crew.everybody, *crew.defusers) for mail in mails_to(live, one.address)]
    assert [mail.subject for mail in everybody_got if NOT_IN_A_SUBJECT.search(mail.subject)] == []


def the_list_is_made(page: Page, crew: Crew, look: Look) -> None:
    """The control room took the calls: they come onto the list in a role of their own."""
    look(page)
    page.get_by_role("link", name="Add people by number or name").click()
    look(page)
    page.get_by_label("Collar or staff numbers").fill(numbers_of(crew.control) + "\n0000")
    page.get_by_label("Their role").select_option("Control room or call taker")
    page.get_by_label("Off duty at").fill(hours_from_now(3))
    page.get_by_role("button", name="Add to the list").click()
    says(page, "1 entry cannot be used")
    look(page)
    page.get_by_label("Go on without the entries that cannot be used").check()
    page.get_by_role("button", name="Add to the list").click()
    says(page, "2 people were added")


def colleague_goes_to_their_own_force(opens: Opens, live: Standing, page: Page, look: Look) -> None:
    """A colleague on mutual aid is handed to their own force, which makes a record that the host never sees."""
    found = live.ask("let_in", force=THEIRS, role="estip-coordinator")
    theirs, colleague = Somebody(**found["holder"]), Somebody(**found["colleague"])
    page.get_by_role("link", name="Hand over a colleague of another force").click()
    look(page)
    page.get_by_label("Which force?").select_option("Cambridgeshire Constabulary")
    page.get_by_label("Their collar or staff numbers").fill(colleague.number)
    page.get_by_label("Their role").select_option("At the scene")
    page.get_by_role("button", name="Hand over").click()
    says(page, "They are handed over")
    expect(page.locator("main")).to_contain_text("1 colleague waits for their home force")
    other = opens()
    sign_in_as(other, theirs)
    other.goto("/care/exposures/handed-over/")
    expect(other.locator("main")).to_contain_text(f"Number {colleague.number}")
    look(other)
    other.get_by_role("button", name=re.compile("^Accept")).click()
    says(other, "They are on a list of your own force now")
    expect(other.locator("main")).to_contain_text(colleague.name)
    page.reload()
    expect(page.locator("main")).to_contain_text("1 colleague, handled by their home force")
    expect(page.locator("main")).not_to_contain_text(colleague.name)


def team_is_talked_with(page: Page, reference: str, crew: Crew, look: Look) -> None:
    """Their sergeant talks with all of them before they go off duty, in one record."""
    sign_in(page, "Supervisor", "Bedfordshire")
    page.goto("/care/demobilising/")
    look(page)
    page.get_by_role("link", name=f"Record {len(crew.everybody)} people together").click()
    look(page)
    page.get_by_role("button", name="Record it for the team").click()
    expect(page).to_have_url(re.compile("/care/demobilising/$"))
    for one in crew.everybody:
        expect(page.get_by_role("link", name=f"Start: {one.name}")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text(reference)
    look(page)


def defuser_is_found(page: Page, defuser: Page, reference: str, crew: Crew, look: Look) -> None:
    """Who could lead it, and why that person; they are asked, and say yes."""
    find_defuser(page, reference, "6 people")
    page.get_by_text("Why this person?").first.click()
    expect(page.locator("main")).to_contain_text("who could lead it, out of")
    look(page)
    is_asked(page, crew.defusers[0])
    expect(page.locator("main")).to_contain_text(crew.defusers[0].name)
    leads_it(defuser, crew.defusers[0], look)
    look(defuser)


def those_of_the_session(page: Page, reference: str, crew: Crew, look: Look) -> list[Somebody]:
    """Who is in the session that is booked, as its page says."""
    open_incident(page, reference)
    look(page)
    line_of(page, "6 people").get_by_role("link", name=re.compile("^Open")).click()
    look(page)
    listed = page.locator("main").inner_text()
    found = [one for one in crew.scene if one.name in listed]
    assert len(found) == 6
    return found


def invited_without_a_name(live: Standing, group: list[Somebody], crew: Crew) -> None:
    """Each got one neutral mail with an entry for the calendar that names nobody else."""
    a_turn_of_the_worker(live)
    named = {one.name.split()[1] for one in crew.everybody}
    for one in group:
        mail = latest_mail(live, one.address, "An appointment")
        assert mail.method == "REQUEST"
        assert str(mail.entry["SUMMARY"]) == "Appointment"
        entry = mail.entry.to_ical().decode().replace("\r\n ", "")
        others = {name for name in named - {one.name.split()[1]} if name in mail.text or name in entry}
        assert others == set()
        assert [other.address for other in group if other != one and other.address in entry] == []
        assert NOT_IN_A_SUBJECT.search(mail.text) is None
        assert mail.link("/care/") == OWN


def they_answer(opens: Opens, comes: Somebody, one_to_one: Somebody, silent: Somebody, look: Look) -> None:
    """One comes, one would rather talk one to one, and one says nothing."""
    page, other, third = opens(), opens(), opens()
    sign_in_as(page, comes)
    page.goto(OWN)
    look(page)
    answers(page, "I will come")
    expect(page.locator("main")).to_contain_text("Will come")
    sign_in_as(other, one_to_one)
    answers(other, "I would rather talk one to one")
    sign_in_as(third, silent)
    third.goto(OWN)
    expect(third.locator("main")).to_contain_text("You have not answered, and need not")


def it_is_held(page: Page, group: list[Somebody], left: Somebody, look: Look) -> None:
    """The limits are read out, who was there and each next step are recorded; then comes a check-out."""
    page.goto(DEFUSER)
    look(page)
    page.get_by_role("link", name=re.compile("^Record that it was held")).click()
    expect(page.locator("main")).not_to_contain_text(left.name)
    look(page)
    page.get_by_role("button", name="Record that it was held").click()
    says(page, "Choose the step that you agreed with them")
    for number, one in enumerate(other for other in group if other != left):
        part = page.locator("section").filter(has=page.get_by_role("heading", name=one.name))
        part.get_by_label("Next step").select_option("Occupational health" if number == 1 else "Nothing for now")
    page.get_by_role("button", name="Record that it was held").click()
    says(page, "limits")
    page.get_by_label("I read the limits of confidentiality out at the start").check()
    page.get_by_role("button", name="Record that it was held").click()
    says(page, "It is recorded that the session was held")
    look(page)
    page.get_by_label("I am all right").check()
    page.get_by_role("button", name="Check out").click()
    says(page, "Somebody calls you in about a day")
    expect(page.locator("main")).to_contain_text("You led 1 session in the last four weeks")


def occupational_health_sees_it(page: Page, coordinator: Page, reference: str, who: Somebody, look: Look) -> None:
    """With the person's consent, and not without it, occupational health sees name, kind and day."""
    open_incident(coordinator, reference)
    look(coordinator)
    expect(line_of(coordinator, who.name)).to_contain_text("Occupational health")
    for_person(coordinator, who, "Refer to occupational health")
    expect(coordinator.locator("main")).to_contain_text(who.name)
    coordinator.get_by_role("button", name="Refer", exact=True).click()
    says(coordinator, "Nobody is referred without their consent")
    look(coordinator)
    coordinator.get_by_role("checkbox").check()
    coordinator.get_by_role("button", name="Refer", exact=True).click()
    says(coordinator, "The referral is sent")
    sign_in(page, "Occupational health", "Bedfordshire")
    expect(page).to_have_url(re.compile("/care/referrals/$"))
    look(page)
    page.get_by_role("link", name=who.name).click()
    look(page)
    page.get_by_label("Received").check()
    page.get_by_role("button", name="Record it").click()
    says(page, "The person sees it")


def own_page_says_it(page: Page, who: Somebody, look: Look) -> None:
    """The person sees the referral, and everybody who looked."""
    sign_in_as(page, who)
    page.goto(OWN)
    expect(page.locator("main")).to_contain_text("Referral to occupational health")
    looked = page.locator("section, div").filter(has=page.get_by_role("heading", name="Who looked")).last
    for role in ("ESTIP coordinator", "Supervisor", "Occupational health"):
        expect(looked).to_contain_text(role)
    look(page)


def the_month_comes(page: Page, live: Standing, coordinator: Page, reference: str, who: Somebody, look: Look) -> None:
    """Everybody is asked how they are inside the month; then their part is closed."""
    let_the_month_be_over(live.home, reference)
    a_morning_of_the_worker(live)
    asked = latest_mail(live, who.address, "There is a message for you")
    assert FORCE not in asked.subject.lower()
    sign_in_as(page, who)
    page.goto(asked.link("/care/"))
    look(page)
    page.get_by_role("link", name=re.compile("^How are you")).click()
    look(page)
    page.get_by_label("Not now", exact=True).check()
    page.get_by_role("button", name="Send the answer").click()
    says(page, "Your answer is recorded")
    open_incident(coordinator, reference)
    for_person(coordinator, who, "Close")
    look(coordinator)
    coordinator.get_by_label("Closed as agreed with the person").check()
    coordinator.get_by_role("button", name="Close it").click()
    says(coordinator, "It is closed, and they are told")
    expect(line_of(coordinator, who.name)).to_contain_text("Closed")
