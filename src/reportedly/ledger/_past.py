"""The ledger as it was at a time: what was recorded later is out of sight, and what is derived is made anew.

A table of the connection itself (TEMPORARY) hides the ledger's own table of the same name, in SQLite and in PostgreSQL; so the
kept tables become views of what was there by then, the derived ones start empty, and everything else runs as it always does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from sqlalchemy import Connection, MetaData, func, insert, select, text
from sqlalchemy.schema import CreateIndex, CreateTable

from reportedly.ledger import schema
from reportedly.ledger.store import Ledger

Derive: TypeAlias = Callable[[Ledger], object]
"""Fills the derived tables of a ledger from its entries and judgements (``reportedly.engines.merging.derive``)."""

KEPT = ("entries", "claims", "accounts", "judgements")
"""Those with the number of their line in the journal; the others are only found by way of these."""


class Past(Ledger):
    """A ledger as it was at a time. What is written to it is of this session only."""

    time: str
    """UTC, as in `Entry.recorded_at`."""

    def __init__(self, ledger: Ledger, connection: Connection, time: str) -> None:
        super().__init__(ledger.location, ledger.engine, ledger.capture_folder, False)
        self.time, self._connection = time, connection

    def close(self) -> None:
        """Nothing: the ledger that it is a view of is closed by whoever opened it."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection that holds the view."""
        yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The same one: nothing of it outlives the view."""
        yield self._connection


@contextmanager
def known_at(ledger: Ledger, time: str, derive: Derive) -> Iterator[Past]:
    """What `ledger` knew at a time.

    A judgement that was taken back later still holds. Nothing is written to the ledger, and a writer may be at work.

    Args:
        ledger: it may be opened only to be read.
        time: UTC, as in `Entry.recorded_at`; what was recorded at that very moment counts.
        derive: fills the derived tables.
    """
    with ledger.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION READ WRITE"))  # of temporary tables, which is all that is written
        past = Past(ledger, connection, time)
        try:
            _hide(connection, time)
            derive(past)
            yield past
        finally:
            connection.rollback()


def _hide(connection: Connection, time: str) -> None:
    journal, kept = schema.journal.c, "main" if connection.dialect.name == "sqlite" else "public"
    last = connection.execute(select(func.max(journal.seq)).where(journal.at <= time)).scalar() or 0
    if connection.dialect.name == "postgresql":
        kept = str(connection.execute(select(func.current_schema())).scalar_one())
    for name in (*KEPT, "journal"):
        connection.exec_driver_sql(
            f'CREATE TEMPORARY VIEW {name} AS SELECT * FROM "{kept}".{name} WHERE seq <= {int(last)}'
        )
    hidden = MetaData()
    for table in schema.DERIVED:
        copy = table.to_metadata(hidden)
        copy.dialect_options["sqlite"]["strict"] = False
        copy._prefixes = ["TEMPORARY"]
        connection.execute(CreateTable(copy))
        for index in copy.indexes:
            connection.execute(CreateIndex(index))
    entries, current = schema.entries.c, schema.current_entries
    newest = select(entries.capture_id, func.max(entries.seq)).group_by(entries.capture_id)
    connection.execute(insert(current).from_select(["capture_id", "seq"], newest))
