"""Lock every Python package by version and hash.

The lock files name no download host: a machine takes packages from whatever index it is set up to trust,
and the hashes say whether it got the right ones.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
# In this order, because a later one is held to what an earlier one chose.
NAMES = ("base", "tools", "dev", "node")
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
)


def main() -> None:
    """Write requirements/*.txt from requirements/*.in; `--upgrade` takes newer versions."""
    environment = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "make lock"}
    for name in NAMES:
        source, locked = f"requirements/{name}.in", f"requirements/{name}.txt"
        command = [UV, "pip", "compile", "--quiet", *OPTIONS, *sys.argv[1:], source, "--output-file", locked]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        print(f"locked {locked}")


if __name__ == "__main__":
    main()
