"""PLOVER's words in POLECAT's columns: types, modes, threats, parties, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapes import reason, row
from typed_dossiers import made, person, town


def test_an_assault(tmp_path: Path) -> None:
    """A plain case, from type to place."""
    actors = (person("the army", "state:ML/military"),)
    found = row(tmp_path, "plover", made(actors=actors, recipients=[("a market", "place"), ("shoppers", "civilians")]))
    assert (found["Event Type"], found["Event Mode"]) == ("ASSAULT", "explosives")
    assert (found["Quad Code"], found["Contexts"]) == ("MATERIAL CONFLICT", "military")
    assert (found["Actor Name"], found["Actor Country"], found["Primary Actor Sector"]) == ("the army", "MLI", "MIL")
    assert (found["Recipient Name"], found["Primary Recipient Sector"]) == ("shoppers", "CVL")
    assert (found["City"], found["Province"], found["Country"], found["GeoNames ID"]) == ("Sol", "Dosta", "NER", "99")


def test_a_threat_is_an_act_of_words(tmp_path: Path) -> None:
    """What is only threatened is THREATEN, whatever it threatens with."""
    found = row(tmp_path, "plover", made(stage="threatened", killed=None))
    assert (found["Event Type"], found["Event Mode"], found["Quad Code"]) == ("THREATEN", "violence", "VERBAL CONFLICT")


@pytest.mark.parametrize(
    ("canonical", "sector"),
    [
        ("state:NE", "GOV"),
        ("state:NE/police", "COP"),
        ("country:NE", "GOV"),
        ("group:red-dawn", "REB"),
        ("igo:union", "IGO"),
        (None, None),
    ],
)
def test_the_sector_of_who_is_known(tmp_path: Path, canonical: str | None, sector: str | None) -> None:
    """By the actor's identity; without one there is none."""
    assert row(tmp_path, "plover", made(actors=(person("they", canonical),)))["Primary Actor Sector"] == sector


def test_a_district_is_no_town(tmp_path: Path) -> None:
    """The name of a place stands in the column of its kind."""
    found = row(tmp_path, "plover", made(place=town(3)))
    assert (found["City"], found["District"], found["Placename"]) == (None, "Sol", "Sol")


@pytest.mark.parametrize("stage", ["planned", "foiled", "hypothetical"])
def test_what_is_left_out(tmp_path: Path, stage: str) -> None:
    """What was neither done nor said to anybody is no event."""
    assert reason(tmp_path, "plover", made(stage=stage)) == stage  # type: ignore[arg-type]


def test_an_undated_event_keeps_its_row(tmp_path: Path) -> None:
    """The date stays empty; it is never that of the story."""
    found = row(tmp_path, "plover", made(date=None))
    assert found["Version"] == "0.2.0"
    assert found["Event Date"] is None and found["Publication Date"] is not None


@pytest.mark.parametrize(
    ("actor", "sector"), [("soldiers", "MIL"), ("rebels", "REB"), ("students", "EDU"), ("men", None)]
)
def test_words_tell_a_sector(tmp_path: Path, actor: str, sector: str | None) -> None:
    """Without an identity the words for an actor do, where they tell one."""
    assert row(tmp_path, "plover", made(actors=(person(actor),)))["Primary Actor Sector"] == sector


@pytest.mark.parametrize(
    ("kind", "contexts"),
    [("unconventional_attack", "cbrn; military"), ("cyber_attack", "cyber; military"), ("bombing", "military")],
)
def test_contexts(tmp_path: Path, kind: str, contexts: str) -> None:
    """By the act, and military where a state's forces did it."""
    actors = (person("the army", "state:ML/military"),)
    assert row(tmp_path, "plover", made(kind, actors=actors))["Contexts"] == contexts  # type: ignore[arg-type]


def test_a_release_is_a_retreat(tmp_path: Path) -> None:
    """As PLOVER's table of CAMEO codes has it, with its mode and quad class."""
    found = row(tmp_path, "plover", made("release", family="accord", killed=None))
    assert (found["Event Type"], found["Event Mode"], found["Quad Code"]) == (
        "RETREAT",
        "release",
        "MATERIAL COOPERATION",
    )
