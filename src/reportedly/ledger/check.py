"""Whether a ledger still holds what was written to it, and the one hash by which two ledgers are compared."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Column, ColumnElement, collate, select

from reportedly.ledger.schema import captures, entries, judgements

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

IDENTITIES: tuple[Column[str], ...] = (captures.c.capture_id, entries.c.entry_id, judgements.c.judgement_id)
AT_ONCE = 10_000


def ledger_hash(ledger: Ledger) -> str:
    """SHA-256 (hex) over the identities of captures, entries and judgements, each kind sorted by its bytes, one a line.

    It does not depend on times, on the order of arrival, on the database or on how many processes read. No more than a few
    thousand identities are in memory at once.
    """
    digest = hashlib.sha256()
    with ledger.engine.connect() as connection:
        rows = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
        for column in IDENTITIES:
            for part in rows.scalars(select(column).order_by(_bytewise(ledger, column))).partitions():
                digest.update("".join(f"{one}\n" for one in part).encode())
    return digest.hexdigest()


def _bytewise(ledger: Ledger, column: Column[str]) -> ColumnElement[str]:
    """SQLite compares text by its bytes; a PostgreSQL database by its language unless told otherwise."""
    return collate(column, "C") if ledger.engine.dialect.name == "postgresql" else column.asc()
