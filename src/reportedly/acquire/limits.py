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
