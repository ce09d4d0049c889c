"""Who is quoted: the sources of claims, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select, tuple_

from reportedly.entries import Question, SourceLine, SourcePage
from reportedly.ledger.schema import hops, told

KEY = (hops.c.name, hops.c.kind, hops.c.anonymous)


def source_page(connection: Connection, chosen: Select[Any] | None, question: Question) -> SourcePage:
    """One page of the sources that claims rest on, those behind most claims first. Every station of a chain counts; `kind`
    tells those who speak from the outlets that pass it on.

    Args:
        connection: one view of the ledger.
        chosen: the numbers of the incidents; null: all.
        question: for the page only.
    """
    several = func.count(hops.c.claim_no.distinct()).label("claims")
    incidents = func.count(told.c.incident_no.distinct()).label("incidents")
    grouped = _of(chosen, select(*KEY, several, incidents)).group_by(*KEY)
    found = grouped.cte("found").prefix_with("MATERIALIZED", dialect="*")
    total = select(func.count()).select_from(found)
    order = (found.c.claims.desc(), found.c.name, found.c.kind, found.c.anonymous)
    skipped = (question.page - 1) * question.per_page
    cut = select(found, total.scalar_subquery().label("total")).order_by(*order)
    lines = connection.execute(cut.limit(question.per_page).offset(skipped)).all()
    count = lines[0].total if lines else connection.execute(total).scalar_one() if skipped else 0
    return SourcePage(
        total=count, page=question.page, per_page=question.per_page, sources=tuple(_detailed(connection, chosen, lines))
    )


def _of(chosen: Select[Any] | None, wanted: Select[Any]) -> Select[Any]:
    wanted = wanted.select_from(hops).join(told, told.c.claim_no == hops.c.claim_no)
    return wanted if chosen is None else wanted.where(told.c.incident_no.in_(chosen))


def _detailed(connection: Connection, chosen: Select[Any] | None, lines: Sequence[Any]) -> list[SourceLine]:
    """The lines of a page, each with its outlets, types, stances and its role (that which most claims give it)."""
    if not lines:
        return []
    facts = (hops.c.role, told.c.event_type, told.c.stance, told.c.outlet)
    wanted = _of(chosen, select(*KEY, *facts, func.count().label("many")))
    wanted = wanted.where(tuple_(*KEY).in_([(line.name, line.kind, line.anonymous) for line in lines]))
    counted: dict[tuple[Any, ...], list[Counter[str]]] = {}
    for row in connection.execute(wanted.group_by(*KEY, *facts)):
        counters = counted.setdefault((row.name, row.kind, row.anonymous), [Counter() for _ in facts])
        for counter, value in zip(counters, (row.role, row.event_type, row.stance, row.outlet), strict=True):
            if value is not None:
                counter[value] += row.many
    return [_line(line, *counted[line.name, line.kind, line.anonymous]) for line in lines]


def _line(
    line: Any, roles: Counter[str], types: Counter[str], stances: Counter[str], outlets: Counter[str]
) -> SourceLine:
    role = _ranked(roles)
    return SourceLine(
        name=line.name,
        kind=line.kind,
        role=role[0][0] if role else None,
        anonymous=bool(line.anonymous),
        number_of_claims=line.claims,
        number_of_incidents=line.incidents,
        outlets=tuple(name for name, _ in _ranked(outlets)),
        event_types=_ranked(types),
        stances=_ranked(stances),
    )


def _ranked(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Most first; what is equal by name."""
    return tuple(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))
