"""Entries typed by hand, and a stand-in for merging, for the tests of questions: no model, no pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from reportedly.entries import (
    Account,
    Anchor,
    Capture,
    Entry,
    Grade,
    Incident,
    Judgement,
    JudgementKind,
    Range,
    capture_id,
    entry_id,
)
from reportedly.ledger import schema
from reportedly.ledger._shelves import shelve, unshelve
from reportedly.ledger.rows import judgement_from
from reportedly.ledger.store import Ledger
from reportedly.records import (
    Actor,
    Article,
    Attribution,
    Block,
    Claim,
    Cue,
    Event,
    EventDate,
    Factuality,
    Origin,
    Place,
    SourceHop,
    Span,
    identity,
)

ORIGIN = Origin(software="0.2.0", model="typed", lexicons="0" * 16)
PAGE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def span(text: str) -> Span:
    return Span(start=0, end=len(text), text=text)


def place(name: str, country: str | None = None, admin1: str | None = None, **given: Any) -> Place:
    """A site, at 0, 0 unless told otherwise."""
    at = {"role": "site", "lat": 0.0, "lon": 0.0, "geonames_id": None, "where_prec": 1, "mention": span(name)}
    return Place(name=name, country=country, admin1=admin1, **(at | given))


def day(start: str | None, end: str | None = None) -> EventDate:
    return EventDate(
        start=start, end=end or start, date_prec=1, resolved=bool(start or end), mention=span(start or "then")
    )


def entry(
    sentences: Sequence[str] | str,
    *,
    outlet: str = "Daily Courier",
    published: str | None = "2026-03-02",
    where: Place | None = None,
    when: EventDate | None = None,
    actors: Sequence[str] = (),
    weapons: Sequence[str] = (),
    killed: int | None = None,
    source: str | None = None,
    url: str | None = None,
    kind: Any = "bombing",
    stage: Any = "accomplished",
    origin: Origin = ORIGIN,
) -> Entry:
    """One report of one incident; a claim for each sentence, all by `source`."""
    sentences = [sentences] if isinstance(sentences, str) else list(sentences)
    text = "\n\n".join(sentences)
    address = url or f"https://{outlet.lower().replace(' ', '-')}.example/{identity('x', text)[2:8]}"
    context: dict[str, Any] = dict.fromkeys(("media_type", "charset", "outlet", "published", "retrieved_on"))
    capture = Capture(
        capture_id=capture_id(PAGE, url=address, **context),
        document_sha256=PAGE,
        url=address,
        captured_at="2026-03-02T08:00:00.000000Z",
        file="typed.warc.gz",
        offset=0,
        length=len(text),
        **context,
    )
    starts = [text.index(sentence) for sentence in sentences]
    blocks = tuple(Block(start=start, end=start + len(words)) for start, words in zip(starts, sentences, strict=True))
    article = Article(
        article_id=identity("art", [address, text]),
        document_sha256=PAGE,
        text=text,
        blocks=blocks,
        url=address,
        outlet=outlet,
        publication_date=published,
    )
    named = tuple(
        Actor(name=name, canonical_id=None, confidence="accused", mention=article.span(0, 1)) for name in actors
    )
    event = Event(
        event_type=kind,
        trigger=article.span(0, len(sentences[0].split()[0])),
        actors=named,
        places=(where,) if where else (),
        date=when,
    )
    own = identity("incident", [article.article_id])
    claims = tuple(
        Claim(
            claim_id=identity("claim", [article.article_id, start]),
            article_id=article.article_id,
            headline=False,
            sentence=article.span(start, start + len(words)),
            content=(article.span(start, start + len(words)),),
            attribution=_attribution(article, source),
            event=event,
            factuality=Factuality(stage=stage, polarity="affirmed", certainty="certain"),
            incident_id=own,
        )
        for start, words in zip(starts, sentences, strict=True)
    )
    account = Account(
        account_id=identity("acc", [capture.capture_id, own]),
        capture_id=capture.capture_id,
        article_id=article.article_id,
        incident_id=own,
        claim_ids=tuple(claim.claim_id for claim in claims),
        outlet=outlet,
        publication_date=published,
        event_type=kind,
        family="violence",
        stage=stage,
        negated=False,
        date=when,
        places=event.places,
        actors=named,
        recipients=(),
        weapons=tuple(weapons),  # type: ignore[arg-type]
        killed=Range(low=killed, best=killed, high=killed),
        wounded=Range(),
        anchor=Anchor(document_sha256=PAGE, text=sentences[0]),
    )
    return Entry(
        entry_id=entry_id(capture.capture_id, origin, "read", None, None, article, claims, {}),
        capture=capture,
        origin=origin,
        outcome="read",
        article=article,
        claims=claims,
        accounts=(account,),
    )


def _attribution(article: Article, source: str | None) -> Attribution:
    if source is None:
        return Attribution(chain=(), cue=None, stance="asserts", quotation="none")
    hop = SourceHop(
        name=source, canonical_id=None, kind="person", role="spokesman", anonymous=False, mention=article.span(0, 1)
    )
    return Attribution(
        chain=(hop,),
        cue=Cue(start=0, end=1, text=article.text[:1], lemma="say"),
        stance="asserts",
        quotation="indirect",
    )


def judgement(
    one: Entry, other: Entry, kind: JudgementKind = "same", *, retracts: Judgement | None = None, by: str = "software"
) -> Judgement:
    left, right = sorted((one.accounts[0], other.accounts[0]), key=lambda account: account.account_id)
    taken_back = retracts.judgement_id if retracts else None
    return Judgement(
        judgement_id=identity("jud", [left.account_id, right.account_id, kind, by, taken_back]),
        kind=kind,
        left=left.account_id,
        right=right.account_id,
        left_anchor=left.anchor,
        right_anchor=right.anchor,
        by=by,
        at="2026-03-03T00:00:00.000000Z",
        why="same day, same place",
        retracts=taken_back,
    )


def derive(ledger: Ledger) -> None:
    """A stand-in for merging: what a standing judgement calls the same is one incident. From nothing."""
    accounts = {account.account_id: account for entry in ledger.entries() for account in entry.accounts}
    with ledger.reading() as connection:
        judged = [judgement_from(record) for record in connection.execute(select(schema.judgements.c.record)).scalars()]
        gone = list(connection.execute(select(schema.incidents.c.incident_id)).scalars())
    taken_back = {one.retracts for one in judged}
    cluster = {name: {name} for name in accounts}
    for one in judged:
        if one.kind == "same" and one.retracts is None and one.judgement_id not in taken_back:
            joined = cluster[one.left] | cluster[one.right]
            cluster.update(dict.fromkeys(joined, joined))
    wholes = {min(members): sorted(members) for members in cluster.values()}
    with ledger.writing() as connection:
        unshelve(connection, gone)
        shelve(connection, [incident([accounts[name] for name in members]) for members in wholes.values()])


def incident(accounts: Sequence[Account], **given: Any) -> Incident:
    """What some accounts come to, told simply: the first one's values."""
    first = min(accounts, key=lambda account: account.account_id)
    outlets = tuple(sorted({account.outlet for account in accounts if account.outlet}))
    days = sorted(account.publication_date for account in accounts if account.publication_date)
    values: dict[str, Any] = {
        "incident_id": "inc-" + first.account_id.partition("-")[2],
        "event_type": first.event_type,
        "family": first.family,
        "stage": first.stage,
        "negated": False,
        "place": first.places[0] if first.places else None,
        "date": first.date,
        "actors": first.actors,
        "recipients": (),
        "weapons": first.weapons,
        "killed": first.killed,
        "wounded": first.wounded,
        "event_clarity": 1,
        "title": f"{first.event_type} · {first.places[0].name if first.places else 'somewhere'}",
        "account_ids": tuple(sorted(account.account_id for account in accounts)),
        "claim_ids": tuple(name for account in accounts for name in account.claim_ids),
        "outlets": outlets,
        "number_of_articles": len(accounts),
        "number_of_outlets": len(outlets),
        "number_of_origins": len(outlets),
        "origins": (),
        "contradictions": (),
        "grade": Grade(reliability="F", credibility="6", reasons=("nothing is known of the source",)),
        "first_reported": days[0] if days else None,
        "last_updated": days[-1] if days else None,
    }
    return Incident(**(values | given))
