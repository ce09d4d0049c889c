"""`reportedly load`: export, load and export again lose nothing; what was changed is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import Result

from evals.generated import entries
from reportedly.engines.merging import merge
from reportedly.entries import Entry, entry_id
from reportedly.ledger.check import ledger_hash
from reportedly.ledger.store import open_ledger

Run = Callable[..., Result]
TIME = re.compile(rb'"recorded_at":"[^"]*"')


def refused(entry: Entry) -> Entry:
    """The entry of the same capture, had it been refused."""
    name = entry_id(entry.capture.capture_id, entry.origin, "refused", "clean", "no article on it", None, (), {})
    return Entry(
        entry_id=name,
        capture=entry.capture,
        origin=entry.origin,
        outcome="refused",
        stage="clean",
        reason="no article on it",
    )


def newer(entry: Entry) -> Entry:
    """The same reading by another version of the software."""
    origin = replace(entry.origin, software="9.9.9")
    body = (entry.outcome, entry.stage, entry.reason, entry.article, entry.claims, entry.reasons)
    return replace(entry, origin=origin, entry_id=entry_id(entry.capture.capture_id, origin, *body))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with readings, a newer reading and a refusal, merged."""
    path = tmp_path_factory.mktemp("ledger") / "news.sqlite"
    made = list(entries(120))
    with open_ledger(path, create=True) as held:
        held.append([*made[:-1], refused(made[-1]), newer(made[0])])
        merge(held)
    return path


def hash_of(path: Path) -> str:
    with open_ledger(path, read_only=True) as held:
        return ledger_hash(held)


@pytest.fixture
def exported(run: Run, ledger: Path, tmp_path: Path) -> Path:
    """An export of all of it."""
    folder = tmp_path / "exported"
    assert run("export", "-f", "jsonl", "-l", ledger, "-o", folder).exit_code == 0
    return folder


def test_export_load_export_loses_nothing(run: Run, ledger: Path, exported: Path, tmp_path: Path) -> None:
    """The loaded ledger has the same hash, and what it exports is the same byte for byte but for the times of recording."""
    copy = tmp_path / "copy.sqlite"
    result = run("load", exported, "--ledger", copy)
    assert result.exit_code == 0, result.output
    assert hash_of(copy) == hash_of(ledger)
    assert "is that of the ledger that was exported" in result.stdout
    assert run("export", "-f", "jsonl", "-l", copy, "-o", tmp_path / "again").exit_code == 0
    for name in ("claims.jsonl", "entries.jsonl", "judgements.jsonl"):
        one, two = ((folder / name).read_bytes() for folder in (exported, tmp_path / "again"))
        assert TIME.sub(b"", one) == TIME.sub(b"", two), name
    assert (exported / "judgements.jsonl").stat().st_size and b'"outcome":"refused"' in (
        exported / "entries.jsonl"
    ).read_bytes()


def test_loading_twice_changes_nothing(run: Run, exported: Path, tmp_path: Path) -> None:
    """What is known already is counted, and the hash stays."""
    copy = tmp_path / "copy.sqlite"
    run("load", exported, "--ledger", copy)
    before = hash_of(copy)
    result = run("load", exported, "--ledger", copy)
    assert result.exit_code == 0 and " 0 of " in result.stdout.replace(":", " ")
    assert hash_of(copy) == before


def test_a_question_gives_a_part(run: Run, ledger: Path, tmp_path: Path) -> None:
    """An export of some incidents loads too, and says that the hash is another one."""
    assert run("export", "-f", "jsonl", "-l", ledger, "-o", tmp_path / "some", "--type", "bombing").exit_code == 0
    result = run("load", tmp_path / "some", "--ledger", tmp_path / "part.sqlite")
    assert result.exit_code == 0 and "one holds what the other does not" in result.stderr


def test_a_changed_file_is_refused(run: Run, exported: Path, tmp_path: Path) -> None:
    """A file that is not the one that was written is named, and no ledger is made of it."""
    path = exported / "entries.jsonl"
    path.write_bytes(path.read_bytes()[:-200])
    result = run("load", exported, "--ledger", tmp_path / "copy.sqlite")
    assert result.exit_code == 2 and "entries.jsonl" in result.stderr
    assert not (tmp_path / "copy.sqlite").exists()


def test_a_changed_record_is_refused(run: Run, exported: Path, tmp_path: Path) -> None:
    """Even where the descriptor was made to fit, a record that is not what its identity says is refused."""
    path, descriptor = exported / "entries.jsonl", exported / "datapackage.json"
    path.write_bytes(path.read_bytes().replace(b'"outcome":"read"', b'"outcome":"screened"', 1))
    told = json.loads(descriptor.read_text())
    for resource in told["resources"]:
        if resource["path"] == "entries.jsonl":
            resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    descriptor.write_text(json.dumps(told))
    result = run("load", exported, "--ledger", tmp_path / "copy.sqlite")
    assert result.exit_code == 2 and "identity" in result.stderr


def test_another_format_is_no_ledger(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Only whole records make a ledger; the message says which format holds them."""
    assert run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "tables").exit_code == 0
    result = run("load", tmp_path / "tables", "--ledger", tmp_path / "copy.sqlite")
    assert result.exit_code == 2 and "jsonl" in result.stderr
    (tmp_path / "empty").mkdir()
    assert run("load", tmp_path / "empty", "--ledger", tmp_path / "copy.sqlite").exit_code == 2
