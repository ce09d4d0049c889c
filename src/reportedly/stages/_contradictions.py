"""Where the claims of one incident differ: both sides are kept, in their own words, and the difference has a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.entries import Account, Contradiction, ContradictionKind, Side, Testimony
from reportedly.records import Claim, Quantity, QuantityKind, Span
from reportedly.stages._account_facts import folded
from reportedly.stages._incident_facts import REALMS
from reportedly.stages._toll_words import WHOLE
from reportedly.stages._tolls import beside_greater, counted, current, number

_TOGETHER = re.compile(
    r"\b(?:killed|dead) (?:and|or) (?:wounded|injured|hurt|arrested|captured|missing)\b|\bcasualt(?:y|ies)\b"
    r"|\bincluding (?:the |both |two |three |four |five )?(?:attackers?|bombers?|gunm[ae]n|assailants?)\b",
    re.IGNORECASE,
)
"""Words by which the dead are counted with the wounded, or with those who killed them."""
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
    account: str = ""
    number: int = 0
    at_least: bool = False
    other_scope: bool = False
    """True where the words count something else than all of the dead, or all of the wounded."""


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
    standing, replaced = _standing(kind, own)
    values = [value for account, told in _wholes(kind, standing) for value in _counted(kind, account, told)]
    older = [value for account, told in replaced for value in _counted(kind, account, told)]
    if len({v.number for v in (*older, *values)}) < 2:
        return
    scopes = _scopes(values)
    if scopes:
        yield _contradiction("scope", kind, scopes)
    comparable = [v for v in values if not v.other_scope]
    follows = [*older, *_updates(kind, own, comparable)]
    if len({v.number for v in follows}) > 1:
        yield _contradiction("update", kind, follows)
    for sides in _at_one_time(comparable):
        yield _contradiction("disagreement", kind, sides)


def _standing(kind: Counted, own: _Own) -> tuple[_Own, _Own]:
    """The claims whose count stands, and those of which their own article says that it has been replaced."""
    told: dict[str, list[tuple[Claim, Quantity]]] = {}
    for account, each in own:
        told.setdefault(account.account_id, []).extend((each.claim, q) for q in counted(kind, each.claim))
    gone = {
        (name, claim.claim_id)
        for name, pairs in told.items()
        for claim, quantity in pairs
        if (claim, quantity) not in current(pairs)
    }
    replaced = [(a, t) for a, t in own if (a.account_id, t.claim.claim_id) in gone]
    return [(a, t) for a, t in own if (a.account_id, t.claim.claim_id) not in gone], replaced


def _wholes(kind: Counted, own: _Own) -> _Own:
    """Without the claims of a source that counts more of them in the same article."""
    of: dict[str, list[tuple[Claim, Quantity]]] = {}
    for account, told in own:
        of.setdefault(account.article_id, []).extend((told.claim, q) for q in counted(kind, told.claim))
    return [
        (account, told)
        for account, told in own
        if not any(beside_greater(told.claim, q, of[account.article_id]) for q in counted(kind, told.claim))
    ]


def _counted(kind: QuantityKind, account: Account, told: Testimony) -> Iterator[_Value]:
    for quantity in counted(kind, told.claim):
        count = number(quantity)
        if count is not None:
            bound = quantity.qualifier == "at_least"
            shown = f"at least {count}" if bound else str(count)
            side = _side(account, told, shown, quantity.mention)
            whole = quantity.of is None or quantity.of.casefold() in WHOLE
            other = not whole or bool(_TOGETHER.search(told.claim.sentence.text))
            yield _Value(shown, side, account.publication_date or "", account.account_id, count, bound, other)
    event = told.claim.event
    for quantity in event.quantities if event is not None else ():
        count = number(quantity)
        people = quantity.of is None or quantity.of.casefold() in WHOLE or _TOGETHER.search(quantity.of)
        if quantity.kind == "other" and count and people and _TOGETHER.search(told.claim.sentence.text):
            side = _side(account, told, str(count), quantity.mention)
            yield _Value(str(count), side, account.publication_date or "", account.account_id, count, False, True)


def _scopes(values: Sequence[_Value]) -> list[_Value]:
    """Numbers of something else, such as the dead and the wounded together, behind a number that they could be taken to contradict."""
    others = [v for v in values if v.other_scope]
    whole = [v for v in values if not v.other_scope]
    if not others or not whole or {v.number for v in others} <= {v.number for v in whole}:
        return []
    return [whole[0], *others]


def _updates(kind: Counted, own: _Own, values: Sequence[_Value]) -> list[_Value]:
    """How the count went from one day of publication to a later one: the best of each account where it is another than before."""
    chain: list[_Value] = []
    for account in dict.fromkeys(a for a, _ in own):
        best = (account.killed if kind == "killed" else account.wounded).best
        told = next((v for v in values if v.account == account.account_id and v.number == best), None)
        if told is None or (chain and (chain[-1].number == told.number or chain[-1].day >= told.day)):
            continue
        chain.append(told)
    return chain


def _at_one_time(values: Sequence[_Value]) -> list[list[_Value]]:
    """Groups of values that stand against each other: each is given from the first to the last day on which a report gives it, and these
    times overlap. "At least nine" does not stand against 14.
    """
    days: dict[int, list[str]] = {}
    for value in values:
        days.setdefault(value.number, []).append(value.day)
    exact = {v.number for v in values if not v.at_least}
    numbers = sorted(days)
    group = {n: n for n in numbers}
    for place, low in enumerate(numbers):
        for high in numbers[place + 1 :]:
            overlap = min(days[high]) <= max(days[low]) and min(days[low]) <= max(days[high])
            if overlap and low in exact:
                old, new = group[high], group[low]
                group = {n: new if g == old else g for n, g in group.items()}
    parts: dict[int, list[_Value]] = {}
    for value in values:
        parts.setdefault(group[value.number], []).append(value)
    return [part for part in parts.values() if len({v.number for v in part}) > 1]


def _contradiction(kind: ContradictionKind, field: str, values: Sequence[_Value]) -> Contradiction:
    """With each value once, as it was first given, in the order of publication."""
    first: dict[str, _Value] = {}
    for value in sorted(values, key=lambda v: v.day):
        first.setdefault(str(value.number) if value.number else value.value, value)
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
        if f.polarity == "affirmed" or (not e.actors and f.stage in ("accomplished", "ongoing"))
    ]
    if len({v.value for v in values}) == 2:
        yield _contradiction("disagreement", "polarity", values)
