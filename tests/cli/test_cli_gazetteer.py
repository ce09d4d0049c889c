"""`reportedly gazetteer`: build one from a dump, and ask which is in use. Every place is invented."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import app

LINE = "90000001\tKessou\tKessou\t\t14.5\t-4.2\tP\tPPL\tML\t\t04\t\t\t\t320\t\t280\tAfrica/Bamako\t2025-02-03\n"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "ML.txt"
    path.write_text(LINE + "broken\n", "utf-8")
    return path


def test_built_and_shown(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies in the data folder, everyone may read it as the umask says, and `show` tells what it is."""
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name: str(tmp_path / "data"))
    monkeypatch.delenv("REPORTEDLY_GAZETTEER", raising=False)
    before = CliRunner().invoke(app, ["gazetteer", "show"])
    assert before.exit_code == 0 and "built-in gazetteer is in use" in before.output
    done = CliRunner().invoke(app, ["gazetteer", "build", str(dump)])
    assert done.exit_code == 0, done.output
    assert "ML.txt: 1 rows, 1 kept, last changed 2025-02-03, 1 broken lines left out" in done.output
    made = tmp_path / "data" / "gazetteer.sqlite"
    assert list(made.parent.iterdir()) == [made] and stat.S_IMODE(made.stat().st_mode) & 0o400
    shown = CliRunner().invoke(app, ["gazetteer", "show"])
    assert str(made) in shown.output and "1 city" in shown.output and "a larger one beside it" in shown.output
    told = json.loads(CliRunner().invoke(app, ["gazetteer", "show", "--json"]).output)
    assert (told["path"], told["places"], told["sources"][0]["file"]) == (str(made), 1, "ML.txt")


def test_kept_elsewhere_it_says_how_to_read_with_it(dump: Path, tmp_path: Path) -> None:
    """The variable that names it."""
    out = tmp_path / "desk.sqlite"
    done = CliRunner().invoke(app, ["gazetteer", "build", str(dump), "-o", str(out)])
    assert f"REPORTEDLY_GAZETTEER={out}" in done.output and out.is_file()


def test_what_is_no_dump_is_one_line_and_status_1(tmp_path: Path) -> None:
    """The line says what is wrong and where to get one."""
    path = tmp_path / "notes.txt"
    path.write_text("some notes\n", "utf-8")
    done = CliRunner().invoke(app, ["gazetteer", "build", str(path), "-o", str(tmp_path / "out.sqlite")])
    assert done.exit_code == 1 and done.stderr.count("\n") == 1
    assert "no dump of GeoNames" in done.stderr and "geonames.org" in done.stderr
    assert not (tmp_path / "out.sqlite").exists()


def test_a_file_that_is_not_there_is_a_wrong_option(tmp_path: Path) -> None:
    """Before anything is written."""
    done = CliRunner().invoke(
        app, ["gazetteer", "build", str(tmp_path / "nowhere.txt"), "-o", str(tmp_path / "out.sqlite")]
    )
    assert done.exit_code == 2


def test_one_that_is_not_there_is_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`show` says what the variable may name."""
    monkeypatch.setenv("REPORTEDLY_GAZETTEER", str(tmp_path / "nowhere.sqlite"))
    done = CliRunner().invoke(app, ["gazetteer", "show"])
    assert done.exit_code == 1 and "reportedly gazetteer build" in done.stderr
