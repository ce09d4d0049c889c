"""What can still be had of a ledger, damaged or not, for one that is made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DBAPIError

from reportedly.entries import Entry, Judgement
from reportedly.ledger import schema
from reportedly.ledger._check_rows import DAMAGED
from reportedly.ledger.journal import body_sha256
from reportedly.ledger.rows import entry_from, judgement_from, unpacked
from reportedly.ledger.store import Ledger
from reportedly.records import Origin, Record, identity

AT_ONCE = 200
NOTES = (schema.visits, schema.refusals)


class Kept(Record, frozen=True):
    """One line of the journal with what it tells of, both as they were written."""

    at: str
    record: Entry | Judgement


class Lost(Record, frozen=True):
    """A line of the journal, or what it tells of, that is no longer what was written."""

    seq: int
    subject: str
    capture_id: str | None = None
    """Of an entry, where the columns beside its record still tell; they are no proof, but say what to read again."""
    outcome: str | None = None
    origin_id: str | None = None


def kept(ledger: Ledger) -> Iterator[Kept | Lost]:
    """Every line of the journal with its record, in order; where one is damaged, only its name.

    A part of the database that cannot be read at all is passed over line by line.
    """
    journal = schema.journal.c
    with ledger.reading() as connection:
        last = _largest(connection)
        for start in range(1, last + 1, AT_ONCE):
            try:
                yield from list(_some(connection, start, start + AT_ONCE))
            except (DBAPIError, *DAMAGED):
                for seq in range(start, min(start + AT_ONCE, last + 1)):
                    try:
                        yield from list(_some(connection, seq, seq + 1))
                    except (DBAPIError, *DAMAGED):
                        yield Lost(seq=seq, subject=f"line {seq} of {journal.seq.table.name}")


def origin_id(origin: Origin) -> str:
    """The name of a version of the software in the ledger's tables."""
    return identity("org", msgspec.to_builtins(origin))


def entry_of(ledger: Ledger, entry_id: str) -> Entry | None:
    """The entry of that id, without the time at which it was recorded."""
    wanted = select(schema.entries.c.body).where(schema.entries.c.entry_id == entry_id)
    with ledger.reading() as connection:
        body = connection.scalar(wanted)
    return None if body is None else entry_from(body)


def copy_notes(ledger: Ledger, other: Ledger) -> None:
    """Takes visits and refusals over, as far as they can be read."""
    for table in NOTES:
        columns = [column for column in table.columns if not column.primary_key]
        try:
            with ledger.reading() as connection:
                found = [row._asdict() for row in connection.execute(select(*columns).order_by(*table.primary_key))]
        except DBAPIError:
            continue
        if found:
            with other.writing() as connection:
                connection.execute(insert(table), found)


def is_empty(ledger: Ledger) -> bool:
    """Whether nothing was ever appended."""
    with ledger.reading() as connection:
        return not _largest(connection)


def _largest(connection: Connection) -> int:
    for column in (schema.journal.c.seq, schema.entries.c.seq, schema.judgements.c.seq):
        try:
            found = connection.scalar(select(func.max(column)))
        except DBAPIError:
            continue
        if found:
            return int(found)
    return 0


def _some(connection: Connection, start: int, end: int) -> Iterator[Kept | Lost]:
    journal, entries, judgements = schema.journal, schema.entries, schema.judgements
    wanted = (
        select(journal, entries.c.body, judgements.c.record)
        .add_columns(entries.c.capture_id, entries.c.outcome, entries.c.origin_id)
        .outerjoin(entries, entries.c.seq == journal.c.seq)
        .outerjoin(judgements, judgements.c.seq == journal.c.seq)
        .where(journal.c.seq >= start, journal.c.seq < end)
        .order_by(journal.c.seq)
    )
    for seq, at, _, subject, sha256, _, body, record, capture_id, outcome, origin_id in connection.execute(wanted):
        whole = _whole(subject, sha256, body, record)
        if whole is not None:
            yield Kept(at=at, record=whole)
        else:
            yield Lost(seq=seq, subject=subject, capture_id=capture_id, outcome=outcome, origin_id=origin_id)


def _whole(subject: str, sha256: str, body: bytes | None, record: str | None) -> Entry | Judgement | None:
    """The record of a line, if it is the one whose hash the line has."""
    try:
        if body is not None:
            entry = entry_from(body)
            right = hashlib.sha256(unpacked(body)).hexdigest() == sha256 and entry.entry_id == subject
            return entry if right else None
        if record is not None:
            judgement = judgement_from(record)
            right = body_sha256(judgement) == sha256 and judgement.judgement_id == subject
            return judgement if right else None
    except (ValueError, TypeError, msgspec.MsgspecError):
        return None
    return None
