"""UCDP GED's columns: sides, deaths, precision, sources, and what GED would not record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shapes import reason, row
from typed_dossiers import days, made, person, town

from reportedly.entries import Range
from reportedly.export.ged import cell

ARMY = person("the army", "state:NE/military")
DAWN = person("Red Dawn", "group:red-dawn")
DUSK = person("Blue Dusk", "group:blue-dusk")


@pytest.mark.parametrize(
    ("actors", "recipients", "violence", "side_a", "side_b"),
    [
        ((ARMY,), [("rebels", "armed_group")], "1", "Government of Niger", "rebels"),
        ((DAWN,), [("soldiers", "military")], "1", "soldiers", "Red Dawn"),
        ((DAWN, DUSK), [], "2", "Red Dawn", "Blue Dusk"),
        ((DAWN, ARMY), [], "1", "Government of Niger", "Red Dawn"),
        ((DAWN,), [("villagers", "civilians")], "3", "Red Dawn", "Civilians"),
        ((person("a man"),), [("villagers", "civilians")], None, "a man", None),
        ((), [("villagers", "civilians")], None, None, None),
        ((DAWN,), [], None, "Red Dawn", None),
    ],
)
def test_sides_and_type_of_violence(
    tmp_path: Path,
    actors: Any,
    recipients: Any,
    violence: str | None,
    side_a: str | None,
    side_b: str | None,
) -> None:
    """The state is side A; civilians make it one-sided; what is not known of the sides stays empty."""
    found = row(tmp_path, "ged", made("armed_clash", actors=actors, recipients=recipients))
    assert (found["type_of_violence"], found["side_a"], found["side_b"]) == (violence, side_a, side_b)
    assert found["dyad_name"] == (f"{side_a} - {side_b}" if side_a and side_b else None)


def test_the_number_of_the_state_is_at_its_side(tmp_path: Path) -> None:
    """Gleditsch and Ward's number of a state stands with the side that the state is."""
    found = row(tmp_path, "ged", made("armed_clash", actors=(DAWN, ARMY)))
    assert found["gwnoa"] == "436" and found["gwnob"] is None


def test_deaths_are_not_split_by_side(tmp_path: Path) -> None:
    """All the dead are of an unknown side, so that the four columns add up to best; the bounds are those on record."""
    found = row(tmp_path, "ged", made(killed=7))
    assert [found[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")] == [None, None, None, "7"]
    assert (found["best"], found["low"], found["high"]) == ("7", "7", None)


def test_only_a_lower_bound_is_the_best_there_is(tmp_path: Path) -> None:
    """Where only the lowest number is known it is also the best."""
    from msgspec.structs import replace

    dossier = made()
    dossier = replace(dossier, incident=replace(dossier.incident, killed=Range(low=4)))
    found = row(tmp_path, "ged", dossier)
    assert (found["best"], found["low"]) == ("4", "4")


def test_place_and_grid(tmp_path: Path) -> None:
    """Coordinates, their text form and the cell agree."""
    found = row(tmp_path, "ged", made(place=town(4)))
    assert found["where_prec"] == "4" and found["geom_wkt"] == "POINT (2.5 13.25)" and found["adm_1"] == "Dosta"
    assert found["country"] == "Niger" and found["country_id"] == "436" and found["region"] == "Africa"
    assert found["priogrid_gid"] == str(cell(13.25, 2.5))


@pytest.mark.parametrize(
    ("lat", "lon", "gid"), [(-90.0, -180.0, 1), (-90.0, -179.4, 2), (-89.4, -180.0, 721), (90.0, 180.0, 259_200)]
)
def test_the_grid_is_counted_from_the_south_west(lat: float, lon: float, gid: int) -> None:
    """720 cells in a row, 360 rows; the last edges belong to the last cells."""
    assert cell(lat, lon) == gid


def test_the_sources_are_listed_in_one_order(tmp_path: Path) -> None:
    """Each article once; outlets, dates and headlines in the same order."""
    found = row(tmp_path, "ged", made())
    offices, dates = (found["source_office"] or "").split(";"), (found["source_date"] or "").split(";")
    assert found["number_of_sources"] == str(len(offices)) == str(len(dates)) == "2"
    assert (found["source_article"] or "").startswith(f'"{offices[0]},{dates[0]},')


def test_dates_keep_their_span(tmp_path: Path) -> None:
    """First and last possible day, with UCDP's code."""
    found = row(tmp_path, "ged", made(date=days("2026-02-01", "2026-02-28", 4)))
    assert (found["date_start"], found["date_end"], found["date_prec"]) == ("2026-02-01", "2026-02-28", "4")


@pytest.mark.parametrize(
    ("dossier", "why"),
    [
        (made("protest", family="unrest"), "no violence"),
        (made(stage="attempted"), "attempted"),
        (made(stage="foiled"), "foiled"),
        (made(stage="planned"), "planned"),
        (made(killed=None), "no reported death"),
        (made(killed=0), "no reported death"),
        (made(date=None), "undated"),
        (made(place=None), "in no known country"),
    ],
)
def test_what_ged_would_not_record(tmp_path: Path, dossier: Any, why: str) -> None:
    """Each reason by its name."""
    assert reason(tmp_path, "ged", dossier) == why
