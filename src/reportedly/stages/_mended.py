"""Mends what the parser gets wrong often and always in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

ACCUSING = frozenset({"accuse", "suspect", "convict", "acquit", "guilty"})
FAR = 12
"""So many words after it, "of" may still say what of."""


FINITE = frozenset({"VBD", "VBZ", "VBP"})

ACTS = frozenset(
    {"attack", "bombing", "blast", "explosion", "shooting", "massacre", "siege", "riot", "protest", "stabbing", "raid"}
)
"""Acts that bear the name of where they were, and not of somebody."""


def mend(doc: Doc, parser: Language, is_name: Callable[[str], bool]) -> None:
    """Changes a parsed document in place.

    Args:
        doc: the document.
        parser: what parsed it.
        is_name: whether a word in lower case is a well-known place.
    """
    _name_places(doc, is_name)
    _make_deeds(doc, parser)
    _give_verbs_back(doc)
    _free_participles(doc)
    _join_fellows(doc)
    _name_months(doc)
    _give_shares_back(doc)
    _join_lists(doc)
    _join_infinitives(doc)


def _give_shares_back(doc: Doc) -> None:
    """ "Two gangs each claimed": the gangs claimed, and "each" only says how."""
    for share in [t for t in doc if t.lower_ in ("each", "both", "all") and t.dep_ in ("nsubj", "nsubjpass")]:
        if any(c.dep_ == share.dep_ and c.i == share.i - 1 and c.tag_ in ("NNS", "NNPS") for c in share.head.lefts):
            share.dep_ = "advmod"


def _join_lists(doc: Doc) -> None:
    """ "A judge, a clerk and two guards": three of a list, where the parser may take the clerk to be the judge."""
    for second in doc:
        if second.dep_ not in ("appos", "npadvmod") or second.left_edge.i < second.sent.start + 2:
            continue
        comma, first = doc[second.left_edge.i - 1], doc[second.left_edge.i - 2]
        if comma.text != "," or not _is_new(first) or not (_is_new(second) or _is_owned(second)):
            continue
        last = second
        while (after := next((c for c in last.rights if c.dep_ in ("conj", "appos")), None)) is not None:
            last = after
        told = any(c.dep_ == "cc" for c in last.head.children) and (_is_new(last) or _is_owned(last))
        if last.i != second.i and told and not second.is_ancestor(first):
            second.head, second.dep_ = first, "conj"


def _is_new(noun: Token) -> bool:
    """ "A clerk", "two guards": somebody not yet told of."""
    return noun.pos_ == "NOUN" and any(c.lower_ in ("a", "an") or c.dep_ == "nummod" for c in noun.lefts)


def _is_owned(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and any(c.dep_ == "poss" for c in noun.lefts)


def _join_infinitives(doc: Doc) -> None:
    """ "He admitted to having plotted to kill a guard and then attack the base": the attack was plotted, not made."""
    for verb in doc:
        over = verb.head
        if verb.dep_ != "conj" or verb.tag_ != "VB" or over.tag_ not in ("VBD", "VBZ", "VBN") or over.i > verb.i:
            continue
        if any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass", "neg", "mark") for c in verb.lefts):
            continue
        if any(c.tag_ == "MD" or c.lower_ in ("did", "does", "do") for c in over.children):
            continue
        within = [t for t in over.subtree if over.i < t.i < verb.i and t.tag_ == "VB" and t.pos_ == "VERB"]
        meant = [t for t in within if any(c.tag_ in ("TO", "MD") for c in t.lefts)]
        joint = next((c for c in over.rights if c.dep_ == "cc" and c.i < verb.i), None)
        if not meant or joint is None or any(c.dep_ == "conj" and c.i < verb.i for c in over.rights):
            continue
        if verb.is_ancestor(meant[-1]) or joint.is_ancestor(meant[-1]):
            continue
        verb.head = joint.head = meant[-1]


def _name_months(doc: Doc) -> None:
    """ "On the evening of 24 MAY two nuns were murdered": a month, as no verb with "may" is finite."""
    for may in doc[1:]:
        verb = may.head
        if may.lower_ != "may" or may.tag_ != "MD" or not may.nbor(-1).is_digit or verb.i == may.i:
            continue
        helpers = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass") and c.i > may.i]
        if verb.tag_ in FINITE or any(helper.tag_ in FINITE for helper in helpers):
            may.dep_, may.tag_, may.pos_, may.lemma_ = "npadvmod", "NNP", "PROPN", "May"


def _free_participles(doc: Doc) -> None:
    """ "The judge appointed to investigate the killings was threatened": it is told that he was threatened; "appointed" only says which judge."""
    for first in [t for t in doc if t.dep_ == "ROOT" and t.tag_ in ("VBD", "VBN")]:
        who = next((c for c in first.lefts if c.dep_ == "nsubj"), None)
        main = next((c for c in first.rights if c.dep_ in ("conj", "advcl") and c.pos_ in ("VERB", "AUX")), None)
        if who is None or main is None or who.i != first.i - 1 or any(c.dep_ == "cc" for c in first.children):
            continue
        helper = next((c for c in main.lefts if c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE), None)
        opens = helper.i if helper is not None else main.i if main.tag_ == "VBD" else -1
        if opens != main.left_edge.i or any(t.is_punct for t in doc[first.i : main.i]):
            continue
        if any(c.dep_ in ("nsubjpass", "aux", "auxpass", "dobj", "ccomp") for c in first.children):
            continue
        late = [c for c in first.children if c.i > main.i or (c.i < who.left_edge.i and c.dep_ != "nsubj")]
        main.head, main.dep_ = main, "ROOT"
        who.head, who.dep_ = main, "nsubjpass" if helper is not None and helper.dep_ == "auxpass" else "nsubj"
        first.head, first.dep_, first.tag_ = who, "acl", "VBN"
        for child in late:
            child.head = main


def _join_fellows(doc: Doc) -> None:
    """ "Three co-workers": one noun, which the parser may take for three."""
    for first in doc[: max(len(doc) - 2, 0)]:
        hyphen, noun = doc[first.i + 1], doc[first.i + 2]
        if first.lower_ not in ("co", "ex") or hyphen.text != "-" or noun.pos_ != "NOUN" or noun.sent != first.sent:
            continue
        if first.head.i == noun.i:
            continue
        over, dep = first.head, first.dep_
        if noun.head.i in (first.i, hyphen.i) or noun.dep_ == dep:
            noun.head, noun.dep_ = (noun if over.i == first.i else over), dep
        for child in [c for c in first.children if c.i not in (hyphen.i, noun.i)]:
            child.head = noun
        first.head, first.dep_ = noun, "compound"
        hyphen.head, hyphen.dep_ = noun, "punct"


def _give_verbs_back(doc: Doc) -> None:
    """ "A man wanted for violating his parole killed two": the man killed, not his parole; "wanted" only says who he is."""
    for wanted in [t for t in doc if t.lower_ == "wanted" and t.dep_ == "ROOT"]:
        somebody = next((c for c in wanted.lefts if c.dep_ == "nsubj"), None)
        deed = next((d for p in wanted.rights if p.lower_ == "for" for d in p.rights if d.dep_ == "pcomp"), None)
        verb = (
            next((c for c in deed.rights if c.dep_ == "ccomp" and c.tag_ == "VBD"), None) if deed is not None else None
        )
        if somebody is None or deed is None or verb is None or any(c.dep_ == "aux" for c in wanted.children):
            continue
        done = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.i + 1 == verb.i), None)
        if done is None or any(c.dep_ in ("dobj", "mark") for c in (*deed.children, *verb.lefts)):
            continue
        done.head, done.dep_ = deed, "dobj"
        verb.head, verb.dep_ = verb, "ROOT"
        for child in [c for c in wanted.children if c.i > verb.i]:
            child.head = verb
        somebody.head = verb
        wanted.head, wanted.dep_, wanted.tag_ = somebody, "acl", "VBN"


def _name_places(doc: Doc, is_name: Callable[[str], bool]) -> None:
    """ "The Manchester bombing": no person, unless the text knows somebody of that name."""
    people = {t.text for ent in doc.ents if len(ent) > 1 and ent.label_ == "PERSON" for t in ent}
    places = [
        Span(doc, t.i, t.i + 1, label="GPE")
        for t in doc
        if t.dep_ == "compound"
        and t.pos_ == "PROPN"
        and t.ent_type_ not in ("", "GPE", "LOC", "FAC", "NORP")
        and t.head.i > t.i
        and t.head.lemma_.lower() in ACTS
        and not (t.i and t.nbor(-1).pos_ == "PROPN")
        and t.text not in people
        and is_name(t.lower_)
    ]
    if places:
        doc.set_ents(places, default="unmodified")


def _make_deeds(doc: Doc, parser: Language) -> None:
    """ "Accused of burning villages": of what somebody is accused is a deed, and no villages that burn."""
    for token in doc:
        if not _describes(token) or token.head.tag_ not in ("NNS", "NNPS") or token.head.i <= token.i:
            continue
        before = token.nbor(-1) if token.i else token
        if before.lower_ == "of" and (accusing := _accusing(before)) is not None:
            before.head, before.dep_ = accusing, "prep"
            _make_gerund(token, before, "pcomp", parser)
        elif before.lower_ in ("and", "or") and (deed := _deed_before(token.head)) is not None:
            before.head = deed
            _make_gerund(token, deed, "conj", parser)


def _describes(token: Token) -> bool:
    """An "-ing" before a noun, as the parser sees it."""
    return token.dep_ in ("amod", "compound") and token.tag_ in ("VBG", "NN") and token.lower_.endswith("ing")


def _accusing(of: Token) -> Token | None:
    """The word that "of" belongs to, if it accuses; the parser may hang it on whoever accuses, or is accused."""
    first = max(of.i - FAR, of.sent.start)
    found = next((t for t in reversed(of.doc[first : of.i]) if t.lemma_.lower() in ACCUSING), None)
    over = of.head
    return found if found is not None and (over.i == found.i or found.is_ancestor(over)) else None


def _deed_before(noun: Token) -> Token | None:
    """In "accused of shelling hospitals and burning homes", with the homes: the shelling."""
    deed = noun.head.head
    of = deed.head
    listed = noun.dep_ == "conj" and noun.head.dep_ == "dobj" and deed.dep_ == "pcomp" and of.lower_ == "of"
    return deed if listed and _accusing(of) is not None else None


def _make_gerund(token: Token, over: Token, dep: str, parser: Language) -> None:
    done = token.head
    token.head, token.dep_, token.tag_, token.pos_ = over, dep, "VBG", "VERB"
    done.head, done.dep_ = token, "dobj"
    lemmatizer: Any = parser.get_pipe("lemmatizer")
    token.lemma_ = lemmatizer.lemmatize(token)[0]
