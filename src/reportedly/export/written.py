"""What an export says of the files that it has written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportedly.export.columns import Shape


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One data file.

    Args:
        path: its name in the folder of the export.
        shape: its columns.
        rows: how many rows or lines it has, without the heading.
        format: ``csv``, ``xlsx`` …
        media_type: as a server would say it.
        dialect: how the values are separated, as Frictionless writes it.
        lists: what the columns that are lists are in this file: JSON ``array``, or a ``string`` joined by `` | ``.
        sheet: the sheet of a workbook.
    """

    path: str
    shape: Shape
    rows: int
    format: str
    media_type: str
    dialect: Mapping[str, Any] | None = None
    lists: str = "array"
    sheet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """The files of an export, and what is not in them."""

    resources: tuple[Resource, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Why incidents were left out, and how many for each reason."""
    notes: tuple[str, ...] = ()
    """What else the user should know, a line each."""
