"""Accounts, claims and articles typed by hand, for the tests of merging. Every name is invented."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from reportedly.entries import (
    Account,
    Anchor,
    Capture,
    Entry,
    Judgement,
    Range,
    Signature,
    Testimony,
    capture_id,
    entry_id,
)
from reportedly.records import (
    Actor,
    ActorConfidence,
    Article,
    Attribution,
    Block,
    Claim,
    Event,
    EventDate,
    Factuality,
    Origin,
    Place,
    Quantity,
    Recipient,
    SourceHop,
    Span,
    identity,
)
from reportedly.stages.reprint import signature

ORIGIN = Origin(software="reportedly 0.2.0", model="typed", lexicons="0" * 16)
AT = "2026-10-12T08:15:00.000000Z"
FAMILIES = {
    "bombing": "violence",
    "attack": "violence",
    "killing": "violence",
    "armed_assault": "violence",
    "kidnapping": "violence",
    "assassination": "violence",
    "armed_clash": "violence",
    "suicide_bombing": "violence",
    "arson": "violence",
    "arrest": "custody",
    "seizure": "custody",
    "raid": "operation",
    "protest": "unrest",
}


def span(text: str, at: int = 0) -> Span:
    """Words at a place."""
    return Span(start=at, end=at + len(text), text=text)


def day(start: str, end: str | None = None, prec: int | None = None) -> EventDate:
    """A resolved date; of one day unless an end is given."""
    return EventDate(
        start=start, end=end or start, date_prec=prec or (1 if end is None else 4), resolved=True, mention=span(start)
    )


def place(
    name: str,
    country: str | None = "RO",
    lat: float | None = 44.0,
    lon: float | None = 28.0,
    prec: int = 1,
    **more: Any,
) -> Place:
    """A site."""
    fields: dict[str, Any] = {"role": "site", "admin1": None, "geonames_id": None, "mention": span(name)} | more
    return Place(name=name, country=country, lat=lat, lon=lon, where_prec=prec, **fields)


def actor(name: str, confidence: ActorConfidence = "reported_as_fact", canonical: str | None = None) -> Actor:
    """Who did it."""
    return Actor(name=name, canonical_id=canonical, confidence=confidence, mention=span(name))


def account(name: str, **fields: Any) -> Account:
    """A bombing in Hallic on 3 March 2025 with its own capture, unless `fields` say otherwise; `killed` may be a number."""
    killed = fields.pop("killed", None)
    toll = killed if isinstance(killed, Range) else Range(low=killed, best=killed, high=killed)
    values: dict[str, Any] = {
        "account_id": f"acc-{name}",
        "capture_id": f"cap-{name}",
        "article_id": f"art-{name}",
        "incident_id": f"incident-{name}",
        "claim_ids": (f"claim-{name}",),
        "outlet": f"The {name} Post",
        "publication_date": "2025-03-03",
        "event_type": "bombing",
        "stage": "accomplished",
        "negated": False,
        "date": day("2025-03-03"),
        "places": (place("Hallic"),),
        "actors": (),
        "recipients": (),
        "weapons": (),
        "killed": toll,
        "wounded": Range(),
        "anchor": Anchor(document_sha256=f"sha-{name}", text=f"What {name} tells."),
    } | fields
    values.setdefault("family", FAMILIES[values["event_type"]])
    return Account(**values)


def judgement(left: str, right: str, **fields: Any) -> Judgement:
    """The software's "same" of two accounts, unless `fields` say otherwise."""
    one, other = sorted((left, right))
    values: dict[str, Any] = {
        "judgement_id": identity("jud", [one, other, {k: str(v) for k, v in sorted(fields.items())}]),
        "kind": "same",
        "left": one,
        "right": other,
        "left_anchor": Anchor(document_sha256=one, text=one),
        "right_anchor": Anchor(document_sha256=other, text=other),
        "by": "software",
        "at": AT,
        "why": "typed",
        "score": 0.7,
        "origin": "pair-1",
    } | fields
    return Judgement(**values)


def event(kind: str = "bombing", words: str = "exploded", **fields: Any) -> Event:
    """An event with its trigger."""
    trigger = fields.pop("trigger", span(words))
    return Event(event_type=kind, trigger=trigger, **fields)  # type: ignore[arg-type]


def quantity(kind: str, number: int, of: str | None = "people", qualifier: str = "exact", at: int = 0) -> Quantity:
    """A count."""
    high = None if qualifier == "at_least" else number
    return Quantity(
        kind=kind, low=number, best=number, high=high, qualifier=qualifier, of=of, mention=span(str(number), at)
    )  # type: ignore[arg-type]


def victim(name: str, at: int = 0) -> Recipient:
    """To whom it was done."""
    return Recipient(name=name, canonical_id=None, kind="civilians", mention=span(name, at))


def hop(name: str, kind: str = "organisation", anonymous: bool = False) -> SourceHop:
    """A source."""
    return SourceHop(name=name, canonical_id=None, kind=kind, role=None, anonymous=anonymous, mention=span(name))  # type: ignore[arg-type]


def claim(name: str, what: Event | None = None, chain: Sequence[SourceHop] = (), **fields: Any) -> Claim:
    """A claim of an accomplished, affirmed act."""
    stage, polarity = fields.pop("stage", "accomplished"), fields.pop("polarity", "affirmed")
    values: dict[str, Any] = {
        "claim_id": f"claim-{name}",
        "article_id": "art-1",
        "headline": False,
        "sentence": span(f"Sentence of {name}."),
        "content": (),
        "attribution": Attribution(
            chain=tuple(chain), cue=None, stance=fields.pop("stance", "asserts"), quotation="none"
        ),
        "event": what or event(),
        "factuality": Factuality(stage=stage, polarity=polarity, certainty="certain"),
        "incident_id": "incident-1",
    } | fields
    return Claim(**values)


def article(
    text: str, name: str = "1", outlet: str | None = "The Morning Post", published: str | None = "2025-03-03"
) -> Article:
    """An article of paragraphs between blank lines."""
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    return Article(
        article_id=f"art-{name}",
        document_sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        blocks=tuple(blocks),
        outlet=outlet,
        publication_date=published,
        language="en",
    )


def capture(name: str = "1", sha: str = "0" * 64) -> Capture:
    """A document as it was received."""
    context: dict[str, Any] = {
        "media_type": "text/plain",
        "charset": "utf-8",
        "url": f"https://{name}.example/story",
        "outlet": None,
        "published": None,
        "retrieved_on": None,
    }
    return Capture(
        capture_id=capture_id(sha, **context),
        document_sha256=sha,
        captured_at=AT,
        file="typed.warc.gz",
        offset=0,
        length=1,
        **context,
    )


def stated(told: Claim, of: Account) -> Testimony:
    """A claim where it stands."""
    return Testimony(
        claim=told,
        account_id=of.account_id,
        article=article("Text.", of.article_id.removeprefix("art-"), of.outlet, of.publication_date),
        capture=capture(of.account_id.removeprefix("acc-")),
        origin=ORIGIN,
        recorded_at=AT,
    )


def entry(name: str, text: str, *given: dict[str, Any], origin: Origin = ORIGIN, **about: Any) -> Entry:
    """An entry of one article with an account for each of `given` (fields of `account`), each of one claim."""
    told = article(text, name, about.get("outlet", f"The {name} Post"), about.get("published", "2025-03-03"))
    where = capture(name, told.document_sha256)
    accounts, claims = [], []
    for number, fields in enumerate(given):
        words = fields.get("sentence", text.split("\n\n")[0])
        incident = identity("incident", [told.article_id, number, fields.get("again", 0)])
        values = {k: v for k, v in fields.items() if k not in ("sentence", "again")}
        made = account(
            f"{name}-{number}",
            account_id=identity("acc", [where.capture_id, incident]),
            capture_id=where.capture_id,
            article_id=told.article_id,
            incident_id=incident,
            claim_ids=(identity("claim", [told.article_id, number]),),
            outlet=told.outlet,
            publication_date=told.publication_date,
            anchor=Anchor(document_sha256=told.document_sha256, text=words),
            **values,
        )
        what = event(made.event_type, date=made.date, places=made.places, actors=made.actors)
        if made.killed.best is not None:
            what = msgspec.structs.replace(what, quantities=(quantity("killed", made.killed.best),))
        claims.append(
            claim(
                "x",
                what,
                claim_id=made.claim_ids[0],
                article_id=told.article_id,
                sentence=span(words),
                incident_id=incident,
            )
        )
        accounts.append(made)
    print_of: Signature = signature(told)
    return Entry(
        entry_id=entry_id(where.capture_id, origin, "read", None, None, told, tuple(claims), {}),
        capture=where,
        origin=origin,
        outcome="read",
        article=told,
        claims=tuple(claims),
        accounts=tuple(accounts),
        signature=print_of,
    )
