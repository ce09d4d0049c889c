"""Captures typed by hand."""

from __future__ import annotations

import hashlib

from reportedly.entries import Capture, capture_id


def captured(text: str, name: str = "report.txt", media_type: str = "text/plain") -> tuple[Capture, bytes]:
    """A capture of `text`, as if from a file."""
    content = text.encode()
    context = {
        "media_type": media_type,
        "charset": None,
        "url": name,
        "outlet": None,
        "published": "2026-03-03",
        "retrieved_on": None,
    }
    sha256 = hashlib.sha256(content).hexdigest()
    name_of_it = capture_id(sha256, **context)
    return Capture(
        capture_id=name_of_it,
        document_sha256=sha256,
        captured_at="2026-03-04T00:00:00.000000Z",
        file="a",
        offset=0,
        length=len(content),
        **context,
    ), content
