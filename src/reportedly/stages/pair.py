"""pair: whether two accounts, of different articles, are of one incident, by what each of them says.

First what no careful reader takes for one incident is put aside: other days, other places, other kinds of act, done against foiled. What
is left is weighed: each fact that both give speaks for it, or against it, by a fixed weight; from `ENOUGH` on they are one. A missing
fact says nothing. The verdict is a function of the two accounts alone, so that it does not depend on what else the ledger holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reportedly.entries import SOFTWARE, Judgement, judgement_id
from reportedly.stages._account_facts import AccountFacts
from reportedly.stages._evidence import Evidence, contradiction, evidence

RULES = "pair-1"
"""Version of the rules: every change of a weight, a rule or ``merging.toml`` that changes a judgement raises it."""
ENOUGH = 4.2
"""The weight from which on two accounts are one incident."""
REPRINTED = 0.99
WEEK, YEAR = 7, 366
LATE = 10
"""Days before its publication within which an account without a date is looked for."""
THINGS, NAMES = 3, 4
"""How many words and names an account is looked for under."""
DEAD = 5
"""The least number of dead by which accounts are looked for."""


def blocks(facts: AccountFacts) -> tuple[str, ...]:
    """Keys under which an account is looked for; two accounts of one incident share at least one, nearly always.

    A key is a time and a fact: a day and a country, a day and a town, a week and a town, a week and a group. Without a date the weeks
    before publication stand for it; without either, only the fact.

    Args:
        facts: of one account.
    """
    kinds = [facts.kind, "p"] if facts.kind == "v" and facts.realm != "done" else [facts.kind]
    named = sorted(facts.towns | facts.names | facts.actors)[:NAMES]
    told = [*named, *sorted(facts.things)[:THINGS]]
    if facts.account.killed.best is not None and facts.account.killed.best >= DEAD:
        told.append(f"={facts.account.killed.best}")
    keys = [f"{kind}|{key}" for kind in kinds for key in _keys(facts, named, told)]
    return tuple(dict.fromkeys(keys))


def _keys(facts: AccountFacts, named: Iterable[str], told: Iterable[str]) -> Iterator[str]:
    first, last, span = facts.first, facts.last, facts.span
    if first is None or last is None or span is None:
        yield from _undated(facts, told)
    elif span <= WEEK:
        for slot in range(first, last + 2):  # a slot is a day and the day before it: accounts a day apart share one
            yield from (f"d{slot}|{where}" for where in sorted(facts.countries) or sorted(facts.towns))
        for day in range(first, last + 1):
            yield from (f"e{day}|{what}" for what in told)
        for week in range(first // WEEK, last // WEEK + 1):
            yield from (f"w{week}|{what}" for what in told)
    elif span <= 31:
        for week in range(first // WEEK, last // WEEK + 1):
            yield from (f"w{week}|{what}" for what in named)
    else:
        yield from (f"y{first // YEAR}|{what}" for what in told)


def _undated(facts: AccountFacts, told: Iterable[str]) -> Iterator[str]:
    if facts.published is None:
        yield from (f"u|{what}" for what in told)
        return
    for week in range((facts.published - LATE) // WEEK, facts.published // WEEK + 1):
        yield from (f"w{week}|{what}" for what in told)


def judge_pair(left: AccountFacts, right: AccountFacts, at: str, reprint: bool = False) -> Judgement | None:
    """That the two accounts are of one incident, or None where that cannot be said.

    Args:
        left: facts of one account.
        right: facts of another.
        at: when it is judged (UTC).
        reprint: whether the article of one is a reprint of the other's.
    """
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
    one, other = sorted((left.account, right.account), key=lambda account: account.account_id)
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
