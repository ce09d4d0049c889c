"""Threats against people, and robberies at gunpoint: what frames ask of who threatens or robs whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Token

from reportedly.stages._by_force import BANDS, FORCES
from reportedly.stages._phrases import prepositional
from reportedly.stages._words import lemma

if TYPE_CHECKING:
    from reportedly.stages._needs import Hit

ARMED = BANDS | FORCES
UNKNOWN = frozenset(
    {
        "man",
        "woman",
        "individual",
        "person",
        "people",
        "caller",
        "stranger",
        "youth",
        "mob",
        "thug",
        "voice",
        "note",
        "letter",
        "leaflet",
        "attacker",
    }
)
"""Who threatens people by himself, whatever else is known of him."""
DEADLY = frozenset({"death", "gun", "rifle", "pistol", "knife", "machete", "weapon", "grenade", "gunpoint", "violence"})
MASKED = frozenset({"masked", "hooded", "armed", "uniformed", "unidentified", "unknown"})
STRONGROOMS = frozenset({"bank", "branch", "train", "bus", "convoy", "van", "truck", "payroll", "armory", "armoury"})
"""What bands rob."""


def threatens_people(hit: Hit) -> bool:
    """ "Gunmen threatened the judge", "the judge was threatened by two men": not "threatened to resign", nor "threatened with the sack", nor what
    a storm or a minister threatens."""
    verb = hit.token
    if any(c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i for c in verb.children):
        return False
    if any(lemma(t) not in DEADLY - {"death"} for t in prepositional(verb, "with")):  # with death: the death is the act
        return False
    alone = any(c.dep_ == "nsubjpass" for c in verb.children) and not hit.subjects
    return hit.any(hit.objects, hit.person) and (alone or any(_acts_by_force(t, hit) for t in hit.subjects))


def threat_to_people(hit: Hit) -> bool:
    """ "Threats against the judge", "threats by the rebels", "received death threats": not "a threat to peace"."""
    threat = hit.token
    deadly = any(c.dep_ in ("compound", "amod") and c.lower_ in ("death", "deadly") for c in threat.lefts)
    against = prepositional(threat, "against")
    if against:
        return any(hit.person(t) or t.ent_type_ == "PERSON" for t in against)
    over = threat.head
    received = threat.dep_ == "dobj" and lemma(over) in ("receive", "get") and hit.any(receivers(threat), hit.person)
    return (deadly and (received or hit.any(hit.subjects, lambda t: _acts_by_force(t, hit)))) or received


def receivers(threat: Token) -> tuple[Token, ...]:
    """ "The judge received threats": the judge."""
    over = threat.head
    if threat.dep_ != "dobj" or lemma(over) not in ("receive", "get"):
        return ()
    return tuple(c for c in over.children if c.dep_ in ("nsubj", "nsubjpass"))


def robbed_by_force(hit: Hit) -> bool:
    """ "Rebels robbed the bank", "masked men held up a train", "an armed robbery of a bank by guerrillas"."""
    if hit.any(hit.subjects, lambda t: hit.kind(t) == "armed_group"):
        return hit.verbal or bool(hit.objects)
    armed = hit.any((hit.token, *hit.subjects), lambda t: any(c.lower_ in MASKED for c in t.children))
    return armed and hit.any(hit.objects, lambda t: lemma(t) in STRONGROOMS)


def _acts_by_force(token: Token, hit: Hit) -> bool:
    return hit.kind(token) in ARMED or lemma(token) in UNKNOWN or hit.armed(token)
