"""Both tables as Parquet, with true types, in row groups: for DuckDB, pandas, polars and R.

Lists are lists of texts, days ``date32``, times microseconds in UTC. The schema is the same for an empty answer; each column
carries its description in the metadata of its field.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from reportedly.entries import Dossier
from reportedly.export.columns import Column, Row, Shape, shape
from reportedly.export.tables import claim_rows, incident_row
from reportedly.export.written import Resource, Written

ROWS_IN_A_GROUP = 8_000
_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "list": pa.list_(pa.string()),
}


class Group:
    """A Parquet file that is being written, a row group at a time.

    Args:
        path: the file.
        table: its columns.
        most: rows in a group.
    """

    def __init__(self, path: Path, table: Shape, most: int = ROWS_IN_A_GROUP) -> None:
        self.path, self.table, self.rows = path, table, 0
        self._most, self._held = most, list[Row]()
        self._schema = schema(table)

    def __enter__(self) -> Group:
        self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd")
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def write(self, row: Row) -> None:
        """Adds `row`."""
        self._held.append(row)
        self.rows += 1
        if len(self._held) >= self._most:
            self._flush()

    def resource(self) -> Resource:
        """What the file is."""
        return Resource(
            path=self.path.name,
            shape=self.table,
            rows=self.rows,
            format="parquet",
            media_type="application/vnd.apache.parquet",
        )

    def _flush(self) -> None:
        if not self._held:
            return
        columns = zip(*self._held, strict=True)
        arrays = [
            pa.array([_value(column, each) for each in values], _TYPES[column.type])
            for column, values in zip(self.table.columns, columns, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._held.clear()


def schema(table: Shape) -> pa.Schema:
    """The schema of `table`; each field describes itself."""
    return pa.schema(
        [
            pa.field(
                column.name,
                _TYPES[column.type],
                nullable=not column.required,
                metadata={"description": f"{column.meaning} {column.rule}"},
            )
            for column in table.columns
        ]
    )


def write(folder: Path, dossiers: Iterable[Dossier]) -> Written:
    """Writes ``incidents.parquet`` and ``claims.parquet`` into `folder`."""
    with (
        Group(folder / "incidents.parquet", shape("incidents")) as incidents,
        Group(folder / "claims.parquet", shape("claims")) as claims,
    ):
        for dossier in dossiers:
            incidents.write(incident_row(dossier))
            for row in claim_rows(dossier):
                claims.write(row)
    return Written(resources=(incidents.resource(), claims.resource()))


def _value(column: Column, value: Any) -> Any:
    if value is None or column.type not in ("date", "datetime"):
        return value
    if column.type == "datetime":
        return datetime.datetime.fromisoformat(value)
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:  # a day of no calendar is not known
        return None
