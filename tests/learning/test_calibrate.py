"""Temperatures make a head that is too sure of itself less so, and change no answer."""

from __future__ import annotations

import numpy as np
import pytest

from reportedly.learning.annotations import Act, Marked
from reportedly.learning.calibrate import temperatures
from reportedly.tagger import FACTS, About, Array, Each, Head, softmax
from reportedly.tagger.labels import STAGES
from reportedly.tagger.runtime import open_head

TOKENIZER = open_head().tokenizer


class Sure:
    """A network that gives every piece the stage of the first in the list, with a logit of `logit`."""

    reach = 8

    def __init__(self, logit: float) -> None:
        self.logit = logit

    def each(self, ids: Array, marks: Array) -> Each:
        """No cues; the same facts everywhere."""
        facts = np.zeros((len(ids), FACTS))
        facts[:, 0] = self.logit
        return Each(np.full((len(ids), 2), -9.0), np.zeros((len(ids), 1)), facts, facts, facts)

    def about(self, pieces: Array, cue: Array, distance: Array, marked: Array, seen: Array) -> About:
        """No cues; the same of an act, looked at closely."""
        how = np.zeros((len(pieces), FACTS - 1))
        how[:, 0] = self.logit
        return About(np.zeros((*distance.shape, 3)), np.zeros((len(pieces), 15)), np.zeros((*distance.shape, 4)), how)


def held(right: int, wrong: int) -> list[Marked]:
    stages = [STAGES[0]] * right + [STAGES[1]] * wrong
    return [
        Marked(str(n), "a bombing", None, (Act(((2, 9),), "bombing", stage, "affirmed", "certain"),))
        for n, stage in enumerate(stages)
    ]


@pytest.mark.parametrize(("right", "wrong"), [(6, 4), (8, 2), (19, 1)])
def test_what_is_right_so_often_is_given_that_probability(right: int, wrong: int) -> None:
    """A head that gives 0.9998 and is right in so many of ten ends near that share."""
    found = temperatures(Head(Sure(8.0), TOKENIZER), held(right, wrong))["stage"]
    given = softmax(np.array([8.0 / found] + [0.0] * (len(STAGES) - 1)))[0]
    assert given == pytest.approx(right / (right + wrong), abs=0.06) or found == 3.0
    assert found > 1


def test_a_head_that_is_too_modest_is_made_surer() -> None:
    """All are right, so the smallest temperature is the best."""
    assert temperatures(Head(Sure(2.0), TOKENIZER), held(10, 0))["stage"] == 0.5


def test_a_temperature_changes_no_answer_only_its_probability() -> None:
    """The same order, flatter."""
    text = "Rebels shelled the market."
    plain, cooled = (
        Head(Sure(4.0), TOKENIZER, temperatures=t).tags(text, [(0, len(text))]) for t in (None, {"stage": 2.0})
    )
    assert (plain.facts[:, : len(STAGES)].argmax(1) == cooled.facts[:, : len(STAGES)].argmax(1)).all()
    assert softmax(cooled.facts[0, : len(STAGES)]).max() < softmax(plain.facts[0, : len(STAGES)]).max()
    assert (plain.facts[:, len(STAGES) :] == cooled.facts[:, len(STAGES) :]).all()
