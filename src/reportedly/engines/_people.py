"""People's judgements outlive the reading that they were made on: each side is found again by its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from reportedly.entries import Account, Anchor, Judgement, JudgementKind, judgement_id
from reportedly.ledger import linking
from reportedly.ledger.store import Ledger


def carried(ledger: Ledger, judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """`judgements` with the accounts of today in place of those that newer readings have taken the place of.

    A side of which the document is gone, or of which no account tells any more, leaves its judgement as it is: it ties nothing.

    Args:
        ledger: the ledger.
        judgements: by people.
    """
    sides = {name: anchor for j in judgements for name, anchor in ((j.left, j.left_anchor), (j.right, j.right_anchor))}
    current = linking.accounts(ledger, sides)
    today = {name: name if name in current else _again(ledger, anchor) or name for name, anchor in sides.items()}
    return tuple(_with_sides(j, today[j.left], today[j.right]) for j in judgements)


def _with_sides(judgement: Judgement, left: str, right: str) -> Judgement:
    if (left, right) == (judgement.left, judgement.right):
        return judgement
    if left < right:
        return msgspec.structs.replace(judgement, left=left, right=right)
    anchors = {"left_anchor": judgement.right_anchor, "right_anchor": judgement.left_anchor}
    return msgspec.structs.replace(judgement, left=right, right=left, **anchors)


def _again(ledger: Ledger, anchor: Anchor) -> str | None:
    """The account of today whose anchor, or else any claim, is the sentence; of several the least account_id."""
    accounts = list(linking.anchored(ledger, anchor.document_sha256))
    same = _least(a for a in accounts if a.anchor.text == anchor.text)
    if same is not None or not accounts:
        return same
    told = linking.testimonies(ledger, [a.account_id for a in accounts], with_text=False)
    return min((t.account_id for t in told if t.claim.sentence.text == anchor.text), default=None)


def _least(accounts: Iterable[Account]) -> str | None:
    return min((account.account_id for account in accounts), default=None)


def judged(
    kind: JudgementKind, pairs: Iterable[tuple[Account, Account]], by: str, why: str, at: str
) -> tuple[Judgement, ...]:
    """A person's judgement on each pair of accounts.

    Args:
        kind: same, or different.
        pairs: two different accounts each.
        by: the person's name as given.
        why: in one line.
        at: when (UTC).
    """
    made = []
    for pair in pairs:
        left, right = sorted(pair, key=lambda account: account.account_id)
        made.append(
            _identified(
                Judgement(
                    judgement_id="",
                    kind=kind,
                    left=left.account_id,
                    right=right.account_id,
                    left_anchor=left.anchor,
                    right_anchor=right.anchor,
                    by=by,
                    at=at,
                    why=why,
                )
            )
        )
    return tuple(made)


def taken_back(judgement: Judgement, by: str, why: str, at: str) -> Judgement:
    """What takes `judgement` back, a person's or the software's."""
    return _identified(
        msgspec.structs.replace(
            judgement, by=by, at=at, why=why, score=None, origin=None, retracts=judgement.judgement_id
        )
    )


def pairs_of(one: Sequence[Account], other: Sequence[Account]) -> list[tuple[Account, Account]]:
    """The pairs of accounts through which two incidents are judged to be one: their first ones, and those of one report, which the software
    would keep apart.

    Args:
        one: the accounts of one incident.
        other: those of another.
    """
    first = min(one, key=lambda a: a.account_id), min(other, key=lambda a: a.account_id)
    shared = [(a, b) for a in one for b in other if a.capture_id == b.capture_id]
    return list(dict.fromkeys([first, *sorted(shared, key=lambda pair: (pair[0].account_id, pair[1].account_id))]))


def _identified(judgement: Judgement) -> Judgement:
    return msgspec.structs.replace(judgement, judgement_id=judgement_id(judgement))
