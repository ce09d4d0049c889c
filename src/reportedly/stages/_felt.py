"""How far an act got by the learned head, and when it is believed over the words above the event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from reportedly.stages._verdict import Verdict
from reportedly.tagger import Tags, sigmoid, softmax
from reportedly.tagger.labels import CERTAINTIES, STAGES

ALONE, AGAINST = 0.5, 0.85
"""The probability from which on the head's value stands where no word says anything, and where one says otherwise."""
DONE = 0.9
"""The same where a word says how far the act got short of being done, and the head that it was done, or that there was none: a plot is
neither an attack nor a mere thought."""

NONE = frozenset({"no", "not", "n't", "never", "neither", "nor", "without", "nobody", "none", "nothing", "hardly"})
DENYING = frozenset(
    {
        "deny", "denial", "dispute", "reject", "refute", "dismiss", "rebut", "false", "falsely", "untrue", "hoax", "rumour",
        "rumor", "fabricate", "innocent", "acquit", "exonerate", "avert", "avoid", "prevent", "stop", "foil", "thwart", "fail",
        "failure", "refuse", "cancel", "abandon", "survive", "escape", "unharmed", "unhurt", "free", "lack", "absence",
    }
)  # fmt: skip


CONDEMNING = frozenset({"condemn", "deplore", "denounce", "mourn", "decry", "lament"})
"""Verbs of what has taken place."""
OCCURRING = frozenset(
    {"take", "happen", "occur", "come", "begin", "start", "go", "continue", "proceed", "follow", "remain", "resume"}
)
NOT_YET = frozenset(
    {
        "planned",
        "possible",
        "potential",
        "alleged",
        "attempted",
        "foiled",
        "future",
        "next",
        "imminent",
        "threatened",
        "failed",
    }
)
HARMING = frozenset({"kill", "wound", "injure", "claim", "leave", "maim", "destroy", "damage", "take"})
"""Verbs of what an act did to people."""


@dataclass(frozen=True, slots=True)
class Felt:
    """The head's probabilities at one trigger."""

    stage: tuple[float, ...]
    negated: float
    certainty: tuple[float, ...]

    def weigh(self, verdict: Verdict, trigger: Token) -> None:
        """Lets the head speak where the words are silent, or where it is all but sure that they mislead."""
        told = {reason.field.removeprefix("factuality.") for reason in verdict.because}
        if verdict.stage == "accomplished" and verdict.polarity == "affirmed" and _took_place(trigger):
            if self.certainty[CERTAINTIES.index("probable")] < ALONE:
                return  # "condemn in the strongest possible terms"; "condemn an apparent attack" is heard
            told |= {"stage"}
        if verdict.stage == "accomplished" and _is_told_apart(trigger):
            told |= {"stage"}
        best = int(np.argmax(self.stage))
        least = ALONE if "stage" not in told else DONE if STAGES[best] in ("accomplished", "hypothetical") else AGAINST
        if STAGES[best] != verdict.stage and self.stage[best] >= least:
            verdict.learned("stage", STAGES[best], self.stage[best], trigger)
        negated = self.negated if verdict.polarity == "affirmed" else 1 - self.negated
        sure = AGAINST if "polarity" in told or not _speaks_of_none(trigger) else ALONE
        if not verdict.denied and negated >= sure:
            verdict.learned("polarity", "negated" if verdict.polarity == "affirmed" else "affirmed", negated, trigger)
        best = int(np.argmax(self.certainty))
        if best > CERTAINTIES.index(verdict.certainty) and self.certainty[best] >= ALONE:  # never surer than the words
            verdict.learned("certainty", CERTAINTIES[best], self.certainty[best], trigger)

    def likely(self, verdict: Verdict) -> float:
        """The probability of a verdict's stage and polarity."""
        polarity = self.negated if verdict.polarity == "negated" else 1 - self.negated
        return self.stage[STAGES.index(verdict.stage)] * polarity


def _speaks_of_none(trigger: Token) -> bool:
    """Whether a word of the sentence may negate: without one ("he was instead kidnapped") the head must be all but sure."""
    return any(t.lower_ in NONE or t.lemma_.lower() in DENYING for t in trigger.sent)


def _took_place(trigger: Token) -> bool:
    """ "we condemn attacks on clerks", "an explosion that claimed nine lives", "attacks that have taken place": whatever else the sentence fears."""
    if trigger.pos_ != "NOUN":
        return False
    if any(_has_taken_place(t) for t in trigger.subtree) or _is_known(trigger):
        return True
    if trigger.dep_ == "dobj" and trigger.head.lemma_ in CONDEMNING:
        return not any(c.dep_ in ("aux", "neg") and c.tag_ in ("MD", "RB") for c in trigger.head.children)
    harming = (c for c in trigger.children if c.dep_ == "relcl" and c.tag_ == "VBD" and c.lemma_ in HARMING)
    return any(
        any(c.dep_ == "nsubj" and c.lower_ in ("that", "which") for c in verb.children)
        and not any(c.dep_ in ("aux", "neg") for c in verb.children)
        for verb in harming
    )


def _is_known(trigger: Token) -> bool:
    """ "the attacks may strengthen the party": what may happen is the strengthening, and the attacks are known of."""
    if trigger.dep_ != "nsubj" or trigger.head.pos_ != "VERB" or trigger.head.lemma_ in OCCURRING:
        return False
    if not any(c.dep_ == "aux" and c.lower_ in ("may", "might", "could") for c in trigger.head.lefts):
        return False
    of_it = [c for c in trigger.children if c.dep_ in ("det", "amod")]
    pointed = any(c.dep_ == "det" and c.lower_ in ("the", "these", "those") for c in of_it)
    return pointed and not any(c.lower_ in NOT_YET for c in of_it)


def _is_told_apart(trigger: Token) -> bool:
    """ "tried to sell the gun that he used to kill her": what the relative clause tells was done, whatever came of the sale."""
    verb = trigger
    while verb.dep_ == "xcomp" and verb.tag_ == "VB":
        verb = verb.head
    if verb.dep_ != "relcl" or any(c.dep_ == "neg" or c.tag_ == "MD" for c in (*verb.children, *trigger.children)):
        return False
    return verb.lemma_ == "use" and (
        verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
    )


def _has_taken_place(verb: Token) -> bool:
    """The verb of "that have taken place", on whatever noun before it the parser hangs it."""
    if verb.dep_ != "relcl" or verb.lemma_ not in ("take", "happen", "occur") or verb.tag_ not in ("VBN", "VBD"):
        return False
    if any(c.dep_ in ("neg", "mark") or c.tag_ == "MD" for c in verb.children):
        return False
    return verb.lemma_ != "take" or any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.children)


def felt(tags: Tags, start: int, end: int) -> Felt | None:
    """What the head says of the word that begins at `start`; None where it has not seen it."""
    act = tags.act(start, end)
    if act is None:
        return None
    row = act.how
    split = len(STAGES)
    return Felt(
        tuple(softmax(row[:split]).tolist()),
        float(sigmoid(row[split])),
        tuple(softmax(row[split + 1 : split + 1 + len(CERTAINTIES)]).tolist()),
    )
