"""``reportedly sources``."""

from __future__ import annotations

EXAMPLES = ""


def sources() -> None:
    """To be built."""
    raise NotImplementedError
