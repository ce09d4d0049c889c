"""The words of the count stage, ``lexicons/counts.toml``."""

from __future__ import annotations

import msgspec

from reportedly.lexicons import Lexicon
from reportedly.records import QuantityKind


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one kind, by their place in the clause."""

    object: tuple[str, ...]
    subject: tuple[str, ...]
    state: tuple[str, ...]
    of: tuple[str, ...]


class DeathWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that kill only together with certain words."""

    verbs: frozenset[str]
    words: frozenset[str]


class Flight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that displace whom they force from certain places."""

    verbs: frozenset[str]
    places: frozenset[str]


class Together(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words whose pairs count two kinds at once: "dead and wounded", "killed or captured"."""

    dead: tuple[str, ...]
    hurt: tuple[str, ...]
    taken: tuple[str, ...]


class Qualifiers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words before a number that say how exact it is."""

    at_least: tuple[str, ...]
    above: tuple[str, ...]
    at_most: tuple[str, ...]
    below: tuple[str, ...]
    about: tuple[str, ...]
    between_words: tuple[str, ...]


class CountWords(Lexicon, frozen=True, kw_only=True, eq=False):
    """The words of ``lexicons/counts.toml``. Compared by identity, so as to be a key."""

    never_counted: frozenset[str]
    months: frozenset[str]
    attackers: frozenset[str]
    targets: frozenset[str]
    things: frozenset[str]
    persons: frozenset[str]
    kin: frozenset[str]
    refugees: frozenset[str]
    plain_persons: frozenset[str]
    attack_verbs: frozenset[str]
    acts: frozenset[str]
    gangs: frozenset[str]
    wholes: frozenset[str]
    lost: frozenset[str]
    target_verbs: frozenset[str]
    thing_verbs: frozenset[str]
    life_verbs: frozenset[str]
    harm_verbs: frozenset[str]
    harms: frozenset[str]
    state_verbs: frozenset[str]
    toll_nouns: frozenset[str]
    toll_kinds: dict[str, QuantityKind]
    toll_verbs: frozenset[str]
    event_nouns: dict[str, QuantityKind]
    frames: dict[QuantityKind, Frame]
    to_death: DeathWords
    flight: Flight
    together: Together
    qualifiers: Qualifiers
    numbers: dict[str, int]
    multipliers: dict[str, int]
    vague: dict[str, int]
    sets: dict[str, int]
    ordinals: frozenset[str]
