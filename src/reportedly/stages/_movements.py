"""Troops on the move: what a frame asks of those who enter, cross into and push into a country or a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.stages._words import lemma

if TYPE_CHECKING:
    from reportedly.stages._needs import Hit

INTO = frozenset({"into", "through"})
FORCES = frozenset({"military", "armed_group"})
POLICE = frozenset({"police", "policeman", "security", "officer"})
TANKS = frozenset({"tank", "armor", "armour"})


def force_moves_in(hit: Hit) -> bool:
    """ "troops entered the town", "rebels crossed into the province"; a policeman who enters a house is another matter."""
    forces = hit.any(
        hit.subjects,
        lambda t: (
            lemma(t) not in POLICE
            and t.tag_ in ("NNS", "NNPS", "NN", "NNP")
            and (
                hit.kind(t) in FORCES
                or (lemma(t) in hit.words.actors and t.tag_ in ("NNS", "NNPS"))
                or lemma(t) in TANKS
            )
        ),
    )
    into = [
        p for c in hit.token.children if c.dep_ == "prep" and c.lower_ in INTO for p in c.children if p.dep_ == "pobj"
    ]
    return forces and any(hit.area(t) for t in (*into, *hit.objects))


def dispersed_crowd(hit: Hit) -> bool:
    """ "dispersed the demonstrators": what they held was a protest."""
    return hit.any(hit.objects, lambda t: lemma(t) in hit.words.lists["crowds"] or lemma(t) == "marcher")
