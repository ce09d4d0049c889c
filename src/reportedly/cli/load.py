"""``reportedly load``."""

from __future__ import annotations

EXAMPLES = ""


def load() -> None:
    """To be built."""
    raise NotImplementedError
