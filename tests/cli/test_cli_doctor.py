"""`reportedly doctor` says what is wrong with a ledger and what to do, and its exit status says whether anything is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from evals.generated import entries as generated
from reportedly.ledger.store import open_ledger


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    """A ledger of generated entries, as if it had been loaded: its captures are elsewhere."""
    path = tmp_path / "l.sqlite"
    with open_ledger(path, create=True) as ledger:
        ledger.append(tuple(generated(20)))
    return path


def test_a_sound_ledger(run: Callable[..., Result], ledger_file: Path) -> None:
    """Counts, the hash, a note that is harmless, exit status 0."""
    result = run("doctor", "--ledger", ledger_file)
    assert result.exit_code == 0
    assert "is sound" in result.output and "ledger hash" in result.output and "note (capture)" in result.output
    assert "WRONG" not in result.output


def test_a_damaged_ledger(run: Callable[..., Result], ledger_file: Path) -> None:
    """What is wrong comes with what to do, and exit status 1; as JSON too."""
    connection = sqlite3.connect(ledger_file)
    connection.execute("UPDATE claims SET stance = 'denies\x1b[2J' WHERE claim_no = 2")
    connection.commit()
    connection.close()
    result = run("doctor", "--ledger", ledger_file)
    assert result.exit_code == 1
    assert "WRONG (content)" in result.output and "to do: run `reportedly rebuild`" in result.output
    assert "\x1b" not in result.output
    found = json.loads(run("doctor", "--ledger", ledger_file, "--json").stdout)
    assert set(found) == {"ledger_hash", "schema", "counts", "problems"}
    assert [problem["kind"] for problem in found["problems"] if not problem["harmless"]] == ["content"]
    assert len(found["ledger_hash"]) == 64 and found["counts"]["claims"] > 0


def test_a_file_that_cannot_be_read(run: Callable[..., Result], ledger_file: Path) -> None:
    """A ledger that SQLite cannot open is a finding, not a crash."""
    content = ledger_file.read_bytes()
    ledger_file.write_bytes(content[:100] + b"\xff" * 4000 + content[4100:])
    result = run("doctor", "--ledger", ledger_file)
    assert result.exit_code == 1 and "WRONG (integrity)" in result.output


@pytest.mark.parametrize("content", [None, b"", b"a text\n"])
def test_no_ledger(run: Callable[..., Result], tmp_path: Path, content: bytes | None) -> None:
    """Nothing there, or something else: one line and exit status 2; nothing is made."""
    path = tmp_path / "l.sqlite"
    if content is not None:
        path.write_bytes(content)
    result = run("doctor", "--ledger", path)
    assert result.exit_code == 2 and str(path) in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ([] if content is None else ["l.sqlite"])


def test_upgrade_of_a_ledger_of_this_version(run: Callable[..., Result], ledger_file: Path) -> None:
    """There is nothing to upgrade, and the examination follows."""
    assert run("doctor", "--ledger", ledger_file, "--upgrade").exit_code == 0
