"""The larger gazetteer, which a user builds from a dump of GeoNames (`reportedly._gazetteer_from_dump`): where it is, what it is, look-ups.

It adds places to the built-in one and holds none of its own words, so that a new version of the software needs no new build.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from reportedly.errors import SetupError

GAZETTEER = "REPORTEDLY_GAZETTEER"
NONE = "none"
"""What the variable says where the built-in gazetteer alone shall be used."""
FORMAT = 1
"""Raise it with every change to what is built, or to how names are compared."""
LOOKUP = """SELECT p.id, p.name, p.country, p.admin1, p.lat, p.lon, p.population, p.kind, p.fame, n.main
FROM name n JOIN place p ON p.id = n.place WHERE n.norm = ? ORDER BY n.main DESC, p.population DESC, p.id LIMIT ?"""
AGAIN = "build it again (`reportedly gazetteer build FILE`) or delete it"


class Source(msgspec.Struct, frozen=True):
    """A file that a larger gazetteer was built from."""

    file: str
    """Its name, without the folder."""
    sha256: str
    newest: str
    """Day of the latest change among its rows, ``YYYY-MM-DD``; empty where it gives none."""
    rows: int
    """Lines that are places."""
    kept: int
    """Those of them of a kind that is wanted, and not read already."""
    broken: int
    """Lines that break the format."""


class Record(msgspec.Struct, frozen=True):
    """What a larger gazetteer is."""

    format: int
    version: str
    """A hash of the files that it was built from, and of the rules: the same version answers the same."""
    places: int
    names: int
    kinds: dict[str, int]
    """Kind of place to how many."""
    sources: tuple[Source, ...]


def usual_path() -> Path:
    """Where ``reportedly gazetteer build`` writes: in the user's data folder."""
    return Path(platformdirs.user_data_dir("reportedly")) / "gazetteer.sqlite"


def larger_path() -> Path | None:
    """The larger gazetteer in use: what ``REPORTEDLY_GAZETTEER`` names, else the usual one where it is there."""
    named = os.environ.get(GAZETTEER)
    if named:
        return None if named == NONE else Path(named)
    path = usual_path()
    return path if path.exists() else None


class Larger:
    """Look-ups in the file of a larger gazetteer.

    Raises:
        SetupError: the file is not there, is damaged, or was built for another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.record = read_record(path)
        self._connection = sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def named(self, norm: str, most: int) -> list[tuple[Any, ...]]:
        """Every place of a normalised name: id, name, country, admin1 code, lat, lon, population, kind, fame, main.

        Raises:
            SetupError: the file is damaged.
        """
        try:
            return self._connection.execute(LOOKUP, (norm, most)).fetchall()
        except sqlite3.DatabaseError as error:
            raise SetupError(f"the larger gazetteer {self.path} is damaged ({error}); {AGAIN}") from error

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


def open_larger() -> Larger | None:
    """The larger gazetteer in use, if any.

    Raises:
        SetupError: it is not there, damaged, or of another version.
    """
    path = larger_path()
    return Larger(path) if path is not None else None


def read_record(path: Path) -> Record:
    """What the gazetteer at `path` says of itself.

    Raises:
        SetupError: it is not there, damaged, or of another version.
    """
    if not path.is_file():
        raise SetupError(
            f"{path} is no file; {GAZETTEER} names a file that `reportedly gazetteer build` wrote, or {NONE}"
        )
    if not is_whole(path):
        raise SetupError(f"{path} is no gazetteer, or cut short; {AGAIN}")
    try:
        with closing(sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True)) as connection:
            (raw,) = connection.execute("SELECT record FROM record").fetchone()
        record = msgspec.json.decode(raw, type=Record)
    except (sqlite3.DatabaseError, msgspec.MsgspecError, TypeError) as error:
        raise SetupError(f"{path} is no larger gazetteer, or damaged ({error}); {AGAIN}") from error
    if record.format != FORMAT:
        raise SetupError(
            f"{path} was built by another version of reportedly (format {record.format}, not {FORMAT}); {AGAIN}"
        )
    return record


def is_whole(path: Path) -> bool:
    """True where `path` is a compiled file that nobody cut short."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True)) as connection:
            (pages,) = connection.execute("SELECT pages FROM whole").fetchone()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
    except (sqlite3.DatabaseError, TypeError):
        return False
    return bool(path.stat().st_size == pages * size)


def _uri(path: Path) -> str:
    return path.absolute().as_uri()
