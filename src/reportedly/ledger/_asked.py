"""What a question asks, as conditions on the derived tables. One path for both backends but for the search for words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects import postgresql

from reportedly import lexicons
from reportedly.entries import Box, Question
from reportedly.ledger.schema import Number, facet_values, facets, incidents, told
from reportedly.ledger.views import Facet, folded
from reportedly.ledger.words import claim_words, words_of

_NO_LETTERS = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")
"""Letters of today's Unicode at which SQLite's tokenizer (Unicode 6.1) cuts a word; it would take the word for a phrase."""
SORTED_BY = {
    "date": incidents.c.date_start,
    "deaths": incidents.c.deaths,
    "outlets": incidents.c.outlets,
    "first_reported": incidents.c.first_reported,
    "last_updated": incidents.c.last_updated,
}


class Country(msgspec.Struct, frozen=True):
    """A row of ``lexicons/places_countries.csv``, as far as it is asked for here."""

    iso: str
    name: str
    aliases: str = ""


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """The folded names and codes of countries to their codes in lower case. A name is never a code's."""
    rows = lexicons.load_rows("places_countries", Country)
    names = {folded(name): row.iso.casefold() for row in rows for name in (row.name, *row.aliases.split("|")) if name}
    return names | {row.iso.casefold(): row.iso.casefold() for row in rows}


def narrow(question: Question) -> list[ColumnElement[bool]]:
    """The conditions that the covering indexes of ``incidents`` answer by themselves."""
    has = incidents.c
    found: list[ColumnElement[bool]] = []
    if question.since:
        found.append(or_(has.date_end >= question.since, and_(has.date_end.is_(None), has.date_start.is_not(None))))
    if question.until:
        found.append(or_(has.date_start <= question.until, and_(has.date_start.is_(None), has.date_end.is_not(None))))
    if question.types:
        found.append(has.event_type.in_(question.types))
    if question.stages:
        found.append(has.stage.in_(question.stages))
    if question.min_outlets > 1:
        found.append(has.outlets >= question.min_outlets)
    if question.box is not None:
        found.append(_inside(question.box))
    return found


def _inside(box: Box) -> ColumnElement[bool]:
    east_of_it, west_of_it = incidents.c.lon >= box.west, incidents.c.lon <= box.east
    across = or_(east_of_it, west_of_it) if box.west > box.east else and_(east_of_it, west_of_it)
    return and_(incidents.c.lat >= box.south, incidents.c.lat <= box.north, across)


def wide(question: Question) -> list[ColumnElement[bool]]:
    """The conditions on ``facets``: names and categories, of which an incident has several."""
    found: list[ColumnElement[bool]] = []
    if question.actor is not None:
        found.append(_has_part_of("actor", question.actor))
    if question.outlet is not None:
        found.append(_has_part_of("outlet", question.outlet))
    if question.weapons:
        found.append(_having(_of("weapon", facets.c.value.in_(question.weapons))))
    if question.place is not None:
        found.append(_at(question.place))
    return found


def _having(*chosen: ColumnElement[bool]) -> ColumnElement[bool]:
    belonging: ColumnElement[bool] = incidents.c.incident_no.in_(select(facets.c.incident_no).where(or_(*chosen)))
    return belonging


def _of(facet: Facet, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(facets.c.facet == facet, condition)


def _values(facet: Facet, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The facet's value is one of those that fulfil `condition`, which is looked for among each value once."""
    return _of(facet, facets.c.value.in_(select(facet_values.c.value).where(facet_values.c.facet == facet, condition)))


def _has_part_of(facet: Facet, name: str) -> ColumnElement[bool]:
    words = folded(name)
    if not words:
        return false()
    return _having(_values(facet, facet_values.c.value.contains(words, autoescape=True)))


def _at(place: str) -> ColumnElement[bool]:
    """The place, its region or its country is called so. A country's name is a country's, not a part of a town's: who asks
    for Niger does not ask for Niger Delta Street; other names may be longer by whole words (Aleppo: Aleppo Governorate)."""
    words = folded(place)
    if not words:
        return false()
    code = countries().get(words)
    if code is not None:
        return _having(_of("country", facets.c.value == code), _of("place", facets.c.value == words))
    value = facet_values.c.value
    whole = or_(
        value == words,
        value.startswith(f"{words} ", autoescape=True),
        value.endswith(f" {words}", autoescape=True),
        value.contains(f" {words} ", autoescape=True),
    )
    return _having(_values("place", whole))


def holding(words: str, dialect: str) -> tuple[FromClause, ColumnElement[int], ColumnElement[bool]] | None:
    """What is to be searched, its column of claim numbers, and the condition that a sentence holds all of `words`; None
    where they hold no word."""
    wanted = words_of(words)
    if not wanted:
        return None
    if dialect == "postgresql":
        query = bindparam(None, " & ".join(f"'{word}'" for word in wanted), postgresql.TSQUERY)
        return claim_words, claim_words.c.claim_no, claim_words.c.words.bool_op("@@")(query)
    searched = table("claim_words", column("rowid", Number), column("claim_words", Text))
    cut = [part for word in wanted for part in _NO_LETTERS.split(word) if part]
    if not cut:
        return None
    query = bindparam(None, " ".join(f'"{part}"' for part in cut), Text)
    return searched, searched.c.rowid, searched.c.claim_words.bool_op("MATCH")(query)


def incidents_holding(words: str, dialect: str, most: int | None = None) -> Select[Any]:
    """The numbers of the incidents of which a sentence holds all of `words`, each as often as one does.

    Args:
        words: as somebody typed them.
        dialect: ``sqlite`` or ``postgresql``.
        most: look at so many sentences at most.
    """
    searched = holding(words, dialect)
    if searched is None:
        return select(told.c.incident_no).where(false())
    source, claim_no, condition = searched
    hits = select(claim_no.label("claim_no")).select_from(source).where(condition)
    if most is not None:
        hits = hits.limit(most)
    some: Subquery = hits.subquery("hits")
    return select(told.c.incident_no).join(some, some.c.claim_no == told.c.claim_no)


def number_holding(words: str, dialect: str, most: int) -> Select[Any]:
    """How many sentences hold all of `words`, counted up to `most`."""
    searched = holding(words, dialect)
    if searched is None:
        return select(literal_column("0"))
    source, _, condition = searched
    some = select(literal_column("1")).select_from(source).where(condition).limit(most).subquery("some")
    return select(func.count()).select_from(some)


def among_those_holding(words: str, dialect: str) -> ColumnElement[bool]:
    """That a sentence of the incident at hand is among those that hold all of `words`, which are looked for once: for common
    words and few incidents."""
    searched = holding(words, dialect)
    if searched is None:
        return false()
    source, claim_no, condition = searched
    hits = select(claim_no).select_from(source).where(condition)
    number = told.c.claim_no + 0  # no index of it: SQLite would search the words anew for each claim
    mine: Select[Any] = select(literal_column("1")).select_from(told)
    return mine.where(told.c.incident_no == incidents.c.incident_no, number.in_(hits)).exists()


def one_holds(words: str, dialect: str) -> ColumnElement[bool]:
    """That a sentence of the incident at hand holds all of `words`: for words so common that few incidents need be tried."""
    searched = holding(words, dialect)
    if searched is None:
        return false()
    source, claim_no, condition = searched
    mine: Select[Any] = (
        select(literal_column("1"))
        .select_from(told)
        .join(source, claim_no == told.c.claim_no)
        .where(told.c.incident_no == incidents.c.incident_no, condition)
    )
    return mine.exists()
