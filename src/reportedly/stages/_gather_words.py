"""The words that *gather* looks at, out of the lexicons of *code* and *locate*."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GatherWords:
    """Without a lexicon every list is empty, and only the parse decides."""

    aftermath: frozenset[str] = frozenset()
    """Verbs of what comes after an act ("condemned in London"): what hangs on one is not the act's either."""
    kinds: frozenset[str] = frozenset()
    """Kinds of places: "Kesh district", "the town of Kesh" stand as "Kesh" does."""
    lines: frozenset[str] = frozenset()
    """Those of them that one is *on* and that are no target: roads, borders, outskirts."""
    aiming: frozenset[str] = frozenset()
    """Verbs with which something flies *at* a target; with any other, *at* says where."""
    people: frozenset[str] = frozenset()
    """Nouns for somebody: what is told of a person's life is not the act's."""
    buildings: frozenset[str] = frozenset()
    """What stands somewhere: "a Kesh hotel" is in Kesh."""
    areas: frozenset[str] = frozenset()
    """Parts of a town or a country: "Kesh's northern suburbs" are in Kesh."""
    offices: frozenset[str] = frozenset()
    """Who or what is *of* a place without being there: its mayor, its government, its role."""
    tellings: frozenset[str] = frozenset()
    """What tells or tries an act later: "during the 2013 trial" dates the trial."""
    lives: frozenset[str] = frozenset()
    """Verbs of a person's life before the act: "born in Kesh"."""
    occurs: frozenset[str] = frozenset()
    """Verbs whose subject happens: "the attack, which took place on Monday"."""
    suffering: frozenset[str] = frozenset()
    """Verbs whose subject is where it happened: "Kenya suffered three attacks"."""
