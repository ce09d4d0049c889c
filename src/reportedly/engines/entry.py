"""One captured document -> its Entry: refused, screened, without an incident, or read. Pure: the same bytes, the same entry."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.acquire.capture import document
from reportedly.acquire.limits import Limits
from reportedly.entries import Capture, Entry, Outcome, entry_id
from reportedly.errors import RejectedDocument
from reportedly.pipeline import Reader
from reportedly.records import Article, Document, Origin, Reading
from reportedly.stages.account import accounts
from reportedly.stages.clean import clean
from reportedly.stages.reprint import signature
from reportedly.stages.screen import Glance, screen

LIMITS = Limits()


def reading_entry(
    reader: Reader, capture: Capture, content: bytes, *, thorough: bool = True, limits: Limits = LIMITS
) -> Entry:
    """What the ledger is to hold of one captured document.

    Args:
        reader: models and lexicons.
        capture: the document as it was received.
        content: its bytes.
        thorough: read it whatever the cheap first pass would say.
        limits: the cap on its bytes.
    """
    found = opened(reader, capture, content, thorough=thorough, limits=limits)
    if isinstance(found, Entry):
        return found
    whole, glance = found
    if glance is not None and not reader.glimpse([glance])[0]:
        return screened(reader, capture, glance)
    article = cleaned(reader, capture, whole)
    return article if isinstance(article, Entry) else read_entries(reader, [(capture, article)])[0]


def opened(
    reader: Reader, capture: Capture, content: bytes, *, thorough: bool, limits: Limits = LIMITS
) -> tuple[Document, Glance | None] | Entry:
    """A document that is to be read, with the first look at it where its sentences must be looked at before; the entry of one that is not."""
    try:
        found = document(capture, content, limits)
        glance = None if thorough else screen(found, reader.screen_words)
    except RejectedDocument as error:
        return _refused(reader, capture, error)
    if glance is None or glance.verdict == "read":
        return found, None
    return screened(reader, capture, glance) if glance.verdict == "skip" else (found, glance)


def screened(reader: Reader, capture: Capture, glance: Glance) -> Entry:
    """The entry of a document that can hold no incident."""
    return outcome_entry(capture, reader.origin, "screened", "screen", glance.why)


def cleaned(reader: Reader, capture: Capture, found: Document) -> Article | Entry:
    """The clean text of a document, or the entry of one that has none."""
    try:
        return clean(found, published=capture.published)
    except RejectedDocument as error:
        return _refused(reader, capture, error)


def read_entries(reader: Reader, articles: Sequence[tuple[Capture, Article]]) -> list[Entry]:
    """The entry of each article, in order. How many go together makes no difference to any."""
    readings = reader.read([article for _, article in articles])
    return [_read(reader, capture, reading) for (capture, _), reading in zip(articles, readings, strict=True)]


def outcome_entry(capture: Capture, origin: Origin, outcome: Outcome, stage: str | None, reason: str | None) -> Entry:
    """The entry of a document of which there is no reading."""
    return Entry(
        entry_id=entry_id(capture.capture_id, origin, outcome, stage, reason, None, (), {}),
        capture=capture,
        origin=origin,
        outcome=outcome,
        stage=stage,
        reason=reason,
    )


def _refused(reader: Reader, capture: Capture, error: RejectedDocument) -> Entry:
    return outcome_entry(capture, reader.origin, "refused", error.rejected.stage, error.rejected.reason)


def _read(reader: Reader, capture: Capture, reading: Reading) -> Entry:
    claims = tuple(claim for claim in reading.claims if claim.event is not None)
    if not claims:
        return outcome_entry(capture, reading.origin, "no_incident", None, None)
    article = reading.article
    reasons = {claim.claim_id: tuple(reading.reasons.get(claim.claim_id, ())) for claim in claims}
    return Entry(
        entry_id=entry_id(capture.capture_id, reading.origin, "read", None, None, article, claims, reasons),
        capture=capture,
        origin=reading.origin,
        outcome="read",
        article=article,
        claims=claims,
        reasons=reasons,
        accounts=accounts(reading, capture, reader.families),
        signature=signature(article),
    )
