"""``reportedly rebuild``."""

from __future__ import annotations

EXAMPLES = ""


def rebuild() -> None:
    """To be built."""
    raise NotImplementedError
