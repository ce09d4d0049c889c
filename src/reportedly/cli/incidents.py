"""``reportedly incidents``."""

from __future__ import annotations

EXAMPLES = ""


def incidents() -> None:
    """To be built."""
    raise NotImplementedError
