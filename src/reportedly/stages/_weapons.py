"""Finding weapons by the names that reports use: a category and the name, nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.records import WeaponCategory
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Sentence, WeaponMention

DEBATED = frozenset(
    {"control", "law", "laws", "lobby", "right", "rights", "policy", "debate", "reform", "safety", "legislation"}
)
"""What is about guns, in words."""


@dataclass(frozen=True, slots=True)
class FoundWeapon:
    """A weapon's name in a sentence."""

    mention: WeaponMention
    head: int
    first: int
    weak: bool


def find_weapons(sentence: Sentence, words: CodeWords) -> tuple[FoundWeapon, ...]:
    """Weapons named in `sentence`, longest names first, none inside another."""
    tokens = list(sentence.tokens)
    index = words.weapon_index
    out: list[FoundWeapon] = []
    at = 0
    while at < len(tokens):
        base = lemma(tokens[at])
        entries = index.get(base) or index.get(tokens[at].lower_)
        step = 1
        for parts, category, weak in entries or ():
            if len(parts) <= len(tokens) - at and _same(parts, tokens[at : at + len(parts)]):
                last = tokens[at + len(parts) - 1]
                if _is_vessel(last, words) or (weak and _is_of_name(last)):
                    break
                if last.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "X") or len(parts) > 1:
                    out.append(_found(category, tokens[at], last, weak))
                    step = len(parts)
                    break
        at += step
    return tuple(out)


def _is_vessel(token: Token, words: CodeWords) -> bool:
    """ "a fuel tank", "a copper mine", "a toy gun", "a stone's throw", "gun control": no weapons."""
    after = token.doc[token.i + 1 : token.i + 3].text.lower()
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    of_fuel = lemma(token) == "tank" and before in words.lists["vessels"]
    following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    debated = token.lower_ == "gun" and (following in DEBATED or (following == "-" and after.startswith("-control")))
    return (
        of_fuel
        or debated
        or (lemma(token) == "mine" and before in words.lists["minerals"])
        or before in words.lists["toys"]
        or after.replace("’", "'") == "'s throw"
    )


def _is_of_name(token: Token) -> bool:
    """ "the Rovers Club", "Senator Stone"."""
    return token.pos_ == "PROPN" and token.ent_type_ in ("ORG", "PERSON", "GPE", "LOC", "FAC")


def _same(parts: tuple[str, ...], tokens: list[Token]) -> bool:
    return all(part in (token.lower_, lemma(token)) for part, token in zip(parts, tokens, strict=True))


def _found(category: WeaponCategory, first: Token, last: Token, weak: bool) -> FoundWeapon:
    start, end = first.idx, last.idx + len(last.text)
    return FoundWeapon(WeaponMention(category, start, end), last.i, first.i, weak)
