"""As of a time: what was recorded later does not show, what was taken back later still holds, and nothing is written."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typed_ledger import derive, entry, judgement, place

from reportedly.entries import Entry, Question
from reportedly.errors import LedgerError, NotInLedger
from reportedly.ledger import schema
from reportedly.ledger.questions import dossier, dossiers, known_at, page, source_page
from reportedly.ledger.store import Ledger, open_ledger

LONG_AGO = "2001-01-01T00:00:00.000000Z"


@pytest.fixture
def ledger(location: str) -> Iterator[Ledger]:
    with open_ledger(location, create=True) as made:
        yield made


def _last(ledger: Ledger) -> str:
    """When the last line was written."""
    with ledger.reading() as connection:
        return str(connection.execute(select(func.max(schema.journal.c.at))).scalar_one())


def _record(ledger: Ledger, *entries: Entry) -> str:
    ledger.append(entries)
    derive(ledger)
    return _last(ledger)


def _places(ledger: Ledger, **asked: object) -> list[str]:
    return sorted(one.place.name for one in page(ledger, Question(**asked)).incidents if one.place)  # type: ignore[arg-type]


def test_a_later_entry_does_not_show(ledger: Ledger) -> None:
    """Not in a list, not by its words, not among the sources, not by its id; the very moment of recording counts."""
    then = _record(ledger, entry("Early bomb.", where=place("One"), source="Ana Ruiz"))
    late = entry("Late bomb.", where=place("Two"), source="Ivo Tarn")
    now = _record(ledger, late)
    with known_at(ledger, then, derive) as past:
        assert _places(past, as_of=then) == ["One"]
        assert _places(past, as_of=then, text="bomb") == ["One"]
        assert _places(past, as_of=then, text="late") == []
        assert [one.name for one in source_page(past, Question(as_of=then)).sources] == ["Ana Ruiz"]
        assert [one.incident.title for one in dossiers(past, Question(as_of=then))] == ["bombing · One"]
        with pytest.raises(NotInLedger):
            dossier(past, late.accounts[0].account_id)
    with known_at(ledger, now, derive) as past:
        assert _places(past, as_of=now) == ["One", "Two"]
    with known_at(ledger, LONG_AGO, derive) as past:
        assert page(past, Question(as_of=LONG_AGO)).total == 0
    assert _places(ledger) == ["One", "Two"]


def test_a_judgement_taken_back_later_still_holds_then(ledger: Ledger) -> None:
    """Two incidents, then one, then two again."""
    one, two = entry("One.", outlet="Echo"), entry("Two.", outlet="Herald")
    apart = _record(ledger, one, two)
    same = judgement(one, two)
    ledger.judge([same])
    joined = _last(ledger)
    ledger.judge([judgement(one, two, retracts=same, by="Ana")])
    undone = _last(ledger)
    derive(ledger)
    totals = {}
    for time in (apart, joined, undone):
        with known_at(ledger, time, derive) as past:
            totals[time] = page(past, Question(as_of=time)).total
            judgements = dossier(past, one.accounts[0].account_id).judgements
            assert len(judgements) == (1 if time == joined else 0)
    assert list(totals.values()) == [2, 1, 2]
    assert page(ledger, Question()).total == 2


def test_the_reading_of_a_page_is_that_of_then(ledger: Ledger) -> None:
    """A newer reading, recorded later, does not replace the one that counted."""
    old = entry("Words.", where=place("One"), url="https://a.example/1")
    new = entry("Words.", where=place("Two"), url="https://a.example/1", origin=type(old.origin)(
        software="0.3.0", model="typed", lexicons="1"))  # fmt: skip
    then = _record(ledger, old)
    _record(ledger, new)
    with known_at(ledger, then, derive) as past:
        assert _places(past, as_of=then) == ["One"]
    assert _places(ledger) == ["Two"]


def test_nothing_is_written_and_a_reader_may_ask(location: str) -> None:
    """A ledger that is opened only to be read answers, and its tables are what they were."""
    with open_ledger(location, create=True) as ledger:
        then = _record(ledger, entry("One.", where=place("One")))
        _record(ledger, entry("Two.", where=place("Two")))
    with open_ledger(location, read_only=True) as reader:
        with known_at(reader, then, derive) as past:
            assert _places(past, as_of=then) == ["One"]
        assert _places(reader) == ["One", "Two"]
        with pytest.raises(LedgerError), reader.writing():
            pass
        with known_at(reader, then, derive) as again:
            assert _places(again, as_of=then) == ["One"]


def test_the_file_is_the_same_bytes_afterwards(tmp_path: Path) -> None:
    """In SQLite not one byte changes."""
    path = tmp_path / "a.sqlite"
    with open_ledger(path, create=True) as ledger:
        then = _record(ledger, entry("One.", where=place("One")))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with open_ledger(path, read_only=True) as reader, known_at(reader, then, derive) as past:
        assert page(past, Question(as_of=then)).total == 1
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_writer_at_work_is_neither_stopped_nor_seen(location: str) -> None:
    """While the past is looked at, an article is appended; the view does not change, the next question sees it."""
    with open_ledger(location, create=True) as writer:
        then = _record(writer, entry("One.", where=place("One")))
        with open_ledger(location, read_only=True) as reader:
            with known_at(reader, then, derive) as past:
                working = threading.Thread(target=_record, args=(writer, entry("Two.", where=place("Two"))))
                working.start()
                working.join(30)
                assert not working.is_alive()
                assert _places(past, as_of=then) == ["One"]
            assert _places(reader) == ["One", "Two"]


def test_an_error_inside_leaves_the_ledger_usable(ledger: Ledger) -> None:
    """The view goes, whatever happens in it."""
    then = _record(ledger, entry("One.", where=place("One")))
    with pytest.raises(NotInLedger), known_at(ledger, then, derive) as past:
        dossier(past, "ffffffff")
    assert _places(ledger) == ["One"]
    _record(ledger, entry("Two.", where=place("Two")))
    assert _places(ledger) == ["One", "Two"]
