"""The wheel: built without a network, whole, and running where nothing of this folder is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def checked(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a command, and fails with all that it printed where it fails."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "LC_ALL")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment | variables, capture_output=True, timeout=300
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{out}\n{err}"
    return subprocess.CompletedProcess(done.args, 0, out, err)


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a wheel is made from, which nobody edits meanwhile."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "THIRD_PARTY.md"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="session")
def wheel(tree: Path) -> Path:
    """A wheel built from the tree."""
    checked(sys.executable, "-m", "hatchling", "build", "-t", "wheel", cwd=tree)
    (built,) = (tree / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment: the wheel, and beside it only the packages that it asks for."""
    home = tmp_path_factory.mktemp("elsewhere")
    checked(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    checked(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        wheel,
        cwd=home,
    )
    packages = checked(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).stdout.strip()
    (Path(packages) / "beside.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    origin = checked(python, "-c", "import reportedly; print(reportedly.__file__)", cwd=home).stdout
    assert origin.startswith(packages), "the tests would run the folder, not the wheel"
    return python.parent


def test_the_wheel_holds_words_samples_types_page_and_licences(tree: Path, wheel: Path) -> None:
    """Every file of the package that is not code is in the wheel, and so are the licences."""
    names = zipfile.ZipFile(wheel).namelist()
    source = tree / "src" / "reportedly"
    data = [path for path in source.rglob("*") if path.suffix in (".toml", ".csv", ".html", ".css", ".js")]
    assert len(data) > 15
    for path in [*data, source / "py.typed"]:
        assert f"reportedly/{path.relative_to(source).as_posix()}" in names
    for name in ("LICENSE", "NOTICE", "THIRD_PARTY.md"):
        assert [entry for entry in names if entry.endswith(f".dist-info/licenses/{name}")], name


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No test, no evaluation, no cache and no file from outside the package is in the wheel."""
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("reportedly/", "reportedly-")), name
        assert "__pycache__" not in name and not name.endswith(".pyc")


def test_the_same_tree_gives_the_same_wheel(tree: Path, wheel: Path, tmp_path: Path) -> None:
    """Built twice, the wheel has the same bytes."""
    checked(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=tree)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_installed_program_shows_its_help(installed: Path, tmp_path: Path) -> None:
    """`reportedly --help` runs from the wheel, in any folder."""
    assert "read" in checked(installed / "reportedly", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "de_DE.ISO-8859-1"])
def test_the_installed_program_runs_its_demo_in_utf8(installed: Path, tmp_path: Path, locale: str) -> None:
    """`reportedly demo` runs from the wheel, says that its reports are invented, writes its page, whatever the locale."""
    done = checked(installed / "reportedly", "demo", "--output-dir", tmp_path / "page", cwd=tmp_path, LANG=locale)
    assert "invented" in done.stdout.splitlines()[0]
    assert "claims in" in done.stdout
    assert (tmp_path / "page" / "samples.html").is_file()


def test_a_reader_that_stops_listening_ends_it_quietly(installed: Path, tmp_path: Path) -> None:
    """`reportedly demo | head -1` prints one line and no complaint."""
    command = f"'{installed / 'reportedly'}' demo --output-dir page | head -1"
    done = checked("sh", "-c", command, cwd=tmp_path)
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr and "Broken pipe" not in done.stderr


def test_the_demo_shows_the_disputed_toll_in_full(installed: Path, tmp_path: Path) -> None:
    """The report that is shown in full is the one whose sources disagree."""
    shown = checked(installed / "reportedly", "demo", "--output-dir", "page", cwd=tmp_path).stdout
    assert "Port Hallic toll reaches 14" in shown.split("One of them in full")[1][:200]
