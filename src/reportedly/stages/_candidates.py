"""Which words of a sentence may be triggers: verbs, nouns and adjectives of the frames, alone or with a second word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from reportedly.stages._phrases import prepositional
from reportedly.stages._words import CodeWords, Frame, lemma
from reportedly.stages.drafts import Sentence

REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself", "self"})
AS_NOUN = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
NAMES = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART"})


How = Literal["verb", "noun", "adjective"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a trigger."""

    token: Token
    how: How
    frames: tuple[tuple[str, Frame], ...]
    """Key (``blow_up``) and frame, the more exact first."""


def candidates(sentence: Sentence, words: CodeWords) -> Iterator[Candidate]:
    """The words of `sentence` that may be triggers, in order."""
    for token in sentence.tokens:
        pos = token.pos_
        if pos == "VERB" and token.tag_ == "VBG" and token.dep_ in AS_NOUN and token.lower_ in words.nominal:
            yield Candidate(token, "noun", tuple((token.lower_, f) for f in words.nominal[token.lower_]))
        elif sentence.headline and pos in ("NOUN", "PROPN") and _is_bare_verb(token, words):
            yield Candidate(token, "verb", tuple((lemma(token), f) for f in words.verbs[lemma(token)]))
        elif pos == "VERB" or (pos == "ADJ" and token.tag_ in ("VBN", "VBD", "VBG")):
            base = lemma(token)
            frames = [(key, f) for key in _verb_keys(token, base, words) for f in words.verbs.get(key, ())]
            if frames and (token.dep_ not in ("amod", "compound") or _is_of_a_victim(token, base, words)):
                yield Candidate(token, "verb", tuple(frames))
        elif pos in ("NOUN", "PROPN"):
            base = lemma(token)
            frames = [(key, f) for key in _noun_keys(token, base) for f in words.nominal.get(key, ())]
            if token.dep_ in ("compound", "nmod") and not _carries(base, token.head, words):
                continue
            named = pos == "PROPN" and (token.ent_type_ in NAMES or (base in words.lists["built"] and _in_name(token)))
            if frames and not (named and "_" not in frames[0][0]):
                yield Candidate(token, "noun", tuple(frames))
        elif pos == "ADJ" and token.lower_ in words.adjectives:
            yield Candidate(token, "adjective", tuple((token.lower_, f) for f in words.adjectives[token.lower_]))


def _is_of_a_victim(token: Token, base: str, words: CodeWords) -> bool:
    """ "the murdered policeman": what was done to him stands before his noun."""
    return (
        token.dep_ == "amod"
        and token.tag_ in ("VBN", "VBD")
        and base in words.lists["done_to"]
        and token.head.i > token.i
        and not any(c.dep_ in ("advmod", "neg") for c in token.children)
    )


def _in_name(token: Token) -> bool:
    """ "the Tabor Barrage": written with a capital, after another such word."""
    return token.text.istitle() and any(c.dep_ == "compound" and c.text.istitle() for c in token.children)


def _is_bare_verb(token: Token, words: CodeWords) -> bool:
    """ "Gunmen attack bus": between somebody who acts and a noun, a headline's word is a verb, though the parser sees three nouns."""
    base = lemma(token)
    if (
        token.is_sent_start
        or token.i + 1 >= len(token.doc)
        or base not in words.lists["headline_verbs"]
        or base not in words.verbs
    ):
        return False
    before, head = token.nbor(-1), token.head
    acts = lemma(before) in words.actors or (before.tag_ in ("NNS", "NNPS") and lemma(before) in words.people)
    return acts and token.dep_ == "compound" and head.i > token.i and before.pos_ in ("NOUN", "PROPN")


def _carries(event: str, head: Token, words: CodeWords) -> bool:
    """Whether a noun leaves the event before it an event: "murder attempt", not "riot police", "murder trial", "death toll"."""
    base = lemma(head)
    if f"{event}_{base}" in words.nominal:  # the head has both: "death toll"
        return False
    return base in words.lists["carriers"] or (base in words.nominal and base not in words.people)


def _verb_keys(token: Token, base: str, words: CodeWords) -> list[str]:
    """``blow_up`` and the like before ``blow``."""
    keys: list[str] = []
    if token.i > 1 and token.nbor(-1).text == "-" and f"{lemma(token.nbor(-2))}-{base}" in words.verbs:
        keys.append(f"{lemma(token.nbor(-2))}-{base}")  # "machine-gunned", which the parser takes apart
    if base == "go" and any(c.lower_ == "let" and c.dep_ == "aux" for c in token.lefts):
        keys.append("let_go")
    if base in words.phrasal:
        for child in token.children:
            if _is_where(child, token) or _is_dismissed(child, token, words):
                continue
            if child.dep_ in ("prt", "advmod", "dobj", "acomp", "oprd", "prep", "npadvmod", "xcomp", "ccomp"):
                part = "self_up" if child.lower_ in REFLEXIVE and base == "blow" else lemma(child)
                keys.append(f"{base}_{part}")
                if child.dep_ == "dobj":  # "took dozens of hostages"
                    keys += [f"{base}_{lemma(inner)}" for inner in prepositional(child, "of")]
                if child.dep_ == "prep":
                    keys += [
                        f"{base}_{child.lower_}_{lemma(inner)}" for inner in child.children if inner.dep_ == "pobj"
                    ]
        if token.i + 1 < len(token.doc):
            keys.append(f"{base}_{token.nbor().lower_}")
    if token.i and token.nbor(-1).lower_ == "sexually":
        keys.append(f"sexually_{base}")
    keys = list(dict.fromkeys(key for key in keys if key in words.verbs))
    return [*keys, base]


def _is_where(at: Token, verb: Token) -> bool:
    """ "Three people were shot at a party": there, and nobody shot at the party."""
    shot = at.dep_ == "prep" and at.lower_ == "at" and any(c.dep_ == "pobj" for c in at.children)
    return shot and any(c.dep_ == "nsubjpass" for c in verb.children)


def _is_dismissed(preposition: Token, verb: Token, words: CodeWords) -> bool:
    """ "He was fired from the bank on Thursday": from his post, and on nobody."""
    if verb.lemma_ != "fire" or preposition.dep_ != "prep":
        return False
    whom = [c for c in verb.children if c.dep_ == "nsubjpass"]
    return any(c.pos_ in ("PRON", "PROPN") or lemma(c) in words.people for c in whom)


def _noun_keys(token: Token, base: str) -> list[str]:
    """``suicide_bomb_attack``, ``bomb_attack``, ``attack``."""
    keys = [base]
    doc, at, joined = token.doc, token.i, base
    for back in (1, 2, 3):
        if (
            at - back < 0
            or doc[at - back].is_space
            or (doc[at - back].is_sent_start is True and back > 1 and doc[at - back + 1].is_sent_start)
        ):
            break
        previous = doc[at - back]
        if previous.text == "-":
            continue
        joined = f"{lemma(previous)}_{joined}"
        keys.append(joined)
        if doc[at - back].is_sent_start:
            break
    keys = [key for key in keys if "_of_" not in key]  # "state of emergency" is found at its head
    keys += [f"{base}_on_{lemma(inner)}" for inner in prepositional(token, "on")]  # an attempt on his life
    after = doc[at + 1].lower_ if at + 1 < len(doc) else ""
    if after == "of" and at + 2 < len(doc):
        keys.append(f"{base}_of_{lemma(doc[at + 2])}")
    return keys[::-1]
