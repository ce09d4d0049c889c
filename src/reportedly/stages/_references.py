"""How the words of an event point to the rest of the article: "the attack", "that bombing", "a second bomb", "five of the wounded died".

What the parse shows and a finished claim no longer does; `group` stands on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from reportedly.records import Span
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Annotated, EventDraft
from reportedly.stages.gather import Gathered

Kind = Literal["none", "definite", "anaphoric", "new"]
Side = Literal["state", "armed"]
DEFINITE = frozenset({"the", "its", "his", "her", "their", "our"})
ANAPHORIC = frozenset({"this", "that", "these", "those", "such"})
NEW = frozenset(
    {
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "another",
        "other",
        "separate",
        "further",
        "fresh",
        "new",
        "more",
        "additional",
        "unrelated",
        "different",
    }
)
APART = frozenset({"elsewhere", "separately"})
BESIDE = frozenset({"meanwhile", "similarly", "likewise"})
"""Words before one more act that somebody does to somebody; what an act brought about they only add to."""
DOERS = frozenset(
    {
        "arsonist",
        "assailant",
        "assassin",
        "attacker",
        "bomber",
        "captor",
        "gunman",
        "hijacker",
        "kidnapper",
        "killer",
        "murderer",
        "perpetrator",
        "shooter",
    }
)
"""What those are called who did an act that is told: "the attackers"."""
CUSTODY = frozenset({"arrest", "raid", "seizure", "release"})
"""What the police did meanwhile, they did about what is told."""
OBJECTS = frozenset({"of", "on", "against", "at"})
"""Words before what an act is done to: "the attack on the bank"."""
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "obj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SIDES: Mapping[str, Side] = {
    "military": "state",
    "police": "state",
    "government": "state",
    "intelligence": "state",
    "armed_group": "armed",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What the words of one event say about its place in the story."""

    kind: Kind = "none"
    """``definite``: "the attack"; ``anaphoric``: "that attack"; ``new``: "a second bomb", "elsewhere"; ``none``: neither."""
    nominal: bool = False
    """True where a noun or "dead" tells it, not a verb."""
    consequence: bool = False
    """True for what an act brings about: killed, wounded."""
    dated: bool = True
    """False where the claim's date hangs on another verb: "condemned the attack on Tuesday"."""
    placed: bool = True
    """False where its places do: "In Geneva, the federation condemned the attack"."""
    sentence: int | None = None
    """Number of its sentence in the article."""
    of_day: bool = False
    """True for "Thursday's attack": one that is known, by its day."""
    side: Side | None = None
    """Whose deed it is, where the actor's noun says so: soldiers, gunmen."""
    guessed: bool = False
    """True where the learned head alone names its actors."""
    by_its_doers: bool = False
    """True where those do it who are known by an act already told: "the attackers then opened fire"."""
    series: tuple[int, str] | None = None
    """Where an act noun with an object of its own stands in a row: the same for "the murder of Ana Ruiz" and "the attack on the bank" after
    "they confessed to"."""


NOWHERE = Reference()


def reference(annotated: Annotated, item: Gathered, words: CodeWords) -> Reference:
    """How the event of `item` points to the rest of the article.

    Args:
        annotated: the article.
        item: the event with its date and places.
        words: the kinds of people that nouns name, and the verbs that only carry an event noun.
    """
    draft = item.draft
    token = annotated.doc[draft.token]
    nominal = token.pos_ in ("NOUN", "PROPN", "ADJ") or _is_epithet(token)
    kind = _kind(annotated, draft, token)
    dated = placed = True
    if nominal and kind in ("definite", "anaphoric"):
        carriers = {token.i, *(i for i in draft.anchors if lemma(annotated.doc[i]) in words.light)}
        dated = item.date is None or _owns(annotated, carriers, token, item.date.mention)
        placed = all(_owns(annotated, carriers, token, p.mention) for p in item.places)
    guessed = "actors" in item.noticed
    doers = () if guessed else draft.actors
    kinds = (words.people.get(_singular(annotated.doc[actor.token]), "") for actor in doers)
    side = next((SIDES[kind] for kind in kinds if kind in SIDES), None)
    of_day = token.pos_ == "NOUN" and any(c.dep_ == "poss" and c.ent_type_ == "DATE" for c in token.children)
    dated, placed = dated and "date" not in item.noticed, placed and "places" not in item.noticed
    known = any(_is_known_doer(annotated.doc[actor.token]) for actor in doers)
    return Reference(
        kind, nominal, draft.consequence, dated, placed, draft.sentence, of_day, side, guessed, known, _series(token)
    )


def _is_epithet(token: Token) -> bool:
    """ "Murdered" in "the murdered inspector": it says who somebody is, and tells nothing new."""
    before = token.nbor(-1) if token.i else token
    owned = before.lower_ in DEFINITE | ANAPHORIC or (before.pos_ == "ADV" and before.i > 0)
    return token.dep_ == "amod" and token.tag_ == "VBN" and token.head.pos_ in ("NOUN", "PROPN") and owned


def _is_known_doer(token: Token) -> bool:
    """ "The attackers", "these gunmen"."""
    said = {child.lower_ for child in token.children if child.dep_ == "det"}
    return _singular(token) in DOERS and bool(said & (DEFINITE | ANAPHORIC))


def _series(token: Token) -> tuple[int, str] | None:
    """The row of nouns in which an act noun with an object of its own stands, by the word that the row hangs on."""
    if token.pos_ != "NOUN" or not any(c.dep_ == "prep" and c.lower_ in OBJECTS for c in token.children):
        return None
    first = token
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
        first = first.head
        if first.dep_ == "pobj" and first.head.lower_ in OBJECTS and first.head.head.pos_ == "NOUN":
            first = first.head.head  # "the murder of Ruiz and the attack on Paz": no attack goes with Ruiz
    if first.dep_ != "pobj":
        return first.i, ""
    prep = first.head
    while prep.dep_ == "conj" and prep.head.pos_ == "ADP":
        prep = prep.head
    return prep.head.i, prep.lower_


def _kind(annotated: Annotated, draft: EventDraft, token: Token) -> Kind:
    pointers = _pointers(draft, token)
    words = {
        child.lower_
        for noun in pointers
        for child in noun.children
        if child.dep_ in ("det", "poss", "amod", "predet", "nummod")
    }
    if _is_epithet(token):
        words |= {child.lower_ for child in token.head.children if child.dep_ in ("det", "poss")}
    first = annotated.sentences[draft.sentence].tokens[0].lower_
    one_more = draft.recipients and not draft.consequence and draft.event_type not in CUSTODY
    if first in BESIDE and one_more and not words & (DEFINITE | ANAPHORIC):
        return "new"
    if words & NEW or first in APART or _in_another(token) or _another_target(annotated, draft):
        return "new"
    if words & ANAPHORIC or any(noun.lower_ == "it" for noun in pointers):
        return "anaphoric"
    owned = any(child.dep_ == "poss" and child.ent_type_ != "DATE" for child in token.children)
    return "definite" if words & DEFINITE or (owned and token.pos_ == "NOUN") else "none"


def _pointers(draft: EventDraft, token: Token) -> list[Token]:
    """The nouns that say which act it is: the trigger itself, or the weapon that the verb is about."""
    if token.pos_ in ("NOUN", "PROPN"):
        return [token]
    verb = token
    while verb.dep_ == "conj" and verb.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in verb.children):
        verb = verb.head
    spots = [(w.start, w.end) for w in draft.weapons]
    own = [c for c in token.children if c.dep_ in ARGUMENTS] + [
        c for c in verb.children if c.dep_ in SUBJECTS and verb is not token
    ]
    return [c for c in own if any(start <= c.idx < end for start, end in spots) or (c.lower_ == "it" and spots == [])]


def _in_another(token: Token) -> bool:
    """ "in a separate incident", "in another attack"."""
    preps = [c for c in token.children if c.dep_ == "prep" and c.lower_ == "in"]
    return any(
        word.lower_ in NEW
        for p in preps
        for noun in p.children
        if noun.dep_ == "pobj"
        for word in noun.children
        if noun.lemma_.lower() in ("incident", "attack", "case", "episode", "operation")
    )


def _another_target(annotated: Annotated, draft: EventDraft) -> bool:
    """ "attacked a second village": one more victim of a killing is no further act."""
    if draft.consequence or draft.event_type == "killing":
        return False
    return any(
        c.lower_ in ("second", "third", "another") for r in draft.recipients for c in annotated.doc[r.token].children
    )


def _singular(token: Token) -> str:
    """The noun's lemma; the parser leaves "Gunmen" at the head of a text as it is."""
    base = lemma(token)
    return f"{base[:-3]}man" if base.endswith("men") else base


def _owns(annotated: Annotated, carriers: Set[int], token: Token, mention: Span) -> bool:
    """Whether the mention hangs on the noun itself, on its relative clause, or on a verb whose subject the noun is."""
    span = annotated.tokens(mention.start, mention.end)
    return span is not None and any(_leads_to(at, token, carriers) for at in span)


def _leads_to(at: Token, token: Token, carriers: Set[int]) -> bool:
    while at.i not in carriers:
        if at.pos_ in ("VERB", "AUX"):
            relative = at.dep_ in ("relcl", "acl") and at.head.i <= token.i < at.i
            return relative or any(c.i == token.i and c.dep_ in SUBJECTS for c in at.children)
        if at.head.i == at.i:
            return False
        at = at.head
    return True
