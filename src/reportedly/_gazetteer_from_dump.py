"""Builds a larger gazetteer from dumps of GeoNames (see `reportedly._gazetteer_larger`).

Of the thirteen million rows of ``allCountries.txt`` about half are kept; ``lexicons/places_features.csv`` lists which, each with its reason.
The rule behind the list: what reports of violence give as the place of an act. So all that is populated, however small, and
the divisions above it; of buildings and sites those that are attacked, held or crossed as such (air bases, camps, prisons, dams,
border posts, embassies), of nature what people are said to be *in* (forests, valleys, islands, ranges) and the straits where ships are
struck. Left out are hotels, schools, churches, shops and farms by the million, whose names are mostly common words; streams
and roads, which are lines and give no point; single hills; and what was there once (abandoned and historical places).

The rows are staged in a second file beside the target, then copied in the order of their numbers, so that neither memory nor the
time to write grows with the names that are held at once; the same files give the same bytes.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from reportedly import _geonames_dump as dump
from reportedly import lexicons
from reportedly._gazetteer_build import ARTICLE, WRITTEN, Entry, called_as_division, seal, usual
from reportedly._gazetteer_larger import FORMAT, Record, Source
from reportedly.errors import GazetteerError
from reportedly.gazetteer import Kind

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how far it is, and of how much (both 0 where nobody knows)."""
CHUNK = 10_000
NATURAL = frozenset({"facility", "area", "sea"})
SCRIPT = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, admin1 TEXT, lat REAL NOT NULL, lon REAL NOT NULL,
    population INTEGER NOT NULL, kind TEXT NOT NULL, fame INTEGER NOT NULL);
CREATE TABLE name (norm TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL,
    PRIMARY KEY (norm, place)) WITHOUT ROWID;
CREATE TABLE record (record TEXT NOT NULL);
PRAGMA staged.journal_mode = OFF; PRAGMA staged.synchronous = OFF;
CREATE TABLE staged.place (id INTEGER NOT NULL, name TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL, population INTEGER,
    kind TEXT, fame INTEGER, source INTEGER);
CREATE TABLE staged.name (norm TEXT, place INTEGER, main INTEGER);
"""
SORTED_PLACES = """INSERT OR IGNORE INTO main.place
SELECT id, name, country, admin1, lat, lon, population, kind, fame FROM staged.place ORDER BY id, rowid"""
SORTED_NAMES = (
    "INSERT INTO main.name SELECT norm, place, max(main) FROM staged.name GROUP BY norm, place ORDER BY norm, place"
)
KEPT = "SELECT source, count(*) FROM (SELECT min(source) AS source FROM staged.place GROUP BY id) GROUP BY source"


class _Feature(msgspec.Struct, frozen=True):
    feature: str
    kind: Kind
    why: str


@dataclass(slots=True)
class _Seen:
    """What is counted of one file."""

    rows: int = 0
    broken: int = 0
    newest: str = ""


def build(files: Sequence[Path], out: Path, watch: Watch) -> Record:
    """Builds the gazetteer `out` from dumps, first under a temporary name: whoever reads it sees a whole file or none.

    Args:
        files: dumps of GeoNames, as text or .zip; of a place that is in several the first counts.
        watch: told how far it is.

    Raises:
        GazetteerError: a file is no dump or cannot be read; `out` cannot be written; there is nothing to keep.
    """
    hashes = [dump.sha256_of(path) for path in files]
    with _new(out) as (target, staging):
        try:
            with closing(sqlite3.connect(target)) as connection:
                connection.execute("ATTACH ? AS staged", (str(staging),))
                connection.executescript(SCRIPT)
                record = _fill(connection, files, hashes, watch)
                connection.execute("DETACH staged")
                seal(connection)
        except sqlite3.Error as error:
            raise GazetteerError(
                f"{out}: cannot be written: {error}; allCountries needs a few gigabytes while it is built"
            ) from error
    return record


def _fill(connection: sqlite3.Connection, files: Sequence[Path], hashes: list[str], watch: Watch) -> Record:
    """Everything but the seal."""
    kinds = {row.feature: row.kind for row in lexicons.load_rows("places_features", _Feature)}
    seen = []
    for number, path in enumerate(files):
        seen.append(_stage(connection, path, number, kinds, watch))
    watch("sorting", 0, 0)
    kept = dict(connection.execute(KEPT).fetchall())
    connection.execute(SORTED_PLACES)
    connection.execute(SORTED_NAMES)
    (places,) = connection.execute("SELECT count(*) FROM main.place").fetchone()
    if not places:
        raise GazetteerError(f"{', '.join(map(str, files))}: no place of a kind that is kept; {dump.HOW}")
    (names,) = connection.execute("SELECT count(*) FROM main.name").fetchone()
    of_kind = dict(connection.execute("SELECT kind, count(*) FROM main.place GROUP BY kind ORDER BY kind").fetchall())
    digest = sha256(f"{FORMAT} {' '.join(hashes)} ".encode())
    digest.update((lexicons.folder() / "places_features.csv").read_bytes())
    sources = tuple(
        Source(path.name, hashed, one.newest, one.rows, kept.get(number, 0), one.broken)
        for number, (path, hashed, one) in enumerate(zip(files, hashes, seen, strict=True))
    )
    record = Record(FORMAT, digest.hexdigest()[:16], places, names, of_kind, sources)
    connection.execute("INSERT INTO main.record VALUES (?)", (msgspec.json.encode(record).decode(),))
    connection.commit()
    return record


def _stage(connection: sqlite3.Connection, path: Path, number: int, kinds: dict[str, Kind], watch: Watch) -> _Seen:
    """Writes what is wanted of one dump into the staging file, in the order of its lines."""
    seen = _Seen()
    total = dump.size_of(path)
    places: list[tuple[object, ...]] = []
    names: list[tuple[str, int, bool]] = []

    def write() -> None:
        connection.executemany("INSERT INTO staged.place VALUES (?,?,?,?,?,?,?,?,?,?)", places)
        connection.executemany("INSERT INTO staged.name VALUES (?,?,?)", names)
        places.clear()
        names.clear()

    for count, line in enumerate(dump.lines(path), start=1):
        if count % CHUNK == 0:
            write()
            watch(f"reading {path.name}", line.read, total)
        row = line.row
        if row is None:
            seen.broken += 1
            continue
        seen.rows += 1
        seen.newest = max(seen.newest, row.changed)
        kind = kinds.get(row.feature)
        entry = _entry(row, kind) if kind is not None else None
        if entry is None:
            continue
        places.append((row.geonames_id, entry.name, row.country, row.admin1, row.lat, row.lon, row.population, kind,
                       entry.fame, number))  # fmt: skip
        names.extend((norm, row.geonames_id, main) for norm, main in entry.names.items())
    write()
    watch(f"reading {path.name}", total, total)
    return seen


def _entry(row: dump.Row, kind: Kind) -> Entry | None:
    """The row as an entry with the names by which it is looked up; None where none of them is in Latin letters.

    An alternate name of a site is kept where it has two words or more: "Mosul" alone is no airport.
    """
    entry = Entry(row.geonames_id, usual(row.name, row.country or ""), row.country, row.admin1, row.lat, row.lon, row.population,
                  kind, len(row.alternates))  # fmt: skip
    others = (name for name in row.alternates if WRITTEN.match(name) and (kind not in NATURAL or " " in name))
    entry.called(others, main=False)
    if kind in ("admin1", "admin2"):
        called_as_division(entry)
    entry.called([row.name, row.ascii_name, ARTICLE.sub("", row.name)], main=True)
    return entry if entry.names else None


@contextmanager
def _new(out: Path) -> Iterator[tuple[Path, Path]]:
    """Two temporary files beside `out`; the first takes its name when all went well, and nothing is left otherwise.

    Raises:
        GazetteerError: the folder cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        made = [tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part") for _ in range(2)]
    except OSError as error:
        raise GazetteerError(
            f"{out}: cannot be written: {error.strerror}; name another with --output, in a folder that may be written"
        ) from error
    target, staging = (Path(name) for _, name in made)
    try:
        for handle, _ in made:
            os.close(handle)
        yield target, staging
        mask = os.umask(0)
        os.umask(mask)
        target.chmod(0o666 & ~mask)
        target.replace(out)
    except OSError as error:
        raise GazetteerError(f"{out}: cannot be written: {error.strerror}") from error
    finally:
        target.unlink(missing_ok=True)
        staging.unlink(missing_ok=True)
