"""A ledger made anew from its capture has the old one's hash; what cannot be made again is taken over, what is damaged left behind."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from evals._stream import SAMPLES
from reportedly.engines import ingest as ingesting
from reportedly.engines._people import judged
from reportedly.engines.merging import merge, retold
from reportedly.engines.rebuild import Rebuilt, rebuild
from reportedly.entries import Entry, entry_id
from reportedly.errors import LedgerError, NoLedger
from reportedly.ledger import linking
from reportedly.ledger.check import check, ledger_hash
from reportedly.ledger.store import open_ledger
from reportedly.pipeline import Reader
from reportedly.records import Origin

NOTHING_HAPPENED = (
    "The council of Tarsk voted on Monday to plant forty trees along the river, and nobody spoke against it.\n"
)


@pytest.fixture(scope="module")
def made(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three samples and a screened text, a reading by an older version, and what a person judged."""
    folder = tmp_path_factory.mktemp("made")
    sources = folder / "sources"
    sources.mkdir()
    for path in sorted(SAMPLES.glob("2025-03-03*.html")) + sorted(SAMPLES.glob("2025-03-04*.html")):
        shutil.copy(path, sources)
    (sources / "trees.txt").write_text(NOTHING_HAPPENED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportedly.engines.one.Reader", lambda: reader)
        with open_ledger(folder / "l.sqlite", create=True) as ledger:
            ingesting.ingest(ledger, [str(sources)])
            ingesting.ingest(ledger, [str(sources)], thorough=True)
            ledger.append([older(next(iter(ledger.entries())))])
            merge(ledger)
            one, other, *_ = linking.current_accounts(ledger)
            by = judged("different", [(one, other)], "Ana Ruiz", "two different days", "2026-01-01T00:00:00.000000Z")
            retold(ledger, by, [one.account_id, other.account_id])
    return folder


def older(entry: Entry) -> Entry:
    """The same document as a version of long ago read it."""
    origin = Origin(software="reportedly 0.0.1", model="m 1", lexicons="0")
    return Entry(
        entry_id=entry_id(entry.capture.capture_id, origin, "no_incident", None, None, None, (), {}),
        capture=entry.capture,
        origin=origin,
        outcome="no_incident",
    )


@pytest.fixture
def ledger_file(made: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy; the reader's models are loaded once."""
    monkeypatch.setattr("reportedly.engines.one.Reader", lambda: reader)
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "l.sqlite"


def again(location: Path, into: Path | None = None) -> Rebuilt:
    return rebuild(
        str(location), into=None if into is None else str(into), watch=lambda name, number: None, say=lambda line: None
    )


def last_line(path: Path) -> tuple[int, str, str]:
    connection = sqlite3.connect(path)
    found: tuple[int, str, str] = connection.execute(
        "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    connection.close()
    return found


def hash_of(path: Path) -> str:
    with open_ledger(path, read_only=True) as ledger:
        health = check(ledger, merge=merge)
        assert [problem for problem in health.problems if not problem.harmless] == []
        return health.ledger_hash


def test_the_new_ledger_is_the_old_one(ledger_file: Path) -> None:
    """The hash is the same, the journal too, to its last line and time; the old file is kept beside the new one."""
    before, line = hash_of(ledger_file), last_line(ledger_file)
    done = again(ledger_file)
    assert (done.hash_before, done.hash) == (before, before)
    assert hash_of(ledger_file) == before
    assert last_line(ledger_file) == line
    assert (done.new, done.left, done.lost, done.kept_older) == (0, 0, (), 1)
    assert done.remade >= 4 and done.kept_judgements >= 1
    assert done.backup is not None and hash_of(Path(done.backup).rename(ledger_file)) == before


def test_from_the_capture_alone(ledger_file: Path, tmp_path: Path) -> None:
    """Without the old ledger the captures are read again; what only it knew is not there."""
    with open_ledger(ledger_file, read_only=True) as ledger:
        known = {entry.entry_id for entry in ledger.entries(current=False)}
    ledger_file.unlink()
    done = again(ledger_file)
    assert done.hash_before is None and done.backup is None
    with open_ledger(ledger_file, read_only=True) as ledger:
        made = {entry.entry_id for entry in ledger.entries(current=False)}
        assert linking.by_people(ledger) == ()
    assert made < known and len(known - made) == 2  # by the older version; with --thorough
    assert hash_of(ledger_file) == done.hash


def test_what_is_damaged_is_made_anew(ledger_file: Path) -> None:
    """Records that were changed are not believed: the captures are read again, and the hash is the old one."""
    before = hash_of(ledger_file)
    connection = sqlite3.connect(ledger_file)
    connection.execute("UPDATE entries SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE seq IN (1, 2)")
    connection.commit()
    connection.close()
    done = again(ledger_file)
    assert len(done.lost) == 2
    assert hash_of(ledger_file) == done.hash == before


def test_a_file_that_is_no_database_any_more(ledger_file: Path) -> None:
    """A ledger that cannot even be opened is kept, and made from the capture."""
    ledger_file.write_bytes(b"\x00" * 4096)
    done = again(ledger_file)
    assert done.backup is not None and Path(done.backup).read_bytes() == b"\x00" * 4096
    assert done.remade >= 4 and hash_of(ledger_file) == done.hash


def test_entries_whose_bytes_are_elsewhere_are_taken_over(ledger_file: Path) -> None:
    """A ledger that was loaded keeps its readings when it is made anew."""
    before = hash_of(ledger_file)
    shutil.rmtree(ledger_file.with_suffix(".capture"))
    done = again(ledger_file)
    assert done.hash == before and done.remade == 0 and done.kept_elsewhere >= 4


def test_a_forged_reading_is_left_behind(ledger_file: Path) -> None:
    """An entry that this version does not make of the same bytes does not come into the new ledger, however right its hashes are."""
    with open_ledger(ledger_file) as ledger:
        true = next(entry for entry in ledger.entries(current=False) if entry.claims)
        told = (true.capture.capture_id, true.origin, true.outcome, None, None, true.article)
        claims = true.claims[:1]
        name = entry_id(*told, claims, true.reasons)
        forged = msgspec.structs.replace(true, entry_id=name, claims=claims, accounts=(), recorded_at=None)
        before = ledger_hash(ledger)
        ledger.append([forged])
    done = again(ledger_file)
    assert done.left >= 1 and done.hash == before


def test_into_another_place(ledger_file: Path, tmp_path: Path) -> None:
    """With a place named the old ledger stays as it is; a place that is taken is refused."""
    before = hash_of(ledger_file)
    done = again(ledger_file, into=tmp_path / "new.sqlite")
    assert done.hash == before and done.backup is None
    with pytest.raises(LedgerError, match="holds a ledger already"):
        again(ledger_file, into=tmp_path / "new.sqlite")


def test_nothing_to_make_it_from(tmp_path: Path) -> None:
    """Neither ledger nor capture: an error that names both."""
    with pytest.raises(NoLedger, match=r"neither a ledger .* nor a capture"):
        again(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE incidents SET event_type = 'riot' WHERE incident_no = (SELECT min(incident_no) FROM incidents)",
        "DELETE FROM facets WHERE incident_no = (SELECT min(incident_no) FROM facets)",
        "UPDATE members SET incident_id = 'inc-0' WHERE account_id = (SELECT min(account_id) FROM members)",
        "DELETE FROM told WHERE claim_no = (SELECT max(claim_no) FROM told)",
    ],
)
def test_what_is_derived_is_held_against_a_fresh_derivation(ledger_file: Path, statement: str) -> None:
    """A deep examination finds incidents that are not what entries and judgements give, and another run makes them anew."""
    connection = sqlite3.connect(ledger_file)
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()
    with open_ledger(ledger_file, read_only=True) as ledger:
        assert {problem.kind for problem in check(ledger, merge=merge).problems if not problem.harmless} == {"derived"}
