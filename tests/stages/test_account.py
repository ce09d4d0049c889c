"""What one article tells of one incident, from its claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from typed_accounts import (
    FAMILIES,
    ORIGIN,
    actor,
    article,
    capture,
    claim,
    day,
    event,
    hop,
    place,
    quantity,
    span,
    victim,
)

from reportedly.entries import Account
from reportedly.records import Claim, Reading
from reportedly.stages.account import accounts


def told(claims: Sequence[Claim], **about: Any) -> tuple[Account, ...]:
    text = article("A bomb exploded.", **about)
    placed = [
        msgspec.structs.replace(c, event=msgspec.structs.replace(c.event, trigger=span("x", number)))
        for number, c in enumerate(claims)
        if c.event
    ]
    return accounts(
        Reading(article=text, claims=tuple(placed), statements=(), reasons={}, origin=ORIGIN), capture(), FAMILIES
    )


def one(*claims: Claim, **about: Any) -> Account:
    (account,) = told(claims, **about)
    return account


def test_claims_that_share_an_incident_are_one_account() -> None:
    """Two incidents of one article are two accounts, in the order in which they are told; the claims keep that order."""
    found = told([claim("a"), claim("b", incident_id="incident-2"), claim("c")])
    assert [a.claim_ids for a in found] == [("claim-a", "claim-c"), ("claim-b",)]
    assert len({a.account_id for a in found}) == 2


def test_the_same_reading_gives_the_same_account() -> None:
    """The order of the claims in the reading does not show."""
    claims = (claim("a", event("killing")), claim("b"))
    text = article("A bomb exploded.")
    placed = [
        msgspec.structs.replace(c, event=msgspec.structs.replace(c.event, trigger=span("x", n)))
        for n, c in enumerate(claims)
    ]
    readings = [
        Reading(article=text, claims=tuple(order), statements=(), reasons={}, origin=ORIGIN)
        for order in (placed, placed[::-1])
    ]
    assert accounts(readings[0], capture(), FAMILIES) == accounts(readings[1], capture(), FAMILIES)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("attack", "attack", "bombing"), "bombing"),
        (("arrest", "arrest", "bombing"), "bombing"),
        (("killing", "armed_assault", "killing"), "armed_assault"),
        (("kidnapping", "bombing", "bombing"), "bombing"),
        (("raid", "arrest", "arrest"), "arrest"),
    ],
)
def test_the_type_is_the_most_specific_that_most_claims_give(kinds: tuple[str, ...], expected: str) -> None:
    """A specific type before a generic one, violence before what the police did about it."""
    assert one(*(claim(str(n), event(kind)) for n, kind in enumerate(kinds))).event_type == expected


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (("accomplished", "accomplished", "planned"), "accomplished"),
        (("foiled", "planned", "planned"), "foiled"),
        (("foiled", "foiled", "accomplished"), "foiled"),
        (("threatened",), "threatened"),
    ],
)
def test_the_stage_is_what_came_to_pass(stages: tuple[str, ...], expected: str) -> None:
    """What was stopped stays stopped where more claims say so; a plan counts only where nothing else is told."""
    assert one(*(claim(str(n), stage=stage) for n, stage in enumerate(stages))).stage == expected


def test_an_arrest_does_not_make_a_foiled_plot_accomplished() -> None:
    """Only claims of the family of the type say how far it got."""
    account = one(claim("a", stage="foiled"), claim("b", event("arrest")), claim("c", event("arrest")))
    assert (account.event_type, account.stage) == ("bombing", "foiled")


def test_an_account_is_negated_where_every_claim_is() -> None:
    """One affirmed claim is enough for an act to be told."""
    assert one(claim("a", polarity="negated")).negated
    assert not one(claim("a", polarity="negated"), claim("b")).negated


def test_who_did_not_do_it_is_no_doer() -> None:
    """ "The army never attacked the people", beside a report of an attack, leaves the army denied and the people unharmed."""
    not_done = claim("b", event(actors=(actor("the army"),), recipients=(victim("the people"),)), polarity="negated")
    both = one(claim("a", event(actors=(actor("rebels"),))), not_done)
    assert [(a.name, a.confidence) for a in both.actors] == [("rebels", "reported_as_fact"), ("the army", "denied")]
    assert both.recipients == ()
    assert [a.confidence for a in one(not_done).actors] == ["reported_as_fact"]


def test_the_most_exact_resolved_date_counts() -> None:
    """A day before a month; what is not resolved does not count."""
    month, unknown = day("2025-03-01", "2025-03-31"), msgspec.structs.replace(day("2025-01-01"), resolved=False)
    account = one(
        claim("a", event(date=unknown)), claim("b", event(date=month)), claim("c", event(date=day("2025-03-02")))
    )
    assert account.date is not None and account.date.start == "2025-03-02"
    assert one(claim("a", event(date=unknown))).date is None


def test_no_act_is_dated_after_it_was_published() -> None:
    """A misread year would put it into the future; a plan may lie there."""
    later = event(date=day("2026-03-03"))
    assert one(claim("a", later)).date is None
    assert one(claim("a", later, stage="planned")).date is not None


def test_sites_come_before_targets_and_exact_places_first() -> None:
    """Each once; the country last."""
    country, target = place("Romania", prec=6), place("Docks", role="target")
    account = one(claim("a", event(places=(country, target))), claim("b", event(places=(place("Hallic"), country))))
    assert [p.name for p in account.places] == ["Hallic", "Romania"]
    assert [p.name for p in one(claim("a", event(places=(target,)))).places] == ["Docks"]


def test_an_actor_has_the_strongest_confidence() -> None:
    """In the order of MUC-4, whatever comes first."""
    weak, strong = (
        actor("Dawn Front", "possible", "group:dawn"),
        actor("the Front", "claimed_or_admitted", "group:dawn"),
    )
    (who,) = one(claim("a", event(actors=(weak,))), claim("b", event(actors=(strong,)))).actors
    assert (who.name, who.confidence) == ("Dawn Front", "claimed_or_admitted")


def test_the_toll_is_a_range_over_the_claims() -> None:
    """The best is what most claims give."""
    counts = [claim(str(n), event(quantities=(quantity("killed", k),))) for n, k in enumerate((14, 14, 19))]
    killed = one(*counts).killed
    assert (killed.low, killed.best, killed.high) == (14, 14, 19)
    assert killed.claims == ("claim-0", "claim-1", "claim-2")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"what": event(quantities=(quantity("killed", 2, of="bombers"),))}, "attackers are no victims"),
        ({"what": event(quantities=(quantity("killed", 5),), recipients=(victim("5 of those wounded"),))}, "a part"),
        ({"what": event(quantities=(quantity("killed", 200),)), "stage": "planned"}, "nobody has died of a plan"),
        ({"what": event(quantities=(quantity("killed", 40),)), "polarity": "negated"}, "denied"),
        ({"what": event(quantities=(quantity("killed", 40),)), "stance": "questions"}, "asked"),
    ],
)
def test_what_is_no_toll_does_not_count(more: dict[str, Any], why: str) -> None:
    """The range stays that of the one claim that counts all the dead."""
    what = more.pop("what")
    account = one(claim("a", event(quantities=(quantity("killed", 9),))), claim("b", what, **more))
    assert (account.killed.low, account.killed.high) == (9, 9), why


def test_who_died_of_wounds_is_no_toll_of_wounded() -> None:
    """ "Three who had been wounded died": the same words count the dead."""
    both = event(quantities=(quantity("killed", 3), quantity("wounded", 3)))
    found = one(claim("a", both))
    assert (found.killed.best, found.wounded.best) == (3, None)


def test_a_source_that_counts_a_part_lowers_nothing() -> None:
    """What one source says beside a greater number is a part; what another says is not."""
    whole = claim("a", event(quantities=(quantity("killed", 17),)), chain=(hop("Interior Ministry"),))
    part = event(quantities=(quantity("killed", 3),))
    assert one(whole, claim("b", part, chain=(hop("Ministry"),))).killed.low == 17
    assert one(whole, claim("b", part, chain=(hop("a doctor"),))).killed.low == 3


def test_at_least_leaves_the_highest_open() -> None:
    """A lower bound bounds nothing from above."""
    killed = one(claim("a", event(quantities=(quantity("killed", 9, qualifier="at_least"),)))).killed
    assert (killed.low, killed.best, killed.high) == (9, 9, None)


def test_the_anchor_is_a_sentence_and_no_headline() -> None:
    """Headlines change; where there is nothing else, the headline serves."""
    head = claim("a", headline=True, sentence=span("Blast in Hallic"))
    assert one(head, claim("b")).anchor.text == "Sentence of b."
    assert one(head).anchor.text == "Blast in Hallic"


def test_who_said_it_changes_nothing() -> None:
    """An account is about the act; its sources stay with the claims."""
    assert one(claim("a", chain=(hop("police"),))) == one(claim("a"))
