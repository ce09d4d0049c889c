"""Who says it: the hop or hops that a cue's neighbours name."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from reportedly.records import SourceKind
from reportedly.stages._clauses import (
    agent,
    antecedent,
    child_of,
    is_passive,
    noun_phrase,
    own_subject,
    prepositional,
    subject,
)
from reportedly.stages._contents import second_cue
from reportedly.stages._cues import ReportingCues
from reportedly.stages.drafts import Hop

SHOWING = frozenset(("make", "show", "suggest", "indicate", "signal", "prove", "demonstrate", "reveal"))
"""What an act does that is told of as if it spoke."""
FIRST_AND_SECOND = frozenset(("i", "we", "you"))


def hop(head: Token, cues: ReportingCues, anonymous: bool | None = None, kind: SourceKind | None = None) -> Hop:
    """The noun phrase of `head` as a station of the chain."""
    doc = head.doc
    start, end = noun_phrase(head)
    first, last = doc[start], doc[end - 1]
    if kind is None:
        kind = _kind(head, cues)
    if anonymous is None:
        anonymous = _anonymous(head, cues)
    return Hop(first.idx, last.idx + len(last), kind, anonymous)


def _kind(head: Token, cues: ReportingCues) -> SourceKind | None:
    if head.pos_ == "PRON":
        return None
    lemma = head.lemma_.lower()
    if is_outlet(head, cues):
        return "outlet"
    if head.ent_type_ == "PERSON":
        return "person"
    if lemma in cues.persons:
        return "group" if head.tag_ in ("NNS", "NNPS") else "person"
    if lemma in cues.nameless:
        return "group"
    if head.pos_ != "PROPN" and lemma in cues.documents:
        return "document"
    return "organisation" if head.ent_type_ == "ORG" else None


def _anonymous(head: Token, cues: ReportingCues) -> bool | None:
    """True where the head noun names nobody and nothing beside it does; None where only the resolver can tell."""
    if head.pos_ == "PROPN" or head.ent_type_ == "PERSON":
        return False
    if head.lemma_.lower() not in cues.nameless:
        return None
    return not any(
        child.dep_ in ("appos", "compound", "nmod") and child.ent_type_ == "PERSON" for child in head.children
    )


def is_outlet(head: Token, cues: ReportingCues) -> bool:
    """True for a paper, a station, an agency, by its name or by the noun."""
    if head.pos_ not in ("NOUN", "PROPN"):
        return False
    if head.pos_ == "NOUN" and head.lemma_.lower() in cues.nameless:  # "observers"
        return False
    if head.pos_ == "NOUN" and head.is_lower and not {head.lower_, head.lemma_.lower()} & cues.lowly_outlets:
        if head.lower_ != "agency":  # "the liberation of the town" is no paper
            return False
    elif head.lower_ in cues.outlets or head.lemma_.lower() in cues.outlets:
        return head.pos_ == "PROPN" or head.lemma_.lower() not in cues.documents
    if head.ent_type_ == "PERSON":
        return False
    if head.lower_ == "agency":
        return any(child.lower_ == "news" for child in head.children)
    return head.pos_ == "PROPN" and any(
        c.dep_ == "compound" and c.pos_ == "PROPN" and c.lower_ in cues.outlets for c in head.children
    )


def chain_of(verb: Token, cues: ReportingCues, beside: Token | None = None) -> tuple[list[Hop], Token | None]:
    """The chain of an active cue, origin first, and the token that heads the origin.

    `beside` is the noun phrase between the cue and a quotation: what the parse says gives way to it. "X told Y" is [X, Y] where Y is an outlet; "Y quoted X as saying" is [X, Y] too.
    """
    quoted = _quoted_as(verb)
    if quoted is not None:
        origin, via = quoted
        hops = [hop(origin, cues)]
        if via is not None and via != origin:
            hops.append(hop(via, cues))
        return hops, origin
    origin_token = beside or _speaker(verb, cues)
    if origin_token is None:
        return [], None
    hops = [_as_written(verb, origin_token, hop(origin_token, cues))]
    via = hearer_outlet(verb, cues)
    if via is not None and via != origin_token:
        hops.append(hop(via, cues, kind="outlet", anonymous=False))
    return hops, origin_token


def _as_written(verb: Token, origin: Token, found: Hop) -> Hop:
    """At the relative pronoun, where one stands for the origin: "Vox, which reported"; the resolver knows whom it means."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i > origin.i and antecedent(verb, child) == origin != child:
            return replace(found, start=child.idx, end=child.idx + len(child))
    return found


def _speaker(verb: Token, cues: ReportingCues) -> Token | None:
    """The subject; of a participle after a passive, whoever did it; of a document's words, whoever put it out."""
    first = second_cue(verb, cues)
    if first is not None:
        return subject(first)
    if verb.dep_ == "acl" and verb.head.dep_ == "dobj" and verb.head.lemma_ in cues.documents:
        issuing = verb.head.head
        if issuing.lemma_ in cues.issuing and not is_passive(issuing):
            return subject(issuing)
    if verb.dep_ == "advcl" and own_subject(verb) is None and is_passive(verb.head):
        by = agent(verb.head)
        if by is not None or _is_accused(verb.head, cues):
            return by
    found = subject(verb)
    if found is None or _only_borrowed(verb, found, cues):
        return None
    if found.is_punct:  # "[FMLN] reports": the mark was taken for the name within
        inside = found.doc[found.i - 1] if found.i else found
        return inside if inside.pos_ in ("NOUN", "PROPN", "PRON") else None
    return _document_beside(verb, found, cues) or _people_beside(verb, found, cues) or found


def _is_accused(verb: Token, cues: ReportingCues) -> bool:
    """ "Ruiz is charged with fraud, alleging …": whoever charges her alleges."""
    cue = cues.words.get(("verb", verb.lemma_.lower()))
    return cue is not None and "accusation" in cue.takes


def _only_borrowed(verb: Token, found: Token, cues: ReportingCues) -> bool:
    """ "The convoy was hit from the air, making it clear that …": the convoy makes nothing clear."""
    borrowed = verb.dep_ == "advcl" and verb.tag_ == "VBG" and own_subject(verb) is None
    return borrowed and verb.lemma_ in SHOWING and is_thing(found, cues)


def is_thing(noun: Token, cues: ReportingCues) -> bool:
    """A noun that is nobody's name and can say nothing: a convoy, a property."""
    if noun.pos_ != "NOUN" or noun.ent_type_ in ("PERSON", "ORG", "NORP", "GPE"):
        return False
    return not {noun.lower_, noun.lemma_.lower()} & (cues.speakers | cues.institutions)


def _people_beside(verb: Token, found: Token, cues: ReportingCues) -> Token | None:
    """ "Nine policemen were found in the yard of the house who said …": they, not the house."""
    teller = own_subject(verb)
    if verb.dep_ != "relcl" or found != verb.head or teller is None or teller.lower_ != "who":
        return None
    at = found
    while at.dep_ == "pobj" and at.lemma_.lower() in cues.mute:
        at = at.head.head
        if at.pos_ in ("VERB", "AUX"):
            at = subject(at) or at
    return at if at != found and at.pos_ in ("NOUN", "PROPN") and not is_thing(at, cues) else None


def _document_beside(verb: Token, found: Token, cues: ReportingCues) -> Token | None:
    """ "left a letter under the saddle that said": the letter, not the saddle."""
    if verb.dep_ != "relcl" or found != verb.head or found.dep_ != "pobj" or found.lemma_ in cues.documents:
        return None
    if found.ent_type_ in ("PERSON", "ORG", "NORP") or found.lemma_ in cues.persons:
        return None
    above = found.head.head
    around = (above, *(child for child in above.rights if child.dep_ == "dobj" and child.i < found.i))
    return next((noun for noun in around if noun.pos_ == "NOUN" and noun.lemma_ in cues.documents), None)


def _quoted_as(verb: Token) -> tuple[Token, Token | None] | None:
    """Of "Y quoted X as saying": X and Y; of "X was quoted (by Y) as saying": X and Y if there."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as" or verb.head.head.pos_ != "VERB":
        return None
    quoting = verb.head.head
    if is_passive(quoting):
        origin = subject(quoting)
        return (origin, agent(quoting)) if origin is not None else None
    told = child_of(quoting, "dobj")
    return (told, subject(quoting)) if told is not None else None


def hearer_outlet(verb: Token, cues: ReportingCues) -> Token | None:
    """The outlet that was told: "told the Herald", "said in an interview with the Herald", "said to the Herald"."""
    cue = cues.words.get(("verb", verb.lemma_.lower()))
    if cue is None:
        return None
    for child in verb.children:
        if child.dep_ in ("dobj", "dative", "iobj") and "hearer" in cue.takes and is_hearer_outlet(child, cues):
            return child
        if child.dep_ not in ("prep", "dative") or child.lower_ in cue.prepositions:
            continue
        for inner in child.children:
            if inner.dep_ != "pobj":
                continue
            if child.lower_ == "to" and is_hearer_outlet(inner, cues):
                return inner
            if inner.lower_ in cues.interviews and child.lower_ in ("in", "on", "with", "during"):
                who = prepositional(inner, ("with", "to", "on", "for"))
                if who is not None and is_hearer_outlet(who[1], cues):
                    return who[1]
    return None


def is_hearer_outlet(head: Token, cues: ReportingCues) -> bool:
    """True for a hearer that passes on what it hears: an outlet by its words, a name with a capital
    The, or a named organisation that is no institution and no acronym (nobody is told things in print so often as the
    press)."""
    if head.lemma_.lower() in cues.audiences:
        return False
    if is_outlet(head, cues):
        return True
    first = head.left_edge
    titled = first.text == "The" and not first.is_sent_start and head.ent_type_ not in ("PERSON", "GPE", "LOC")
    if head.pos_ != "PROPN" or not (titled or (head.ent_type_ == "ORG" and not head.is_upper)):
        return False
    return not any(token.lower_ in cues.institutions for token in head.subtree)
