"""``reportedly report``."""

from __future__ import annotations

EXAMPLES = ""


def report() -> None:
    """To be built."""
    raise NotImplementedError
