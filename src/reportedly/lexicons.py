"""Loads and validates the words that the stages work with (``lexicons/*.toml`` and ``*.csv``).

A stage declares the shape of its words as a frozen subclass of `Lexicon`; `load` decodes the file strictly into it,
so that a misspelt key or an illegal value is an error with the file's name in it, never a rule that silently does nothing.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from reportedly.errors import LexiconError


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every lexicon file says of itself before its words."""

    language: str
    """ISO 639-1."""
    provenance: str
    """Where the words are from."""
    licence: str
    """SPDX identifier."""


L = TypeVar("L", bound=Lexicon)
R = TypeVar("R", bound=msgspec.Struct)


def folder() -> Traversable:
    """The folder of the lexicon files."""
    return resources.files("reportedly") / "lexicons"


def load(name: str, kind: type[L]) -> L:
    """The lexicon ``lexicons/{name}.toml`` as `kind`.

    Raises:
        LexiconError: the file is missing, is no TOML, or breaks the rules of `kind`.
    """
    path = folder() / f"{name}.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(p.name for p in folder().iterdir()))
        raise LexiconError(f"no lexicon {name}.toml; there are: {known}") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicons/{name}.toml is no valid TOML: {error}") from error
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise LexiconError(f"lexicons/{name}.toml: {error}") from error


def load_rows(name: str, kind: type[R]) -> tuple[R, ...]:
    """The rows of ``lexicons/{name}.csv`` as `kind`; an empty cell is null. Lines that begin with ``#`` are comments.

    Raises:
        LexiconError: a row breaks the rules of `kind`; the message names the row.
    """
    path = folder() / f"{name}.csv"
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = []
    for number, row in enumerate(csv.DictReader(lines), start=1):
        try:
            filled = {key: value for key, value in row.items() if value not in ("", None)}
            rows.append(msgspec.convert(filled, kind, strict=False))
        except msgspec.ValidationError as error:
            raise LexiconError(f"lexicons/{name}.csv, row {number} ({row}): {error}") from error
    return tuple(rows)


AFTERWARDS = ("export_", "merging")
"""How the files begin that are used only once a report is read; the merging rules have a version of their own."""


@lru_cache(maxsize=1)
def version() -> str:
    """A hash of every lexicon file that a reading depends on: with the software's version it says what it was made with."""
    digest = hashlib.sha256()
    for path in sorted(folder().iterdir(), key=lambda p: p.name):
        if path.name.endswith((".toml", ".csv")) and not path.name.startswith(AFTERWARDS):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
