"""Gather every text into the languages' catalogues, and compile them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYBABEL = ROOT / ".venv" / "bin" / "pybabel"
LOCALE = ROOT / "standdown" / "locale"
TEMPLATE = ROOT / "build" / "django.pot"
LANGUAGES = ("cy", "en")
BLANKS = re.compile("FULL NAME|EMAIL@ADDRESS|LL@li.org|PO-Revision-Date|POT-Creation-Date|Standdown VERSION")
# Django's lazy and contextual forms, beside those that Babel knows.
KEYWORDS = (
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)


def main() -> None:
    """Extract, merge into each language without guessing, compile."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    keywords = [part for keyword in KEYWORDS for part in ("--keyword", keyword)]
    about = ("--project=Standdown", "--header-comment=# The texts of Standdown.")
    # Without line numbers a catalogue changes only when a text does.
    plain = ("--add-location=file", "--sort-by-file", "--width=110")
    _pybabel("extract", "--mapping=babel.cfg", *keywords, *about, *plain, f"--output={TEMPLATE}", ".")
    for language in LANGUAGES:
        catalogue = LOCALE / language / "LC_MESSAGES" / "django.po"
        options = (
            f"--input-file={TEMPLATE}",
            f"--output-file={catalogue}",
            f"--locale={language}",
            "--width=110",
        )
        if not catalogue.exists():
            catalogue.parent.mkdir(parents=True, exist_ok=True)
            _pybabel("init", *options)
        _pybabel("update", "--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", *options)
        _drop_blanks(catalogue)
    _pybabel("compile", f"--directory={LOCALE}", "--domain=django")


def _drop_blanks(catalogue: Path) -> None:
    """Leave out the header lines that Babel prints for somebody to fill in, and that nothing reads."""
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join(line for line in lines if not BLANKS.search(line)), encoding="utf-8")


def _pybabel(*arguments: str) -> None:
    subprocess.run([PYBABEL, "--quiet", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
