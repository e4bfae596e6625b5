from __future__ import annotations

import datetime as dt

import pytest

from standdown.audit.act import act
from standdown.audit.models import NATIONAL, Chain, Entry
from standdown.foundation import access
from standdown.foundation.access import Can
from standdown.notifications import hooks, record_heads
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Base, Force
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def add_base(force: Force, name: str, at: dt.datetime = AT) -> None:
    with act(access.system("test"), Can.KEEP_BASES, on=force, at=at):
        Base.objects.create(force=force, name=name)


def test_each_force_s_privacy_officers_get_the_head_of_its_chain_once_a_day() -> None:
    assert record_heads.each_day in hooks.EACH_DAY
    ashire, bshire = cast.force("ashire"), cast.force("bshire")
    for force in (ashire, bshire):
        add_base(force, "A")
    head = Chain.objects.get(pk=ashire.pk).head
    for name in ("Pia", "Pat"):
        cast.holder(Role.PRIVACY_OFFICER, ashire, name)
    for _start in range(2):
        record_heads.each_day(AT)
        add_base(ashire, f"B {_start}")
    mails = OutboxMessage.objects.order_by("recipient__given_name")
    assert [mail.recipient.given_name for mail in mails] == ["Pat", "Pia"]
    for mail in mails:
        assert mail.subject == "Keep this: the state of a record"
        assert f"{ashire.pk}:1:{head}" in mail.text
        assert f"{ashire.pk}:1:{head}" in mail.html
        assert not {"Pat", "Pia", "Ashdown", "Ashire"} & set(mail.text.replace(",", " ").split())
    assert Entry.objects.filter(chain=bshire.pk).count() == 1


def test_a_day_on_which_nothing_was_done_brings_none() -> None:
    force = cast.force()
    add_base(force, "A")
    cast.holder(Role.PRIVACY_OFFICER, force, "Pia")
    for day in range(3):
        record_heads.each_day(AT + day * DAY)
    assert OutboxMessage.objects.count() == 1
    add_base(force, "B", AT + 3 * DAY)
    record_heads.each_day(AT + 3 * DAY)
    assert OutboxMessage.objects.count() == 2


def test_a_national_officer_gets_the_national_chain_s() -> None:
    with act(access.system("test"), Can.KEEP_FORCES, on=Force, at=AT):
        pass
    cast.holder(Role.PRIVACY_OFFICER, None, "Pia")
    record_heads.each_day(AT)
    assert f"{NATIONAL}:1:" in OutboxMessage.objects.get().text
