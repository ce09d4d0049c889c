"""Merging a ledger: by and by it comes to what one run from nothing does, whatever happens on the way."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed_accounts import ORIGIN, day, entry, place

from evals.generated import entries as generated
from reportedly.engines import merging
from reportedly.engines._people import judged, taken_back
from reportedly.engines.merging import derive, merge, retold
from reportedly.entries import Account, Entry, Incident, Judgement, Question
from reportedly.ledger import linking
from reportedly.ledger.questions import dossiers
from reportedly.ledger.store import Ledger, open_ledger

STORY = "A bomb went off at the harbour market in Hallic on Monday and killed people who had come to buy bread before the school opened."
OTHER = "Gunmen shot at a bus on the road to Osk on Tuesday, said a driver who saw smoke behind the bridge and turned his lorry round at once."
OSK: dict[str, Any] = {"event_type": "armed_assault", "date": day("2025-03-04"), "places": (place("Osk", lat=46.0),)}
NEWER = msgspec.structs.replace(ORIGIN, software="reportedly 0.3.0")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger in a file."""
    with open_ledger(tmp_path / "desk.sqlite", create=True) as made:
        yield made


def known(ledger: Ledger) -> list[Incident]:
    return sorted((d.incident for d in dossiers(ledger, Question())), key=lambda one: one.incident_id)


def sizes(ledger: Ledger) -> list[int]:
    return sorted(len(one.account_ids) for one in known(ledger))


def said(ledger: Ledger) -> set[str]:
    return {judgement.judgement_id for judgement in linking.judgements(ledger)}


def rewritten(number: int) -> str:
    """The story of the market in other words each time."""
    return f"Report {number}. " + " ".join(random.Random(number).sample(STORY.split(), 20))


def week() -> list[Entry]:
    """Three outlets on the market, a reprint, two on the bus, one on both."""
    return [
        entry("a", STORY, {"killed": 9}),
        entry("b", rewritten(2), {"killed": 14}, published="2025-03-04"),
        entry("c", rewritten(3), {"date": None}, published="2025-03-05"),
        entry("d", STORY + " Local news at eight.", {"killed": 9, "sentence": STORY}, published="2025-03-04"),
        entry("e", OTHER, OSK, published="2025-03-04"),
        entry("f", rewritten(4) + "\n\n" + OTHER.upper()[:60], {"killed": 14}, OSK, published="2025-03-05"),
        entry("g", "Nothing happened in Farwell.", published="2025-03-05"),
    ]


def person(
    kind: Any, ledger: Ledger, one: str, other: str, at: str = "2026-10-13T00:00:00.000000Z"
) -> tuple[Judgement, list[Account]]:
    """Ana's judgement on the accounts of two entries, by the names of their outlets."""
    accounts = {a.outlet: a for a in linking.current_accounts(ledger)}
    pair = accounts[f"The {one} Post"], accounts[f"The {other} Post"]
    (made,) = judged(kind, [pair], "Ana Ruiz", "I know", at)
    return made, list(pair)


def test_reports_of_one_incident_become_one(ledger: Ledger) -> None:
    """The market and the bus; the reprint counts no origin; who tells of both is in both."""
    ledger.append(week())
    done = merge(ledger)
    assert (done.accounts, done.incidents, done.skipped) == (7, 2, 0)
    market, bus = sorted(known(ledger), key=lambda one: -len(one.account_ids))
    assert len(market.account_ids) == 5 and len(bus.account_ids) == 2
    assert (market.number_of_articles, market.number_of_outlets, market.number_of_origins) == (5, 5, 4)
    assert [(c.kind, c.field) for c in market.contradictions] == [("update", "killed")]


def test_merging_again_changes_nothing(ledger: Ledger) -> None:
    """Neither judgements nor incidents."""
    ledger.append(week())
    merge(ledger)
    before = known(ledger), said(ledger)
    again = merge(ledger)
    assert (again.accounts, again.judged, again.told) == (0, 0, 0)
    assert (known(ledger), said(ledger)) == before


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(12)), st.lists(st.booleans(), min_size=12, max_size=12))
def test_by_and_by_is_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], stops: list[bool]
) -> None:
    """In any order, merged after any of them: the same judgements, the same incidents."""
    folder = tmp_path_factory.mktemp("merging")
    given_entries = [*week(), *list(generated(24, 5))[:5]]
    with (
        open_ledger(folder / "one.sqlite", create=True) as one,
        open_ledger(folder / "other.sqlite", create=True) as other,
    ):
        one.append(given_entries)
        merge(one)
        for number, stop in zip(order, stops, strict=True):
            other.append([given_entries[number]])
            if stop:
                merge(other)
        merge(other)
        assert said(one) == said(other)
        assert known(one) == known(other)


def test_what_is_derived_can_be_made_from_nothing(ledger: Ledger) -> None:
    """From the entries and judgements alone, with those of people."""
    ledger.append(week())
    merge(ledger)
    made, pair = person("different", ledger, "a", "b")
    retold(ledger, [made], [a.account_id for a in pair])
    before = known(ledger)
    linking.clear_derived(ledger)
    derive(ledger)
    assert known(ledger) == before
    linking.clear_derived(ledger)
    merge(ledger)
    assert known(ledger) == before


class Killed(BaseException):
    """The end of a process."""


@pytest.mark.parametrize("steps", range(0, 10, 3))
def test_a_killed_run_is_gone_on_with(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Before or after any transaction: the next run comes to what an undisturbed one comes to."""
    monkeypatch.setattr(merging, "PAIRED_AT_ONCE", 2)
    monkeypatch.setattr(merging, "TOLD_AT_ONCE", 2)
    left = [steps]

    def killing(function: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return function(*args, **more)

        return call

    ledger.append(week()[:4])
    merge(ledger)
    ledger.append(week()[4:])
    with monkeypatch.context() as patch:
        patch.setattr(linking, "add_pairs", killing(linking.add_pairs))
        patch.setattr(linking, "put_incidents", killing(linking.put_incidents))
        with contextlib.suppress(Killed):
            merge(ledger)
    merge(ledger)
    assert sizes(ledger) == [2, 5]
    before = known(ledger)
    linking.clear_derived(ledger)
    merge(ledger)
    assert known(ledger) == before


def test_a_person_takes_apart_and_joins_and_takes_back(ledger: Ledger) -> None:
    """What a person says goes before the software; taken back, all is as it was."""
    ledger.append(week())
    merge(ledger)
    before = known(ledger)
    made, pair = person("different", ledger, "a", "b")
    names = [a.account_id for a in pair]
    assert retold(ledger, [made], names) == (made,)
    assert sizes(ledger) != [2, 5] and not any(set(names) <= set(one.account_ids) for one in known(ledger))
    retold(ledger, [taken_back(made, "Ana Ruiz", "I erred", "2026-10-14T00:00:00.000000Z")], names)
    assert known(ledger) == before
    joined, pair = person("same", ledger, "a", "e", "2026-10-15T00:00:00.000000Z")
    retold(ledger, [joined], [a.account_id for a in pair])
    assert any({a.account_id for a in pair} <= set(one.account_ids) for one in known(ledger))


def test_a_newer_reading_takes_the_place_of_the_old_one(ledger: Ledger) -> None:
    """Its accounts leave their incident, the new ones come to it, and no incident is left behind."""
    ledger.append(week())
    merge(ledger)
    again = entry("b", rewritten(2), {"killed": 14, "again": 1}, published="2025-03-04", origin=NEWER)
    ledger.append([again])
    merge(ledger)
    assert sizes(ledger) == [2, 5]
    (old,) = week()[1].accounts
    assert not any(old.account_id in one.account_ids for one in known(ledger))
    gone = entry("c", rewritten(3), published="2025-03-05", origin=NEWER)
    ledger.append([gone])
    merge(ledger)
    assert sizes(ledger) == [2, 4]


def test_a_newer_reading_of_the_same_account_is_judged_anew(ledger: Ledger) -> None:
    """The old judgement stands in the ledger, but it was on other facts."""
    ledger.append(week()[:2])
    merge(ledger)
    assert sizes(ledger) == [2]
    moved = entry(
        "b", rewritten(2), {"killed": 14, "places": (place("Farwell", lat=48.0),)}, published="2025-03-04", origin=NEWER
    )
    assert moved.accounts[0].account_id == week()[1].accounts[0].account_id
    ledger.append([moved])
    merge(ledger)
    assert sizes(ledger) == [1, 1]


def test_a_persons_judgement_outlives_the_reading_it_was_made_on(ledger: Ledger) -> None:
    """The account has another id in the newer reading; its sentence is still there."""
    ledger.append(week()[:2])
    merge(ledger)
    made, pair = person("different", ledger, "a", "b")
    retold(ledger, [made], [a.account_id for a in pair])
    assert sizes(ledger) == [1, 1]
    ledger.append([entry("b", rewritten(2), {"killed": 14, "again": 1}, published="2025-03-04", origin=NEWER)])
    merge(ledger)
    assert sizes(ledger) == [1, 1]


def test_a_generated_world_is_put_together_again(ledger: Ledger) -> None:
    """Nearly every invented incident is found, and hardly any two are taken for one."""
    made = list(generated(1200, 3))
    ledger.append(made)
    merge(ledger)
    gold: dict[str, str] = {}
    for one in made:
        for account in one.accounts:
            where, when = account.places[0], account.date
            gold[account.account_id] = (
                f"{where.geonames_id} {when.start if when else None} {account.event_type} {account.actors[0].name}"
            )
    parts = [one.account_ids for one in known(ledger)]
    pure = sum(len({gold[name] for name in part}) == 1 for part in parts)
    assert pure >= 0.97 * len(parts)
    assert len(parts) <= 1.1 * len(set(gold.values()))
