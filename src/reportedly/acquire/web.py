"""Addresses -> Document."""

from __future__ import annotations

from reportedly.acquire.limits import Limits
from reportedly.errors import Unreachable
from reportedly.records import Document


def fetch(url: str, limits: Limits) -> Document:
    """The page at `url`."""
    raise Unreachable(url, f"{url}: this version reads no addresses yet")
