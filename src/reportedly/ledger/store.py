"""The ledger itself: open it, append to it, read it whole.

One call of `Ledger.append` is one transaction: when it returns, all that was given is on the disk; before that, nothing of it is.
What merging asks of the ledger is in `reportedly.ledger.linking`, what people ask of it in `reportedly.ledger.questions`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from sqlalchemy import Column, Connection, Engine, Select, Table, and_, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as server_insert
from sqlalchemy.dialects.sqlite import insert as file_insert

from reportedly.entries import Entry, Judgement, Outcome, Visit
from reportedly.errors import LedgerError, NoLedger
from reportedly.ledger import connect, migrate, rows, schema, words
from reportedly.ledger.rows import Rows, Tip
from reportedly.records import Origin

READ_AT_ONCE = 200
MANY = 1_000
"""Entries in one transaction from which on it touches most pages of most indexes, and memory is spent to keep them."""
INSERTED_AT_ONCE = 2_500
"""Entries whose rows are in memory at a time."""
VALUES_AT_ONCE = 30_000
"""Values in one INSERT of many rows, which takes two thirds of the time of as many of one row. SQLite takes 32,766."""
_WRITERS = 0x7265706F + 1
"""The advisory lock of those who write to a PostgreSQL ledger."""

_LINES, _TOLD = schema.journal.c, schema.accounts.c
_LAST_LINE = select(_LINES.seq, _LINES.hash, _LINES.at).order_by(_LINES.seq.desc()).limit(1)
_LAST_CLAIM = select(func.max(schema.claims.c.claim_no))
_COMPARED_BEFORE = delete(schema.paired).where(
    schema.paired.c.account_id.in_(select(_TOLD.account_id).where(_TOLD.seq > bindparam("seq")))
)
"""Accounts that an older reading of the same capture had too: they are compared anew."""


def open_ledger(location: str | Path, *, create: bool = False, read_only: bool = False) -> Ledger:
    """Opens the ledger at `location`; a context manager.

    Opened for writing, a ledger that an older version made is upgraded, and `Ledger.upgraded_from` names that version.

    Args:
        location: a file (SQLite), or ``postgresql://user@host/database``.
        create: make one where there is none.
        read_only: only ask; a writer may be at work at the same time.

    Raises:
        NoLedger: there is none at that place, or the server does not answer.
        LedgerVersion: a newer version made it; or an older one, and it is opened only to be read.
        LedgerBusy: another process is writing.
        LedgerError: it cannot be opened as asked.
    """
    if connect.is_server(str(location)):
        url = connect.server_url(str(location))
        named = os.environ.get(connect.CAPTURE_VARIABLE)
        folder = Path(named) if named else Path("reportedly.capture")
        ledger = Ledger(connect.masked(url), connect.server_engine(url, read_only=read_only), folder, read_only)
    else:
        path = connect.file_path(location)
        _must_be_usable(path, create=create, read_only=read_only)
        engine = connect.file_engine(path, read_only=read_only)
        ledger = Ledger(str(location), engine, path.with_suffix(".capture"), read_only)
    with ExitStack() as undo:
        undo.callback(ledger.close)
        ledger._settle(create)
        undo.pop_all()
    return ledger


class Ledger:
    """An open ledger; closed at the end of ``with``."""

    location: str
    """As it was named; without a password."""
    read_only: bool
    capture_folder: Path
    """Where the bytes of its captures lie."""
    engine: Engine
    """For the modules of this package only."""
    upgraded_from: str | None = None
    """The version of the schema that it had before it was opened, where it was upgraded."""

    def __init__(self, location: str, engine: Engine, capture_folder: Path, read_only: bool) -> None:
        self.location, self.engine, self.capture_folder, self.read_only = location, engine, capture_folder, read_only

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the ledger as it is now until it is given back, whatever is written meanwhile."""
        with connect.plainly(self.location), self.engine.connect() as connection:
            if self._server:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: what is done in it is done whole, or not at all. Several writers take turns."""
        if self.read_only:
            raise LedgerError(f"{self.location} was opened only to be read")
        with connect.plainly(self.location), self.engine.connect() as connection:
            connection = connection.execution_options(**{connect.WRITE: True})
            with connection.begin():
                if self._server:
                    connection.execute(select(func.pg_advisory_xact_lock(_WRITERS)))
                yield connection

    def append(self, entries: Sequence[Entry], *, at: str | None = None) -> tuple[Entry, ...]:
        """Appends entries in one transaction, in their order; those that it holds already change nothing.

        Args:
            entries: what is to be held.
            at: when they were recorded, in a ledger that is made anew (UTC); never earlier than what stands before them.

        Returns:
            The new ones, each with the time at which it was recorded.
        """
        if not entries:
            return ()
        with self.writing() as connection:
            new = self._unknown(connection, entries)
            if not new:
                return ()
            if len(new) >= MANY and not self._server:
                connection.exec_driver_sql(f"PRAGMA cache_size=-{connect.CACHE_OF_MANY_KIB}")
            made = self._rows(connection, at)
            for group in rows.in_groups(new, INSERTED_AT_ONCE):
                for entry in group:
                    made.add(entry if entry.recorded_at is None else msgspec.structs.replace(entry, recorded_at=None))
                self._insert(connection, made)
                made = Rows(made.tip, made.at)
            connection.execute(_COMPARED_BEFORE, {"seq": made.tip.seq - len(new)})
        return tuple(msgspec.structs.replace(entry, recorded_at=made.at) for entry in new)

    def judge(self, judgements: Sequence[Judgement], *, at: str | None = None) -> tuple[Judgement, ...]:
        """Appends judgements in one transaction; returns those that it did not hold. `at`: see `append`."""
        if not judgements:
            return ()
        with self.writing() as connection:
            return self.judge_within(connection, judgements, at)

    def judge_within(
        self, connection: Connection, judgements: Sequence[Judgement], at: str | None = None
    ) -> tuple[Judgement, ...]:
        """`judge`, as a part of a transaction that is open (for `reportedly.ledger.linking`)."""
        given = {judgement.judgement_id: judgement for judgement in judgements}
        held = set(held_of(connection, schema.judgements.c.judgement_id, tuple(given)))
        new = tuple(judgement for name, judgement in given.items() if name not in held)
        if new:
            made = self._rows(connection, at)
            for judgement in new:
                made.add_judgement(judgement)
            self._insert(connection, made)
        return new

    def refuse(self, name: str, stage: str, reason: str) -> None:
        """Notes a source of which no bytes could be had."""
        with self.writing() as connection:
            connection.execute(insert(schema.refusals).values(name=name, stage=stage, reason=reason, at=now()))

    def known(self, capture_id: str) -> tuple[tuple[Outcome, Origin], ...]:
        """What the ledger holds of a capture: each outcome with the software that came to it, oldest first."""
        held, made = schema.entries.c, schema.origins.c
        wanted = (
            select(held.outcome, made.software, made.model, made.lexicons)
            .join(schema.origins, made.origin_id == held.origin_id)
            .where(held.capture_id == capture_id)
            .order_by(held.seq)
        )
        with self.reading() as connection:
            return tuple(
                (row.outcome, Origin(software=row.software, model=row.model, lexicons=row.lexicons))
                for row in connection.execute(wanted)
            )

    def entries(self, *, current: bool = True, as_of: str | None = None) -> Iterator[Entry]:
        """The entries in the order in which they were recorded, each as it was appended.

        Args:
            current: only the latest of each capture.
            as_of: only what was recorded by then (UTC, as in `Entry.recorded_at`).
        """
        with self.reading() as connection:
            after = 0
            while found := connection.execute(_entries(current, as_of, after)).all():
                yield from (rows.entry_from(row.body, row.recorded_at) for row in found)
                after = found[-1].seq

    def last_visit(self, url: str) -> Visit | None:
        """The latest visit to an address; null where it was never asked."""
        visits = schema.visits.c
        wanted = select(schema.visits).where(visits.url == url).order_by(visits.visit_no.desc()).limit(1)
        with self.reading() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            return None
        return Visit(
            url=row.url,
            at=row.at,
            status=row.status,
            etag=row.etag,
            last_modified=row.last_modified,
            capture_id=row.capture_id,
        )

    def visit(self, visit: Visit) -> None:
        """Notes that an address was asked."""
        with self.writing() as connection:
            connection.execute(insert(schema.visits).values(**msgspec.structs.asdict(visit)))

    def close_capture_file(self, name: str, records: int, size: int, sha256: str) -> None:
        """Notes a capture file that was closed in good order; noting it again with the same values changes nothing.

        Args:
            name: of the file, without its folder.
            records: how many documents it holds.
            size: in bytes.
            sha256: of the whole file.
        """
        table = schema.capture_files
        values = {"name": name, "records": records, "bytes": size, "sha256": sha256, "closed_at": now()}
        with self.writing() as connection:
            if connection.execute(select(table).where(table.c.name == name)).first():
                fresh = {key: value for key, value in values.items() if key != "name"}
                connection.execute(table.update().where(table.c.name == name).values(**fresh))
            else:
                connection.execute(insert(table).values(**values))

    def capture_files(self) -> dict[str, tuple[int, int, str]]:
        """The capture files that were closed in good order: name to records, bytes and SHA-256."""
        table = schema.capture_files
        with self.reading() as connection:
            found = connection.execute(select(table).order_by(table.c.name))
            return {row.name: (row.records, row.bytes, row.sha256) for row in found}

    # What follows is for this package ---------------------------------------------------------------------------------

    @property
    def _server(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def _settle(self, create: bool) -> None:
        """Sees to it that the schema is this version's."""
        with self.reading() as connection:
            found = migrate.version(connection)
            self._must_speak_utf8(connection)
            if self.read_only or (found is None and not create) or found == schema.REVISIONS[-1]:
                migrate.must_be_this(connection, self.location)
                return
        with self.writing() as connection:
            self.upgraded_from = migrate.upgrade(connection, self.location)

    def _must_speak_utf8(self, connection: Connection) -> None:
        if self._server and (coded := connection.exec_driver_sql("SHOW server_encoding").scalar()) != "UTF8":
            raise NoLedger(
                f"{self.location} keeps text as {coded}; make a database with: createdb --encoding UTF8 NAME"
            )

    def _unknown(self, connection: Connection, entries: Sequence[Entry]) -> list[Entry]:
        given = {entry.entry_id: entry for entry in entries}
        held = set(held_of(connection, schema.entries.c.entry_id, tuple(given)))
        return [entry for name, entry in given.items() if name not in held]

    def _rows(self, connection: Connection, at: str | None) -> Rows:
        last = connection.execute(_LAST_LINE).first()
        claim_no = connection.execute(_LAST_CLAIM).scalar() or 0
        if last is None:
            return Rows(Tip(0, "", claim_no, ""), at or now())
        return Rows(Tip(last.seq, last.hash, claim_no, last.at), max(at or now(), last.at))

    def _insert(self, connection: Connection, made: Rows) -> None:
        for name, statement in self._statements.items():
            if given := getattr(made, name):
                if name == "claim_words" and self._server:
                    given = [(number, words.words_of(sentence)) for number, sentence in given]
                rest = given if self._server else self._insert_blocks(connection, statement, given)
                if rest:
                    connection.exec_driver_sql(statement, rest)

    def _insert_blocks(self, connection: Connection, statement: str, given: list[rows.Row]) -> list[rows.Row]:
        """Inserts as many rows as fill whole statements; returns the others."""
        size = VALUES_AT_ONCE // len(given[0])
        end = len(given) - len(given) % size
        for start in range(0, end, size):
            values = tuple(chain.from_iterable(given[start : start + size]))
            connection.exec_driver_sql(_of_many(statement, len(given[0]), size), values)
        return given[end:]

    @cached_property
    def _statements(self) -> dict[str, str]:
        """For each table that an append fills, in the order of their foreign keys, how a row goes in."""
        once = (schema.origins, schema.captures)
        always = (schema.journal, schema.entries, schema.claims, schema.hops, schema.accounts, schema.judgements)
        return {
            **{table.name: self.statement(table, skip=True) for table in once},
            **{table.name: self.statement(table) for table in always},
            "current_entries": self.statement(schema.current_entries, update=True),
            "claim_words": words.POSTGRESQL_INSERT if self._server else words.SQLITE_INSERT,
        }

    def statement(self, table: Table, *, skip: bool = False, update: bool = False) -> str:
        """The INSERT of a row of `table`, in the driver's own tongue, for tuples in the order of its columns.

        Args:
            table: one of the schema.
            skip: a row with the same key stands.
            update: a row with the same key gives way.
        """
        kind: Any = type(self.engine.dialect)
        dialect = kind(paramstyle="format" if self._server else "qmark")
        make = (server_insert if self._server else file_insert)(table)
        if skip:
            make = make.on_conflict_do_nothing()
        if update:
            key = [column.name for column in table.primary_key]
            rest = {column.name: make.excluded[column.name] for column in table.c if column.name not in key}
            make = make.on_conflict_do_update(index_elements=key, set_=rest) if rest else make.on_conflict_do_nothing()
        return str(make.compile(dialect=dialect))


@cache
def _of_many(statement: str, width: int, size: int) -> str:
    """An INSERT of one row as one of `size` rows."""
    row = f"({', '.join('?' * width)})"
    assert row in statement
    return statement.replace(row, ", ".join([row] * size), 1)


def now() -> str:
    """The time, UTC, as the ledger writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def held_of(connection: Connection, column: Column[str], values: Sequence[str]) -> Iterator[str]:
    """Those of `values` that stand in `column`; in the driver's own tongue, for an append asks it of each of its entries."""
    asked = f"SELECT {column.name} FROM {column.table.name} WHERE {column.name}"
    if connection.dialect.name == "postgresql":
        found = connection.exec_driver_sql(f"{asked} = ANY(%s)", (list(values),))
    else:
        listed = msgspec.json.encode(values).decode()
        found = connection.exec_driver_sql(f"{asked} IN (SELECT value FROM json_each(?))", (listed,))
    yield from found.scalars()


def _must_be_usable(path: Path, *, create: bool, read_only: bool) -> None:
    """Raises the error that says what is wrong with a file before SQLite is asked, which would say less."""
    if path.is_dir():
        raise NoLedger(f"{path} is a folder; name a file in it: {path / 'reportedly.sqlite'}")
    if not path.exists():
        if read_only or not create:
            raise NoLedger(f"there is no ledger at {path}; make one with: reportedly ingest SOURCES --ledger {path}")
        if not path.absolute().parent.is_dir():
            raise NoLedger(f"there is no folder {path.absolute().parent}; make it, or name another file")
        return
    with connect.readable(path) as file:
        head = file.read(16)
    if (head or not create) and head != b"SQLite format 3\x00":
        raise NoLedger(f"{path} is a file, but no ledger; name another one")
    if not read_only and not os.access(path, os.W_OK):
        raise LedgerError(f"{path} cannot be written to; check its permissions, or name another file")


def _entries(current: bool, as_of: str | None, after: int) -> Select[Any]:
    """The next entries."""
    held = schema.entries
    wanted = select(held.c.seq, held.c.body, held.c.recorded_at).where(held.c.seq > after)
    if as_of is not None:
        wanted = wanted.where(held.c.recorded_at <= as_of)
    if current and as_of is None:
        wanted = wanted.join(schema.current_entries, schema.current_entries.c.seq == held.c.seq)
    elif current:
        later = held.alias("later")
        newer = and_(later.c.capture_id == held.c.capture_id, later.c.seq > held.c.seq, later.c.recorded_at <= as_of)
        wanted = wanted.where(~select(later.c.seq).where(newer).exists())
    return wanted.order_by(held.c.seq).limit(READ_AT_ONCE)
