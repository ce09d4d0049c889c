"""ACLED's columns: what each is filled with, and what ACLED would not record."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapes import reason, row
from typed_dossiers import days, made, person, town

CIVILIANS = [("shoppers", "civilians")]


def test_a_bombing_of_civilians(tmp_path: Path) -> None:
    """A plain case, from event to place."""
    found = row(tmp_path, "acled", made(actors=(person("Red Dawn", "group:red-dawn"),), recipients=CIVILIANS))  # type: ignore[arg-type]
    assert found["event_date"] == "2026-02-03" and found["year"] == "2026" and found["time_precision"] == "1"
    assert found["disorder_type"] == "Political violence" and found["event_type"] == "Explosions/Remote violence"
    assert found["sub_event_type"] == "Remote explosive/landmine/IED"
    assert found["actor1"] == "Red Dawn" and found["inter1"] is None and found["interaction"] is None
    assert found["actor2"] == "Civilians (Niger)" and found["inter2"] == "Civilians"
    assert found["civilian_targeting"] == "Civilian targeting"
    assert found["iso"] == "562" and found["region"] == "Western Africa" and found["country"] == "Niger"
    assert found["geo_precision"] == "1" and found["fatalities"] == "3"
    assert (found["event_id_cnty"] or "").startswith("NER") and (found["event_id_cnty"] or "")[3:].isdigit()


def test_the_army_against_civilians(tmp_path: Path) -> None:
    """A state's forces at home are State forces, and the interaction is in ACLED's order."""
    actors = (person("army", "state:NE/military"),)
    found = row(tmp_path, "acled", made("armed_assault", actors=actors, recipients=CIVILIANS))  # type: ignore[arg-type]
    assert found["event_type"] == "Violence against civilians" and found["sub_event_type"] == "Attack"
    assert found["inter1"] == "State forces" and found["interaction"] == "State forces-Civilians"


def test_an_army_abroad_is_external(tmp_path: Path) -> None:
    """The same army in another country is External/Other forces."""
    found = row(tmp_path, "acled", made("air_strike", actors=(person("army", "state:ML/military"),)))
    assert found["inter1"] == "External/Other forces" and found["interaction"] == "External/Other forces only"


def test_an_attack_on_soldiers_is_a_clash(tmp_path: Path) -> None:
    """Attack is violence against civilians; where only soldiers were attacked it is a battle."""
    found = row(tmp_path, "acled", made("armed_assault", recipients=[("a patrol", "military")]))
    assert found["event_type"] == "Battles" and found["sub_event_type"] == "Armed clash"
    assert found["civilian_targeting"] is None


@pytest.mark.parametrize(("kind", "actor"), [("protest", "Protesters (Niger)"), ("riot", "Rioters (Niger)")])
def test_a_crowd_has_the_name_of_its_country(tmp_path: Path, kind: str, actor: str) -> None:
    """Demonstrations without a named actor."""
    found = row(tmp_path, "acled", made(kind, family="unrest", killed=None))  # type: ignore[arg-type]
    assert found["actor1"] == actor and found["interaction"] == f"{actor.split()[0]} only"
    assert found["disorder_type"] == "Demonstrations" and found["fatalities"] is None


@pytest.mark.parametrize(
    ("actor", "sub"),
    [
        ("state:NE/military", "Government regains territory"),
        ("group:red-dawn", "Non-state actor overtakes territory"),
        (None, None),
    ],
)
def test_who_took_a_place_decides(tmp_path: Path, actor: str | None, sub: str | None) -> None:
    """A change of hands is a battle; which one, only where it is known who took it."""
    found = row(tmp_path, "acled", made("territory_change", actors=(person("they", actor),)))
    assert found["event_type"] == "Battles" and found["sub_event_type"] == sub


def test_a_bomb_that_was_found_is_disrupted(tmp_path: Path) -> None:
    """A foiled bombing is a strategic development; a foiled shooting is none."""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    found = row(tmp_path, "acled", made("bombing", "foiled", killed=None))
    assert found["sub_event_type"] == "Disrupted weapons use" and found["event_type"] == "Strategic developments"
    assert reason(fresh, "acled", made("armed_assault", "foiled")) == "foiled"


@pytest.mark.parametrize(
    ("start", "end", "prec", "day", "code"),
    [
        ("2026-02-03", "2026-02-03", 1, "2026-02-03", "1"),
        ("2026-02-02", "2026-02-08", 3, "2026-02-05", "2"),
        ("2026-02-01", "2026-02-28", 4, "2026-02-14", "3"),
    ],
)
def test_a_span_is_its_middle(tmp_path: Path, start: str, end: str, prec: int, day: str, code: str) -> None:
    """A vague date is the day in its middle, and says so."""
    found = row(tmp_path, "acled", made(date=days(start, end, prec)))
    assert found["event_date"] == day and found["time_precision"] == code


@pytest.mark.parametrize("where_prec", [1, 2, 3, 4, 5, 6])
def test_the_place_is_as_exact_as_it_is(tmp_path: Path, where_prec: int) -> None:
    """UCDP's code becomes ACLED's; a whole country has none."""
    found = row(tmp_path, "acled", made(place=town(where_prec)))
    assert found["geo_precision"] == {1: "1", 2: "2", 3: "2", 4: "3", 5: "3", 6: None}[where_prec]


@pytest.mark.parametrize(
    ("dossier", "why"),
    [
        (made(stage="planned"), "planned"),
        (made(stage="threatened"), "threatened"),
        (made(stage="hypothetical"), "hypothetical"),
        (made(date=None), "undated, or vaguer than a month"),
        (made(date=days("2026-01-01", "2026-12-31", 5)), "undated, or vaguer than a month"),
        (made(date=days(None, None, None, resolved=False)), "undated, or vaguer than a month"),
        (made(place=None), "in no known country"),
        (made(place=town(country=None)), "in no known country"),
    ],
)
def test_what_acled_would_not_record(tmp_path: Path, dossier: object, why: str) -> None:
    """Each reason by its name."""
    assert reason(tmp_path, "acled", dossier) == why  # type: ignore[arg-type]


def test_who_denies_it_is_no_actor(tmp_path: Path) -> None:
    """An actor who is only on record as denied is not named; the strongest confidence comes first."""
    actors = (
        person("Blue Dusk", confidence="possible"),
        person("Red Dawn", confidence="denied"),
        person("Grey Noon", confidence="accused"),
    )
    found = row(tmp_path, "acled", made(actors=actors))
    assert found["actor1"] == "Grey Noon" and found["assoc_actor_1"] == "Blue Dusk"


@pytest.mark.parametrize(
    ("actor", "inter"),
    [("soldiers", "State forces"), ("Malian soldiers", "External/Other forces"), ("gunmen", None), ("rebels", None)],
)
def test_words_tell_soldiers_from_others(tmp_path: Path, actor: str, inter: str | None) -> None:
    """Without an identity the words tell a state's forces; whether armed men are rebels or a militia is ACLED's to say."""
    assert row(tmp_path, "acled", made(actors=(person(actor),)))["inter1"] == inter
