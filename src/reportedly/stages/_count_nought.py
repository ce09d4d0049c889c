"""Nobody: the words that say that none were killed or hurt, and of which kinds they say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.records import QuantityKind
from reportedly.stages._count_frames import OBJECT, PASSIVE, SUBJECT, FrameTables, also, base, governed

NOBODY = frozenset({"no", "none", "nobody", "neither"})
ANYBODY = frozenset({"anyone", "anybody"})
HARMS: dict[str, tuple[QuantityKind, ...]] = {
    "casualty": ("killed", "wounded"),
    "victim": ("killed", "wounded"),
    "death": ("killed",),
    "fatality": ("killed",),
    "life": ("killed",),
    "injury": ("wounded",),
    "arrest": ("arrested",),
}
HARM_WORDS = frozenset({"casualties", "casualty", "deaths", "fatalities", "injuries", "injury", "victims"})
ONCE = ("report", "loss", "sign")
"""What there is none of where there is none of what follows "of": no reports of casualties, no loss of life."""
CAUSES = frozenset({"cause", "claim", "inflict", "suffer", "report", "produce", "leave", "have", "result", "be"})
SO_FAR = frozenset({"immediate", "immediately", "initial"})
"""Beside these nobody knows yet."""
FARTHEST = 4


@dataclass(frozen=True, slots=True)
class Nought:
    """Where it is said that there were none, of one kind."""

    kind: QuantityKind
    start: int
    end: int
    noun: Token | None


def nought(token: Token, tables: FrameTables, persons: frozenset[str]) -> tuple[Nought, ...]:
    """What is said to be none at `token`: one of `NOBODY`, `ANYBODY` or `HARM_WORDS`.

    Args:
        token: the word.
        tables: the frames.
        persons: nouns of which "no X was hurt" counts people.
    """
    if token.lower_ in HARM_WORDS:
        named = next(iter(t for t in token.lefts if t.dep_ == "nummod"), None)
        return tuple(_harms(token, token.idx)) if named is None and _denied(token) else ()
    if token.lower_ in ANYBODY:
        return tuple(_kinds(token, None, token, tables)) if _denied(token) else ()
    return tuple(_none(token, tables, persons))


def _none(token: Token, tables: FrameTables, persons: frozenset[str]) -> Iterator[Nought]:
    noun: Token | None = None
    node = last = token
    below = next((b for t in token.rights if t.lower_ == "of" for b in t.children if b.dep_ == "pobj"), None)
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.lower_ == "no" and following.lower_ == "one":
        node = last = following
    elif token.lower_ in ("no", "neither") and token.dep_ == "det" and token.head.i > token.i:
        node = noun = last = token.head
    elif token.lower_ in ("none", "neither") and below is not None and below.pos_ in ("NOUN", "PROPN"):
        noun = last = below
    elif token.lower_ == "no" or (token.lower_ == "neither" and token.dep_ not in (*SUBJECT, *PASSIVE)):
        return
    if noun is not None and token.lower_ == "no" and (base(noun) in HARMS or base(noun) in ONCE):
        yield from _harms(noun, token.idx)
    elif noun is None or base(noun) in persons or base(noun) in ("people", "person"):
        yield from _kinds(node, noun, last, tables, token.idx)


def _kinds(
    node: Token, noun: Token | None, last: Token, tables: FrameTables, start: int | None = None
) -> Iterator[Nought]:
    kind = governed(node, base(noun) if noun is not None else "", tables)
    if kind in ("killed", "wounded", "missing", "kidnapped", "arrested"):
        for each in (kind, *also(node, kind, tables)):
            yield Nought(each, node.idx if start is None else start, last.idx + len(last), noun)


def _harms(noun: Token, start: int) -> Iterator[Nought]:
    """No casualties; no deaths or injuries; no reports of casualties."""
    if any(t.lower_ in SO_FAR for t in (*noun.lefts, *noun.head.children)):
        return
    if base(noun) in ONCE:
        below = (b for t in noun.rights if t.lower_ == "of" for b in t.children if b.dep_ == "pobj")
        noun = next((b for b in below if base(b) in HARMS), noun)
    for each in (noun, *(t for t in noun.rights if t.dep_ == "conj")):
        for kind in HARMS.get(base(each), ()):
            yield Nought(kind, start, each.idx + len(each), each)


def _denied(token: Token) -> bool:
    """Whether "without" or "not" stands over `token`: without causing casualties, did not hurt anyone."""
    for _ in range(FARTHEST):
        head = token.head
        if head.lower_ == "without":
            return True
        governs = head.pos_ in ("VERB", "AUX") and token.dep_ in (*OBJECT, *PASSIVE, "attr")
        if governs and any(t.dep_ == "neg" for t in head.children):
            return token.lower_ in ANYBODY or head.lemma_ in CAUSES
        if token.dep_ not in (*OBJECT, *PASSIVE, "pobj", "pcomp", "conj") or head.i == token.i:
            return False
        token = head
    return False
