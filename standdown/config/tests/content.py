"""What a database holds, row by row: printed by a program of its own, so that two databases can be compared."""

from __future__ import annotations

import hashlib
import json
import os
import sys

import django


def digests() -> dict[str, str]:
    """A hash over all rows of each table, but for the sign-ins, which a restore ends on purpose."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in sorted(set(connection.introspection.table_names()) - {"django_session"}):
            cursor.execute(f'SELECT * FROM "{name}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[name] = f"{len(rows)} {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()}"
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standdown.config.settings")
    django.setup()
    sys.stdout.write(json.dumps(digests()))
