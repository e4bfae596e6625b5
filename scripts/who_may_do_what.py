"""Print who may do what from the code into docs/who-may-do-what.md. A test fails while the file is out of date."""

import os
from pathlib import Path

import django

TABLE = Path(__file__).resolve().parent.parent / "docs" / "who-may-do-what.md"


def main() -> None:
    """Write the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")
    django.setup()
    from standdown.people.roles.table import as_markdown  # it needs Django set up

    TABLE.write_text(as_markdown(), encoding="utf-8")
    print(f"{TABLE.name} is current.")


if __name__ == "__main__":
    main()
