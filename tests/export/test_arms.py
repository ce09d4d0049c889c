"""GTD's weapon types: by category, by name where a name tells a subtype, by the act where no weapon is named."""

from __future__ import annotations

from typing import Any

import pytest
from coding import armed, said
from msgspec.structs import replace

from reportedly.export.arms import arms, weapons
from reportedly.records import WEAPON_CATEGORIES


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ([("firearm", "guns")], [(5, None)]),
        ([("firearm", "assault rifles")], [(5, 2)]),
        ([("firearm", "gun"), ("firearm", "Pistols")], [(5, 3)]),
        ([("explosive", "bomb"), ("explosive", "grenade")], [(6, 7)]),
        ([("explosive", "grenade"), ("explosive", "landmine")], [(6, 7), (6, 8)]),
        ([("missile", "rockets"), ("firearm", "gunfire")], [(6, 11), (5, None)]),
        ([("incendiary", "petrol bombs")], [(8, 19)]),
        ([("melee", "knives")], [(9, 23)]),
        ([("vehicle", "explosive-laden car")], [(6, 15)]),
        ([("other", "acid")], [(2, None)]),
        ([("other", "weapons")], []),
        ([], []),
    ],
)
def test_a_name_tells_a_subtype_or_none(named: Any, wanted: list[tuple[int, int | None]]) -> None:
    """No subtype is guessed, and what only says "weapon" has no type."""
    found = arms(said("They attacked a hamlet.", "attacked", "attack", **armed(*named)))
    assert [tuple(arm) for arm in found] == wanted


def test_an_act_is_done_with_what_it_is_done_with() -> None:
    """Explosives for a bombing and a shelling, an incendiary for arson, though no weapon is named; first, beside others."""
    shelled, burnt = said("It was shelled.", "shelled", "shelling"), said("It was torched.", "torched", "arson")
    assert [tuple(arm) for arm in arms(shelled)] == [(6, 11)] and [tuple(arm) for arm in arms(burnt)] == [(8, 18)]
    mixed = said(
        "They shot and a blast came.", "blast", "bombing", **armed(("firearm", "rifles"), ("explosive", "blast"))
    )
    assert [tuple(arm) for arm in arms(mixed)] == [(6, None), (5, None)]


def test_a_denied_claim_names_no_weapon() -> None:
    """Only what is affirmed tells a subtype; the category is the incident's."""
    dossier = said("There was no grenade.", "grenade", "attack", **armed(("explosive", "grenade")))
    first = dossier.testimonies[0]
    assert first.claim.factuality is not None
    claim = replace(first.claim, factuality=replace(first.claim.factuality, polarity="negated"))
    denied = replace(dossier, testimonies=(replace(first, claim=claim),))
    assert [tuple(arm) for arm in arms(denied)] == [(6, None)]


def test_the_table_is_whole() -> None:
    """Every category, every type and subtype that a row gives has its name."""
    table = weapons()
    assert {*table.categories} == {*WEAPON_CATEGORIES}
    rows = [*table.names, *table.acts.values()]
    assert {str(row.type) for row in rows} | {str(n) for n in table.categories.values() if n} <= {*table.types}
    assert {str(row.subtype) for row in rows if row.subtype} <= {*table.subtypes}
