"""Reprints are known by their words, whatever their headline; two stories of one event are none."""

from __future__ import annotations

import random

from typed_accounts import article

from reportedly.entries import Signature
from reportedly.records import Block
from reportedly.stages.reprint import is_reprint, resemblance, signature

WORDS = [
    "harbour",
    "bridge",
    "market",
    "early",
    "police",
    "captain",
    "crowd",
    "tent",
    "road",
    "morning",
    "smoke",
    "window",
    "bread",
    "council",
    "river",
    "guard",
    "school",
    "ferry",
    "witness",
    "paper",
    "street",
    "night",
    "engine",
    "roof",
    "grain",
    "station",
    "child",
    "winter",
    "stone",
    "answer",
    "garden",
    "bell",
]


VALUES = (9, 3345994698, 3231486327, 3625323212)
BAND = "006c2b085e2365c3d2"


def paragraphs(seed: int, count: int = 14) -> list[str]:
    """Invented sentences of about forty words each."""
    dice = random.Random(seed)
    return [" ".join(dice.choice(WORDS) for _ in range(40)) + "." for _ in range(count)]


def of(parts: list[str]) -> Signature:
    return signature(article("\n\n".join(parts)))


def shared(one: Signature, other: Signature) -> bool:
    return not set(one.bands).isdisjoint(other.bands)


def test_the_same_text_is_a_reprint_whatever_its_case_and_marks() -> None:
    """Quotation marks, spaces and capitals are the outlet's."""
    story = paragraphs(1)
    one, other = of(story), of([p.upper().replace(".", " !") for p in story])
    assert one.values == other.values and one.bands == other.bands and is_reprint(one, other)


def test_the_values_are_the_same_on_every_machine() -> None:
    """They are kept in ledgers: another hash would make every reprint a source."""
    made = signature(article("A bomb exploded at the main bus station on Monday, police said."))
    assert made.values[:4] == VALUES
    assert made.bands[0] == BAND


def test_a_headline_does_not_count() -> None:
    """Who reprints writes his own."""
    text = "One headline\n\n" + "\n\n".join(paragraphs(2))
    plain = article(text)
    first, *rest = plain.blocks
    headed = type(plain)(
        **{f: getattr(plain, f) for f in plain.__struct_fields__ if f != "blocks"},
        blocks=(Block(start=first.start, end=first.end, kind="headline"), *rest),
    )
    assert signature(headed).values == of(paragraphs(2)).values


def test_a_shortened_reprint_and_one_with_a_paragraph_of_its_own_are_reprints() -> None:
    """The last third is cut, or a local paragraph and a byline are put in; they share a band, so that they are compared."""
    story = paragraphs(3)
    whole = of(story)
    for other in (
        story[:10],
        ["By our own correspondent", *story[:3], paragraphs(77, 1)[0], *story[3:]],
        story[:11] + paragraphs(78, 1),
    ):
        assert is_reprint(whole, of(other)) and shared(whole, of(other))


def test_two_stories_of_one_event_are_no_reprints() -> None:
    """They share a quotation, not their words."""
    quotation = paragraphs(5, 2)
    one, other = of([*paragraphs(6, 10), *quotation]), of([*quotation, *paragraphs(7, 10)])
    assert not is_reprint(one, other)
    assert 0.0 < resemblance(one, other) < 0.4


def test_an_empty_article_is_like_nothing() -> None:
    """Neither like another empty one."""
    empty = signature(article(""))
    assert empty.bands == () and not is_reprint(empty, empty)


def test_a_line_is_a_text_too() -> None:
    """Fewer words than a shingle has still make one."""
    assert is_reprint(of(["Two dead."]), of(["Two dead"]))
