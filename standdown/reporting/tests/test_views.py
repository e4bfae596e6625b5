"""The page of figures and its file: of one's own force, or of all together; published tables and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any
from typing import cast as typed

import pytest
from django.urls import reverse

from standdown.foundation import db
from standdown.foundation.access import Actor
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.reporting import policy, queries, screens
from standdown.reporting.counts import Counts
from standdown.reporting.models import Release
from standdown.reporting.suppression import Mark, PublishedTable, Told, added_up
from tests import cast

pytestmark = pytest.mark.django_db
APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
LINES: tuple[
    tuple[str, tuple[Told, ...]], ...
] = (  # of defusing: exposed, offered, accepted, held, declined, no reply, late
    ("2026-04", (40, 35, Mark.FEW, 25, Mark.FEW, Mark.FEW, Mark.FEW)),
    ("2026-05", (15, Mark.WITHHELD, Mark.FEW, Mark.FEW, Mark.FEW, Mark.FEW, Mark.FEW)),
    ("2026-04..2026-05", (55, 45, Mark.FEW, 30, Mark.FEW, Mark.FEW, Mark.FEW)),
)
FEW = "under 10"


def told() -> dict[str, Told]:
    cells: dict[str, Told] = dict.fromkeys(policy.listed(MAY), Mark.FEW)
    for span, numbers in LINES:
        for column, number in zip((policy.EXPOSED, *policy.COLUMNS), numbers, strict=True):
            cells[policy.cell(span, "defuse", column)] = number
    return cells


def release(of: Force, last: dt.date = MAY) -> Release:
    with db.open_for("the cast"):
        return Release.objects.create(force=of, last=last, told=told(), hash="0" * 64, released_at=cast.AT)


def text(who: Actor, **asked: str) -> str:
    answer = cast.client_for(who).get(reverse("reporting:figures"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def lines(who: Actor, **asked: str) -> list[list[str]]:
    answer = cast.client_for(who).get(reverse("reporting:file"), asked)
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("role", [Role.ESTIP_LEAD, Role.ESTIP_COORDINATOR, Role.WELLBEING_LEAD])
def test_a_lead_reads_the_newest_table_of_their_own_force(role: Role) -> None:
    own, other = cast.force(), cast.force("bshire")
    release(own)
    release(other)
    page = text(cast.holder(role, own))
    assert own.short_name in page
    assert other.short_name not in page
    assert "Why is a number hidden?" in page


def test_the_file_is_what_is_on_screen() -> None:
    force = cast.force()
    release(force)
    lead = cast.holder(Role.ESTIP_LEAD, force)
    found = lines(lead)
    assert found == [
        ["Month", "Exposed", "Offered", "Accepted", "Held", "Declined", "No reply", "Late"],
        ["April 2026", "40", "35", FEW, "25", FEW, FEW, FEW],
        ["May 2026", "15", "not shown", FEW, FEW, FEW, FEW, FEW],
        ["All months", "55", "45", FEW, "30", FEW, FEW, FEW],
    ]
    page = text(lead)
    assert all(f">{cell}</td>" in page for _name, *cells in found[1:] for cell in cells)


def test_the_national_coordinator_reads_the_sum_of_what_forces_tell() -> None:
    for slug in ("ashire", "bshire"):
        release(cast.force(slug))
    found = lines(cast.national_coordinator())
    assert found[1] == ["April 2026", "80", "70", "not shown", "50", *["not shown"] * 3]
    assert "2 forces" in text(cast.national_coordinator())


def test_another_step_and_an_earlier_table_are_asked_for_by_address() -> None:
    force = cast.force()
    release(force)
    release(force, APRIL)
    lead = cast.holder(Role.WELLBEING_LEAD, force)
    assert lines(lead, step="month", last="2026-04")[1][:4] == ["April 2026", "40", FEW, FEW]
    assert len(lines(lead, last="2026-04")) == 2
    assert lines(lead, step="x", last="not a month") == lines(lead, step="defuse", last="2025-01") == lines(lead)


def test_before_anything_is_told_the_page_says_when() -> None:
    lead = cast.holder(Role.ESTIP_LEAD, cast.force())
    assert "No figures yet" in text(lead)
    assert cast.client_for(lead).get(reverse("reporting:file")).status_code == 404


def test_the_menu_leads_to_the_figures_only_for_who_may_see_them() -> None:
    force = cast.force()
    address = reverse("reporting:figures")
    assert f'href="{address}"' in text(cast.holder(Role.ESTIP_LEAD, force))
    assert cast.client_for(cast.holder(Role.SUPERVISOR, force)).get(address).status_code == 404


def test_a_page_takes_no_counts() -> None:
    shown = queries.Shown(None, 1, APRIL, [APRIL], typed("Any", Counts({"2026-04|exposed": 3})))
    with pytest.raises(TypeError, match="published"):
        screens.page(shown, "defuse")


def test_a_sum_says_nothing_of_what_was_hidden() -> None:
    one, other = PublishedTable({"a": 10, "b": Mark.FEW}), PublishedTable({"a": 15, "b": Mark.WITHHELD})
    assert added_up([one, other]).cells == added_up([other, one]).cells == {"a": 25, "b": Mark.WITHHELD}
