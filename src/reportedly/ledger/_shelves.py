"""Writes incidents to, and takes them from, the derived tables that questions are answered from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, and_, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from reportedly.entries import Incident
from reportedly.ledger.schema import accounts, claims, current_entries, facet_values, facets, incidents, members, told
from reportedly.ledger.views import facets_of, number_of

AT_ONCE = 500
"""Values in one IN."""

T = TypeVar("T")


def shelve(connection: Connection, made: Sequence[Incident]) -> None:
    """Writes `made`, in place of what stands under their ids, in the transaction that is open.

    The accounts and claims of each must be in the ledger, and their entries in ``current_entries``.
    """
    unshelve(connection, [one.incident_id for one in made])
    for some in _batches(made):
        connection.execute(insert(incidents), [_row(one) for one in some])
        belonging = [
            {"account_id": account, "incident_id": one.incident_id} for one in some for account in one.account_ids
        ]
        connection.execute(insert(members), belonging)
        pairs = [(facet, value, number_of(one.incident_id)) for one in some for facet, value in facets_of(one)]
        if pairs:
            connection.execute(
                insert(facets), [{"facet": facet, "value": value, "incident_no": no} for facet, value, no in pairs]
            )
            known = dict.fromkeys((facet, value) for facet, value, _ in pairs)
            _insert_new(connection, facet_values, [{"facet": facet, "value": value} for facet, value in known])
        chosen = (
            select(claims.c.claim_no, incidents.c.incident_no, claims.c.event_type, claims.c.stance, accounts.c.outlet)
            .select_from(incidents)
            .join(members, members.c.incident_id == incidents.c.incident_id)
            .join(accounts, accounts.c.account_id == members.c.account_id)
            .join(current_entries, current_entries.c.seq == accounts.c.seq)
            .join(claims, and_(claims.c.seq == accounts.c.seq, claims.c.account_id == accounts.c.account_id))
            .where(incidents.c.incident_no.in_([number_of(one.incident_id) for one in some]))
        )
        connection.execute(insert(told).from_select([column.name for column in told.c], chosen))


def unshelve(connection: Connection, gone: Collection[str]) -> None:
    """Takes the incidents of these ids away, with all that is derived of them, in the transaction that is open."""
    for some in _batches(list(gone)):
        numbers = [number_of(one) for one in some]
        for table in (told, facets, incidents):
            connection.execute(delete(table).where(table.c.incident_no.in_(numbers)))
        connection.execute(delete(members).where(members.c.incident_id.in_(some)))


def _row(one: Incident) -> dict[str, Any]:
    killed, date, place = one.killed, one.date, one.place
    return {
        "incident_no": number_of(one.incident_id),
        "incident_id": one.incident_id,
        "event_type": one.event_type,
        "stage": one.stage,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "where_prec": place.where_prec if place else None,
        "deaths": killed.best if killed.best is not None else killed.low,
        "outlets": one.number_of_outlets,
        "first_reported": one.first_reported,
        "last_updated": one.last_updated,
        "record": msgspec.json.encode(one).decode(),
    }


def _insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)


def _batches(values: Sequence[T]) -> list[list[T]]:
    rest = iter(values)
    return list(iter(lambda: list(islice(rest, AT_ONCE)), []))
