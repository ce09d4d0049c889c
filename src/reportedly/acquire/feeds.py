"""Feeds (RSS 2.0, RSS 1.0, Atom) and sitemaps -> the addresses of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from reportedly.acquire.limits import Limits
from reportedly.records import Record


class Item(Record, frozen=True):
    """One address that a feed or sitemap names."""

    url: str
    kind: Literal["page", "sitemap"] = "page"
    published: str | None = None
    outlet: str | None = None


def is_feed(head: bytes) -> bool:
    """Whether XML that begins so is a feed or sitemap."""
    return False


def read_feed(pieces: Iterable[bytes], address: str | None, limits: Limits) -> Iterator[Item]:
    """The addresses."""
    raise NotImplementedError
