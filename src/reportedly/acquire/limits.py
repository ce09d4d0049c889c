"""How much of one document is read, and for how long."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Caps on one document. Beyond any of them it is refused, never cut short."""

    max_bytes: int = 20_000_000
    """Bytes of a file or of standard input, and of a page after decompression."""
    seconds: float = 20.0
    """Seconds in all for an address, redirects included."""
    redirects: int = 5
    """How many times an address may point to another."""
    head_bytes: int = 65_536
    """Bytes of the head of one HTTP answer or of one WARC record."""
    line_bytes: int = 40_000_000
    """Bytes of one line of JSON (twice a document: what is not plain ASCII is longer there)."""
    feed_bytes: int = 50_000_000
    """Bytes of one feed or sitemap, unpacked."""
    feeds: int = 1_000
    """How many sitemaps one sitemap index may lead to."""
    wait: float = 30.0
    """Seconds that a server may make us wait between two requests (Crawl-delay) or once before another try (Retry-After)."""
