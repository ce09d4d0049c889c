"""Attributions whose cue is no verb: "according to", "the claim that", "is convinced that", "reportedly"."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.stages._clauses import (
    FINITE,
    SUBJECTS,
    TIMES,
    VERBAL,
    Range,
    child_of,
    is_passive,
    noun_phrase,
    own_subject,
    prepositional,
    subject,
    verb_group,
)
from reportedly.stages._cues import ReportingCue, ReportingCues
from reportedly.stages._quotes import Page
from reportedly.stages._sources import FIRST_AND_SECOND, hop
from reportedly.stages._spoken import Draft
from reportedly.stages._stances import is_unaware, stance_of


def from_according(page: Page, token: Token, cues: ReportingCues) -> list[Draft]:
    """ "according to CNN, …", "…, according to police", "in the words of …"."""
    found = _according(token)
    if found is None:
        return []
    last_word, source = found
    doc = page.doc
    start, end = token.i, max(noun_phrase(source)[1], source.right_edge.i + 1)
    first, last = _scope(token, *page.sentence(token.i))
    if end > last:
        end = last
    if start - first <= 2:
        if end < last and doc[end].text != ",":
            comma = next((i for i in range(noun_phrase(source)[1], last) if doc[i].text == ","), None)
            end = comma if comma is not None else end
        content = [(end, last)]
    else:
        content = [(first, start)]
        if end < last - 2 and doc[end].text == ",":
            content.append((end, last))
    who = hop(source, cues)
    return [
        Draft(
            (who,),
            (token.i, last_word + 1),
            doc[token.i : last_word + 1].text.lower(),
            content,
            "asserts",
            "certain",
            "according-to",
            spoken=True,
            cluster=(start, end),
        )
    ]


def _according(token: Token) -> tuple[int, Token] | None:
    """The last word of the set phrase, and the head of the source."""
    doc = token.doc
    if token.lower_ == "according":
        to = child_of(token, "prep")
        if to is None or to.lower_ != "to":
            return None
        source = child_of(to, "pobj")
        return (to.i, source) if source is not None else None
    following = [word.lower_ for word in doc[token.i + 1 : token.i + 4]]
    if len(following) < 3 or following[0] != "the" or following[2] != "of":
        return None
    if following[1] not in ("words", "opinion", "view", "eyes"):
        return None
    source = child_of(doc[token.i + 3], "pobj")
    return (token.i + 3, source) if source is not None else None


def _scope(token: Token, start: int, end: int) -> Range:
    """The clause that the phrase speaks for: the sentence, or the half of it that the phrase stands in."""
    head = token.head
    while head.dep_ not in ("ROOT", "conj", "ccomp") and head.head.i != head.i:
        head = head.head
    told = _told_in(head)
    if (
        told is not None and token.i > 0 and token.doc[token.i - 1].text == ","
    ):  # "He said that one fled and that one died, according to"
        head = told
    if head.dep_ == "conj" and head.pos_ in VERBAL and own_subject(head) is not None:
        return max(start, head.left_edge.i), min(end, head.right_edge.i + 1)
    if head.dep_ == "ROOT":
        for child in head.rights:
            if child.dep_ == "conj" and own_subject(child) is not None and token.i < child.left_edge.i:
                return start, child.left_edge.i
    return start, end


def _told_in(head: Token) -> Token | None:
    """The verb in whose clause `head` is told of, where it is one of several things that are told."""
    while head.dep_ == "conj" and head.head.pos_ in VERBAL:
        head = head.head
    return head.head if head.dep_ == "ccomp" and head.head.i < head.left_edge.i else None


def from_noun(page: Page, noun: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """ "the claim that …", "his assertion that …", "a plan to …" with a possessor or somebody who makes it."""
    content = _noun_content(noun, cue)
    if content is None:
        return None
    holder = _holder(noun, cues)
    if holder is None and cue.kind == "speech" and noun.dep_ in SUBJECTS and _names_no_one(noun):
        return Draft(
            (hop(noun, cues, True, "document"),),
            (noun.i, noun.i + 1),
            cue.lemma,
            [content],
            cue.stance,
            "possible",
            "speech-noun-alone",
            cluster=(noun.i, noun.i + 1),
        )
    if holder is None or holder.lower_ in FIRST_AND_SECOND:
        return None
    start = noun.i
    head = noun.head
    if noun.dep_ == "dobj" and subject(head) == holder and head.pos_ == "VERB":
        start = verb_group(head)[0]
    return Draft(
        (hop(holder, cues),),
        (start, noun.i + 1),
        cue.lemma,
        [content],
        cue.stance,
        cue.certainty,
        f"{cue.kind}-noun",
        cluster=(start, noun.i + 1),
    )


def _names_no_one(noun: Token) -> bool:
    """True for bare "reports", "claims", "a rumour"."""
    return all(
        child.dep_ in ("amod", "acl", "ccomp", "punct") or child.lower_ in ("a", "an") for child in noun.children
    )


def _noun_content(noun: Token, cue: ReportingCue) -> Range | None:
    for child in noun.rights:
        if child.dep_ in ("acl", "ccomp", "relcl", "xcomp"):
            marks = {c.lower_ for c in child.lefts if c.dep_ in ("mark", "aux", "advmod")}
            if child.dep_ != "relcl" and "that" in marks and "clause" in cue.takes:
                return child.left_edge.i, child.right_edge.i + 1
            if "to" in marks and "infinitive" in cue.takes:
                return child.left_edge.i, child.right_edge.i + 1
        if child.dep_ == "prep" and child.lower_ in cue.prepositions and cue.kind != "intention":
            return child.i, child.right_edge.i + 1
    if noun.dep_ == "dobj" and "clause" in cue.takes:  # "gave assurances that": hung on the verb
        for child in noun.head.rights:
            if child.dep_ == "ccomp" and child.left_edge.i == noun.i + 1 and child.left_edge.lower_ == "that":
                return child.left_edge.i, child.right_edge.i + 1
    return None


def _holder(noun: Token, cues: ReportingCues) -> Token | None:
    """Whose claim it is: the possessor, "by X", or the subject of the verb that makes it."""
    owner = child_of(noun, "poss")
    if owner is not None and owner.ent_type_ not in TIMES:
        return owner
    by = prepositional(noun, ("by", "from"))
    if by is not None and by[1].pos_ in ("NOUN", "PROPN", "PRON"):
        return by[1]
    head = noun.head
    if noun.dep_ == "dobj" and head.pos_ == "VERB" and head.lemma_ in cues.making and not is_passive(head):
        return subject(head)
    return None


def from_adjective(page: Page, word: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """ "is convinced that …", "are worried about …", "is willing to …"."""
    verb = word.head
    if word.dep_ not in ("acomp", "ROOT", "conj", "oprd") or verb.pos_ not in VERBAL:
        return None
    who = subject(verb)
    if who is None or who.lower_ in ("it", "there", "that", "this") or who.lower_ in FIRST_AND_SECOND:
        return None
    content: Range | None = None
    for child in word.rights:
        if child.dep_ in ("ccomp", "xcomp", "advcl") and (
            ("infinitive" in cue.takes and any(c.lower_ == "to" for c in child.lefts))
            or ("clause" in cue.takes and own_subject(child) is not None)
        ):
            content = (child.left_edge.i, child.right_edge.i + 1)
            break
    if content is None and cue.prepositions:
        found = prepositional(word, cue.prepositions)
        content = (found[1].left_edge.i, found[1].right_edge.i + 1) if found else None
    if content is None:
        return None
    stance, certainty = stance_of(verb, cue, cues)
    kind = "unaware" if is_unaware(verb, cue, cues) else cue.kind
    start = verb_group(verb)[0]
    cluster = (min(start, word.i), word.i + 1)
    return Draft(
        (hop(who, cues),), cluster, cue.lemma, [content], stance, certainty, f"{kind}-adjective", cluster=cluster
    )


def from_adverb(page: Page, word: Token, cue: ReportingCue, cues: ReportingCues) -> Draft | None:
    """ "reportedly", "allegedly": somebody says so, and no words say who."""
    head = word.head
    if word.dep_ != "advmod" or head.pos_ not in VERBAL:
        return None
    start, end = head.left_edge.i, head.right_edge.i + 1
    if head.tag_ not in FINITE and own_subject(head) is None:
        return None
    return Draft(
        (),
        (word.i, word.i + 1),
        cue.lemma,
        [(start, end)],
        cue.stance,
        cue.certainty,
        "hearsay-adverb",
        cluster=(word.i, word.i + 1),
    )
