"""An article's text in lower case and with plain marks, of the same length: what patterns over words are matched on."""

from __future__ import annotations

from reportedly.stages.annotate import PLAIN_MARKS


def lowered(text: str) -> str:
    """`text` in lower case, typographic marks plain, every code point in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose lower case is longer
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(PLAIN_MARKS)
