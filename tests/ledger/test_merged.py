"""Merging in each kind of database: what was compared, told, judged by a person and taken back is the same in both."""

from __future__ import annotations

from evals.generated import entries
from reportedly.engines._people import judged, taken_back
from reportedly.engines.merging import derive, merge, retold
from reportedly.entries import Incident, Question
from reportedly.ledger import linking
from reportedly.ledger.questions import dossiers
from reportedly.ledger.store import Ledger

AT = "2026-10-13T00:00:00.000000Z"


def known(ledger: Ledger) -> list[Incident]:
    return sorted((d.incident for d in dossiers(ledger, Question())), key=lambda one: one.incident_id)


def test_merging_is_the_same_in_both_databases(ledger: Ledger) -> None:
    """By and by, with a person's word, from nothing, and back."""
    made = list(entries(200, 4))
    ledger.append(made[:30])
    merge(ledger)
    ledger.append(made[30:])
    done = merge(ledger)
    before = known(ledger)
    assert done.incidents == len(before) < done.accounts + 30
    pair = list(
        linking.accounts(ledger, next(one.account_ids[:2] for one in before if len(one.account_ids) > 1)).values()
    )
    (apart,) = judged("different", [(pair[0], pair[1])], "Ana Ruiz", "two", AT)
    names = [account.account_id for account in pair]
    assert retold(ledger, [apart], names) == (apart,) and linking.by_people(ledger) == (apart,)
    told = known(ledger)
    assert not any(set(names) <= set(one.account_ids) for one in told)
    linking.clear_derived(ledger)
    derive(ledger)
    assert known(ledger) == told
    retold(ledger, [taken_back(apart, "Ana Ruiz", "one", AT)], names)
    assert known(ledger) == before
