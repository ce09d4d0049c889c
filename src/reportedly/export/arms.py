"""GTD's types and subtypes of an incident's weapons, by ``export_weapons.toml``: a subtype only where a name tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from reportedly.entries import Dossier
from reportedly.export import facts
from reportedly.lexicons import Lexicon, load


class Arm(NamedTuple):
    """A weapon in GTD's codes."""

    type: int
    subtype: int | None = None

    @property
    def type_txt(self) -> str:
        """The type's name."""
        return weapons().types[str(self.type)]

    @property
    def subtype_txt(self) -> str | None:
        """The subtype's name."""
        return weapons().subtypes[str(self.subtype)] if self.subtype else None


class Named(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of weapons that tell a subtype, or a type; `words` is empty where an act tells them."""

    type: int
    subtype: int | None = None
    words: tuple[str, ...] = ()


class Weapons(Lexicon, frozen=True, kw_only=True):
    """``export_weapons.toml``."""

    categories: dict[str, int]
    acts: dict[str, Named]
    types: dict[str, str]
    subtypes: dict[str, str]
    names: tuple[Named, ...]


class _Known(Lexicon, frozen=True, kw_only=True):
    """``weapons.toml``, as far as an export asks."""

    names: dict[str, tuple[str, ...]]
    weak: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def weapons() -> Weapons:
    """The tables of GTD's weapon types."""
    return load("export_weapons", Weapons)


def arms(dossier: Dossier) -> tuple[Arm, ...]:
    """The weapons of an incident, each pair of type and subtype once: first what its act is done with by definition.

    A type without a subtype is left out where the same type is there with one.
    """
    said = names(dossier)
    found = [arm for category in dossier.incident.weapons for arm in _of(category, said.get(category, ()))]
    act = weapons().acts.get(dossier.incident.event_type)
    if act is not None:
        own = [arm for arm in found if arm.type == act.type]
        found = [*(own or [Arm(act.type, act.subtype)]), *(arm for arm in found if arm.type != act.type)]
        if all(arm.subtype is None for arm in own):
            found[0] = Arm(act.type, act.subtype)
    told = {arm.type for arm in found if arm.subtype}
    return tuple(dict.fromkeys(arm for arm in found if arm.subtype or arm.type not in told))


def names(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    """Category to the names of weapons that affirmed claims use, in the singular; words that are no name ("blast") are left out."""
    found: dict[str, dict[str, None]] = {}
    for testimony in facts.affirmed(dossier):
        for weapon in testimony.claim.event.weapons if testimony.claim.event else ():
            if name := _singular(weapon.name.casefold()):
                found.setdefault(weapon.category, {})[name] = None
    return {category: tuple(told) for category, told in found.items()}


def _of(category: str, said: tuple[str, ...]) -> list[Arm]:
    told = [_by_name()[name] for name in said if name in _by_name()]
    usual = weapons().categories[category]
    return told + ([Arm(usual)] if usual and (len(told) < len(said) or not said) else [])


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Arm]:
    return {word: Arm(row.type, row.subtype) for row in weapons().names for word in row.words}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(name for each in load("weapons", _Known).names.values() for name in each)


def _singular(name: str) -> str | None:
    """The name as the lists have it."""
    forms = (name, name.removesuffix("s"), name.removesuffix("es"), name.removesuffix("ves") + "fe")
    return next((form for form in forms if form in _known()), None)
