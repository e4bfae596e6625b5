from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from pypdf import PdfReader

from standdown.foundation import access, clock, db, links
from standdown.foundation.links import Link
from standdown.notifications.force_words.actions import write_words
from standdown.people.roles.policy import Role
from standdown.public.cache import shelf
from standdown.training.certificates import actions
from standdown.training.certificates import links as certificate_links
from standdown.training.feedback.tests import scene
from standdown.training.feedback.tests.scene import Scene
from standdown.training.models import Certificate
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    shelf.clear()


def issued(day: Scene) -> Certificate:
    made = actions.issue_certificate(by=access.system("the test"), at=clock.now(), nomination=day.nomination)
    assert made is not None
    return made


def of(made: Certificate, page: str = "") -> str:
    return f"/training/certificates/{made.pk}/{page}"


def test_the_holder_and_a_coordinator_have_the_file_and_nobody_else() -> None:
    day = scene.real_day()
    made = issued(day)
    lead = cast.holder(Role.WELLBEING_LEAD, day.force, "Lena")
    for by, status in ((day.by, 200), (cast.national_coordinator(), 200), (lead, 404)):
        client = cast.client_for(by)
        answer = client.get(of(made, "certificate.pdf"))
        assert (answer.status_code, client.get(of(made)).status_code) == (status, status)
    answer = cast.client_for(day.by).get(of(made, "certificate.pdf"))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer["Content-Disposition"] == f'attachment; filename="certificate-{made.number}.pdf"'
    assert made.number in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_the_holder_finds_whom_to_turn_to_and_nobody_else_does() -> None:
    day = scene.real_day()
    made = issued(day)
    lead = cast.holder(Role.WELLBEING_LEAD, day.force, "Lena")
    words = "Ring peer support about {course}."
    write_words(by=lead, at=clock.now(), force=day.force, kind="after", language="en", words=words, seen=0)
    seen = cast.client_for(day.by).get(of(made)).content.decode()
    assert "Lena Ashdown looks after training in your force" in seen
    assert "Ring peer support about Demobilising and defusing." in seen
    coordinators = cast.client_for(cast.national_coordinator()).get(of(made)).content.decode()
    assert ("Whom to turn to" in coordinators, "peer support" in coordinators) == (False, False)


def test_the_holder_has_it_by_the_link_too(client: Client) -> None:
    made = issued(scene.real_day())
    address = certificate_links.certificate(made, clock.now())
    page = client.get(address).content.decode()
    assert made.number in page
    assert f"{address}certificate.pdf" in page
    assert client.get(f"{address}certificate.pdf").content.startswith(b"%PDF")
    over = links.sign("certificate", Link(made.pk, made.person_id, clock.now() - dt.timedelta(seconds=1)))
    stranger = links.sign("certificate", Link(made.pk, made.nomination_id, clock.now() + dt.timedelta(hours=1)))
    for token, status in ((over, 410), (stranger, 404), ("nonsense", 404)):
        assert client.get(f"/training/certificates/link/{token}/").status_code == status
        assert client.get(f"/training/certificates/link/{token}/certificate.pdf").status_code == 404


def test_a_name_is_shown_in_public_only_after_the_holder_chose_it(client: Client) -> None:
    day = scene.real_day()
    made = issued(day)
    address = f"/certificates/{made.number}/"
    assert b"Ashdown" not in client.get(address).content
    own = cast.client_for(day.by)
    assert own.get(of(made, "name/")).status_code == 200
    assert own.post(of(made, "name/"), {"show": "yes"}).status_code == 303
    assert b"Alice Ashdown" in client.get(address).content
    own.post(of(made, "name/"), {"show": "no"})
    assert b"Ashdown" not in client.get(address).content
    nadia = cast.client_for(cast.national_coordinator())
    assert (nadia.get(of(made, "name/")).status_code, nadia.post(of(made, "name/")).status_code) == (404, 404)


def test_a_coordinator_revokes_and_the_public_page_knows_at_once(client: Client) -> None:
    made = issued(scene.real_day())
    address, nadia = f"/certificates/{made.number}/", cast.client_for(cast.national_coordinator())
    assert b"This certificate is genuine and valid until" in client.get(address).content
    assert b"Choose why it is revoked" in nadia.post(of(made, "revoke/"), {"reason": ""}).content
    assert nadia.get(of(made, "revoke/")).status_code == 200
    answer = nadia.post(of(made, "revoke/"), {"reason": "mistake"}, follow=True)
    assert b"The certificate was revoked, and its holder is told." in answer.content
    assert b"It does not hold" in client.get(address).content
    assert nadia.get(of(made, "certificate.pdf")).status_code == 404
    again = nadia.post(of(made, "revoke/"), {"reason": "mistake"})
    assert b"was revoked already" in again.content


def test_a_coordinator_is_told_that_nobody_could_be(client: Client) -> None:
    made = issued(scene.real_day(work_email=""))
    nadia = cast.client_for(cast.national_coordinator())
    answer = nadia.post(of(made, "revoke/"), {"reason": "mistake"}, follow=True)
    assert b"the holder has no e-mail address" in answer.content


def test_a_certificate_is_issued_anew_and_the_old_number_says_replaced(client: Client) -> None:
    day = scene.real_day()
    made, nadia = issued(day), cast.client_for(cast.national_coordinator())
    assert b"Put them right first" in nadia.post(of(made, "reissue/")).content
    with db.open_for("the cast"):
        type(made.person).objects.filter(pk=made.person_id).update(family_name="Ashdowne")
    assert b"Alice Ashdowne" in nadia.get(of(made, "reissue/")).content
    nadia.post(of(made, "reissue/"))
    new = Certificate.objects.standing().get()
    assert new.name == "Alice Ashdowne"
    assert b"was issued anew on" in client.get(f"/certificates/{made.number}/").content
    assert b"See the certificate that replaces it" in nadia.get(of(made)).content


def test_the_list_is_for_a_coordinator() -> None:
    day = scene.real_day()
    made = issued(day)
    nadia = cast.client_for(cast.national_coordinator())
    assert made.number.encode() in nadia.get("/training/certificates/").content
    assert b"No certificate fits" in nadia.get("/training/certificates/", {"q": "nobody"}).content
    assert cast.client_for(day.by).get("/training/certificates/").status_code == 404


# -- for anyone -------------------------------------------------------------------------------------------------------


def test_what_anyone_may_know_of_a_certificate(client: Client) -> None:
    day = scene.real_day()
    made = issued(day)
    page = client.get(f"/certificates/{made.number}/").content.decode()
    assert "Demobilising and defusing" in page
    for hidden in ("Ashdown", day.force.name, day.force.short_name + "<", str(made.person_id), str(made.pk)):
        assert hidden not in page
    assert '<meta name="robots" content="noindex">' in page
    typed = client.get(f"/certificates/{made.number.lower().replace('-', ' ')}/")
    assert (typed.status_code, typed["Location"]) == (302, f"/certificates/{made.number}/")


def test_a_certificate_whose_time_is_over_says_since_when(client: Client) -> None:
    made = issued(scene.day(dt.date(2020, 1, 10), closed_at=dt.datetime(2020, 1, 10, 17, tzinfo=dt.UTC)))
    page = client.get(f"/certificates/{made.number}/").content.decode()
    assert "has not been valid since 10 January 2022" in page


def test_the_public_page_is_kept_until_midnight_and_for_one_statement(client: Client) -> None:
    made = issued(scene.real_day())
    first = client.get(f"/certificates/{made.number}/")
    (kept,) = shelf._pages.values()
    assert kept.until == clock.start_of_day(clock.london_day(clock.now()) + dt.timedelta(days=1))
    assert client.get(f"/certificates/{made.number}/", headers={"If-None-Match": first["ETag"]}).status_code == 304
