"""fill: who did it, to whom, where and when, where the rules found nobody and nothing and the learned head did.

The head is asked only of acts that are claimed, and only for what is empty: an argument that a rule found stands, for it can say why, unless the
head all but rules it out (`_doubted.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from spacy.tokens import Token

from reportedly.records import EventDate, Place
from reportedly.stages._clauses import TIMES
from reportedly.stages._doubted import doubted
from reportedly.stages._gather_words import GatherWords
from reportedly.stages._phrases import is_spared, offsets, prepositional
from reportedly.stages._scene import UNREST
from reportedly.stages._straying import is_told_of_a_thing
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Annotated, Argument, EventDraft, Offsets, Sentence
from reportedly.stages.gather import Gathered, Mentions
from reportedly.tagger import Tags

LIKELY = 0.75
"""From this probability on an argument is believed: on texts held back nine of ten such are right (`evals own`)."""
BODILY = frozenset({"arrest", "kidnapping", "hostage_taking", "killing", "assassination", "sexual_violence", "abuse"})
"""What is done to somebody, and to nothing."""
HINTS = frozenset({"information", "tip", "lead", "clue"})
"""What leads to an arrest."""
NAMES = frozenset({"NOUN", "PROPN", "PRON"})
NOBODY = frozenset({"it", "this", "that", "which", "there", "what"})
ANSWERS = frozenset({"repel", "repulse", "resist", "withstand", "thwart", "foil"})
RULERS = frozenset(
    {
        "police", "government", "officer", "policeman", "authority", "official", "army", "military", "troop", "soldier", "regime", "court",
        "judge", "parliament", "congress", "senate", "minister", "ministry", "president", "governor", "mayor", "administration", "council",
    }
)  # fmt: skip
"""Against whom people protest, or who watch over it."""
DRIVES = frozenset({"fight", "beat", "fend", "drive", "push", "ward", "hold"})
"""With *off* and *back*: what is done to an attack by those whom it is meant for."""


def fill(
    annotated: Annotated,
    kept: Sequence[Gathered],
    mentions: Mentions,
    tags: Tags,
    words: CodeWords,
    gathering: GatherWords,
) -> tuple[Gathered, ...]:
    """`kept` without the arguments that the head rules out, and with those that it sees where the rules saw none.

    Args:
        annotated: the article.
        kept: the acts that are incidents.
        mentions: the dates, places and numbers of the article.
        tags: what the head says of it.
        words: the lexicons of `code`.
        gathering: those of `gather`.
    """
    return tuple(_filled(annotated, item, mentions, tags, words, gathering) for item in kept)


def _filled(
    annotated: Annotated, item: Gathered, mentions: Mentions, tags: Tags, words: CodeWords, gathering: GatherWords
) -> Gathered:
    item = doubted(annotated, item, tags, words)
    draft = item.draft
    if draft.actors and draft.recipients and item.places and item.date is not None:
        return item
    act = tags.act(*draft.trigger)
    if act is None:
        return item
    who, whom, where, when = (
        [span for span, likely in zip(spans, sure, strict=True) if likely >= LIKELY]
        for spans, sure in zip(act.arguments, act.likely, strict=True)
    )
    actors, recipients = draft.actors, draft.recipients
    if not recipients:
        recipients = tuple(
            a
            for a in _arguments(annotated, draft, whom, "head.recipient", words, actors)
            if draft.event_type not in BODILY or lemma(annotated.doc[a.token]) not in words.lists["inanimate"] | HINTS
        )
    if not actors and draft.stage != "foiled":
        actors = tuple(
            a
            for a in _arguments(annotated, draft, who, "head.actor", words, recipients)
            if lemma(annotated.doc[a.token]) not in words.lists["inanimate"]
            and not _beats_it_back(annotated.doc[a.token], annotated.doc[draft.token])
            and not _looks_into_it(annotated.doc[a.token], annotated.doc[draft.token], words)
            and not is_spared(annotated.doc[a.token], words.lists["naming"])
            and not (draft.event_type in UNREST and _rules(annotated.doc[a.token]))
        )
    sentence = annotated.sentences[draft.sentence]
    places = item.places or tuple(
        msgspec.structs.replace(place, role="site") for place in mentions.places if _meets(place, where, sentence)
    )
    likely = (d for d in mentions.dates if d.resolved and _meets(d, when, sentence))
    date = item.date or next((d for d in likely if not _is_of_a_thing(annotated, draft, d, gathering)), None)
    noticed = {"actors"} if actors and not draft.actors else set[str]()
    noticed |= {"places"} if places and not item.places else set()
    noticed |= {"date"} if date is not None and item.date is None else set()
    made = replace(draft, actors=actors, recipients=recipients)
    return replace(item, draft=made, places=places, date=date, noticed=frozenset(noticed))


def _meets(mention: Place | EventDate, spans: Sequence[Offsets], sentence: Sentence) -> bool:
    """Whether a mention stands in one of the spans, and in the sentence of the act: a dateline is a sentence of its own."""
    at = mention.mention
    inside = sentence.start <= at.start and at.end <= sentence.end
    return inside and any(at.start < end and start < at.end for start, end in spans)


def _beats_it_back(token: Token, act: Token) -> bool:
    """ "The troops fought off several counterattacks": they made none."""
    top = act
    while top.dep_ == "conj":
        top = top.head
    verb = top.head
    off = any(c.dep_ == "prt" and c.lower_ in ("off", "back") for c in verb.children)
    answers = lemma(verb) in ANSWERS or (off and lemma(verb) in DRIVES)
    return answers and top.dep_ == "dobj" and token.dep_ == "nsubj" and token.head.i == verb.i


def _looks_into_it(token: Token, act: Token, words: CodeWords) -> bool:
    """ "The police looked into the shooting", "the council mourned the killing": no deed of theirs."""
    verb = token.head
    if token.dep_ != "nsubj" or act.pos_ == "VERB" or lemma(verb) not in words.lists["looks_into"]:
        return False
    return any(above.i == verb.i for above in act.ancestors)


def _rules(token: Token) -> bool:
    """ "Police made nine arrests at the march", "protests as the government refused": they do not march."""
    return token.ent_type_ == "GPE" or token.lemma_.lower() in RULERS


def _is_of_a_thing(annotated: Annotated, draft: EventDraft, date: EventDate, words: GatherWords) -> bool:
    """The year of "a hospital that was rebuilt in 2019" is not that of its bombing."""
    tokens = annotated.tokens(date.mention.start, date.mention.end)
    over = () if tokens is None else tuple(tokens.root.ancestors)
    clause = next((t for t in over if t.i == draft.token or t.dep_ == "relcl"), None)
    beside = clause is not None and clause.i != draft.token and clause.head.i != draft.token
    return clause is not None and beside and is_told_of_a_thing(clause, words)


def _arguments(
    annotated: Annotated,
    draft: EventDraft,
    spans: Sequence[Offsets],
    rule: str,
    words: CodeWords,
    others: Sequence[Argument],
) -> tuple[Argument, ...]:
    """The noun phrases that spans stand for; none that names the act, another act, a weapon, a time, or somebody in another part already."""
    out: dict[int, Argument] = {}
    for span in spans:
        tokens = annotated.tokens(*span)
        if tokens is None:
            continue
        for token in _heads(tokens.root, span, words.lists["edges"]):
            taken = {a.token for a in others} | set(out)
            inside = any(a.start <= token.idx < a.end for a in others)  # "a van of the Red Cross was burned"
            if token.i not in taken and not inside and _may_be(annotated, token, draft, words):
                out[token.i] = Argument(token.i, *offsets(token), rule)
    return tuple(out.values())


def _heads(root: Token, span: Offsets, edges: frozenset[str]) -> list[Token]:
    """The heads of a phrase: its own, and those of what is coordinated with it in the span; a floor of a bank is the bank."""
    if root.pos_ == "ADP":
        root = next((c for c in root.children if c.dep_ == "pobj"), root)
    if lemma(root) in edges:
        root = next(iter(prepositional(root, "of", "to")), root)
    return [root, *(t for t in root.conjuncts if span[0] <= t.idx < span[1] and t.i > root.i)]


def _may_be(annotated: Annotated, token: Token, draft: EventDraft, words: CodeWords) -> bool:
    start, end = offsets(token)
    base = lemma(token)
    return (
        token.pos_ in NAMES
        and annotated.sentence_of[token.i] == draft.sentence
        and not (start < draft.trigger[1] and draft.trigger[0] < end)
        and token.ent_type_ not in TIMES
        and token.lower_ not in NOBODY
        and not any(c.lower_ in ("no", "neither") and c.nbor().text != "." for c in token.lefts)
        and base not in words.lists["nobody"]
        and not (token.pos_ == "NOUN" and base in words.nominal and base not in words.people and token.ent_type_ == "")
        and not any(weapon.start < end and start < weapon.end for weapon in draft.weapons)
    )
