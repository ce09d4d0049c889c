"""``reportedly ingest`` says what became of every document, where the ledger is, and what to ask next."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from reportedly.cli._progress import Progress
from reportedly.cli.ingest import _lines, _time
from reportedly.engines.ingest import Summary

Run = Callable[..., Result]
REPORT = "A car bomb exploded outside the courthouse in Lima on Monday, killing four people, police said.\n"


@pytest.fixture(autouse=True)
def real_pipeline(typed_pipeline: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ingest is tested with the reader itself."""
    monkeypatch.delitem(sys.modules, "reportedly.pipeline", raising=False)


def test_the_summary_counts_by_outcome(run: Run, tmp_path: Path) -> None:
    """Read, refused with the stage, and the question to ask next; exit status 2 because something was refused."""
    (tmp_path / "lima.txt").write_text(REPORT, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    done = run("ingest", tmp_path / "lima.txt", tmp_path / "empty.txt", "--ledger", tmp_path / "desk.sqlite")
    assert done.exit_code == 2
    assert "read          1" in done.stdout
    assert "refused          1  1 at acquire" in done.stdout
    assert f"reportedly incidents --ledger {tmp_path / 'desk.sqlite'}" in done.stdout
    assert "empty.txt" in done.stderr


def test_the_same_again_is_known(run: Run, tmp_path: Path) -> None:
    """And the exit status is 0; --json gives the same figures."""
    (tmp_path / "lima.txt").write_text(REPORT, "utf-8")
    for known in (0, 1):
        done = run("ingest", tmp_path / "lima.txt", "--ledger", tmp_path / "desk.sqlite", "--json")
        assert done.exit_code == 0
        summary = json.loads(done.stdout)
        assert (summary["read"], summary["known"]) == (1 - known, known)


def test_an_interrupt_says_how_to_go_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, and exit status 130."""

    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reportedly.engines.ingest.ingest", pressed)
    done = run("ingest", tmp_path, "--ledger", tmp_path / "desk.sqlite")
    assert done.exit_code == 130
    assert "The same command again" in done.stderr


def test_a_folder_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    """By name."""
    done = run("ingest", tmp_path / "nowhere", "--ledger", tmp_path / "desk.sqlite")
    assert done.exit_code == 2
    assert "nowhere" in done.stderr


def test_readings_beside_older_ones_are_told() -> None:
    """So are documents that an interrupted run had captured, and failures of the reader."""
    lines = "\n".join(_lines(Summary(read=3, beside_older=2, resumed=1, failures=1, seconds=2.0), "reportedly.sqlite"))
    assert "2 readings stand beside older ones" in lines
    assert "1 of them had been captured" in lines
    assert "please report it" in lines


def test_without_a_terminal_progress_is_a_line_every_so_often(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With rate and time left."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    with Progress(100) as progress:
        for number in range(1, 31):
            now[0] += 1
            progress.done(Summary(read=number))
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert "10 of 100 documents, 1.0 a second, 90 s left" in said[0]


@pytest.mark.parametrize(("seconds", "shown"), [(2.34, "2.3 s"), (75, "1 min 15 s"), (7300, "2 h 1 min")])
def test_times_are_told_in_their_own_units(seconds: float, shown: str) -> None:
    """Seconds, minutes, hours."""
    assert _time(seconds) == shown
