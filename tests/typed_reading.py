"""A reading typed by hand, for the tests of the exports and the commands: no model, no pipeline."""

from __future__ import annotations

from typing import Any

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
    Quantity,
    Reading,
    Reason,
    Recipient,
    SourceHop,
    Span,
    Weapon,
)

TEXT = """Blast at Quellin bus depot kills at least 12

At least 12 soldiers were killed on Monday as a car bomb blew up at the depot in Quellin, army spokesman Ivo Tarn said.

Nurse Ana Ruiz told Radio Uno that 19 people had died and 40 were hurt in the blast.

The Red Dawn Front denied on Tuesday that it had bombed the depot.

Police said they had foiled a planned attack on the ferry port in Osk.
"""


def span(words: str, text: str = TEXT, nth: int = 0) -> Span:
    """The `nth` place where `words` stand in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start=start, end=start + len(words), text=words)


def hop(name: str, words: str, kind: str = "person", role: str | None = None, text: str = TEXT) -> SourceHop:
    return SourceHop(
        name=name,
        canonical_id=None,
        kind=kind,
        role=role,
        anonymous=False,
        mention=span(words, text),  # type: ignore[arg-type]
    )


def cue(words: str, lemma: str, nth: int = 0) -> Cue:
    at = span(words, nth=nth)
    return Cue(start=at.start, end=at.end, text=at.text, lemma=lemma)


def article(text: str = TEXT, **values: Any) -> Article:
    blocks, start = [], 0
    for number, part in enumerate(text.rstrip("\n").split("\n\n")):
        blocks.append(Block(start=start, end=start + len(part), kind="paragraph" if number else "headline"))
        start += len(part) + 2
    usual: dict[str, Any] = {
        "article_id": "a-1",
        "document_sha256": "0" * 64,
        "text": text,
        "blocks": tuple(blocks),
        "language": "en",
        "outlet": "Meridian Post",
        "publication_date": "2025-03-11",
        "date_known_from": "page",
        "url": "blast.html",
    }
    return Article(**(usual | values))


def _claim(number: int, sentence: str, attribution: Attribution, event: Event | None, **values: Any) -> Claim:
    fact = values.pop("fact", Factuality(stage="accomplished", polarity="affirmed", certainty="certain"))
    return Claim(
        claim_id=f"c-{number}",
        article_id="a-1",
        headline=False,
        sentence=span(sentence),
        content=(span(values.pop("content", sentence)),),
        attribution=attribution,
        event=event,
        factuality=None if event is None else fact,
        incident_id=values.pop("incident", "i-1"),
    )


def _depot() -> Place:
    return Place(
        name="Quellin",
        role="site",
        country="XQ",
        admin1="Ostreva",
        lat=1.5,
        lon=-2.5,
        geonames_id=7,
        where_prec=1,
        mention=span("Quellin", nth=1),
    )


def _killed(number: int, words: str, qualifier: str, of: str) -> Quantity:
    exact = qualifier == "exact"
    return Quantity(
        kind="killed",
        low=number,
        best=number,
        high=number if exact else None,
        qualifier=qualifier,  # type: ignore[arg-type]
        of=of,
        mention=span(words),
    )


def claims() -> tuple[Claim, ...]:
    """Three incidents' worth: a toll, another toll through a radio station, a denial, a foiled plan."""
    paragraphs = TEXT.rstrip("\n").split("\n\n")
    return (
        _claim(
            1,
            paragraphs[1],
            Attribution(
                chain=(hop("Ivo Tarn", "army spokesman Ivo Tarn", role="army spokesman"),),
                cue=cue("said", "say"),
                stance="asserts",
                quotation="none",
            ),
            Event(
                event_type="bombing",
                trigger=span("blew up"),
                recipients=(Recipient(name="soldiers", canonical_id=None, kind="military", mention=span("soldiers")),),
                weapons=(Weapon(category="explosive", name="car bomb", mention=span("car bomb")),),
                places=(_depot(),),
                date=EventDate(
                    start="2025-03-10", end="2025-03-10", date_prec=1, resolved=True, mention=span("Monday")
                ),
                quantities=(_killed(12, "At least 12 soldiers", "at_least", "soldiers"),),
            ),
            content=paragraphs[1].split(", army")[0],
        ),
        _claim(
            2,
            paragraphs[2],
            Attribution(
                chain=(hop("Ana Ruiz", "Nurse Ana Ruiz", role="nurse"), hop("Radio Uno", "Radio Uno", "outlet")),
                cue=cue("told", "tell"),
                stance="asserts",
                quotation="indirect",
            ),
            Event(
                event_type="bombing", trigger=span("blast"), quantities=(_killed(19, "19 people", "exact", "people"),)
            ),
            content="19 people had died and 40 were hurt in the blast",
        ),
        _claim(
            3,
            paragraphs[3],
            Attribution(
                chain=(hop("Red Dawn Front", "The Red Dawn Front", "organisation"),),
                cue=cue("denied", "deny"),
                stance="denies",
                quotation="indirect",
            ),
            Event(
                event_type="bombing",
                trigger=span("bombed"),
                actors=(
                    Actor(
                        name="Red Dawn Front", canonical_id="red-dawn-front", confidence="denied", mention=span("it")
                    ),
                ),
            ),
            fact=Factuality(stage="accomplished", polarity="negated", certainty="certain"),
        ),
        _claim(
            4,
            paragraphs[4],
            Attribution(
                chain=(hop("Police", "Police", "organisation"),),
                cue=cue("said", "say", nth=1),
                stance="asserts",
                quotation="indirect",
            ),
            Event(event_type="attack", trigger=span("attack")),
            fact=Factuality(stage="foiled", polarity="affirmed", certainty="possible"),
            incident="i-2",
        ),
    )


def reading(**values: Any) -> Reading:
    """The whole, as the pipeline would hand it over."""
    told = Attribution(chain=(hop("Police", "Police", "organisation"),), cue=None, stance="asserts", quotation="none")
    usual: dict[str, Any] = {
        "article": article(),
        "claims": claims(),
        "statements": (_claim(9, "Police said they had foiled", told, None, incident=None),),
        "reasons": {
            "c-1": (
                Reason(field="factuality.stage", value="accomplished", rule="judge.stage:past", words=span("blew up")),
            )
        },
        "origin": Origin(software="reportedly 0.1.0", model="en_core_web_sm 3.8.0", lexicons="abc"),
    }
    return Reading(**(usual | values))
