from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from standdown.audit import anchors, chain
from standdown.audit.act import act
from standdown.audit.models import NATIONAL, Chain
from standdown.audit.queries import prove
from standdown.foundation import access
from standdown.foundation.access import Can
from standdown.notifications import hooks
from standdown.people.models import Base, Force
from standdown.people.roles.policy import Role
from tests import cast
from tests.cast import AT

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A folder elsewhere."""
    settings.HOME, settings.ANCHORS = tmp_path / "home", tmp_path / "elsewhere"
    for made in (settings.HOME, settings.ANCHORS):
        made.mkdir()
    return Path(settings.ANCHORS)


def add_base(force: Force, name: str) -> None:
    with act(access.system("test"), Can.KEEP_BASES, on=force, at=AT):
        Base.objects.create(force=force, name=name)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in sorted(folder.iterdir()) for line in file.read_text().splitlines()]


def test_the_heads_of_all_chains_are_written(folder: Path) -> None:
    force = cast.force()
    add_base(force, "A")
    head = Chain.objects.get(pk=force.pk).head
    assert anchors.write(AT) == 2
    assert lines(folder) == [
        {"time": AT.isoformat(), "chain": str(NATIONAL), "sequence": 0, "hash": chain.FIRST},
        {"time": AT.isoformat(), "chain": str(force.pk), "sequence": 1, "hash": head},
    ]


def test_the_worker_writes_them_every_fifty_minutes_and_a_clock_put_back_does_not_stop_it(folder: Path) -> None:
    assert anchors.each_minute in hooks.EACH_MINUTE
    for minute in (0, 1, 49, 50, 99, 100, 20, 21):
        anchors.each_minute(AT + minute * MINUTE)
    written = [dt.datetime.fromisoformat(line["time"]) for line in lines(folder)]
    assert [(moment - AT) // MINUTE for moment in written] == [0, 50, 100, 20]


def test_each_month_has_a_file_and_the_last_moment_is_found_over_a_torn_line(folder: Path) -> None:
    assert anchors.last_written() is None
    anchors.write(dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.UTC))
    (folder / "heads-2026-11.jsonl").write_text('{"time": "2026-11-0')
    assert anchors.last_written() == dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.UTC)
    anchors.write(AT)
    assert anchors.last_written() == AT
    assert [file.name for file in sorted(folder.iterdir())] == ["heads-2026-10.jsonl", "heads-2026-11.jsonl"]
    known = anchors.kept()
    assert (known.number, known.newest, known.unreadable) == (2, AT.isoformat(), 1)
    assert known.doubts() == ["1 lines among the anchors cannot be read"]


def test_after_two_hours_without_one_it_shows() -> None:
    assert anchors.too_old(AT)
    anchors.write(AT)
    assert [anchors.too_old(AT + dt.timedelta(hours=2, seconds=more)) for more in (0, 1)] == [False, True]


def test_a_disk_that_is_not_there_is_no_folder_beside_the_data(folder: Path, settings: Any) -> None:
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        anchors.each_minute(AT)
    assert (folder.exists(), anchors.last_written()) == (False, None)
    settings.ANCHORS = settings.HOME / "anchors"
    anchors.each_minute(AT)
    assert anchors.last_written() == AT


def test_a_database_built_again_begins_with_anchors_of_its_own(folder: Path, settings: Any) -> None:
    anchors.write(AT)
    anchors.begin_anew(AT + MINUTE)
    assert anchors.last_written() == AT
    settings.ANCHORS = settings.HOME / "anchors"
    anchors.begin_anew(AT)
    anchors.begin_anew(AT + MINUTE)
    assert sorted(one.name for one in settings.HOME.iterdir()) == ["anchors", "anchors-until-20261123T100100000000"]
    assert [line["time"] for line in lines(settings.ANCHORS)] == [(AT + MINUTE).isoformat()]


def test_what_is_compared_with_anchors_shows_more(folder: Path) -> None:
    force = cast.force()
    add_base(force, "A")
    assert (prove().broken, prove().doubts) == ([], ["no anchor was found"])
    anchors.write(AT)
    add_base(force, "B")
    assert (prove().broken, prove().anchors, prove().doubts) == ([], 2, [])
    gone = "00000000-0000-0000-0000-000000000009"
    (folder / "more.jsonl").write_text(json.dumps({"time": "", "chain": gone, "sequence": 1, "hash": "a" * 64}))
    assert [(one.chain, one.why) for one in prove().broken] == [(gone, chain.OLDER)]
    officer = cast.holder(Role.PRIVACY_OFFICER, force, "Pia")
    assert [one.chain for one in prove(officer).verdicts] == [str(force.pk)]


def test_an_officer_of_a_force_whose_chain_is_gone_is_told(folder: Path) -> None:
    force = cast.force()
    seen = {"time": "", "chain": str(force.pk), "sequence": 3, "hash": "a" * 64}
    (folder / "heads.jsonl").write_text(json.dumps(seen))
    client = cast.client_for(cast.holder(Role.PRIVACY_OFFICER, force, "Pia"))
    assert "Broken" in client.get(reverse("audit:check")).content.decode()


def test_the_page_says_when_there_is_nothing_to_compare_with(folder: Path) -> None:
    client = cast.client_for(cast.holder(Role.PRIVACY_OFFICER, cast.force(), "Pia"))
    assert "could not be compared" in client.get(reverse("audit:check")).content.decode()
    anchors.write(AT)
    assert "could not be compared" not in client.get(reverse("audit:check")).content.decode()


def test_anchors_that_cannot_be_read_are_no_yes(folder: Path) -> None:
    (folder / "heads.jsonl").mkdir()
    assert prove().doubts == [f"{folder / 'heads.jsonl'}: Is a directory"]


def test_a_chain_that_was_empty_when_it_was_anchored_may_grow() -> None:
    add_base(cast.force(), "A")
    anchors.write(AT)
    with act(access.system("test"), Can.KEEP_FORCES, on=Force, at=AT):
        pass
    assert (prove().broken, len(prove().verdicts)) == ([], 2)
