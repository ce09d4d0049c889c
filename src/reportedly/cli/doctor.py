"""``reportedly doctor``."""

from __future__ import annotations

EXAMPLES = ""


def doctor() -> None:
    """To be built."""
    raise NotImplementedError
