"""account: what one article tells of one incident, from the claims of a reading that share an `incident_id`.

Where claims differ, what is affirmed counts before what is denied, and what came to pass before what was only planned; nothing is averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from reportedly.entries import Account, Anchor, Capture
from reportedly.records import (
    Actor,
    ActorConfidence,
    Claim,
    Event,
    EventDate,
    EventType,
    Factuality,
    Place,
    Reading,
    Stage,
    identity,
)
from reportedly.stages._incident_facts import GENERIC
from reportedly.stages._tolls import toll

CONFIDENCE: tuple[ActorConfidence, ...] = (
    "reported_as_fact",
    "claimed_or_admitted",
    "accused_by_authorities",
    "accused",
    "possible",
    "denied",
)
"""The scale of MUC-4, strongest first."""
DONE, STOPPED = ("accomplished", "ongoing"), ("attempted", "foiled")
STAGES: tuple[Stage, ...] = (
    "accomplished",
    "ongoing",
    "foiled",
    "attempted",
    "planned",
    "threatened",
    "hypothetical",
)
"""Of two stages that as many claims give, the first here counts."""
UNPLACED = 4
"""The `where_prec` as which a place without coordinates is sorted: behind towns, before regions and countries."""
_Told = tuple[Claim, Event, Factuality]


def accounts(reading: Reading, capture: Capture, families: Mapping[str, str]) -> tuple[Account, ...]:
    """The accounts of a reading, in the order in which the article first tells of them.

    Args:
        reading: one pass over one article.
        capture: the document as it was received.
        families: event type to its family (``event_types.toml``).
    """
    told: dict[str, list[_Told]] = {}
    for claim in sorted(reading.claims, key=lambda c: (c.event.trigger.start if c.event else 0, c.claim_id)):
        if claim.event is not None and claim.factuality is not None and claim.incident_id is not None:
            told.setdefault(claim.incident_id, []).append((claim, claim.event, claim.factuality))
    return tuple(_account(name, claims, reading, capture, families) for name, claims in told.items())


def _account(
    name: str, told: Sequence[_Told], reading: Reading, capture: Capture, families: Mapping[str, str]
) -> Account:
    article = reading.article
    affirmed = [t for t in told if t[2].polarity == "affirmed"]
    event_type = _type([event.event_type for _, event, _ in told], families)
    family = families[event_type]
    stage = _stage([f.stage for _, e, f in affirmed or told if families[e.event_type] == family])
    return Account(
        account_id=identity("acc", [capture.capture_id, name]),
        capture_id=capture.capture_id,
        article_id=article.article_id,
        incident_id=name,
        claim_ids=tuple(claim.claim_id for claim, _, _ in told),
        outlet=article.outlet or capture.outlet,
        publication_date=article.publication_date,
        event_type=event_type,
        family=family,
        stage=stage or told[0][2].stage,
        negated=not affirmed,
        date=_date(
            [e.date for _, e, _ in (*affirmed, *told)], article.publication_date if stage in (*DONE, *STOPPED) else None
        ),
        places=_places([p for _, e, _ in told for p in e.places]),
        actors=_actors(  # who arrested the bombers is none of them
            _as_told(a, denied=bool(affirmed) and f.polarity == "negated")
            for _, e, f in told
            if family != "violence" or families[e.event_type] == family
            for a in e.actors
        ),
        recipients=tuple(dict.fromkeys(r.name for _, e, _ in affirmed or told for r in e.recipients)),
        weapons=tuple(dict.fromkeys(w.category for _, e, _ in told for w in e.weapons)),
        killed=toll("killed", [claim for claim, _, _ in told]),
        wounded=toll("wounded", [claim for claim, _, _ in told]),
        anchor=Anchor(document_sha256=article.document_sha256, text=_anchor(told)),
    )


def _anchor(told: Sequence[_Told]) -> str:
    """The first sentence that is no headline, for headlines change; else the headline."""
    return next((claim for claim, _, _ in told if not claim.headline), told[0][0]).sentence.text


def _type(given: Sequence[EventType], families: Mapping[str, str]) -> EventType:
    """The type that most claims give; violence before what the police did about it, a specific type before a generic one."""
    violent = [kind for kind in given if families[kind] == "violence"]
    specific = [kind for kind in violent if kind not in GENERIC]
    if not specific and "armed_assault" in violent:
        return "armed_assault"
    return _most(specific or violent or given)


def _most(given: Sequence[EventType]) -> EventType:
    """The most frequent; of several the first told."""
    counts = Counter(given)
    return max(given, key=lambda kind: counts[kind])


def _stage(given: Sequence[Stage]) -> Stage | None:
    """How far it got: what came to pass, unless more claims say that it was stopped; a plan only where nothing else is told."""
    done, stopped = sum(s in DONE for s in given), sum(s in STOPPED for s in given)
    came = done >= stopped and done * 3 >= len(given) - done - stopped and done > 0
    realm: Iterable[str] = DONE if came else STOPPED if stopped else STAGES
    counts = Counter(s for s in given if s in realm)
    return max(counts, key=lambda s: (counts[s], -STAGES.index(s)), default=None)


def _date(given: Sequence[EventDate | None], published: str | None) -> EventDate | None:
    """The most exact resolved date, of several the first told. What came to pass did not do so after it was published."""
    resolved = [
        when
        for when in given
        if when is not None and when.resolved and when.start and not (published and when.start > published)
    ]
    return min(resolved, key=_exactness, default=None)


def _exactness(when: EventDate) -> tuple[int, int]:
    start, end = when.start or "", when.end or when.start or ""
    return when.date_prec or 9, (date.fromisoformat(end) - date.fromisoformat(start)).days


def _places(given: Sequence[Place]) -> tuple[Place, ...]:
    """Sites, else targets: each once, most exact first, of several the one told most often."""
    chosen = [p for p in given if p.role == "site"] or [p for p in given if p.role == "target"]
    counts = Counter(_place_key(p) for p in chosen)
    first: dict[tuple[str, str | None], Place] = {}
    for place in chosen:
        first.setdefault(_place_key(place), place)
    return tuple(
        sorted(first.values(), key=lambda p: (p.where_prec if p.lat is not None else UNPLACED, -counts[_place_key(p)]))
    )


def _place_key(place: Place) -> tuple[str, str | None]:
    return (str(place.geonames_id) if place.geonames_id else place.name.casefold(), place.country)


def _as_told(actor: Actor, *, denied: bool) -> Actor:
    """The actor of a claim; of one that says "did not", beside others that say "did", nobody holds that it was him."""
    return msgspec.structs.replace(actor, confidence="denied") if denied else actor


def _actors(given: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each once, under the name first used, with the strongest confidence."""
    found: dict[str, Actor] = {}
    for actor in given:
        key = actor.canonical_id or actor.name.casefold()
        known = found.setdefault(key, actor)
        if CONFIDENCE.index(actor.confidence) < CONFIDENCE.index(known.confidence):
            found[key] = msgspec.structs.replace(known, confidence=actor.confidence, mention=actor.mention)
    return tuple(found.values())
