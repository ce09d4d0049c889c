"""What each column of an export means and how it is filled: the tables of ``lexicons/export_*.toml``, as records.

A column says how it is filled (`rule`), or why it is always empty (`null`), never both. The schemas of a data package, the
codebook pages and the order of the columns in a file all come from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

import msgspec

from reportedly.errors import LexiconError
from reportedly.lexicons import Lexicon, load, load_rows

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime", "list", "object", "array"]
"""``list`` is a list of texts; ``object`` and ``array`` are JSON and stand in JSON lines only."""
Row = tuple[Any, ...]
"""Values in the order of a shape's columns: str, int, float, bool, tuple of str (a list), or None."""


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of one table."""

    name: str
    type: Kind
    meaning: str
    rule: str = ""
    """How it is filled."""
    null: str = ""
    """Why it is always empty."""
    required: bool = False
    """It is never empty."""
    values: tuple[str, ...] = ()
    """The only legal values."""
    minimum: float | None = None
    maximum: float | None = None


class Shape(Lexicon, frozen=True, kw_only=True):
    """One table of an export: its columns in order, and the small tables by which they are filled."""

    title: str
    about: str
    source: str
    """Whose column names and codes they are."""
    inclusion: str
    """Which incidents belong in it."""
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    maps: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)

    @property
    def filled(self) -> tuple[Column, ...]:
        """The columns that can hold something."""
        return tuple(column for column in self.columns if not column.null)

    def row(self, values: Mapping[str, Any]) -> Row:
        """`values` in the order of the columns; those that are never filled are null.

        Raises:
            KeyError: a column that is filled has no value.
        """
        return tuple([None if column.null else values[column.name] for column in self.columns])


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """What other codebooks call one of our event types; empty where they have no name for it."""

    family: str
    cameo: str
    plover: str
    acled: str
    gtd: str


class EventTypes(Lexicon, frozen=True, kw_only=True):
    """``event_types.toml``, as far as an export asks."""

    types: dict[str, Codes]


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A country or territory as other data sets name, number and group it."""

    iso2: str
    iso3: str
    number: int | None = None
    """ISO 3166-1 numeric."""
    name: str
    gwno: int | None = None
    """Gleditsch and Ward's number of the state."""
    acled_name: str | None = None
    """Where it is not `name`; so the others."""
    acled_region: str | None = None
    ged_name: str | None = None
    ged_region: str | None = None
    gtd_name: str | None = None
    gtd_number: int | None = None
    """GTD's own number of the country, in its columns of places and of nationalities."""
    gtd_region: int | None = None
    gtd_region_txt: str | None = None


@lru_cache(maxsize=16)
def shape(name: str) -> Shape:
    """The table ``export_{name}.toml``.

    Raises:
        LexiconError: it breaks its rules: a column without a rule or with two, a name twice, a key that is no column.
    """
    found = load(f"export_{name}", Shape)
    names = [column.name for column in found.columns]
    wrong = [column.name for column in found.columns if bool(column.rule) == bool(column.null)]
    wrong += [name for name in {*names} if names.count(name) > 1] + [key for key in found.key if key not in names]
    if wrong:
        raise LexiconError(
            f"lexicons/export_{name}.toml: a rule or a reason for null, once: {', '.join(sorted(wrong))}"
        )
    return found


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Country by ISO 3166-1 alpha-2 code."""
    return {country.iso2: country for country in load_rows("export_countries", Country)}


@lru_cache(maxsize=1)
def codes() -> Mapping[str, Codes]:
    """What other codebooks call each event type."""
    return load("event_types", EventTypes).types
