"""The file read back: what it says, that it is tagged, that no name is a command."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader

from standdown.foundation import access, db
from standdown.training.certificates import actions, pdf
from standdown.training.feedback.tests import scene
from standdown.training.feedback.tests.scene import AT
from standdown.training.models import Certificate, Course, CourseVersion
from tests import cast

pytestmark = pytest.mark.django_db


def certificate(**facts: Any) -> Certificate:
    """A certificate of somebody, with these facts in place of its own."""
    day = scene.day(language=facts.get("language", "en"))
    made = actions.issue_certificate(by=access.system("the test"), at=AT, nomination=day.nomination)
    assert made is not None
    for name, value in facts.items():
        setattr(made, name, value)
    return made


def read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def text_of(file: bytes) -> str:
    return " ".join(read(file).pages[0].extract_text().split())


def test_it_is_one_tagged_page_in_english_with_everything_on_it() -> None:
    made = certificate(number="DD-7KQ4-MDHX")
    file = read(pdf.drawn(made))
    assert len(file.pages) == 1
    assert (round(file.pages[0].mediabox.width), round(file.pages[0].mediabox.height)) == (595, 842)  # A4 in points
    root: Any = file.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert file.metadata is not None
    assert file.metadata.title == "Certificate DD-7KQ4-MDHX"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    words = text_of(pdf.drawn(made))
    for said in (
        "Certificate of training", "Alice Ashdown", "Demobilising and defusing", "Friday 20 November 2026",
        "20 November 2028", "23 November 2026", "DD-7KQ4-MDHX", "certificates/DD-7KQ4-MDHX",
    ):  # fmt: skip
        assert said in words


def kinds(element: Any) -> set[str]:
    """The kinds of element in the tree that a screen reader follows."""
    found = {str(element["/S"])} if "/S" in element else set()
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(inner, dict):
            found |= kinds(inner)
    return found


def test_it_has_a_heading_and_a_link_that_can_be_followed() -> None:
    file = read(pdf.drawn(certificate(number="DD-7KQ4-MDHX")))
    root: Any = file.trailer["/Root"]
    assert {"/H1", "/P", "/Link"} <= kinds(root["/StructTreeRoot"])
    annotations: Any = file.pages[0]["/Annots"]
    links = {one.get_object()["/A"]["/URI"] for one in annotations}
    assert links == {f"{settings.ORIGIN}/certificates/DD-7KQ4-MDHX/"}


def test_in_welsh_it_says_so_and_takes_the_welsh_title() -> None:
    made = certificate(language="cy")
    with db.open_for("the cast"):
        CourseVersion.objects.update(title_cy="Dadfyddino a lleddfu, dŵr a thŷ")
    made.version.refresh_from_db()
    file = pdf.drawn(made)
    root: Any = read(file).trailer["/Root"]
    assert root["/Lang"] == "cy-GB"
    assert "Dadfyddino a lleddfu, dŵr a thŷ" in text_of(file)
    assert "Tachwedd 2028" in text_of(file)


def test_train_the_trainer_says_what_was_learnt() -> None:
    made = certificate()
    made.version.course.kind = Course.Kind.TRAIN_THE_TRAINER
    assert "and has learnt to train others." in text_of(pdf.drawn(made))


@pytest.mark.parametrize(
    "name",
    [
        '#eval("1")', "*Ann* _Bee_", "Ann $x^2$ Bee", '#import "x": *', "Siân O'Brien-Ŵyn", 'Ann "Bo" Bee', "= Ann",
        "@ann <bee>", "Ann\\ Bee", "- Ann // Bee", "{{ Ann }} [Bee]", "sys.inputs",
    ],
)  # fmt: skip
def test_a_name_is_never_a_command(name: str) -> None:
    assert name in text_of(pdf.drawn(certificate(name=name)))


@pytest.mark.parametrize("name", ["Anna-Maria " * 14, "A" * 161, "W" * 80 + " " + "W" * 80])
def test_a_long_name_stays_on_the_page(name: str) -> None:
    file = read(pdf.drawn(certificate(name=name.strip())))
    assert len(file.pages) == 1


def test_a_name_in_letters_that_the_fonts_do_not_have_still_makes_a_file() -> None:
    file = read(pdf.drawn(certificate(name="名前 Ann")))
    root: Any = file.trailer["/Root"]
    assert (len(file.pages), root["/MarkInfo"]["/Marked"]) == (1, True)


def test_the_same_certificate_is_the_same_bytes() -> None:
    made = certificate()
    assert pdf.drawn(made) == pdf.drawn(made)
    first = pdf.drawn(made)
    made.issued_at += dt.timedelta(days=1)
    assert pdf.drawn(made) != first


def test_the_file_is_named_after_the_number_and_nobody() -> None:
    assert pdf.filename(certificate(number="DD-7KQ4-MDHX")) == "certificate-DD-7KQ4-MDHX.pdf"
    assert cast.AT == AT


def test_who_reads_welsh_has_their_certificate_in_welsh() -> None:
    facts: Any = pdf.facts_of(certificate(language="cy"))
    assert (facts["language"], facts["heading"]) == ("cy", "Tystysgrif hyfforddiant")
    assert facts["did"] == "wedi cwblhau'r cwrs"
    assert [label for label, _value in facts["rows"]] == [
        "Diwrnod yr hyfforddiant", "Fersiwn y cwrs", "Yn ddilys tan", "Cyhoeddwyd ar", "Rhif y dystysgrif",
    ]  # fmt: skip
