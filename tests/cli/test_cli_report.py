"""``reportedly report``: one page for a question, or one line that says why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evals.generated import entries
from reportedly.cli import app
from reportedly.ledger.store import open_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundred claims, merged."""
    from reportedly.engines.merging import merge

    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    with open_ledger(str(path), create=True) as opened:
        opened.append(list(entries(120)))
        merge(opened)
    return path


def run(ledger: Path, output: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["report", "--ledger", str(ledger), "-o", str(output), *options])


def test_a_page_is_written_and_said(ledger: Path, tmp_path: Path) -> None:
    """The page is there under its name; one line says how many incidents and how large."""
    output = tmp_path / "report.html"
    told = run(ledger, output, "--title", "What <we> know")
    assert told.exit_code == 0, told.output
    source = output.read_text("utf-8")
    assert "<title>What &lt;we&gt; know · reportedly</title>" in source
    assert source.count('<li class="i ') >= 5
    assert "incidents, " in told.stderr and " MB" in told.stderr


def test_too_many_are_refused_by_number(ledger: Path, tmp_path: Path) -> None:
    """More incidents than the page may hold: how many, how to narrow the question, and no file."""
    output = tmp_path / "report.html"
    told = run(ledger, output, "--limit", "2")
    assert told.exit_code == 2
    assert "a page holds 2: narrow it (" in told.stderr and "--limit" in told.stderr
    assert not output.exists()


def test_the_question_chooses(ledger: Path, tmp_path: Path) -> None:
    """Options of a question narrow the page, and its foot says which."""
    output = tmp_path / "report.html"
    assert run(ledger, output, "--until", "1900-01-01").exit_code == 0
    source = output.read_text("utf-8")
    assert "No incident answers the question." in source and "until 1900-01-01" in source


def test_no_ledger_is_one_line(tmp_path: Path) -> None:
    """Where there is no ledger, exit status 2 and no page."""
    told = run(tmp_path / "none.sqlite", tmp_path / "report.html")
    assert told.exit_code == 2 and told.stderr.count("\n") == 1
    assert not (tmp_path / "report.html").exists()


def test_a_page_that_cannot_be_written_is_one_line(ledger: Path, tmp_path: Path) -> None:
    """A folder that is not there: exit status 2, and what to do."""
    told = run(ledger, tmp_path / "none" / "report.html")
    assert told.exit_code == 2 and "cannot be written" in told.stderr


def test_help_has_an_example() -> None:
    """`--help` shows how a page is made."""
    told = CliRunner().invoke(app, ["report", "--help"])
    assert told.exit_code == 0 and "reportedly report -o" in told.output
