"""Training when things go wrong: somebody cannot come, a date moves or is called off, a file is wrong, a day is missed.

Each of these upsets what it touches, so that each has a Standdown of its own.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Windows
from tests.journeys.standing import Standing
from tests.journeys.training_steps import (
    Date,
    ask,
    dates_of,
    fill_date,
    leave_nobody_in_peace,
    mails_about,
    mails_to,
    named_on,
    people_without_a_date,
    put_off,
    sign_in,
)

Look = Callable[[Page], None]
EACH = pytest.mark.parametrize(("js", "width"), [(False, 360), (True, 1280)])
FORCE = "bedfordshire"
LIVE = {"accepted", "offered", "waiting"}
# What no journey here reads; the worker need not be busy with it.
OLD_NEWS = "purpose NOT IN ('PlaceConfirmed', 'PlaceOffered', 'PutOnWaitingList')"


@pytest.fixture
def live(demonstration: Path, tmp_path: Path) -> Iterator[Standing]:
    """A Standdown of one journey's own, whose people are written to at any hour."""
    home = tmp_path / "home"
    shutil.copytree(demonstration, home)
    leave_nobody_in_peace(home)
    ask(home, f"UPDATE notifications_outboxmessage SET state = 'sent', attempts = 1 WHERE state = 'due' AND {OLD_NEWS}")
    with Standing(home) as standing:
        yield standing


def starts_in(calendar: str) -> list[dt.date]:
    """When the entries of a calendar file begin."""
    return [event.start for event in icalendar.Calendar.from_ical(calendar).events]


def seen_before(_page: Page) -> None:
    """In place of a look at pages that the same journey, or another, looks at already."""


def let_somebody_else_come(page: Page, name: str, instead: str, look: Look) -> None:
    """As the lead, on the page of a name: a colleague comes in that person's stead, and has said so."""
    page.get_by_role("button", name="Let somebody else come").click()
    look(page)
    page.get_by_label("Name or number").fill(instead)
    page.get_by_role("button", name="Search").click()
    look(page)
    page.locator("main").get_by_role("link", name=instead, exact=True).first.click()
    expect(page.locator("main")).to_contain_text(f"{instead} takes place")
    page.get_by_role("group", name="Did they tell you that they come?").get_by_label("Yes").check()
    for stated in page.get_by_label("I confirm that they are a line manager or a peer supporter").all():
        stated.check()  # where the directory does not know it
    look(page)
    page.get_by_role("button", name="Substitute").click()
    expect(page.get_by_role("alert")).to_contain_text(f"{instead} comes instead of {name}")


@EACH
def test_an_hour_before_somebody_else_comes(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    date = dates_of(live.home, FORCE)[0]
    first = next(one for one in named_on(live.home, date) if one.state == "accepted")
    (pack,) = mails_about(live, first.address, "You have a place.")
    instead = people_without_a_date(live.home, FORCE)[0]
    put_off(live.home, date, dt.datetime.now(dt.UTC) + dt.timedelta(minutes=50))

    lead = page_for(js=js, width=width)
    sign_in(lead, "Wellbeing lead")
    lead.goto(f"/training/nominations/dates/{date.key}/")
    look(lead)
    lead.get_by_role("link", name=first.name, exact=True).click()
    look(lead)
    let_somebody_else_come(lead, first.name, instead.name, look)
    look(lead)

    (new,) = mails_about(live, instead.address, "You have a place.")
    assert new.method == "REQUEST"
    (gone,) = mails_about(live, first.address, "Somebody else of your force comes instead of you")
    assert gone.method == "CANCEL"
    assert gone.entry.uid == pack.entry.uid
    assert gone.entry.sequence > pack.entry.sequence
    assert "STATUS" not in gone.entry  # the day itself goes on

    trainer = page_for(js=js, width=width)
    sign_in(trainer, "Trainer")
    trainer.goto(f"/training/attendance/{date.key}/")
    expect(trainer.locator("main")).to_contain_text(instead.name)
    expect(trainer.locator("main")).not_to_contain_text(first.name)
    look(trainer)


def ask_for_mutual_aid(page: Page, date: Date, name: str, look: Look) -> None:
    """As the lead: ask that one of the force's own may come to that date of others."""
    page.goto("/me/")
    page.get_by_role("link", name="Mutual aid", exact=True).click()
    page.get_by_role("button", name="Ask for mutual aid").click()
    look(page)
    page.locator(f'main a[href$="/{date.key}/"]').click()
    look(page)
    page.locator("main").get_by_role("link", name=name, exact=True).click()
    page.get_by_label("No date for the own force in time").check()
    page.get_by_label("They are free on the day").check()
    for stated in page.get_by_label("I confirm that they are a line manager or a peer supporter").all():
        stated.check()  # where the directory does not know it
    look(page)
    page.get_by_role("button", name="Ask both sides").click()
    expect(page.get_by_role("alert")).to_contain_text("Both sides are asked")


def answer_request(page: Page, name: str, answer: str, look: Look) -> None:
    """As somebody who answers for a side: open the request that waits, and answer it."""
    page.goto("/training/mutual-aid/")
    look(page)
    page.locator("main").get_by_role("link", name=name, exact=True).click()
    page.get_by_label(answer, exact=True).check()
    look(page)
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answer is on record")
    look(page)


@EACH
def test_mutual_aid_takes_both_sides(page_for: Windows, live: Standing, look: Look, *, js: bool, width: int) -> None:
    date = dates_of(live.home, "metropolitan")[1]
    lead, own, owner = (page_for(js=js, width=width) for _ in range(3))
    for page, role in ((lead, "Wellbeing lead"), (own, "ESTIP lead"), (owner, "National coordinator")):
        sign_in(page, role)
    names = ["Yusuf Walsh", "Zoe Yates"]
    for name in names:
        ask_for_mutual_aid(lead, date, name, look if name == names[0] else seen_before)
    look(lead)

    answer_request(own, names[0], "I agree", look)
    expect(own.locator("main")).to_contain_text("No answer yet")
    assert [one.state for one in named_on(live.home, date)] == ["nominated", "nominated"]
    answer_request(own, names[1], "I do not agree", seen_before)
    expect(own.locator("main")).to_contain_text("Not agreed")

    owner.goto("/training/overview/")
    owner.get_by_role("link", name=re.compile("exceptions? to decide")).click()
    answer_request(owner, names[0], "I agree", seen_before)
    expect(owner.locator("main")).to_contain_text("Agreed by both")
    owner.goto(f"/training/nominations/dates/{date.key}/")
    expect(owner.locator("main")).to_contain_text("1 place by mutual aid")
    expect(owner.get_by_role("row").filter(has_text=names[0])).to_contain_text("Mutual aid")
    look(owner)
    owner.goto("/training/overview/")
    row = owner.get_by_role("row").filter(has=owner.locator(f'a[href*="{date.key}"]'))
    expect(row).to_contain_text("1 by mutual aid")
    look(owner)

    people = {one.name: one.address for one in named_on(live.home, date)}
    (offer,) = mails_about(live, people[names[0]], "a place is kept for you")
    visitor = page_for(js=js, width=width)
    visitor.goto(offer.link("/nominations/answer/"))
    look(visitor)
    visitor.get_by_role("button", name="Accept the place").click()
    look(visitor)
    (pack,) = mails_about(live, people[names[0]], "You have a place.")
    assert pack.method == "REQUEST"
    assert mails_to(live, people[names[1]]) == []  # who was refused has never heard of it

    lead.goto("/training/mutual-aid/")
    for name, came in zip(names, ("Agreed by both", "Not agreed"), strict=True):
        expect(lead.get_by_role("listitem").filter(has_text=name)).to_contain_text(came)


def numbers_of_the_free(home: Path) -> list[str]:
    """The work numbers of the force's officers and staff whose name was never on a date."""
    rows = ask(
        home,
        "SELECT posting.number FROM people_person person JOIN people_posting posting ON posting.person_id = person.id"
        " JOIN people_force force ON force.id = person.home_force_id WHERE force.slug = ? AND person.kind != 'special'"
        " AND NOT EXISTS (SELECT 1 FROM training_nomination name WHERE name.person_id = person.id)"
        " ORDER BY posting.number DESC",
        FORCE,
    )
    return [str(number) for (number,) in rows]


HEADINGS = "Collar number,Training date,Released,Stated,Access needs"


@EACH
def test_a_file_with_seven_bad_rows_writes_nothing(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    date = dates_of(live.home, FORCE)[0]
    before = len(named_on(live.home, date))
    free = numbers_of_the_free(live.home)
    soon = date.reference
    good = [f"{free[0]},{soon},yes,yes,captions", f"{free[1]},{soon.lower()},Y,yes,", f"{free[2]},{soon},yes,x,"]
    bad = [
        f"99999,{soon},yes,yes,",  # nobody serves under this number
        f"{free[3]},TS-ZZZZZZ,yes,yes,",  # no such date
        f"{free[4]},next Friday,yes,yes,",  # not a date at all
        f"{free[5]},{soon},perhaps,yes,",  # neither yes nor no
        f"{free[6]},{soon},yes,yes,a helicopter",  # no such need
        good[0],  # the same once more
        f"{free[7]},{soon},yes,no,",  # for whom the course is not
    ]
    page = page_for(js=js, width=width)
    sign_in(page, "Wellbeing lead")
    page.goto("/training/nominations/put-forward/")
    page.get_by_role("link", name="Put many people forward from a file").click()
    look(page)
    template = page.request.get("/training/nominations/file/example.csv").text()
    assert template.splitlines()[0] == "number,date,released,stated,needs,cost agreed"
    assert soon in template

    send_file(page, [*good, *bad], "Only check it")
    look(page)
    main = page.locator("main")
    expect(main).to_contain_text("Nothing was written")
    rows = main.get_by_role("row").all_inner_texts()[1:]
    assert [int(row.split()[0]) for row in rows] == [5, 6, 7, 8, 9, 10, 11]
    assert len({row.split("\t")[-1].strip() for row in rows}) == len(bad)  # each with a remedy of its own
    send_file(page, [*good, *bad], "Put these people forward")
    assert len(named_on(live.home, date)) == before
    send_file(page, good, "Only check it")
    expect(main).to_contain_text("Only checked: nothing was written")
    look(page)
    assert len(named_on(live.home, date)) == before
    send_file(page, good, "Put these people forward")
    expect(main).to_contain_text("These people were put forward")
    look(page)
    assert len(named_on(live.home, date)) == before + len(good)
    send_file(page, good, "Put these people forward")
    expect(main.locator("dl > div").filter(has_text="As they were")).to_contain_text(str(len(good)))
    assert len(named_on(live.home, date)) == before + len(good)
    for one in named_on(live.home, date)[-len(good) :]:
        mails_about(live, one.address, "a place is kept for you")


def send_file(page: Page, rows: list[str], what: str) -> None:
    """Choose a file of these rows, as a spreadsheet of Windows writes it, and send it."""
    words = "\r\n".join([HEADINGS, *rows, ""]).encode("cp1252")
    page.get_by_label("File of names").set_input_files({"name": "names.csv", "mimeType": "text/csv", "buffer": words})
    page.get_by_label(what, exact=True).check()
    page.get_by_role("button", name="Go on with this file").click()


@EACH
def test_a_moved_date_moves_in_every_calendar(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    date = dates_of(live.home, FORCE)[1]
    lead = page_for(js=js, width=width)
    sign_in(lead, "Wellbeing lead")
    lead.goto(f"/training/nominations/dates/{date.key}/")
    first = next(one for one in named_on(live.home, date) if one.state == "accepted")
    mails_about(live, first.address, "You have a place.")
    lead.get_by_role("link", name=first.name, exact=True).click()
    # Somebody who has an account comes, and so has a calendar feed of their own.
    let_somebody_else_come(lead, first.name, "Uzma Turner", seen_before)
    feed = own_feed(page_for(js=js, width=width), look)
    told = [one for one in named_on(live.home, date) if one.state in LIVE]
    assert {one.state for one in told} == LIVE
    placed = [one for one in told if one.state == "accepted"]
    packs = {one.name: mails_about(live, one.address, "You have a place.")[0] for one in placed}

    coordinator = page_for(js=js, width=width)
    sign_in(coordinator, "National coordinator")
    coordinator.goto(f"/training/sessions/{date.key}/")
    coordinator.get_by_role("button", name="Move").click()
    moved = date.starts_at + dt.timedelta(days=7)
    fill_date(coordinator, "New date", moved.date())
    coordinator.get_by_label("No trainer is available").check()
    main = coordinator.locator("main")
    for one in told:
        expect(main).to_contain_text(one.name)
    look(coordinator)
    coordinator.get_by_role("button", name="Read the messages first").click()
    expect(main).to_contain_text("Nothing has been done or sent yet")
    expect(main.locator("pre").first).to_contain_text("Your training date has changed")
    look(coordinator)
    coordinator.get_by_role("button", name="Move the date").click()
    expect(coordinator.get_by_role("alert")).to_contain_text("The date was moved")
    for one in told:
        (mail,) = mails_about(live, one.address, "Your training date has changed")
        if one.state != "accepted":
            assert mail.method == ""  # nothing stands in their calendar
            continue
        assert mail.method == "REQUEST"
        assert mail.entry.uid == packs[one.name].entry.uid
        assert mail.entry.sequence > packs[one.name].entry.sequence
        assert mail.entry.start == moved
        packs[one.name] = mail
    assert starts_in(coordinator.request.get(feed).text()) == [moved]
    assert moved in starts_in(coordinator.request.get("/training/demobilising-and-defusing/dates.ics").text())

    call_off(coordinator, look)
    for one in told:
        (mail,) = mails_about(live, one.address, "This training date will not take place")
        assert ("The next dates for your force:" in mail.text) == (one.force == FORCE)
        if one.state == "accepted":
            assert mail.method == "CANCEL"
            assert mail.entry.uid == packs[one.name].entry.uid
            assert mail.entry.sequence > packs[one.name].entry.sequence
            assert mail.entry.get("STATUS") == "CANCELLED"
    assert "STATUS:CANCELLED" in coordinator.request.get(feed).text()


def own_feed(page: Page, look: Look) -> str:
    """As Uzma Turner: the path of the calendar feed that only she has."""
    sign_in(page, "Peer supporter")
    page.goto("/training/mine/")
    look(page)
    page.get_by_role("link", name="Show my dates in my calendar program").click()
    look(page)
    page.get_by_role("button", name="Make the address").click()
    look(page)
    return "/" + page.get_by_label("Address", exact=True).input_value().split("/", 3)[3]


def call_off(page: Page, look: Look) -> None:
    """As the coordinator, on the page of a date: call it off, having read what is sent."""
    page.get_by_role("link", name="Cancel this date").click()
    page.get_by_label("Operational demand in the force").check()
    page.get_by_role("button", name="Read the messages first").click()
    expect(page.locator("main pre").first).to_contain_text("This training date will not take place")
    look(page)
    page.get_by_role("button", name="Cancel the date").click()
    expect(page.get_by_role("alert")).to_contain_text("The date was cancelled")
    look(page)


@EACH
def test_who_missed_the_day_is_offered_the_next(
    page_for: Windows, live: Standing, look: Look, *, js: bool, width: int
) -> None:
    today = dt.datetime.now(dt.UTC)
    date, shared, following = dates_of(live.home, FORCE)
    last_month = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=10, hour=9, minute=0, second=0)
    put_off(live.home, date, last_month)
    put_off(live.home, shared, following.starts_at + dt.timedelta(days=30))  # it is full
    missing, there = [one for one in named_on(live.home, date) if one.state == "accepted"]

    trainer = page_for(js=js, width=width)
    sign_in(trainer, "Trainer")
    trainer.goto("/training/attendance/")
    expect(trainer.locator("main")).to_contain_text("Registers still open")
    look(trainer)
    trainer.goto(f"/training/attendance/{date.key}/")
    look(trainer)
    trainer.get_by_role("button", name="Record who is there").click()
    for half in ("morning", "afternoon"):
        trainer.get_by_role("button", name=f"Everybody was there in the {half}").click()
    look(trainer)
    person = trainer.locator("section").filter(has=trainer.get_by_role("heading", name=missing.name))
    for half in ("Morning", "Afternoon"):
        person.get_by_role("group", name=half).get_by_label("Not there").check()
    trainer.get_by_role("button", name="Save the register").click()
    trainer.get_by_role("button", name="Close the register").click()
    expect(trainer.get_by_role("alert")).to_contain_text("Those who missed something are told what comes next")
    look(trainer)
    states = {one.name: one.state for one in named_on(live.home, date)}
    assert (states[missing.name], states[there.name]) == ("did-not-attend", "attended")

    (mail,) = mails_about(live, missing.address, "it seems that you could not come")
    assert "Nobody asks you why." in mail.text
    assert "A place on the next date for your force is kept for you:" in mail.text
    visitor = page_for(js=js, width=width)
    visitor.goto(mail.link("/nominations/answer/"))
    assert [(one.name, one.state) for one in named_on(live.home, following)] == [(missing.name, "offered")]
    visitor.get_by_role("button", name="Accept the place").click()
    (pack,) = mails_about(live, missing.address, "a calendar entry comes with it", count=2)[1:]
    assert pack.entry.start == following.starts_at

    lead = page_for(js=js, width=width)
    sign_in(lead, "Wellbeing lead")
    lead.goto("/me/")
    lead.get_by_role("link", name="The month in numbers").click()
    absent = lead.get_by_role("row").filter(has_text="Did not attend")
    expect(absent.get_by_role("cell").first).to_have_text("fewer than 10")
    expect(lead.locator("main")).not_to_contain_text(missing.name)
    look(lead)
