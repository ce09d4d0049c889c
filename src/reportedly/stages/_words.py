"""The words that `code` and `sift` work with: frames, kinds of nouns, names of weapons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import msgspec
from spacy.tokens import Token

from reportedly.lexicons import Lexicon
from reportedly.records import EventType, Stage, WeaponCategory

Part = Literal["actor", "recipient", "weapon", "none"]


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that name one type of act, and where its arguments stand (``lexicons/triggers.toml``)."""

    type: EventType
    support: Literal["strong", "weak"]
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    subject: Part = "actor"
    object: Part = "recipient"
    of: Part = "recipient"
    consequence: bool = False
    needs: str | None = None
    stage: Stage | None = None
    weapon: WeaponCategory | None = None
    """The category of weapon that the word itself names: to shoot is with a firearm."""
    preps: Mapping[str, Part] = {}
    """What stands after a preposition of the verb: "fell to X" has X as actor."""


class Triggers(Lexicon, frozen=True):
    """``triggers.toml``."""

    frames: tuple[Frame, ...]
    modifiers: Mapping[EventType, tuple[str, ...]]
    light: Mapping[Literal["verbs", "formal"], tuple[str, ...]]
    by_weapon: Mapping[WeaponCategory, EventType]
    lists: Mapping[str, tuple[str, ...]]


class EventTypeRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type of act in the words of five codebooks; an empty code means that the codebook has none."""

    description: str
    family: str
    plover: str
    cameo: str
    acled: str
    gtd: str
    muc4: str


class EventTypes(Lexicon, frozen=True):
    """``event_types.toml``."""

    types: Mapping[EventType, EventTypeRow]


class Nouns(Lexicon, frozen=True):
    """``nouns.toml``: nouns by what they name."""

    people: Mapping[str, tuple[str, ...]]
    things: Mapping[str, tuple[str, ...]]
    actors: Mapping[Literal["words"], tuple[str, ...]]


class WeaponNames(Lexicon, frozen=True):
    """``weapons.toml``."""

    names: Mapping[WeaponCategory, tuple[str, ...]]
    weak: Mapping[Literal["names"], tuple[str, ...]]


PARTICIPLES = frozenset({"VBG", "VBN", "VBD"})
CLIPPED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
FrameIndex = Mapping[str, Sequence[Frame]]


@dataclass(frozen=True)
class CodeWords:
    """The lexicons of `code`, with the indexes that it reads them by."""

    triggers: Triggers
    nouns: Nouns
    weapons: WeaponNames

    @cached_property
    def verbs(self) -> FrameIndex:
        """Verb lemma, alone or with a particle or object (``blow_up``), to its frames."""
        return _index((word, frame) for frame in self.triggers.frames for word in frame.verbs)

    @cached_property
    def nominal(self) -> FrameIndex:
        """Noun lemma, alone or compound, to its frames."""
        return _index((word, frame) for frame in self.triggers.frames for word in frame.nouns)

    @cached_property
    def adjectives(self) -> FrameIndex:
        """Adjective to its frames."""
        return _index((word, frame) for frame in self.triggers.frames for word in frame.adjectives)

    @cached_property
    def phrasal(self) -> frozenset[str]:
        """First words of the verbs that are matched with a second word."""
        return frozenset(word.split("_")[0] for word in self.verbs if "_" in word)

    @cached_property
    def modifiers(self) -> Mapping[str, EventType]:
        """Modifier lemma to the type that it makes of a generic word."""
        return {word: kind for kind, words in self.triggers.modifiers.items() for word in words}

    @cached_property
    def light(self) -> frozenset[str]:
        """Verbs that only carry an event noun."""
        return frozenset(self.triggers.light["verbs"])

    @cached_property
    def formal(self) -> frozenset[str]:
        """Verbs that carry an agreement, a ban, a protest."""
        return frozenset(self.triggers.light["formal"])

    @cached_property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """The short lists under ``[lists]``."""
        return {name: frozenset(found) for name, found in self.triggers.lists.items()}

    @cached_property
    def people(self) -> Mapping[str, str]:
        """Noun lemma to the kind of people that it names; the first list that has a word decides."""
        out: dict[str, str] = {}
        for kind, words in self.nouns.people.items():
            for word in words:
                out.setdefault(word, kind)
        return out

    @cached_property
    def things(self) -> Mapping[str, frozenset[str]]:
        """infrastructure, vehicle, area, goods: the noun lemmas of each."""
        return {kind: frozenset(words) for kind, words in self.nouns.things.items()}

    @cached_property
    def actors(self) -> frozenset[str]:
        """Noun lemmas of those who act in conflicts."""
        return frozenset(self.nouns.actors["words"])

    @cached_property
    def weapon_index(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], WeaponCategory, bool]]]:
        """First lemma of a weapon's name to (all its lemmas, category, weak), longest first."""
        weak = frozenset(self.weapons.weak["names"])
        out: dict[str, list[tuple[tuple[str, ...], WeaponCategory, bool]]] = {}
        for category, names in self.weapons.names.items():
            for name in names:
                parts = tuple(name.replace("-", " - ").split())
                out.setdefault(parts[0], []).append((parts, category, name in weak))
        for entries in out.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
        return out


def lemma(token: Token) -> str:
    """The lemma in lower case; a proper noun's plural s goes too ("Attacks" in a headline)."""
    base = token.lemma_.lower()
    if (
        token.tag_ in PARTICIPLES
        and len(base) <= 4
        and CLIPPED.fullmatch(base)
        and token.lower_ in (f"{base}ing", f"{base}ed")
    ):
        return f"{base}e"  # "hoping" is not "hop", "raped" not "rap": those would double the consonant
    plural = token.tag_ == "NNPS" or (token.tag_ == "NNP" and token.is_sent_start)  # "Rebels" at the head of a headline
    if plural and base.endswith("s") and not base.endswith("ss"):
        return base[:-1]
    return base


LEADERS = frozenset({"leader", "chief", "boss", "head", "lieutenant"})


def leads_a_band(token: Token, people: Mapping[str, str]) -> bool:
    """ "The rebel leader", "a gang boss": one of those who fight.

    Args:
        token: the noun.
        people: noun lemma to the kind of people that it names.
    """
    return lemma(token) in LEADERS and any(
        child.dep_ in ("compound", "amod") and people.get(lemma(child)) in ("armed_group", "criminal")
        for child in token.lefts
    )


def _index(pairs: Iterable[tuple[str, Frame]]) -> FrameIndex:
    out: dict[str, list[Frame]] = {}
    for word, frame in pairs:
        out.setdefault(word, []).append(frame)
    return out
