"""The date stage finds every date mention, gives its own words, and resolves it against the publication date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.lexicons import load
from reportedly.records import EventDate
from reportedly.stages.date import DateWords, date, expressions
from reportedly.stages.drafts import Annotated

Annotate = Callable[..., Annotated]
PUBLISHED = "2016-04-12"  # a Tuesday
MONTHS = [Day(2000, month, 1).strftime("%B") for month in range(1, 13)]


@pytest.fixture(scope="module")
def words() -> DateWords:
    return load("dates", DateWords)


def short(found: EventDate) -> tuple[str, str | None, str | None, int | None]:
    return found.mention.text, found.start, found.end, found.date_prec


EXPLICIT = [
    (
        "One of the men is being sought over the bombing of the port on 3 May.",
        "3 May",
        "2015-05-03",
        "2015-05-03",
        1,
    ),
    ("A vote has been planned for 3 May.", "3 May", "2016-05-03", "2016-05-03", 1),
    ("A bomb went off on 3 March 2014 in the port.", "3 March 2014", "2014-03-03", "2014-03-03", 1),
    ("A bomb went off on March 3, 2014 in the port.", "March 3, 2014", "2014-03-03", "2014-03-03", 1),
    ("A bomb went off on March 3rd in the port.", "March 3rd", "2016-03-03", "2016-03-03", 1),
    ("A bomb went off on Mar. 3 in the port.", "Mar. 3", "2016-03-03", "2016-03-03", 1),
    ("A bomb went off on the 3rd of March in the port.", "the 3rd of March", "2016-03-03", "2016-03-03", 1),
    (
        "A bomb went off on Thursday, March 3, 2016 in the port.",
        "Thursday, March 3, 2016",
        "2016-03-03",
        "2016-03-03",
        1,
    ),
    ("A bomb went off on 2014-03-03 in the port.", "2014-03-03", "2014-03-03", "2014-03-03", 1),
    ("A bomb went off on 25/12/2014 in the port.", "25/12/2014", "2014-12-25", "2014-12-25", 1),
    ("A bomb went off on 12/25/2014 in the port.", "12/25/2014", "2014-12-25", "2014-12-25", 1),
    ("A bomb went off on 03/03/2014 in the port.", "03/03/2014", "2014-03-03", "2014-03-03", 1),
    ("The clashes of 3-5 March left the town in ruins.", "3-5 March", "2016-03-03", "2016-03-05", 2),
    ("The army shelled the town between 3 and 5 March.", "3 and 5 March", "2016-03-03", "2016-03-05", 2),
    (
        "The army shelled the town from 28 February to 3 March 2015.",
        "28 February to 3 March 2015",
        "2015-02-28",
        "2015-03-03",
        2,
    ),
    (
        "The army shelled the town from December 30 to January 2.",
        "December 30 to January 2",
        "2015-12-30",
        "2016-01-02",
        2,
    ),
    ("The army shelled the town from March to May 2014.", "March to May 2014", "2014-03-01", "2014-05-31", 5),
    ("The army shelled the town between November and January.", "November and January", "2015-11-01", "2016-01-31", 5),
    ("Troops took the town in March 2014.", "March 2014", "2014-03-01", "2014-03-31", 4),
    ("Troops took the town in 1993.", "1993", "1993-01-01", "1993-12-31", 5),
    ("Troops took the town in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31", 5),
    ("Troops took the town in early 2015.", "early 2015", "2015-01-01", "2015-04-30", 5),
    ("Troops took the town in mid-March.", "mid-March", "2016-03-11", "2016-03-20", 4),
    ("Troops took the town late last year.", "late last year", "2015-09-01", "2015-12-31", 5),
    ("Troops took the town in the summer of 2014.", "the summer of 2014", "2014-06-01", "2014-08-31", 5),
    ("The war of 2010-2014 is over.", "2010-2014", "2010-01-01", "2014-12-31", 5),
    ("In the first half of 2015 the raids grew.", "the first half of 2015", "2015-01-01", "2015-06-30", 5),
    ("In the last week of March the raids grew.", "the last week of March", "2016-03-25", "2016-03-31", 3),
    (
        "The ministry fell in September and October of 2013.",
        "September and October of 2013",
        "2013-09-01",
        "2013-10-31",
        5,
    ),
    ("In October last year a mine blew up.", "October last year", "2015-10-01", "2015-10-31", 4),
    ("Shots were fired on Christmas Day.", "Christmas Day", "2015-12-25", "2015-12-25", 1),
    ("Shots were fired on New Year's Eve 2012.", "New Year's Eve 2012", "2012-12-31", "2012-12-31", 1),
    ("The 9/11 attacks changed the law.", "9/11", "2001-09-11", "2001-09-11", 1),
    ("On 29 February a shop burned.", "29 February", "2016-02-29", "2016-02-29", 1),
]
RELATIVE = [
    ("The village was attacked in August.", "August", "2015-08-01", "2015-08-31", 4),
    ("The village was attacked in February.", "February", "2016-02-01", "2016-02-29", 4),
    ("The village was attacked in April.", "April", "2016-04-01", "2016-04-30", 4),
    ("The court will hear the case in August.", "August", "2016-08-01", "2016-08-31", 4),
    ("The trial is due in August.", "August", "2016-08-01", "2016-08-31", 4),
    ("The group plans to strike in August.", "August", "2016-08-01", "2016-08-31", 4),
    ("The group planned to strike in August.", "August", "2015-08-01", "2015-08-31", 4),
    ("Talks resume next August.", "next August", "2016-08-01", "2016-08-31", 4),
    ("The village was attacked on August 21.", "August 21", "2015-08-21", "2015-08-21", 1),
    ("The judge arrives on April 20.", "April 20", "2016-04-20", "2016-04-20", 1),
    ("He was killed on Tuesday.", "Tuesday", "2016-04-12", "2016-04-12", 1),
    ("He was killed on Wednesday.", "Wednesday", "2016-04-06", "2016-04-06", 1),
    ("Ministers will meet on Wednesday.", "Wednesday", "2016-04-13", "2016-04-13", 1),
    ("Rebels are urging people to sit out a vote on Sunday.", "Sunday", "2016-04-17", "2016-04-17", 1),
    ("He was killed last Tuesday.", "last Tuesday", "2016-04-05", "2016-04-05", 1),
    ("Next Tuesday a court rules.", "Next Tuesday", "2016-04-19", "2016-04-19", 1),
    ("They attacked on Monday night.", "Monday night", "2016-04-11", "2016-04-11", 1),
    ("They attacked early on Thursday.", "early on Thursday", "2016-04-07", "2016-04-07", 1),
    ("They clashed from Friday to Sunday.", "Friday to Sunday", "2016-04-08", "2016-04-10", 2),
    ("They attacked on Thursday last week.", "Thursday last week", "2016-04-07", "2016-04-07", 1),
    ("Yesterday two men fled.", "Yesterday", "2016-04-11", "2016-04-11", 1),
    ("Two men fled today.", "today", "2016-04-12", "2016-04-12", 1),
    ("Two men fled last night.", "last night", "2016-04-11", "2016-04-11", 1),
    ("Two men fled this morning.", "this morning", "2016-04-12", "2016-04-12", 1),
    ("Two men fled last week.", "last week", "2016-04-04", "2016-04-10", 3),
    ("Last month it emerged that two men had fled.", "Last month", "2016-03-01", "2016-03-31", 4),
    ("Two men fled last year.", "last year", "2015-01-01", "2015-12-31", 5),
    ("The unit foiled a plot in the past year.", "the past year", "2015-04-12", "2016-04-12", 5),
    ("Over the past two weeks the raids grew.", "the past two weeks", "2016-03-29", "2016-04-12", 4),
    ("Three days ago a mine blew up.", "Three days ago", "2016-04-09", "2016-04-09", 1),
    ("A bomb went off in the last 24 hours.", "the last 24 hours", "2016-04-11", "2016-04-12", 2),
    ("A bomb went off 36 hours ago.", "36 hours ago", "2016-04-10", "2016-04-11", 2),
    ("Two weeks ago a mine blew up.", "Two weeks ago", "2016-03-26", "2016-04-01", 3),
    ("Two years ago a mine blew up.", "Two years ago", "2014-01-01", "2014-12-31", 5),
    ("Next month a court rules.", "Next month", "2016-05-01", "2016-05-31", 4),
    ("The raids grew this year.", "this year", "2016-01-01", "2016-12-31", 5),
    ("Earlier this month a mine blew up.", "Earlier this month", "2016-04-01", "2016-04-12", 4),
    ("Since January the raids have grown.", "January", "2016-01-01", "2016-04-12", 5),
    ("In the week of 9 March the talks stalled.", "the week of 9 March", "2016-03-07", "2016-03-13", 3),
    ("Over the weekend shots were fired.", "the weekend", "2016-04-09", "2016-04-10", 2),
]
UNRESOLVED = [
    ("Two weeks earlier the house had been searched.", "Two weeks earlier"),
    ("He fled the next day.", "the next day"),
    ("On 31 June 2014 a mine blew up.", "31 June 2014"),
    ("A bomb went off on 04/05/2014.", "04/05/2014"),
    ("A bomb went off several weeks ago.", "several weeks ago"),
]
NO_DATES = [
    "A 24-year-old man was shot in the leg.",
    "Mrs May said that the law was wrong.",
    "The crowd began to march on the capital.",
    "The rebels may attack again.",
    "At 3 pm he left the house.",
    "He got a two-year sentence.",
    "The three-day ceasefire held for two years.",
    "The army seized 2015 rifles.",
    "The column left at 1900 hours.",
    "He told the Sunday Times that he was safe.",
    "The 6 April Movement denied it.",
    "Black September denied it.",
    "Only a second passed.",
    "An august assembly rose.",
    "The siege may last months.",
]


@pytest.mark.parametrize(("text", "mention", "start", "end", "prec"), EXPLICIT + RELATIVE)
def test_a_date_is_resolved_against_the_day_of_publication(
    annotated: Annotate, words: DateWords, text: str, mention: str, start: str, end: str, prec: int
) -> None:
    """Each form of date, with its words, first and last day, and precision."""
    assert [short(d) for d in date(annotated(text, PUBLISHED), words)] == [(mention, start, end, prec)]


@pytest.mark.parametrize(("text", "mention"), UNRESOLVED)
def test_what_nobody_can_tell_keeps_its_words(annotated: Annotate, words: DateWords, text: str, mention: str) -> None:
    """A date with nothing to stand on, or that no calendar has, is kept and is not resolved."""
    (found,) = date(annotated(text, PUBLISHED), words)
    assert short(found) == (mention, None, None, None)
    assert found.resolved is False


def test_a_day_in_a_name_is_no_date(annotated: Annotate, words: DateWords) -> None:
    """Bloody Friday and Black Sunday are names of what happened on some day, not days."""
    found = date(
        annotated("The Bloody Friday bombings of 1972 and the Black Sunday raids were worse.", PUBLISHED), words
    )
    assert [item.mention.text for item in found] == ["1972"]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_left_alone(annotated: Annotate, words: DateWords, text: str) -> None:
    """Ages, durations, names, verbs, counts and times of day are no dates."""
    assert date(annotated(text, PUBLISHED), words) == ()


@pytest.mark.parametrize(("text", "mention"), [(text, mention) for text, mention, *_ in RELATIVE])
def test_without_a_publication_date_a_relative_date_is_unresolved(
    annotated: Annotate, words: DateWords, text: str, mention: str
) -> None:
    """The words are kept; the publication date is never made up."""
    assert [short(d) for d in date(annotated(text), words)] == [(mention, None, None, None)]


def test_without_a_publication_date_a_full_date_is_resolved(annotated: Annotate, words: DateWords) -> None:
    """A day with its year needs nothing else."""
    found = date(annotated("A bomb went off on 3 March 2014, and in 1993."), words)
    assert [(d.start, d.resolved) for d in found] == [("2014-03-03", True), ("1993-01-01", True)]


def test_days_after_a_named_day_are_counted_from_it(annotated: Annotate, words: DateWords) -> None:
    """Two days after the 3 March bombing is 5 March."""
    found = date(annotated("Two days after the 3 March bombing, police searched a flat.", PUBLISHED), words)
    assert [short(d)[:2] for d in found] == [("Two days after", "2016-03-05"), ("3 March", "2016-03-03")]


def test_a_report_in_capitals_is_read(annotated: Annotate, words: DateWords) -> None:
    """A wire text in capitals: the dateline's short year, MAY the month and MAY the verb."""
    text = "PORT CITY, 15 JAN 90 (AGENCY) -- THE REBELS MAY ATTACK AGAIN. A GUARD WAS SHOT ON 2 MAY."
    found = date(annotated(text, "1990-05-10"), words)
    assert [short(d)[:2] for d in found] == [("15 JAN 90", "1990-01-15"), ("2 MAY", "1990-05-02")]


def test_mentions_come_in_order_over_sentences_and_the_headline(annotated: Annotate, words: DateWords) -> None:
    """Headline first, then the paragraphs, each in the order of its words."""
    text = "The shop burned on 5 March.\n\nIn 2014 it had been robbed; on 7 March it reopened."
    found = date(annotated(text, PUBLISHED, headline="Shop burned down on Saturday"), words)
    assert [d.mention.text for d in found] == ["Saturday", "5 March", "2014", "7 March"]
    assert [d.mention.start for d in found] == sorted(d.mention.start for d in found)


def test_the_words_of_a_date_are_the_words_of_the_article(annotated: Annotate, words: DateWords) -> None:
    """Typographic marks stay as the article has them."""
    found = date(annotated("The army shelled it on 3–5 March and on New Year’s Eve.", PUBLISHED), words)
    assert [d.mention.text for d in found] == ["3–5 March", "New Year’s Eve"]


FORMS = [
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1][:3]}. {d.day}, {d.year}" if d.month != 5 else f"May {d.day}, {d.year}",
    lambda d: d.isoformat(),
]
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(day=st.dates(Day(1900, 1, 1), Day(2059, 12, 31)), form=st.sampled_from(FORMS))
def test_a_written_date_is_read_back(
    annotated: Annotate, words: DateWords, day: Day, form: Callable[[Day], str]
) -> None:
    """A day written out in full, in any form, is that day, with or without a publication date."""
    text = f"The post was attacked on {form(day)} by rebels."
    (found,) = date(annotated(text), words)
    assert (found.start, found.end, found.mention.text) == (day.isoformat(), day.isoformat(), form(day))


PIECES = st.sampled_from(
    [t for t, *_ in EXPLICIT]
    + [t for t, *_ in RELATIVE]
    + [t for t, _ in UNRESOLVED]
    + NO_DATES
    + [
        "on",
        "since",
        "March",
        "May 31",
        "31",
        "2016",
        "the",
        "next",
        "last",
        "week",
        "of",
        "Friday",
        "İstanbul",
        "–",
        ",",
        "2",
    ]
)


@SLOW
@given(
    pieces=st.lists(PIECES, min_size=1, max_size=9),
    published=st.none() | st.dates(Day(1950, 1, 1), Day(2080, 1, 1)),
)
def test_mentions_lie_in_the_text_and_stretches_run_forward(
    annotated: Annotate, words: DateWords, pieces: list[str], published: Day | None
) -> None:
    """Whatever the words: a mention is a span of the article, a resolved date starts no later than it ends."""
    text = " ".join(pieces)
    known = published.isoformat() if published else None
    found = date(annotated(text, known), words)
    for each in found:
        assert text[each.mention.start : each.mention.end] == each.mention.text != ""
        assert each.resolved == (each.start is not None) == (each.end is not None) == (each.date_prec is not None)
        if each.start is not None and each.end is not None:
            assert Day.fromisoformat(each.start) <= Day.fromisoformat(each.end)
            assert each.date_prec in (1, 2, 3, 4, 5)
    starts = [each.mention.start for each in found]
    assert starts == sorted(starts)


@SLOW
@given(published=st.dates(Day(1990, 1, 1), Day(2040, 1, 1)), weekday=st.integers(0, 6))
def test_a_weekday_in_the_past_is_within_the_last_seven_days(
    annotated: Annotate, words: DateWords, published: Day, weekday: int
) -> None:
    """ "On Friday", in the past tense: the latest Friday on or before the day of publication."""
    name = Day(2018, 1, 1 + weekday).strftime("%A")  # 1 January 2018 was a Monday
    (found,) = date(annotated(f"He was killed on {name}.", published.isoformat()), words)
    assert found.start is not None
    day = Day.fromisoformat(found.start)
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day < timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A bomb went off at a Christmas market in the old town.", 0),
        ("A bomb went off on Christmas Eve in the old town.", 1),
    ],
)
def test_a_holiday_that_only_names_a_thing_is_no_date(
    text: str, count: int, annotated: Callable[..., Annotated]
) -> None:
    """ "A Christmas market" says nothing of when."""
    assert len(date(annotated(text, "2020-01-10"), load("dates", DateWords))) == count


def test_a_time_of_day_in_four_figures_is_no_year(annotated: Callable[..., Annotated], words: DateWords) -> None:
    """ "From 0400 until 1100" says nothing of a year; "until 1944" does."""
    assert date(annotated("The shelling lasted from 0400 until 1100.", PUBLISHED), words) == ()
    assert len(date(annotated("The war lasted until 1944.", PUBLISHED), words)) == 1


def test_a_line_that_ends_within_a_vague_number_changes_nothing(annotated: Annotate, words: DateWords) -> None:
    """“A few days later” stays unresolved, also where a wire text breaks the line inside it."""
    found = date(annotated("The envoy left. The attack came a\nfew days later in the port.", PUBLISHED), words)
    assert [(mention.mention.text, mention.resolved) for mention in found] == [("a\nfew days later", False)]


ANCHORED = [
    ("Two days after the 3 March bombing, police searched a flat.", "Two days after", "2016-03-05", "2016-03-05"),
    ("Two days after the bombing on 3 March, police searched a flat.", "Two days after", "2016-03-05", "2016-03-05"),
    (
        "Police searched a flat two days after gunmen attacked the port on 3 March.",
        "two days after",
        "2016-03-05",
        "2016-03-05",
    ),
    ("The clash came ten years after the 2004 riots.", "ten years after", "2014-01-01", "2014-12-31"),
    (
        "A bomb went off on 3 March. The same night, gunmen shot a guard.",
        "The same night",
        "2016-03-03",
        "2016-03-03",
    ),
    ("A bomb went off on 3 March. The next day gunmen shot a guard.", "The next day", "2016-03-04", "2016-03-04"),
    (
        "Police said on Monday that two men had been shot the day before.",
        "the day before",
        "2016-04-10",
        "2016-04-10",
    ),
    (
        "A bomb went off on Sunday; a week earlier, gunmen had shot a guard.",
        "a week earlier",
        "2016-03-31",
        "2016-04-06",
    ),
    (
        "In March 2014 gunmen burned the mill; later that year they shot its owner.",
        "later that year",
        "2014-01-01",
        "2014-12-31",
    ),
    ("He was shot on Sunday. Earlier in the day a bomb went off.", "Earlier in the day", "2016-04-10", "2016-04-10"),
    (
        "In January 2016 nine were shot, and none in the same month a year earlier.",
        "the same month a year earlier",
        "2015-01-01",
        "2015-01-31",
    ),
]
WITHOUT_ANCHOR = [
    ("Two days after the bombing, police searched a flat.", "Two days after"),
    ("A bomb went off in the port. The same night, gunmen shot a guard.", "The same night"),
    ("He was shot in the market. Earlier in the day a bomb went off.", "Earlier in the day"),
    ("A bomb went off in March 2014. The next day gunmen shot a guard.", "The next day"),
    ("A bomb went off on 3 March, a year after gunmen burned the mill.", "a year after"),
    ("A bomb went off on 3 March. It was loud. The next day gunmen shot a guard.", "The next day"),
]


@pytest.mark.parametrize(("text", "mention", "start", "end"), ANCHORED)
def test_what_stands_on_a_day_of_the_text_is_counted_from_it(
    annotated: Annotate, words: DateWords, text: str, mention: str, start: str, end: str
) -> None:
    """A day that follows within what "after" governs, or one named before in this sentence or the last."""
    found = {d.mention.text: (d.start, d.end) for d in date(annotated(text, PUBLISHED), words)}
    assert found[mention] == (start, end)


@pytest.mark.parametrize(("text", "mention"), WITHOUT_ANCHOR)
def test_what_stands_on_nothing_told_is_not_resolved(
    annotated: Annotate, words: DateWords, text: str, mention: str
) -> None:
    """Never the day of publication instead; nor a month instead of a day, nor a day that was two sentences ago."""
    found = {d.mention.text: d.start for d in date(annotated(text, PUBLISHED), words)}
    assert found[mention] is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The talks held on Friday ended early.", "2016-04-08"),
        ("Talks to be held on Friday may end early.", "2016-04-15"),
        ("In the summer, rebels burned the mill.", "2015-06-01"),
        ("The raids doubled in the third quarter.", "2015-07-01"),
        ("The raids will end in the third quarter.", "2016-07-01"),
    ],
)
def test_the_tense_tells_which_is_meant(annotated: Annotate, words: DateWords, text: str, start: str) -> None:
    """What was held is past, what is to be held is not; seasons and quarters go by the verb, too."""
    assert [d.start for d in date(annotated(text, PUBLISHED), words)] == [start]


EXPRESSIONS = [
    ("The siege lasted three days.", "duration", "three days", (3, "day", None, None)),
    ("The siege lasted twenty-five days.", "duration", "twenty-five days", (25, "day", None, None)),
    ("A 12-year sentence was passed.", "duration", "12-year", (12, "year", None, None)),
    ("The siege lasted two and a half years.", "duration", "two and a half years", (2.5, "year", None, None)),
    ("The siege lasted half an hour.", "duration", "half an hour", (0.5, "hour", None, None)),
    ("The siege lasted several months.", "duration", "several months", (None, "month", None, None)),
    ("The siege went on for six straight weeks.", "duration", "six straight weeks", (6, "week", None, None)),
    ("Shots are fired every other week.", "set", "every other week", (2, "week", None, None)),
    ("The annual march was called off.", "set", "annual", (1, "year", None, None)),
    ("He left the house at 3 pm.", "time", "3 pm", (None, None, "15:00", None)),
    ("The column left at 1900 GMT.", "time", "1900 GMT", (None, None, "19:00Z", None)),
    ("The shop was recently robbed.", "date", "recently", (None, None, None, "past")),
    ("The border is currently shut.", "date", "currently", (None, None, None, "present")),
]


@pytest.mark.parametrize(("text", "kind", "mention", "told"), EXPRESSIONS)
def test_an_expression_that_dates_nothing_is_found_and_is_no_date(
    annotated: Annotate, words: DateWords, text: str, kind: str, mention: str, told: tuple[object, ...]
) -> None:
    """Durations, hours, what comes back, and words that only point: how much of what, and no event's day."""
    article = annotated(text, PUBLISHED)
    (found,) = expressions(article, words)
    measured = found.measure
    assert (found.kind, found.mention.text) == (kind, mention)
    assert (measured.amount, measured.unit, measured.clock, measured.pointer) == told
    assert found.date is None and date(article, words) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Daily Courier denied it.",
        "Only a second passed.",
        "A 24-year-old man fled.",
        "About a quarter of them fled.",
        "He came no later than she did.",
    ],
)
def test_what_is_no_time_is_no_expression(annotated: Annotate, words: DateWords, text: str) -> None:
    """Names, ages, parts of a whole."""
    assert expressions(annotated(text, PUBLISHED), words) == ()


def test_an_hour_belongs_to_the_day_beside_it(annotated: Annotate, words: DateWords) -> None:
    """ "14:30 Monday" is one expression, "14:30 on Monday" two of one day; "Monday" dates an event in both."""
    one = expressions(annotated("Shots were fired at 14:30 Monday.", PUBLISHED), words)
    two = expressions(annotated("Shots were fired at 14:30 on Monday.", PUBLISHED), words)
    assert [(e.kind, e.mention.text) for e in one] == [("time", "14:30 Monday")]
    assert [(e.kind, e.mention.text) for e in two] == [("time", "14:30"), ("date", "Monday")]
    assert {e.named.first.isoformat() for e in (*one, *two) if e.named} == {"2016-04-11"}


def test_a_duration_is_a_date_where_it_is_anchored(annotated: Annotate, words: DateWords) -> None:
    """ "The past three days" end today; "three days" do not, but "since Monday" tells the day they began."""
    (found,) = expressions(annotated("Nine were shot in the past three days.", PUBLISHED), words)
    assert found.kind == "duration" and (found.measure.amount, found.measure.unit) == (3, "day")
    assert found.date is not None and (found.date.start, found.date.end) == ("2016-04-09", "2016-04-12")
    days = date(annotated("The siege has lasted for three days since Saturday.", PUBLISHED), words)
    assert [(d.mention.text, d.start, d.end) for d in days] == [("Saturday", "2016-04-09", "2016-04-12")]


TIMES = st.sampled_from(
    [text for text, *_ in EXPRESSIONS]
    + [text for text, *_ in ANCHORED]
    + [
        "a few",
        "few",
        "25:61",
        "12.30",
        "0800",
        "UTC",
        "p.m.",
        "hours",
        "every",
        "quarter",
        "decades",
        "later",
        "a\ncouple of",
        "half",
    ]
)


@SLOW
@given(
    pieces=st.lists(TIMES | PIECES, min_size=1, max_size=9),
    published=st.none() | st.dates(Day(1950, 1, 1), Day(2080, 1, 1)),
)
def test_every_date_is_an_expression_and_none_lies_within_another(
    annotated: Annotate, words: DateWords, pieces: list[str], published: Day | None
) -> None:
    """Whatever the words: expressions are spans of the text in order, apart from each other, and hold the dates."""
    text = " ".join(pieces)
    article = annotated(text, published.isoformat() if published else None)
    found = expressions(article, words)
    for each in found:
        assert text[each.mention.start : each.mention.end] == each.mention.text != ""
        assert each.measure.amount is None or each.measure.amount > 0 or each.mention.text.startswith("0")
    assert all(a.mention.end <= b.mention.start for a, b in pairwise(found))
    spans = [(e.mention.start, e.mention.end) for e in found]
    for each in date(article, words):
        assert any(start < each.mention.end and each.mention.start < end for start, end in spans)
