"""What speaks for two accounts being of one incident, what speaks against it, and what excludes it.

The weights were chosen on reports of our own and on half of the topics of ECB+; see ``evals/joining.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reportedly.entries import Range
from reportedly.records import EventType
from reportedly.stages._account_facts import AccountFacts
from reportedly.stages._incident_facts import ALIKE, APART, FAR, GENERIC, ONE_SPOT, POLICE_WORK
from reportedly.stages._toponym_senses import great_circle_km

DAY_APART = 1
"""Days between two dates that may be one night, or one day in two time zones."""
ONE_PLACE = 3.0
"""Kilometres between two names of one place; towns further apart, though near, have their own incidents."""
EXACT, WEEK, MONTH = 1, 7, 31
"""Days of a date's span."""
EARLY = 1
"""Days before an act on which an article that tells of it may be dated."""
FORGOTTEN = 60
"""Days between two articles without dates from which on they are not about one act."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact: its weight, negative where it speaks against, and its words."""

    weight: float
    words: str


# What excludes it ------------------------------------------------------------------------------------------------------


def contradiction(a: AccountFacts, b: AccountFacts) -> bool:
    """True where no careful reader takes both for one incident."""
    return (
        not types_fit(a, b)
        or realms_apart(a, b)
        or days_apart(a, b)
        or places_apart(a, b)
        or bool(_sure(a) and _sure(b) and not a.groups & b.groups and "armed_clash" not in _types(a, b))
    )


def _sure(facts: AccountFacts) -> bool:
    """Whether whose deed it is is told as a fact."""
    return bool(facts.groups) and all(
        x.confidence == "reported_as_fact" for x in facts.account.actors if x.canonical_id in facts.groups
    )


def _types(a: AccountFacts, b: AccountFacts) -> set[EventType]:
    return {a.account.event_type, b.account.event_type}


def types_fit(a: AccountFacts, b: AccountFacts) -> bool:
    """Whether both types can be one act; an arrest is a foiled plot, but no bombing."""
    one, other = a.account.event_type, b.account.event_type
    if one == other:
        return True
    kinds = frozenset((one, other))
    if a.account.family == b.account.family == "violence":
        return bool(kinds & GENERIC and not kinds & APART) or any(kinds <= alike for alike in ALIKE)
    if any(kinds <= alike for alike in ALIKE):
        return True
    act = a if a.account.family == "violence" else b if b.account.family == "violence" else None
    return act is not None and act.realm != "done" and bool(kinds & POLICE_WORK)


def realms_apart(a: AccountFacts, b: AccountFacts) -> bool:
    """Whether one was done, and the other foiled or only planned. An attempt may have been taken for the deed; a denial says nothing."""
    if a.realm == b.realm or a.account.negated or b.account.negated or a.kind != b.kind:
        return False
    if "done" not in (a.realm, b.realm):
        return False
    return (a if a.realm != "done" else b).account.stage != "attempted"


def days_apart(a: AccountFacts, b: AccountFacts) -> bool:
    """Whether they happened on different days, or one was published before the other happened."""
    plan = a.realm == "open" or b.realm == "open" or a.kind != b.kind
    if a.first is not None and a.last is not None and b.first is not None and b.last is not None:
        gap = max(a.first - b.last, b.first - a.last)
        near = DAY_APART if max(a.last - a.first, b.last - b.first) < WEEK else 0
        return gap > near and not plan
    if a.first is None and b.first is None:
        return a.published is not None and b.published is not None and abs(a.published - b.published) > FORGOTTEN
    dated, other = (a, b) if a.first is not None else (b, a)
    if other.published is None or dated.first is None or plan:
        return False
    return dated.first - other.published > EARLY


def places_apart(a: AccountFacts, b: AccountFacts) -> bool:
    """Whether every place of one is certainly another than every place of the other."""
    if a.countries and b.countries and not a.countries & b.countries:
        return True
    if not a.spots or not b.spots or a.towns & b.towns:
        return False
    near = _nearest(a, b)
    return near is not None and near > FAR


def _nearest(a: AccountFacts, b: AccountFacts) -> float | None:
    """Kilometres between the two nearest of their places; None where a point is not known."""
    if any(s.lat is None for s in (*a.spots, *b.spots)):
        return None
    return min(
        great_circle_km(p.lat, p.lon or 0.0, q.lat, q.lon or 0.0)
        for p in a.spots
        for q in b.spots
        if p.lat is not None and q.lat is not None
    )


# What speaks for it, and against it --------------------------------------------------------------------------------------


def evidence(a: AccountFacts, b: AccountFacts) -> list[Evidence]:
    """Every fact that both accounts give, with its weight."""
    found = [*_time(a, b), *_place(a, b), _type(a, b), *_who(a, b), *_whom(a, b), *_toll(a, b)]
    if a.realm != b.realm and "done" in (a.realm, b.realm) and a.kind == b.kind and not _denied(a, b):
        found.append(Evidence(-0.7, f"{a.account.stage} and {b.account.stage}"))
    return found


def _denied(a: AccountFacts, b: AccountFacts) -> bool:
    return a.account.negated or b.account.negated


def _time(a: AccountFacts, b: AccountFacts) -> Iterator[Evidence]:
    if a.first is not None and a.last is not None and b.first is not None and b.last is not None:
        gap, longest = max(a.first - b.last, b.first - a.last), max(a.last - a.first, b.last - b.first) + 1
        if gap > 0:
            weight = -0.3 if gap <= DAY_APART else -0.5
            yield Evidence(weight, "a day apart" if gap == 1 else f"{gap} days apart")
        elif longest <= EXACT:
            yield Evidence(2.0, f"same day {_day(a.first)}")
        elif longest <= WEEK:
            yield Evidence(1.3, f"days that overlap on {_day(max(a.first, b.first))}")
        elif a.first == b.first and a.last == b.last:
            yield Evidence(0.8, f"same time {_day(a.first)} to {_day(a.last)}")
        elif longest <= MONTH:
            yield Evidence(0.4, "the same month")
        return
    if a.first is None and b.first is None:
        if a.published is not None and b.published is not None:
            yield from _lag(abs(a.published - b.published), 0.8, "published {} apart, neither dated")
        return
    dated, other = (a, b) if a.first is not None else (b, a)
    if other.published is not None and dated.last is not None and (dated.span or WEEK) <= WEEK:
        yield from _lag(other.published - dated.last, 1.0, "undated, published {} after it")


def _lag(days: int, most: float, words: str) -> Iterator[Evidence]:
    told = words.format("1 day" if days == 1 else f"{max(days, 0)} days")
    if days <= 3:
        yield Evidence(most, told)
    elif days <= 10:
        yield Evidence(round(most / 2, 2), told)
    elif days > 30:
        yield Evidence(-0.8, told)


def _place(a: AccountFacts, b: AccountFacts) -> Iterator[Evidence]:
    towns = a.towns & b.towns
    if towns:
        yield Evidence(2.4, f"same town {_title(min(towns))}")
        also = (a.names & b.names) - towns - a.actors
        if also:
            yield Evidence(1.0, f"both name {_title(min(also))}")
        return
    named = (a.towns & (b.names | b.things)) | (b.towns & (a.names | a.things)) | ((a.names & b.names) - a.actors)
    if named:
        yield Evidence(2.2 if len(named) == 1 else 2.8, f"both name {' and '.join(_title(n) for n in sorted(named))}")
    near = _nearest(a, b) if a.spots and b.spots else None
    if near is not None and near < ONE_SPOT:
        yield Evidence(2.0 if near < ONE_PLACE else 0.8, f"{near:.0f} km apart")
    elif named:
        return
    elif a.regions & b.regions and (a.coarse or b.coarse):
        yield Evidence(1.0, f"same region {min(a.regions & b.regions)[1]}")
    elif a.countries & b.countries and (a.coarse or b.coarse):
        yield Evidence(0.7, f"same country {min(a.countries & b.countries)}")


def _type(a: AccountFacts, b: AccountFacts) -> Evidence:
    one, other = sorted((a.account.event_type, b.account.event_type))
    if one == other:
        return Evidence(0.5 if one in GENERIC else 1.0, f"both {_words(one)}")
    generic = one in GENERIC or other in GENERIC
    return Evidence(0.3 if generic else 0.6, f"{_words(one)} and {_words(other)}")


def _who(a: AccountFacts, b: AccountFacts) -> Iterator[Evidence]:
    shared = a.actors & b.actors
    if shared:
        yield Evidence(0.8, f"both blame {_title(min(shared).removeprefix('group:').replace('-', ' '))}")
    elif a.groups and b.groups and not a.groups & b.groups:
        yield Evidence(-1.0, "other groups are named")


def _whom(a: AccountFacts, b: AccountFacts) -> Iterator[Evidence]:
    shared = a.things & b.things
    if shared:
        yield Evidence(min(1.5, 0.3 + 0.4 * len(shared)), f"both on {', '.join(sorted(shared)[:4])}")
    elif a.things and b.things:
        yield Evidence(-0.3, "other targets")
    weapons = set(a.account.weapons), set(b.account.weapons)
    if weapons[0] & weapons[1]:
        yield Evidence(0.2, f"both with {min(weapons[0] & weapons[1])}")
    elif all(weapons):
        yield Evidence(-0.3, "other weapons")


def _toll(a: AccountFacts, b: AccountFacts) -> Iterator[Evidence]:
    first, then = (a, b) if (a.published or 0) <= (b.published or 0) else (b, a)
    yield from _count("killed", first.account.killed, then.account.killed, ((25, 2.0), (10, 1.5), (5, 1.0), (2, 0.5)))
    yield from _count("wounded", first.account.wounded, then.account.wounded, ((10, 1.0), (4, 0.5)))


def _count(kind: str, one: Range, other: Range, steps: tuple[tuple[int, float], ...]) -> Iterator[Evidence]:
    """Equal numbers speak for one incident, the more so the greater they are; far apart they speak against it.

    Args:
        kind: what is counted.
        one: as the earlier report has it.
        other: as the later one has it.
        steps: the least number and the weight of both giving it, greatest first.
    """
    a, b = one.best, other.best
    if a is None or b is None:
        return
    low, high = min(a, b), max(a, b)
    if low == high:
        yield Evidence(next((w for least, w in steps if low >= least), 0.1), f"{low} {kind} in both")
    elif _reaches(one, other) and _reaches(other, one):
        yield Evidence(0.3, f"{kind} {a} and {b}, which can be one count")
    elif a < b <= 2 * max(a, 1):
        yield Evidence(0.3, f"{kind} {a}, later {b}")
    elif high > 2 * max(low, 1):
        yield Evidence(-1.0 if high > 4 * max(low, 1) else -0.4, f"{kind} {a} and {b}")
    else:
        yield Evidence(0.1, f"{kind} {a} and {b}")


def _reaches(one: Range, other: Range) -> bool:
    """Whether the count of `one` may be as high as the least that `other` gives."""
    return one.high is None or (one.high >= (other.low if other.low is not None else other.best or 0))


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _words(event_type: str) -> str:
    return event_type.replace("_", " ")


def _title(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
