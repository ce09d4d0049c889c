"""robots.txt (RFC 9309): what a host lets us read, and how often."""

from __future__ import annotations

from protego import Protego

from reportedly.records import Record

AGENT = "reportedly"
"""Our name in a robots.txt."""
MOST_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are read; what follows is not."""
MOST_WORK = 2_000_000
"""Lines times groups; a file beyond it would take minutes to read and is no honest one."""


class Rules(Record, frozen=True):
    """What one host's robots.txt comes to."""

    parsed: Protego | None = None
    refusal: str | None = None
    """Why nothing of the host is read for now; null where the rules decide."""

    def allows(self, url: str) -> bool:
        """Whether `url` may be read."""
        return self.refusal is None and (self.parsed is None or bool(self.parsed.can_fetch(url, AGENT)))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for; 0 where it does not say."""
        found = self.parsed.crawl_delay(AGENT) if self.parsed else None
        return float(found) if found and found > 0 else 0.0


def rules(status: int, content: bytes) -> Rules:
    """What the answer to ``/robots.txt`` means (RFC 9309, 2.3.1): none there, all allowed; the server is ill, nothing for now.

    Args:
        status: the HTTP status of the final answer.
        content: its body, which may be cut at `MOST_BYTES`.
    """
    if 400 <= status < 500:
        return Rules()
    if status != 200:
        return Rules(refusal=f"its robots.txt answered {status}")
    text = content[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.splitlines()
    groups = sum(1 for line in lines if line.lstrip()[:4].lower() == "user")
    if groups * len(lines) > MOST_WORK:
        return Rules(refusal=f"its robots.txt has {groups:,} groups, which cannot be told apart")
    return Rules(parsed=Protego.parse(text))
