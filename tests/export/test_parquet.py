"""Parquet: opened by DuckDB and pandas it is what went in, with true types, and empty too."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow.parquet as pq
import pytest
from typed_dossiers import hostile, made

from evals.generated import dossiers
from reportedly.entries import Dossier
from reportedly.export.columns import shape
from reportedly.export.parquet import Group, schema, write
from reportedly.export.tables import claim_rows, incident_row

EVERY = [*hostile(), *dossiers(6)]


def typed(value: Any, kind: str) -> Any:
    """A value as Parquet holds it."""
    if value is None:
        return None
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "datetime":
        return datetime.datetime.fromisoformat(value)
    return list(value) if kind == "list" else value


def rows(answer: list[Dossier], name: str) -> list[list[Any]]:
    found = [incident_row(d) for d in answer] if name == "incidents" else [r for d in answer for r in claim_rows(d)]
    kinds = [column.type for column in shape(name).columns]
    return [[typed(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in found]


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_every_value_comes_back_with_its_type(tmp_path: Path, name: str) -> None:
    """Texts, numbers, days, times and lists, hostile ones included, are what they were."""
    write(tmp_path, EVERY)
    found = pq.read_table(tmp_path / f"{name}.parquet")
    assert found.column_names == [column.name for column in shape(name).columns]
    assert [list(row.values()) for row in found.to_pylist()] == rows(EVERY, name)


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_duckdb_reads_what_went_in(tmp_path: Path, name: str) -> None:
    """DuckDB gives every row back, and can ask questions of lists and days."""
    write(tmp_path, EVERY)
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    found = connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / f"{name}.parquet")]).fetchall()
    wanted = rows(EVERY, name)
    assert [list(row) for row in found] == wanted
    asked = "SELECT count(*) FROM read_parquet(?) WHERE len(actors) > 0 AND date_start >= DATE '2020-01-01'"
    assert connection.execute(asked, [str(tmp_path / f"{name}.parquet")]).fetchone() != (0,)


def test_pandas_reads_it(tmp_path: Path) -> None:
    """What is not known is missing, and not 0."""
    write(tmp_path, [made(killed=None), made(killed=0)])
    found = pandas.read_parquet(tmp_path / "incidents.parquet")
    assert found["killed_best"].isna().tolist() == [True, False] and found["killed_best"][1] == 0


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_an_empty_answer_has_the_same_schema(tmp_path: Path, name: str) -> None:
    """A file without rows has every column with its type, and its description."""
    write(tmp_path, [])
    found = pq.read_table(tmp_path / f"{name}.parquet")
    assert found.num_rows == 0 and found.schema.equals(schema(shape(name)))
    assert all(
        field.metadata and field.metadata[b"description"] for field in pq.read_schema(tmp_path / f"{name}.parquet")
    )


def test_rows_are_written_in_groups(tmp_path: Path) -> None:
    """No more rows are held than a group has."""
    with Group(tmp_path / "few.parquet", shape("incidents"), most=4) as file:
        for dossier in dossiers(10):
            file.write(incident_row(dossier))
    assert [pq.ParquetFile(tmp_path / "few.parquet").metadata.row_group(n).num_rows for n in range(3)] == [4, 4, 2]
