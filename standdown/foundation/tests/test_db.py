import datetime as dt

import pytest
from django.db import DataError, connection

from standdown.foundation import db
from standdown.people.models import Force
from standdown.training.models import Session
from tests import cast


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 6, 23), True), ((3, 7, 0), False), ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True),
        ((3, 45, 0), False), ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)  # fmt: skip
def test_write_ahead_logging_is_used_only_where_it_loses_nothing(version: tuple[int, int, int], *, safe: bool) -> None:
    assert db.wal_is_safe(version) is safe
    pragmas = db.sqlite_pragmas(version)
    assert ("journal_mode=WAL" in pragmas) is safe
    assert ("synchronous=EXTRA" in pragmas) is not safe


def test_a_file_that_stays_in_an_unsafe_mode_is_refused() -> None:
    with pytest.raises(db.UnsafeSQLite, match=r"SQLite 3\.40\.1 can lose writes"):
        db.refuse_unsafe("wal", (3, 40, 1))
    db.refuse_unsafe("wal", (3, 51, 3))
    db.refuse_unsafe("delete", (3, 40, 1))


def test_database_addresses() -> None:
    assert db.settings_for("sqlite:////var/lib/standdown.sqlite3")["NAME"] == "/var/lib/standdown.sqlite3"
    postgres = db.settings_for("postgresql://amy:p%40ss@db:5433/standdown")
    assert [postgres[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "amy", "p@ss", "db", "5433", "standdown",
    ]  # fmt: skip
    careful = db.settings_for("postgresql://amy@/standdown?host=%2Frun%2Fpg&sslmode=verify-full&sslrootcert=%2Fca.pem")
    assert careful["HOST"] == "/run/pg"
    assert careful["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/ca.pem"}
    with pytest.raises(ValueError, match="mysql"):
        db.settings_for("mysql://somewhere/x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_force SET name = 'x'",
        "  insert into training_session (id) values ('x')",
        'DELETE FROM "audit_entry"',
        "INSERT OR REPLACE INTO people_base (id) VALUES ('x')",
        "TRUNCATE TABLE notifications_outboxmessage",
    ],
)
def test_the_watch_stops_plain_sql_too(sql: str) -> None:
    with connection.cursor() as cursor, pytest.raises(db.WriteOutsideAct):
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_watch_lets_reading_through() -> None:
    assert list(Force.objects.all()) == []


@pytest.mark.django_db
def test_every_write_to_public_data_raises_the_number_of_the_public_pages() -> None:
    before = db.public_version()
    force = cast.force()
    after_force = db.public_version()
    assert after_force > before
    session = cast.session(cast.course(), force)
    after_session = db.public_version()
    assert after_session > after_force
    with db.open_for("the test"):
        Session.objects.filter(pk=session.pk).update(capacity=3)
    assert db.public_version() == after_session + 1
    with db.open_for("the test"):
        session.for_forces.all().delete()
    assert db.public_version() == after_session + 2


@pytest.mark.django_db
def test_a_write_that_the_public_cannot_see_leaves_the_number() -> None:
    force = cast.force()
    before = db.public_version()
    cast.person(force)
    assert db.public_version() == before


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23 08:00:00+00", dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)),
        ("2026-07-01 09:30:15.25+01", dt.datetime(2026, 7, 1, 8, 30, 15, 250_000, tzinfo=dt.UTC)),
        ("1900-01-01 00:00:00.000001+00", dt.datetime(1900, 1, 1, 0, 0, 0, 1, tzinfo=dt.UTC)),
    ],
)
def test_moments_are_read_in_utc(text: str, moment: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [text])
        found, nothing = cursor.fetchone()
    assert (found, found.tzinfo, nothing) == (moment, dt.UTC, None)


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("text", ["10000-01-01 00:00:00+00", "0044-03-15 00:00:00+00 BC", "infinity"])
def test_moments_that_no_year_of_ours_holds_are_an_error(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        with pytest.raises(DataError):
            cursor.fetchone()


@pytest.mark.postgres
@pytest.mark.django_db
def test_moments_of_another_zone_are_read_as_ever() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Europe/London'")
        cursor.execute("SELECT '2026-07-01 08:00:00+00'::timestamptz")
        (found,) = cursor.fetchone()
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
    assert found.replace(tzinfo=None) == dt.datetime(2026, 7, 1, 9)  # noqa: DTZ001
