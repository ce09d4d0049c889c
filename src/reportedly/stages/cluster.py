"""cluster: accounts and the judgements that stand -> which accounts are of one incident.

A person's judgement goes before the software's. What is judged to be the same is joined, the surest first; a join that would put two
accounts into one incident that cannot be one is left out: a person says so, the same report tells them apart, their days, towns or
countries exclude each other. So one wrong judgement does not chain two incidents together. The result depends on the accounts and the
judgements alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reportedly.entries import SOFTWARE, Account, Judgement
from reportedly.stages._account_facts import day_span
from reportedly.stages._incident_facts import FAR, TOWN
from reportedly.stages._toponym_senses import great_circle_km

Pair = tuple[str, str]
DAYS = 1
"""Days between two exact dates that may still be one incident's."""
POINTS = 8
"""At most so many different points of one incident are compared."""


def clusters(accounts: Iterable[Account], judgements: Iterable[Judgement]) -> tuple[tuple[str, ...], ...]:
    """The partition: each part the sorted account_ids of one incident, the parts sorted.

    Args:
        accounts: each once, in any order.
        judgements: about these accounts and perhaps others, retractions included, in any order. Those of the software must all be of one
            version of the rules.
    """
    groups = _Groups({account.account_id: account for account in accounts})
    told, computed = verdicts(standing(judgements))
    apart = {pair for pair, judgement in told.items() if judgement.kind == "different"}
    groups.keep_apart(apart)
    for judgement in sorted(told.values(), key=lambda j: (j.at, j.judgement_id), reverse=True):
        if judgement.kind == "same":
            groups.join(judgement.left, judgement.right, by_person=True)
    groups.keep_apart(pair for pair, judgement in computed.items() if judgement.kind == "different")
    for judgement in sorted(computed.values(), key=lambda j: (-(j.score or 0.0), j.left, j.right, j.judgement_id)):
        if judgement.kind == "same":
            groups.join(judgement.left, judgement.right)
    return groups.parts()


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that nobody took back, each once, in no particular order. Taking back what took back brings nothing back."""
    given = {judgement.judgement_id: judgement for judgement in judgements}
    gone = {judgement.retracts for judgement in given.values() if judgement.retracts}
    return tuple(j for name, j in given.items() if j.retracts is None and name not in gone)


def verdicts(judgements: Iterable[Judgement]) -> tuple[dict[Pair, Judgement], dict[Pair, Judgement]]:
    """For each pair what a person says of it, and for each other pair what the software says. Of several persons the last one counts.

    Args:
        judgements: those that stand.
    """
    people: dict[Pair, Judgement] = {}
    software: dict[Pair, Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at if j.by != SOFTWARE else "", j.judgement_id)):
        (software if judgement.by == SOFTWARE else people)[judgement.left, judgement.right] = judgement
    return people, {pair: judgement for pair, judgement in software.items() if pair not in people}


@dataclass(slots=True)
class _Group:
    """The accounts of one incident so far, and what they tie it to."""

    members: list[str]
    captures: set[str]
    first: int | None = None
    """The earliest of its exact days."""
    last: int | None = None
    countries: set[str] = field(default_factory=set)
    points: set[tuple[float, float]] = field(default_factory=set)
    towns: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)
    """Accounts that must not come to it."""


class _Groups:
    """Groups that are joined, pair by pair."""

    def __init__(self, accounts: Mapping[str, Account]) -> None:
        self.of: dict[str, _Group] = {name: _group(accounts[name]) for name in sorted(accounts)}

    def keep_apart(self, pairs: Iterable[Pair]) -> None:
        """The two accounts of each pair must not come into one group."""
        for left, right in pairs:
            if left in self.of and right in self.of:
                self.of[left].apart.add(right)
                self.of[right].apart.add(left)

    def join(self, left: str, right: str, by_person: bool = False) -> None:
        """Joins the groups of two accounts, unless they cannot be one. Only another person keeps apart what a person joins."""
        one, other = self.of.get(left), self.of.get(right)
        if one is None or other is None or one is other:
            return
        if not one.apart.isdisjoint(other.members) or (not by_person and _excluded(one, other)):
            return
        if len(one.members) < len(other.members):
            one, other = other, one
        one.members += other.members
        one.captures |= other.captures
        one.countries |= other.countries
        one.points |= other.points
        one.towns |= other.towns
        one.apart |= other.apart
        one.first = min((d for d in (one.first, other.first) if d is not None), default=None)
        one.last = max((d for d in (one.last, other.last) if d is not None), default=None)
        for name in other.members:
            self.of[name] = one

    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The groups, sorted."""
        return tuple(sorted(set(self._sorted())))

    def _sorted(self) -> Iterator[tuple[str, ...]]:
        seen: set[int] = set()
        for group in self.of.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield tuple(sorted(group.members))


def _group(account: Account) -> _Group:
    """The group of one account."""
    first, last = day_span(account.date)
    exact = (
        first is not None and last is not None and last - first <= DAYS and account.stage in ("accomplished", "ongoing")
    )
    towns = [p for p in account.places if p.where_prec <= TOWN]
    return _Group(
        members=[account.account_id],
        captures={account.capture_id},
        first=first if exact else None,
        last=first if exact else None,
        countries={p.country for p in account.places if p.country},
        points={(p.lat, p.lon) for p in towns if p.lat is not None and p.lon is not None},
        towns={p.name.casefold() for p in towns},
    )


def _excluded(one: _Group, other: _Group) -> bool:
    """Whether the reports tell them apart, or their days, towns or countries do."""
    if not one.captures.isdisjoint(other.captures):
        return True
    if _days_apart(one, other):
        return True
    if one.countries and other.countries and one.countries.isdisjoint(other.countries):
        return True
    return bool(one.towns and other.towns and one.towns.isdisjoint(other.towns)) and _far(one.points, other.points)


def _days_apart(one: _Group, other: _Group) -> bool:
    """Whether their exact days do not fit into `DAYS`, or into the time that a person gave one of them by a join."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    together = max(one.last, other.last) - min(one.first, other.first)
    return together > max(DAYS, one.last - one.first, other.last - other.first)


def _far(some: Collection[tuple[float, float]], others: Collection[tuple[float, float]]) -> bool:
    """Whether every point of one is far from every point of the other."""
    if not some or not others:
        return False
    return all(great_circle_km(*p, *q) > FAR for p in sorted(some)[:POINTS] for q in sorted(others)[:POINTS])
