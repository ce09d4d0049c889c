"""An answer as an Excel workbook, streamed: incidents, claims, and what each column means.

Texts are written as texts: nothing in a report becomes a formula or a link. Dates are true dates (Excel knows none before
1900: those stay text); times stay text, for Excel knows no time zones. A table with more rows than a sheet holds goes on in
further sheets.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from reportedly.entries import Dossier
from reportedly.export.columns import Column, Row, Shape, shape
from reportedly.export.comma import CUT, MOST_LETTERS, shortened
from reportedly.export.tables import claim_rows, incident_row
from reportedly.export.written import Resource, Written

MOST_ROWS = 1_048_576
"""What a sheet of Excel holds, the heading among them."""
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_WIDTH = 18


class Sheets:
    """One table of a workbook, in as many sheets as it needs.

    Args:
        book: the XlsxWriter workbook.
        name: of the first sheet; the others are ``name 2``, ``name 3`` …
        table: its columns.
        most: rows that a sheet holds, the heading among them.
    """

    def __init__(self, book: Any, name: str, table: Shape, most: int = MOST_ROWS) -> None:
        self._book, self._name, self._table, self._most = book, name, table, most
        self._bold, self._day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        self._writers = [self._writer(column) for column in table.columns]
        self.rows: list[int] = []
        self.cut = 0
        self._begin()

    def write(self, row: Row) -> None:
        """Adds `row`, on a new sheet where this one is full."""
        if self.rows[-1] + 1 >= self._most:
            self._begin()
        self.rows[-1] += 1
        for place, (write, value) in enumerate(zip(self._writers, row, strict=True)):
            if value is not None:
                write(self.rows[-1], place, value)

    def resources(self, path: str) -> list[Resource]:
        """One for each sheet."""
        return [
            Resource(
                path=path,
                shape=self._table,
                rows=rows,
                format="xlsx",
                media_type=_MEDIA_TYPE,
                dialect={"sheet": self._title(number)},
                lists="string",
                sheet=self._title(number),
            )
            for number, rows in enumerate(self.rows, start=1)
        ]

    def _title(self, number: int) -> str:
        return self._name if number == 1 else f"{self._name} {number}"

    def _begin(self) -> None:
        self.rows.append(0)
        self._sheet = self._book.add_worksheet(self._title(len(self.rows)))
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self._table.columns) - 1, _WIDTH)
        for place, column in enumerate(self._table.columns):
            self._sheet.write_string(0, place, column.name, self._bold)

    def _writer(self, column: Column) -> Callable[[int, int, Any], None]:
        numbers: dict[str, Callable[[int, int, Any], None]] = {
            "integer": self._number,
            "number": self._number,
            "boolean": self._boolean,
            "date": self._date,
        }
        return numbers.get(column.type, self._text)

    def _text(self, row: int, place: int, value: str | tuple[str, ...]) -> None:
        whole = value if isinstance(value, str) else " | ".join(value)
        safe = shortened(whole)
        self.cut += safe != whole
        safe = safe.encode("utf-8", "replace").decode() if not safe.isascii() else safe
        if safe:
            self._sheet.write_string(row, place, safe)

    def _number(self, row: int, place: int, value: float) -> None:
        self._sheet.write_number(row, place, value)

    def _boolean(self, row: int, place: int, value: bool) -> None:
        self._sheet.write_boolean(row, place, value)

    def _date(self, row: int, place: int, value: str) -> None:
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            day = datetime.date.min
        if day.year > 1900:
            self._sheet.write_datetime(row, place, day, self._day)
        else:
            self._sheet.write_string(row, place, value)


def write(folder: Path, dossiers: Iterable[Dossier]) -> Written:
    """Writes ``reportedly.xlsx`` into `folder`, with the sheets incidents, claims and columns."""
    import xlsxwriter

    path = folder / "reportedly.xlsx"
    with xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(folder)}) as book:
        incidents = Sheets(book, "incidents", shape("incidents"))
        claims = Sheets(book, "claims", shape("claims"))
        for dossier in dossiers:
            incidents.write(incident_row(dossier))
            for row in claim_rows(dossier):
                claims.write(row)
        _explain(book, {"incidents": shape("incidents"), "claims": shape("claims")})
    cut = incidents.cut + claims.cut
    notes = [f"{cut} cells were cut at Excel's {MOST_LETTERS:,} characters; they end in “{CUT.strip()}”"] if cut else []
    return Written(
        resources=(*incidents.resources(path.name), *claims.resources(path.name)),
        notes=tuple(notes),
    )


def _explain(book: Any, tables: dict[str, Shape]) -> None:
    sheet = book.add_worksheet("columns")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 2, _WIDTH)
    sheet.set_column(3, 4, 4 * _WIDTH)
    rows = [("sheet", "column", "type", "what it means", "how it is filled")]
    for name, table in tables.items():
        rows += [(name, each.name, each.type, each.meaning, each.rule) for each in table.columns]
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text)
