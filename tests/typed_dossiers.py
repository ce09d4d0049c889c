"""Dossiers for the tests of the exports: generated ones, and one in which every text is hostile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from evals.generated import dossier
from reportedly.entries import Dossier, Range
from reportedly.records import (
    Actor,
    EventDate,
    EventType,
    Place,
    PlaceRole,
    Recipient,
    RecipientKind,
    SourceHop,
    Span,
    Stage,
)

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "\r\n=1+1",
    ' "=1+1',
    "＝1+1",
    "\u200b=1+1",
    "'=1+1",
    "'kept",
    "harmless; =1+1",
    'two\nlines, "quoted" and, commas',
    "NUL\x00inside",
    "bell\x07 and vertical\x0b tab",
    "\u202eright to left\u2066",
    "emoji 😀🏴",
    "_x0041_",
    "NA",
    "null",
    "1.50",
    "2025-01-02",
    "http://example.org/?a=1&b=2",
    "<script>alert(1)</script>",
    "line\u2028separator\u0085here",
    "x" * 40_000,
    "=" + "é" * 40_000,
)
"""Texts that have broken spreadsheets, readers or files, each of our own making."""


@cache
def generated(number: int) -> Dossier:
    """A generated dossier, made once."""
    return dossier(number)


def hostile() -> list[Dossier]:
    """A dossier for each hostile text, which stands wherever a report's words can stand."""
    return [poisoned(generated(number % 5), text) for number, text in enumerate(HOSTILE)]


def poisoned(clean: Dossier, text: str) -> Dossier:
    """`clean` with `text` for every word that a report gives."""
    span = Span(start=0, end=len(text), text=text)
    testimonies = []
    for testimony in clean.testimonies:
        claim, event = testimony.claim, testimony.claim.event
        assert event is not None
        hop = SourceHop(name=text, canonical_id=None, kind="person", role=text, anonymous=False, mention=span)
        changed = replace(
            claim,
            sentence=span,
            content=(span,),
            attribution=replace(claim.attribution, chain=(hop,)),
            event=replace(event, actors=tuple(replace(actor, name=text) for actor in event.actors)),
        )
        article = replace(testimony.article, title=text, outlet=text, url=text)
        testimonies.append(replace(testimony, claim=changed, article=article))
    incident = replace(
        clean.incident,
        title=text,
        actors=tuple(replace(actor, name=text) for actor in clean.incident.actors),
        recipients=(text,),
        outlets=(text,),
    )
    return replace(clean, incident=incident, testimonies=tuple(testimonies))


def person(name: str, canonical_id: str | None = None, **values: Any) -> Actor:
    """An actor, reported as a fact where no confidence is given."""
    usual: dict[str, Any] = {"confidence": "reported_as_fact", "mention": Span(start=0, end=len(name), text=name)}
    return Actor(name=name, canonical_id=canonical_id, **(usual | values))


def town(where_prec: int = 1, country: str | None = "NE", role: PlaceRole = "site", **values: Any) -> Place:
    """A place of our own invention."""
    usual: dict[str, Any] = {"name": "Sol", "admin1": "Dosta", "lat": 13.25, "lon": 2.5, "geonames_id": 99}
    mention = Span(start=0, end=3, text="Sol")
    return Place(**(usual | values), country=country, role=role, where_prec=where_prec, mention=mention)


def days(start: str | None, end: str | None, prec: int | None, *, resolved: bool = True) -> EventDate:
    """When it happened."""
    mention = Span(start=0, end=9, text="last week")
    return EventDate(start=start, end=end, date_prec=prec, resolved=resolved, mention=mention)


def made(
    event_type: EventType = "bombing",
    stage: Stage = "accomplished",
    *,
    recipients: Sequence[tuple[str, RecipientKind]] = (),
    killed: int | None = 3,
    **values: Any,
) -> Dossier:
    """A dossier typed by hand: an incident of that type and stage at Sol on 3 February 2026, with the claims of two reports.

    Args:
        event_type: what happened, also in its claims.
        stage: how far it got.
        recipients: names and kinds.
        killed: the number of dead; None: none is given.
        values: further fields of the incident.
    """
    base = generated(1)
    mention = Span(start=0, end=1, text="x")
    harmed = tuple(Recipient(name=name, canonical_id=None, kind=kind, mention=mention) for name, kind in recipients)
    testimonies = tuple(
        replace(
            each,
            claim=replace(each.claim, event=replace(each.claim.event, event_type=event_type, recipients=harmed)),
        )
        for each in base.testimonies
        if each.claim.event is not None
        and each.claim.factuality is not None
        and each.claim.factuality.polarity == "affirmed"
    )
    usual: dict[str, Any] = {
        "place": town(),
        "date": days("2026-02-03", "2026-02-03", 1),
        "actors": (),
        "killed": Range(low=killed, best=killed),
        "family": "violence",
    }
    incident = replace(
        base.incident,
        event_type=event_type,
        stage=stage,
        recipients=tuple(name for name, _ in recipients),
        **(usual | values),
    )
    return replace(base, incident=incident, testimonies=testimonies)
