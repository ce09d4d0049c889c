"""group: claims of one article about one incident share an `incident_id`.

Two claims are about one incident where their types can be one act's, nothing that both say disagrees (day, place, number of
acts, perpetrator), and enough of what they say agrees, or the second refers back to the first ("the attack"). A group is closed under
that relation, and never holds two claims that disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from reportedly.records import Claim, Event, identity

DEFINITE = ("the ", "this ", "that ", "these ", "those ", "its ", "his ", "her ", "their ")
GENERIC = frozenset({"attack", "killing", "armed_assault"})
CLASSES: Mapping[str, str] = {
    "accomplished": "done", "ongoing": "done", "attempted": "stopped", "foiled": "stopped", "planned": "open", "threatened": "open", "hypothetical": "open",
}
NEAR = 12
ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class _Profile:
    """What a claim says of its incident, in a form that can be compared."""

    index: int
    event_type: str
    family: str
    stage: str
    polarity: str
    day: tuple[str, str] | None
    countries: frozenset[str]
    towns: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    weapons: frozenset[str]
    number: int | None
    deaths: int | None
    definite: bool
    at: int


def group(claims: Sequence[Claim], families: Mapping[str, str], refers_back: Mapping[str, bool]) -> tuple[Claim, ...]:
    """`claims` of one article with their `incident_id`.

    Args:
        claims: the claims in the order of the text, each with an event.
        families: event type to its family (``event_types.toml``).
        refers_back: claim_id to whether its trigger points to an act already told ("the attack").
    """
    profiles = [_profile(number, claim, families, refers_back) for number, claim in enumerate(claims)]
    clusters: list[list[_Profile]] = []
    for profile in profiles:
        home = _home(profile, clusters)
        if home is None:
            clusters.append([profile])
        else:
            home.append(profile)
    out = list(claims)
    for cluster in clusters:
        first = claims[cluster[0].index]
        incident = identity("incident", [first.article_id, first.claim_id])
        for profile in cluster:
            out[profile.index] = msgspec.structs.replace(claims[profile.index], incident_id=incident)
    return tuple(out)


def _home(profile: _Profile, clusters: list[list[_Profile]]) -> list[_Profile] | None:
    """The cluster that `profile` fits best, or None."""
    best: tuple[float, int] | None = None
    for number, cluster in enumerate(clusters):
        if any(_disagree(profile, other) for other in cluster):
            continue
        score = max(_agreement(profile, other) for other in cluster)
        if score >= ENOUGH and (best is None or (score, number) > best):
            best = (score, number)
    return clusters[best[1]] if best is not None else None


def _profile(number: int, claim: Claim, families: Mapping[str, str], refers_back: Mapping[str, bool]) -> _Profile:
    event = claim.event
    assert event is not None and claim.factuality is not None
    date = event.date
    day = (date.start or "", date.end or "") if date is not None and date.resolved and date.start else None
    sites = [p for p in event.places if p.role in ("site", "target")]
    return _Profile(
        number, event.event_type, families[event.event_type], CLASSES[claim.factuality.stage], claim.factuality.polarity, day,
        frozenset(p.country for p in sites if p.country), frozenset(p.name.lower() for p in sites if p.where_prec <= 3),
        frozenset((a.canonical_id or a.name).lower() for a in event.actors), frozenset((r.canonical_id or r.name).lower() for r in event.recipients),
        frozenset(w.category for w in event.weapons), _number(event, "events"), _number(event, "killed"), refers_back.get(claim.claim_id, False),
        event.trigger.start,
    )


def _number(event: Event, kind: str) -> int | None:
    return next((q.best for q in event.quantities if q.kind == kind and q.best is not None), None)


def _disagree(a: _Profile, b: _Profile) -> bool:
    """True where both cannot be one incident."""
    if not _types_fit(a, b):
        return True
    if a.day and b.day and (a.day[1] < b.day[0] or b.day[1] < a.day[0]):
        return True
    if a.countries and b.countries and not a.countries & b.countries:
        return True
    if a.towns and b.towns and not a.towns & b.towns:
        return True
    if (a.number or 1) != (b.number or 1) and (a.number or b.number or 1) > 1 and not (a.definite or b.definite):
        return True
    if {a.stage, b.stage} == {"done", "open"} and not (a.definite or b.definite):
        return True
    return bool(a.actors and b.actors and not a.actors & b.actors and _exact(a.actors) and _exact(b.actors))


def _exact(names: frozenset[str]) -> bool:
    return all(":" in name for name in names)


def _types_fit(a: _Profile, b: _Profile) -> bool:
    if a.event_type == b.event_type:
        return True
    if a.family == b.family == "violence":
        return a.event_type in GENERIC or b.event_type in GENERIC or {a.event_type, b.event_type} <= {"bombing", "suicide_bombing"} or {
            a.event_type, b.event_type} <= {"kidnapping", "hostage_taking"}
    pair = {a.family, b.family}
    if a.stage == b.stage == "stopped" and pair <= {"violence", "preparation"}:
        return True
    return "arrest" in (a.event_type, b.event_type) and "stopped" in (a.stage, b.stage) and a.day is not None and a.day == b.day


def _agreement(a: _Profile, b: _Profile) -> float:
    """How much of what both say is the same."""
    score = 0.0
    if a.event_type == b.event_type:
        score += 0.5 if a.event_type in GENERIC else 0.75
    if a.day and b.day:
        score += 1.5 if a.day == b.day else 0.75
    if a.towns & b.towns:
        score += 1.5
    elif a.countries & b.countries:
        score += 0.5
    if a.actors & b.actors:
        score += 0.75
    if a.recipients & b.recipients:
        score += 1.0
    if a.weapons & b.weapons:
        score += 0.5
    if a.number and a.number == b.number and a.number > 1:
        score += 1.5
    if a.deaths and a.deaths == b.deaths:
        score += 1.0
    if a.stage == b.stage:
        score += 0.25
    if a.definite or b.definite:
        score += 1.5
    return score
