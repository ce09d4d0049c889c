"""Where an incident happened, as MUC-4's location slot says it: country, department, town, part of the town."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportedly.records import Place

LIST = "guidelines/set-list-location.v4"
ROW = re.compile(r"^(\S[^(\n]*?) \(([A-Z /?]+)\)\s*$", re.M)
PROVINCE = 4
"""A place's precision where no more than its province is known."""
TOWNS = ("CITY", "TOWN", "MUNICIPALITY", "VILLAGE", "HAMLET", "CANTON", "JURISDICTION")
"""What a place with houses may be called, the first that the list knows."""
PARTS = ("NEIGHBORHOOD", "SUBURB", "SECTOR", "DISTRICT", "AIRPORT", "UNIVERSITY", "SCHOOL")
"""What lies in a town."""
LANDS = ("DEPARTMENT", "PROVINCE", "STATE", "REGION", "COUNTY")

Kinds = Mapping[str, frozenset[str]]
"""The name of a place to what MUC-4's list of places calls it."""


def place_kinds(data: Path | None) -> Kinds:
    """The list of places that MUC-4's participants were given ("each item may serve as an element of the fill"); empty where it is not there."""
    if data is None or not (data / LIST).exists():
        return {}
    found: dict[str, set[str]] = {}
    for name, kind in ROW.findall((data / LIST).read_text("latin-1")):
        found.setdefault(name, set()).update(kind.split("/"))
    return {name: frozenset(kinds) for name, kinds in found.items()}


def location(country: str, places: Sequence[Place], town: str | None, kinds: Kinds, text: str) -> str:
    """ "PERU: LIMA (CITY): MIRAFLORES (NEIGHBORHOOD)".

    Args:
        country: the country's name in capitals.
        places: those of the incident, the most certain first.
        town: where all that the article tells of happened, if that is one town.
        kinds: the list of places.
        text: the article in capitals.
    """
    best = places[0]
    name, province = plain(best.name), plain(best.admin1 or "")
    if best.where_prec > PROVINCE:
        return country
    if best.where_prec == PROVINCE:
        return f"{country}: {_as(name, LANDS, kinds)}"
    kind = _kind(name, TOWNS, kinds)
    if kind is None and (part := _kind(name, PARTS, kinds)):
        whole = next((plain(p.name) for p in places[1:] if _kind(plain(p.name), TOWNS, kinds)), town)
        inside = f"{name} ({part})"
        return ": ".join([country, *([_as(whole, TOWNS, kinds)] if whole and whole != name else []), inside])
    parts = [country, f"{name} ({kind or 'CITY'})"]
    if province and province != name and _is_said_of(name, province, text):
        parts.insert(1, _as(province, LANDS, kinds))
    return ": ".join(parts)


def _is_said_of(name: str, province: str, text: str) -> bool:
    """Whether a text names the province with the town: "in Apopa, San Salvador Department"."""
    near = rf"\b{re.escape(name)}\W[^.;]{{0,40}}\b{re.escape(province)}\W+(?:DEPARTMENT|PROVINCE)"
    turned = rf"\b(?:DEPARTMENT|PROVINCE) OF {re.escape(province)}\b"
    return re.search(f"{near}|{turned}", text) is not None


def _kind(name: str, wanted: Sequence[str], kinds: Kinds) -> str | None:
    known = kinds.get(name, frozenset())
    return next((kind for kind in wanted if kind in known), None)


def _as(name: str, wanted: Sequence[str], kinds: Kinds) -> str:
    return f"{name} ({_kind(name, wanted, kinds) or wanted[0]})"


def plain(name: str) -> str:
    """A place's name without accents and without the word for what it is."""
    letters = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"\b(?:DEPARTMENT|PROVINCE|REGION)\b", "", re.sub(r"\s+", " ", letters).strip().upper()).strip()
