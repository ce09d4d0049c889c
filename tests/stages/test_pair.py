"""Whether two accounts are of one incident, and whether they find each other."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_accounts import AT, account, actor, day, place

from reportedly import lexicons
from reportedly.entries import Range
from reportedly.stages._account_facts import AccountFacts, MergingWords, Ordinary, account_facts, folded
from reportedly.stages.pair import RULES, blocks, judge_pair

ORDINARY = Ordinary.of(lexicons.load("merging", MergingWords))
WEST = {"name": "Ostrova", "lat": 44.01, "lon": 28.01}
GONE: dict[str, Any] = {"date": None}
NOWHERE: dict[str, Any] = {"places": ()}


KNOWN = ("pair-1", "b0ec73e55400")


def facts(name: str, **fields: Any) -> AccountFacts:
    return account_facts(account(name, **fields), ORDINARY)


def one(left: dict[str, Any], right: dict[str, Any], reprint: bool = False) -> bool:
    a, b = facts("a", **left), facts("b", **right)
    found, other = judge_pair(a, b, AT, reprint), judge_pair(b, a, AT, reprint)
    assert found == other
    if found is not None and not reprint:
        assert set(blocks(a).kept) & set(blocks(b).sought) and set(blocks(b).kept) & set(blocks(a).sought)
    return found is not None


ONE = {
    "the same day and town": ({}, {}),
    "a toll that rises": ({"killed": 9}, {"killed": 14, "publication_date": "2025-03-04"}),
    "a generic word for it": ({}, {"event_type": "attack"}),
    "two towns that are one spot": ({}, {"places": (place(**WEST),)}),
    "accused and claimed": (
        {"actors": (actor("Dawn Front", "accused_by_authorities", "group:dawn"),)},
        {"actors": (actor("Dusk Brigade", "claimed_or_admitted", "group:dusk"),), "killed": 9},
    ),
    "a denial": ({}, {"negated": True}),
    "a town in the target's name": (
        {"places": (place("Port Hallic", None, None, None),)},
        {**NOWHERE, "recipients": ("Port Hallic bus station",)},
    ),
    "no date, but the town, soon after": ({}, {**GONE, "publication_date": "2025-03-04"}),
    "the country, the day, the toll": ({"killed": 12}, {"places": (place("Romania", prec=6),), "killed": 12}),
    "one night, two dates": (
        {"killed": 12},
        {"date": day("2025-03-04"), "killed": 12, "publication_date": "2025-03-05"},
    ),
    "a foiled plot and the arrest": (
        {"stage": "foiled", "recipients": ("the ferry terminal",)},
        {"event_type": "arrest", "recipients": ("four men at the ferry terminal",)},
    ),
    "a person's name": (
        {**NOWHERE, "event_type": "assassination", "recipients": ("Ana Ruiz",)},
        {**NOWHERE, "event_type": "killing", "recipients": ("Ana Ruiz, a teacher",)},
    ),
}
TWO = {
    "other days": ({}, {"date": day("2025-03-06"), "publication_date": "2025-03-06"}),
    "towns that are only near": ({}, {"places": (place("Nearby", lat=44.12),)}),
    "other towns": ({}, {"places": (place("Farwell", lat=47.0),)}),
    "other countries": ({}, {"places": (place("Hallic", country="PE"),)}),
    "an arrest is no bombing": ({}, {"event_type": "arrest"}),
    "a kidnapping is no bombing": ({}, {"event_type": "kidnapping"}),
    "foiled and done": ({}, {"stage": "foiled"}),
    "told before it happened": ({}, {**GONE, "publication_date": "2025-02-27"}),
    "a year later, undated": ({}, {**GONE, "publication_date": "2026-03-03"}),
    "only the kind and the day": (NOWHERE, NOWHERE),
    "only the country": (
        {"places": (place("Romania", prec=6),)},
        {"places": (place("Romania", prec=6),), "event_type": "attack"},
    ),
    "another toll and target": (
        {"killed": 2, "recipients": ("a clinic",), "weapons": ("explosive",)},
        {"killed": 60, "recipients": ("a bridge",), "weapons": ("vehicle",), "event_type": "attack"},
    ),
    "other groups, as a fact": (
        {"actors": (actor("Dawn Front", canonical="group:dawn"),)},
        {"actors": (actor("Dusk Brigade", canonical="group:dusk"),)},
    ),
    "two accounts of one report": ({"capture_id": "cap-1"}, {"capture_id": "cap-1"}),
}


@pytest.mark.parametrize("name", ONE)
def test_one_incident(name: str) -> None:
    """These are one, whoever comes first, and they find each other."""
    assert one(*ONE[name]), name


@pytest.mark.parametrize("name", TWO)
def test_two_incidents(name: str) -> None:
    """Nothing is said of these."""
    assert not one(*TWO[name]), name


def test_the_reason_names_the_facts() -> None:
    """Someone who reads it knows why, and what speaks against it."""
    left = facts("a", killed=12, recipients=("a clinic",))
    found = judge_pair(left, facts("b", killed=14, publication_date="2025-03-04", recipients=("a bridge",)), AT)
    assert found is not None
    assert found.why == "same day 2025-03-03; same town Hallic; both bombing; killed 12, later 14; but other targets"
    assert found.by == "software" and found.origin == RULES and found.score is not None and 0.5 <= found.score < 1


def test_its_identity_does_not_hang_on_the_time() -> None:
    """The same two accounts judged again are the same judgement."""
    left, right = facts("a"), facts("b")
    one, again = judge_pair(left, right, AT), judge_pair(right, left, "2027-01-01T00:00:00.000000Z")
    assert one is not None and again is not None and one.judgement_id == again.judgement_id


def test_reprints_tell_of_one_incident_where_they_say_the_same() -> None:
    """Even where nothing but the words is known; another sentence of the article is another matter."""
    nothing: dict[str, Any] = {**GONE, **NOWHERE, "anchor": account("a").anchor}
    assert one(nothing, nothing, reprint=True)
    assert not one(nothing, {**nothing, "anchor": account("b").anchor}, reprint=True)


def test_accounts_without_day_or_place_are_sought_by_few_keys() -> None:
    """None of them stands for a whole country, or a whole day."""
    bare = facts("a", **GONE, **NOWHERE, recipients=("people", "three men"))
    assert blocks(bare).kept == ()


days = st.integers(0, 40).map(lambda n: day(f"2025-03-{n % 28 + 1:02}"))
accounts = st.fixed_dictionaries(
    {
        "event_type": st.sampled_from(["bombing", "attack", "killing", "suicide_bombing"]),
        "date": st.one_of(st.none(), days),
        "publication_date": st.one_of(st.none(), st.sampled_from(["2025-03-03", "2025-03-10", "2025-03-28"])),
        "places": st.lists(
            st.sampled_from(
                [place("Hallic"), place(**WEST), place("Romania", prec=6), place("Port Osk", None, None, None)]
            ),
            max_size=2,
        ).map(tuple),
        "recipients": st.lists(
            st.sampled_from(["the Osk ferry", "Ana Ruiz", "two engineers", "Port Osk market"]), max_size=3
        ).map(tuple),
        "killed": st.one_of(st.none(), st.integers(0, 40)),
        "wounded": st.one_of(st.just(Range()), st.integers(0, 40).map(lambda n: Range(low=n, best=n, high=n))),
    }
)


@given(accounts, accounts)
def test_who_is_one_finds_the_other(left: dict[str, Any], right: dict[str, Any]) -> None:
    """Judging does not hang on the order; what is judged to be one on a day or a name is found by a key."""
    a, b = facts("a", **left), facts("b", **right)
    found = judge_pair(a, b, AT)
    assert found == judge_pair(b, a, AT)
    if found is not None and a.first is not None and b.first is not None and (found.score or 0) > 0.6:
        assert set(blocks(a).kept) & set(blocks(b).sought)
        assert set(blocks(b).kept) & set(blocks(a).sought)


def test_names_are_compared_without_accents_and_possessives() -> None:
    """Constanţa's is Constanta."""
    assert folded("Constanţa’s") == "constanta"


def test_the_rules_have_a_new_name_when_the_words_change() -> None:
    """Whoever edits merging.toml raises RULES: judgements are only as good as the rules that they name."""
    words = msgspec.json.encode(lexicons.load("merging", MergingWords))
    assert (RULES, hashlib.sha256(words).hexdigest()[:12]) == KNOWN
