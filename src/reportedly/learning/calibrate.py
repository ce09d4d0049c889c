"""Temperatures: by how much the head's logits are divided so that what it gives 0.9 is right nine times in ten (Guo et al. 2017).

They change no answer of the head, only how sure it says it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from reportedly.learning.annotations import Marked, characters
from reportedly.tagger import Array, Head
from reportedly.tagger.labels import CERTAINTIES, STAGES, STANCES
from reportedly.tagger.pieces import paragraphs

TRIED = np.arange(0.5, 3.01, 0.05)
"""The temperatures among which the best is sought."""


def temperatures(head: Head, held: Sequence[Marked]) -> dict[str, float]:
    """The temperature of each of the head's answers that is marked in texts on which it was not trained, 1 where none is.

    Args:
        head: one whose own temperatures are all 1.
        held: the texts.
    """
    several: dict[str, list[tuple[Array, int]]] = defaultdict(list)
    single: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for marked in held:
        tags = head.tags(marked.text, paragraphs(marked.text))
        for saying in marked.sayings or ():
            told = next((t for t in tags.told if characters(t.cue) & characters(saying.cue)), None)
            if told is not None and saying.stance is not None:
                several["stance"].append((np.array(told.said[: len(STANCES)]), STANCES.index(saying.stance)))
        for act in marked.acts or ():
            seen = tags.act(*act.trigger[0])
            if seen is not None:
                stage, negated, certainty = np.split(seen.how, [len(STAGES), len(STAGES) + 1])
                several["stage"].append((stage, STAGES.index(act.stage)))
                several["certainty"].append((certainty, CERTAINTIES.index(act.certainty)))
                single["negated"].append((float(negated[0]), int(act.polarity == "negated")))
        if marked.sayings is not None:
            cued = characters(span for saying in marked.sayings for span in saying.cue)
            logits = np.log(np.clip(tags.cue, 1e-7, 1 - 1e-7) / np.clip(1 - tags.cue, 1e-7, 1))
            single["cue"] += [
                (float(x), int(not cued.isdisjoint(range(a, b)))) for x, (a, b) in zip(logits, tags.pieces, strict=True)
            ]
    out = {name: _best(_of_several(pairs)) for name, pairs in several.items()}
    return out | {name: _best(_of_two(pairs)) for name, pairs in single.items()}


def _best(surprise: Callable[[float], float]) -> float:
    return round(float(min(TRIED, key=surprise)), 2)


def _of_several(pairs: Sequence[tuple[Array, int]]) -> Callable[[float], float]:
    """The mean surprise at what is true, one of several, at a temperature."""
    logits, wanted = np.stack([row for row, _ in pairs]), np.array([k for _, k in pairs])

    def surprise(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(1, keepdims=True)
        return float((np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(wanted)), wanted]).mean())

    return surprise


def _of_two(pairs: Sequence[tuple[float, int]]) -> Callable[[float], float]:
    """The same, of yes and no."""
    logits, wanted = np.array([x for x, _ in pairs]), np.array([k for _, k in pairs])
    return lambda temperature: float(np.logaddexp(0, np.where(wanted == 1, -logits, logits) / temperature).mean())
