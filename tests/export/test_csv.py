"""CSV: opened by pandas and DuckDB it is what went in; in a spreadsheet nothing of it runs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_dossiers import HOSTILE, hostile

from evals.generated import dossiers
from reportedly.entries import Dossier
from reportedly.export.columns import shape
from reportedly.export.comma import CUT, MOST_LETTERS, neutral, original, shortened, write
from reportedly.export.tables import claim_rows, incident_row

EVERY = [*hostile(), *dossiers(6)]
RUNS = set("=+-@＝＋－＠\t\r\n")


def texts(rows: list[tuple[Any, ...]]) -> list[list[str]]:
    """Rows as the machine's CSV has them."""

    def text(value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return (
            "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)
        )

    return [[text(value) for value in row] for row in rows]


def tables(answer: list[Dossier]) -> dict[str, list[list[str]]]:
    """What should be in the two files."""
    return {
        "incidents": texts([incident_row(dossier) for dossier in answer]),
        "claims": texts([row for dossier in answer for row in claim_rows(dossier)]),
    }


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_pandas_reads_what_went_in(tmp_path: Path, name: str) -> None:
    """Every cell, hostile ones included, comes back as it was; the columns stand in the order of the codebook."""
    write(tmp_path, EVERY)
    found = pandas.read_csv(tmp_path / f"{name}.csv", dtype=str, keep_default_na=False, na_values=[])
    assert list(found.columns) == [column.name for column in shape(name).columns]
    wanted = tables(EVERY)[name]
    assert found.to_numpy().tolist() == wanted


@pytest.mark.parametrize("name", ["incidents", "claims"])
def test_duckdb_reads_what_went_in(tmp_path: Path, name: str) -> None:
    """DuckDB, told that all columns are texts, gives every cell back; an empty one is null."""
    write(tmp_path, EVERY)
    query = "SELECT * FROM read_csv(?, all_varchar = true, nullstr = '', header = true, quote = '\"', escape = '\"', delim = ',', max_line_size = 10000000)"
    found = duckdb.execute(query, [str(tmp_path / f"{name}.csv")]).fetchall()
    wanted = [[cell or None for cell in row] for row in tables(EVERY)[name]]
    assert [list(row) for row in found] == wanted


def test_the_types_are_read_without_being_told(tmp_path: Path) -> None:
    """pandas finds numbers, truth values and days where there are some."""
    write(tmp_path, dossiers(20))
    found = pandas.read_csv(
        tmp_path / "incidents.csv", keep_default_na=False, na_values=[""], parse_dates=["date_start"]
    )
    assert found["lat"].dtype == "float64" and found["negated"].dtype == "bool"
    assert str(found["date_start"].dtype).startswith("datetime64")


def test_the_file_keeps_to_rfc_4180(tmp_path: Path) -> None:
    """Lines end in CR LF, there is no byte-order mark, and each record has as many fields as the heading."""
    write(tmp_path, EVERY)
    raw = (tmp_path / "claims.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(raw.decode(), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(shape("claims").columns)}


def cells(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))[1:]


def test_nothing_runs_in_a_spreadsheet(tmp_path: Path) -> None:
    """In the Excel flavour no text begins a formula, whatever invisible letters stand before, nor after a semicolon or a line end."""
    write(tmp_path, EVERY, excel=True)
    for name in ("incidents", "claims"):
        kinds = [column.type for column in shape(name).columns]
        for row in cells(tmp_path / f"{name}.csv"):
            for kind, cell in zip(kinds, row, strict=True):
                if kind in ("integer", "number") or not cell:
                    continue
                starts = [cell, *cell.replace(";", "\n").replace("\t", "\n").replace("\r", "\n").split("\n")[1:]]
                seen = [start.lstrip(' "\u200b\u202e\x00\x07') for start in starts]
                assert not [start for start in seen if start[:1] in RUNS and start], repr(cell[:60])


def test_the_excel_flavour_can_be_undone(tmp_path: Path) -> None:
    """Every text that was not cut comes back with `original`."""
    write(tmp_path, EVERY, excel=True)
    place = [column.name for column in shape("claims").columns].index("sentence")
    found = [original(row[place]) for row in cells(tmp_path / "claims.csv")]
    wanted = [row[place] for dossier in EVERY for row in claim_rows(dossier)]
    assert [one for one, other in zip(found, wanted, strict=True) if one != other and not one.endswith(CUT)] == []


def test_what_excel_cannot_hold_is_cut_and_said(tmp_path: Path) -> None:
    """A cell of 40,000 characters ends in a mark, none is longer than Excel's limit, and the notes count them."""
    written = write(tmp_path, EVERY, excel=True)
    longest = max(len(cell.encode("utf-16-le")) // 2 for row in cells(tmp_path / "claims.csv") for cell in row)
    assert longest <= MOST_LETTERS
    assert any(cell.endswith(CUT) for row in cells(tmp_path / "claims.csv") for cell in row)
    assert "were cut" in written.notes[0]


@given(st.text(st.sampled_from("=+-@'\" \t\r\n;x＝\u200b,"), max_size=12) | st.text())
def test_making_harmless_loses_nothing(text: str) -> None:
    """`original` undoes `neutral`, for any text."""
    assert original(neutral(text)) == text


@pytest.mark.parametrize("text", ["police said so", "12 killed; 3 hurt", "a-b", "3 = 3", "o'clock", ""])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    """Only what could run is touched."""
    assert neutral(text) == text


@pytest.mark.parametrize("text", HOSTILE[:10])
def test_what_could_run_is_marked(text: str) -> None:
    """Each known beginning of a formula gets its apostrophe."""
    assert neutral(text) != text and neutral(text).startswith("'")


def test_no_letter_is_cut_in_two() -> None:
    """A letter outside the first plane counts twice, and is kept whole or not at all."""
    found = shortened("😀" * 20_000)
    assert found.endswith(CUT) and set(found[: -len(CUT)]) == {"😀"}
    assert shortened("😀" * 16_383) == "😀" * 16_383
