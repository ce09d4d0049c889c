"""``reportedly ingest``."""

from __future__ import annotations

EXAMPLES = ""


def ingest() -> None:
    """To be built."""
    raise NotImplementedError
