"""`reportedly sources`: who is quoted, by whom, how often, on what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from typed_ledger import derive, entry, place
from typer.testing import Result

from reportedly.entries import SourcePage
from reportedly.ledger.store import open_ledger

Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger in which two are quoted."""
    path = tmp_path / "a.sqlite"
    with open_ledger(path, create=True) as ledger:
        ledger.append(
            [
                entry(["One.", "Two."], source="Ivo \x1b[1mTarn", outlet="Echo", where=place("Gao", "ML")),
                entry("Three.", source="Ana Ruiz", outlet="Herald", kind="arson"),
            ]
        )
        derive(ledger)
    return path


def test_the_most_quoted_come_first(run: Run, path: Path) -> None:
    """With what they are, how often, by whom, on what and how."""
    result = run("sources", "--ledger", path)
    words = " ".join(result.stdout.split())
    assert result.exit_code == 0, result.output
    assert result.stdout.index("Tarn") < result.stdout.index("Ana Ruiz")
    assert all(told in words for told in ("spokesman, person", "Echo", "bombing 2", "asserts 2", "1–2 of 2 sources"))
    assert "\x1b" not in result.stdout


def test_the_options_choose_the_incidents(run: Run, path: Path) -> None:
    """And `--json` is the record."""
    printed = run("sources", "--ledger", path, "--type", "arson", "--json").stdout
    page = msgspec.json.decode(printed, type=SourcePage)
    assert [one.name for one in page.sources] == ["Ana Ruiz"]
    assert "No incident fits" in run("sources", "--ledger", path, "--type", "looting").stdout
    assert run("sources", "--sort", "date").exit_code == 2
