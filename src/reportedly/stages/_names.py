"""The names that the resolver knows: organisations, countries, outlets, and the nouns that stand for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec
from spacy.tokens import Token

from reportedly.lexicons import Lexicon, load, load_rows
from reportedly.records import Article

ActorKind = Literal[
    "armed_group", "military", "police", "intelligence", "government", "political", "igo", "ngo", "criminal"
]
What = Literal["actor", "outlet", "country", "demonym", "capital"]
APOSTROPHES = re.compile(r"['’ʼ`](?=s\b|S\b)")
DROPPED = re.compile(r"['’ʼ`‘.]")
OFFICES = frozenset(
    [
        "secretary",
        "attorney",
        "solicitor",
        "consul",
        "director",
        "auditor",
        "postmaster",
        "prosecutor",
        "governor",
        "comptroller",
        "surgeon",
    ]
)
"""Whoever is general of these is no soldier: "the secretary general"."""
FOUNDED = 2
"""For how many years before its founding year a body may be named: the year is seldom sure."""
PART = re.compile(r"[^\W_]+")


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``actors.csv``."""

    id: str
    name: str
    aliases: str = ""
    kind: ActorKind
    country: str | None = None
    since: int | None = None
    until: int | None = None
    provenance: str


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``countries.csv``."""

    iso2: str
    name: str
    aliases: str = ""
    demonyms: str = ""
    capital: str
    provenance: str


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """One row of ``outlets.csv``."""

    id: str
    name: str
    aliases: str = ""
    country: str | None = None
    agency: Literal["yes", "no"]
    provenance: str


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns for several people or for an institution."""

    anonymous: str
    institutions: str
    stand_for: dict[str, tuple[str, ...]]


class Roles(Lexicon, frozen=True):
    """``roles.toml``: nouns by what they say of a source; each string is a list of words."""

    persons: dict[str, str]
    anaphoric: dict[str, str]
    groups: Groups
    generic: dict[str, str]
    documents: dict[str, str]
    outlets: dict[str, str]
    forces: dict[str, str]
    people: dict[str, str]
    titles: dict[str, str]
    verbs: dict[str, str]
    ordinary: dict[str, str]
    places: dict[str, str]
    given: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an alias stands for."""

    id: str
    name: str
    what: What
    kind: str | None
    """The actor's kind; None for an outlet or a country."""
    country: str | None
    since: int | None = None
    """The year in which it began; None where open or not known."""
    until: int | None = None


class Alias(NamedTuple):
    """One way to write an entry: its folded words, and which of them must begin with a capital."""

    parts: tuple[str, ...]
    capitals: tuple[bool, ...]
    upper: bool
    """True for an acronym, which is read in capitals only."""
    entry: Entry
    general: bool = False
    """True for several words that many bodies share: "Security Council", "Popular Army"."""


@dataclass(frozen=True, slots=True)
class Nouns:
    """`Roles` as look-up tables, lower-case."""

    official: frozenset[str]
    person: frozenset[str]
    suspect: frozenset[str]
    anaphoric: frozenset[str]
    perpetrator: frozenset[str]
    """Say that somebody did it: never a victim, nor who only speaks."""
    hypernym: frozenset[str]
    """May take up somebody who was introduced by another word: "the man", "the suspect"."""
    victim: frozenset[str]
    short_title: dict[str, str]
    """Gen to general."""
    collective: frozenset[str]
    ambiguous: frozenset[str]
    """Person nouns that begin names of bodies, too."""
    portfolios: frozenset[str]
    """What a minister is minister of, and other words of an office after "of"."""
    outlet_last: frozenset[str]
    """The last word of an outlet's name: Courier, Gazette."""
    outlet_first: frozenset[str]
    anonymous_groups: frozenset[str]
    institutions: frozenset[str]
    stand_for: dict[str, tuple[str, ...]]
    members: frozenset[str]
    documents: frozenset[str]
    media_nouns: frozenset[str]
    force_kind: dict[str, str]
    between: frozenset[str]
    people_kind: dict[str, str]
    honorific: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    speech: frozenset[str]
    deed: frozenset[str]
    harm: frozenset[str]
    """Whoever this is done to is no suspect of it."""
    guard: frozenset[str]
    """What is done against an armed group, and never by it: foil, arrest."""
    impersonal: frozenset[str]
    """"It has been claimed that": a passive of these has an "it" that is nobody."""
    seeming: frozenset[str]
    """"It emerged that", "it seems": their "it" is nobody either."""
    doubted: frozenset[str]
    """"The alleged gunman" is the gunman: what may stand before a noun that takes somebody up."""
    worth: frozenset[str]
    """Every noun that may be a source or an actor without a name."""
    ordinary: frozenset[str]
    """Names that are ordinary words, too."""
    given_gender: dict[str, str]
    """A given name to m or f."""
    before_place: frozenset[str]
    after_place: frozenset[str]

    def kind_of(self, token: Token) -> str | None:
        """The kind of people that a noun stands for: "soldiers" are military; None where it says nothing of that."""
        return "government" if is_civil_general(token) else self.people_kind.get(token.lower_)


@dataclass(frozen=True, slots=True)
class Names:
    """Every alias by its first word, longest first, and the role nouns."""

    by_first: dict[str, tuple[Alias, ...]]
    entries: dict[str, Entry]
    nouns: Nouns

    def match(self, parts: list[str], at: int) -> Iterator[Alias]:
        """The aliases that begin at `parts[at]`, longest first, whatever their case."""
        for alias in self.by_first.get(parts[at], ()):
            if tuple(parts[at : at + len(alias.parts)]) == alias.parts:
                yield alias

    def look_up(self, words: str, year: int | None = None) -> Entry | None:
        """The entry for which exactly `words` stand in `year` (article, possessive and generic head noun set aside)."""
        written = PART.findall(APOSTROPHES.sub(" ", DROPPED_KEEP.sub("", words)))
        parts = [part for word in written for part in fold(word)]
        if len(parts) != len(written) or not parts:
            return None
        for first in (0, 1) if parts[0] == "the" else (0,):
            for alias in of_its_time(self.match(parts, first), year) if first < len(parts) else ():
                rest = parts[first + len(alias.parts) :]
                if all(p == "s" or p in self.nouns.members for p in rest) and spelt(alias, written[first:]):
                    return alias.entry
        return None


def year_of(article: Article) -> int | None:
    """The year in which `article` was published, where that is known."""
    return int(article.publication_date[:4]) if article.publication_date else None


def of_its_time(aliases: Iterable[Alias], year: int | None) -> Iterable[Alias]:
    """Without the bodies that were founded after `year`; of bodies that share a name, the one of that time first."""
    if year is None:
        return aliases
    known = [alias for alias in aliases if alias.entry.since is None or alias.entry.since <= year + FOUNDED]
    return sorted(known, key=lambda a: (-len(a.parts), a.entry.until is not None and a.entry.until < year))


DROPPED_KEEP = re.compile(r"[.]|['’ʼ`‘](?![sS]\b)")


def spelt(alias: Alias, written: list[str]) -> bool:
    """True where the words as written have the capitals that `alias` asks for."""
    if alias.upper:
        return acronym(written[0])
    return all(
        not need or word[0].isupper() or word[0].isdigit() for need, word in zip(alias.capitals, written, strict=False)
    )


def acronym(word: str) -> bool:
    """True for a word with two capitals or more: ISIS, LeT, U.S."""
    return word.isupper() or (not word.islower() and sum(map(str.isupper, word)) > 1)


@lru_cache(maxsize=8192)
def fold(text: str) -> tuple[str, ...]:
    """`text` as the words of an alias: lower case, no accents, points or apostrophes; hyphens part words."""
    if text.isascii():
        if text.isalpha():
            return (text.lower(),)
        plain = text
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(PART.findall(DROPPED.sub("", APOSTROPHES.sub(" ", plain)).lower()))


@lru_cache(maxsize=1)
def load_names() -> Names:
    """The lexicons of names and role nouns, read once.

    Raises:
        LexiconError: a file breaks its rules.
    """
    by_first: dict[str, list[Alias]] = {}
    entries: dict[str, Entry] = {}
    roles = load("roles", Roles)
    nouns, common = _nouns(roles), frozenset(roles.generic["bodies"].split())
    for entry, written in _written():
        entries.setdefault(entry.id, entry)
        alias = _alias(entry, written, common)
        by_first.setdefault(alias.parts[0], []).append(alias)
    longest = {first: tuple(sorted(found, key=lambda a: -len(a.parts))) for first, found in by_first.items()}
    return Names(longest, entries, nouns)


def _written() -> Iterator[tuple[Entry, str]]:
    for actor in load_rows("actors", Actor):
        entry = Entry(actor.id, actor.name, "actor", actor.kind, actor.country, actor.since, actor.until)
        yield from ((entry, a) for a in (actor.name, *_split(actor.aliases)))
    for land in load_rows("countries", Country):
        entry = Entry(f"country:{land.iso2}", land.name, "country", None, land.iso2)
        yield from ((entry, a) for a in (land.name, *_split(land.aliases)))
        yield Entry(f"state:{land.iso2}", land.capital, "capital", "government", land.iso2), land.capital
        person = Entry(f"country:{land.iso2}", land.name, "demonym", None, land.iso2)
        yield from ((person, d) for d in _plurals(_split(land.demonyms)))
    for outlet in load_rows("outlets", Outlet):
        entry = Entry(outlet.id, outlet.name, "outlet", "agency" if outlet.agency == "yes" else None, outlet.country)
        yield from ((entry, a) for a in (outlet.name, *_split(outlet.aliases)))


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _plurals(demonyms: Iterable[str]) -> Iterator[str]:
    for word in demonyms:
        yield word
        if not word.endswith(("s", "ch", "sh", "ese", "men", "x", "tch")):
            yield word + "s"


def _alias(entry: Entry, written: str, common: frozenset[str]) -> Alias:
    if written.isascii() and written.isalpha():
        words = [written]
    else:
        words = PART.findall(APOSTROPHES.sub(" ", DROPPED_KEEP.sub("", written)))
    if len(words) > 2 and words[0].lower() == "the":
        words = words[1:]
    parts = tuple(part for word in words for part in fold(word))
    capitals = tuple(word[0].isupper() and not (n == 0 and word == "The") for n, word in enumerate(words))
    upper = len(words) == 1 and acronym(words[0])
    general = len(parts) > 1 and entry.what == "actor" and all(part in common for part in parts)
    return Alias(parts, capitals, upper, entry, general)


def is_civil_general(token: Token) -> bool:
    """ "The secretary general", "Attorney General Ana Ruiz", "the consul-general": no soldier."""
    before = token.i - 1
    if before > 0 and token.doc[before].text == "-":
        before -= 1
    return token.lower_ == "general" and before >= 0 and token.doc[before].lower_ in OFFICES


def _nouns(roles: Roles) -> Nouns:
    def several(*lists: str) -> frozenset[str]:
        return frozenset(word for words in lists for word in words.split())

    def kinds(table: dict[str, str], *names: str) -> dict[str, str]:
        return {word: name for name in names for word in table[name].split()}

    persons = roles.persons
    force_kind = kinds(roles.forces, "government", "intelligence", "police", "military")
    people_kind = kinds(roles.people, "criminal", "government", "civilians", "armed_group", "military", "police")
    anonymous, institutions = several(roles.groups.anonymous), several(roles.groups.institutions)
    documents, media_nouns = several(roles.documents["nouns"]), several(roles.outlets["nouns"])
    worth = (
        several(roles.generic["collective"])
        | anonymous
        | institutions
        | documents
        | media_nouns
        | set(people_kind)
        | set(roles.groups.stand_for)
    )
    return Nouns(
        official=several(persons["official"]),
        person=several(*persons.values()),
        suspect=several(persons["suspect"]),
        anaphoric=several(roles.anaphoric["nouns"]),
        perpetrator=several(roles.anaphoric["perpetrator"]),
        hypernym=several(roles.anaphoric["hypernym"]),
        victim=several(persons["victim"]),
        short_title=dict(pair.split(":", 1) for pair in roles.titles["short"].split()),
        collective=several(roles.generic["collective"]),
        ambiguous=several(roles.titles["ambiguous"]),
        portfolios=several(roles.titles["portfolios"]),
        outlet_last=several(roles.outlets["last"]),
        outlet_first=several(roles.outlets["first"]),
        anonymous_groups=anonymous,
        institutions=institutions,
        stand_for=roles.groups.stand_for,
        members=several(roles.generic["members"]),
        documents=documents,
        media_nouns=media_nouns,
        force_kind=force_kind,
        between=several(roles.forces["between"]),
        people_kind=people_kind,
        honorific=several(roles.titles["honorific"]),
        male=several(roles.titles["male"]),
        female=several(roles.titles["female"]),
        speech=several(roles.verbs["speech"]),
        deed=several(roles.verbs["deed"]),
        harm=several(roles.verbs["harm"]),
        guard=several(roles.verbs["guard"]),
        impersonal=several(roles.verbs["impersonal"]),
        seeming=several(roles.verbs["seeming"]),
        doubted=several(roles.anaphoric["doubted"]),
        worth=worth,
        ordinary=several(roles.ordinary["words"]),
        given_gender={w: g[0] for g in ("male", "female") for w in roles.given[g].split()},
        before_place=several(roles.places["before"]),
        after_place=several(roles.places["after"]),
    )
