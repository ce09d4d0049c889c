"""The lexicons of names: every row legal, every alias one body's."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

from reportedly.lexicons import load, load_rows
from reportedly.stages._names import Actor, Country, Outlet, Roles, fold, load_names

ACTORS = load_rows("actors", Actor)
COUNTRIES = load_rows("countries", Country)
OUTLETS = load_rows("outlets", Outlet)
ISO = {row.iso2 for row in COUNTRIES}


def written(row: Actor | Outlet | Country) -> list[str]:
    """Every way to write a row's name."""
    more = row.aliases.split("|") if row.aliases else []
    return [row.name, *more]


@pytest.mark.parametrize("rows", [ACTORS, OUTLETS], ids=["actors", "outlets"])
def test_ids_are_unique_and_stable(rows: tuple[Actor | Outlet, ...]) -> None:
    """An id is lower-case, says what it is of, and stands once."""
    ids = [row.id for row in rows]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"(group|org|igo|outlet):[a-z0-9-]+", i) for i in ids)


def test_country_codes_are_unique_and_legal() -> None:
    """Two capitals, each once."""
    codes = [row.iso2 for row in COUNTRIES]
    assert len(codes) == len(set(codes)) and all(re.fullmatch("[A-Z]{2}", c) for c in codes)


@pytest.mark.parametrize("rows", [ACTORS, OUTLETS], ids=["actors", "outlets"])
def test_countries_of_rows_exist(rows: tuple[Actor | Outlet, ...]) -> None:
    """The country of a row is one of ours, or empty."""
    assert [row.id for row in rows if row.country is not None and row.country not in ISO] == []


@pytest.mark.parametrize("rows", [ACTORS, OUTLETS, COUNTRIES], ids=["actors", "outlets", "countries"])
def test_provenance_is_given(rows: tuple[Actor | Outlet | Country, ...]) -> None:
    """Every row says where it is from."""
    assert all(row.provenance.strip() for row in rows)


def one_after_the_other(ids: set[str]) -> bool:
    """True for bodies whose years do not overlap, so that an article's date tells them apart."""
    years = sorted((row.since or 0, row.until or 9999) for row in ACTORS if row.id in ids)
    return len(years) == len(ids) and all(first[1] < second[0] for first, second in pairwise(years))


def test_an_alias_names_one_row() -> None:
    """Folded as the reader folds them, no two rows share a way to be written, unless one ended before the other began."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in (*ACTORS, *OUTLETS):
        for name in written(row):
            parts = fold(name)
            owners[parts[1:] if len(parts) > 2 and parts[0] == "the" else parts].add(row.id)
    for land in COUNTRIES:
        for name in written(land):
            owners[fold(name)].add(land.iso2)
    shared = {
        " ".join(parts): sorted(ids) for parts, ids in owners.items() if len(ids) > 1 and not one_after_the_other(ids)
    }
    assert shared == {}


def test_a_demonym_names_one_country() -> None:
    """No demonym is given to two countries."""
    owners: dict[str, set[str]] = defaultdict(set)
    for land in COUNTRIES:
        for word in land.demonyms.split("|") if land.demonyms else []:
            owners[word].add(land.iso2)
    assert {w: sorted(c) for w, c in owners.items() if len(c) > 1} == {}


def test_years_are_in_order() -> None:
    """A body ends no earlier than it begins."""
    assert [row.id for row in ACTORS if row.since and row.until and row.since > row.until] == []


def test_there_are_enough_of_each() -> None:
    """Several hundred bodies and outlets, and the arms of conflict on every continent."""
    assert len(ACTORS) > 600 and len(OUTLETS) > 400 and len(COUNTRIES) > 190
    countries = {row.country for row in ACTORS if row.kind == "armed_group"}
    assert {"SV", "PE", "CO", "SY", "IQ", "NG", "SO", "CD", "PK", "MM", "PH", "ES", "GB", "TR"} <= countries


def test_perpetrators_media_are_outlets() -> None:
    """What a group's own outlet says is known for what it is."""
    assert {"outlet:amaq", "outlet:al-naba", "outlet:dabiq"} <= {row.id for row in OUTLETS}


def test_roles_stand_for_kinds_that_exist() -> None:
    """ "The group" can only stand for kinds that rows have."""
    kinds = {row.kind for row in ACTORS} | {"outlet"}
    assert all(set(found) <= kinds for found in load("roles", Roles).groups.stand_for.values())


def test_every_alias_is_found() -> None:
    """Looking up a name as it is written gives its row."""
    names = load_names()
    years = {row.id: row.since for row in ACTORS}
    missed = [
        n
        for row in (*ACTORS, *OUTLETS)
        for n in written(row)
        if (e := names.look_up(n, years.get(row.id))) is None or e.id != row.id
    ]
    assert missed == []
