"""What a cluster of accounts comes to, and what it leaves open."""

from __future__ import annotations

import random
from typing import Any

import pytest
from typed_accounts import FAMILIES, account, actor, claim, day, event, hop, place, quantity, span, stated, victim

from reportedly.entries import Account, Incident, Range
from reportedly.records import Claim
from reportedly.stages.tell import incident

Given = tuple[Account, list[Claim]]


def told(*given: Given, reprints: dict[str, str] | None = None) -> Incident:
    accounts = [a for a, _ in given]
    found = [stated(c, a) for a, claims in given for c in claims]
    return incident(accounts, found, reprints or {}, FAMILIES)


def report(name: str, published: str = "2025-03-03", dead: int | None = None, *claims: Claim, **fields: Any) -> Given:
    """An account whose own voice tells of `dead`."""
    counts = (quantity("killed", dead),) if dead is not None else ()
    own = claims or (claim(name, event(quantities=counts)),)
    killed = Range(low=dead, best=dead, high=dead, claims=(own[0].claim_id,)) if dead is not None else Range()
    return account(
        name, publication_date=published, killed=killed, claim_ids=tuple(c.claim_id for c in own), **fields
    ), list(own)


def kinds(found: Incident) -> list[tuple[str, str, list[str]]]:
    return [(c.kind, c.field, [side.value for side in c.sides]) for c in found.contradictions]


def test_the_order_of_arrival_does_not_show() -> None:
    """Accounts and claims in any order come to one incident."""
    given = [report(name, f"2025-03-0{n}", n * 3, recipients=(f"market {n}",)) for n, name in enumerate("abc", 3)]
    expected = told(*given)
    for seed in range(5):
        random.Random(seed).shuffle(given)
        assert told(*given) == expected


def test_it_is_named_after_its_least_account() -> None:
    """The same digits, so that `show` finds it by that account."""
    assert told(report("b"), report("a")).incident_id == "inc-a"


def test_the_type_is_the_specific_one_that_most_accounts_give() -> None:
    """Two of three say attack; one says what kind."""
    found = told(
        report("a", event_type="attack"), report("b", event_type="attack"), report("c", event_type="suicide_bombing")
    )
    assert found.event_type == "suicide_bombing"


def test_a_rising_toll_is_an_update() -> None:
    """Nine, then fourteen the day after; the best is the last published, and both stay."""
    found = told(report("a", "2025-03-03", 9), report("b", "2025-03-04", 14))
    assert kinds(found) == [("update", "killed", ["9", "14"])]
    assert (found.killed.low, found.killed.best, found.killed.high) == (9, 14, 14)
    assert found.killed.claims == ("claim-a", "claim-b")
    assert [side.outlet for side in found.contradictions[0].sides] == ["The a Post", "The b Post"]


def test_two_tolls_at_one_time_disagree() -> None:
    """Police and a hospital in one report, as in two reports of one day."""
    police, doctor = (
        claim("p", event(quantities=(quantity("killed", 14),))),
        claim("q", event(quantities=(quantity("killed", 19),))),
    )
    assert kinds(told(report("a", "2025-03-04", 14, police, doctor))) == [("disagreement", "killed", ["14", "19"])]
    assert kinds(told(report("a", "2025-03-04", 14), report("b", "2025-03-04", 19))) == [
        ("disagreement", "killed", ["14", "19"])
    ]


def test_at_least_nine_does_not_contradict_fourteen() -> None:
    """A lower bound holds for more."""
    bound = claim("p", event(quantities=(quantity("killed", 9, qualifier="at_least"),)))
    assert (
        kinds(told(report("a", "2025-03-04", 14, claim("q", event(quantities=(quantity("killed", 14),))), bound))) == []
    )


def test_the_dead_and_the_wounded_together_are_another_scope() -> None:
    """Forty casualties do not contradict nine dead."""
    sums = claim(
        "s", event(quantities=(quantity("killed", 40),)), sentence=span("Forty people were killed or wounded.")
    )
    found = told(report("a", "2025-03-03", 9), report("b", "2025-03-03", 40, sums))
    assert kinds(found) == [("scope", "killed", ["9", "40"])]


def test_a_part_of_the_dead_is_another_scope() -> None:
    """Three of the nine were soldiers."""
    soldiers = claim("s", event(quantities=(quantity("killed", 3, of="soldiers"),)))
    assert kinds(told(report("a", "2025-03-03", 9), report("b", "2025-03-03", 3, soldiers)))[0][:2] == (
        "scope",
        "killed",
    )


def test_who_denies_is_set_against_who_accuses() -> None:
    """Both stay, and the strongest confidence is on record."""
    accused = claim("x", event(actors=(actor("Dawn Front", "accused", "group:dawn"),)))
    denied = claim(
        "y", event(actors=(actor("the Front", "denied", "group:dawn"),)), polarity="negated", stance="denies"
    )
    found = told(
        report("a", "2025-03-03", None, accused, actors=accused.event.actors if accused.event else ()),
        report("b", "2025-03-03", None, denied, actors=denied.event.actors if denied.event else ()),
    )
    assert kinds(found) == [("disagreement", "actor", ["Dawn Front: accused", "the Front: denied"])]
    assert [(a.name, a.confidence) for a in found.actors] == [("Dawn Front", "accused")]


def test_that_it_did_not_happen_is_a_contradiction() -> None:
    """But to deny one's own part is none of the act."""
    nothing = claim("n", polarity="negated", stance="denies")
    found = told(report("a"), report("b", "2025-03-03", None, nothing, negated=True))
    assert ("disagreement", "polarity", ["affirmed", "negated"]) in kinds(found) and not found.negated


def test_stopped_against_done_is_a_contradiction() -> None:
    """The incident has the stage that most give."""
    foiled = claim("f", stage="attempted")
    found = told(report("a"), report("b"), report("c", "2025-03-03", None, foiled, stage="attempted"))
    assert kinds(found) == [("disagreement", "stage", ["accomplished", "attempted"])] and found.stage == "accomplished"


def test_a_reprint_counts_no_origin_and_contradicts_nobody() -> None:
    """It is an article of an outlet, and that is all."""
    found = told(report("a", "2025-03-03", 9), report("b", "2025-03-04", 9), reprints={"art-b": "art-a"})
    assert (found.number_of_articles, found.number_of_outlets, found.number_of_origins) == (2, 2, 1)
    assert found.origins == ("The a Post: its own report", "The b Post reprints The a Post: no further origin")
    assert found.reprints == (("art-b", "art-a"),) and found.grade.credibility == "6"


def test_a_credited_story_is_that_outlets() -> None:
    """Every claim comes through Radio Osk; where Radio Osk reports itself, it is one origin."""
    credited = claim("r", event(), chain=(hop("police"), hop("Radio Osk", "outlet")))
    found = told(report("a", "2025-03-04", None, credited))
    assert found.number_of_origins == 1 and found.origins == ("The a Post credits Radio Osk: Radio Osk is the origin",)
    both = told(report("a", "2025-03-04", None, credited), report("b", outlet="Radio Osk"))
    assert both.number_of_origins == 1
    partly = told(report("a", "2025-03-04", None, credited, claim("own")))
    assert partly.origins == ("The a Post: its own report",)


def test_an_outlet_without_a_name_is_no_further_origin() -> None:
    """It may be any of the others; alone it is one. An address names its outlet."""
    unnamed = account("b", outlet=None)
    line = "an outlet that is not named: no further origin, for it may be any of the others"
    assert told(report("a"), (unnamed, [])).origins == ("The a Post: its own report", line)
    assert told(report("a"), (unnamed, [])).number_of_origins == 1 == told((unnamed, [])).number_of_origins
    assert told(report("a"), report("b", outlet=None)).number_of_origins == 2


@pytest.mark.parametrize(
    ("names", "expected"),
    [("a", "6"), ("ab", "2"), ("abc", "1")],
)
def test_the_grade_rests_on_independent_origins(names: str, expected: str) -> None:
    """One tells nothing about itself; reliability is never guessed; a reason stands behind each letter."""
    grade = told(*(report(name) for name in names)).grade
    assert (grade.reliability, grade.credibility) == ("F", expected)
    assert grade.reasons[0].startswith("F: ") and grade.reasons[1].startswith(f"{expected}: ")


def test_origins_that_deny_each_other_confirm_nothing() -> None:
    """Three origins, one of which says that it did not happen."""
    nothing = claim("n", polarity="negated", stance="denies")
    assert told(report("a"), report("b"), report("c", "2025-03-03", None, nothing)).grade.credibility == "3"


def test_origins_without_a_named_source_confirm_little() -> None:
    """Two outlets that both quote unnamed officials."""
    unnamed = [claim(name, chain=(hop("officials", "group", anonymous=True),)) for name in "ab"]
    assert (
        told(*(report(n, "2025-03-03", None, c) for n, c in zip("ab", unnamed, strict=True))).grade.credibility == "3"
    )


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "Bombing in Hallic, 3 March 2025"),
        ({"stage": "foiled"}, "Foiled bombing in Hallic, 3 March 2025"),
        ({"negated": True}, "Denied: bombing in Hallic, 3 March 2025"),
        ({"date": None}, "Bombing in Hallic, reported 3 March 2025"),
        ({"date": day("2025-02-01", "2025-02-28"), "places": ()}, "Bombing, February 2025"),
        ({"date": day("2009-01-01", "2009-12-31")}, "Bombing in Hallic, 2009"),
        ({"date": day("2025-03-09", "2025-03-10", 2)}, "Bombing in Hallic, 9 to 10 March 2025"),
        ({"date": day("2024-12-30", "2025-01-02", 2)}, "Bombing in Hallic, 30 December 2024 to 2 January 2025"),
        ({"killed": 12}, "Bombing in Hallic, 3 March 2025 (12 killed)"),
        ({"killed": Range(low=9, best=9)}, "Bombing in Hallic, 3 March 2025 (at least 9 killed)"),
    ],
)
def test_the_title_is_one_line_of_coded_values(fields: dict[str, Any], title: str) -> None:
    """What, where, when, how many; what is not known is not there."""
    assert told((account("a", **fields), [])).title == title


def test_the_title_gives_the_range_of_the_tolls() -> None:
    """From the lowest to the highest that any report gives."""
    assert (
        told(report("a", "2025-03-03", 12), report("b", "2025-03-04", 14)).title
        == "Bombing in Hallic, 3 March 2025 (12–14 killed)"
    )


def test_the_place_is_the_town_that_most_give() -> None:
    """A country is said by all and is no town; a town said by most goes before one said by few."""
    country = place("Romania", prec=6)
    found = told(
        report("a", places=(place("Hallic"), country)),
        report("b", places=(country,)),
        report("c", places=(place("Osk"),)),
        report("d", places=(place("Hallic"),)),
    )
    assert found.place is not None and found.place.name == "Hallic"
    only = told(report("a", places=(country,)))
    assert only.place is not None and only.place.name == "Romania"


def test_nobody_is_called_nine() -> None:
    """Numbers are no names; an article makes no other name; the town is no actor."""
    found = told(
        report(
            "a",
            recipients=("nine", "at least 40 people", "the market", "a market", "Ana Ruiz"),
            actors=(actor("Hallic"),),
        )
    )
    assert found.recipients == ("market", "Ana Ruiz") and found.actors == ()


def test_a_name_told_more_fully_is_one_name() -> None:
    """The fullest one stands, without its number; who shouts is not repeated; two names that only share a word are two."""
    found = told(
        report(
            "a", recipients=("the bus station", "19 or even 40 citizens"), actors=(actor("Gunmen"), actor("police"))
        ),
        report(
            "b",
            recipients=("the main bus station", "bus stations", "40 ‘agents of the regime", "Hallic police station"),
            actors=(actor("gunmen on motorcycles"), actor("A SHADOWY rebel gang"), actor("Romanian police")),
        ),
        report("c", actors=(actor("rebel gang", "claimed_or_admitted"),)),
    )
    assert found.recipients == ("main bus station", "citizens", "agents of the regime", "Hallic police station")
    assert [(a.name, a.confidence) for a in found.actors] == [
        ("gunmen on motorcycles", "reported_as_fact"),
        ("Romanian police", "reported_as_fact"),
        ("A SHADOWY rebel gang", "reported_as_fact"),
    ]


def test_a_source_that_counts_a_part_does_not_contradict_itself() -> None:
    """The ministry says 17, and that three of them died on Wednesday; another source's smaller number still stands against it."""
    ministry, again, doctor = (
        claim("p", event(quantities=(quantity("killed", 17),)), chain=(hop("the Interior Ministry"),)),
        claim("q", event(quantities=(quantity("killed", 3), quantity("wounded", 3))), chain=(hop("Ministry"),)),
        claim("r", event(quantities=(quantity("killed", 12),)), chain=(hop("a doctor"),)),
    )
    found = told(report("a", "2025-03-04", 17, ministry, again))
    assert kinds(found) == [] and (found.killed.low, found.killed.high) == (17, 17)
    assert kinds(told(report("a", "2025-03-04", 17, ministry, again, doctor))) == [
        ("disagreement", "killed", ["17", "12"])
    ]


def test_many_events_told_as_one_are_aggregated() -> None:
    """Twenty-five plots are no clear incident."""
    many = claim("m", event(quantities=(quantity("events", 25),), recipients=(victim("towns"),)))
    assert told(report("a", "2025-03-03", None, many)).event_clarity == 2
    assert told(report("a")).event_clarity == 1


def test_first_reported_and_last_updated_are_days_of_publication() -> None:
    """An article without a date says nothing of either."""
    found = told(report("a", "2025-03-04"), report("b", "2025-03-06"), (account("c", publication_date=None), []))
    assert (found.first_reported, found.last_updated) == ("2025-03-04", "2025-03-06")
