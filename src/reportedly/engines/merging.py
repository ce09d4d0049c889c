"""Merging: accounts of different articles become incidents, and every step can be taken again.

`merge` brings a ledger up to date: what was not compared yet is compared and judged, then every account that belongs to no incident is
told, with all that hangs together with it. Each step is one transaction and leaves behind what is needed to go on after a crash: an
account that was compared is noted with the judgements; an account that is told is noted with its incident. So the result is that of one
run from nothing. `derive` only tells, from the judgements that are there: for the ledger as it was at a time.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice

import msgspec

from reportedly import lexicons
from reportedly.engines._comparing import Comparer, repeated, reprinted_pairs
from reportedly.engines._people import carried
from reportedly.entries import SOFTWARE, Account, Incident, Judgement, Testimony
from reportedly.ledger import linking
from reportedly.ledger.store import Ledger
from reportedly.stages._words import EventTypes
from reportedly.stages.cluster import clusters, standing
from reportedly.stages.pair import REPRINTED, RULES, judge_pair
from reportedly.stages.tell import incident

YOUNG = 100_000
"""Objects that are made before Python looks for cycles among them."""
PAIRED_AT_ONCE = 400
TOLD_AT_ONCE = 150
_NUMBER = re.compile(r"\d+")


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What merging did."""

    accounts: int
    """Compared for the first time."""
    compared: int
    """Pairs of accounts that were looked at."""
    judged: int
    """Pairs of which something was to be said."""
    skipped: int
    """Comparisons that were left out because hundreds of accounts share one day, place and kind of act."""
    told: int
    """Incidents that were made or made anew."""
    incidents: int
    """That the ledger now holds."""


def merge(ledger: Ledger) -> Merged:
    """Brings the judgements and incidents of a ledger up to date.

    Args:
        ledger: opened for writing. Killed at any moment, it goes on where it was at the next call.
    """
    with _rare_collections():
        return _merge(ledger)


def _merge(ledger: Ledger) -> Merged:
    linking.put_incidents(ledger, linking.lapsed(ledger), ())
    comparer = Comparer()
    accounts = judged = 0
    waiting = linking.unpaired(ledger, RULES)
    while batch := list(islice(waiting, PAIRED_AT_ONCE)):
        accounts += len(batch)
        judged += _compare(ledger, batch, comparer)
    told = _tell(ledger, RULES, comparer)
    return Merged(
        accounts=accounts,
        compared=comparer.compared,
        judged=judged,
        skipped=comparer.skipped,
        told=told,
        incidents=linking.number_of_incidents(ledger),
    )


def derive(view: Ledger) -> None:
    """Tells every incident of a view from the accounts and judgements in it.

    Args:
        view: a ledger whose derived tables are empty. The software's judgements count that were made by the newest rules in it.
    """
    _tell(view, _rules_in_use(view), Comparer())


def retold(ledger: Ledger, judgements: Sequence[Judgement], account_ids: Collection[str]) -> tuple[Judgement, ...]:
    """Appends what a person judged and tells what it touches anew.

    Args:
        ledger: opened for writing.
        judgements: see `reportedly.cli.judge`.
        account_ids: the accounts of current entries that they are about.

    Returns:
        The judgements that the ledger did not hold.
    """
    new = linking.add_judgements(ledger, judgements, account_ids)
    merge(ledger)
    return new


# Comparing ---------------------------------------------------------------------------------------------------------------


def _compare(ledger: Ledger, batch: Sequence[Account], comparer: Comparer) -> int:
    """Compares some accounts with all that were compared before, and with each other; how many judgements came of it."""
    keys = {account.account_id: comparer.keys(account) for account in batch}
    named = linking.candidates(ledger, {key for own in keys.values() for key in own.sought})
    known = {account.account_id: account for account in batch}
    known |= comparer.known({name for names in named.values() for name in names if name not in known}, ledger)
    blocks: dict[str, dict[str, Account]] = {}
    for key, names in named.items():
        blocks[key] = {name: known[name] for name in names if name in known}
    for account in batch:
        for key in keys[account.account_id].kept:
            blocks.setdefault(key, {})[account.account_id] = account
    at = _now()
    others = {key: list(accounts.values()) for key, accounts in blocks.items()}
    found = list(comparer.judgements(batch, others, _alike(ledger, batch), at))
    linking.add_pairs(ledger, {name: own.kept for name, own in keys.items()}, found, RULES)
    return len(found)


def _alike(ledger: Ledger, batch: Sequence[Account]) -> dict[str, list[Account]]:
    """The accounts of the articles that each article of the batch reprints, or that reprint it."""
    own = linking.signatures(ledger, {account.article_id for account in batch})
    bands = {band for signature in own.values() for band in signature.bands}
    similar = {band: names for band, names in linking.similar_articles(ledger, bands).items() if len(names) > 1}
    named = {name for names in similar.values() for name in names}
    others = linking.signatures(ledger, named - own.keys()) if named - own.keys() else {}
    pairs = {one: also for one, also in reprinted_pairs({**others, **own}, similar).items() if one in own}
    told = linking.accounts_in(ledger, {name for also in pairs.values() for name in also})
    return {one: [account for name in also for account in told.get(name, ())] for one, also in pairs.items()}


# Telling -----------------------------------------------------------------------------------------------------------------


def _tell(ledger: Ledger, rules: str, comparer: Comparer) -> int:
    """Tells every account that belongs to no incident, and all that hangs together with it; how many incidents that makes."""
    families: dict[str, str] = {
        name: row.family for name, row in lexicons.load("event_types", EventTypes).types.items()
    }
    people = carried(ledger, linking.by_people(ledger))
    told, after = 0, ""
    while True:
        names = linking.untold(ledger, after, TOLD_AT_ONCE)
        if not names:
            if not after:
                return told
            after = ""
            continue
        after = names[-1]
        accounts, judgements = _hanging_together(ledger, names, people, rules, comparer)
        gone = set(linking.incidents_of(ledger, accounts).values())
        made = list(_incidents(ledger, accounts, judgements, families))
        linking.put_incidents(ledger, sorted(gone), made)
        told += len(made)


def _hanging_together(
    ledger: Ledger, names: Iterable[str], people: Sequence[Judgement], rules: str, comparer: Comparer
) -> tuple[dict[str, Account], list[Judgement]]:
    """Some accounts with all that any chain of judgements ties to them, and these judgements."""
    of_people: dict[str, list[Judgement]] = {}
    for judgement in people:
        of_people.setdefault(judgement.left, []).append(judgement)
        of_people.setdefault(judgement.right, []).append(judgement)
    accounts: dict[str, Account] = {}
    found: dict[str, Judgement] = {}
    lost: set[str] = set()
    frontier = set(names)
    while frontier:
        accounts |= (held := comparer.known(frontier, ledger))
        lost |= frontier - held.keys()
        fresh = {
            judgement.judgement_id: judgement
            for judgement in (
                *linking.judgements_about(ledger, held),
                *(j for name in held for j in of_people.get(name, ())),
            )
            if judgement.by != SOFTWARE or judgement.origin == rules
        }
        found |= {name: judgement for name, judgement in fresh.items() if name not in found or judgement.by != SOFTWARE}
        ends = {end for j in fresh.values() if j.kind == "same" for end in (j.left, j.right)}
        frontier = ends - accounts.keys() - lost
    return accounts, list(_still_true(ledger, accounts, found, comparer))


def _still_true(
    ledger: Ledger, accounts: Mapping[str, Account], found: Mapping[str, Judgement], comparer: Comparer
) -> Iterator[Judgement]:
    """The judgements, without the software's on accounts that newer software reads in another way than when they were judged."""
    again = linking.read_again(ledger, accounts)
    for judgement in found.values():
        if (
            judgement.by == SOFTWARE
            and judgement.retracts is None
            and not again.isdisjoint((judgement.left, judgement.right))
        ):
            if judgement.left not in accounts or judgement.right not in accounts:
                continue
            left, right = comparer.facts(accounts[judgement.left]), comparer.facts(accounts[judgement.right])
            now = judge_pair(left, right, judgement.at, judgement.score == REPRINTED)
            if now is None or now.judgement_id != judgement.judgement_id:
                continue
        yield judgement


def _incidents(
    ledger: Ledger, accounts: Mapping[str, Account], judgements: Sequence[Judgement], families: Mapping[str, str]
) -> Iterator[Incident]:
    """The incidents of accounts with which everything is given that hangs together with them."""
    parts = clusters(accounts.values(), judgements)
    claims: dict[str, list[Testimony]] = {}
    for testimony in linking.testimonies(ledger, accounts, with_text=False):
        claims.setdefault(testimony.account_id, []).append(testimony)
    several = {accounts[name].article_id for part in parts if len(part) > 1 for name in part}
    signatures = linking.signatures(ledger, several)
    for part in parts:
        told = [accounts[name] for name in part]
        articles = {account.article_id: account.publication_date for account in told}
        yield incident(
            told, (t for name in part for t in claims.get(name, ())), repeated(articles, signatures), families
        )


@contextmanager
def _rare_collections() -> Iterator[None]:
    """While millions of records without cycles are decoded, Python looks for cycles less often: a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(YOUNG, usual[1], usual[2])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _rules_in_use(ledger: Ledger) -> str:
    """The newest version of the rules by which anything was judged; that of this software where nothing was."""
    used = {judgement.origin for judgement in standing(linking.judgements(ledger)) if judgement.origin}
    return max(used, key=lambda rules: (int((_NUMBER.findall(rules) or ["0"])[-1]), rules), default=RULES)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
