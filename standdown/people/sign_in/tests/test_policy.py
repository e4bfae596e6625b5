import pytest

from standdown.people.roles.policy import Role
from standdown.people.sign_in import policy
from standdown.people.sign_in.policy import WaysIn


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ({Role.NATIONAL_COORDINATOR}, "overview:national"),
        ({Role.WELLBEING_LEAD}, "nominations:board"),
        ({Role.WELLBEING_LEAD, Role.DEFUSER}, "nominations:board"),
        ({Role.TRAINER}, "attendance:next"),
        ({Role.SYSTEM_ADMINISTRATOR}, "accounts:list"),
        ({Role.PRIVACY_OFFICER}, "audit:entries"),
        ({Role.WELLBEING_LEAD, Role.ESTIP_LEAD}, "nominations:board"),
        ({Role.ESTIP_COORDINATOR, Role.SUPERVISOR}, "boards:board"),
        ({Role.OCCUPATIONAL_HEALTH}, "referrals:list"),
        ({Role.POST_INCIDENT_MANAGER}, "exposures:restrict"),
        ({Role.SUPERVISOR, Role.DEFUSER}, "demobilising:duty-end"),
        ({Role.DEFUSER}, "defusing:mine"),
        ({Role.PEER_SUPPORTER}, "defusing:mine"),
        ({Role.CONTROL_ROOM}, "exposures:raise-control-room"),
        (set(), "mine:page"),
    ],
)
def test_each_role_begins_with_its_own_page(roles: set[Role], page: str) -> None:
    assert policy.first_page(roles) == page


def test_roles_stand_in_the_order_of_their_use_and_no_role_comes_last() -> None:
    roles = ["", Role.SUPERVISOR, Role.WELLBEING_LEAD, Role.NATIONAL_COORDINATOR]
    assert sorted(roles, key=policy.standing) == roles[::-1]


@pytest.mark.parametrize(
    ("ways", "enough", "second"),
    [
        (WaysIn(), False, False),
        (WaysIn(password=True), False, False),
        (WaysIn(app=True), False, True),
        (WaysIn(password=True, app=True), True, True),
        (WaysIn(passkeys=1), True, True),
    ],
)
def test_a_password_alone_is_not_enough(ways: WaysIn, enough: bool, second: bool) -> None:
    assert (ways.enough, ways.has_second_factor) == (enough, second)


@pytest.mark.parametrize(
    ("ways", "passkey", "app"),
    [
        (WaysIn(passkeys=1), False, True),
        (WaysIn(passkeys=2), True, True),
        (WaysIn(passkeys=1, password=True), False, True),
        (WaysIn(passkeys=1, app=True), False, True),
        (WaysIn(passkeys=1, password=True, app=True), True, True),
        (WaysIn(password=True, app=True), True, False),
    ],
)
def test_nobody_locks_themselves_out(ways: WaysIn, passkey: bool, app: bool) -> None:
    assert (policy.may_remove_passkey(ways), policy.may_remove_app(ways)) == (passkey, app)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0 Safari/537.36 Edg/126.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", ("Firefox", "Linux")),
        ("", ("", "")),
    ],
)
def test_a_place_is_told_by_browser_and_system(user_agent: str, words: tuple[str, str]) -> None:
    assert policy.device(user_agent) == words
