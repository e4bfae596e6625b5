"""From a wish to be trained to somebody who can be asked to defuse; and a full date whose place goes to who is next."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Windows
from tests.journeys.standing import Standing
from tests.journeys.training_steps import (
    Date,
    Somebody,
    a_turn_of_the_worker,
    ask,
    dates_of,
    in_words,
    latest_mail,
    leave_out_the_date_of_today,
    let_answers_be_old,
    let_offer_run_out,
    let_the_day_pass,
    mails_about,
    mails_to,
    people_without_a_date,
    put_off,
    sign_in,
)

Look = Callable[[Page], None]
Opens = Callable[[], Page]
EACH = pytest.mark.parametrize(("js", "width"), [(False, 360), (True, 1280)])
FORCE = "bedfordshire"
COURSE_PAGE = "/training/demobilising-and-defusing/"
JOINING = "https://teams.example/join/the-day"
WORDS = "Two short talks that I can hold tomorrow. The examples were from work like ours."
# What an envelope may not say, to whoever looks over somebody's shoulder.
NOT_IN_A_SUBJECT = re.compile(r"defus|demobil|wellbeing|welfare|trauma|stress|incident|lead\b", re.IGNORECASE)


@pytest.fixture
def live(live_alone: Standing) -> Standing:
    return live_alone


def of_role(home: Path, role: str) -> Somebody:
    """Whoever holds that role (its code) in the force of the demonstration's accounts."""
    found = ask(
        home,
        "SELECT person.given_name || ' ' || person.family_name, '', person.work_email FROM people_person person"
        " JOIN people_rolegrant role ON role.person_id = person.id JOIN people_account way"
        " ON way.person_id = person.id WHERE role.role = ? AND person.work_email LIKE ?",
        role,
        f"%@{FORCE}.example",
    )
    return Somebody(*found[0])


@EACH
def test_from_a_wish_to_be_trained_to_somebody_who_can_be_asked(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    def opens() -> Page:
        return page_for(js=js, width=width)

    who, date = of_role(live.home, "peer-supporter"), dates_of(live.home, FORCE)[0]
    own, lead = opens(), opens()
    tells_the_lead(own, look)
    is_put_forward(lead, live, who, date, look)
    accepts_without_signing_in(opens(), live, who, date, look)
    joining_pack_is_read(opens(), live, who, date, look)
    calendar_address_is_made_and_taken_back(own, look)
    the_day_comes(opens, live, who, date, look)
    gives_feedback(opens(), live, who, look)
    words_are_published_and_taken_back(opens, live, who, look)
    certificate_is_checked(opens, live, who, date, look)
    can_be_asked(own, lead, live, who, look)
    mails = mails_to(live, who.address) + mails_to(live, of_role(live.home, "wellbeing-lead").address)
    assert [mail.subject for mail in mails if NOT_IN_A_SUBJECT.search(mail.subject)] == []


def tells_the_lead(page: Page, look: Look) -> None:
    sign_in(page, "Peer supporter")
    page.goto("/training/mine/")
    look(page)
    page.get_by_role("link", name="Tell them that you would like to be trained").first.click()
    page.get_by_role("button", name="Tell my wellbeing lead").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose when you mostly work")
    look(page)
    page.get_by_label("A peer supporter", exact=True).check()
    page.get_by_label("Rotating", exact=False).first.check()
    page.get_by_role("button", name="Tell my wellbeing lead").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is booked")
    expect(page).to_have_url(re.compile("/training/mine/$"))
    look(page)


def is_put_forward(page: Page, live: Standing, who: Somebody, date: Date, look: Look) -> None:
    told = latest_mail(live, of_role(live.home, "wellbeing-lead").address, "Somebody would like to be trained")
    sign_in(page, "Wellbeing lead")
    expect(page).to_have_url(re.compile("/training/nominations/$"))
    look(page)
    page.goto(told.link("/training/interest/"))
    page.get_by_role("link", name=who.name).click()
    expect(page.locator("main")).to_contain_text("Peer supporter")
    look(page)
    page.goto("/training/nominations/")
    page.get_by_role("row").filter(has_text=who.name).get_by_role("link", name="Put forward").click()
    expect(page.locator("main")).to_contain_text("They work nights at times")
    look(page)
    page.get_by_role("radio", name=re.compile(in_words(date.starts_at.date()))).check()
    page.get_by_label("Yes, I confirm it").check()
    page.get_by_role("button", name="Put forward").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(rf"Place \d+ is held for {who.name} until"))


def accepts_without_signing_in(page: Page, live: Standing, who: Somebody, date: Date, look: Look) -> None:
    offer = latest_mail(live, who.address, "please answer")
    assert offer.method == ""
    page.goto(offer.link("/nominations/answer/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A place is offered to you")
    expect(page.locator("main")).to_contain_text(in_words(date.starts_at.date()))
    look(page)
    page.get_by_text("Would anything make the day easier for you?").first.click()
    page.get_by_label("Captions", exact=False).first.check()
    page.get_by_label("The trainer may see what I ticked").check()
    page.get_by_role("button", name="Accept the place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have a place")
    look(page)
    page.get_by_role("link", name="See my place").click()
    expect(page.locator("main")).to_contain_text("How to join is shown here from")
    look(page)


def joining_pack_is_read(page: Page, live: Standing, who: Somebody, date: Date, look: Look) -> None:
    pack = latest_mail(live, who.address, "your place")
    assert pack.method == "REQUEST"
    assert pack.entry.start == date.starts_at
    assert str(pack.entry["SUMMARY"]) == "Training day"
    assert str(pack.entry["ATTENDEE"]).lower() == f"mailto:{who.address}"
    assert "Before the day" in pack.text
    assert "aption" in pack.text
    assert JOINING not in pack.text
    page.goto(pack.link("/nominations/place/"))
    expect(page.locator("main")).to_contain_text("You have a place")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Put it into my calendar").click()
    assert icalendar.Calendar.from_ical(kept.value.path().read_bytes()).walk("VEVENT")[0]["UID"] == pack.entry["UID"]
    page.get_by_role("link", name="Change what would help").click()
    look(page)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("What you ticked is kept")


def calendar_address_is_made_and_taken_back(page: Page, look: Look) -> None:
    page.goto("/training/mine/")
    expect(page.locator("#next")).to_contain_text("You have a place on")
    expect(page.get_by_role("link", name="Tell them that you would like")).to_have_count(0)
    look(page)
    page.get_by_role("link", name="Show my dates in my calendar program").click()
    look(page)
    page.get_by_role("button", name="Make the address").click()
    address = page.get_by_label("Address").input_value()
    look(page)
    feed = page.request.get(address)
    assert feed.headers["content-type"].startswith("text/calendar")
    assert [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(feed.body()).walk("VEVENT")] == ["Training day"]
    page.get_by_role("button", name="Take the address back").click()
    expect(page.get_by_role("button", name="Make the address")).to_be_visible()
    assert page.request.get(address).status == 404


def the_day_comes(opens: Opens, live: Standing, who: Somebody, date: Date, look: Look) -> None:
    leave_out_the_date_of_today(live.home)
    let_answers_be_old(live.home, date)
    put_off(live.home, date, dt.datetime.now(dt.UTC) + dt.timedelta(minutes=50))
    trainer = opens()
    sign_in(trainer, "Trainer")
    expect(trainer).to_have_url(re.compile("/training/attendance/$"))
    expect(trainer.locator("main")).to_contain_text(who.name)
    expect(trainer.locator("main")).to_contain_text("aption")
    look(trainer)
    trainer.get_by_role("link", name="Enter the joining link").click()
    trainer.get_by_label("Joining link").fill(JOINING)
    look(trainer)
    trainer.locator("main form").get_by_role("button").first.click()
    a_turn_of_the_worker(live)
    page = opens()
    page.goto(latest_mail(live, who.address, "Training today at").link("/nominations/place/"))
    expect(page.get_by_role("button", name="Join the day")).to_have_attribute("href", JOINING)
    look(page)

    let_the_day_pass(live.home, date)
    trainer.goto("/training/attendance/")
    trainer.get_by_role("button", name="Record who is there").click()
    look(trainer)
    for half in ("morning", "afternoon"):
        trainer.get_by_role("button", name=f"Everybody was there in the {half}").click()
    trainer.get_by_role("button", name="Close the register").click()
    expect(trainer.locator("main")).to_contain_text("Register closed")
    look(trainer)


def gives_feedback(page: Page, live: Standing, who: Somebody, look: Look) -> None:
    page.goto(latest_mail(live, who.address, "two questions").link("/feedback/link/"))
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose how sure you felt before the course")
    look(page)
    page.get_by_role("group", name="Before the course").get_by_role("radio").nth(1).check()
    page.get_by_role("group", name="And now?").get_by_role("radio").nth(3).check()
    page.get_by_label("What would you say of the course?").fill(WORDS)
    page.get_by_label("My comment may be quoted").check()
    page.get_by_role("button", name="Send feedback").click()
    expect(page.locator("main")).to_contain_text("your certificate is on its way")
    look(page)


def words_are_published_and_taken_back(opens: Opens, live: Standing, who: Somebody, look: Look) -> None:
    coordinator, visitor, own = opens(), opens(), opens()
    sign_in(coordinator, "National coordinator")
    coordinator.goto("/training/feedback/words/")
    look(coordinator)
    card = coordinator.locator(".sd-card").filter(has_text=WORDS)
    expect(card).not_to_contain_text(who.name)
    card.get_by_role("button", name="Publish").click()
    visitor.goto(COURSE_PAGE)
    expect(visitor.locator("main")).to_contain_text(WORDS)
    expect(visitor.locator("main")).not_to_contain_text(who.name)
    look(visitor)
    own.goto(latest_mail(live, who.address, "Your comment on a training course").link("/my-words/link/"))
    look(own)
    own.get_by_role("button", name="Take my words back").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("Your words are taken back")
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(WORDS)


def certificate_is_checked(opens: Opens, live: Standing, who: Somebody, date: Date, look: Look) -> None:
    mail = latest_mail(live, who.address, "Your training certificate")
    page, visitor = opens(), opens()
    page.goto(mail.link("/certificates/link/"))
    expect(page.locator("main")).to_contain_text(who.name)
    look(page)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download the certificate (PDF)").click()
    assert kept.value.path().read_bytes().startswith(b"%PDF")
    visitor.goto("/certificates/")
    look(visitor)
    visitor.locator("main").get_by_role("textbox").fill(mail.subject.rpartition(" ")[2].lower())
    visitor.get_by_role("button", name="Check the certificate").click()
    expect(visitor.locator("main")).to_contain_text("This certificate is genuine and valid until")
    expect(visitor.locator("main")).not_to_contain_text(who.name.split()[1])
    look(visitor)


def can_be_asked(own: Page, lead: Page, live: Standing, who: Somebody, look: Look) -> None:
    own.goto("/training/mine/")
    until = re.search(r"valid until (\d+ \w+ \d+)", latest_mail(live, who.address, "Your training certificate").text)
    assert until is not None
    expect(own.locator("#next")).to_contain_text(f"You are qualified to defuse until {until[1]}")
    expect(own.locator("main")).to_contain_text("My certificates")
    look(own)
    lead.goto("/people/qualifications/")
    look(lead)
    lead.get_by_role("link", name="Who can defuse today").click()
    expect(lead.get_by_role("table")).to_contain_text(who.name)
    look(lead)


def test_whoever_looks_round_closes_the_register_of_today(page_for: Windows, live: Standing, look: Look) -> None:
    trainer, own = page_for(js=False, width=360), page_for(js=False, width=360)
    sign_in(trainer, "Trainer")
    if "Today" not in trainer.get_by_role("heading", level=1).inner_text():  # until ten it is the day before
        trainer.get_by_role("link", name="Bedfordshire Police").first.click()
    trainer.get_by_role("button", name="Record who is there").click()
    for half in ("morning", "afternoon"):
        trainer.get_by_role("button", name=f"Everybody was there in the {half}").click()
    absent = trainer.locator("section").first
    for half in ("Morning", "Afternoon"):
        absent.get_by_role("group", name=half).get_by_label("Not there").check()
    trainer.get_by_role("button", name="Close the register").click()  # and nothing that was ticked is lost
    expect(trainer.get_by_role("row").nth(1)).to_contain_text("Did not attend")
    look(trainer)
    trainer.goto("/training/attendance/")
    expect(trainer.get_by_role("heading", level=1)).to_contain_text("Your next date")

    sign_in(own, "Occupational health")
    own.goto("/training/mine/")
    own.get_by_role("button", name="Say what you thought").click()
    for group in ("Before the course", "And now?"):
        own.get_by_role("group", name=group).get_by_role("radio").nth(2).check()
    own.get_by_role("button", name="Send feedback").click()
    look(own)
    own.get_by_role("link", name="See it under “My training”").click()
    expect(own.locator("#next")).to_contain_text("You are qualified to defuse")
    own.get_by_role("link", name="Demobilising and defusing").first.click()
    expect(own.get_by_role("heading", level=1)).to_contain_text("Certificate DD-")
    look(own)


@EACH
def test_a_place_that_nobody_answers_for_goes_to_who_waits(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    lead, coordinator = page_for(js=js, width=width), page_for(js=js, width=width)
    date = dates_of(live.home, FORCE)[-1]
    first, second = people_without_a_date(live.home, FORCE)[:2]
    sign_in(coordinator, "National coordinator")
    coordinator.goto(f"/training/sessions/{date.key}/")
    coordinator.get_by_role("button", name="Allot places").click()
    coordinator.get_by_label("Places in all").fill("1")
    look(coordinator)
    coordinator.get_by_role("button", name="Allot the places").click()
    expect(coordinator.get_by_role("alert")).to_contain_text("The places are allotted")

    sign_in(lead, "Wellbeing lead")
    says = [put_forward(lead, date, one) for one in (first, second)]
    assert says[0].startswith(f"Place 1 is held for {first.name} until")
    assert says[1] == f"{second.name} is on the waiting list, number 1."
    own = page_for(js=js, width=width)
    own.goto(latest_mail(live, second.address, "waiting list").link("/nominations/place/"))
    expect(own.locator("main")).to_contain_text("You are number 1 on the waiting list")
    look(own)
    names_on_the_date(lead, date, {first.name: "Place offered", second.name: "On the waiting list"})
    look(lead)
    lead.goto(f"/training/nominations/put-forward/?date={date.key}&q={first.number}")
    look(lead)

    offer = latest_mail(live, first.address, "please answer")
    let_offer_run_out(live.home, date, first.address)
    a_turn_of_the_worker(live)
    over = latest_mail(live, first.address, "the offer is over")
    assert "goes to whoever is next" in over.text
    others = page_for(js=js, width=width)
    others.goto(offer.link("/nominations/answer/"))
    expect(others.get_by_role("button", name="Accept the place")).to_have_count(0)
    look(others)
    others.goto(over.link("/nominations/place/"))
    expect(others.locator("main")).to_contain_text("You are number 1 on the waiting list")

    own.goto(latest_mail(live, second.address, "please answer").link("/nominations/answer/"))
    own.get_by_role("button", name="Accept the place").click()
    expect(own.get_by_role("heading", level=1)).to_have_text("You have a place")
    names_on_the_date(lead, date, {first.name: "On the waiting list", second.name: "Has a place"})
    a_turn_of_the_worker(live)
    assert len(mails_about(live, first.address, "the offer is over")) == 1
    assert len(mails_about(live, second.address, "please answer")) == 1


def put_forward(page: Page, date: Date, who: Somebody) -> str:
    """From the lead's first screen, put somebody forward for a date; what the page says came of it."""
    page.goto("/training/nominations/")
    row = page.get_by_role("row").filter(has_text=in_words(date.starts_at.date()))
    row.get_by_role("link", name="Put forward").click()
    page.get_by_label("Name or number").fill(who.number)
    page.get_by_role("button", name="Search your force").click()
    page.get_by_role("link", name=who.name).click()
    page.get_by_label("Yes, I confirm it").check()
    page.get_by_label("I confirm that they are a line manager or a peer supporter").check()
    page.get_by_role("button", name="Put forward").click()
    return page.get_by_role("alert").locator("p").first.inner_text()


def names_on_the_date(page: Page, date: Date, stand: dict[str, str]) -> None:
    """Where each name stands, on the lead's page of the date's names."""
    page.goto(f"/training/nominations/dates/{date.key}/")
    for name, state in stand.items():
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(state)
