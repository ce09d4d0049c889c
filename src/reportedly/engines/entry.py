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
from reportedly.stages.screen import screen

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
    article = cleaned(reader, capture, content, thorough=thorough, limits=limits)
    return article if isinstance(article, Entry) else read_entries(reader, [(capture, article)])[0]


def cleaned(
    reader: Reader, capture: Capture, content: bytes, *, thorough: bool, limits: Limits = LIMITS
) -> Article | Entry:
    """The clean text of a document that is to be read, or the entry of one that is not: refused, or screened out."""
    try:
        found = document(capture, content, limits)
        if not thorough and (why := _screened(reader, found)) is not None:
            return outcome_entry(capture, reader.origin, "screened", "screen", why)
        return clean(found, published=capture.published)
    except RejectedDocument as error:
        rejected = error.rejected
        return outcome_entry(capture, reader.origin, "refused", rejected.stage, rejected.reason)


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


def _screened(reader: Reader, found: Document) -> str | None:
    """Why a document is not worth the parse, in a few words; None where it may hold an incident."""
    glance = screen(found, reader.screen_words)
    if glance.verdict == "look":
        return None if reader.glimpse(glance.sentences) else glance.why
    return glance.why if glance.verdict == "skip" else None


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
