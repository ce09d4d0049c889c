"""A ledger keeps what it is given, once, whole and in order, and gives it back as it was; in either kind of database."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from evals.generated import entries as generated
from reportedly.entries import Entry, Judgement, Visit, entry_id
from reportedly.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerVersion, NoLedger
from reportedly.ledger import connect, schema, store
from reportedly.ledger._asked import holding
from reportedly.ledger.check import check
from reportedly.ledger.store import Ledger, open_ledger
from reportedly.ledger.words import words_of
from reportedly.records import Origin
from tests.ledger.server import PASSWORD, Server


def made(claims: int = 60, seed: int = 1) -> list[Entry]:
    """Some generated entries."""
    return list(generated(claims, seed))


def bare(entry: Entry) -> Entry:
    """An entry as it was before it was recorded."""
    return msgspec.structs.replace(entry, recorded_at=None)


def by_newer(entry: Entry) -> Entry:
    """The same capture, read by newer software."""
    origin = Origin(software="9.9", model=entry.origin.model, lexicons=entry.origin.lexicons)
    told = (entry.outcome, entry.stage, entry.reason, entry.article, entry.claims, entry.reasons)
    return msgspec.structs.replace(
        entry, origin=origin, entry_id=entry_id(entry.capture.capture_id, origin, *told), recorded_at=None
    )


def refused(entry: Entry) -> Entry:
    """The entry of a document that holds nothing."""
    told = ("refused", "clean", "no article: Überschrift only", None, (), {})
    return Entry(
        entry_id=entry_id(entry.capture.capture_id, entry.origin, *told),  # type: ignore[arg-type]
        capture=entry.capture,
        origin=entry.origin,
        outcome="refused",
        stage="clean",
        reason="no article: Überschrift only",
    )


def count(ledger: Ledger, table: str) -> int:
    """How many rows a table has."""
    with ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one()


def test_what_is_appended_comes_back_exactly(ledger: Ledger) -> None:
    """Entries come back in the order in which they were recorded, equal in every field but the time of recording."""
    whole = [*made(), refused(made(4, seed=5)[0])]
    new = ledger.append(whole)
    assert [bare(entry) for entry in new] == whole
    back = list(ledger.entries())
    assert [bare(entry) for entry in back] == whole
    assert [entry.recorded_at for entry in back] == [entry.recorded_at for entry in new]
    assert len({entry.recorded_at for entry in back}) == 1


@pytest.mark.parametrize("values", [12, 60, 30_000])
def test_rows_may_go_in_by_the_block(tmp_path: Path, values: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole statements and the rows that are left over: every row is there once, in its place."""
    monkeypatch.setattr(store, "VALUES_AT_ONCE", values)
    given = made(200)
    with open_ledger(tmp_path / "blocks.sqlite", create=True) as ledger:
        ledger.append(given)
        assert [bare(entry) for entry in ledger.entries()] == given
        assert count(ledger, "claims") == sum(len(entry.claims) for entry in given)
        assert [p for p in check(ledger).problems if not p.harmless] == []


def test_what_is_there_already_changes_nothing(ledger: Ledger) -> None:
    """Appending again adds no row anywhere, and returns nothing."""
    whole = made()
    ledger.append(whole[:7])
    assert ledger.append([*whole[:7], *whole[:7]]) == ()
    assert [entry.entry_id for entry in ledger.append([*whole, *whole])] == [entry.entry_id for entry in whole[7:]]
    assert count(ledger, "journal") == count(ledger, "entries") == count(ledger, "captures") == len(whole)
    assert count(ledger, "claims") == sum(len(entry.claims) for entry in whole)


def test_a_newer_reading_stands_beside_the_older_one(ledger: Ledger) -> None:
    """The capture is kept once; the newest reading counts now, the older one counted then."""
    first = made(4)[0]
    newer = by_newer(first)
    then = ledger.append([first])[0].recorded_at
    ledger.append([newer])
    assert [entry.entry_id for entry in ledger.entries()] == [newer.entry_id]
    assert [entry.entry_id for entry in ledger.entries(current=False)] == [first.entry_id, newer.entry_id]
    assert [entry.entry_id for entry in ledger.entries(as_of=then)] == [first.entry_id]
    assert [entry.entry_id for entry in ledger.entries(as_of="2020-01-01T00:00:00.000000Z")] == []
    assert count(ledger, "captures") == 1
    assert ledger.known(first.capture.capture_id) == (("read", first.origin), ("read", newer.origin))
    assert ledger.known("cap-unheard-of") == ()


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_order_and_batches_do_not_matter(fresh_file: Callable[[], str], data: st.DataObject) -> None:
    """However entries are dealt into batches, in whatever order and however often, the ledger holds each of them once."""
    whole = made(30, seed=2)
    order = data.draw(st.permutations([*whole, *whole[:4]]))
    with open_ledger(fresh_file(), create=True) as ledger:
        while order:
            size = data.draw(st.integers(1, len(order)))
            ledger.append(order[:size])
            order = order[size:]
        assert sorted(map(bare, ledger.entries()), key=lambda entry: entry.entry_id) == sorted(
            whole, key=lambda entry: entry.entry_id
        )
        assert count(ledger, "claims") == sum(len(entry.claims) for entry in whole)


@pytest.fixture(scope="module")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Makes locations for new ledgers in files."""
    folder = tmp_path_factory.mktemp("files")
    return lambda: str(folder / f"{len(list(folder.iterdir()))}.sqlite")


def test_words_are_found_alike_in_both(ledger: Ledger) -> None:
    """A sentence is found by all of its words, whatever their case and accents, and by no sign that has a meaning elsewhere."""
    entry = made(4)[0]
    said = "Zwölf Soldaten der 3rd Brigade—“ÉTAIENT” near O'Hara's well-known bridge (N-12), 1,200 people_said *NOT* ñandú."
    claim = entry.claims[0]
    sentence = msgspec.structs.replace(claim.sentence, text=said)
    entry = msgspec.structs.replace(
        entry, claims=(msgspec.structs.replace(claim, sentence=sentence), *entry.claims[1:])
    )
    ledger.append([entry])

    def finds(words: str) -> bool:
        sought = holding(words, ledger.engine.dialect.name)
        if sought is None:
            return False
        source, claim_no, condition = sought
        wanted = select(schema.claims.c.claim_id).join(source, claim_no == schema.claims.c.claim_no).where(condition)
        with ledger.reading() as connection:
            return claim.claim_id in connection.execute(wanted).scalars().all()

    for words in (
        "zwolf",
        "ZWÖLF soldaten",
        "etaient",
        "o'hara",
        "well-known",
        "n-12 BRIDGE",
        "1200",
        "nandu not",
        "people",
    ):
        assert finds(words) is (words != "1200"), words
    for words in ("zwo", "soldaten xyzzy", "OR", "*", '"', "nea*", "", "(", "a AND b", "brigade NEAR bridge NOT here"):
        assert not finds(words), words
    assert words_of("Ça va, ça VA") == ["ca", "va"]


def test_a_reader_sees_one_state_while_a_writer_writes(location: str) -> None:
    """Who reads through the ledger meets what was there when it began, and holds up nobody."""
    whole = made()
    with open_ledger(location, create=True) as writer, open_ledger(location, read_only=True) as reader:
        writer.append(whole[:5])
        walk = reader.entries()
        first = next(walk)
        writer.append(whole[5:])
        assert [bare(entry) for entry in (first, *walk)] == whole[:5]
        assert [bare(entry) for entry in reader.entries()] == whole


def test_two_writers_take_turns(location: str) -> None:
    """Two that write at once both succeed, and the chain holds."""
    one, other = made(200, seed=3), made(200, seed=4)
    open_ledger(location, create=True).close()

    def write(entries: list[Entry]) -> None:
        with open_ledger(location) as ledger:
            for entry in entries:
                ledger.append([entry])

    threads = [threading.Thread(target=write, args=(entries,)) for entries in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_ledger(location, read_only=True) as ledger:
        assert {entry.entry_id for entry in ledger.entries()} == {entry.entry_id for entry in (*one, *other)}
        with ledger.reading() as connection:
            numbers = connection.execute(select(schema.journal.c.seq).order_by(schema.journal.c.seq)).scalars().all()
        assert list(numbers) == list(range(1, len(one) + len(other) + 1))


def test_another_process_may_read_while_this_one_writes(tmp_path: Path) -> None:
    """A reader in a process of its own sees what was acknowledged."""
    path = tmp_path / "l.sqlite"
    code = (
        "import sys; from reportedly.ledger.store import open_ledger\n"
        "with open_ledger(sys.argv[1], read_only=True) as ledger: print(len(list(ledger.entries())))"
    )
    with open_ledger(path, create=True) as ledger:
        ledger.append(made())
        said = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        assert int(said.stdout) == len(made())


def test_what_fails_leaves_nothing(ledger: Ledger) -> None:
    """Of entries given together none is kept where one cannot be."""
    whole = made()
    broken = msgspec.structs.replace(whole[3], outcome=None)  # type: ignore[arg-type]
    with pytest.raises(Exception):  # noqa: B017  each database has its own
        ledger.append([*whole[:3], broken])
    assert list(ledger.entries()) == [] and count(ledger, "journal") == 0


def test_a_judgement_is_kept_once(ledger: Ledger) -> None:
    """Judging again changes nothing; a judgement has its line in the journal."""
    judgement = Judgement(
        judgement_id="jud-1",
        kind="same",
        left="acc-1",
        right="acc-2",
        left_anchor=made()[0].accounts[0].anchor,
        right_anchor=made()[1].accounts[0].anchor,
        by="Ana",
        at="2026-01-01T00:00:00.000000Z",
        why="the same street",
    )
    assert ledger.judge([judgement, judgement]) == (judgement,)
    assert ledger.judge([judgement]) == ()
    assert count(ledger, "judgements") == count(ledger, "journal") == 1


def test_visits_refusals_and_capture_files_are_noted(ledger: Ledger) -> None:
    """The latest visit counts; a capture file may be noted again, longer."""
    assert ledger.last_visit("https://post.example/") is None
    for status in (200, 304):
        last = Visit(url="https://post.example/", at="2026-01-01T00:00:00.000000Z", status=status, etag='"x"')
        ledger.visit(last)
    assert ledger.last_visit("https://post.example/") == last
    ledger.refuse("https://post.example/gone", "acquire", "it answered 404")
    assert count(ledger, "refusals") == 1
    ledger.close_capture_file("a.warc.gz", 3, 100, "0" * 64)
    ledger.close_capture_file("a.warc.gz", 4, 120, "1" * 64)
    assert ledger.capture_files() == {"a.warc.gz": (4, 120, "1" * 64)}


def test_a_ledger_opened_to_be_read_is_not_written(location: str) -> None:
    """Neither through it nor by opening it."""
    open_ledger(location, create=True).close()
    with open_ledger(location, read_only=True) as ledger, pytest.raises(LedgerError, match="only to be read"):
        ledger.append(made())


def test_the_capture_stands_beside_the_ledger(
    tmp_path: Path, server: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the file of the same name; for a server, where the environment says, or in the folder of work."""
    with open_ledger(tmp_path / "week.sqlite", create=True) as ledger:
        assert ledger.capture_folder == tmp_path / "week.capture"
    monkeypatch.delenv("REPORTEDLY_CAPTURE", raising=False)
    with open_ledger(server.url(database), create=True) as ledger:
        assert ledger.capture_folder == Path("reportedly.capture")
    monkeypatch.setenv("REPORTEDLY_CAPTURE", "/somewhere")
    with open_ledger(server.url(database)) as ledger:
        assert ledger.capture_folder == Path("/somewhere")


def test_where_there_is_no_ledger_it_says_so(tmp_path: Path) -> None:
    """Nothing is made unless asked; a folder, another file, another database are named for what they are."""
    with pytest.raises(NoLedger, match="reportedly ingest"):
        open_ledger(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NoLedger, match="is a folder"):
        open_ledger(tmp_path, create=True)
    (tmp_path / "notes.txt").write_text("these are notes, and they are long enough")
    with pytest.raises(NoLedger, match="no ledger"):
        open_ledger(tmp_path / "notes.txt", create=True)
    with pytest.raises(NoLedger, match="there is no folder"):
        open_ledger(tmp_path / "sub" / "l.sqlite", create=True)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE birds (name TEXT)")
    other.close()
    before = (tmp_path / "other.db").read_bytes()
    for create in (True, False):
        with pytest.raises(NoLedger, match="no ledger"):
            open_ledger(tmp_path / "other.db", create=create)
    assert (tmp_path / "other.db").read_bytes() == before
    with pytest.raises(LedgerError, match="mysql"):
        open_ledger("mysql://host/db")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """A ledger whose pages were overwritten is damaged, not absent."""
    path = tmp_path / "l.sqlite"
    with open_ledger(path, create=True) as ledger:
        ledger.append(made())
    content = bytearray(path.read_bytes())
    content[connect.PAGE_BYTES :] = b"\xa5" * (len(content) - connect.PAGE_BYTES)
    path.write_bytes(content)
    with pytest.raises(LedgerDamaged, match="doctor"), open_ledger(path) as ledger:
        list(ledger.entries())
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    with pytest.raises(LedgerError, match="name another one"):
        open_ledger(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_file_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    """It can still be read."""
    path = tmp_path / "l.sqlite"
    open_ledger(path, create=True).close()
    path.chmod(stat.S_IRUSR)
    with pytest.raises(LedgerError, match="cannot be written"):
        open_ledger(path)
    open_ledger(path, read_only=True).close()


def test_a_busy_ledger_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long for another writer is told to try again, and what the other wrote stands."""
    monkeypatch.setattr(connect, "BUSY_AFTER", 0.1)
    path = tmp_path / "l.sqlite"
    with open_ledger(path, create=True) as one, open_ledger(path) as other:
        with one.writing(), pytest.raises(LedgerBusy, match="try again"):
            other.append(made())
        other.append(made())


def test_a_server_that_is_not_there_is_named(server: Server, database: str) -> None:
    """No server, no such database, a wrong password: each is said, and the password is nowhere."""
    cases = {
        "postgresql://me:hush-hush@127.0.0.1:1/news": "no server listens",
        "postgresql://me:hush-hush@no-such-host.invalid/news": "no such host",
        server.url_by_port("nowhere"): "no such database",
        server.url_by_port(database, "hush-hush"): "password",
        server.url_by_port(database, "hush-hush").replace("reportedly:", "nobody-known:"): "password",
        "postgresql://me:hush-hush@localhost:port/news": "no address",
        "postgresql://me:hush-hush@localhost": "names no database",
    }
    for location, words in cases.items():
        with pytest.raises(LedgerError, match=words) as caught:
            open_ledger(location, create=True)
        shown = "".join(traceback.format_exception(caught.value))
        assert "hush-hush" not in shown and PASSWORD not in shown
    with open_ledger(server.url_by_port(database), create=True) as ledger:
        assert PASSWORD not in ledger.location and PASSWORD not in repr(ledger.engine)
    with pytest.raises(NoLedger, match="reportedly ingest"):
        server.run("CREATE DATABASE empty_one")
        open_ledger(server.url("empty_one"))


def test_a_newer_ledger_is_left_alone(ledger: Ledger, location: str) -> None:
    """One that newer software made is not opened, and what to do is said."""
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE reportedly_schema SET version_num = '9999'")
    for read_only in (True, False):
        with pytest.raises(LedgerVersion, match="pip install --upgrade"):
            open_ledger(location, read_only=read_only, create=not read_only)


def test_a_new_ledger_is_durable_and_strict(tmp_path: Path) -> None:
    """Every acknowledged transaction is on the disk; columns take no other type; keys must point at something."""
    with open_ledger(tmp_path / "l.sqlite", create=True) as ledger, ledger.reading() as connection:
        run = connection.exec_driver_sql
        assert run("PRAGMA journal_mode").scalar() == "wal"
        assert run("PRAGMA synchronous").scalar() == 2
        assert run("PRAGMA foreign_keys").scalar() == 1
        kinds = run("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").all()
        loose = {name for name, strict in kinds if not strict}
        assert loose <= {"reportedly_schema", "sqlite_schema"}
