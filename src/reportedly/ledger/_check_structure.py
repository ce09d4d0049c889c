"""What a database can say of itself: its tables, its pages, rows that belong to nothing, its index of words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, exists, func, inspect, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from reportedly.entries import Problem
from reportedly.ledger import schema
from reportedly.ledger._check_rows import DAMAGED, REBUILD, Rest
from reportedly.ledger.rows import unpacked
from reportedly.ledger.words import SQLITE_DDL, SQLITE_INSERT, claim_words, words_of
from reportedly.records import Span

AT_ONCE = 5_000
SHOWN = 3
FRESH_WORDS = SQLITE_DDL[0].replace("TABLE claim_words", "TABLE temp.check_words")
INSERT_WORDS = SQLITE_INSERT.replace("claim_words", "temp.check_words", 1)


def tables(connection: Connection) -> Iterator[Problem]:
    """Tables, columns and indexes of the schema that are not there."""
    found = inspect(connection)
    there = set(found.get_table_names())
    for table in schema.metadata.sorted_tables:
        if table.name not in there:
            yield Problem(kind="schema", what=f"the table {table.name} is missing", todo=REBUILD)
            continue
        columns = {column["name"] for column in found.get_columns(table.name)}
        missing = [f"column {column.name}" for column in table.columns if column.name not in columns]
        indexes = {index["name"] for index in found.get_indexes(table.name)}
        missing += [f"index {index.name}" for index in table.indexes if index.name not in indexes]
        for one in sorted(missing):
            yield Problem(kind="schema", what=f"the table {table.name} has no {one}", todo=REBUILD)


def integrity(connection: Connection) -> Iterator[Problem]:
    """What the database's own examination finds."""
    said = _of_server(connection) if connection.dialect.name == "postgresql" else _of_file(connection)
    for what in said:
        yield Problem(kind="integrity", what=what, todo=REBUILD)


def _of_file(connection: Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"SQLite finds: {' '.join(str(line).split())[:300]}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} names a row of {parent} that is not there"


def _of_server(connection: Connection) -> Iterator[str]:
    """Indexes that are not valid, constraints that were not checked, pages whose checksum was wrong."""
    invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT (indisvalid AND indisready)"
    for (name,) in connection.exec_driver_sql(invalid):
        yield f"PostgreSQL holds the index {name} for invalid"
    unchecked = (
        "SELECT conname FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
    )
    for (name,) in connection.exec_driver_sql(unchecked):
        yield f"PostgreSQL has not checked the constraint {name}"
    wrong = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    number = connection.exec_driver_sql(wrong).scalar()
    if number:
        yield f"PostgreSQL has met {number} pages whose checksum is wrong"


def orphans(connection: Connection) -> Iterator[Problem]:
    """Rows that belong to nothing."""
    journal, entries, judgements = schema.journal.c, schema.entries.c, schema.judgements.c
    claims, hops, accounts = schema.claims.c, schema.hops.c, schema.accounts.c
    for child, parent in (
        (entries.seq, journal.seq),
        (judgements.seq, journal.seq),
        (claims.seq, entries.seq),
        (accounts.seq, entries.seq),
        (hops.claim_no, claims.claim_no),
        (schema.captures.c.capture_id, entries.capture_id),
        (schema.origins.c.origin_id, entries.origin_id),
        (schema.current_entries.c.seq, entries.seq),
    ):
        number, some = _without(connection, child, parent)
        if number:
            shown = ", ".join(str(one) for one in some) + (", …" if number > SHOWN else "")
            what = f"{number} rows of {child.table.name} belong to no row of {parent.table.name} ({shown})"
            yield Problem(kind="orphan", what=what, todo=REBUILD)
    both = union_all(select(judgements.left.label("one")), select(judgements.right)).subquery()
    unknown = select(func.count(both.c.one.distinct())).where(~exists().where(accounts.account_id == both.c.one))
    judged = connection.scalar(unknown)
    if judged:
        yield Problem(
            kind="orphan",
            what=f"judgements speak of {judged} accounts that no entry holds",
            todo="nothing: they take effect when an entry with such an account comes in",
            harmless=True,
        )


def _without(connection: Connection, child: Column[Any], parent: Column[Any]) -> tuple[int, list[Any]]:
    alone = select(child).where(~exists().where(parent == child))
    number = connection.scalar(select(func.count()).select_from(alone.subquery())) or 0
    return number, list(connection.scalars(alone.order_by(child).limit(SHOWN))) if number else []


def words_are_searchable(connection: Connection) -> Iterator[Problem]:
    """Whether the search for words finds each claim by the words of its sentence, and by no other."""
    number = _server_words(connection) if connection.dialect.name == "postgresql" else _file_words(connection)
    if number is not None:
        what = f"the index of words does not fit the sentence of claim {number} (and maybe of others)"
        yield Problem(kind="derived", what=what, todo=REBUILD)


def _file_words(connection: Connection) -> int | None:
    """The first claim that is found wrongly. An index is made anew, in memory, and both are read word by word.

    (FTS5's own check would write.)
    """
    run = connection.exec_driver_sql
    run(FRESH_WORDS)
    try:
        sentences = _sentences(connection)
        while some := list(islice(sentences, AT_ONCE)):
            run(INSERT_WORDS, some)
        run("CREATE VIRTUAL TABLE temp.check_here USING fts5vocab('main', 'claim_words', 'instance')")
        run("CREATE VIRTUAL TABLE temp.check_fresh USING fts5vocab('temp', 'check_words', 'instance')")
        streamed = connection.execution_options(yield_per=AT_ONCE).exec_driver_sql
        with (
            streamed("SELECT term, doc FROM temp.check_here") as here,
            streamed("SELECT term, doc FROM temp.check_fresh") as fresh,
        ):
            for one, other in zip_longest(here, fresh):
                if one != other:
                    return int(min(tuple(row) for row in (one, other) if row is not None)[1])
        return None
    finally:
        for name in ("check_here", "check_fresh", "check_words"):
            run(f"DROP TABLE IF EXISTS temp.{name}")


def _server_words(connection: Connection) -> int | None:
    held = select(claim_words.c.claim_no, func.tsvector_to_array(claim_words.c.words, type_=ARRAY(TEXT)))
    found = connection.execution_options(yield_per=AT_ONCE).execute(held.order_by(claim_words.c.claim_no))
    for one, other in zip_longest(found, _sentences(connection)):
        if one is None or other is None or one[0] != other[0]:
            return min(row[0] for row in (one, other) if row is not None)
        if sorted(one[1]) != words_of(other[1]):
            return int(one[0])
    return None


class _Told(msgspec.Struct):
    """The part of a claim that is searched."""

    sentence: Span


class _Body(msgspec.Struct):
    """The part of an entry that is searched."""

    claims: tuple[_Told, ...] = ()


def _sentences(connection: Connection) -> Iterator[tuple[int, str]]:
    """The number and the sentence of each claim, by number; of entries that cannot be read, none."""
    decode = msgspec.json.Decoder(_Body).decode
    numbers = Rest(connection, schema.claims, "seq", "claim_no")
    wanted = select(schema.entries.c.seq, schema.entries.c.body).order_by(schema.entries.c.seq)
    for seq, body in connection.execution_options(yield_per=AT_ONCE).execute(wanted):
        told = numbers.of(seq)
        if told:
            try:
                found = decode(unpacked(body))
            except DAMAGED:
                continue
            yield from ((row[0], claim.sentence.text) for row, claim in zip(told, found.claims, strict=False))
