"""Which sayings hold which word, the innermost first, and whose voice each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from reportedly.stages.drafts import Attributed

STANDS = frozenset({"denies", "confirms", "questions", "declines_to_confirm"})
"""Who does one of these to another's word is a voice beside it, no station on its way."""
TURNING = frozenset({"accuses", "denies", "questions", "declines_to_confirm", "admits"})
"""Stances that would say of an act what is only said of something else at its time."""
WHEN = frozenset({"after", "before", "since", "following"})
BESIDE = frozenset({"into", "surrounding", "regarding"})
"""Between an inquiry, a secret, and the act that it is about: "impeding the investigation into the blast"."""
NAMING = frozenset({"call", "label", "describe", "brand", "designate", "classify", "term"})
"""Who does not call the killing terrorism does not deny the killing."""
COVERING = frozenset(
    {"cover", "conceal", "hide", "downplay", "exploit", "politicise", "politicize", "mishandle", "condone", "glorify"}
)
"""What somebody is blamed for doing about an act that others did."""


def attributions_at(triggers: Iterable[int], sayings: Iterable[Attributed]) -> dict[int, list[Attributed]]:
    """For the word at each of `triggers` the attributions whose content holds it, innermost first."""
    order = sorted(set(triggers))
    holding: dict[int, list[Attributed]] = {at: [] for at in order}
    for said in sayings:
        for at in held(said, order):
            if not (said.cue and said.cue[0] <= at < said.cue[1]):
                holding[at].append(said)
    for at, found in holding.items():
        found.sort(key=lambda said: (sum(end - start for start, end in said.content), said.content, -len(said.chain)))
        holding[at] = _led(found)
    return holding


def _led(around: list[Attributed]) -> list[Attributed]:
    """Without the nameless word within what somebody denies, confirms, doubts: "dismissed suggestions that it was shelled" is a denial; it is
    nobody's, and above all not his who answers it."""
    while len(around) > 1 and around[1].chain and around[1].stance != "asserts" and _is_nobodys(around[0], around[1]):
        # "No comment, he said when asked about the raid": what nobody by name asks goes wherever it stands
        asked = around[0].stance == "questions" and not around[0].chain
        if not asked and (around[0].cue is None or not held(around[1], [around[0].cue[0]])):
            break
        around = around[1:]
    return around


def _is_nobodys(inner: Attributed, outer: Attributed) -> bool:
    """Whether the inner word has no source, or only the one that takes a stance to it: "*they* challenged the claim that"."""
    if not inner.chain:
        return True
    own, other = inner.chain[0], outer.chain[0]
    return outer.stance in STANDS and len(inner.chain) == 1 and other.start <= own.start and own.end <= other.end


def voices(around: Sequence[Attributed]) -> list[Sequence[Attributed]]:
    """Nested attributions, and apart from them the outer one that takes a stance to the inner: "the army denied police reports that …"."""
    for number, said in enumerate(around[1:], start=1):
        inner = around[number - 1]
        if said.stance in STANDS and said.chain and inner.chain and inner.cue and held(said, [inner.cue[0]]):
            return [around, around[number:]]
    return [around]


def is_only_known(act: Token) -> bool:
    """ "accused him of silence after the Tarvik attacks", "of covering up the murder", "refused to call the killing terrorism": nobody is accused of these there."""
    while act.dep_ == "conj" and act.head.pos_ in ("NOUN", "PROPN"):
        act = act.head
    certain = any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "any", "no") for c in act.children)
    hidden = act.dep_ == "dobj" and act.head.lemma_ in COVERING
    beside = act.dep_ == "pobj" and act.head.lower_ in (*WHEN, *BESIDE)
    named = act.dep_ in ("dobj", "nsubj") and act.head.lemma_ in NAMING
    named = named and not any(c.lower_ == "into" for c in act.head.children)  # "called the toll into question"
    return act.pos_ == "NOUN" and certain and (hidden or beside or named)


def taken_as_known(around: Sequence[Attributed]) -> Sequence[Attributed]:
    """Nested attributions of an act that the innermost neither blames on anybody nor disputes, but takes as known."""
    if not around or around[0].stance not in TURNING:
        return around
    return [replace(around[0], stance="asserts", certainty="certain"), *around[1:]]


def held(said: Attributed, triggers: Sequence[int]) -> set[int]:
    """Those of `triggers`, which are in order, that the content of `said` holds."""
    return {
        at for start, end in said.content for at in triggers[bisect_left(triggers, start) : bisect_left(triggers, end)]
    }
