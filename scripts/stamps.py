"""What a step of the set-up was made from, so that a second start does again only what has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".venv" / "stamps"

Sources = Iterable[Path | str]


def is_fresh(name: str, made_from: Sources) -> bool:
    """Whether a step was last done with exactly these files and words."""
    return read(STAMPS / name) == digest(made_from)


def is_unknown(name: str) -> bool:
    """Whether a step was never done here."""
    return not (STAMPS / name).exists()


def put(name: str, made_from: Sources) -> None:
    """Remember that a step is done."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(digest(made_from), encoding="utf-8")


def read(file: Path) -> str:
    """Return a file's text, or nothing where there is no file."""
    return file.read_text(encoding="utf-8") if file.exists() else ""


def digest(made_from: Sources) -> str:
    """Return one hash of all, names included."""
    total = hashlib.sha256()
    for item in made_from:
        total.update(str(item).encode())
        total.update(item.read_bytes() if isinstance(item, Path) else b"")
    return total.hexdigest()
