"""_doubted: what a rule took for an argument, and the head all but rules out. Every incident is invented, and so is what this head says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from reportedly.pipeline import Reader
from reportedly.stages._doubted import LEAST, RIVALLED, SURE, doubted
from reportedly.stages._phrases import offsets
from reportedly.stages.drafts import Annotated, Argument, EventDraft
from reportedly.stages.gather import Gathered
from reportedly.stages.locate import locate
from reportedly.tagger import Act, Part, Seen, Tags
from reportedly.tagger.labels import ARGUMENTS

Doubted = Callable[..., Gathered]


@pytest.fixture
def without(annotated: Callable[..., Annotated], reader: Reader) -> Doubted:
    """What is left of an act of which rules found `actor`, `recipient` and every place, when a head says so much of them."""

    def make(
        text: str,
        act: str,
        likely: Mapping[str, float],
        actor: str = "",
        recipient: str = "",
        rival: float = 0.0,
        above: float = 0.0,
        event_type: str = "bombing",
    ) -> Gathered:
        article = annotated(text)
        at = text.index(act)
        trigger = (at, at + len(act))

        def argument(words: str) -> tuple[Argument, ...]:
            found = article.tokens(text.index(words), text.index(words) + len(words)) if words else None
            return () if found is None else (Argument(found.root.i, *offsets(found.root), "code"),)

        def look(first: int, last: int) -> Act:
            inside = np.zeros((len(text), len(ARGUMENTS)))
            known = likely if (first, last) == trigger else dict.fromkeys(likely, above)
            for key, value in known.items():
                role, words = key.split(":")
                start = text.index(words)
                inside[start : start + len(words), ARGUMENTS.index(role)] = value
            rivals = tuple((rival,) if rival and role == "actors" else () for role in ARGUMENTS)
            spans = tuple(((len(text) - 4, len(text) - 1),) * len(some) for some in rivals)
            return Act(np.zeros(12), spans, rivals, tuple((k, k + 1) for k in range(len(text))), inside)

        seen = Seen((), np.zeros(len(text)), np.zeros((len(text), 13)))
        tags = Tags([Part([(k, k + 1) for k in range(len(text))], lambda: seen)], look)
        token = next(t.i for t in article.doc if t.idx == at)
        draft = EventDraft(event_type, token, trigger, 0, argument(actor), argument(recipient), (), "given")  # type: ignore[arg-type]
        places = tuple(locate(article, reader.gazetteer))
        return doubted(article, Gathered(draft, None, places, ()), tags, reader.words.code)

    return make


def test_an_actor_that_the_head_rules_out_is_left_out(without: Doubted) -> None:
    """The town of a dateline did not burn the bus; who goes is kept, with how likely it was."""
    text = "Radio Mirel at noon burned a bus."
    item = without(text, "burned", {"actors:Radio Mirel": LEAST["actors"] / 2}, actor="Radio Mirel")
    assert item.draft.actors == ()
    assert [(d.role, text[slice(*d.at)], d.likely) for d in item.doubts] == [
        ("actors", "Radio Mirel", LEAST["actors"] / 2)
    ]
    assert without(text, "burned", {"actors:Radio Mirel": LEAST["actors"]}, actor="Radio Mirel").draft.actors


def test_a_rival_makes_doubt_cheaper(without: Doubted) -> None:
    """Where the head is sure of another, less is enough."""
    text, likely = "Radio Mirel at noon burned a bus.", {"actors:Radio Mirel": RIVALLED - 0.05}
    assert not without(text, "burned", likely, actor="Radio Mirel", rival=SURE).draft.actors
    assert without(text, "burned", likely, actor="Radio Mirel", rival=SURE - 0.05).draft.actors


def test_whoever_is_part_of_an_act_above_stays(without: Doubted) -> None:
    """ "Struck the depot, killing eleven": the eleven are the killing's, and so the strike's."""
    text = "Shells struck the depot, killing eleven workers."
    given = {"recipients:eleven workers": 0.0}
    assert without(text, "struck", given, recipient="eleven workers", above=0.9).draft.recipients
    assert not without(text, "struck", given, recipient="eleven workers", above=0.0).draft.recipients


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("The bus was burned by four men.", "burned", "four men"),
        ("Our attacks go on.", "attacks", "Our"),
        ("The mayor accused the rebels of burning the mill.", "burning", "the rebels"),
        ("The mill died in rebel shelling.", "shelling", "rebel"),
    ],
)
def test_a_plain_actor_stays(without: Doubted, text: str, act: str, actor: str) -> None:
    """The form leaves no doubt."""
    assert without(text, act, {f"actors:{actor}": 0.0}, actor=actor).draft.actors


def test_an_hour_behind_by_is_nobody(without: Doubted) -> None:
    """ "Burned by nightfall"."""
    text = "The bus was burned by nightfall."
    assert not without(
        text, "burned", {"actors:nightfall": 0.0, "times:nightfall": 0.9}, actor="nightfall"
    ).draft.actors


@pytest.mark.parametrize(
    ("text", "act", "recipient"),
    [
        ("Two men were shot at the mill.", "shot", "Two men"),
        ("The guards shot them.", "shot", "them"),
        ("The mayor was the target of attacks.", "attacks", "The mayor"),
        ("Attacks against the mayor go on.", "Attacks", "the mayor"),
    ],
)
def test_a_plain_recipient_stays(without: Doubted, text: str, act: str, recipient: str) -> None:
    """The form leaves no doubt."""
    assert without(text, act, {f"recipients:{recipient}": 0.0}, recipient=recipient).draft.recipients


def test_the_other_side_of_a_clash_stays(without: Doubted) -> None:
    """The head knows one side."""
    text = "Troops fought the rebels."
    assert without(
        text, "fought", {"actors:the rebels": 0.0}, actor="the rebels", event_type="armed_clash"
    ).draft.actors
    assert not without(text, "fought", {"actors:the rebels": 0.0}, actor="the rebels").draft.actors


def test_a_place_that_is_part_of_a_name_goes(without: Doubted) -> None:
    """ "US-backed fighters" fought elsewhere; "in Kenya" says where."""
    text = "US-backed fighters bombed a mill in Kenya."
    item = without(text, "bombed", {"places:US": 0.0, "places:Kenya": 0.0})
    assert [place.mention.text for place in item.places] == ["Kenya"]
    assert [doubt.role for doubt in item.doubts] == ["places"]


def test_what_the_head_has_not_seen_stands(
    without: Doubted, annotated: Callable[..., Annotated], reader: Reader
) -> None:
    """No look, no doubt."""
    text = "Radio Mirel at noon burned a bus."
    item = without(text, "burned", {"actors:bus": 0.9}, actor="Radio Mirel")
    assert not item.draft.actors
    article = annotated(text)
    blind = Tags([], lambda first, last: Act(np.zeros(12)))
    kept = replace(item, draft=replace(item.draft, actors=(Argument(0, 0, 11, "code"),)), doubts=())
    assert doubted(article, kept, blind, reader.words.code) is kept


def test_a_reading_says_what_was_left_out(reader: Reader, annotated: Callable[..., Annotated]) -> None:
    """Each step is explained: the reason has the words, and how likely they were."""
    text = "[Text] Pantholi, 14 Feb (SUDESH) -- Cadres of the underground Red Plough Party stormed two police posts on Monday night, officials said here today."
    reading = reader.understand(annotated(text, "1990-02-15"))
    left = [r for c in reading.claims for r in reading.reasons[c.claim_id] if r.rule.startswith("head.unlikely")]
    assert [(r.field, r.value, r.words.text if r.words else "") for r in left] == [
        ("event.actors", "not Pantholi", "Pantholi")
    ]
    assert [a.mention.text for c in reading.claims if c.event for a in c.event.actors] == [
        "Cadres of the underground Red Plough Party"
    ]
