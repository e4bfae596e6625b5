"""Signing in: a made-up lead adds a passkey and comes back with it; an invited person takes a password and an app."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Windows
from tests.journeys.passkey import Passkey
from tests.journeys.standing import Standing

PASSWORD = "four words that do not meet"
Look = Callable[[Page], None]


def enter_as(page: Page, role: str) -> None:
    page.goto("/sign-in/demonstration/")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=role, exact=True))
    card.first.get_by_role("button").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def sees_dates_of_own_force_only(page: Page, force: str) -> None:
    """Every date of the list is for that force; one of another force, found in public, is not there for a lead."""
    page.goto("/training/sessions/")
    listed = page.locator(".sd-session")
    expect(listed.filter(has_text=force)).not_to_have_count(0)
    expect(listed.filter(has_not_text=force)).to_have_count(0)
    page.goto("/training/demobilising-and-defusing/forces/cumbria/")
    theirs = page.locator(".sd-session a").first.get_attribute("href") or ""
    answer = page.goto(f"/training/sessions/{theirs.rstrip('/').rpartition('/')[2]}/")
    assert answer is not None
    assert answer.status == 404
    page.goto("/training/sessions/")


def test_a_lead_adds_a_passkey_and_signs_in_with_it(page_for: Windows, look: Look) -> None:
    page = page_for()
    passkey = Passkey(page)
    page.goto("/sign-in/login/")
    look(page)
    page.get_by_role("link", name="Look round as one of the made-up people").click()
    look(page)
    enter_as(page, "Wellbeing lead")
    expect(page).to_have_url(re.compile("/training/nominations/$"))

    page.goto("/sign-in/ways/")
    look(page)
    page.get_by_role("button", name="Add a passkey").click()
    look(page)
    page.get_by_label("Name of the passkey").fill("Work phone")
    page.get_by_role("button", name="Make a passkey on this device").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert passkey.credentials() == 1
    look(page)
    page.get_by_role("button", name="I have kept them").click()
    expect(page).to_have_url(re.compile("/training/nominations/$"))
    sign_out(page)

    page.goto("/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/training/nominations/$"))
    sees_dates_of_own_force_only(page, "Bedfordshire")
    page.goto("/sign-in/ways/")
    expect(page.get_by_text("Work phone").first).to_be_visible()
    expect(page.get_by_text("This is your only way in.")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Where you are signed in").click()
    expect(page.get_by_text("This is where you are now")).to_have_count(1)
    look(page)


def test_a_device_that_does_not_know_its_owner_opens_nothing(page_for: Windows) -> None:
    page = page_for()
    passkey = Passkey(page)
    passkey.refuse()
    page.goto("/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was given")
    expect(page).to_have_url(re.compile("/sign-in/login/$"))


def test_at_an_address_by_number_the_way_to_passkeys_is_shown(page_for: Windows, live: Standing, look: Look) -> None:
    page = page_for()
    page.goto(f"http://127.0.0.1:{live.port}/sign-in/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    look(page)
    page.get_by_role("link", name="to use one").click()
    expect(page).to_have_url(re.compile("/sign-in/login/$"))


def test_an_invited_person_takes_a_password_and_an_app_without_scripts(page_for: Windows, look: Look) -> None:
    address, email = invite(page_for())
    page = page_for(js=False, width=360)
    page.goto(address)
    expect(page.get_by_role("heading", name="Choose how you sign in")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Use a password and an authenticator app instead").click()
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Set the password").click()
    look(page)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    look(page)
    page.goto("/me/")
    expect(page).to_have_url(re.compile("/sign-in/ways/$"))
    look(page)

    key, recovery = set_up_app(page, look)
    page.get_by_role("button", name="I have kept them").click()
    expect(page).to_have_url(re.compile("/training/mine/$"))
    sign_out(page)
    type_password(page, email)
    look(page)
    enter_code(page, code_at(key, steps=1))  # each code works once, and the next one is taken too
    expect(page).to_have_url(re.compile("/training/mine/$"))
    sign_out(page)
    type_password(page, email)
    enter_code(page, recovery)
    page.goto("/sign-in/ways/")
    expect(page.get_by_text("9 left")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="This invitation does not work")).to_be_visible()


def set_up_app(page: Page, look: Look) -> tuple[str, str]:
    """From the ways to sign in to the recovery codes; the app's key and the first of the codes."""
    page.get_by_role("link", name="Set up an authenticator app").click()
    key = (page.locator("code").text_content() or "").replace(" ", "")
    page.get_by_label("Code that the app shows").fill("000 000")
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_text("The code is not right").first).to_be_visible()
    page.get_by_label("Code that the app shows").fill(code_at(key, steps=0))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator("code").first.inner_text()
    look(page)
    return key, recovery


def type_password(page: Page, email: str) -> None:
    page.goto("/sign-in/login/")
    page.get_by_label("Work email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in with a password").click()


def enter_code(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()


def invite(page: Page) -> tuple[str, str]:
    """As a system administrator, invite somebody who has no account; the link as it went out, and their address."""
    enter_as(page, "System administrator")
    page.goto("/people/accounts/")
    addresses = [link.get_attribute("href") or "" for link in page.get_by_role("table").get_by_role("link").all()]
    to_invite = page.get_by_role("link", name="Invite to sign in")
    for address in reversed(addresses):
        page.goto(address)
        if to_invite.count():
            break
    facts = page.locator(".govuk-summary-list__row").filter(has_text="Work email address")
    email = facts.locator("dd").first.inner_text()
    to_invite.click()
    page.get_by_role("button", name="Send the invitation").click()
    page.goto("/notifications/")
    page.get_by_role("link", name="You can sign in to Standdown").first.click()
    found = re.search(r"https?://\S+/sign-in/invitation/\S+", page.locator("pre").inner_text())
    assert found is not None
    return found.group(), email


def code_at(key: str, *, steps: int) -> str:
    """What an authenticator app shows, some steps of 30 seconds from now: RFC 6238 with SHA-1 and six figures."""
    digest = hmac.digest(base64.b32decode(key), struct.pack(">Q", int(time.time()) // 30 + steps), "sha1")
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"
