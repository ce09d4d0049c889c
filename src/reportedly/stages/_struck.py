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
    """ "the liberation of Tarsa", whatever the model takes the name for."""
    freed = not hit.verbal and lemma(hit.token) in ("liberation", "recapture")
    return freed and hit.any(hit.objects, lambda t: t.pos_ == "PROPN" and not hit.somebody(t))


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
