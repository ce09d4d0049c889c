"""Dossiers of every kind that a report must show, typed by hand: exact and vague places, days and months, foiled and denied, contested."""

from __future__ import annotations

from typing import Any

import msgspec
from typed_reading import TEXT, article, claims, span

from reportedly.entries import (
    Anchor,
    Capture,
    Contradiction,
    Dossier,
    Grade,
    Incident,
    Judgement,
    Range,
    Side,
    Testimony,
)
from reportedly.export.report import Colophon
from reportedly.records import Actor, Article, EventDate, Origin, Place

ORIGIN = Origin(software="reportedly 0", model="none", lexicons="0")
MADE = Colophon(ledger_hash="c0ffee" * 10 + "0000", software="reportedly 0", made_at="2025-03-20T08:00:00Z", total=8)
HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> javascript:alert(1) \u202eevil"


def place(name: str, lat: float | None, lon: float | None, prec: int, country: str | None = "NE") -> Place:
    return Place(
        name=name,
        role="site",
        country=country,
        admin1=None,
        lat=lat,
        lon=lon,
        geonames_id=None,
        where_prec=prec,
        mention=span("depot"),
    )


def day(start: str | None, end: str | None = None, prec: int = 1) -> EventDate:
    return EventDate(start=start, end=end or start, date_prec=prec, resolved=start is not None, mention=span("Monday"))


def incident(number: int, **values: Any) -> Incident:
    usual: dict[str, Any] = {
        "incident_id": f"inc-{number:020d}",
        "event_type": "bombing",
        "family": "violence",
        "stage": "accomplished",
        "negated": False,
        "place": place("Quellin", 13.5, 7.1, 1),
        "date": day("2025-03-10"),
        "actors": (
            Actor(name="Red Dawn Front", canonical_id=None, confidence="accused", mention=span("The Red Dawn Front")),
        ),
        "recipients": ("soldiers",),
        "weapons": ("explosive",),
        "killed": Range(low=12, best=19, high=19, claims=("c-1", "c-2")),
        "wounded": Range(low=40, best=40, high=40, claims=("c-2",)),
        "event_clarity": 1,
        "title": f"Bombing number {number}",
        "account_ids": (f"acc-{number}",),
        "claim_ids": ("c-1", "c-2"),
        "outlets": ("Meridian Post",),
        "number_of_articles": 1,
        "number_of_outlets": 1,
        "number_of_origins": 1,
        "origins": ("Meridian Post: its own report",),
        "contradictions": (),
        "grade": Grade(reliability="F", credibility="6", reasons=("one source, of which nothing is known",)),
        "first_reported": "2025-03-11",
        "last_updated": "2025-03-11",
    }
    return Incident(**(usual | values))


def capture(number: int = 1, url: str = "https://meridian.example/blast") -> Capture:
    return Capture(
        capture_id=f"cap-{number}",
        document_sha256=f"{number:064x}",
        media_type="text/html",
        charset=None,
        url=url,
        outlet=None,
        published=None,
        retrieved_on=None,
        captured_at="2025-03-12T00:00:00.000000Z",
        file="a.warc.gz",
        offset=0,
        length=1,
    )


def typed_testimonies(
    body: Article | None = None, number: int = 1, reprint_of: str | None = None
) -> tuple[Testimony, ...]:
    body = body or article()
    return tuple(
        Testimony(
            claim=claim,
            account_id=f"acc-{number}",
            article=msgspec.structs.replace(body, text=""),
            capture=capture(number),
            origin=ORIGIN,
            recorded_at="2025-03-12T00:00:00.000000Z",
            reprint_of=reprint_of,
        )
        for claim in claims()[:3]
    )


def judgement(number: int, why: str, retracts: str | None = None) -> Judgement:
    anchor = Anchor(document_sha256="0" * 64, text="At least 12 soldiers were killed on Monday")
    return Judgement(
        judgement_id=f"jud-{number}",
        kind="same",
        left="acc-1",
        right="acc-2",
        left_anchor=anchor,
        right_anchor=anchor,
        by="software" if retracts is None else "Mara",
        at="2025-03-12T00:00:00.000000Z",
        why=why,
        score=None if retracts else 0.93,
        retracts=retracts,
    )


def contested() -> Dossier:
    """A disagreement about the dead, a reprint, a judgement that was taken back."""
    sides = (
        Side(
            claim_id="c-1",
            value="at least 12",
            words=span("At least 12 soldiers"),
            outlet="Meridian Post",
            publication_date="2025-03-11",
        ),
        Side(claim_id="c-2", value="19", words=span("19 people"), outlet="Echo", publication_date="2025-03-11"),
    )
    first = incident(
        0,
        title="Bombing at Quellin",
        contradictions=(Contradiction(kind="disagreement", field="killed", sides=sides),),
        outlets=("Echo", "Meridian Post"),
        number_of_articles=2,
        number_of_outlets=2,
    )
    copy = article(article_id="a-2", outlet="Echo", url="https://echo.example/blast")
    told = typed_testimonies() + typed_testimonies(copy, 2, reprint_of="a-1")
    judged = (judgement(1, "same place and day"), judgement(2, "two depots", retracts="jud-1"))
    return Dossier(incident=first, testimonies=told, judgements=judged)


def dossiers() -> list[Dossier]:
    """One of each kind, eight in all."""
    others = [
        incident(
            1,
            stage="foiled",
            event_type="arson",
            title="Arson foiled",
            place=place("Osk", 14.2, 8.3, 2),
            weapons=("incendiary",),
        ),
        incident(
            2,
            stage="planned",
            title="Bombing planned",
            place=place("the north", 17.0, 9.0, 5),
            date=day("2025-03-01", "2025-03-31", 4),
        ),
        incident(3, negated=True, title="Bombing denied", place=place("Diffa", 13.3, 12.6, 1), outlets=("Klaxon",)),
        incident(4, title="Bombing somewhere", place=place("Niger", 17.6, 8.1, 6), date=day("2025-03-12")),
        incident(5, title="Killing without a place", event_type="killing", place=None, date=None, killed=Range()),
        incident(6, title="Bombing long ago", date=day("1994-01-01", "1994-12-31", 5), actors=()),
        incident(
            7,
            title="Shelling",
            event_type="shelling",
            weapons=("artillery",),
            date=day("2025-03-14"),
            place=place("Gao", 16.3, -0.04, 1, "ML"),
        ),
    ]
    return [contested(), *(Dossier(incident=one, testimonies=typed_testimonies()) for one in others)]


def hostile(evil: str = HOSTILE) -> Dossier:
    """Hostile words in every place that a report or a person can reach."""
    bad = article(TEXT, outlet=evil, byline=evil, url=f"javascript:{evil}", title=evil, language='"><x')
    told = []
    for one in typed_testimonies(bad):
        words = msgspec.structs.replace(one.claim.sentence, text=evil, end=one.claim.sentence.start + len(evil))
        hops = tuple(msgspec.structs.replace(hop, name=evil, role=evil) for hop in one.claim.attribution.chain)
        said = msgspec.structs.replace(one.claim.attribution, chain=hops)
        claim = msgspec.structs.replace(one.claim, sentence=words, attribution=said)
        told.append(msgspec.structs.replace(one, claim=claim))
    side = Side(
        claim_id="c",
        value=evil,
        words=msgspec.structs.replace(span("depot"), text=evil),
        outlet=evil,
        publication_date=evil,
    )
    worst = incident(
        9,
        incident_id=f"inc-{evil}",
        title=evil,
        place=msgspec.structs.replace(place(evil, 1.0, 2.0, 1), admin1=evil, country='"><x'),
        actors=(Actor(name=evil, canonical_id=None, confidence="possible", mention=span("depot")),),
        recipients=(evil,),
        outlets=(evil,),
        origins=(evil,),
        contradictions=(Contradiction(kind="disagreement", field=evil, sides=(side, side)),),
        grade=Grade(reliability="F", credibility="6", reasons=(evil,)),
        first_reported=evil,
        last_updated=evil,
    )
    return Dossier(incident=worst, testimonies=tuple(told), judgements=(judgement(1, evil),))
