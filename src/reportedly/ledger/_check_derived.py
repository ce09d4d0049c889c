"""The derived tables against what they are derived from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, select

from reportedly.entries import Problem
from reportedly.ledger import schema
from reportedly.ledger._check_rows import REBUILD, Watch
from reportedly.ledger.rows import judgement_from
from reportedly.ledger.store import Ledger, open_ledger

AT_ONCE = 500
DERIVED = "run `reportedly ingest` with any source, or `reportedly rebuild`: what is derived is made anew"


def current_entries_are_current(connection: Connection) -> Iterator[Problem]:
    """Whether the entry that counts for each capture is the one recorded last."""
    entries, current = schema.entries.c, schema.current_entries.c
    last = select(entries.capture_id, func.max(entries.seq).label("seq")).group_by(entries.capture_id).subquery()
    wrong = (
        select(last.c.capture_id)
        .outerjoin(schema.current_entries, current.capture_id == last.c.capture_id)
        .where(current.seq.is_distinct_from(last.c.seq))
        .order_by(last.c.capture_id)
    )
    for name in connection.scalars(wrong):
        yield Problem(kind="derived", what=f"the current entry of capture {name} is not its last", todo=REBUILD)


def derived_against_fresh(ledger: Ledger, merge: Callable[[Ledger], object], watch: Watch) -> Iterator[Problem]:
    """What differs between the derived tables and those of a copy in which they are made from nothing.

    Args:
        ledger: any ledger.
        merge: makes the derived tables of a ledger from its entries and judgements.
        watch: told how many entries are copied.
    """
    with (
        tempfile.TemporaryDirectory(prefix="reportedly-doctor-") as folder,
        open_ledger(Path(folder) / "fresh.sqlite", create=True) as fresh,
    ):
        copy(ledger, fresh, watch)
        held = _judged(fresh)
        merge(fresh)
        if _judged(fresh) != held:
            what = f"{_judged(fresh) - held} comparisons of accounts are not made yet"
            yield Problem(kind="unfinished", what=what, todo=DERIVED, harmless=True)
            return
        with ledger.reading() as here, fresh.reading() as there:
            yield from _unlike(here, there)


def copy(ledger: Ledger, other: Ledger, watch: Watch) -> None:
    """Appends every entry and judgement of `ledger`, in their order, to `other`."""
    entries = ledger.entries(current=False)
    done = 0
    while some := list(islice(entries, AT_ONCE)):
        other.append(some)
        done += len(some)
        watch("copy", done)
    with ledger.reading() as connection:
        wanted = select(schema.judgements.c.record).order_by(schema.judgements.c.seq)
        records = connection.execution_options(yield_per=AT_ONCE).scalars(wanted)
        for part in records.partitions():
            other.judge([judgement_from(record) for record in part])


def _judged(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        return connection.scalar(select(func.count()).select_from(schema.judgements)) or 0


def _unlike(here: Connection, there: Connection) -> Iterator[Problem]:
    for name, wanted in _tables().items():
        one, other = (iter(c.execution_options(yield_per=AT_ONCE).execute(wanted)) for c in (here, there))
        while True:
            left, right = next(one, None), next(other, None)
            if left is None and right is None:
                break
            if left is None or right is None or tuple(left) != tuple(right):
                shown = next(row[0] for row in (left, right) if row is not None)
                yield Problem(
                    kind="derived",
                    what=f"{name} is not what its entries and judgements give (at {shown})",
                    todo=DERIVED,
                )
                break


def _tables() -> dict[str, Select[Any]]:
    """The derived tables, in an order and with names that do not depend on the numbers of rows."""
    members, incidents, facets, told = (schema.members, schema.incidents, schema.facets, schema.told)
    return {
        "members": select(members).order_by(members.c.account_id),
        "incidents": select(incidents).order_by(incidents.c.incident_id),
        "facets": select(facets).order_by(facets.c.facet, facets.c.value, facets.c.incident_no),
        "told": select(schema.claims.c.claim_id, told.c.incident_no)
        .join(schema.claims, schema.claims.c.claim_no == told.c.claim_no)
        .order_by(schema.claims.c.claim_id, told.c.incident_no),
    }
