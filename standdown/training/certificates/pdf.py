"""A certificate as a PDF: one page, tagged, in its holder's language; the same bytes whenever it is asked for.

Facts go to Typst as data, never as source, so that no name can be read as a command.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from standdown.design.times import long_date, plain_date
from standdown.training.certificates.links import public_page
from standdown.training.certificates.models import Certificate
from standdown.training.courses.models import Course

LAYOUT = Path(__file__).with_name("certificate.typ")
ACCESSIBLE: list[typst.PDFStandard] = ["ua-1"]


def drawn(certificate: Certificate) -> bytes:
    """The file. Where no letter of the fonts can show a name, it is tagged all the same but claims no standard."""
    facts = {"facts": json.dumps(facts_of(certificate))}
    try:
        return _compiled(certificate, facts, ACCESSIBLE)
    except typst.TypstError:
        return _compiled(certificate, facts, [])


def _compiled(certificate: Certificate, facts: dict[str, str], standards: list[typst.PDFStandard]) -> bytes:
    made = typst.compile(
        _layout(),
        format="pdf",
        sys_inputs=facts,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=standards,
        timestamp=int(certificate.issued_at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _layout() -> bytes:
    return LAYOUT.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts that Typst itself carries: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def facts_of(certificate: Certificate) -> dict[str, object]:
    """Everything that stands on the page, as words in the certificate's language."""
    version, lang = certificate.version, certificate.language
    address = settings.ORIGIN + public_page(certificate.number)
    with translation.override(lang):
        return {
            "title": _("Certificate %(number)s") % {"number": certificate.number},
            "language": lang,
            "brand": "Standdown",
            "number": certificate.number,
            "heading": _("Certificate of training"),
            "holder_label": _("This is to say that"),
            "name": certificate.name,
            "did": _("completed the course"),
            "course": version.title_cy if lang == "cy" and version.title_cy else version.title,
            "may": _may(version.course.kind),
            "rows": [
                [_("Day of training"), long_date(certificate.trained_on)],
                [_("Course version"), str(version.number)],
                [_("Valid until"), plain_date(certificate.valid_until)],
                [_("Issued on"), plain_date(certificate.issued_at)],
                [_("Certificate number"), certificate.number],
            ],
            "check_words": _("Anyone can check this certificate at"),
            "check_address": address,
            "check_shown": address.partition("://")[2].rstrip("/"),
            "note": _("That page says whether it still holds. It names nobody unless the holder wishes it."),
        }


def _may(kind: str) -> str:
    if kind == Course.Kind.TRAIN_THE_TRAINER:
        return _("and has learnt to train others.")
    return _("and has learnt to demobilise and to defuse.")


def filename(certificate: Certificate) -> str:
    """What the file is called on the holder's machine: nothing that names them."""
    return f"certificate-{certificate.number}.pdf"
