"""pair: whether two accounts, of different articles, are of one incident, by what each of them says.

First what no careful reader takes for one incident is put aside: other days, other places, other kinds of act, done against foiled. What
is left is weighed: each fact that both give speaks for it, or against it, by a fixed weight; from `ENOUGH` on they are one. A missing
fact says nothing. The verdict is a function of the two accounts alone, so that it does not depend on what else the ledger holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from reportedly.entries import SOFTWARE, Judgement, judgement_id
from reportedly.stages._account_facts import AccountFacts
from reportedly.stages._evidence import Evidence, contradiction, evidence

RULES = "pair-1"
"""Version of the rules: every change of a weight, a rule or ``merging.toml`` that changes a judgement raises it."""
ENOUGH = 4.2
"""The weight from which on two accounts are one incident."""
REPRINTED = 0.99
WEEK, MONTH, YEAR = 7, 31, 366
KEEP, SEEK, BOTH = "keep", "seek", "both"
CELL, REACH = 0.5, 0.3
"""Degrees of a cell of the map, and how far around a point cells are sought."""
LATE = 10
"""Days before its publication within which an account without a date is looked for."""
THINGS, NAMES = 3, 4
"""How many words and names an account is looked for under."""
DEAD = 5
"""The least number of dead by which accounts are looked for."""


class Keys(NamedTuple):
    """Under which keys an account is kept, and under which those that it is compared with are sought."""

    kept: tuple[str, ...]
    sought: tuple[str, ...]


def blocks(facts: AccountFacts) -> Keys:
    """Keys by which accounts find each other: of two accounts of one incident each seeks, nearly always, a key that the other is kept under.

    A key is a time and a fact. Accounts of one day that both have a point on the map meet in its cell; with others they meet by country, or
    by a name, a thing or the dead that both tell of. An account without a date is sought in the weeks before its publication; one without
    either only by its facts.

    Args:
        facts: of one account.
    """
    kinds = [facts.kind, "p"] if facts.kind == "v" and facts.realm != "done" else [facts.kind]
    pairs = list(dict.fromkeys(_keys(facts)))
    return Keys(
        kept=tuple(f"{kind}{key}" for kind in kinds for key, role in pairs if role != SEEK),
        sought=tuple(f"{kind}{key}" for kind in kinds for key, role in pairs if role != KEEP),
    )


def _keys(facts: AccountFacts) -> Iterator[tuple[str, str]]:
    """Each key, and whether the account is kept under it, seeks it, or both."""
    named = sorted(facts.towns | facts.names | facts.actors)[:NAMES]
    told = [*named, *sorted(facts.things)[:THINGS]]
    if facts.account.killed.best is not None and facts.account.killed.best >= DEAD:
        told.append(f"={facts.account.killed.best}")
    first, last, span = facts.first, facts.last, facts.span
    if first is None or last is None or span is None:
        yield from _undated(facts, told)
        return
    if span > WEEK:
        weeks = range(first // WEEK, last // WEEK + 1) if span <= MONTH else ()
        yield from ((f"W{week}|{what}", BOTH) for week in weeks for what in named)
        yield from ((f"w{week}|{what}", role) for week in weeks for what in named for role in (KEEP, SEEK))
        yield from ((f"y{first // YEAR}|{what}", BOTH) for what in told if span > MONTH)
        return
    yield from _of_day(facts, first, last, told)
    for week in range(first // WEEK, last // WEEK + 1):
        yield from ((f"w{week}|{what}", KEEP) for what in told)
        yield from ((f"W{week}|{what}", SEEK) for what in told)


def _of_day(facts: AccountFacts, first: int, last: int, told: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Small letters are for accounts with a point on the map, capitals for the others."""
    points = [(s.lat, s.lon) for s in facts.spots if s.lat is not None and s.lon is not None]
    days = range(first, last + 1)
    near = range(first - 1, last + 2)
    for lat, lon in points:
        yield from ((f"d{day}|{_cell(lat)},{_cell(lon)}", KEEP) for day in days)
        rows, columns = ({_cell(at - REACH), _cell(at), _cell(at + REACH)} for at in (lat, lon))
        around = [f"{row},{column}" for row in sorted(rows) for column in sorted(columns)]
        yield from ((f"d{day}|{cell}", SEEK) for day in near for cell in around)
    own, other = ("d", "D") if points else ("D", "d")
    for what in (*sorted(facts.countries), *told):
        yield from ((f"{own}{day}|{what}", KEEP) for day in days)
        yield from ((f"{other if points else own}{day}|{what}", SEEK) for day in near)
        if not points:
            yield from ((f"{other}{day}|{what}", SEEK) for day in near)


def _cell(degrees: float) -> int:
    """The part of the map, about fifty kilometres wide, in which a latitude or longitude lies."""
    return math.floor(degrees / CELL)


def _undated(facts: AccountFacts, told: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Small letters are for accounts with a date, capitals for the others."""
    if facts.published is None:
        yield from ((f"u|{what}", BOTH) for what in told)
        return
    for week in range((facts.published - LATE) // WEEK, facts.published // WEEK + 1):
        yield from ((f"W{week}|{what}", BOTH) for what in told)
        yield from ((f"w{week}|{what}", SEEK) for what in told)


def judge_pair(left: AccountFacts, right: AccountFacts, at: str, reprint: bool = False) -> Judgement | None:
    """That the two accounts are of one incident, or None where that cannot be said.

    Args:
        left: facts of one account.
        right: facts of another.
        at: when it is judged (UTC).
        reprint: whether the article of one is a reprint of the other's.
    """
    left, right = sorted((left, right), key=lambda facts: facts.account.account_id)
    one, other = left.account, right.account
    if one.capture_id == other.capture_id:
        return None
    if reprint and one.event_type == other.event_type and one.anchor.text == other.anchor.text:
        return _same(left, right, at, REPRINTED, "one article reprints the other: the same act in the same sentence")
    if contradiction(left, right):
        return None
    found = evidence(left, right)
    weight = sum(e.weight for e in found)
    if weight < ENOUGH:
        return None
    return _same(left, right, at, min(0.98, round(0.5 + 0.1 * (weight - ENOUGH), 3)), _told(found))


def _told(found: Iterable[Evidence]) -> str:
    """The facts in one line, those against it behind a "but"."""
    facts = list(found)
    pro, contra = [e.words for e in facts if e.weight > 0], [e.words for e in facts if e.weight < 0]
    return "; ".join(pro) + (f"; but {'; '.join(contra)}" if contra else "")


def _same(left: AccountFacts, right: AccountFacts, at: str, score: float, why: str) -> Judgement:
    one, other = left.account, right.account
    judgement = Judgement(
        judgement_id="",
        kind="same",
        left=one.account_id,
        right=other.account_id,
        left_anchor=one.anchor,
        right_anchor=other.anchor,
        by=SOFTWARE,
        at=at,
        why=why,
        score=score,
        origin=RULES,
    )
    return msgspec.structs.replace(judgement, judgement_id=judgement_id(judgement))
