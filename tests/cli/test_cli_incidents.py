"""`reportedly incidents`: a page of what the ledger holds, for people or as JSON, and a way on where nothing is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typed_ledger import day, derive, entry, place
from typer.testing import Result

from reportedly.entries import Page
from reportedly.ledger.store import open_ledger

Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of three incidents."""
    path = tmp_path / "a.sqlite"
    with open_ledger(path, create=True) as ledger:
        where = place("Gao", "ML", "Gao Region", where_prec=4)
        ledger.append(
            [
                entry(
                    "A car bomb.", where=where, when=day("2026-03-01"), actors=["Red \x1b[31mFront\u202e"], killed=12
                ),
                entry("A fire.", where=place("Osk", "NE"), when=day("2026-03-05"), kind="arson", stage="foiled"),
                entry("Somewhere, something."),
            ]
        )
        derive(ledger)
    return path


def test_a_page_shows_what_a_desk_asks(run: Run, path: Path) -> None:
    """Date, place with its precision, act, stage, actor with confidence, the dead, the id; how many, and how to go on."""
    result = run("incidents", "--ledger", path, "--per-page", "2")
    assert result.exit_code == 0 and result.stderr == ""
    words = " ".join(result.stdout.split())
    for told in ("2026-03-01", "(province)", "Bombing", "Front", "(accused)", "12", "Arson · foiled", "1 / 1"):
        assert told in words
    assert "1–2 of 3 incidents, latest first. The next ones: --page 2." in words
    assert "reportedly show " in words
    assert result.stdout.index("Arson") < result.stdout.index("Bombing")


def test_what_is_not_known_is_said(run: Run, path: Path) -> None:
    """Neither a zero nor a blank."""
    words = " ".join(run("incidents", "--ledger", path, "--page", "2", "--per-page", "2").stdout.split())
    assert "not known" in words and "place not known" in words and "?" in words


def test_hostile_names_are_inert(run: Run, path: Path) -> None:
    """No escape code and no directional mark reaches the terminal, in either form."""
    for options in ((), ("--json",)):
        printed = run("incidents", "--ledger", path, *options).stdout
        assert "Front" in printed
        assert "\x1b" not in printed and "\u202e" not in printed


def test_json_is_the_record(run: Run, path: Path) -> None:
    """One document: the page, as the library gives it."""
    import msgspec

    printed = run("incidents", "--ledger", path, "--place", "mali", "--json").stdout
    page = msgspec.json.decode(printed, type=Page)
    assert (page.total, page.per_page, page.incidents[0].killed.best) == (1, 20, 12)
    assert list(json.loads(printed)) == ["total", "page", "per_page", "incidents", "at_least"]


def test_who_finds_nothing_learns_what_there_is(run: Run, path: Path, tmp_path: Path) -> None:
    """What the ledger holds and which names; an empty one says how to feed it; JSON stays JSON."""
    result = run("incidents", "--ledger", path, "--actor", "zz")
    assert result.exit_code == 0
    assert "holds 3 of them" in result.stdout and "from 2026-03-01 to 2026-03-05" in result.stdout
    assert "Actors named most: red 31mfront" in result.stdout
    with open_ledger(tmp_path / "empty.sqlite", create=True):
        pass
    assert "reportedly ingest" in run("incidents", "--ledger", tmp_path / "empty.sqlite").stdout
    assert json.loads(run("incidents", "--ledger", path, "--actor", "zz", "--json").stdout)["total"] == 0
    assert "past the end" in run("incidents", "--ledger", path, "--page", "9").stdout


def test_as_of_asks_the_past(run: Run, path: Path) -> None:
    """Before anything was recorded there was nothing, and the answer says when."""
    result = run("incidents", "--ledger", path, "--as-of", "2001-01-01")
    assert result.exit_code == 0, result.output
    assert "held no incident at 2001-01-01T23:59:59.999999Z" in result.stdout


def test_a_ledger_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    """Status 2, and no file is made."""
    result = run("incidents", "--ledger", tmp_path / "none.sqlite")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1 and "reportedly ingest" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_help_has_examples(run: Run) -> None:
    """A worked example for each way of asking."""
    words = " ".join(run("incidents", "--help").stdout.split())
    assert "reportedly incidents --place Mali" in words and "--as-of" in words
