"""What a ledger holds is what was written to it: any other value, anywhere, is found and named."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evals.generated import entries as generated
from reportedly.acquire.capture import CaptureWriter
from reportedly.acquire.received import Received
from reportedly.entries import Account, Entry, Health, Judgement, Problem, entry_id
from reportedly.errors import LedgerError
from reportedly.ledger import rows, schema
from reportedly.ledger.check import check, ledger_hash
from reportedly.ledger.store import Ledger, open_ledger
from reportedly.records import identity

KEPT = [table for table in schema.metadata.sorted_tables if table not in schema.DERIVED]
UNHASHED = {"visits", "refusals"}
"""Notes of which no hash is taken: nothing that is known rests on them."""
UNHASHED_COLUMNS = {("capture_files", "closed_at"), ("capture_files", "records")}
FLIPS = 90


def entry_with(entry: Entry, writer: CaptureWriter) -> Entry:
    """A generated entry with a capture whose bytes are kept."""
    assert entry.article is not None
    capture = writer.put(Received(content=entry.article.text.encode(), url=entry.capture.url, outlet="The Post"))
    accounts = tuple(
        msgspec.structs.replace(
            one, capture_id=capture.capture_id, account_id=identity("acc", [capture.capture_id, one.incident_id])
        )
        for one in entry.accounts
    )
    told = (entry.outcome, entry.stage, entry.reason, entry.article, entry.claims, entry.reasons)
    name = entry_id(capture.capture_id, entry.origin, *told)
    return msgspec.structs.replace(entry, entry_id=name, capture=capture, accounts=accounts)


def refusal(entry: Entry, writer: CaptureWriter, text: bytes) -> Entry:
    """The entry of a document that was refused."""
    capture = writer.put(Received(content=text, url="https://post.example/empty"))
    return Entry(
        entry_id=entry_id(capture.capture_id, entry.origin, "refused", "clean", "no article", None, (), {}),
        capture=capture,
        origin=entry.origin,
        outcome="refused",
        stage="clean",
        reason="no article",
    )


def judgement(left: Account, right: Account, by: str = "software") -> Judgement:
    """That two accounts are of one incident."""
    one, other = sorted((left, right), key=lambda account: account.account_id)
    return Judgement(
        judgement_id=identity("jud", [one.account_id, other.account_id, by]),
        kind="same",
        left=one.account_id,
        right=other.account_id,
        left_anchor=one.anchor,
        right_anchor=other.anchor,
        by=by,
        at="2026-01-01T00:00:00.000000Z",
        why="the same day and place",
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ledger with everything in it that is kept for good, and its capture."""
    folder = tmp_path_factory.mktemp("ledger")
    with open_ledger(folder / "l.sqlite", create=True) as ledger, CaptureWriter(ledger.capture_folder) as writer:
        whole = [entry_with(entry, writer) for entry in generated(30, seed=3)]
        whole.append(refusal(whole[0], writer, b"<html></html>"))
        for start in range(0, len(whole), 3):
            ledger.append(whole[start : start + 3])
        told = [account for entry in whole for account in entry.accounts]
        ledger.judge([judgement(told[0], told[1]), judgement(told[1], told[2], by="Ana")])
        ledger.refuse("https://post.example/gone", "acquire", "it answered 404")
        for closed in writer.close():
            ledger.close_capture_file(closed.name, closed.records, closed.size, closed.sha256)
    plain(folder / "l.sqlite").close()
    return folder


@pytest.fixture
def ledger_file(made: Path, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "l.sqlite"


def plain(path: Path) -> sqlite3.Connection:
    """The file as anybody may open it, its log written back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    return connection


def health(path: Path) -> Health:
    with open_ledger(path, read_only=True) as ledger:
        return check(ledger)


def harmful(found: Health) -> list[Problem]:
    return [problem for problem in found.problems if not problem.harmless]


def test_a_sound_ledger_has_no_problem(ledger_file: Path) -> None:
    """Nothing is found where nothing is wrong, and nothing is written."""
    before = ledger_file.read_bytes()
    found = health(ledger_file)
    assert found.problems == ()
    assert found.schema == schema.REVISIONS[-1]
    assert found.counts["claims"] > 20 and found.counts["judgements"] == 2 and found.counts["refusals"] == 1
    with open_ledger(ledger_file, read_only=True) as ledger:
        assert ledger_hash(ledger) == found.ledger_hash
    assert ledger_file.read_bytes() == before


def altered(value: Any, rng: random.Random) -> Any:
    """Another value of the same kind."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return value + rng.choice((1000, 5000))
    at = rng.randrange(len(value)) if value else 0
    if isinstance(value, bytes):
        return value[:at] + bytes([value[at] ^ (1 << rng.randrange(8))]) + value[at + 1 :]
    return value[:at] + ("x" if value[at : at + 1] != "x" else "y") + value[at + 1 :]


COLUMNS = [
    (str(table.name), str(column.name))
    for table in KEPT
    for column in table.columns
    if table.name not in UNHASHED and (table.name, column.name) not in UNHASHED_COLUMNS
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[".".join(pair) for pair in COLUMNS])
def test_a_changed_value_is_found(ledger_file: Path, table: str, column: str) -> None:
    """Another value in any column of anything that is kept is a problem that says what to do."""
    rng = random.Random(f"{table}.{column}")
    connection = plain(ledger_file)
    keys = [f'"{key.name}"' for key in schema.metadata.tables[table].primary_key]
    held = connection.execute(f'SELECT "{column}", {", ".join(keys)} FROM {table}').fetchall()
    value, *key = rng.choice([row for row in held if row[0] not in (None, "")] or held)
    where = " AND ".join(f"{name} = ?" for name in keys)
    done = connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where}', (altered(value, rng), *key))
    assert done.rowcount == 1
    connection.close()
    problems = harmful(health(ledger_file))
    assert problems
    assert all(problem.what and problem.todo for problem in problems)


@pytest.mark.parametrize("table", [str(table.name) for table in KEPT if table.name not in UNHASHED])
def test_a_row_taken_away_is_found(ledger_file: Path, table: str) -> None:
    """One row fewer in any table of what is kept is a problem."""
    connection = plain(ledger_file)
    key = next(iter(schema.metadata.tables[table].primary_key)).name
    connection.execute(f'DELETE FROM {table} WHERE "{key}" = (SELECT max("{key}") FROM {table})')
    connection.close()
    found = health(ledger_file)
    if table == "capture_files":  # as if the run had been interrupted
        assert [problem.kind for problem in found.problems] == ["unfinished"]
    else:
        assert harmful(found)


def test_the_entry_that_was_changed_is_named(ledger_file: Path) -> None:
    """Which entry is no longer what was appended, and in what, stands in the message."""
    connection = plain(ledger_file)
    (body,) = connection.execute("SELECT body FROM entries WHERE seq = 5").fetchone()
    changed = rows.unpacked(body).replace(b'"headline":false', b'"headline":true ', 1)
    connection.execute("UPDATE entries SET body = ? WHERE seq = 5", (rows.packed(changed),))
    connection.close()
    (problem,) = harmful(health(ledger_file))
    assert problem.kind == "content" and "rebuild" in problem.todo
    assert "line 5): its record is not what was appended: its outcome, article, claims or reasons" in problem.what


def test_a_judgement_taken_out_with_its_line_is_found(ledger_file: Path) -> None:
    """A judgement and its line in the journal, both removed, break the chain; the hash of the ledger is another."""
    before = health(ledger_file).ledger_hash
    connection = plain(ledger_file)
    last = connection.execute("SELECT max(seq) FROM judgements").fetchone()[0]
    for table in ("judgements", "journal"):
        connection.execute(f"DELETE FROM {table} WHERE seq = ?", (last - 1,))
    connection.close()
    found = health(ledger_file)
    assert "chain" in {problem.kind for problem in harmful(found)}
    assert found.ledger_hash != before


@pytest.mark.parametrize("how", ["missing", "shorter", "changed", "another"])
def test_capture_bytes_that_are_not_there_are_found(ledger_file: Path, how: str) -> None:
    """A capture file that is gone, cut or changed is a problem; what it holds of captures is told."""
    (path,) = ledger_file.with_suffix(".capture").iterdir()
    content = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(
            {
                "shorter": content[:-40],
                "changed": content[:900] + bytes([content[900] ^ 4]) + content[901:],
                "another": content + content,
            }[how]
        )
    problems = harmful(health(ledger_file))
    assert {problem.kind for problem in problems} == {"capture"}
    assert all(path.name in problem.what for problem in problems)


def test_what_an_interrupted_run_leaves_is_harmless(ledger_file: Path) -> None:
    """A file that was not closed, with a capture of which there is no entry and a torn end, is named and harmless."""
    folder = ledger_file.with_suffix(".capture")
    writer = CaptureWriter(folder)
    capture = writer.put(Received(content=b"one more"))
    writer.put(Received(content=b"and one that is torn"))
    path = folder / capture.file
    path.write_bytes(path.read_bytes()[:-5])
    found = health(ledger_file)
    assert [problem.kind for problem in found.problems] == ["unfinished"] * 3
    assert not harmful(found)


def test_a_ledger_without_its_capture_folder(ledger_file: Path) -> None:
    """The captures of a ledger that was loaded lie elsewhere, and that is said."""
    shutil.rmtree(ledger_file.with_suffix(".capture"))
    connection = plain(ledger_file)
    connection.execute("DELETE FROM capture_files")
    connection.close()
    (problem,) = health(ledger_file).problems
    assert problem.harmless and problem.kind == "capture" and "load" in problem.todo


def test_search_that_finds_the_wrong_claim_is_found(ledger_file: Path) -> None:
    """An index of words that does not fit the sentences is a problem."""
    connection = plain(ledger_file)
    connection.execute("INSERT INTO claim_words(rowid, sentence) VALUES (3, 'zebra')")
    connection.close()
    (problem,) = harmful(health(ledger_file))
    assert problem.kind == "derived" and "claim 3" in problem.what


def test_a_current_entry_that_is_not_the_last_is_found(ledger_file: Path) -> None:
    """The entry that counts is the one recorded last."""
    connection = plain(ledger_file)
    connection.execute("DELETE FROM current_entries WHERE seq = 2")
    connection.close()
    assert [problem.kind for problem in harmful(health(ledger_file))] == ["derived"]


def everything(path: Path) -> dict[str, list[Any]] | str:
    """All that the file holds of what is known, as anybody reads it; or why that cannot be read."""
    try:
        connection = plain(path)
        names = [str(table.name) for table in schema.metadata.sorted_tables]
        held = {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
            for name in names
            if name not in UNHASHED
        }
        held["capture_files"] = []
        for word in ("police", "on", "killed"):
            held[word] = connection.execute(
                "SELECT rowid FROM claim_words WHERE claim_words MATCH ?", (word,)
            ).fetchall()
        connection.close()
    except sqlite3.DatabaseError as error:
        return str(error)
    return held


def found_by(content: bytes, path: Path) -> str:
    """Who finds something harmful in a ledger of these bytes."""
    path.write_bytes(content)
    for beside in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    try:
        problems = harmful(health(path))
    except LedgerError:
        return "sqlite"
    if any(problem.kind == "integrity" for problem in problems):
        return "sqlite"
    return "us" if problems else "nobody"


def test_a_flipped_bit_of_the_file_is_found_or_harmless(made: Path, tmp_path: Path) -> None:
    """A flipped bit anywhere in the file is found, by SQLite or by us, or it lies where nothing is kept: then nothing known differs."""
    path = tmp_path / "l.sqlite"
    shutil.copytree(made / "l.capture", tmp_path / "l.capture")
    sound = (made / "l.sqlite").read_bytes()
    path.write_bytes(sound)
    right = everything(path)
    assert isinstance(right, dict)
    rng = random.Random(11)
    written = [place for place, byte in enumerate(sound) if byte]
    seen = {"sqlite": 0, "us": 0, "nobody": 0}
    for _ in range(FLIPS):
        at, bit = rng.choice(written) if rng.random() < 0.7 else rng.randrange(len(sound)), rng.randrange(8)
        damaged = sound[:at] + bytes([sound[at] ^ (1 << bit)]) + sound[at + 1 :]
        by = found_by(damaged, path)
        seen[by] += 1
        if by == "nobody":
            assert everything(path) == right, f"bit {bit} of byte {at} changes what is known, and nobody says so"
    print(seen)
    assert seen["sqlite"] and seen["us"]


def appended(ledger: Ledger) -> Ledger:
    """The ledger, with some generated entries in it."""
    ledger.append(tuple(generated(30, seed=3)))
    return ledger


def test_either_database_is_examined(ledger: Ledger) -> None:
    """In SQLite and in PostgreSQL: a sound ledger is sound, and has the hash that its content has anywhere."""
    found = check(appended(ledger))
    assert harmful(found) == []
    entries = list(generated(30, seed=3))
    captures = sorted({entry.capture.capture_id for entry in entries})
    lines = "".join(f"{name}\n" for name in (*captures, *sorted(entry.entry_id for entry in entries)))
    assert found.ledger_hash == ledger_hash(ledger) == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE claims SET stance = 'denies' WHERE claim_no = 7", "content"),
        ("UPDATE hops SET name = 'nobody' WHERE claim_no = (SELECT min(claim_no) FROM hops)", "content"),
        ("UPDATE journal SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 2", "chain"),
        ("DELETE FROM current_entries WHERE seq = 3", "derived"),
    ],
)
def test_a_change_is_found_in_either_database(ledger: Ledger, statement: str, kind: str) -> None:
    """What somebody changed behind our back is found, whatever the database."""
    appended(ledger)
    with ledger.writing() as connection:
        connection.exec_driver_sql(statement)
    assert kind in {problem.kind for problem in harmful(check(ledger))}
