"""The count stage finds how many were killed, wounded, arrested and so on, with the bounds that the words give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.lexicons import load
from reportedly.records import Quantity
from reportedly.stages._count_words import CountWords
from reportedly.stages.count import count
from reportedly.stages.drafts import Annotated

Annotate = Callable[..., Annotated]
Row = tuple[str, str, int | None, int | None, int | None, str, str | None]


@pytest.fixture(scope="module")
def words() -> CountWords:
    return load("counts", CountWords)


def row(found: Quantity) -> Row:
    return found.mention.text, found.kind, found.low, found.best, found.high, found.qualifier, found.of


def exact(mention: str, kind: str, number: int, of: str | None = None) -> Row:
    return mention, kind, number, number, number, "exact", of


BOUNDS: list[tuple[str, list[Row]]] = [
    ("The blast killed 12 soldiers.", [exact("12 soldiers", "killed", 12, "soldiers")]),
    ("The blast killed twenty-five people.", [exact("twenty-five people", "killed", 25, "people")]),
    (
        "The blast killed one hundred and twenty people.",
        [exact("one hundred and twenty people", "killed", 120, "people")],
    ),
    ("The blast killed 1,200 people.", [exact("1,200 people", "killed", 1200, "people")]),
    ("The war has displaced 1.5 million people.", [exact("1.5 million people", "displaced", 1_500_000, "people")]),
    ("The blast killed two dozen people.", [exact("two dozen people", "killed", 24, "people")]),
    ("The blast wounded half a dozen guards.", [exact("half a dozen guards", "wounded", 6, "guards")]),
    (
        "The blast killed at least 12 soldiers.",
        [("at least 12 soldiers", "killed", 12, 12, None, "at_least", "soldiers")],
    ),
    (
        "The blast killed no fewer than 12 soldiers.",
        [("no fewer than 12 soldiers", "killed", 12, 12, None, "at_least", "soldiers")],
    ),
    (
        "The blast killed more than 20 soldiers.",
        [("more than 20 soldiers", "killed", 21, 21, None, "at_least", "soldiers")],
    ),
    ("The blast killed 200 or more.", [("200 or more", "killed", 200, 200, None, "at_least", None)]),
    ("The blast wounded up to 40 people.", [("up to 40 people", "wounded", None, 40, 40, "at_most", "people")]),
    (
        "The blast wounded as many as 40 people.",
        [("as many as 40 people", "wounded", None, 40, 40, "at_most", "people")],
    ),
    (
        "The blast wounded fewer than 20 people.",
        [("fewer than 20 people", "wounded", None, 19, 19, "at_most", "people")],
    ),
    ("The blast killed about 30 people.", [("about 30 people", "killed", None, 30, None, "about", "people")]),
    ("The blast killed some 30 people.", [("some 30 people", "killed", None, 30, None, "about", "people")]),
    ("The blast killed nearly 30 people.", [("nearly 30 people", "killed", None, 30, None, "about", "people")]),
    (
        "The blast killed between 10 and 15 people.",
        [("between 10 and 15 people", "killed", 10, None, 15, "range", "people")],
    ),
    ("The blast killed 10 to 15 people.", [("10 to 15 people", "killed", 10, None, 15, "range", "people")]),
    ("The blast killed 10-15 people.", [("10-15 people", "killed", 10, None, 15, "range", "people")]),
    ("The blast killed dozens of people.", [("dozens of people", "killed", 24, None, None, "range", "people")]),
    ("The blast killed scores of people.", [("scores of people", "killed", 40, None, None, "range", "people")]),
    ("The blast killed several people.", [("several people", "killed", 3, None, None, "range", "people")]),
    (
        "Hundreds of thousands of people have been displaced.",
        [("Hundreds of thousands of people", "displaced", 200_000, None, None, "range", "people")],
    ),
]
FRAMES: list[tuple[str, list[Row]]] = [
    ("A man was killed.", [exact("A man", "killed", 1, "man")]),
    ("A 24-year-old woman was stabbed to death.", [exact("A 24-year-old woman", "killed", 1, "woman")]),
    ("The gang killed the mayor.", [exact("the mayor", "killed", 1, "mayor")]),
    (
        "A soldier and a policeman were killed.",
        [exact("A soldier", "killed", 1, "soldier"), exact("a policeman", "killed", 1, "policeman")],
    ),
    (
        "There were no casualties.",
        [exact("no casualties", "killed", 0, "casualties"), exact("no casualties", "wounded", 0, "casualties")],
    ),
    ("No one was hurt.", [exact("No one", "wounded", 0)]),
    ("No injuries were reported.", [exact("No injuries", "wounded", 0, "injuries")]),
    (
        "A car bomb exploded, killing 12 people and wounding 30 others.",
        [exact("12 people", "killed", 12, "people"), exact("30 others", "wounded", 30, "others")],
    ),
    ("12 dead, 30 injured in market blast", [exact("12", "killed", 12), exact("30", "wounded", 30)]),
    ("The blast was small; 13 people suffered minor injuries.", [exact("13 people", "wounded", 13, "people")]),
    ("Bomb kills 12, wounds 30.", [exact("12", "killed", 12), exact("30", "wounded", 30)]),
    ("The death toll rose to 45.", [exact("45", "killed", 45)]),
    ("The death toll rose from 40 to 45.", [exact("45", "killed", 45)]),
    ("The death toll reached 50.", [exact("50", "killed", 50)]),
    ("Officials put the toll at 19.", [exact("19", "killed", 19)]),
    ("The attack left 12 people dead.", [exact("12 people", "killed", 12, "people")]),
    ("It destroyed the hall, leaving 67 dead and 80 wounded.", [exact("67", "killed", 67), exact("80", "wounded", 80)]),
    (
        "12 soldiers and three civilians were killed.",
        [exact("12 soldiers", "killed", 12, "soldiers"), exact("three civilians", "killed", 3, "civilians")],
    ),
    (
        "At least two people have been killed and seven others injured.",
        [
            ("At least two people", "killed", 2, 2, None, "at_least", "people"),
            exact("seven others", "wounded", 7, "others"),
        ],
    ),
    ("Six people lost their lives.", [exact("Six people", "killed", 6, "people")]),
    ("The clashes claimed the lives of 30 people.", [exact("30 people", "killed", 30, "people")]),
    ("The deaths of 12 miners were confirmed.", [exact("12 miners", "killed", 12, "miners")]),
    ("There were 15 fatalities.", [exact("15 fatalities", "killed", 15, "fatalities")]),
    ("They inflicted three casualties on the army.", [exact("three casualties", "other", 3, "casualties")]),
    ("Two of the 12 hostages were killed.", [exact("Two of the 12 hostages", "killed", 2, "hostages")]),
    ("Nine officers were among the dead.", [exact("Nine officers", "killed", 9, "officers")]),
    ("Twelve miners are missing.", [exact("Twelve miners", "missing", 12, "miners")]),
    ("Fifteen people have disappeared.", [exact("Fifteen people", "missing", 15, "people")]),
    ("Gunmen took 12 people hostage.", [exact("12 people", "kidnapped", 12, "people")]),
    (
        "The two leaders were abducted and killed.",
        [exact("two leaders", "kidnapped", 2, "leaders"), exact("two leaders", "killed", 2, "leaders")],
    ),
    ("Police arrested seven suspects.", [exact("seven suspects", "arrested", 7, "suspects")]),
    ("The arrest of 45 soldiers was announced.", [exact("45 soldiers", "arrested", 45, "soldiers")]),
    ("Some 1,200 people fled their homes.", [("Some 1,200 people", "displaced", None, 1200, None, "about", "people")]),
    ("Four gunmen attacked the post.", [exact("Four gunmen", "attackers", 4, "gunmen")]),
    (
        "The judge was kidnapped by three armed men.",
        [exact("The judge", "kidnapped", 1, "judge"), exact("three armed men", "attackers", 3, "men")],
    ),
    ("They planned attacks on four cities.", [exact("four cities", "targets", 4, "cities")]),
    ("The unit smashed 31 plots.", [exact("31 plots", "events", 31, "plots")]),
    ("It was one of 31 plots that the unit foiled.", [exact("31 plots", "events", 31, "plots")]),
    (
        "Two bombings and three attacks followed.",
        [exact("Two bombings", "events", 2, "bombings"), exact("three attacks", "events", 3, "attacks")],
    ),
    (
        "Nine people were dead and 130 more were burned and injured.",
        [exact("Nine people", "killed", 9, "people"), exact("130", "wounded", 130)],
    ),
    ("The group held 20 foreign diplomats hostage.", [exact("20 foreign diplomats", "kidnapped", 20, "diplomats")]),
    (
        "There were eight women, a 10-year-old girl and four men injured.",
        [
            exact("eight women", "wounded", 8, "women"),
            exact("a 10-year-old girl", "wounded", 1, "girl"),
            exact("four men", "wounded", 4, "men"),
        ],
    ),
    (
        "His mother, father and sister were detained.",
        [
            exact("His mother", "arrested", 1, "mother"),
            exact("father", "arrested", 1, "father"),
            exact("sister", "arrested", 1, "sister"),
        ],
    ),
    (
        "Shelling killed her husband and daughter.",
        [exact("her husband", "killed", 1, "husband"), exact("daughter", "killed", 1, "daughter")],
    ),
    ("His friend and mentor was killed.", [exact("His friend", "killed", 1, "friend")]),
    ("Three of the dead were children.", [exact("Three", "killed", 3)]),
    ("The government put the dead at 40.", [exact("40", "killed", 40)]),
    ("Not one person was hurt.", [exact("one person", "wounded", 0, "person")]),
    ("Six people burned to death.", [exact("Six people", "killed", 6, "people")]),
    ("All of them escaped without injury.", [exact("injury", "wounded", 0, "injury")]),
    ("He named the killers of the three nurses.", [exact("three nurses", "killed", 3, "nurses")]),
    ("Fourteen are still missing and feared dead.", [exact("Fourteen", "missing", 14)]),
    ("Soldiers seized 40 rifles.", [exact("40 rifles", "other", 40, "rifles")]),
    ("Militants fired six rockets.", [exact("six rockets", "other", 6, "rockets")]),
]
NO_COUNTS = [
    "It was the third attack this year.",
    "He is 34 years old.",
    "Tamer Ode, 26, died at home.",
    "He paid $5 million and lost 3 per cent.",
    "The team won 3-2 and scored 12 points.",
    "The bill passed by 60 votes to 40.",
    "He walked 12 kilometres in three days.",
    "At 5:30 pm on 12 May 2014 he left.",
    "The August 4 assassination attempt failed.",
    "The daughter of the envoy was almost killed.",
    "Two nurses were not hurt.",
    "About 1,000 rebels are active there.",
    "One cannot say.",
    "Six men were detained in hospital overnight.",
    "One incident was enough.",
    "The army denied it.",
]


@pytest.mark.parametrize(("text", "expected"), BOUNDS)
def test_bounds_are_what_the_words_give(annotated: Annotate, words: CountWords, text: str, expected: list[Row]) -> None:
    """Numbers in words and figures, with their qualifiers; a bound that is not said is null."""
    assert [row(q) for q in count(annotated(text), words)] == expected


@pytest.mark.parametrize(("text", "expected"), FRAMES)
def test_the_kind_is_what_the_clause_says(
    annotated: Annotate, words: CountWords, text: str, expected: list[Row]
) -> None:
    """Active, passive, participial and nominal frames, and headlines."""
    assert [row(q) for q in count(annotated(text), words)] == expected


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count_is_left_alone(annotated: Annotate, words: CountWords, text: str) -> None:
    """Ages, money, votes, scores, distances, days, ordinals, and what did not happen."""
    assert count(annotated(text), words) == ()


def test_the_name_of_a_body_may_stand_between(annotated: Annotate, words: CountWords) -> None:
    """Five Norland Liberation Front (NLF) rebels are five rebels."""
    found = count(annotated("Five Norland Liberation Front (NLF) rebels were killed on Sunday."), words)
    assert [(q.kind, q.best, q.of) for q in found] == [("killed", 5, "rebels")]


def test_a_bare_noun_in_a_headline_is_one_person(annotated: Annotate, words: CountWords) -> None:
    """Headlines leave articles out."""
    found = count(annotated("It happened at noon.", headline="Policeman shot dead at station"), words)
    assert [row(q) for q in found] == [exact("Policeman", "killed", 1, "Policeman")]


def test_the_words_are_the_articles_own(annotated: Annotate, words: CountWords) -> None:
    """A wire text in capitals keeps its capitals."""
    found = count(annotated("AT LEAST TWO PEASANTS WERE KILLED YESTERDAY BY THE REBELS NEAR THE BRIDGE."), words)
    assert [(q.mention.text, q.of) for q in found] == [("AT LEAST TWO PEASANTS", "PEASANTS")]


@pytest.mark.parametrize("text", ["one hundred " * 400, "9" * 400 + " people were killed.", "two men, " * 2000])
def test_numbers_without_end_are_no_counts(annotated: Annotate, words: CountWords, text: str) -> None:
    """A hostile or broken page neither crashes the reader nor yields a number that nobody counted."""
    assert count(annotated(text), words) == ()


PIECES = st.sampled_from(
    [t for t, _ in BOUNDS]
    + [t for t, _ in FRAMES]
    + NO_COUNTS
    + [
        "at least",
        "between",
        "12",
        "and",
        "30",
        "no",
        "one",
        "of",
        "dozens",
        "a",
        "hundred",
        "killed",
        "wounded",
        "people",
        "million",
        "from",
        "to",
        "half a dozen",
        "İ 5",
        "–",
        "0",
        "99999999999999",
        "1.5",
        "none",
        "dead",
        "two",
        ",",
    ]
)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(pieces=st.lists(PIECES, min_size=1, max_size=10))
def test_mentions_lie_in_the_text_and_bounds_are_in_order(
    annotated: Annotate, words: CountWords, pieces: list[str]
) -> None:
    """Whatever the words: a mention is a span of the article, low <= best <= high, and something is known."""
    text = " ".join(pieces)
    found = count(annotated(text), words)
    for each in found:
        assert text[each.mention.start : each.mention.end] == each.mention.text != ""
        known = [n for n in (each.low, each.best, each.high) if n is not None]
        assert known
        assert known == sorted(known)
        assert known[0] >= 0
        assert each.of is None or each.of in text
    starts = [each.mention.start for each in found]
    assert starts == sorted(starts)


@SLOW
@given(number=st.integers(2, 5000), comma=st.booleans())
def test_a_figure_is_read_back(annotated: Annotate, words: CountWords, number: int, comma: bool) -> None:
    """Any figure, with or without a comma, is the number of the killed."""
    figure = f"{number:,}" if comma else str(number)
    found = count(annotated(f"The explosion killed at least {figure} people."), words)
    assert [(q.kind, q.low, q.best, q.high) for q in found] == [("killed", number, number, None)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The blast killed both rebels and civilians.", []),
        ("Both soldiers died in the blast.", [2]),
        ("Both soldiers and a clerk died in the blast.", [2, 1]),
    ],
)
def test_both_of_two_kinds_are_no_two_people(
    annotated: Annotate, words: CountWords, text: str, wanted: list[int]
) -> None:
    """ "Both rebels and civilians" says nothing of how many."""
    assert [found.best for found in count(annotated(text), words)] == wanted


def test_whose_parent_somebody_is_were_not_hurt(annotated: Annotate, words: CountWords) -> None:
    """ "A father of three was shot dead": one."""
    found = count(annotated("A father of three was shot dead in Tarvik."), words)
    assert [(q.kind, q.best) for q in found] == [("killed", 1)]


@pytest.mark.parametrize("model", ["AK 47", "AK-47", "AK - 47"])
def test_a_model_is_no_count(annotated: Annotate, words: CountWords, model: str) -> None:
    """ "Six AK 47 rifles": never forty-seven."""
    assert 47 not in [q.best for q in count(annotated(f"Six {model} rifles were seized in Tarvik."), words)]
