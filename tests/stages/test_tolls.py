"""What the numbers of an article's claims come to: lists sum up, parts do not, and a later number replaces an earlier one where the words say so."""

from __future__ import annotations

import msgspec
import pytest
from typed_accounts import account, claim, event, hop, span, stated, victim

from reportedly.entries import Range
from reportedly.records import Claim, Quantity, QuantityKind
from reportedly.stages._contradictions import contradictions
from reportedly.stages._tolls import toll

Number = tuple[QuantityKind, int, str]


def said(name: str, sentence: str, *numbers: Number, by: str | None = None, named: str | None = None) -> Claim:
    """A claim in a sentence of its own; a number is its kind, its value and its words, the last of which are who was counted."""
    quantities = tuple(
        Quantity(
            kind=kind,
            low=value,
            best=value,
            high=value,
            qualifier="exact",
            of=words.split()[-1] if " " in words else None,
            mention=span(words, sentence.index(words)),
        )
        for kind, value, words in numbers
    )
    who = () if named is None else (msgspec.structs.replace(victim(named), mention=span(named, sentence.index(named))),)
    made = claim(name, event(quantities=quantities, recipients=who), chain=() if by is None else (hop(by),))
    return msgspec.structs.replace(made, sentence=span(sentence))


def bounds(kind: QuantityKind, *claims: Claim) -> tuple[int | None, int | None, int | None]:
    found = toll(kind, claims)
    return found.low, found.best, found.high


@pytest.mark.parametrize(
    ("sentence", "numbers", "total"),
    [
        (
            "It killed 12 soldiers and three civilians.",
            [("killed", 12, "12 soldiers"), ("killed", 3, "three civilians")],
            15,
        ),
        (
            "It killed four policemen, two nurses and a driver.",
            [("killed", 4, "four policemen"), ("killed", 2, "two nurses"), ("killed", 1, "a driver")],
            7,
        ),
        (
            "Gunmen killed the mayor and his driver.",
            [("killed", 1, "the mayor"), ("killed", 1, "his driver")],
            2,
        ),
        (
            "It killed 19 people, including five policemen and a judge.",
            [("killed", 19, "19 people"), ("killed", 5, "five policemen"), ("killed", 1, "a judge")],
            19,
        ),
        (
            "Thirteen people died, among them three children.",
            [("killed", 13, "Thirteen people"), ("killed", 3, "three children")],
            13,
        ),
        ("It killed ten passengers, three of them.", [("killed", 10, "ten passengers"), ("killed", 3, "three")], 10),
        (
            "Six people, two women and four children, were killed.",
            [("killed", 6, "Six people"), ("killed", 2, "two women"), ("killed", 4, "four children")],
            6,
        ),
        (
            "Seven soldiers, four privates and three officers, died.",
            [("killed", 7, "Seven soldiers"), ("killed", 4, "four privates"), ("killed", 3, "three officers")],
            7,
        ),
        (
            "The dead, including two guards and a cook, were many.",
            [("killed", 2, "two guards"), ("killed", 1, "a cook")],
            3,
        ),
    ],
)
def test_lists_sum_up_and_parts_do_not(sentence: str, numbers: list[Number], total: int) -> None:
    """Soldiers and civilians are counted together; what is said to be among them is counted once."""
    assert bounds("killed", said("a", sentence, *numbers)) == (total, total, total)


def test_who_is_named_beside_a_number_counts() -> None:
    """A colonel and two bodyguards are three."""
    words = "Colonel Omar Brandt and two bodyguards were killed."
    found = said("a", words, ("killed", 2, "two bodyguards"), named="Colonel Omar Brandt")
    assert bounds("killed", found) == (3, 3, 3)


@pytest.mark.parametrize(
    ("sentence", "words", "value"),
    [
        ("The death toll was later raised to 14.", "14", 14),
        ("The ministry revised the toll down to six.", "six", 6),
        ("The army now says 12 people were killed.", "12 people", 12),
        ("Two died overnight, bringing the death toll to 11.", "11", 11),
        ("It killed 14 people, up from nine.", "14 people", 14),
    ],
)
def test_a_number_that_replaces_another_stands_alone(sentence: str, words: str, value: int) -> None:
    """Raised or lowered: what the article told before is no bound of what it knows now."""
    first = said("a", "The blast killed nine people.", ("killed", 9, "nine people"), by="police")
    later = said("b", sentence, ("killed", value, words), by="a doctor")
    assert bounds("killed", first, later) == (value, value, value)


def test_what_was_first_said_is_replaced_wherever_it_stands() -> None:
    """Also where the article tells it last."""
    now = said("a", "The blast killed 14 people.", ("killed", 14, "14 people"))
    first = said("b", "Police had initially said nine people were killed.", ("killed", 9, "nine people"), by="police")
    assert bounds("killed", now, first) == (14, 14, 14)


def test_two_sources_that_differ_both_stand() -> None:
    """Where no word says that one replaces the other, the range holds both; who revises its own toll leaves that of the others."""
    rebels = said("a", "The rebels said they killed 30 people.", ("killed", 30, "30 people"), by="rebels")
    army = said("b", "The army said seven people were killed.", ("killed", 7, "seven people"), by="army")
    own = said("c", "The army later raised its death toll to 12.", ("killed", 12, "12"), by="army")
    assert bounds("killed", rebels, army)[::2] == (7, 30)
    assert bounds("killed", rebels, army, own)[::2] == (12, 30)


def test_two_more_are_no_total() -> None:
    """An addition lowers no bound."""
    all_of_them = said("a", "The blast killed 21 people.", ("killed", 21, "21 people"))
    more = said("b", "Two more people died on Sunday.", ("killed", 2, "Two more people"))
    assert bounds("killed", all_of_them, more) == (21, 21, 21)


def test_the_toll_of_a_year_is_not_that_of_the_day() -> None:
    """A cumulative number is not the incident's."""
    day = said("a", "The blast killed four people.", ("killed", 4, "four people"))
    year = said("b", "It brings to 310 the number of people killed this year.", ("killed", 310, "310"))
    assert bounds("killed", day, year) == (4, 4, 4)


def test_none_is_nought_of_both_kinds() -> None:
    """The same words count no dead and no wounded."""
    words = "It exploded without casualties."
    both = said("a", words, ("killed", 0, "casualties"), ("wounded", 0, "casualties"))
    assert (bounds("killed", both), bounds("wounded", both)) == ((0, 0, 0), (0, 0, 0))


def test_an_update_inside_an_article_is_an_update() -> None:
    """No disagreement: both sides are kept, with their order."""
    first = said("a", "The blast killed nine people.", ("killed", 9, "nine people"), by="police")
    later = said("b", "The death toll was later raised to 14.", ("killed", 14, "14"), by="a doctor")
    told = account("x", claim_ids=("claim-a", "claim-b"), killed=Range(low=14, best=14, high=14))
    testimonies = {told.account_id: [stated(c, told) for c in (first, later)]}
    found = contradictions([told], testimonies, {}, "violence")
    assert [(c.kind, [side.value for side in c.sides]) for c in found] == [("update", ["9", "14"])]
