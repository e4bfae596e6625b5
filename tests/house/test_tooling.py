"""The tree can be set up anywhere: locked, explained, and tied to no machine."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKED = sorted(REQUIREMENTS.glob("*.txt"))
WANTED = sorted(REQUIREMENTS.glob("*.in"))
SETTINGS = ROOT / "standdown" / "config" / "settings.py"
# Folders of the machines that people work on; the folders of a system that we install on are not among them.
MACHINE_PATHS = re.compile(r"(?<![\w.$}/*])/(?:work|home|root|Users|tmp|mnt|builds|workspace)/[\w.-]+")


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.name)
def test_a_lock_file_names_no_download_host(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--index|--extra|--find-links).*", text) == []


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.name)
def test_every_locked_package_is_held_to_a_hash(file: Path) -> None:
    packages = re.split(r"\n(?=[a-z0-9])", file.read_text(encoding="utf-8"))[1:]
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert [package.splitlines()[0] for package in packages if "==" not in package] == []


def test_the_lock_of_the_styles_names_no_download_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert [name for name, facts in packages.items() if "integrity" not in facts] == []


@pytest.mark.parametrize("file", WANTED, ids=lambda file: file.name)
def test_every_dependency_says_why_it_is_here(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#-"]
    assert lines != []
    assert [line for line in lines if not re.fullmatch(r"\S+ +# \S.{8,}", line)] == []


def test_every_wanted_file_is_locked() -> None:
    assert [file.stem for file in WANTED] == [file.stem for file in LOCKED]


def test_the_wheel_depends_on_what_base_says() -> None:
    wanted = _names(REQUIREMENTS / "base.in")
    locked = {re.split(r"[=\[ ]", line)[0] for line in (REQUIREMENTS / "base.txt").read_text().splitlines()}
    assert wanted - locked == set()


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, flags=re.MULTILINE)
    assert sorted(named) == sorted(_settings_read())


def test_every_setting_in_the_example_is_explained() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    setting = re.compile(r"#? ?[A-Z][A-Z0-9_]+=")
    explained = [line for line in lines if line.startswith("# ") and not setting.match(line)]
    assert len(explained) >= len(_settings_read())


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = [
        f"{name}: {match}"
        for name in _tracked_texts()
        for match in MACHINE_PATHS.findall((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", text, flags=re.MULTILINE)
    explained = re.findall(r"^([a-z]+): ## \S", text, flags=re.MULTILINE)
    assert phony == [" ".join(explained)]


def _settings_read() -> set[str]:
    """Return the names that settings.py asks the environment for, as `env.kind("NAME", ...)`."""
    tree = ast.parse(SETTINGS.read_text(encoding="utf-8"))
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and _is_environment(call.func)
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def _is_environment(called: ast.expr) -> bool:
    owner = called.value if isinstance(called, ast.Attribute) else called
    return isinstance(owner, ast.Name) and owner.id == "env"


def _names(file: Path) -> set[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[~=<> #]", line)[0] for line in lines if line and line[0] not in "#-"}


def _tracked_texts() -> list[str]:
    """Return every file that is, or would be, in the repository and is text."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return [name for name in names if b"\0" not in (ROOT / name).read_bytes()[:4096]]
