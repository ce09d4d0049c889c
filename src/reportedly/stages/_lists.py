"""Lists of people and things, with the asides that the parser mixes up with them: "a hall, a bank, and two cars"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
DASHES = frozenset({"-", "--", "–", "—", "(", ")"})
BREAKS = DASHES | {","}
NO_PERSON = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC", "DATE"})
PLURAL = frozenset({"NNS", "NNPS"})
SINGULAR = frozenset({"was", "is", "has"})
"""What follows a subject that is one."""
OWN = frozenset({"det", "nummod", "poss"})
"""What shows that a noun begins a phrase of its own."""

Apart = Callable[[Token, Token], bool]


def with_conjuncts(tokens: list[Token], are_two: Apart = lambda noun, after: False) -> list[Token]:
    """`tokens` and what is listed with them, over the asides between.

    Args:
        tokens: the heads of noun phrases.
        are_two: whether a noun after another names something else, and does not describe it: "a bank" after "the hall,".
    """
    out: list[Token] = []
    for token in tokens:
        stack = [token]
        while stack:
            one = stack.pop(0)
            if one not in out:
                out.append(one)
            stack += _following(one, are_two)
    return out


def _following(noun: Token, are_two: Apart) -> Iterator[Token]:
    """What is listed right after `noun`."""
    for after in noun.children:
        if after.i < noun.i or after.pos_ not in NOMINAL or after.dep_ not in ("conj", "appos"):
            continue
        if after.dep_ == "conj" and not _opens(after, DASHES):
            yield after
        elif after.dep_ == "appos" and _is_one(noun):
            continue
        elif after.dep_ == "appos" and _is_next(noun, after, are_two):
            yield after
        else:
            yield from (t for t in _behind(after) if not _is_place_beside(t, noun))


def _is_one(noun: Token) -> bool:
    """ "Hugo Reyes, a judge and poet, was shot": a single subject has only asides."""
    above = noun.head.children if noun.dep_ in ("nsubj", "nsubjpass") else ()
    return any(c.dep_ in ("aux", "auxpass") and c.lower_ in SINGULAR for c in above)


def _is_next(noun: Token, after: Token, are_two: Apart) -> bool:
    """Whether an apposition is the next of a list: "Ana Ruiz, a judge, Hugo Reyes, a clerk, and…", "the priests Ana Ruiz and Hugo Reyes"."""
    listed = any(t.dep_ == "cc" for t in after.subtree) and after.left_edge.lower_ != "alias"
    if listed and _is_person(after):
        beside = after.left_edge.i - noun.i <= 2  # "the priests Ana Ruiz and", "two priests, Ana Ruiz and"
        return (noun.tag_ in PLURAL and beside) or (noun.pos_ == "PROPN" and _is_person(noun) and _opens(after, BREAKS))
    if not listed or noun.pos_ != "NOUN" or after.pos_ != "NOUN" or not any(True for _ in _behind(after)):
        return False
    guards = noun.tag_ == "NN" and after.tag_ == "NNS" and any(c.dep_ == "nummod" for c in after.children)
    return guards or are_two(noun, after)


def _is_person(name: Token) -> bool:
    """ "Hugo Reyes", "Hugo and Ana Reyes": the model may take the first for a work of art."""
    known = name.ent_type_ or next((c.ent_type_ for c in name.children if c.dep_ == "conj"), "")
    return name.pos_ == "PROPN" and name.ent_type_ not in NO_PERSON and known not in NO_PERSON


def _behind(aside: Token) -> Iterator[Token]:
    """ "Hugo Reyes, a judge, and Ana Ruiz", "six priests -- five men and a boy -- and two women": what the parser coordinates with the aside."""
    dashed = _opens(aside, DASHES)
    if not dashed and not _opens(aside, BREAKS):
        return
    stack = [c for c in aside.children if c.dep_ == "conj" and c.pos_ in NOMINAL]
    for one in stack if dashed else stack[:1]:
        if not _is_set_off(one, DASHES if dashed else BREAKS):
            stack += [c for c in one.children if c.dep_ == "conj" and c.pos_ in NOMINAL]
        elif dashed or one.pos_ == "PROPN" or one.tag_ == "NNS" or any(c.dep_ in OWN for c in one.lefts):
            yield one


def _is_place_beside(name: Token, noun: Token) -> bool:
    """ "attacked troops in Velm, a town in the north, and Tarsa": Tarsa is one more place, and no troops."""
    return name.pos_ == "PROPN" and name.ent_type_ != "PERSON" and noun.tag_ != "NNP"


def _opens(noun: Token, marks: frozenset[str] | set[str]) -> bool:
    """Whether one of `marks` stands before the phrase of `noun`."""
    first = noun.left_edge
    return first.i > 0 and first.nbor(-1).text in marks


def _is_set_off(noun: Token, marks: frozenset[str] | set[str]) -> bool:
    """ ", and Ana Ruiz"."""
    joint = noun.left_edge.i - 1
    return joint > 1 and noun.doc[joint].dep_ == "cc" and noun.doc[joint - 1].text in marks
