"""Plain text -> where its headline and paragraphs are. The text itself stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

LINE = re.compile(r"[^\r\n]+")
BREAK = re.compile(r"\r\n|\r|\n")
BLANK = " \t\f\v\u00a0\u200b\u200e\u200f\ufeff\u2028\u2029\u202a\u202b\u202c"
WIDEST = 130
"""No one wraps lines by hand wider than this many columns."""
NARROWEST = 30
WRAPPED_SHARE = 0.6
WIDER = (50, 10, 5)
"""One line in so many may be wider than the column, the fewest tried first."""
STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
LIST_ITEM = re.compile(r"(?:[-*•·–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: where its words begin and end, how far it is indented, and whether a blank line is before it."""

    start: int
    end: int
    indent: int
    after_blank: bool
    first_word: int
    """How long its first word is."""

    @property
    def width(self) -> int:
        """Columns up to its last word."""
        return self.indent + self.end - self.start


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph of `text` begins and ends.

    A blank line ends one. Where the file is wrapped by hand (nearly every line is so long that the next word did not fit), the
    lines between two blank ones are one paragraph, but an indented line begins another; where it is not, each line is one.
    """
    lines = _lines(text)
    width = _wrapped_at(text, lines)
    usual = _usual_indent(lines)
    found: list[tuple[int, int]] = []
    previous: Line | None = None
    for line in lines:
        joined = previous is not None and not line.after_blank and _continues(text, previous, line, width, usual)
        if joined:
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
        previous = line
    return found


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    last_end = 0
    for match in LINE.finditer(text):
        raw = match.group()
        left = raw.lstrip(BLANK)
        words = left.rstrip(BLANK)
        first = words.split(maxsplit=1)
        if not first:
            continue
        start = match.start() + len(raw) - len(left)
        gap = len(BREAK.findall(text, last_end, match.start()))
        indent = len(raw[: len(raw) - len(left)].expandtabs(8))
        found.append(Line(start, start + len(words), indent, gap > 1, len(first[0])))
        last_end = match.start() + len(raw)
    return found


def _wrapped_at(text: str, lines: list[Line]) -> int | None:
    """The column at which the file was wrapped by hand, or None where it was not.

    Where it was, lines are full, and most end in the middle of a sentence. Some of its lines may be wider: the first paragraph of an
    old wire report is.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    if not pairs:
        return None
    widths = sorted(line.width for pair in pairs for line in pair)
    stopped = sum(1 for a, _ in pairs if _stops(text, a))
    if stopped >= 0.6 * len(pairs):
        return None
    for share in WIDER:
        width = widths[-1 - len(widths) // share]
        full = sum(1 for a, b in pairs if a.width + 1 + b.first_word > width - 2)
        if NARROWEST <= width <= WIDEST and full >= WRAPPED_SHARE * len(pairs):
            return width
    return None


def _stops(text: str, line: Line) -> bool:
    return STOP.search(text, max(line.start, line.end - 4), line.end) is not None


def _usual_indent(lines: list[Line]) -> int:
    """How far the lines that go on are indented: the commonest indent of those that follow no blank line."""
    counts: dict[int, int] = {}
    for line in lines:
        if not line.after_blank:
            counts[line.indent] = counts.get(line.indent, 0) + 1
    return max(counts, key=lambda indent: (counts[indent], -indent)) if counts else 0


def _continues(text: str, previous: Line, line: Line, width: int | None, usual: int) -> bool:
    """True where `line` goes on with the paragraph of `previous`, which stands right above it."""
    stopped = _stops(text, previous)
    if width is None:
        return not stopped and text[line.start].islower()
    if line.indent > usual + 1 or (stopped and LIST_ITEM.match(text, line.start, line.end)):
        return False
    short = previous.width + 1 + line.first_word < 0.75 * width
    return not (stopped and short) and not (short and previous.width < 0.5 * width and text[line.start].isupper())
