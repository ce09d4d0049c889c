"""Whom the learned head's words for a source name: the noun phrase in them, and what can be none."""

from __future__ import annotations

from spacy.tokens import Span, Token

from reportedly.stages._clauses import child_of, noun_phrase, own_subject
from reportedly.stages._cues import ReportingCues

PLACING = frozenset({"in", "on", "at", "near", "across", "inside", "within", "throughout", "around", "with", "amid"})
"""What stands after one of these is where or how, and speaks only if it is somebody or something that can."""
BELONGING = frozenset({"at", "of", "for", "from", "with"})
"""Between somebody and the body that he belongs to."""
BEFORE_NOUN = frozenset({"ADP", "SCONJ", "CCONJ", "PUNCT", "ADV", "AUX", "PART", "SPACE"})
"""What may stand before a noun phrase and is no part of it."""

DETAILS = frozenset({"compound", "amod", "nmod", "poss"})
"""How what tells a noun from others of its kind hangs on it."""


def sayer(words: Span) -> Span | None:
    """The noun phrase in `words`: of "citing security sources" the sources, of "as the rebels" the rebels, of "he turned" him; of two sentences
    (a heading, and the line below it) the last. None where there is none: "initial"."""
    doc = words.doc
    begin = max((token.i for token in words if token.is_sent_start or "\n" in token.text), default=words.start)
    words = doc[begin : words.end]
    root = words.root
    doer = own_subject(root) if root.pos_ in ("VERB", "AUX") else None
    if doer is not None and doer.dep_ == "expl":  # "there were emails"
        doer = child_of(root, "attr") or doer
    if doer is not None and words.start <= doer.i < words.end:
        first, last = noun_phrase(doer)
        words = doc[max(first, words.start) : min(last, words.end)]
    while len(words) > 1 and (words[0].pos_ in BEFORE_NOUN or _governs(words[0])):
        words = words[1:]
    head = words.root
    if head.pos_ == "ADJ" and head.dep_ == "amod" and head.head.i >= words.end:
        return None
    lefts = [child.left_edge.i for child in head.lefts if child.dep_ in DETAILS and child.i < words.start]
    return doc[min([*lefts, words.start]) : words.end]


def _governs(token: Token) -> bool:
    """ "citing", but not the ruling of "ruling party"."""
    return token.pos_ == "VERB" and token.dep_ not in ("amod", "compound")


def is_mere_place(token: Token, cues: ReportingCues) -> bool:
    """Whether words say where or how, and not who: "on both sides", "in Norland", "in this regard"."""
    if token.pos_ == "ADP":
        token = next((child for child in token.children if child.dep_ == "pobj"), token)
    if token.dep_ != "pobj" or token.head.lower_ not in PLACING:
        return False
    phrase = token.doc[token.i : noun_phrase(token)[1]]
    return not (_can_say(token, cues) or any(part.ent_type_ in ("PERSON", "ORG") for part in phrase))


def is_beside(token: Token, cues: ReportingCues) -> bool:
    """Whether words only say whose somebody is: the institute of "an analyst at the institute"."""
    whom = token.head.head
    if token.dep_ != "pobj" or token.head.lower_ not in BELONGING or whom.pos_ not in ("NOUN", "PROPN"):
        return False
    return whom.ent_type_ == "PERSON" or not _words(whom) & (cues.documents | cues.outlets | cues.interviews)


def holder_of(token: Token, cues: ReportingCues) -> Token | None:
    """ "Minister for the North": of words that only say whose somebody is, the somebody."""
    whom = token.head.head
    return whom if is_beside(token, cues) and (whom.ent_type_ == "PERSON" or _words(whom) & cues.persons) else None


def _can_say(token: Token, cues: ReportingCues) -> bool:
    return bool(_words(token) & (cues.speakers | cues.documents | cues.outlets | cues.interviews))


def _words(token: Token) -> frozenset[str]:
    return frozenset((token.lower_, token.lemma_.lower()))
