"""What the tests of the shapes of other data sets share: a row as the file has it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas

from reportedly.entries import Dossier
from reportedly.export.columns import shape
from reportedly.export.package import FORMATS


def read(folder: Path, name: str, dossiers: Iterable[Dossier]) -> tuple[pandas.DataFrame, dict[str, int]]:
    """What pandas reads of the shape's file, every cell a text and an empty one null; and what was left out."""
    from importlib import import_module

    written = import_module(FORMATS[name]).write(folder, dossiers)
    path = folder / written.resources[0].path
    separator = "\t" if path.suffix == ".tsv" else ","
    found = pandas.read_csv(path, sep=separator, dtype=str, keep_default_na=False, na_values=[""])
    assert list(found.columns) == [column.name for column in shape(name).columns]
    assert len(found) == written.resources[0].rows
    return found, dict(written.left_out)


def row(folder: Path, name: str, dossier: Dossier) -> dict[str, str | None]:
    """The one row of one incident: what is empty is None."""
    found, left_out = read(folder, name, [dossier])
    assert not left_out, left_out
    values: dict[str, Any] = found.iloc[0].to_dict()
    return {key: None if pandas.isna(value) else value for key, value in values.items()}


def reason(folder: Path, name: str, dossier: Dossier) -> str:
    """Why an incident was left out."""
    found, left_out = read(folder, name, [dossier])
    assert len(found) == 0 and list(left_out.values()) == [1]
    return next(iter(left_out))
