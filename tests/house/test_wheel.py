"""The wheel serves from a bare virtual environment, on a machine without Node and without this tree."""

import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.journeys.standing import free_port, surroundings

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
SECONDS_TO_START = 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel and its locked packages, and nothing else."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    uv("venv", "--quiet", "--python", sys.executable, str(folder))
    install = ["pip", "install", "--quiet", "--python", str(folder / "bin" / "python")]
    uv(*install, "--require-hashes", "-r", str(ROOT / "requirements" / "base.txt"))
    uv(*install, "--no-deps", str(wheel))
    return folder


def test_the_wheel_carries_styles_texts_and_templates_but_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "standdown/design/static/design/standdown.css" in names
    assert [name for name in names if re.search(r"/tests/|/node_modules/|\.scss$", name)] == []
    inside = {str(file.relative_to(ROOT)) for kind in ("jinja2", "locale") for file in tree_files(kind)}
    assert inside - set(names) == set()


def test_the_wheel_depends_on_the_packages_of_base(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    base = (ROOT / "requirements" / "base.in").read_text(encoding="utf-8").splitlines()
    assert len(re.findall(r"^Requires-Dist: ", metadata, re.MULTILINE)) == sum(
        1 for line in base if line and line[0] not in "#-"
    )


def test_the_wheel_serves_from_a_bare_environment_without_node(bare: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = surroundings(tmp_path, PORT=str(port), PATH=str(bare / "bin"), PYTHONPATH="")
    standdown = bare / "bin" / "standdown"
    migrated = subprocess.run(
        [standdown, "migrate"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen([standdown, "run"], cwd=tmp_path, env=environment, stdout=log, stderr=log) as server,
    ):
        try:
            front = first_page(server, f"http://localhost:{port}/", tmp_path / "log")
            styles = re.findall(r'<link[^>]+href="([^"]+\.css)"', front)
            assert styles != []
            sizes = {path: len(read(f"http://localhost:{port}{path}")) for path in styles}
            assert [path for path, size in sizes.items() if size == 0] == []
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(20) == 0


def tree_files(kind: str) -> list[Path]:
    """Return the templates (jinja2), or the compiled texts (locale), of the tree."""
    files = [file for folder in (ROOT / "standdown").rglob(kind) for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if kind != "locale" or file.suffix == ".mo"]


def uv(*arguments: str) -> None:
    done = subprocess.run([BIN / "uv", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def first_page(server: subprocess.Popen[bytes], url: str, log: Path) -> str:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            return read(url).decode()
        except ConnectionError:
            time.sleep(0.1)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert answer.status == 200
        body: bytes = answer.read()
        return body
