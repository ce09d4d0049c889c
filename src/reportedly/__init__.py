"""reportedly: who says this happened, who told them, how far did it get?

>>> import reportedly
>>> reading = reportedly.read("report.html")
>>> for claim in reading.claims:
...     print(claim.attribution.stance, claim.event.event_type, claim.factuality.stage)

And of a ledger that `reportedly ingest` has filled:

>>> with reportedly.open_ledger("reportedly.sqlite", read_only=True) as ledger:
...     for dossier in reportedly.dossiers(ledger, reportedly.Question(place="Lagos", min_outlets=2)):
...         print(dossier.incident.title, len(dossier.testimonies))
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.entries import Question
from reportedly.errors import (
    ExportError,
    GazetteerError,
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerVersion,
    LexiconError,
    NoLedger,
    NotAnArticle,
    NotInLedger,
    NotText,
    RejectedDocument,
    ReportedlyError,
    SetupError,
    Unreachable,
)
from reportedly.records import Article, Claim, Document, Reading, Rejected

if TYPE_CHECKING:
    from reportedly.engines.ingest import ingest as ingest
    from reportedly.ledger.questions import dossier as dossier
    from reportedly.ledger.questions import dossiers as dossiers
    from reportedly.ledger.questions import page as page
    from reportedly.ledger.questions import source_page as source_page
    from reportedly.ledger.store import open_ledger as open_ledger

__all__ = [
    "Article",
    "Claim",
    "Document",
    "ExportError",
    "GazetteerError",
    "LedgerBusy",
    "LedgerDamaged",
    "LedgerError",
    "LedgerVersion",
    "LexiconError",
    "NoLedger",
    "NotAnArticle",
    "NotInLedger",
    "NotText",
    "Question",
    "Reading",
    "Rejected",
    "RejectedDocument",
    "ReportedlyError",
    "SetupError",
    "Unreachable",
    "dossier",
    "dossiers",
    "ingest",
    "open_ledger",
    "page",
    "read",
    "source_page",
]
_LATER = {
    "dossier": "reportedly.ledger.questions",
    "dossiers": "reportedly.ledger.questions",
    "ingest": "reportedly.engines.ingest",
    "open_ledger": "reportedly.ledger.store",
    "page": "reportedly.ledger.questions",
    "source_page": "reportedly.ledger.questions",
}
"""Names of the ledger, imported when they are first asked for: who reads one report need not wait for the database."""


def read(source: str | Path, *, published: str | None = None) -> Reading:
    """Reads one report: see `reportedly.pipeline.read`. The models are loaded by the first call, not by the import."""
    from reportedly.pipeline import read as read_report

    return read_report(source, published=published)


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
