"""fill: what the head sees where the rules saw none. Every incident is invented, and so is what this head says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from reportedly.pipeline import Reader
from reportedly.stages.count import count
from reportedly.stages.date import date
from reportedly.stages.drafts import Annotated, Argument, EventDraft
from reportedly.stages.fill import LIKELY, fill
from reportedly.stages.gather import Gathered, Mentions
from reportedly.stages.locate import locate
from reportedly.tagger import Act, Part, Seen, Tags

TEXT = "Guards near Mombasa fled on Monday when rebels struck the old mill."
PUBLISHED = "2025-06-18"
SURE, UNSURE = LIKELY + 0.1, LIKELY - 0.1
Fill = Callable[..., Gathered]


@pytest.fixture
def filled(annotated: Callable[..., Annotated], reader: Reader) -> Fill:
    """The act "struck", as a head sees it that says so of the words given."""

    def make(
        who: str = "",
        whom: str = "",
        where: str = "",
        when: str = "",
        likely: float = SURE,
        text: str = TEXT,
        **known: object,
    ) -> Gathered:
        article = annotated(text, PUBLISHED)
        at = text.index("struck")
        token = next(t.i for t in article.doc if t.idx == at)
        draft = EventDraft("attack", token, (at, at + 6), 0, (), (), (), "given")
        spans = tuple(((text.index(w), text.index(w) + len(w)),) if w else () for w in (who, whom, where, when))
        act = Act(np.zeros(12), spans, tuple(tuple(likely for _ in span) for span in spans))
        seen = Seen((), np.zeros(len(text)), np.zeros((len(text), 13)))
        tags = Tags([Part([(k, k + 1) for k in range(len(text))], lambda: seen)], lambda first, last: act)
        words = reader.words
        mentions = Mentions(date(article, words.dates), locate(article, reader.gazetteer), count(article, words.counts))
        item = Gathered(replace(draft, **known), None, (), ())  # type: ignore[arg-type]
        return fill(article, [item], mentions, tags, words.code, reader.gather_words)[0]

    return make


def words(arguments: tuple[Argument, ...]) -> list[str]:
    return [TEXT[a.start : a.end] for a in arguments]


def test_what_is_empty_is_filled(filled: Fill) -> None:
    """Who, to whom, where and when, each with the rule that says whose word it is."""
    got = filled("rebels", "the old mill", "near Mombasa", "on Monday")
    assert (words(got.draft.actors), words(got.draft.recipients)) == (["rebels"], ["the old mill"])
    assert [a.rule for a in (*got.draft.actors, *got.draft.recipients)] == ["head.actor", "head.recipient"]
    assert [(p.name, p.role) for p in got.places] == [("Mombasa", "site")]
    assert got.date is not None and got.date.start == "2025-06-16"
    assert got.noticed == {"actors", "places", "date"}


def test_what_a_rule_found_stands(filled: Fill) -> None:
    """A rule can say why."""
    at = TEXT.index("Guards")
    got = filled("rebels", actors=(Argument(0, at, at + 6, "code.actor:nsubj"),))
    assert words(got.draft.actors) == ["Guards"]
    assert not got.noticed


def test_the_year_of_a_thing_is_not_the_acts(filled: Fill) -> None:
    """What was built in 2019 was not bombed then, whatever the head thinks; what was open that day may have been."""
    rebuilt = "Rebels struck a mill that was rebuilt in 2019."
    assert filled(when="in 2019", text=rebuilt).date is None
    assert filled(when="on Monday", text="Rebels struck a mill that was being painted on Monday.").date is not None


def test_what_the_head_only_thinks_is_left(filled: Fill) -> None:
    """Below `LIKELY` a reader is better served with nothing."""
    got = filled("rebels", "the old mill", "near Mombasa", "on Monday", likely=UNSURE)
    assert (got.draft.actors, got.draft.recipients, got.places, got.date) == ((), (), (), None)


@pytest.mark.parametrize("who", ["struck", "Monday", "fled"])
def test_no_participant(filled: Fill, who: str) -> None:
    """The act itself, a time and a verb do nothing to anybody."""
    assert filled(who).draft.actors == ()


def test_nobody_has_two_parts(filled: Fill) -> None:
    """Whoever it was done to did not do it."""
    assert filled("rebels", "rebels").draft.actors == ()


def test_no_group_did_it_nor_whoever_owns_what_was_struck(filled: Fill) -> None:
    """ "No group struck" names nobody, and "a van of the Red Cross" was struck whole."""
    assert not filled("No group", text="No group struck the old mill.").draft.actors
    text = "Somebody struck a van of the Red Cross."
    start, end = text.index("a van"), len(text) - 1
    van = Argument(3, start, end, "code.recipient:dobj")
    assert not filled("the Red Cross", text=text, recipients=(van,)).draft.actors
    assert filled("the Red Cross", text=text).draft.actors


@pytest.mark.parametrize("who", ["Police", "the government"])
def test_rulers_do_not_march(filled: Fill, who: str) -> None:
    """ "Police watched as rebels struck": of a protest they are no actors."""
    text = "Police and the government watched as marchers struck."
    assert filled(who, text=text).draft.actors
    assert not filled(who, text=text, event_type="protest").draft.actors


def test_information_is_not_arrested(filled: Fill) -> None:
    """ "Information that led to an arrest"."""
    text = "Information led guards who struck."
    assert not filled(whom="Information", text=text, event_type="arrest").draft.recipients
