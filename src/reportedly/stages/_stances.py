"""What a source does by its words once negation, modals and "declined to" are taken in."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.records import Certainty, Stance
from reportedly.stages._clauses import is_negated, own_subject
from reportedly.stages._cues import ReportingCue, ReportingCues

QUESTIONS = ("who", "whom", "whose", "what", "which", "where", "when", "why", "how")
"""What opens a question that takes it for granted that something was done."""

FINDING = frozenset(
    {"know", "determine", "establish", "ascertain", "learn", "find", "discover", "understand", "decide"}
)
"""What one does not do yet who wants to, or must: "wants to know whether", "must determine if"."""
SEEKING = frozenset(
    {
        "want",
        "demand",
        "seek",
        "try",
        "ask",
        "need",
        "hope",
        "attempt",
        "work",
        "wish",
        "struggle",
        "like",
        "set",
        "begin",
    }
)

TALKING = frozenset({"discuss", "describe", "elaborate", "detail"})
"""What somebody does not do of an act that took place, and casts no doubt on it."""


def stance_of(verb: Token, cue: ReportingCue, cues: ReportingCues) -> tuple[Stance, Certainty]:
    """The stance and the source's certainty of `verb` as it stands."""
    withheld = _withheld(verb, cues)
    if not withheld and _seeks(verb, cue):
        return "questions", "unknown"
    if not withheld:
        return cue.stance, cue.certainty
    if cue.kind == "thought" and _asks(verb, (*QUESTIONS, "whether", "if")):
        return "declines_to_confirm", "unknown"
    if cue.kind == "thought" and is_unaware(verb, cue, cues):
        return "asserts", "certain"
    if cue.kind in ("thought", "intention"):
        return ("denies", "probable") if cue.stance != "warns" else (cue.stance, "possible")
    return "declines_to_confirm", "unknown" if cue.stance != "denies" or _neither(verb) else "possible"


def _seeks(verb: Token, cue: ReportingCue) -> bool:
    """ "wants to know whether they were shot", "is trying to establish who fired", "must determine if it was so"."""
    if cue.kind != "thought" or verb.lemma_ not in FINDING or not _asks(verb, (*QUESTIONS, "whether", "if")):
        return False
    if verb.dep_ in ("xcomp", "advcl") and verb.head.lemma_ in SEEKING:
        return True
    return any(
        child.dep_ == "aux" and child.lower_ in ("will", "must", "should", "shall", "to") for child in verb.lefts
    )


def _asks(verb: Token, words: tuple[str, ...]) -> bool:
    """ "does not know who did it", "did not know whether they fired", "not knowing where it went off"."""
    return any(
        child.dep_ == "ccomp" and any(opening.lower_ in words for opening in child.lefts) for child in verb.children
    )


def is_unaware(verb: Token, cue: ReportingCue, cues: ReportingCues) -> bool:
    """ "Villagers never realised that a bomb lay there", "police would not say who laid it": it lay there, and it is not they who say so. Not "I do
    not know that it did", nor "the general said he was not aware that it did": those doubt it."""
    who = own_subject(verb)
    if who is not None and who.lower_ in ("i", "we"):
        return False
    if _asks(verb, QUESTIONS) or _will_not_talk_of(verb):
        return _withheld(verb, cues)
    if cue.lemma == "unaware":
        return not is_negated(verb)
    if cue.lemma not in cues.facts or not is_negated(verb) or _asks(verb, ("whether", "if")):
        return False
    if who is not None and who.pos_ == "PRON" and verb.dep_ == "ccomp":
        return False
    past = verb if verb.tag_ == "VBD" else next((child for child in verb.children if child.dep_ == "aux"), verb)
    return past.tag_ == "VBD"


def _will_not_talk_of(verb: Token) -> bool:
    """ "declined to discuss the bombing": it took place."""
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    known = thing is not None and any(child.lower_ in ("the", "this", "these", "those") for child in thing.lefts)
    return known and verb.lemma_ in TALKING


def _neither(verb: Token) -> bool:
    """True for both verbs of "neither confirmed nor denied"."""
    if any(child.lower_ == "neither" and child.dep_ in ("preconj", "cc", "advmod", "det") for child in verb.children):
        return True
    joined = any(child.lower_ == "nor" for child in (*verb.head.children, *verb.lefts))
    return verb.dep_ == "conj" and joined and _neither(verb.head)


def _withheld(verb: Token, cues: ReportingCues) -> bool:
    """True for "did not say", "would not confirm", "declined to say", "refused to rule out"."""
    if is_negated(verb) or _neither(verb):
        return True
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in cues.declining:
        return not is_negated(verb.head)
    return (
        verb.dep_ == "conj" and own_subject(verb) is None and verb.head.dep_ == "xcomp" and _withheld(verb.head, cues)
    )


def silenced(verb: Token, head: Token | None, cues: ReportingCues) -> bool:
    """True where nobody says it: "no one has claimed", "without naming"."""
    if head is not None and (
        head.lower_ in cues.silent or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in head.children)
    ):
        return True
    if head is not None and head.lower_ == "one" and any(c.lower_ == "no" for c in head.children):
        return True
    return verb.dep_ == "pcomp" and verb.head.lower_ == "without"
