"""``reportedly show``."""

from __future__ import annotations

EXAMPLES = ""


def show() -> None:
    """To be built."""
    raise NotImplementedError
