"""Where the claims of one incident differ: both sides are kept, in their own words, and the difference has a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.entries import Account, Contradiction, ContradictionKind, Side, Testimony
from reportedly.records import QuantityKind, Span
from reportedly.stages._account_facts import folded
from reportedly.stages._incident_facts import REALMS
from reportedly.stages._tolls import WHOLE, counted, number

MOST = 12
"""At most so many sides of one contradiction are shown: the earliest of each value."""
Counted = Literal["killed", "wounded"]


@dataclass(frozen=True, slots=True)
class _Value:
    """One value for one fact, as one claim gives it."""

    value: str
    side: Side
    day: str
    """Of publication; empty where it is not known."""
    number: int = 0
    at_least: bool = False
    of: str | None = None


def contradictions(
    accounts: Sequence[Account],
    testimonies: Mapping[str, Sequence[Testimony]],
    reprints: Mapping[str, str],
    family: str,
) -> tuple[Contradiction, ...]:
    """The contradictions of an incident. A reprint repeats, and contradicts nobody.

    Args:
        accounts: of one incident, in the order of publication.
        testimonies: account_id to its claims.
        reprints: article_id to that of the article that it repeats.
        family: of the incident's type.
    """
    own = [(a, t) for a in accounts if a.article_id not in reprints for t in testimonies.get(a.account_id, ())]
    found = [
        *_counts("killed", own),
        *_counts("wounded", own),
        *_stages(own, family, accounts),
        *_actors(own),
        *_polarity(own, family, accounts),
    ]
    return tuple(found)


_Own = Sequence[tuple[Account, Testimony]]


def _side(account: Account, told: Testimony, value: str, words: Span) -> Side:
    return Side(
        claim_id=told.claim.claim_id,
        value=value,
        words=words,
        outlet=account.outlet,
        publication_date=account.publication_date,
    )


# Counts ----------------------------------------------------------------------------------------------------------------


def _counts(kind: Counted, own: _Own) -> Iterator[Contradiction]:
    values = [value for account, told in own for value in _counted(kind, account, told)]
    if len({v.number for v in values}) < 2:
        return
    wounded = (
        {v.number for account, told in own for v in _counted("wounded", account, told)} if kind == "killed" else set()
    )
    scopes = _scopes(values, wounded)
    if scopes:
        yield _contradiction("scope", kind, scopes)
    rest = [v for v in values if v not in scopes or _whole(v)]
    later, differ = _in_time(rest)
    if later:
        yield _contradiction("update", kind, later)
    if differ:
        yield _contradiction("disagreement", kind, differ)


def _counted(kind: QuantityKind, account: Account, told: Testimony) -> Iterator[_Value]:
    for quantity in counted(kind, told.claim):
        count = number(quantity)
        if count is not None:
            bound = quantity.qualifier == "at_least"
            shown = f"at least {count}" if bound else str(count)
            side = _side(account, told, shown, quantity.mention)
            yield _Value(shown, side, account.publication_date or "", count, bound, quantity.of)


def _whole(value: _Value) -> bool:
    return value.of is None or value.of.casefold() in WHOLE


def _scopes(values: Sequence[_Value], wounded: set[int]) -> list[_Value]:
    """Values that count something else: only some of the victims, or the dead and the wounded together."""
    whole = {v.number for v in values if _whole(v)}
    if not whole:
        return []
    parts = [v for v in values if not _whole(v) and v.number not in whole and v.number < max(whole)]
    sums = [
        v for v in values if any(v.number == dead + hurt for dead in whole - {v.number} for hurt in wounded if hurt)
    ]
    if not parts and not sums:
        return []
    against = [v for v in values if _whole(v) and v not in sums][:1]
    return [*against, *parts, *sums] if against else []


def _in_time(values: Sequence[_Value]) -> tuple[list[_Value], list[_Value]]:
    """The values that follow each other, and those that stand against each other at one time.

    A value is given from the first to the last day on which a report gives it. "At least nine" is no contradiction of 14.
    """
    days: dict[int, list[str]] = {}
    for value in values:
        days.setdefault(value.number, []).append(value.day)
    spans = {n: (min(d), max(d)) for n, d in days.items()}
    bounds = {n for n in days if all(v.at_least for v in values if v.number == n)}
    later: set[int] = set()
    differ: set[int] = set()
    numbers = sorted(spans)
    for place, low in enumerate(numbers):
        for high in numbers[place + 1 :]:
            one, other = spans[low], spans[high]
            if one[1] < other[0] or other[1] < one[0]:
                later |= {low, high}
            elif low not in bounds:
                differ |= {low, high}
    return [v for v in values if v.number in later], [v for v in values if v.number in differ]


def _contradiction(kind: ContradictionKind, field: str, values: Sequence[_Value]) -> Contradiction:
    """With each value once, as it was first given, in the order of publication."""
    first: dict[str, _Value] = {}
    for value in sorted(values, key=lambda v: v.day):
        first.setdefault(value.value, value)
    return Contradiction(kind=kind, field=field, sides=tuple(v.side for v in [*first.values()][:MOST]))


# What else -------------------------------------------------------------------------------------------------------------


def _stages(own: _Own, family: str, accounts: Sequence[Account]) -> Iterator[Contradiction]:
    """That it was done, against that it was stopped or only planned."""
    types = {a.event_type for a in accounts}
    values = [
        _Value(f.stage, _side(a, t, f.stage, e.trigger), a.publication_date or "")
        for a, t in own
        if (e := t.claim.event) and (f := t.claim.factuality) and f.polarity == "affirmed" and e.event_type in types
        if a.family == family
    ]
    if len({REALMS[v.value] for v in values} & {"done", "stopped"}) < 2:
        return
    shown = [v for v in values if REALMS[v.value] in ("done", "stopped")]
    days: dict[str, list[str]] = {}
    for value in shown:
        days.setdefault(REALMS[value.value], []).append(value.day)
    follow = max(days["stopped"]) < min(days["done"]) or max(days["done"]) < min(days["stopped"])
    yield _contradiction("update" if follow else "disagreement", "stage", shown)


def _actors(own: _Own) -> Iterator[Contradiction]:
    """That somebody did it, against that he did not, or that another group did."""
    blamed: dict[str, _Value] = {}
    denied: dict[str, _Value] = {}
    for account, told in own:
        for actor in told.claim.event.actors if told.claim.event else ():
            value = f"{actor.name}: {actor.confidence}"
            side = _Value(value, _side(account, told, value, actor.mention), account.publication_date or "")
            key = actor.canonical_id or folded(actor.name)
            (denied if actor.confidence == "denied" else blamed).setdefault(key, side)
    disputed = [key for key in blamed if key in denied]
    rivals = [key for key in blamed if key.startswith("group:")]
    shown = [v for key in disputed for v in (blamed[key], denied[key])]
    if len(rivals) > 1:
        shown += [blamed[key] for key in rivals if key not in disputed]
    if shown:
        yield _contradiction("disagreement", "actor", shown)


def _polarity(own: _Own, family: str, accounts: Sequence[Account]) -> Iterator[Contradiction]:
    """That it happened, against that it did not. Who denies only his own part does not deny the act."""
    types = {a.event_type for a in accounts}
    values = [
        _Value(f.polarity, _side(a, t, f.polarity, e.trigger), a.publication_date or "")
        for a, t in own
        if (e := t.claim.event) and (f := t.claim.factuality) and e.event_type in types and a.family == family
        if f.polarity == "affirmed" or not e.actors
    ]
    if len({v.value for v in values}) == 2:
        yield _contradiction("disagreement", "polarity", values)
