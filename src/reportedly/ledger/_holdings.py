"""What a ledger holds, in a few figures: for whoever asked and found nothing."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from reportedly.ledger.schema import facets, incidents, told
from reportedly.ledger.views import Facet

MOST = 5


class Holdings(NamedTuple):
    """Of the ledger as it is asked."""

    incidents: int
    claims: int
    first: str | None
    """The day of the earliest incident."""
    last: str | None
    names: dict[Facet, tuple[str, ...]]
    """For each facet asked for, the names that most incidents have."""


def holdings(connection: Connection, named: tuple[Facet, ...]) -> Holdings:
    """What it holds.

    Args:
        connection: one view of the ledger.
        named: of what the names are wanted.
    """
    has = incidents.c
    row = connection.execute(select(func.count(), func.min(has.date_start), func.max(has.date_start))).one()
    claims = connection.execute(select(func.count()).select_from(told)).scalar_one()
    names: dict[Facet, tuple[str, ...]] = {}
    for facet in named:
        ranked = select(facets.c.value).where(facets.c.facet == facet).group_by(facets.c.value)
        ranked = ranked.order_by(func.count().desc(), facets.c.value).limit(MOST)
        names[facet] = tuple(connection.execute(ranked).scalars())
    return Holdings(row[0], claims, row[1], row[2], names)
