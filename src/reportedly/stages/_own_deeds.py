"""The stance of a claim once it is known whose act it is: who says that he did it owns up, who says that he will do it threatens."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from spacy.tokens import Token

from reportedly.records import Event, Factuality, Stance
from reportedly.stages._by_force import BANDS, FORCES
from reportedly.stages._confidence import is_same
from reportedly.stages._mishaps import VIOLENT

if TYPE_CHECKING:
    from reportedly.stages.resolve import Entity

STATE = FORCES | {"government"}
CHARGED = frozenset({"accused", "defendant", "suspect", "prisoner", "convict", "detainee"})
"""Who owns up where others would boast."""
FOLLOWERS = frozenset(
    {
        "man",
        "group",
        "fighter",
        "gunman",
        "militia",
        "movement",
        "organisation",
        "organization",
        "cell",
        "gang",
        "follower",
        "brigade",
        "unit",
        "band",
        "comrade",
    }
)
"""Whose deed it is that the leader of a band claims: "said his men had stopped the coach"."""
BY_MISTAKE = frozenset(
    {
        "mistake",
        "mistakenly",
        "mistaken",
        "error",
        "accident",
        "accidentally",
        "wrongly",
        "inadvertently",
        "unintentionally",
    }
)
"""What a force says of an act of its own that it regrets."""
OWNED = VIOLENT - {"armed_clash"}
"""What one owns up to."""


def stance_on_own(
    stance: Stance,
    event: Event,
    factuality: Factuality,
    sources: Sequence[Entity],
    doers: Sequence[Entity],
    heads: Sequence[Token],
    said: Sequence[Token],
    bystanders: Set[str],
) -> Stance:
    """The stance of who tells of an act of his own, or of his own people; `stance` as it is for any other.

    "The rebels wrote that their men had shot the judge" claims it, "he told the court that he had shot him" admits it, and so does "the army
    said its planes had bombed the school by mistake"; "police said they shot the gunman" is a report like any other.

    Args:
        stance: that of the words of saying.
        event: what is told.
        factuality: how far it got.
        sources: who says it, origin first.
        doers: those whose act it is; for "its fighters", whose fighters they are.
        heads: the nouns that name them: "fighters".
        said: the words of what is said.
        bystanders: words for people who tell of others: officials and witnesses. A "he" that seems to be one of them is more often somebody else.
    """
    if not sources or event.event_type not in OWNED or factuality.polarity != "affirmed":
        return stance
    source = sources[0]
    if not any(is_same(source, doer) for doer in doers):
        return stance
    if stance == "accuses":
        stance = "asserts"  # nobody accuses himself
    if stance == "asserts" and factuality.stage == "threatened":
        return "warns"
    if factuality.stage not in ("accomplished", "ongoing") or factuality.certainty == "unknown":
        return stance
    role = set((source.role or source.name).lower().split())
    if stance == "claims_responsibility":
        return "admits" if source.kind == "person" and role & CHARGED else stance
    if stance != "asserts":
        return stance
    if source.actor_kind in STATE:
        return "admits" if any(token.lower_ in BY_MISTAKE for token in said) else stance
    if source.kind == "person" and any(head.lemma_.lower() in FOLLOWERS for head in heads):
        return "claims_responsibility"
    if source.kind == "person" and (not role & bystanders or role & CHARGED or _speaks_of_himself(heads)):
        return "admits" if source.actor_kind not in BANDS or role & CHARGED else "claims_responsibility"
    return "claims_responsibility" if source.actor_kind in BANDS or source.kind == "organisation" else stance


def _speaks_of_himself(heads: Sequence[Token]) -> bool:
    return any(head.lower_ in ("i", "we") for head in heads)
