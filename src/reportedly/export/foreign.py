"""An answer in the columns of another data set: one row an incident, and a count of those that do not belong there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from reportedly.entries import Dossier
from reportedly.export.columns import Shape, shape
from reportedly.export.comma import Table
from reportedly.export.written import Written

Fill = Callable[[Dossier, Shape], Mapping[str, Any] | str]
"""The values of an incident's row by column, or in a few words why it has none."""


def write(
    folder: Path,
    dossiers: Iterable[Dossier],
    name: str,
    fill: Fill,
    *,
    delimiter: str = ",",
    excel: bool = False,
) -> Written:
    """Writes ``{name}.csv`` (between tabs: ``.tsv``) into `folder`.

    Args:
        folder: where to.
        dossiers: the incidents, each with its claims.
        name: of the shape.
        fill: makes a row.
        delimiter: a comma or a tab.
        excel: the flavour for spreadsheets.
    """
    table, left_out = shape(name), Counter[str]()
    suffix = "tsv" if delimiter == "\t" else "csv"
    with Table(folder / f"{name}.{suffix}", table, delimiter=delimiter, excel=excel) as file:
        for dossier in dossiers:
            values = fill(dossier, table)
            if isinstance(values, str):
                left_out[values] += 1
            else:
                file.write(table.row(values))
    return Written(resources=(file.resource(),), left_out=dict(sorted(left_out.items())))
