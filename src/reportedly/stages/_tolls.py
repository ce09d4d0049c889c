"""What claims that belong together bound a number of dead or wounded to: victims only, no part of a number for the whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reportedly.entries import Range
from reportedly.records import Claim, Event, Quantity, QuantityKind
from reportedly.stages._toll_words import (
    WHOLE,
    earlier,
    increment,
    over_time,
    own_figure,
    revised,
    summed,
    with_named,
)

ATTACKERS = frozenset(
    {
        "assailant",
        "assailants",
        "attacker",
        "attackers",
        "bomber",
        "bombers",
        "gunman",
        "gunmen",
        "hijacker",
        "hijackers",
        "perpetrator",
        "perpetrators",
        "shooter",
        "shooters",
    }
)
"""Whoever is counted under these words is no victim of the act."""
UNREAL = frozenset({"planned", "threatened", "hypothetical"})
"""Stages in which nobody has died yet."""
UNSAID = frozenset({"denies", "questions", "warns", "declines_to_confirm"})
_PART = re.compile(r"\b(?:of|among) (?:those|them|the|his|her|its|their|these)\b", re.IGNORECASE)


def toll(kind: QuantityKind, claims: Sequence[Claim]) -> Range:
    """The lowest, best and highest number of `kind` that `claims` give; the best is the one that most of them give, of several the first.

    Denied claims, plans, counted attackers and parts of a number ("five of those wounded", or what a source says beside a greater number)
    do not count; nor does what the words say has been replaced.

    Args:
        kind: ``killed`` or ``wounded``.
        claims: claims about one incident, in the order in which they were told.
    """
    told = current([(claim, q) for claim in claims for q in counted(kind, claim)])
    said = [(claim, q) for claim, q in told if not beside_greater(claim, q, told)]
    found = [(claim.claim_id, q) for claim, q in said if not increment(q, claim)] or [(c.claim_id, q) for c, q in said]
    whole = [(name, q) for name, q in found if q.of is None or q.of.casefold() in WHOLE] or found
    values = [(name, q, value) for name, q in whole if (value := number(q)) is not None]
    if not values:
        lows = [(name, q.low) for name, q in whole if q.low is not None]
        return Range(low=min((low for _, low in lows), default=None), claims=tuple(dict.fromkeys(n for n, _ in lows)))
    counts = Counter(value for _, _, value in values)
    best = max((value for _, _, value in values), key=lambda value: counts[value])
    bounded = [q.high if q.high is not None else value for _, q, value in values if q.qualifier != "at_least"]
    high = max([*bounded, *counts]) if bounded else None
    return Range(
        low=min(q.low if q.low is not None else value for _, q, value in values),
        best=best,
        high=high,
        claims=tuple(dict.fromkeys(name for name, _, _ in values)),
    )


def counted(kind: QuantityKind, claim: Claim) -> Iterator[Quantity]:
    """The number of `kind` that a claim gives for the whole incident; the greatest where it tells parts beside it."""
    event, factuality = claim.event, claim.factuality
    if event is None or factuality is None or factuality.polarity == "negated":
        return
    if factuality.stage in UNREAL or claim.attribution.stance in UNSAID:
        return
    given = [
        q
        for q in event.quantities
        if q.kind == kind and not _attackers(q) and not _part(q, event) and not _died_of_wounds(q, event)
        if not over_time(q, claim)
    ]
    given = [q for q in given if revised(q, claim)] or [q for q in given if not earlier(q, claim)] or given
    if given:
        whole = (with_named(q, claim, event) for q in summed(given, claim))
        yield max(whole, key=lambda q: number(q) or q.low or 0)


def current(told: Sequence[tuple[Claim, Quantity]]) -> list[tuple[Claim, Quantity]]:
    """Without what the article says has been replaced: told before a number "to which the toll was raised", or told as what was "first said".

    Who revises only its own figure replaces only that.

    Args:
        told: claims of one article about one incident in the order of the text, with their numbers of one kind.
    """
    kept = list(told)
    for claim, quantity in told:
        if (claim, quantity) in kept and revised(quantity, claim):
            at = kept.index((claim, quantity))
            mine = own_figure(claim)
            older = [pair for pair in kept[:at] if not mine or _one_voice(claim, pair[0])]
            kept = [pair for pair in kept if pair not in older]
    return [pair for pair in kept if not earlier(pair[1], pair[0])] or kept


def beside_greater(claim: Claim, quantity: Quantity, told: Iterable[tuple[Claim, Quantity]]) -> bool:
    """Whether the same source gives a greater number in the same article: who says "17 dead" and "three died on Wednesday" counts a part.

    Args:
        claim: gives the number.
        quantity: the number, of one kind.
        told: claims of the same article with their numbers of that kind.
    """
    mine = number(quantity)
    return mine is not None and any(
        (other := number(q)) is not None and other > mine and _one_voice(claim, c) for c, q in told
    )


def _one_voice(claim: Claim, other: Claim) -> bool:
    """Whether two claims have one first source; "the ministry" may be the Interior Ministry."""
    mine, theirs = claim.attribution.chain, other.attribution.chain
    if not mine or not theirs:  # an outlet's own voice is that of many
        return False
    a, b = (frozenset(chain[0].name.casefold().split()) for chain in (mine, theirs))
    return a <= b or b <= a


def number(quantity: Quantity) -> int | None:
    """The one number that stands for a quantity."""
    return quantity.best if quantity.best is not None else quantity.high


def _attackers(quantity: Quantity) -> bool:
    return quantity.of is not None and not ATTACKERS.isdisjoint(quantity.of.casefold().split())


def _died_of_wounds(quantity: Quantity, event: Event) -> bool:
    """Whether the same words count the dead: "three who had been wounded died"."""
    return (
        quantity.kind == "wounded"
        and quantity.best != 0
        and any(
            q.kind == "killed" and (q.mention.start, q.mention.end) == (quantity.mention.start, quantity.mention.end)
            for q in event.quantities
        )
    )


def _part(quantity: Quantity, event: Event) -> bool:
    """Whether the words are "five of those wounded"."""
    mention = quantity.mention
    return any(
        r.mention.start <= mention.start < r.mention.end and _PART.search(r.mention.text) for r in event.recipients
    )
