"""Reads a dump of GeoNames, line by line: ``allCountries.txt``, ``cities500.txt``, one country's ``XX.txt``, or the .zip of one.

The format is that of the readme in GeoNames' folder *export, dump*: UTF-8, a line a place, nineteen columns between tabs, no
head: geonameid, name, asciiname, alternatenames (between commas), latitude, longitude, feature class, feature code, country
code, cc2, admin1 code … admin4 code, population, elevation, dem, timezone, modification date.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import IO, NamedTuple

from reportedly.errors import GazetteerError

COLUMNS = 19
LONGEST_LINE = 1 << 20
"""Bytes; the longest line of GeoNames has some 15,000."""
LOOKED_AT = 100
"""Lines at the beginning by which a file is told: fewer than half of them good, and it is no dump."""
CLASSES = frozenset("AHLPRSTUV")
COUNTRY = re.compile(r"[A-Z]{2}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOW = "get one from geonames.org (export, dump): allCountries.zip, cities500.zip or that of a country"


class Row(NamedTuple):
    """One line of a dump, as far as a gazetteer needs it."""

    geonames_id: int
    name: str
    ascii_name: str
    alternates: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    """Class and code: ``P.PPL``."""
    country: str | None
    admin1: str | None
    population: int
    changed: str
    """Day of the last change, ``YYYY-MM-DD``; empty where there is none."""


class Line(NamedTuple):
    """What came of one line: a row, or None where it is broken; and how many bytes of the file are read."""

    row: Row | None
    read: int


def sha256_of(path: Path) -> str:
    """Hash of the file's bytes.

    Raises:
        GazetteerError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read: {error.strerror}") from error


def size_of(path: Path) -> int:
    """How many bytes `lines` will read of it: the size, or that of the dump within a .zip.

    Raises:
        GazetteerError: it cannot be read.
    """
    try:
        if not zipfile.is_zipfile(path):
            return path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            return _member(archive, path).file_size
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path}: cannot be read: {error}") from error


def lines(path: Path) -> Iterator[Line]:
    """Every line of a dump that is not blank, in order; memory does not grow with the file.

    Raises:
        GazetteerError: it cannot be read, or is no dump of GeoNames.
    """
    good = bad = read = 0
    first = ""
    with _stream(path) as stream:
        for raw in _cut(stream):
            read += len(raw)
            if not raw.strip():
                continue
            row = parse(raw)
            if row is None:
                bad += 1
                first = first or _why(raw)
            else:
                good += 1
            if good + bad == LOOKED_AT and good < bad:
                break
            yield Line(row, read)
    if good < bad and (good + bad <= LOOKED_AT):
        raise GazetteerError(f"{path} is no dump of GeoNames ({first}); {HOW}")
    if not good:
        raise GazetteerError(f"{path} is empty; {HOW}")


def parse(raw: bytes) -> Row | None:
    """The row of one line; None where it breaks the format."""
    try:
        cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
        if len(cells) != COLUMNS:
            return None
        row = Row(
            int(cells[0]), cells[1].strip(), cells[2].strip(),
            tuple(name for part in cells[3].split(",") if (name := part.strip())),
            float(cells[4]), float(cells[5]), f"{cells[6]}.{cells[7]}", cells[8] or None, cells[10] or None,
            int(cells[14] or 0), cells[18].strip(),
        )  # fmt: skip
    except ValueError:  # also what is no UTF-8
        return None
    sound = (
        0 < row.geonames_id < 1 << 31
        and row.name
        and abs(row.lat) <= 90
        and abs(row.lon) <= 180
        and (not cells[6] or cells[6] in CLASSES)
        and (row.country is None or COUNTRY.fullmatch(row.country))
        and 0 <= row.population < 1 << 34
        and (not row.changed or DAY.fullmatch(row.changed))
    )
    return row if sound else None


def _why(raw: bytes) -> str:
    """What is wrong with the first line that is broken."""
    if raw.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")):
        return "it is compressed: unpack it first, only .zip is read as it is"
    number = raw.count(b"\t") + 1
    if number == COLUMNS:
        return "its first lines have the columns, but not what belongs into them"
    return f"a line has {number} column{'s' if number > 1 else ''} between tabs, and not {COLUMNS}"


def _cut(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines; one that is longer than any of GeoNames comes in pieces, each of which is broken."""
    while raw := stream.readline(LONGEST_LINE):
        yield raw


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of the dump, out of its .zip where it is in one.

    Raises:
        GazetteerError: it cannot be read, or only in part.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as member:
                yield member
        else:
            with path.open("rb") as stream:
                yield stream
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise GazetteerError(f"{path} is damaged or locked ({error}); fetch it again") from error
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read: {error.strerror or error}") from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The dump in an archive: the one .txt that is no readme."""
    found = [m for m in archive.infolist() if m.filename.endswith(".txt") and "readme" not in m.filename.lower()]
    if len(found) != 1:
        raise GazetteerError(f"{path} holds {len(found)} text files, and a dump is one; {HOW}")
    return found[0]
