"""GTD's columns: numbers and names of its codes, doubt, claims of responsibility, and what GTD would not record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from shapes import read, reason, row
from typed_dossiers import days, made, person, town


def test_a_bombing(tmp_path: Path) -> None:
    """A plain case, from date to weapon."""
    found = row(tmp_path, "gtd", made(weapons=("explosive", "firearm"), recipients=[("a patrol", "police")]))
    assert (found["iyear"], found["imonth"], found["iday"], found["approxdate"]) == ("2026", "2", "3", None)
    assert (found["attacktype1"], found["attacktype1_txt"], found["success"]) == ("3", "Bombing/Explosion", "1")
    assert (found["targtype1"], found["targtype1_txt"], found["target1"]) == ("3", "Police", "a patrol")
    assert (found["weaptype1"], found["weaptype1_txt"]) == ("6", "Explosives")
    assert (found["weaptype2"], found["weaptype2_txt"]) == ("5", "Firearms")
    assert (found["country_txt"], found["region"], found["region_txt"]) == ("Niger", "11", "Sub-Saharan Africa")
    assert (found["city"], found["provstate"], found["specificity"], found["vicinity"]) == ("Sol", "Dosta", "1", "0")
    assert found["country"] == "146" and found["nkill"] == "3" and found["suicide"] == "0"


def test_nobody_has_judged_that_it_is_terrorism(tmp_path: Path) -> None:
    """There is doubt in every row, and the criteria stay empty."""
    found = row(tmp_path, "gtd", made())
    assert found["doubtterr"] == "1" and not [found[f"crit{number}"] for number in (1, 2, 3) if found[f"crit{number}"]]


def test_events_of_a_day_are_numbered(tmp_path: Path) -> None:
    """Year, month, day and a running number; an unknown month or day is 0, as in GTD."""
    month = days("2026-02-01", "2026-02-28", 4)
    year = days("2026-01-01", "2026-12-31", 5)
    found, _ = read(tmp_path, "gtd", [made(), made(), made(date=month), made(date=year)])
    assert found["eventid"].tolist() == ["202602030001", "202602030002", "202602000001", "202600000001"]
    assert found["imonth"].tolist() == ["2", "2", "2", "0"] and found["iday"].tolist() == ["3", "3", "0", "0"]
    assert found["approxdate"].fillna("").tolist() == ["", "", "last week", "last week"]


@pytest.mark.parametrize(
    ("confidence", "uncertain", "claimed"),
    [
        ("reported_as_fact", "0", None),
        ("claimed_or_admitted", "0", "1"),
        ("accused_by_authorities", "1", None),
        ("possible", "1", None),
    ],
)
def test_how_sure_the_group_is(tmp_path: Path, confidence: str, uncertain: str, claimed: str | None) -> None:
    """Suspected is uncertain; who claimed it has claimed it, and that nobody did is never known."""
    found = row(tmp_path, "gtd", made(actors=(person("Red Dawn", "group:red-dawn", confidence=confidence),)))
    assert (found["gname"], found["guncertain1"], found["claimed"]) == ("Red Dawn", uncertain, claimed)


def test_an_unknown_group_is_unknown(tmp_path: Path) -> None:
    """GTD's word for it; also where the only actor on record is denied."""
    found = row(tmp_path, "gtd", made(actors=(person("Red Dawn", confidence="denied"),)))
    assert found["gname"] == "Unknown" and found["guncertain1"] is None


def test_a_claim_of_responsibility_counts(tmp_path: Path) -> None:
    """A source that claims responsibility is enough."""
    dossier = made()
    first = dossier.testimonies[0]
    attribution = replace(first.claim.attribution, stance="claims_responsibility")
    told = replace(first, claim=replace(first.claim, attribution=attribution))
    found = row(tmp_path, "gtd", replace(dossier, testimonies=(told, *dossier.testimonies[1:])))
    assert found["claimed"] == "1"


def test_a_suicide_bombing(tmp_path: Path) -> None:
    """The type of the incident says so."""
    assert row(tmp_path, "gtd", made("suicide_bombing"))["suicide"] == "1"


def test_an_attempt_is_no_success(tmp_path: Path) -> None:
    """What was tried and failed is in GTD, without success."""
    assert row(tmp_path, "gtd", made(stage="attempted"))["success"] == "0"


@pytest.mark.parametrize(
    ("where_prec", "code", "shown"), [(1, "1", True), (2, "3", True), (4, "4", True), (6, "5", False)]
)
def test_a_vague_place_has_no_coordinates(tmp_path: Path, where_prec: int, code: str, shown: bool) -> None:
    """GTD gives none to what is vaguer than a province."""
    found = row(tmp_path, "gtd", made(place=town(where_prec)))
    assert found["specificity"] == code and (found["latitude"] is not None) == shown


@pytest.mark.parametrize(
    ("dossier", "why"),
    [
        (made("arrest", family="custody"), "no type of attack in GTD"),
        (made(stage="planned"), "planned"),
        (made(stage="foiled"), "foiled"),
        (made(actors=(person("the army", "state:NE/military"),)), "done by a state"),
        (made(date=None), "undated"),
    ],
)
def test_what_gtd_would_not_record(tmp_path: Path, dossier: Any, why: str) -> None:
    """Each reason by its name."""
    assert reason(tmp_path, "gtd", dossier) == why


def test_a_place_that_no_gazetteer_knows_has_no_coordinates(tmp_path: Path) -> None:
    """GTD's 5: the coordinates are not known, however exact the name is."""
    found = row(tmp_path, "gtd", made(place=town(lat=None, lon=None, country=None)))
    assert (found["specificity"], found["latitude"], found["city"], found["country_txt"]) == ("5", None, "Sol", None)
