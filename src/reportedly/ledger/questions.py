"""What people ask of the ledger: a page of incidents, one incident whole, all of them in turn, who is quoted; now or at a time.

Every question runs on one view of the ledger (`Ledger.reading`), whatever is written meanwhile. A question about the past is
asked of the ledger that `known_at` gives: the same SQL, over derived tables made anew from what was recorded by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from reportedly.entries import Dossier, Incident, Page, Question, SourcePage
from reportedly.ledger import _quoted
from reportedly.ledger._asked import (
    SORTED_BY,
    among_those_holding,
    incidents_holding,
    narrow,
    number_holding,
    one_holds,
    wide,
)
from reportedly.ledger._dossiers import dossiers_of, resolved
from reportedly.ledger._holdings import Holdings, holdings
from reportedly.ledger._past import Derive, Past, known_at
from reportedly.ledger.rows import in_groups
from reportedly.ledger.schema import incidents
from reportedly.ledger.store import Ledger
from reportedly.ledger.views import Facet

__all__ = ["Derive", "Holdings", "Past", "dossier", "dossiers", "held", "known_at", "page", "source_page"]

FEW = 20_000
"""Sentences that hold the words asked for: where there are other conditions, up to these are looked for first, of more than
these the incidents that fulfil the others."""
COMMON = 250_000
"""Where the words are the only condition: of more sentences than these, the incidents are tried in their order."""
COUNTED = 40_000
"""So many of them are then counted, and the total is a lower bound."""
DEEP = 10_000
"""Incidents before a page from which on the trying costs more than the counting."""
AT_ONCE = 100
_incident = msgspec.json.Decoder(Incident)


def page(ledger: Ledger, question: Question) -> Page:
    """The incidents that a question asks for, one page of them, with how many there are.

    Raises:
        ValueError: the question is about the past and `ledger` is not what `known_at` gives for that time.
    """
    _must_be_at(ledger, question)
    with ledger.reading() as connection:
        numbers, total, at_least = _numbers(connection, question)
        found = _incidents(connection, numbers)
    return Page(total=total, page=question.page, per_page=question.per_page, incidents=tuple(found), at_least=at_least)


def dossier(ledger: Ledger, name: str) -> Dossier:
    """The incident of that name with every claim behind it, in the order of publication.

    Args:
        ledger: the ledger, or what `known_at` gives of it.
        name: the id of an incident, of one that was merged into another, of an account, of an article's own incident or of a
            claim; or the beginning of one, of six hex digits or more, with or without its kind (``inc-``, ``acc-``, ``claim-``).

    Raises:
        NotInLedger: there is none, or several whose ids begin so.
    """
    with ledger.reading() as connection:
        number = resolved(connection, name)
        return next(dossiers_of(connection, _incidents(connection, [number])))


def dossiers(ledger: Ledger, question: Question) -> Iterator[Dossier]:
    """Every incident that a question asks for, whatever its page, each with every claim behind it; a few at a time in memory.

    Raises:
        ValueError: as `page`.
    """
    _must_be_at(ledger, question)
    with ledger.reading() as connection:
        numbers = list(connection.execute(_ordered(_all(connection, question), question)).scalars())
        for some in in_groups(numbers, AT_ONCE):
            yield from dossiers_of(connection, _incidents(connection, some))


def source_page(ledger: Ledger, question: Question) -> SourcePage:
    """Who is quoted in the incidents that a question asks for, those behind most claims first.

    Raises:
        ValueError: as `page`.
    """
    _must_be_at(ledger, question)
    with ledger.reading() as connection:
        asked = narrow(question) or wide(question) or question.text is not None
        return _quoted.source_page(connection, _all(connection, question) if asked else None, question)


def held(ledger: Ledger, question: Question) -> Holdings:
    """What the ledger holds, for whoever asked a question and found nothing: with names of each kind that it asks for."""
    asked: list[Facet] = ["country"] if question.place else []
    asked += ["actor"] if question.actor else []
    asked += ["outlet"] if question.outlet else []
    with ledger.reading() as connection:
        return holdings(connection, tuple(asked))


def _must_be_at(ledger: Ledger, question: Question) -> None:
    at = ledger.time if isinstance(ledger, Past) else None
    if question.as_of != at:
        raise ValueError(f"the question is about {question.as_of or 'now'}, the ledger is that of {at or 'now'}")


def _all(connection: Connection, question: Question) -> Select[Any]:
    """The numbers of all incidents asked for."""
    others = [*narrow(question), *wide(question)]
    chosen = select(incidents.c.incident_no).where(*others)
    if question.text is None:
        return chosen
    dialect = connection.dialect.name
    if others and connection.execute(number_holding(question.text, dialect, FEW + 1)).scalar_one() > FEW:
        return chosen.where(among_those_holding(question.text, dialect))
    return chosen.where(incidents.c.incident_no.in_(incidents_holding(question.text, dialect)))


def _ordered(chosen: Select[Any], question: Question) -> Select[Any]:
    key = SORTED_BY[question.sort.removeprefix("-")]
    descending = question.sort.startswith("-")
    return chosen.order_by((key.desc() if descending else key.asc()).nulls_last(), incidents.c.incident_no)


def _numbers(connection: Connection, question: Question) -> tuple[list[int], int, bool]:
    """The numbers on the page, how many there are in all, and whether that is a lower bound."""
    text, dialect = question.text, connection.dialect.name
    skipped = (question.page - 1) * question.per_page
    if text is None and not wide(question):
        chosen = select(incidents.c.incident_no).where(*narrow(question))
        total = connection.execute(select(func.count()).select_from(incidents).where(*narrow(question))).scalar_one()
        return _cut(connection, _ordered(chosen, question), question), total, False
    if text is not None and not wide(question) and not narrow(question):
        held = connection.execute(number_holding(text, dialect, COMMON + 1)).scalar_one()
        if held > COMMON and skipped < DEEP:
            chosen = select(incidents.c.incident_no).where(one_holds(text, dialect))
            some = incidents_holding(text, dialect, COUNTED).distinct().subquery()
            total = connection.execute(select(func.count()).select_from(some)).scalar_one()
            return _cut(connection, _ordered(chosen, question), question), total, True
    return _counted(connection, question)


def _cut(connection: Connection, ordered: Select[Any], question: Question) -> list[int]:
    skipped = (question.page - 1) * question.per_page
    return list(connection.execute(ordered.limit(question.per_page).offset(skipped)).scalars())


def _counted(connection: Connection, question: Question) -> tuple[list[int], int, bool]:
    """What is asked of the facets or of the words is looked for once, and then both counted and cut into pages."""
    key = SORTED_BY[question.sort.removeprefix("-")].label("key")
    found = _all(connection, question).add_columns(key).cte("found").prefix_with("MATERIALIZED", dialect="*")
    total = select(func.count()).select_from(found).scalar_subquery()
    descending = question.sort.startswith("-")
    order = (found.c.key.desc() if descending else found.c.key.asc()).nulls_last()
    skipped = (question.page - 1) * question.per_page
    cut = select(found.c.incident_no, total.label("total")).order_by(order, found.c.incident_no)
    rows = connection.execute(cut.limit(question.per_page).offset(skipped)).all()
    if rows or not skipped:
        return [row.incident_no for row in rows], rows[0].total if rows else 0, False
    return [], connection.execute(select(func.count()).select_from(found)).scalar_one(), False


def _incidents(connection: Connection, numbers: Any) -> list[Incident]:
    """The incidents of these numbers, in their order."""
    wanted = select(incidents.c.incident_no, incidents.c.record).where(incidents.c.incident_no.in_(numbers))
    found = {row.incident_no: row.record for row in connection.execute(wanted)}
    return [_incident.decode(found[number]) for number in numbers]
