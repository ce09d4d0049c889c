"""Whom or what an incident was done to: GTD's target type, PLOVER's sector, ACLED's type of actor, nationality and effect.

What the recipients are is told by their words (``export_targets.toml``), else by the kind that the ledger gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from reportedly.entries import Dossier
from reportedly.export import facts
from reportedly.export.effects import Effect, effects
from reportedly.export.facts import Party
from reportedly.export.nations import Known, nationality
from reportedly.lexicons import Lexicon, load
from reportedly.records import RecipientKind

_ARMED = ("military", "police", "armed_group")
_FORCES = ("State forces", "External/Other forces")
Civilian = Literal["yes", "no", "unknown"]


class Sort(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a recipient is in three codebooks; `words` and `kinds` say which ones it is told by."""

    gtd: int
    subtype: int = 0
    """0: none is safe."""
    sector: str
    """PLOVER's."""
    inter: str
    """ACLED's type of actor; empty where it is ACLED's own judgement."""
    words: tuple[str, ...] = ()
    kinds: tuple[RecipientKind, ...] = ()


class Targets(Lexicon, frozen=True, kw_only=True):
    """``export_targets.toml``."""

    rows: tuple[Sort, ...]
    belongings: tuple[str, ...]
    gathering: tuple[str, ...]
    ending: tuple[str, ...]
    leading: tuple[str, ...]
    kinds: dict[RecipientKind, Sort]
    types: dict[str, str]
    subtypes: dict[str, str]
    effects: dict[str, tuple[str, ...]]


class Target(NamedTuple):
    """One recipient of an incident, coded."""

    party: Party
    sort: Sort | None
    """Null where neither words nor kind tell."""
    country: str | None
    """Nationality, ISO 3166-1 alpha-2."""
    known_from: Known | None
    """How the nationality is known: by words, by identity, or only by the country of the place."""
    effect: Effect

    @property
    def gtd(self) -> int | None:
        """GTD's target type."""
        return self.sort.gtd if self.sort else None

    @property
    def gtd_txt(self) -> str | None:
        """Its name."""
        return lexicon().types[str(self.sort.gtd)] if self.sort else None

    @property
    def subtype(self) -> int | None:
        """GTD's target subtype."""
        return self.sort.subtype or None if self.sort else None

    @property
    def subtype_txt(self) -> str | None:
        """Its name."""
        return lexicon().subtypes[str(self.subtype)] if self.subtype else None

    @property
    def sector(self) -> str | None:
        """PLOVER's sector."""
        return self.sort.sector if self.sort else None

    @property
    def inter(self) -> str | None:
        """ACLED's type of actor."""
        return self.sort.inter or None if self.sort else None

    @property
    def civilian(self) -> Civilian:
        """Whether it is civilian to ACLED: unarmed persons, officials and protesters too, and what is theirs."""
        if self.sort is None:
            return "unknown"
        if self.inter in ("Civilians", "Protesters"):
            return "yes"
        return "no" if self.inter or self.sort.gtd == 17 else "unknown"


@lru_cache(maxsize=1)
def lexicon() -> Targets:
    """The tables of targets."""
    return load("export_targets", Targets)


def targets(dossier: Dossier) -> tuple[Target, ...]:
    """The recipients of an incident, in its order, each coded."""
    parties = facts.recipients(dossier)
    befell = effects(dossier, parties, lexicon().effects)
    place = dossier.incident.place
    found = []
    for party in parties:
        country, known = nationality(party, place.country if place else None)
        found.append(Target(party, sort(party), country, known, befell[party.name]))
    return tuple(found)


def sort(party: Party) -> Sort | None:
    """What a recipient is: by its words, of several wordings the first that tells; else by its kind.

    Words of unarmed occupations do not count for those whom the ledger takes for armed.
    """
    usual = lexicon().kinds.get(party.kind) if party.kind else None
    for words in party.mentions or (party.name,):
        found = _by_words(words, party.kind)
        armed = found is not None and (found.inter in _FORCES or found.gtd == 17)
        if found and (party.kind not in _ARMED or armed or (usual and found.gtd == usual.gtd)):
            return found
    return usual


def _by_words(phrase: str, kind: RecipientKind | None) -> Sort | None:
    """What the last words of a phrase say that it is; a belonging is counted with its owner."""
    words = phrase.strip("\"'‘’“”").split()
    head, rest = _head(words)
    if not head:
        return None
    if _forms(head[-1]) & {*lexicon().gathering} and rest[:1] == ["of"]:
        return _look(head + rest, kind, len(head)) or _by_words(" ".join(rest[1:]), kind)
    whole = _look(head + rest, kind, len(head)) if rest[:1] == ["of"] else None
    found = whole or _look(head, kind)
    if not _forms(head[-1]) & {*lexicon().belongings} or (found and found.gtd != 14):
        return found
    owner = _owner(head, rest, kind)
    return msgspec.structs.replace(owner, subtype=0) if owner else found


def _head(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that say what it is, and those after them; without articles and numbers before them."""
    start = 0
    while start < len(words) and (words[start].casefold() in lexicon().leading or words[start][0].isdigit()):
        start += 1
    head: list[str] = []
    for place, word in enumerate(words[start:], start):
        if head and (word == "of" or word.casefold() in lexicon().ending):
            return head, list(words[place:])
        head.append(word.rstrip(",;:"))
        if word.endswith((",", ";", ":")):
            return head, list(words[place + 1 :])
    return head, []


def _owner(head: Sequence[str], rest: Sequence[str], kind: RecipientKind | None) -> Sort | None:
    """Whose it is: the house of the mayor, the mayor's house, the mayor's private house."""
    if rest[:1] == ["of"]:
        return _by_words(" ".join(rest[1:]), kind)
    for place, word in enumerate(head[:-1]):
        if word.endswith(("'s", "’s")):
            return _look([*head[:place], word[:-2]], kind)
        if word.endswith(("s'", "s’")):
            return _look([*head[:place], word[:-1]], kind)
    return None


def _look(words: Sequence[str], kind: RecipientKind | None, over: int | None = None) -> Sort | None:
    """The row for the last of `words`, the longest match first; or for those before a name: Mayor Ana Ruiz.

    Args:
        words: of a phrase.
        kind: of the recipient.
        over: only a match with this word inside it: the "of" of a head of state.
    """
    low = [word.casefold() for word in words]
    for end in range(len(words), over or 0, -1):
        for start in range(max(0, end - 4), end if over is None else min(over, end)):
            for form in _forms(low[end - 1]):
                for row in _index().get((*low[start : end - 1], form), ()):
                    if not row.kinds or kind in row.kinds:
                        return row
        if not words[end - 1][0].isupper() or end == 1:
            return None
    return None


def _forms(word: str) -> set[str]:
    """The word, and what it may be the plural of."""
    low = word.casefold()
    found = {low, low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ren")}
    if low.endswith("ies"):
        found.add(low[:-3] + "y")
    if low.endswith(("men", "people")):
        found |= {low[:-3] + "man", low.replace("people", "person")}
    return found


@lru_cache(maxsize=1)
def _index() -> Mapping[tuple[str, ...], tuple[Sort, ...]]:
    found: dict[tuple[str, ...], list[Sort]] = {}
    for words, row in _entries():
        found.setdefault(words, []).append(row)
    return {words: tuple(rows) for words, rows in found.items()}


def _entries() -> Iterator[tuple[tuple[str, ...], Sort]]:
    for row in lexicon().rows:
        for name in row.words:
            yield tuple(name.split()), row
