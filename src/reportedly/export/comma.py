"""Comma- and tab-separated tables, streamed: true to the last character for machines, or made safe for spreadsheets.

The machine's CSV is RFC 4180 in UTF-8: values stand as they are, lists as JSON arrays, an empty cell is null. In the Excel
flavour a byte-order mark says that it is UTF-8, lists are joined by `` | ``, a cell is cut at Excel's 32,767 characters, and
`neutral` puts an apostrophe wherever a spreadsheet would begin to read a formula; `original` takes it away again.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from reportedly.entries import Dossier
from reportedly.export.columns import Kind, Row, Shape, shape
from reportedly.export.tables import claim_rows, incident_row
from reportedly.export.written import Resource, Written

MOST_LETTERS = 32_767
"""What a cell of Excel holds, in UTF-16 code units."""
CUT = " […cut]"
"""How a cell ends that was cut."""
_STARTS = "=+\\-@＝＋－＠﹢﹣﹫−"
"""What begins a formula, also in the full-width, small and mathematical forms that a spreadsheet folds to the plain ones."""
_LEADS = r"[\s\"'‘’‚‛“”„‟＂＇\x00-\x08\x0e-\x1f\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufe00-\ufe0f\ufeff]*"
"""What may stand before it and is not seen, or is dropped: blanks, quotation marks, control and invisible characters."""
_LEADS_INSIDE = rf"(?:(?![\t\r\n]){_LEADS.removesuffix('*')})*+"
"""The same within a line, so that a run of line ends is gone through once and not from each of them."""
_BREAKS = re.compile(r"[\t\r\n]+")
_encode = json.JSONEncoder(ensure_ascii=False).encode
_START_OF_CELL = re.compile(rf"\A(?={_LEADS}[{_STARTS}])|\A(?=[\t\r\n'])")
_START_INSIDE = re.compile(rf"(?<=[;\t\r\n])(?={_LEADS_INSIDE}[{_STARTS}])")
_MARKED_CELL = re.compile(rf"\A'(?={_LEADS}[{_STARTS}]|[\t\r\n'])")
_MARKED_INSIDE = re.compile(rf"(?<=[;\t\r\n])'(?={_LEADS_INSIDE}[{_STARTS}])")


def neutral(text: str) -> str:
    """`text` with an apostrophe wherever a spreadsheet would read a formula.

    At the start of the cell, where the first letter but blanks, quotation marks and invisible ones begins a formula, or the
    first letter is a tab, a line end or an apostrophe; and inside after each semicolon, tab or line end (which start a cell
    where the separator is another), under the first of these conditions.
    """
    return _START_OF_CELL.sub("'", _START_INSIDE.sub("'", text))


def original(text: str) -> str:
    """What `neutral` made `text` of."""
    return _MARKED_INSIDE.sub("", _MARKED_CELL.sub("", text))


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """`text`, cut with a mark where it has more than `most` UTF-16 code units."""
    if len(text) <= most // 2 or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= most:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


@dataclass
class Table:
    """A file of separated values that is being written, a row at a time.

    Args:
        path: the file; its name may not be taken.
        shape: its columns.
        delimiter: a comma or a tab. Between tabs, tabs and line ends inside a value become blanks.
        excel: the flavour for spreadsheets.
    """

    path: Path
    shape: Shape
    delimiter: str = ","
    excel: bool = False
    rows: int = 0
    cut: int = 0
    """Cells that were cut."""
    _stream: Any = field(init=False, repr=False)
    _writer: Any = field(init=False, repr=False)
    _cells: list[Callable[[Any], Any] | None] = field(init=False, repr=False)

    def __enter__(self) -> Table:
        encoding = "utf-8-sig" if self.excel else "utf-8"
        self._stream = self.path.open("x", encoding=encoding, errors="backslashreplace", newline="")
        self._writer = csv.writer(self._stream, delimiter=self.delimiter, lineterminator="\r\n")
        self._writer.writerow([column.name for column in self.shape.columns])
        self._cells = [self._cell(column.type) for column in self.shape.columns]
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._stream.close()

    def write(self, row: Row) -> None:
        """Adds `row`."""
        self._writer.writerow(
            [
                value if make is None or value is None else make(value)
                for make, value in zip(self._cells, row, strict=True)
            ]
        )
        self.rows += 1

    def _cell(self, kind: Kind) -> Callable[[Any], Any] | None:
        """What makes a cell of a value that is not null, for a column of that kind; None: nothing has to be done."""
        if kind == "boolean":
            return _truth
        if kind in ("integer", "number"):
            return None
        if kind == "list" and not self.excel:
            return _array
        if self.excel:
            return self._safe
        return _one_line if self.delimiter == "\t" else None

    def _safe(self, value: str | tuple[str, ...]) -> str:
        text = value if isinstance(value, str) else " | ".join(value)
        safe = shortened(neutral(text))
        self.cut += safe.endswith(CUT) and len(safe) < len(text)
        return safe

    def resource(self) -> Resource:
        """What the file is, once it is closed."""
        tab = self.delimiter == "\t"
        return Resource(
            path=self.path.name,
            shape=self.shape,
            rows=self.rows,
            format="tsv" if tab else "csv",
            media_type="text/tab-separated-values" if tab else "text/csv",
            dialect={"delimiter": self.delimiter, "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
            lists="string" if self.excel else "array",
        )


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _array(value: tuple[str, ...]) -> str:
    return _encode(value) if value else "[]"


def _one_line(value: str) -> str:
    return _BREAKS.sub(" ", value)


def write(folder: Path, dossiers: Iterable[Dossier], *, excel: bool = False) -> Written:
    """Writes ``incidents.csv`` and ``claims.csv`` into `folder`."""
    with (
        Table(folder / "incidents.csv", shape("incidents"), excel=excel) as incidents,
        Table(folder / "claims.csv", shape("claims"), excel=excel) as claims,
    ):
        for dossier in dossiers:
            incidents.write(incident_row(dossier))
            for row in claim_rows(dossier):
                claims.write(row)
    cut = incidents.cut + claims.cut
    notes = [f"{cut} cells were cut at Excel's {MOST_LETTERS:,} characters; they end in “{CUT.strip()}”"] if cut else []
    return Written(resources=(incidents.resource(), claims.resource()), notes=tuple(notes))
