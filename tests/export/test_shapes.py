"""What holds of every shape of another data set: columns, codes, hostile texts, and that nothing is invented."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas
import pytest
from shapes import read
from typed_dossiers import HOSTILE, made, poisoned

from evals.generated import dossiers
from reportedly.export.columns import codes, countries, shape
from reportedly.records import EVENT_TYPES, STAGES

SHAPES = ("acled", "ged", "gtd", "plover")
LENGTHS = {"acled": 31, "ged": 49, "gtd": 135, "plover": 40}


@pytest.mark.parametrize("name", SHAPES)
def test_every_column_of_the_original_is_there(name: str) -> None:
    """As many columns as the original's files have, none twice, each with a rule or a reason for being empty."""
    columns = shape(name).columns
    assert len({column.name for column in columns}) == LENGTHS[name]
    assert all(bool(column.rule) != bool(column.null) for column in columns)


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_never_filled_is_empty_and_what_is_required_is_not(tmp_path: Path, name: str) -> None:
    """Over all types and stages: empty columns are empty, required ones filled, values within their limits."""
    answer = [made(kind, stage) for kind in EVENT_TYPES for stage in STAGES]  # type: ignore[arg-type]
    found, left_out = read(tmp_path, name, [*answer, *dossiers(10)])
    assert len(found) + sum(left_out.values()) == len(answer) + 10
    for column in shape(name).columns:
        cells = found[column.name]
        if column.null:
            assert cells.isna().all(), column.name
        if column.required:
            assert cells.notna().all(), column.name
        if column.values:
            assert set(cells.dropna()) <= set(column.values), column.name
        if column.type in ("integer", "number"):
            numbers = pandas.to_numeric(cells.dropna())
            assert column.minimum is None or (numbers >= column.minimum).all(), column.name
            assert column.maximum is None or (numbers <= column.maximum).all(), column.name


@pytest.mark.parametrize("name", SHAPES)
def test_hostile_texts_move_no_cell(tmp_path: Path, name: str) -> None:
    """Whatever a report says, DuckDB and pandas see as many rows as were written, and the numbers in their columns."""
    found, left_out = read(tmp_path, name, [poisoned(made(), text) for text in HOSTILE])
    assert len(found) == len(HOSTILE) and not left_out
    latitude = next(column for column in found.columns if column.lower() == "latitude")
    assert pandas.to_numeric(found[latitude]).between(-90, 90).all()
    path = next(tmp_path.glob(f"{name}.*sv"))
    delimiter = "\t" if path.suffix == ".tsv" else ","
    query = "SELECT count(*) FROM read_csv(?, all_varchar = true, header = true, quote = '\"', escape = '\"', delim = ?, max_line_size = 10000000)"
    assert duckdb.execute(query, [str(path), delimiter]).fetchone() == (len(found),)


@pytest.mark.parametrize("name", SHAPES)
def test_a_denied_incident_belongs_nowhere(tmp_path: Path, name: str) -> None:
    """What every claim denies is left out, and counted as denied."""
    _, left_out = read(tmp_path, name, [made(negated=True), made(negated=True)])
    assert left_out == {"denied": 2}


@pytest.mark.parametrize("name", SHAPES)
def test_the_deaths_nobody_gives_are_not_zero(tmp_path: Path, name: str) -> None:
    """No number of dead stays empty (where such an incident is in the shape at all); a reported 0 is 0."""
    column = {"acled": "fatalities", "gtd": "nkill"}.get(name)
    if column is None:
        return
    found, _ = read(tmp_path, name, [made(killed=None), made(killed=0), made(killed=5)])
    assert found[column].fillna("").tolist() == ["", "0", "5"]


def test_every_code_has_its_place_in_the_small_tables() -> None:
    """What event_types.toml calls an event is in the tables by which the shapes are filled."""
    acled, gtd, plover = shape("acled").maps, shape("gtd").maps, shape("plover").maps
    for name, code in codes().items():
        assert code.acled in acled["event_type"] or name == "territory_change", name
        assert not code.gtd or code.gtd in gtd["attacktype"], name
        assert code.plover in plover["quad"], name
    assert set(acled["event_type"].values()) <= set(acled["disorder_type"])


def test_the_countries_are_whole() -> None:
    """Every country has its codes once; Namibia is a country and no null."""
    found = countries()
    assert found["NA"].name == "Namibia" and found["NA"].iso3 == "NAM"
    assert len({country.iso3 for country in found.values()}) == len(found) >= 245
    assert all(country.ged_region or country.iso2 in ("BV", "GS", "HM", "TF", "AQ") for country in found.values())
    states = [country.gwno for country in found.values() if country.gwno]
    assert len(set(states)) == len(states)
