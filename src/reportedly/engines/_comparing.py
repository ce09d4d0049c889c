"""Which accounts are compared with which: those that share a block, and those of articles that reprint each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly import lexicons
from reportedly.entries import Account, Judgement, Signature
from reportedly.ledger import linking
from reportedly.ledger.store import Ledger
from reportedly.stages._account_facts import AccountFacts, MergingWords, Ordinary, account_facts
from reportedly.stages.pair import Keys, blocks, judge_pair
from reportedly.stages.reprint import is_reprint

LARGE = 300
"""Accounts in one block from which on it is divided by kind of act and town."""
MOST = 2_000
"""At most so many accounts of one block are looked at for one account."""
KEPT = 2_000
"""Facts kept in memory."""


@dataclass
class Comparer:
    """Compares accounts; keeps the facts of the last ones, and counts."""

    compared: int = 0
    skipped: int = 0
    """Comparisons that were not made because a block was too large; nothing else is ever left out."""
    _ordinary: Ordinary = field(default_factory=lambda: Ordinary.of(lexicons.load("merging", MergingWords)))
    _facts: dict[str, AccountFacts] = field(default_factory=dict)
    _keys: dict[str, Keys] = field(default_factory=dict)

    def facts(self, account: Account) -> AccountFacts:
        """The facts of `account`, made once."""
        known = self._facts.get(account.account_id)
        if known is None:
            if len(self._facts) >= KEPT:
                self._facts.clear()
            known = self._facts[account.account_id] = account_facts(account, self._ordinary)
        return known

    def known(self, names: Collection[str], ledger: Ledger) -> dict[str, Account]:
        """Those of some accounts that current entries of `ledger` hold, from memory where they are there."""
        found = {name: self._facts[name].account for name in names if name in self._facts}
        missing = [name for name in names if name not in found]
        for name, account in linking.accounts(ledger, missing).items() if missing else ():
            found[name] = self.facts(account).account
        return found

    def keys(self, account: Account) -> Keys:
        """The keys of an account."""
        if account.account_id not in self._keys:
            if len(self._keys) >= KEPT:
                self._keys.clear()
            self._keys[account.account_id] = blocks(self.facts(account))
        return self._keys[account.account_id]

    def judgements(
        self,
        new: Iterable[Account],
        others: Mapping[str, Collection[Account]],
        alike: Mapping[str, Collection[Account]],
        at: str,
    ) -> Iterator[Judgement]:
        """What is to be said of each of `new` and every other account, each pair once.

        Args:
            new: accounts that are not compared yet.
            others: key to the accounts that are kept under it, the new ones among them.
            alike: article_id to the accounts of the articles that reprint it, or that it reprints.
            at: when it is judged (UTC).
        """
        done: set[tuple[str, str]] = set()
        for account in new:
            mine = self.facts(account)
            reprinted = {other.account_id: other for other in alike.get(account.article_id, ())}
            partners = dict(reprinted)
            for key in self.keys(account).sought:
                partners.update((o.account_id, o) for o in self._of_block(mine, others.get(key, ())))
            for name in sorted(partners):
                pair = (min(name, account.account_id), max(name, account.account_id))
                if name == account.account_id or pair in done:
                    continue
                done.add(pair)
                self.compared += 1
                judgement = judge_pair(mine, self.facts(partners[name]), at, name in reprinted)
                if judgement is not None:
                    yield judgement

    def _of_block(self, mine: AccountFacts, block: Collection[Account]) -> Iterable[Account]:
        """Those of a block with which an account is compared: all, or those of its own kind of act and town where there are too many."""
        if len(block) <= LARGE:
            return block
        ordered = sorted(block, key=lambda a: a.account_id)
        near = [a for a in ordered[:MOST] if _division(self.facts(a), mine)]
        self.skipped += len(block) - len(near[:LARGE])
        return near[:LARGE]


def _division(one: AccountFacts, other: AccountFacts) -> bool:
    """Whether both are in one division of a block that is too large."""
    if one.account.event_type != other.account.event_type:
        return False
    return bool(one.towns & other.towns) if one.towns and other.towns else not one.towns and not other.towns


def reprinted_pairs(
    signatures: Mapping[str, Signature], similar: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """article_id to the articles that are the same text, exactly or nearly; only pairs that share a band are looked at.

    Args:
        signatures: of every article that is named.
        similar: band to the articles that have it.
    """
    found: dict[str, set[str]] = {}
    seen: set[tuple[str, str]] = set()
    for articles in similar.values():
        ordered = sorted(articles)[:LARGE]
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                if (one, other) in seen:
                    continue
                seen.add((one, other))
                if one in signatures and other in signatures and is_reprint(signatures[one], signatures[other]):
                    found.setdefault(one, set()).add(other)
                    found.setdefault(other, set()).add(one)
    return {article: tuple(sorted(others)) for article, others in sorted(found.items())}


def repeated(articles: Mapping[str, str | None], signatures: Mapping[str, Signature]) -> dict[str, str]:
    """Of articles that are one text all but the earliest, each with the earliest.

    Args:
        articles: article_id to its day of publication.
        signatures: of these articles, and perhaps of others.
    """
    if len(articles) < 2:
        return {}
    own = {name: signatures[name] for name in articles if name in signatures}
    found: dict[str, str] = {}
    rank = {name: (day or "9999", name) for name, day in articles.items()}
    alike = reprinted_pairs(own, _by_band(own))
    for name in sorted(alike, key=rank.__getitem__):
        first = found.get(name, name)
        for other in alike[name]:
            if rank[other] > rank[first]:
                found.setdefault(other, first)
    return found


def _by_band(signatures: Mapping[str, Signature]) -> dict[str, list[str]]:
    bands: dict[str, list[str]] = {}
    for name in sorted(signatures):
        for band in signatures[name].bands:
            bands.setdefault(band, []).append(name)
    return bands


def by_block(accounts: Sequence[Account], comparer: Comparer) -> dict[str, list[Account]]:
    """Key to the accounts that have it."""
    found: dict[str, list[Account]] = {}
    for account in accounts:
        for key in comparer.keys(account).kept:
            found.setdefault(key, []).append(account)
    return found


def compared(accounts: Sequence[Account], signatures: Iterable[Signature], at: str) -> list[Judgement]:
    """Every judgement on `accounts`, in memory: what `merge` adds to a ledger that holds these and nothing else.

    Args:
        accounts: each once.
        signatures: of their articles.
        at: when it is judged (UTC).
    """
    comparer = Comparer()
    known = {signature.article_id: signature for signature in signatures}
    of_article: dict[str, list[Account]] = {}
    for account in accounts:
        of_article.setdefault(account.article_id, []).append(account)
    alike = {
        article: [account for other in others for account in of_article.get(other, ())]
        for article, others in reprinted_pairs(known, _by_band(known)).items()
    }
    return list(comparer.judgements(accounts, by_block(accounts, comparer), alike, at))
