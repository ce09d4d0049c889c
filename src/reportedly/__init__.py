"""reportedly: who says this happened, who told them, how far did it get?

>>> import reportedly
>>> reading = reportedly.read("report.html")
>>> for claim in reading.claims:
...     print(claim.attribution.stance, claim.event.event_type, claim.factuality.stage)
"""

from __future__ import annotations

from pathlib import Path

from reportedly.errors import (
    LexiconError,
    NotAnArticle,
    NotText,
    RejectedDocument,
    ReportedlyError,
    SetupError,
    Unreachable,
)
from reportedly.records import Article, Claim, Document, Reading, Rejected

__all__ = [
    "Article",
    "Claim",
    "Document",
    "LexiconError",
    "NotAnArticle",
    "NotText",
    "Reading",
    "Rejected",
    "RejectedDocument",
    "ReportedlyError",
    "SetupError",
    "Unreachable",
    "read",
]


def read(source: str | Path, *, published: str | None = None) -> Reading:
    """Reads one report: see `reportedly.pipeline.read`. The models are loaded by the first call, not by the import."""
    from reportedly.pipeline import read as read_report

    return read_report(source, published=published)
