"""What a source does by its words once negation, modals and "declined to" are taken in."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.records import Certainty, Stance
from reportedly.stages._clauses import is_negated, own_subject
from reportedly.stages._cues import ReportingCue, ReportingCues


def stance_of(verb: Token, cue: ReportingCue, cues: ReportingCues) -> tuple[Stance, Certainty]:
    """The stance and the source's certainty of `verb` as it stands."""
    withheld = _withheld(verb, cues)
    if not withheld:
        return cue.stance, cue.certainty
    if cue.kind == "thought" and any(child.dep_ == "ccomp" and _opens_with_question(child) for child in verb.children):
        return "declines_to_confirm", "unknown"
    if cue.kind in ("thought", "intention"):
        return ("denies", "probable") if cue.stance != "warns" else (cue.stance, "possible")
    return "declines_to_confirm", "unknown" if cue.stance != "denies" or _neither(verb) else "possible"


def _opens_with_question(clause: Token) -> bool:
    """ "does not know who did it", "not knowing where it went off"."""
    return any(child.tag_ in ("WP", "WP$", "WRB") for child in clause.children)


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
