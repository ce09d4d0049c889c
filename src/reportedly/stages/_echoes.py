"""A noun that points back to an act told before: "the plot", "the attack", of one that was foiled, was foiled too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec
from spacy.tokens import Token

from reportedly.records import EventType, Stage
from reportedly.stages._felt import AGAINST
from reportedly.stages._operators import JudgeWords
from reportedly.stages._scope import HOSTILE
from reportedly.stages._verdict import Because
from reportedly.stages.judge import Judged

FAILED: frozenset[Stage] = frozenset({"attempted", "foiled"})
"""Only these are handed on: of our annotated nouns that point back to one, seven in ten have its stage."""


@dataclass(frozen=True, slots=True)
class Echo:
    """The last act of a kind that the article has told of."""

    judged: Judged
    token: int


class Echoes:
    """The acts told so far, in the order of the text, by type; "the attack" may be any of those that do harm."""

    def __init__(self, words: JudgeWords) -> None:
        self.words = words
        self.last: dict[EventType, Echo] = {}

    def heard(self, event_type: EventType, trigger: Token, judged: Judged) -> Judged:
        """How far an act got, where its own words and the head leave it open and it points back to one that failed.

        Args:
            event_type: its type.
            trigger: its word.
            judged: what the words above it and the head say.
        """
        earlier = self.last.get(event_type)
        stage = earlier.judged.factuality.stage if earlier is not None and earlier.token != trigger.i else None
        if earlier is not None and stage in FAILED and self._points_back(trigger) and _open(judged):
            because = Because("factuality.stage", stage, "judge.stage:told-before", earlier.token)
            factuality = msgspec.structs.replace(judged.factuality, stage=stage)
            judged = replace(judged, factuality=factuality, because=(*judged.because, because))
        self.last[event_type] = Echo(judged, trigger.i)
        if event_type in HOSTILE:
            self.last["attack"] = self.last[event_type]
        return judged

    def _points_back(self, trigger: Token) -> bool:
        return trigger.pos_ in ("NOUN", "PROPN") and any(
            c.dep_ in ("det", "poss") and c.lower_ in self.words.classes["definite"] for c in trigger.children
        )


def _open(judged: Judged) -> bool:
    """Whether no word and no firm belief of the head's says how far it got."""
    told = any(reason.field == "factuality.stage" for reason in judged.because)
    return not told and judged.factuality.stage == "accomplished" and (judged.likely or 0.0) < AGAINST
