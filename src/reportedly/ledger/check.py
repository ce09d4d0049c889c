"""Whether a ledger still holds what was written to it, and the one hash by which two ledgers are compared. Nothing here writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from sqlalchemy import Column, Connection, func, select
from sqlalchemy.exc import DBAPIError

from reportedly.entries import Health, Problem
from reportedly.ledger import migrate, schema
from reportedly.ledger._check_capture import captures_against_files
from reportedly.ledger._check_derived import current_entries_are_current, derived_against_fresh
from reportedly.ledger._check_rows import REBUILD, Watch, rows_against_records
from reportedly.ledger._check_structure import integrity, orphans, tables, words_are_searchable
from reportedly.ledger.store import Ledger

IDENTITIES: tuple[Column[str], ...] = (
    schema.captures.c.capture_id,
    schema.entries.c.entry_id,
    schema.judgements.c.judgement_id,
)
COUNTED = ("captures", "entries", "claims", "accounts", "judgements", "incidents", "refusals", "visits")
AT_ONCE = 10_000
MOST = 100
"""Problems of one examination that are listed; of the rest only how many."""

Examination = Callable[[], Iterator[Problem]]
Merge = Callable[[Ledger], object]


def ledger_hash(ledger: Ledger) -> str:
    """SHA-256 (hex) over the identities of captures, entries and judgements, each kind sorted by its bytes, one a line.

    It does not depend on times, on the order of arrival, on the database or on how many processes read. No more than a few
    thousand identities are in memory at once.
    """
    with ledger.reading() as connection:
        return _hash(connection)


def check(ledger: Ledger, *, merge: Merge | None = None, watch: Watch = lambda name, number: None) -> Health:
    """Looks at everything that a ledger holds. Nothing is written; another process may write meanwhile.

    Args:
        ledger: opened only to be read, best.
        merge: makes the derived tables of a ledger from its entries and judgements (``engines.merging.merge``); where it is
            given, they are made anew in a copy and compared.
        watch: told the name of each examination and how far it is.
    """
    problems: list[Problem] = []
    with ledger.reading() as connection:
        _leniently(connection)
        try:
            for name, examination in _examinations(ledger, connection, watch):
                watch(name, 0)
                problems += _found(name, examination())
            found = _hash(connection)
            version = migrate.version(connection) or ""
            counts = {name: _count(connection, name) for name in COUNTED}
        except DBAPIError as error:
            problems.append(_unreadable("the identities", error))
            found, version, counts = "", "", {}
        finally:
            _strictly(connection)
    if merge is not None and not any(not problem.harmless for problem in problems):
        watch("derived tables", 0)
        problems += _found("derived tables", derived_against_fresh(ledger, merge, watch))
    return Health(ledger_hash=found, schema=version, counts=counts, problems=tuple(problems))


def _examinations(ledger: Ledger, connection: Connection, watch: Watch) -> Iterator[tuple[str, Examination]]:
    yield "schema", partial(tables, connection)
    yield "integrity", partial(integrity, connection)
    yield "orphans", partial(orphans, connection)
    yield "records", partial(rows_against_records, connection, watch)
    yield "search", partial(words_are_searchable, connection)
    yield "current entries", partial(current_entries_are_current, connection)
    yield "captures", partial(captures_against_files, connection, ledger.capture_folder, watch)


def _found(name: str, problems: Iterator[Problem]) -> list[Problem]:
    """The first problems of an examination; where the database itself cannot go on, that is one."""
    found: list[Problem] = []
    try:
        found += islice(problems, MOST)
        more = sum(1 for _ in problems)
        if more:
            found.append(Problem(kind=found[-1].kind, what=f"{name}: {more} more of these", todo=found[-1].todo))
    except DBAPIError as error:
        found.append(_unreadable(name, error))
    return found


def _unreadable(name: str, error: DBAPIError) -> Problem:
    said = " ".join(str(error.orig).split())[:200]
    return Problem(kind="integrity", what=f"{name}: the database cannot read on ({said})", todo=REBUILD)


def _hash(connection: Connection) -> str:
    digest = hashlib.sha256()
    rows = connection.execution_options(yield_per=AT_ONCE)
    for column in IDENTITIES:
        for part in rows.scalars(select(column).order_by(column)).partitions():
            digest.update("".join(f"{one}\n" for one in part).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0


def _leniently(connection: Connection) -> None:
    """Text that is no UTF-8 is read all the same, so that its row can be named."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")  # type: ignore[union-attr]


def _strictly(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.text_factory = str  # type: ignore[union-attr]
