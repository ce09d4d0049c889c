"""Who holds an actor to have done it: MUC-4's scale of confidence, from "reported as fact" to "denied"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from reportedly.records import ActorConfidence, Factuality
from reportedly.stages._above import blamer, blaming, is_revealed
from reportedly.stages._phrases import offsets
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Attributed
from reportedly.stages.resolve import Entity, Resolved

AUTHORITIES = frozenset({"government", "police", "military", "intelligence", "igo"})
UNSURE = frozenset({"possible", "unknown"})


def confidence(
    head: Token,
    entity: Entity,
    around: Sequence[Attributed],
    sources: Sequence[Entity],
    factuality: Factuality,
    resolved: Resolved,
    words: CodeWords,
) -> ActorConfidence:
    """How surely an actor is held to have done it, and by whom.

    Args:
        head: the head of the actor's words.
        entity: who the actor is.
        around: the attributions around the act, innermost first.
        sources: who says it, origin first.
        factuality: how far the act got.
        resolved: who is meant by which words.
        words: the lexicons of `code`.
    """
    if any(child.lower_ in words.lists["doubted"] for child in head.children):
        return "possible"
    if lemma(head) in words.lists["suspects"]:
        return "accused"
    aside = _accused_aside(head, around, resolved, words)
    if aside is not None:
        return aside
    if _stands_accused(head, words) and not (around and around[0].stance == "denies"):
        return "accused" if lemma(head.head) in ("implicate", "want") else "accused_by_authorities"
    if not around:
        return "possible" if factuality.certainty in UNSURE else "reported_as_fact"
    inner, source = around[0], sources[0] if sources else None
    if inner.stance == "denies":
        return "denied"
    if inner.stance == "declines_to_confirm":
        return "possible"
    if source is not None and is_same(source, entity):
        return "claimed_or_admitted" if factuality.polarity == "affirmed" else "denied"
    if inner.stance in ("claims_responsibility", "admits") and source is not None and source.kind == "person":
        return "claimed_or_admitted"
    if factuality.certainty in UNSURE:
        return "possible"
    if inner.stance == "accuses" or inner.cue_lemma in words.lists["accusing"] or is_revealed(head):
        charged = inner.cue_lemma in words.lists["indicts"]
        return "accused_by_authorities" if charged or _is_authority(source, words) else "accused"
    return "reported_as_fact"


def is_same(source: Entity, entity: Entity) -> bool:
    """Whether two are one, by what the lexicons know of them or by name."""
    known = source.canonical_id is not None and source.canonical_id == entity.canonical_id
    return known or source.name == entity.name


def _accused_aside(
    head: Token, around: Sequence[Attributed], resolved: Resolved, words: CodeWords
) -> ActorConfidence | None:
    """ "The attack, which the army blamed on rebels, killed nine": told as a fact, but who did it is an accusation."""
    verb = blaming(head)
    cue = around[0].cue if around else None
    if verb is None or (cue is not None and cue[0] <= verb.idx < cue[1]):
        return None
    who = blamer(verb)
    entity = None if who is None else resolved.entity(*offsets(who))
    return "accused_by_authorities" if _is_authority(entity, words) else "accused"


def _stands_accused(doer: Token, words: CodeWords) -> bool:
    """ "was arrested in the killing of", "faces two counts of arson"."""
    verb = lemma(doer.head)
    jailed = doer.dep_ == "nsubjpass" and verb in words.lists["charges_in"]
    return jailed or (doer.dep_ == "nsubj" and verb == "face")


def _is_authority(who: Entity | None, words: CodeWords) -> bool:
    """ "Police", "the minister", "officials"; a leader of a union or of the opposition is none."""
    if who is None:
        return False
    if who.actor_kind in AUTHORITIES:
        return True
    said = [word.strip(",.").rstrip("s") for word in f"{who.role or ''} {who.name}".lower().split()]
    return any(words.people.get(word) in AUTHORITIES for word in said) and not words.lists["unofficial"] & set(said)
