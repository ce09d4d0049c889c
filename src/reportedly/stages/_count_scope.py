"""What a number counts beside others: a part of the number before it, or the dead together with the wounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from reportedly.records import Quantity, QuantityKind
from reportedly.stages._count_words import Together

PERSON_KINDS: tuple[QuantityKind, ...] = ("killed", "wounded", "kidnapped", "arrested", "missing")
_INCLUDED = re.compile(
    r"\b(?:including|counting|among(?:st)? (?:them|whom))\s+(?:also\s+)?(?:at least\s+)?(?:the\s+)?$"
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom)\s+(?:(?:is|are|was|were)\s+)?(?:an?\s+|the\s+)?(?=\w)")
_WERE = r"(?:(?:is|are|was|were|been|be|being|have|had|has|got|either|reported|feared|left)\s+){0,4}"


@dataclass(frozen=True, slots=True)
class Scopes:
    """Patterns for two kinds that are counted at once."""

    after: re.Pattern[str]
    before: re.Pattern[str]


def scopes(words: Together) -> Scopes:
    """The patterns of the lexicon's words."""
    dead, hurt, taken = ("|".join(map(re.escape, group)) for group in (words.dead, words.hurt, words.taken))
    pairs = rf"(?:(?:{dead})\s+(?:and|or)\s+(?:{hurt})|(?:{hurt})\s+(?:and|or)\s+(?:{dead})"
    pairs += rf"|(?:{dead}|{hurt})\s+or\s+(?:{taken})|(?:{taken})\s+or\s+(?:{dead}|{hurt}))\b"
    return Scopes(re.compile(rf"\s+(?P<were>{_WERE})(?P<pair>{pairs})"), re.compile(rf"\b{pairs}\s+(?:of\s+)?$"))


def together(found: Scopes, text: str, doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The words that count two kinds at once, of the number from `start` to `end`: "40 dead and wounded", "killed or wounded 40".

    Args:
        found: the patterns.
        text: the article in lower case.
        doc: its tokens, of the same offsets.
        start: where the number and its qualifier begin.
        end: where the number and the counted noun end.
    """
    match = found.after.match(text, end)
    if match is not None:
        following = doc.char_span(match.end(), min(match.end() + 2, len(text)), alignment_mode="expand")
        object_follows = following is not None and following[-1].pos_ in ("NUM", "DET", "NOUN", "PRON")
        passive = any(word not in ("either", "left") for word in match["were"].split())
        return match.span("pair") if passive or not object_follows else None
    match = found.before.search(text[max(0, start - 60) : start])
    return (max(0, start - 60) + match.start(), start) if match is not None else None


def part_of(told: Iterable[Quantity], doc: Doc, text: str, place: tuple[int, int], floor: int) -> QuantityKind | None:
    """The kind of the number that this one is a part of: "13, among them three children", "12, four of them women".

    Args:
        told: the numbers of the article so far.
        doc: the tokens.
        text: the article in lower case.
        place: where the number (or the list that it stands in) begins, and where the number ends.
        floor: where the sentence begins.
    """
    start, end = place
    before = [q for q in told if q.kind in PERSON_KINDS and q.best != 0 and floor <= q.mention.start < start]
    if not before:
        return None
    if _INCLUDED.search(text[floor:start]) or _said_of_them(doc, text, end) is not None:
        return before[-1].kind
    return None


def _said_of_them(doc: Doc, text: str, end: int) -> Token | None:
    """The word that says what some of them are, where it is no verb of its own: "of them children", "of them seriously"."""
    match = _OF_THEM.match(text, end)
    span = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand") if match is not None else None
    if span is None or span[0].pos_ not in ("NOUN", "PROPN", "ADJ", "ADV", "ADP"):
        return None
    return span[0]


def named_part(doc: Doc, text: str, end: int) -> Token | None:
    """The noun in "three of them children"."""
    said = _said_of_them(doc, text, end)
    return said if said is not None and said.pos_ == "NOUN" else None
