"""Windows with what the network should say of them, and batches of those as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.learning.annotations import Act, Marked, Offsets, Saying
from reportedly.tagger.labels import ARGUMENTS, CERTAINTIES, EVENTS, KINDS, STAGES, STANCES
from reportedly.tagger.pieces import WINDOW, Window, paragraphs, windows

MISSING = -100
"""The label of what nobody marked; PyTorch's losses pass over it."""


@dataclass(slots=True)
class Asked:
    """One cue and what belongs to it, as numbers of pieces of the window."""

    cue: list[int]
    roles: tuple[set[int], set[int], set[int]] | None
    """Source, content, hops; None where nobody marked them."""
    stance: int = MISSING
    kind: int = MISSING
    anonymous: int = MISSING


@dataclass(slots=True)
class Done:
    """One act and what belongs to it, as numbers of pieces of the window."""

    trigger: list[int]
    arguments: tuple[set[int], ...] | None
    """Who, to whom, where, when; None where nobody marked them."""
    stage: int
    negated: int
    certainty: int


@dataclass(slots=True)
class Example:
    """A window and its labels."""

    window: Window
    cues: list[tuple[int, int]] | None = None
    """Of each piece: in a cue, first of one."""
    asked: list[Asked] = field(default_factory=list)
    events: list[tuple[int, int]] | None = None
    """Of each piece: the type's number from 1 or 0, first of a trigger."""
    done: list[Done] = field(default_factory=list)
    degrees: list[tuple[int, float]] = field(default_factory=list)
    """A piece and how sure it is that it happened, from -3 to 3."""


def examples(marked: Marked, tokenizer: Tokenizer, size: int = WINDOW) -> Iterator[Example]:
    """The windows of one text, with labels."""
    for window in windows(marked.text, paragraphs(marked.text), tokenizer, size):
        example = Example(window)
        if marked.sayings is not None:
            _sayings(example, marked.sayings)
        if marked.acts is not None:
            _acts(example, marked.acts, not marked.short)
        for predicate in marked.predicates or ():
            pieces = _within(window, (predicate.span,))
            if pieces:
                example.degrees.append((pieces[0], predicate.value))
        yield example


def _within(window: Window, spans: Iterable[Offsets]) -> list[int]:
    chosen = list(spans)
    return [k for k, (a, b) in enumerate(window.offsets) if any(s < b and a < e for s, e in chosen)]


def _sayings(example: Example, sayings: Sequence[Saying]) -> None:
    window = example.window
    inside, first = [0] * len(window), [0] * len(window)
    for saying in sayings:
        cue = _within(window, saying.cue)
        if not cue:
            continue
        for k in cue:
            inside[k] = 1
        first[cue[0]] = 1
        roles = tuple(set(_within(window, spans)) for spans in (saying.source, saying.content, saying.hops))
        example.asked.append(
            Asked(
                cue=cue,
                roles=(roles[0], roles[1], roles[2]) if saying.content else None,
                stance=STANCES.index(saying.stance) if saying.stance else MISSING,
                kind=KINDS.index(saying.kind) if saying.kind else MISSING,
                anonymous=MISSING if saying.anonymous is None else int(saying.anonymous),
            )
        )
    example.cues = list(zip(inside, first, strict=True))


def _acts(example: Example, acts: Sequence[Act], argued: bool) -> None:
    window = example.window
    kinds, first = [0] * len(window), [0] * len(window)
    for act in acts:
        pieces = _within(window, act.trigger)
        if not pieces:
            continue
        for k in pieces:
            kinds[k] = 1 + EVENTS.index(act.event_type)
        first[pieces[0]] = 1
        example.done.append(
            Done(
                pieces,
                tuple(set(_within(window, getattr(act, name))) for name in ARGUMENTS) if argued else None,
                STAGES.index(act.stage),
                int(act.polarity == "negated"),
                CERTAINTIES.index(act.certainty),
            )
        )
    example.events = list(zip(kinds, first, strict=True))


def padded(batch: Sequence[Example], tokenizer: Tokenizer) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, attention and marks (B, T) of a batch."""
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    length = max(len(e.window) for e in batch) + 2
    ids, attention = (
        torch.zeros(len(batch), length, dtype=torch.long),
        torch.zeros(len(batch), length, dtype=torch.long),
    )
    marks = torch.zeros(len(batch), length, dtype=torch.long)
    for n, example in enumerate(batch):
        row = torch.tensor([first, *example.window.ids, last])
        ids[n, : len(row)], attention[n, : len(row)] = row, 1
        marks[n, 1 : len(row) - 1] = torch.tensor(example.window.marks)
    return ids, attention, marks


def batches(pool: Sequence[Example], pieces: int, chance: random.Random) -> list[list[Example]]:
    """The pool in batches of about so many pieces, examples of like length together, in random order."""
    order = sorted(pool, key=lambda e: len(e.window) + chance.random() * 24)
    out: list[list[Example]] = [[]]
    for example in order:
        longest = max((len(e.window) for e in out[-1]), default=0)
        if out[-1] and max(longest, len(example.window)) * (len(out[-1]) + 1) > pieces:
            out.append([])
        out[-1].append(example)
    chance.shuffle(out)
    return out
