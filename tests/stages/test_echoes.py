"""A noun that points back to an act that failed has its stage; any other keeps its own. Every incident is invented."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from reportedly.pipeline import Reader
from reportedly.records import EventType, Factuality, Stage
from reportedly.stages._echoes import Echoes
from reportedly.stages._verdict import Because
from reportedly.stages.judge import Judged

TEXT = (
    "Gunmen tried to kidnap a judge. The kidnapping shook the town. A kidnapping is a crime. The attack made headlines."
)


def judged(stage: Stage, told: bool = False, likely: float | None = None) -> Judged:
    because = (Because("factuality.stage", stage, "judge.stage:test", 0),) if told else ()
    return Judged(Factuality(stage=stage, polarity="affirmed", certainty="certain"), because, likely)


@pytest.fixture
def word(reader: Reader) -> dict[str, Token]:
    doc = reader.parser(TEXT)
    verb, nouns = doc[3], [token for token in doc if token.lower_ in ("kidnapping", "attack")]
    return {"kidnap": verb, "the kidnapping": nouns[0], "a kidnapping": nouns[1], "the attack": nouns[2]}


@pytest.fixture
def echoes(reader: Reader, word: dict[str, Token]) -> Echoes:
    made = Echoes(reader.words.judging)
    made.heard("kidnapping", word["kidnap"], judged("attempted", told=True))
    return made


@pytest.mark.parametrize(
    ("words", "event_type", "stage"),
    [
        ("the kidnapping", "kidnapping", "attempted"),
        ("the attack", "attack", "attempted"),
        ("the attack", "bombing", "accomplished"),
        ("a kidnapping", "kidnapping", "accomplished"),
    ],
)
def test_what_points_back_to_a_failed_act_failed(
    echoes: Echoes, word: dict[str, Token], words: str, event_type: EventType, stage: Stage
) -> None:
    """Of the same type, or "the attack"; not an act of another type, and not any such act."""
    found = echoes.heard(event_type, word[words], judged("accomplished"))
    assert found.factuality.stage == stage
    assert any(reason.rule == "judge.stage:told-before" for reason in found.because) == (stage != "accomplished")


@pytest.mark.parametrize(
    "own", [judged("accomplished", told=True), judged("accomplished", likely=0.95), judged("planned")]
)
def test_what_its_own_words_or_the_head_say_stands(echoes: Echoes, word: dict[str, Token], own: Judged) -> None:
    """An echo speaks only where nothing else does."""
    assert echoes.heard("kidnapping", word["the kidnapping"], own) == own


def test_what_was_told_last_counts(echoes: Echoes, word: dict[str, Token]) -> None:
    """An act that took place after the failed one is what the next noun points to."""
    echoes.heard("killing", word["kidnap"], judged("accomplished", told=True))
    assert echoes.heard("attack", word["the attack"], judged("accomplished")).factuality.stage == "accomplished"


def test_a_word_is_no_echo_of_itself(echoes: Echoes, word: dict[str, Token]) -> None:
    """Two voices speak of one word: what the one says of it is not handed to the other."""
    echoes.heard("kidnapping", word["the kidnapping"], judged("foiled", told=True))
    assert echoes.heard("kidnapping", word["the kidnapping"], judged("accomplished")).factuality.stage == "accomplished"
