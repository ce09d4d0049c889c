"""What an anchored expression stands on: "two days after the 3 May bombing", "the day before", "the same night".

It stands on a day that follows within what it is said to be before or after, or on one named earlier in the same sentence or in the
one before; never on the publication date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from reportedly.stages import _calendar as calendar
from reportedly.stages._calendar import Stretch, Unit
from reportedly.stages._date_checks import Reading
from reportedly.stages._date_rules import Found

MAX_STEPS = 6
"""How far below "after" the day may hang that it is counted from."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A match and what its rule made of it."""

    rule: str
    groups: dict[str, str]
    first: int
    last: int
    found: Found


def anchored(
    reader: Reading, mention: Pending, following: Sequence[Pending], before: Sequence[Stretch]
) -> Stretch | None:
    """The days of `mention`, or None where it has nothing to stand on.

    Args:
        following: the matches after it in its sentence.
        before: what was named before it, the latest last.
    """
    found, direction = mention.found, mention.groups.get("dir")
    if direction in ("before", "after"):
        for other in following:
            if other.found.stretch is not None and _hangs_below(reader, mention, other):
                return _after(other.found.stretch, found)
        if not _is_adverb(reader, mention.last):
            return None  # after something that happened on a day that is not told
    if reader.lower[mention.last : mention.last + 5] == " than":
        return None
    return _on(found, reversed(before))


def _after(anchor: Stretch, found: Found) -> Stretch | None:
    """So long after (or before) a day: to the day. After a longer time: in its unit, "ten years after the 2004 riots"."""
    unit = found.unit or "day"
    if anchor.date_prec > 1:
        return _seen_from(anchor, found.number, unit, counted=True) if _fits(anchor, unit) else None
    moved = calendar.shift(anchor.first, found.number, unit)
    return None if moved is None else Stretch(moved, moved)


def _hangs_below(reader: Reading, mention: Pending, other: Pending) -> bool:
    """Whether `other` is part of what `mention` is before or after: of its object, or of its clause."""
    if reader.lower[mention.last : other.first].split() in ([], ["the"], ["a"], ["an"]):
        return True
    word, token = reader.token(mention.last - 1), reader.token(other.first)
    for _ in range(MAX_STEPS):
        if token.i == word.i or any(c.i == word.i and c.dep_ in ("mark", "advmod") for c in token.lefts):
            return True
        if token.head.i == token.i or (token.head.idx < mention.first and token.head.pos_ == "VERB"):
            return False
        token = token.head
    return False


def _is_adverb(reader: Reading, last: int) -> bool:
    """ "He was shot the day before": nothing follows that it would be before."""
    following = reader.after(last)
    return following is None or following.is_punct or following.pos_ in ("CCONJ", "ADP", "AUX", "PUNCT", "SPACE")


def _on(found: Found, candidates: Iterable[Stretch]) -> Stretch | None:
    """`found` seen from the first of `candidates` that is exact enough for its unit."""
    for anchor in candidates:
        if found.how == "period":
            return _same_period(anchor, found.number)
        if found.unit is not None and _fits(anchor, found.unit):
            return _seen_from(anchor, found.number, found.unit, counted=found.how == "counted")
    return None


def _fits(anchor: Stretch, unit: Unit) -> bool:
    around = calendar.unit_around(anchor.first, unit)
    return anchor.date_prec == 1 or around.first <= anchor.first <= anchor.last <= around.last


def _seen_from(anchor: Stretch, number: int, unit: Unit, *, counted: bool) -> Stretch | None:
    moved = calendar.shift(anchor.first, number, unit)
    if moved is None:
        return None
    if unit == "week" and counted and anchor.date_prec == 1:
        return Stretch(moved - timedelta(days=3), moved + timedelta(days=3))
    return calendar.unit_around(moved, unit)


def _same_period(anchor: Stretch, years: int) -> Stretch | None:
    first = calendar.shift(anchor.first, years, "year")
    if first is None or anchor.date_prec > 5:
        return None
    after = calendar.shift(anchor.last + calendar.ONE_DAY, years, "year")
    return None if after is None else Stretch(first, after - calendar.ONE_DAY, anchor.prec)
