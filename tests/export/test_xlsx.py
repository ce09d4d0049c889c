"""The workbook: opened by openpyxl and pandas it is what went in, and nothing in it runs."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import xlsxwriter
from openpyxl.utils.escape import unescape
from typed_dossiers import days, hostile, made

from evals.generated import dossiers
from reportedly.entries import Dossier
from reportedly.export.columns import shape
from reportedly.export.comma import CUT, MOST_LETTERS
from reportedly.export.tables import claim_rows, incident_row
from reportedly.export.workbook import Sheets, write

EVERY = [*hostile(), *dossiers(6)]


def rows(answer: list[Dossier], name: str) -> list[tuple[Any, ...]]:
    if name == "incidents":
        return [incident_row(dossier) for dossier in answer]
    return [row for dossier in answer for row in claim_rows(dossier)]


def as_written(value: Any, kind: str) -> Any:
    """A value as a workbook holds it."""
    if isinstance(value, tuple):
        return " | ".join(value) or None
    if kind == "date" and value:
        return datetime.datetime.fromisoformat(value)
    return value or None if isinstance(value, str) else value


def test_openpyxl_reads_what_went_in(tmp_path: Path) -> None:
    """Every cell of both sheets is what went in, with its type; texts that Excel cannot hold are cut with a mark."""
    write(tmp_path, EVERY)
    book = openpyxl.load_workbook(tmp_path / "reportedly.xlsx")
    for name in ("incidents", "claims"):
        heading, *found = book[name].iter_rows(values_only=True)
        columns = shape(name).columns
        assert list(heading) == [column.name for column in columns]
        for read, wanted in zip(found, rows(EVERY, name), strict=True):
            for cell, value, column in zip(read, wanted, columns, strict=True):
                expected = as_written(value, column.type)
                got = unescape(cell) if isinstance(cell, str) else cell
                if isinstance(expected, str) and len(expected) > MOST_LETTERS:
                    assert got.endswith(CUT) and len(got) == MOST_LETTERS
                else:
                    assert got == expected, column.name


def test_nothing_in_the_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    """Text that looks like a formula or an address is text."""
    write(tmp_path, EVERY)
    book = openpyxl.load_workbook(tmp_path / "reportedly.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(tmp_path / "reportedly.xlsx") as files:
        sheets = [files.read(name) for name in files.namelist() if "worksheets/" in name and name.endswith(".xml")]
    assert sheets and not any(b"<f>" in text or b"hyperlink" in text for text in sheets)


def test_pandas_reads_days_and_numbers(tmp_path: Path) -> None:
    """Days are true days, and what is not known is missing, never 0."""
    write(tmp_path, [made(killed=None), made(killed=4)])
    found = pandas.read_excel(tmp_path / "reportedly.xlsx", sheet_name="incidents")
    assert found["date_start"].tolist() == [pandas.Timestamp("2026-02-03")] * 2
    assert found["killed_best"].isna().tolist() == [True, False] and found["killed_best"][1] == 4


def test_a_day_before_excels_calendar_stays_text(tmp_path: Path) -> None:
    """Excel knows no day before 1900: such a day is written as text, and not as another day."""
    write(tmp_path, [made(date=days("1899-12-31", "1899-12-31", 1))])
    sheet = openpyxl.load_workbook(tmp_path / "reportedly.xlsx")["incidents"]
    assert sheet.cell(2, 7).value == "1899-12-31"


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    """No row is lost at the end of a sheet, and each sheet has its heading."""
    path = tmp_path / "small.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheets = Sheets(book, "incidents", shape("incidents"), most=3)
        for dossier in dossiers(5):
            sheets.write(incident_row(dossier))
    assert [file.sheet for file in sheets.resources("small.xlsx")] == ["incidents", "incidents 2", "incidents 3"]
    assert [file.rows for file in sheets.resources("small.xlsx")] == [2, 2, 1]
    found = openpyxl.load_workbook(path)
    ids = [row[0] for sheet in found for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert ids == [dossier.incident.incident_id for dossier in dossiers(5)]
    assert {sheet.cell(1, 1).value for sheet in found} == {"incident_id"}


def test_a_sheet_explains_every_column(tmp_path: Path) -> None:
    """The third sheet names each column of the other two, with its rule."""
    write(tmp_path, [])
    found = list(openpyxl.load_workbook(tmp_path / "reportedly.xlsx")["columns"].iter_rows(min_row=2, values_only=True))
    wanted = [(name, column.name) for name in ("incidents", "claims") for column in shape(name).columns]
    assert [(row[0], row[1]) for row in found] == wanted and all(row[4] for row in found)
