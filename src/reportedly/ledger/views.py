"""What can be read out of an incident without any SQL: the values by which it is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from reportedly.entries import Incident

Facet = Literal["actor", "weapon", "outlet", "place", "country"]

_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th", "ð": "d"})
_DROPPED = re.compile(r"['’‘`´ʻʼʽʿʾ“”\".]")
_APART = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """The form in which names are compared: words in lower case, without accents, apostrophes, dots and hyphens."""
    words = _DROPPED.sub("", name.casefold().translate(_FOLDED))
    if not words.isascii():
        decomposed = unicodedata.normalize("NFKD", words)
        words = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_APART.sub(" ", words).split())


def facets_of(incident: Incident) -> Iterator[tuple[Facet, str]]:
    """What an incident is found by, each pair once: the rows of the table ``facets``.

    An actor or an outlet by its folded name (an actor also by its canonical one), a weapon by its category, a place by its
    name and its region, a country by its code in lower case.
    """
    found: dict[tuple[Facet, str], None] = {}
    for who in incident.actors:
        found["actor", folded(who.name)] = None
        if who.canonical_id:
            found["actor", folded(who.canonical_id.rpartition(":")[2])] = None
    for category in incident.weapons:
        found["weapon", category] = None
    for outlet in incident.outlets:
        found["outlet", folded(outlet)] = None
    if incident.place is not None:
        for name in (incident.place.name, incident.place.admin1):
            found["place", folded(name or "")] = None
        found["country", (incident.place.country or "").casefold()] = None
    yield from ((facet, value) for facet, value in found if value)


def number_of(incident_id: str) -> int:
    """The number by which the derived tables name an incident: its hash's first 60 bits, so that it needs no counter."""
    return int(incident_id.partition("-")[2][:15], 16)
