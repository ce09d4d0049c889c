"""The nationality of a recipient: by the words for it, by its identity, or only by the country of the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from reportedly.export.facts import Party
from reportedly.lexicons import load_rows

Known = Literal["words", "identity", "place"]
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_SHORT = {"U.S.": "US", "US": "US", "U.K.": "GB", "UK": "GB", "UAE": "AE"}
"""Short names that stand before a noun as an adjective does."""
_FROM = frozenset({"of", "from"})


class _Land(msgspec.Struct, frozen=True, kw_only=True):
    """A row of ``countries.csv``, as far as it is asked."""

    iso2: str
    name: str
    aliases: str = ""
    demonyms: str = ""


def nationality(party: Party, place: str | None) -> tuple[str | None, Known | None]:
    """The country of a recipient (ISO 3166-1 alpha-2) and how it is known.

    Args:
        party: the recipient.
        place: country of the place, which stands in where nothing tells more.

    Returns:
        Null and null where nothing is known, or the words name several countries.
    """
    said = {country for words in party.mentions or (party.name,) for country in countries_in(words)}
    if party.state is not None:
        return party.state.iso2, "identity"
    if said:
        return (next(iter(said)), "words") if len(said) == 1 else (None, None)
    return (place, "place") if place else (None, None)


def countries_in(phrase: str) -> set[str]:
    """The countries whose people `phrase` names: French soldiers, workers from China, a U.S. base.

    The family name of a person (Ana German) and the name of a country that is no adjective (the Niger River) do not count.
    """
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(phrase)]
    found: set[str] = set()
    place = 0
    while place < len(words):
        size, country = _match(words, place)
        if country is not None:
            found.add(country)
        place += size
    return found


def _match(words: list[str], place: int) -> tuple[int, str | None]:
    """How many words from `place` name people or a land, and which."""
    for size in (4, 3, 2, 1):
        name = " ".join(words[place : place + size])
        if place + size > len(words):
            continue
        if (country := _demonyms().get(name)) and not _surname(words, place, size):
            return size, country
        if place + size < len(words) and (country := _SHORT.get(name)):
            return size, country
        if place and words[place - 1] in _FROM and (country := _lands().get(name)):
            return size, country
    return 1, None


def _surname(words: list[str], place: int, size: int) -> bool:
    """Whether a name of a person ends here: a capital before it, and nothing after it."""
    return place > 1 and words[place - 1][0].isupper() and place + size == len(words)


@lru_cache(maxsize=1)
def _demonyms() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for land in load_rows("countries", _Land):
        for name in filter(None, land.demonyms.split("|")):
            found.setdefault(name, land.iso2)
            found.setdefault(name + "s", land.iso2)
    return found


@lru_cache(maxsize=1)
def _lands() -> Mapping[str, str]:
    rows = load_rows("countries", _Land)
    named = {name: land.iso2 for land in rows for name in filter(None, land.aliases.split("|"))}
    return named | {land.name: land.iso2 for land in rows}
