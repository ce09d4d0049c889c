"""``reportedly judge``."""

from __future__ import annotations

EXAMPLES = ""


def judge() -> None:
    """To be built."""
    raise NotImplementedError
