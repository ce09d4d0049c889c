"""Strikes and what they destroy: what a frame asks of a strike's noun, and of aircraft that destroy something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from reportedly.stages._words import lemma

if TYPE_CHECKING:
    from reportedly.stages._needs import Hit

MODIFIERS = frozenset({"compound", "amod", "nmod"})
NATIONAL = frozenset({"GPE", "NORP"})
WARPLANES = frozenset({"warplane", "gunship", "fighter-bomber", "f-16"})
"""Planes that never do harm by a crash alone."""
OWNERS = frozenset({"coalition", "army", "military", "government", "regime", "enemy", "alliance", "allied", "force"})


MEASURES = frozenset({"mile", "kilometer", "kilometre", "hectare", "acre", "km"})
PARTS = frozenset(
    {"part", "portion", "swath", "swathe", "stretch", "half", "third", "quarter", "percent", "%", "most", "much", "lot"}
)
PREPARED = frozenset({"planning", "preparation", "design", "implementation", "conduct", "coordination"})
"""What stands beside the execution of a plan."""
ALONE = frozenset(
    {"commander", "leader", "gunman", "attacker", "assailant", "bomber", "terrorist", "militant", "shooter"}
)


def struck(hit: Hit) -> bool:
    """A strike on something, by somebody armed, of a kind ("drone strike"), or one that is conducted: no walkout."""
    return (
        bool(hit.against or hit.objects)
        or hit.any(hit.subjects, lambda t: hit.armed(t) or t.ent_type_ in NATIONAL)
        or any(c.dep_ in ("compound", "amod") and lemma(c) in hit.words.modifiers for c in hit.token.children)
        or _is_conducted(hit.token)
    )


def destroyed_by_planes(hit: Hit) -> bool:
    """ "coalition aircraft destroyed two tanks", "was destroyed by warplanes"; a plane that crashed destroys a roof too."""
    return bool(hit.objects) and hit.any(hit.subjects, lambda t: _is_warplane(t, hit))


def named_place(hit: Hit) -> bool:
    """ "the liberation of Tarsa", "a campaign to liberate Tarsa", whatever the model takes the name for."""
    freed = lemma(hit.token) in (("liberate", "retake") if hit.verbal else ("liberation", "recapture"))
    names = [t for t in hit.objects if t.pos_ == "PROPN" and not hit.somebody(t)]
    if not hit.verbal:
        return freed and bool(names)
    return freed and any(t.ent_type_ != "NORP" and t.left_edge.i == t.i for t in names)


def stretch_of_land(token: Token, hit: Hit) -> bool:
    """ "300 square miles", "over a third of the territory": land that somebody takes."""
    base = lemma(token)
    if base in MEASURES:
        return base in ("hectare", "acre") or any(c.lower_ == "square" for c in token.children)
    inner = [p for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children]
    return base in PARTS and any(hit.area(p) for p in inner)


def is_carrying_out(execution: Token) -> bool:
    """ "the planning and execution of strikes": of a plan, and of nobody."""
    around = (execution.head, *execution.children) if execution.dep_ == "conj" else tuple(execution.children)
    return lemma(execution) == "execution" and any(
        lemma(t) in PREPARED for t in around if "conj" in (t.dep_, execution.dep_)
    )


def is_moved(hit: Hit) -> bool:
    """False of "four air strikes delivered 24 munitions" and of drones that "carry out reconnaissance": weapons that are fired."""
    if not hit.verbal:
        return True
    by_strikes = hit.any(hit.subjects, lambda t: lemma(t) in hit.words.nominal)
    out = lemma(hit.token) == "carry" and any(c.dep_ == "prt" and c.lower_ == "out" for c in hit.token.children)
    return not out and not (by_strikes and lemma(hit.token) == "deliver")


def put_out_of_action(hit: Hit) -> bool:
    """ "troops neutralised four militants", "the gunman was eliminated", in the past, by a force; hopes to eliminate a group are none."""
    if not hit.verbal or hit.token.tag_ not in ("VBD", "VBN"):
        return False
    by_force = not hit.subjects or hit.any(hit.subjects, hit.armed) or hit.any(hit.subjects, lambda t: t.pos_ == "PRON")
    people = [t for t in hit.objects if t.pos_ == "NOUN" and hit.person(t) and hit.armed(hit.meant(t))]
    told = any(
        lemma(t) in ALONE or any(c.dep_ == "nummod" for c in t.children) or lemma(hit.meant(t)) != lemma(t)
        for t in people
    )
    return by_force and told


def first_objects(hit: Hit) -> tuple[Token, ...]:
    """Its objects but a name that the parser hung on the verb after them: "seized the meat in Velm, Norland"."""
    first = next((t.i for t in hit.objects if t.dep_ == "dobj"), None)
    return tuple(t for t in hit.objects if t.dep_ != "dobj" or t.i == first)


def _is_conducted(strike: Token) -> bool:
    """ "conducted strikes in the north", "the strikes were carried out": nobody conducts a walkout."""
    above = strike.head
    if strike.dep_ not in ("dobj", "nsubjpass"):
        return False
    out = any(c.dep_ == "prt" and c.lower_ == "out" for c in above.children)
    return above.lemma_ == "conduct" or (above.lemma_ == "carry" and out)


def _is_warplane(token: Token, hit: Hit) -> bool:
    """ "warplanes", "coalition aircraft", "12 Norland jets"; "a plane" may be any."""
    base = lemma(token)
    if base not in hit.words.lists["planes"]:
        return False
    return base in WARPLANES or any(_is_owner(c, hit) for c in _modifiers(token))


def _modifiers(token: Token) -> Iterator[Token]:
    return (c for c in token.children if c.dep_ in MODIFIERS)


def _is_owner(word: Token, hit: Hit) -> bool:
    """Whose planes they are: "army helicopters"."""
    return lemma(word) in OWNERS or hit.armed(word)
