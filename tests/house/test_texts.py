"""Whatever a person reads can be translated: it goes through gettext, whole, and stands in the catalogues."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.house import exceptions
from tests.house.reading import PRODUCT, ROOT, Source, python
from tests.house.texts import (
    joined_in_python,
    joined_in_template,
    not_one_literal,
    refusals_of,
    untranslated_in_python,
    untranslated_in_template,
)

TEMPLATES = sorted(file for file in PRODUCT.glob("**/jinja2/**/*") if file.is_file())
# The command line speaks to operators and the API's description to programmers: in English, as their manuals do.
FOR_OPERATORS = ("standdown/config/cli/", "standdown/config/settings.py", "standdown/api/")
# What somebody reads who went through something, wholly in Welsh: their page and its forms, their mails, what they take
# home, what is said in public about it, and the frame of a mail. Staff screens are in English so far.
OF_THE_PERSON = (
    "standdown/care/mine/forms.py", "standdown/care/mine/screens.py", "standdown/care/mine/views.py",
    "standdown/care/mine/views_own.py", "standdown/care/mine/download.py",
    "standdown/care/jinja2/care/mine/", "standdown/care/jinja2/care/follow_up/mail/message",
    "standdown/care/jinja2/care/defusing/mail/appointment", "standdown/care/jinja2/care/defusing/mail/off",
    "standdown/care/jinja2/care/demobilising/take_", "standdown/care/demobilising/crisis.py",
    "standdown/care/looks/models.py", "standdown/care/wishes/refusals.py", "standdown/care/follow_up/refusals.py",
    "standdown/design/jinja2/design/components/who_looked.html", "standdown/design/jinja2/design/components/exit_page",
    "standdown/design/jinja2/design/base/form.html", "standdown/notifications/jinja2/notifications/mail.html",
    "standdown/public/jinja2/public/statements/what_we_hold.html",
)  # fmt: skip


def _shown() -> list[Source]:
    return [source for source in python() if not source.path.startswith(FOR_OPERATORS)]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(PRODUCT).as_posix())
def test_every_text_of_a_template_can_be_translated(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert untranslated_in_template(text, plain=file.suffix == ".txt") == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(PRODUCT).as_posix())
def test_no_template_glues_texts_together(file: Path) -> None:
    assert joined_in_template(file.read_text(encoding="utf-8")) == []


def test_every_text_in_python_can_be_translated() -> None:
    refusals = refusals_of(python())
    assert [line for source in _shown() for line in untranslated_in_python(source, refusals)] == []


def test_no_text_in_python_is_glued_together() -> None:
    assert [line for source in _shown() for line in joined_in_python(source)] == []


def test_gettext_is_handed_one_literal() -> None:
    found = {line for source in python() for line in not_one_literal(source)}
    assert {line.split(":")[0] for line in found} == exceptions.TEXT_FROM_ELSEWHERE.keys()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_catalogue_holds_every_text(language: str, extracted: set[str]) -> None:
    file = PRODUCT / "locale" / language / "LC_MESSAGES" / "django.po"
    assert file.exists(), "run `make messages`"
    kept = _texts_of(file)
    assert sorted(extracted - kept) == [], "run `make messages`"
    assert sorted(kept - extracted) == [], "run `make messages`"


def test_what_a_person_reads_about_their_care_is_in_welsh() -> None:
    with (PRODUCT / "locale" / "cy" / "LC_MESSAGES" / "django.po").open("rb") as opened:
        catalogue = [one for one in read_po(opened) if one.id]
    theirs = [one for one in catalogue if any(file.startswith(OF_THE_PERSON) for file, _line in one.locations)]
    read = {file for one in theirs for file, _line in one.locations if file.startswith(OF_THE_PERSON)}
    assert [start for start in OF_THE_PERSON if not any(file.startswith(start) for file in read)] == []
    assert [one.id for one in theirs if not _said(one)] == []


def _said(one: Message) -> bool:
    """True when the text is translated, in every form of its number."""
    return all(one.string) if isinstance(one.string, tuple | list) else bool(one.string)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every text that the extraction finds today, by the same keywords as `make messages`."""
    messages = _script("messages")
    file = tmp_path_factory.mktemp("texts") / "django.pot"
    keywords = [part for keyword in messages.KEYWORDS for part in ("--keyword", keyword)]
    command = [messages.PYBABEL, "--quiet", "extract", "--mapping=babel.cfg", *keywords, f"--output={file}", "."]
    subprocess.run(command, cwd=ROOT, check=True)
    return _texts_of(file)


def _texts_of(file: Path) -> set[str]:
    with file.open("rb") as opened:
        return {str(message.id) for message in read_po(opened) if message.id}


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello there</p>",
        '<img alt="A horse">',
        '<button aria-label="Close the list">{{ icon }}</button>',
        "{% if late %}Late{% endif %}",
        '{{ govukButton({"text": "Save"}) }}',
        '{{ "Put forward" if open else _("Closed") }}',
        '<meta name="description" content="Dates for forces">',
    ],
)
def test_a_text_of_a_template_that_cannot_be_translated_is_noticed(text: str) -> None:
    assert len(untranslated_in_template(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<p class="govuk-body">{{ _("Hello there") }}</p>',
        "{% trans name=person.name %}Hello {{ name }}{% endtrans %}",
        "{% trans n=places %}{{ n }} place{% pluralize %}{{ n }} places{% endtrans %}",
        '{{ govukButton({"text": _("Save"), "classes": "govuk-button--secondary"}) }}',
        "{# A note for whoever changes this #}<a href='/x/'>{{ number }} / {{ total }}</a>",
        '<b class="{{ "sd-on" if current else "sd-off" }}">Standdown</b>',
    ],
)
def test_a_text_of_a_template_that_can_be_translated_passes(text: str) -> None:
    assert untranslated_in_template(text) == []


def test_texts_glued_together_in_a_template_are_noticed() -> None:
    assert joined_in_template('{{ _("Due by ") ~ day }}{{ _("a") + _("b") }}{{ _("Due by %(day)s", day=day) }}') == [
        1,
        1,
        1,
    ]


def test_texts_in_python_that_cannot_be_translated_are_noticed() -> None:
    source = Source(
        "made_up.py",
        "class Full(Refusal):\n    def __init__(self):\n        super().__init__('It is full.')\n"
        "class Kind(TextChoices):\n    A = 'a', 'First'\n    B = 'b', _('Second')\n    C = 'c'\n"
        "field = Text(label='Name', help_text=_('As on the card'))\n"
        "messages.success(request, f'{n} people were added.')\nraise Refusal('No.')\nraise Full(3)\n"
        "log.info('started')\n",
    )
    found = [line.split(": ", 1)[1] for line in untranslated_in_python(source, refusals_of([source]))]
    assert found == ["'Name'", "f'{n} people were added.'", "'No.'", "('a', 'First')", "'c'", "'It is full.'"]


def test_texts_glued_together_in_python_are_noticed() -> None:
    source = Source(
        "made_up.py",
        "a = _('Due by ') + day\nb = f\"{_('Due by')} {day}\"\nc = _('Due by %s') % day\nd = _(name)\ne = _(f'x')\n",
    )
    assert [line.split(":")[1] for line in joined_in_python(source)] == ["1", "2"]
    assert [line.split(":")[1] for line in not_one_literal(source)] == ["4", "5"]
