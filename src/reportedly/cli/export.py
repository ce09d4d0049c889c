"""``reportedly export``."""

from __future__ import annotations

EXAMPLES = ""


def export() -> None:
    """To be built."""
    raise NotImplementedError
