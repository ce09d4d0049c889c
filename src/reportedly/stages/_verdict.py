"""What is known of an event on the way up: stage, polarity, certainty, and the reasons for each."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.records import Certainty, Factuality, Polarity, Stage

CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")
DONE: frozenset[Stage] = frozenset({"accomplished", "ongoing"})
YIELDS: dict[Stage, frozenset[Stage]] = {
    "accomplished": DONE,
    "ongoing": DONE,
    "foiled": frozenset({"accomplished", "ongoing", "attempted", "planned", "threatened", "hypothetical"}),
    "attempted": frozenset({"accomplished", "ongoing", "hypothetical"}),
    "planned": DONE,
    "threatened": frozenset({"accomplished", "ongoing", "planned", "hypothetical"}),
    "hypothetical": DONE,
}
"""Which nearer stages a farther word may still change: "foiled a plan to attack" is foiled, "planned to try to attack" attempted."""
WEAK: frozenset[Stage] = frozenset({"attempted", "threatened", "hypothetical", "planned"})
"""What a farther word may make of an intention that only an infinitive or "will" has told."""


@dataclass(frozen=True, slots=True)
class Because:
    """Why a value: the field, the value, the rule and the word."""

    field: str
    value: str
    rule: str
    token: int


class Verdict:
    """The factuality of one event as far as the words read so far tell it."""

    def __init__(self, stage: Stage, certainty: Certainty) -> None:
        self.stage: Stage = stage
        self.polarity: Polarity = "affirmed"
        self.certainty: Certainty = certainty
        self.because: list[Because] = []
        self.weak = False
        self.denied = False
        """Whether it is negated because the source denies it: that is not for the head to say."""

    def factuality(self) -> Factuality:
        """The three values as the codebook has them."""
        return Factuality(stage=self.stage, polarity=self.polarity, certainty=self.certainty)

    def reach(self, stage: Stage, why: str, token: Token, *, weak: bool = False, over: tuple[Stage, ...] = ()) -> None:
        """Sets a stage where the nearer words allow it.

        Args:
            stage: how far the event got by this word.
            why: the rule, as ``--explain`` names it.
            token: the word.
            weak: a farther word may change it again.
            over: further nearer stages that this word overrules.
        """
        if self.stage in YIELDS[stage] or self.stage in over or (self.weak and stage in WEAK):
            self.weak = weak
            if stage != self.stage:
                self.stage = stage
                self._note("stage", stage, f"judge.stage:{why}", token)

    def happened(self, token: Token) -> None:
        """What was planned, or only named, did take place by this word."""
        if self.stage in ("planned", "accomplished"):
            self.stage, self.weak = "accomplished", False
            self._note("stage", "accomplished", f"judge.stage:happened-{token.lower_}", token)

    def doubt(self, value: Certainty, why: str, token: Token) -> None:
        """Lowers the certainty; a farther word never raises it."""
        if CERTAINTIES.index(value) > CERTAINTIES.index(self.certainty):
            self.certainty = value
            self._note("certainty", value, f"judge.certainty:{why}", token)

    def negate(self, token: Token) -> None:
        """Turns the polarity: a second negation takes the first away."""
        self.polarity = "affirmed" if self.polarity == "negated" else "negated"
        self._note("polarity", self.polarity, f"judge.polarity:{token.lower_}", token)

    def deny(self, token: Token) -> None:
        """The source denies what it is asked about."""
        self.polarity, self.denied = "negated", True
        self._note("polarity", "negated", "judge.polarity:denied", token)

    def learned(self, field: str, value: str, probability: float, token: Token) -> None:
        """Takes a value from the learned head, which gives it this probability."""
        setattr(self, field, value)
        self._note(field, value, f"head.{field}:{probability:.2f}", token)

    def _note(self, field: str, value: str, rule: str, token: Token) -> None:
        self.because.append(Because(f"factuality.{field}", value, rule, token.i))
