"""Which words of an article stand behind which value of a claim, and how to cut a text at their edges."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from reportedly.records import Attribution, Claim, Event, Span

Part = Literal["trigger", "cue", "quantity", "date", "place", "weapon", "source", "actor", "recipient", "content"]
PARTS: tuple[Part, ...] = get_args(Part)
"""Where two kinds of evidence share words, the earlier one gives them their look."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that stand behind one part of one claim. `claim` is the number under which a page knows the claim."""

    start: int
    end: int
    part: Part
    claim: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which the same marks lie, the most telling first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks(claim: Claim, number: int = 0) -> list[Mark]:
    """Every mark of a claim, its content included, in the order of the text."""
    found = _attribution_marks(claim.attribution, number)
    found += [Mark(span.start, span.end, "content", number) for span in claim.content]
    if claim.event is not None:
        found += _event_marks(claim.event, number)
    return sorted(found, key=lambda mark: (mark.start, mark.end, PARTS.index(mark.part)))


def _attribution_marks(attribution: Attribution, number: int) -> list[Mark]:
    found = [Mark(hop.mention.start, hop.mention.end, "source", number) for hop in attribution.chain]
    if attribution.cue is not None:
        found.append(Mark(attribution.cue.start, attribution.cue.end, "cue", number))
    return found


def _event_marks(event: Event, number: int) -> list[Mark]:
    spans: list[tuple[Part, Span]] = [("trigger", event.trigger)]
    spans += [("actor", actor.mention) for actor in event.actors]
    spans += [("recipient", recipient.mention) for recipient in event.recipients]
    spans += [("weapon", weapon.mention) for weapon in event.weapons]
    spans += [("place", place.mention) for place in event.places]
    spans += [("date", event.date.mention)] if event.date is not None else []
    spans += [("quantity", quantity.mention) for quantity in event.quantities]
    return [Mark(span.start, span.end, part, number) for part, span in spans]


def pieces(start: int, end: int, found: Iterable[Mark]) -> Iterator[Piece]:
    """Cuts the text from `start` to `end` at the edges of the marks; together the pieces are the whole stretch."""
    inside = [mark for mark in found if mark.start < end and mark.end > start and mark.start < mark.end]
    edges = {start, end}
    for mark in inside:
        edges.update((max(start, mark.start), min(end, mark.end)))
    ordered = sorted(edges)
    waiting = sorted(inside, key=lambda mark: mark.start, reverse=True)
    open_marks: list[Mark] = []
    for left, right in itertools.pairwise(ordered):
        while waiting and waiting[-1].start <= left:
            open_marks.append(waiting.pop())
        open_marks = [mark for mark in open_marks if mark.end > left]
        yield Piece(left, right, tuple(sorted(open_marks, key=lambda mark: (PARTS.index(mark.part), mark.claim))))


_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")


def inert(text: str) -> str:
    """`text` of the very same length with nothing in it that a terminal or a page would act on.

    White space becomes a space; a control character, a directional override or a lone surrogate becomes U+FFFD.
    """
    return _UNSAFE.sub(lambda found: " " if found.group().isspace() else "\ufffd", text)
