"""Which accounts come together, and what keeps them apart."""

from __future__ import annotations

import itertools
import random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_accounts import account, day, judgement, place

from reportedly.entries import Account, Judgement
from reportedly.stages.cluster import clusters

PERSON: dict[str, Any] = {"by": "Ana Ruiz", "score": None, "origin": None}


def parts(names: str, *judgements: Judgement, **fields: Any) -> set[str]:
    """The partition of one-letter accounts, each part as a word."""
    found = clusters([account(name, **fields.get(name, {})) for name in names], judgements)
    return {"".join(name.removeprefix("acc-") for name in part) for part in found}


def same(pair: str, **fields: Any) -> Judgement:
    return judgement(f"acc-{pair[0]}", f"acc-{pair[1]}", **fields)


def test_what_is_the_same_comes_together() -> None:
    """Through others too; an account without judgements is alone."""
    assert parts("abcd", same("ab"), same("bc")) == {"abc", "d"}


def test_a_person_goes_before_the_software() -> None:
    """ "Different" takes apart what the software joined; "same" joins what it would keep apart."""
    assert parts("ab", same("ab"), same("ab", kind="different", **PERSON)) == {"a", "b"}
    far = {"b": {"date": day("2025-06-01")}}
    assert parts("ab", same("ab"), **far) == {"a", "b"}
    assert parts("ab", same("ab", **PERSON), **far) == {"ab"}


def test_of_two_persons_the_last_counts() -> None:
    """Whatever the order in which they are given."""
    said = [
        same("ab", at="2026-01-01T00:00:00.000000Z", **PERSON),
        same("ab", kind="different", at="2026-01-02T00:00:00.000000Z", **PERSON),
    ]
    for order in itertools.permutations(said):
        assert parts("ab", *order) == {"a", "b"}


def test_what_is_taken_back_does_not_count() -> None:
    """A person's, and the software's; taking back what took back brings nothing back."""
    joined = same("ab")
    undone = same("ab", retracts=joined.judgement_id, **PERSON)
    assert parts("ab", joined, undone) == {"a", "b"}
    assert parts("ab", joined, undone, same("ab", retracts=undone.judgement_id, at="2027", **PERSON)) == {"a", "b"}


def test_one_bad_judgement_does_not_chain_two_incidents() -> None:
    """The sure ones come first; the weak link between them joins what a person tells apart no more."""
    links = [same("ab", score=0.9), same("cd", score=0.9), same("bc", score=0.6)]
    assert parts("abcd", *links) == {"abcd"}
    assert parts("abcd", *links, same("ad", kind="different", **PERSON)) == {"ab", "cd"}


def test_two_accounts_of_one_report_stay_apart() -> None:
    """The report tells them apart; the surer one joins the third."""
    one = {"a": {"capture_id": "cap-1"}, "b": {"capture_id": "cap-1"}}
    assert parts("abc", same("ac", score=0.6), same("bc", score=0.9), **one) == {"a", "bc"}
    assert parts("abc", same("ac"), same("bc"), same("ab", **PERSON), **one) == {"abc"}


@pytest.mark.parametrize(
    "last",
    [
        {"date": day("2025-03-05")},
        {"places": (place("Farwell", lat=47.0),), "date": None},
        {"places": (place("Lima", "PE", -12.0, -77.0),)},
    ],
)
def test_days_towns_and_countries_hold_through_a_chain(last: dict[str, Any]) -> None:
    """The middle one says neither when nor where, and would tie the first to the last."""
    bare = {"b": {"date": None, "places": ()}, "c": last}
    assert parts("abc", same("ab", score=0.8), same("bc", score=0.7), **bare) == {"ab", "c"}


def test_a_day_and_the_next_are_one_night() -> None:
    """But three days are not."""
    days = {name: {"date": day(f"2025-03-0{n}")} for n, name in enumerate("abc", 3)}
    assert parts("abc", same("ab", score=0.8), same("bc", score=0.7), **days) == {"ab", "c"}


def test_more_accounts_of_either_day_join_what_a_person_joined() -> None:
    """A person made an incident of three days; what the software ties to one of them still comes to it."""
    days = {"a": {"date": day("2025-03-03")}, "b": {"date": day("2025-03-06")}, "c": {"date": day("2025-03-06")}}
    assert parts("abc", same("ab", **PERSON), same("bc"), **days) == {"abc"}


pairs = st.sampled_from([f"{a}{b}" for a, b in itertools.combinations("abcdefgh", 2)])
said = st.lists(
    st.tuples(pairs, st.sampled_from(["same", "different", "person-same", "person-different"]), st.integers(50, 98)),
    max_size=16,
)


def judgements(given_pairs: list[tuple[str, str, int]]) -> list[Judgement]:
    return [
        same(pair, kind=what.removeprefix("person-"), score=score / 100)
        if not what.startswith("person")
        else same(pair, kind=what.removeprefix("person-"), at=f"2026-01-{n + 1:02}T00:00:00.000000Z", **PERSON)
        for n, (pair, what, score) in enumerate(given_pairs)
    ]


def mixed() -> list[Account]:
    """Eight accounts, some of one report, of other days and towns."""
    more: dict[str, dict[str, Any]] = {
        "b": {"capture_id": "cap-a"},
        "c": {"date": day("2025-03-04")},
        "d": {"date": day("2025-03-05")},
        "e": {"date": None, "places": ()},
        "f": {"places": (place("Farwell", lat=47.0),)},
    }
    return [account(name, **more.get(name, {})) for name in "abcdefgh"]


@given(said, st.randoms(use_true_random=False))
def test_order_never_matters(given_pairs: list[tuple[str, str, int]], dice: random.Random) -> None:
    """Neither that of the accounts nor that of the judgements."""
    accounts, told = mixed(), judgements(given_pairs)
    expected = clusters(accounts, told)
    dice.shuffle(accounts)
    dice.shuffle(told)
    assert clusters(accounts, told) == expected


@given(said, pairs, st.sampled_from(["same", "different"]))
def test_undoing_a_judgement_restores_the_clusters(
    given_pairs: list[tuple[str, str, int]], pair: str, kind: str
) -> None:
    """Said and taken back is as good as never said."""
    accounts, told = mixed(), judgements(given_pairs)
    more = same(pair, kind=kind, at="2026-06-01T00:00:00.000000Z", **PERSON)
    back = same(pair, kind=kind, at="2026-06-02T00:00:00.000000Z", retracts=more.judgement_id, **PERSON)
    assert clusters(accounts, [*told, more, back]) == clusters(accounts, told)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_without_anything_that_keeps_apart_they_are_connected_components(edges: list[tuple[int, int]]) -> None:
    """As networkx finds them."""
    names = [f"{n:02}" for n in range(31)]
    graph = nx.Graph()
    graph.add_nodes_from(f"acc-{name}" for name in names)
    told = [judgement(f"acc-{a:02}", f"acc-{b:02}") for a, b in edges if a != b]
    graph.add_edges_from((j.left, j.right) for j in told)
    expected = {tuple(sorted(part)) for part in nx.connected_components(graph)}
    assert set(clusters([account(name) for name in names], told)) == expected


@given(said)
def test_every_account_is_in_one_part(given_pairs: list[tuple[str, str, int]]) -> None:
    """And what a person keeps apart, or one report tells apart, is apart, unless a person joined it."""
    told = judgements(given_pairs)
    found = clusters(mixed(), told)
    assert sorted(name for part in found for name in part) == sorted(a.account_id for a in mixed())
    if not any(j.by != "software" and j.kind == "same" for j in told):
        assert not any({"acc-a", "acc-b"} <= set(part) for part in found)
