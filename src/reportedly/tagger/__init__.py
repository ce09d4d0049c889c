"""The learned head: which words are a cue, its source, its content, and what sort of saying it is.

The network runs over a text in windows of paragraphs, each when something in it is first asked for and once at most, and a small part of it once
more for each cue. Whoever calls gets spans of the text with probabilities; what becomes of them is for the stages to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.records import EventType
from reportedly.tagger.around import Around, around
from reportedly.tagger.labels import ARGUMENTS, CERTAINTIES, STAGES, STANCES
from reportedly.tagger.pieces import Offsets, Window, windows

Array = NDArray[Any]
CUE, FIRST = 0.5, 0.5
"""A piece is in a cue from this probability on; within a run of such pieces another cue begins from that one on."""
INSIDE = 0.5
"""A piece is in a content or a hop from this probability on."""
SOURCE = 0.15
"""A piece is in a source from this one on: of several stretches the likeliest is the source, and a saying has mostly one."""
FACTS = len(STAGES) + 1 + len(CERTAINTIES) + 1
"""Seven stages, negated, four certainties, and a degree from -3 to 3."""
GAP = 1
"""So many pieces between two of one role are of it too."""


@dataclass(frozen=True, slots=True)
class Each:
    """What the network says of the pieces of one window; T counts the marks at both ends."""

    cue: Array
    """(T, 2) logits: in a cue, first of one."""
    event: Array
    facts: Array
    pieces: Array
    point: Array


@dataclass(frozen=True, slots=True)
class About:
    """What the network says of N cues or acts and the W pieces around each, as logits."""

    roles: Array
    """(N, W, 3): source, content, hop of a cue."""
    said: Array
    """(N, 15): stance, kind of source, anonymous."""
    arguments: Array
    """(N, W, 4): who, to whom, where, when of an act."""
    how: Array
    """(N, 12): stage, negated, certainty of an act."""


class Network(Protocol):
    """The two parts of the network, wherever they run."""

    reach: int

    def each(self, ids: Array, marks: Array) -> Each:
        """Of one window's pieces (T,), with the marks at both ends."""
        ...

    def about(self, pieces: Array, cue: Array, distance: Array, marked: Array, seen: Array) -> About:
        """Of the surroundings of cues (`marked` 1) or acts (2)."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution as the head sees it."""

    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    hops: tuple[Offsets, ...]
    probability: float
    """That the cue is one."""
    said: tuple[float, ...]
    """Logits of stance, kind of source and anonymity, in the order of the labels."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act as the head sees it."""

    how: Array
    """Logits of stage, negated, certainty."""
    arguments: tuple[tuple[Offsets, ...], ...] = ((),) * len(ARGUMENTS)
    """Who, to whom, where, when."""
    likely: tuple[tuple[float, ...], ...] = ((),) * len(ARGUMENTS)
    """The probability of each of them: the mean over its pieces."""
    pieces: tuple[Offsets, ...] = ()
    """Where the W pieces around it stand."""
    inside: Array | None = None
    """(W, 4): of each, the probability that it is of who, to whom, where, when."""

    def part(self, number: int, start: int, end: int) -> float | None:
        """The highest probability of one of the four that a piece of a stretch has; None where the head has not looked at any."""
        over = _over(self.pieces, start, end)
        return None if self.inside is None or over.start == over.stop else float(self.inside[over, number].max())


@dataclass(frozen=True, slots=True)
class Seen:
    """What the head says of one window."""

    told: tuple[Told, ...]
    cue: Array
    """Of each piece, the probability that it is in a cue."""
    facts: Array
    """Of each piece, its logits of stage, negation and certainty, and its degree."""


class Part:
    """One window of a text, which the head looks at when it is first asked."""

    def __init__(self, pieces: Sequence[Offsets], look: Callable[[], Seen]) -> None:
        """A window.

        Args:
            pieces: the place of each of its pieces in the text; at least one.
            look: what the head says of it.
        """
        self.pieces, self._look = pieces, look

    @cached_property
    def seen(self) -> Seen:
        """What the head says of it."""
        return self._look()

    @property
    def is_seen(self) -> bool:
        """Whether the head has looked at it."""
        return "seen" in vars(self)

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch of the text reaches into it."""
        return start < self.pieces[-1][1] and self.pieces[0][0] < end


@dataclass(frozen=True)
class Tags:
    """What the head says of one text."""

    parts: Sequence[Part]
    look: Callable[[int, int], Act] | None = None
    """A closer look at the act of these pieces."""
    gate: Callable[[int, int], float] | None = None
    """The probability that a word of these pieces names an act at all; None where the head has no gate."""
    kinds: Callable[[int, int], tuple[EventType, float]] | None = None
    """The likeliest kind of the act that these pieces name; None where the head knows none."""

    @cached_property
    def pieces(self) -> tuple[Offsets, ...]:
        """The place of each piece in the text."""
        return tuple(at for part in self.parts for at in part.pieces)

    @property
    def told(self) -> tuple[Told, ...]:
        """Every attribution of the text."""
        return tuple(told for part in self.parts for told in part.seen.told)

    @cached_property
    def cue(self) -> Array:
        """Of each piece of the text, the probability that it is in a cue."""
        return np.concatenate([np.zeros(0), *(part.seen.cue for part in self.parts)])

    @cached_property
    def facts(self) -> Array:
        """Of each piece of the text, its logits of stage, negation and certainty, and its degree."""
        return np.concatenate([np.zeros((0, FACTS)), *(part.seen.facts for part in self.parts)])

    def told_around(self, stretches: Iterable[Offsets]) -> tuple[Told, ...]:
        """The attributions of the windows into which one of these stretches of the text reaches."""
        wanted = {id(part) for stretch in stretches for part in self._parts(*stretch)}
        return tuple(told for part in self.parts if id(part) in wanted for told in part.seen.told)

    def has_seen(self, start: int, end: int) -> bool:
        """Whether the head has looked at these words."""
        return any(part.is_seen for part in self._parts(start, end))

    def over(self, start: int, end: int) -> slice:
        """The pieces of a stretch of the text."""
        return _over(self.pieces, start, end)

    def act(self, start: int, end: int) -> Act | None:
        """What the head says of the act of these words; None where it has not seen them."""
        over = self.over(start, end)
        if over.start == over.stop:
            return None
        return Act(self.facts[over.start, :-1]) if self.look is None else self.look(over.start, over.stop)

    def is_act(self, start: int, end: int) -> float | None:
        """The highest probability that a word of a stretch names an act; None where nothing was asked."""
        over = self.over(start, end)
        return None if self.gate is None or over.start == over.stop else self.gate(over.start, over.stop)

    def kind(self, start: int, end: int) -> tuple[EventType, float] | None:
        """The likeliest kind of the act that a stretch names, and its probability; None where nothing was asked."""
        over = self.over(start, end)
        return None if self.kinds is None or over.start == over.stop else self.kinds(over.start, over.stop)

    def is_cue(self, start: int, end: int) -> float:
        """The highest probability that a piece of a stretch is in a cue; 0 where there is none."""
        found = (part.seen.cue[_over(part.pieces, start, end)] for part in self._parts(start, end))
        return max((float(some.max()) for some in found if len(some)), default=0.0)

    def _parts(self, start: int, end: int) -> Iterator[Part]:
        first = bisect_right(self.parts, start, key=lambda part: part.pieces[-1][1])
        for part in self.parts[first:]:
            if not part.meets(start, end):
                break
            yield part


def _over(pieces: Sequence[Offsets], start: int, end: int) -> slice:
    first = bisect_right(pieces, start, key=lambda at: at[1])
    return slice(first, max(bisect_left(pieces, end, key=lambda at: at[0]), first))


def sigmoid(logits: Array) -> Array:
    """Probabilities."""
    out: Array = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return out


def softmax(logits: Array) -> Array:
    """Probabilities of one out of several."""
    raised = np.exp(logits - logits.max())
    out: Array = raised / raised.sum()
    return out


@dataclass(frozen=True, slots=True)
class _View:
    """A window and what the network says of its pieces, once somebody asks."""

    first: int
    """The number of its first piece in the text."""
    window: Window
    each: Callable[[], Each]


def _holding(views: Sequence[_View], number: int) -> _View:
    """The window with a piece of the text."""
    return views[bisect_right(views, number, key=lambda view: view.first) - 1]


class Head:
    """Reads texts with a network."""

    def __init__(
        self,
        network: Network,
        tokenizer: Tokenizer,
        version: str = "untitled",
        temperatures: Mapping[str, float] | None = None,
        gate: Callable[[Array], Array] | None = None,
        kinds: Callable[[Array], tuple[EventType, float]] | None = None,
    ) -> None:
        """A head that reads with a network.

        Args:
            network: the two parts.
            tokenizer: what it was trained with.
            version: said with every reading.
            temperatures: what the logits of cue, stance, stage, negated and certainty are divided by; 1 where one is not named.
            gate: of each piece, as the network sees it, the logit that it is of a word for an act.
            kinds: of the pieces of a word for an act, the likeliest kind and its probability.
        """
        self.network, self.tokenizer, self.version, self.gate = network, tokenizer, version, gate
        self.kinds = kinds
        known = temperatures or {}
        self._cue = known.get("cue", 1.0)
        self._stance = known.get("stance", 1.0)
        self._facts = np.array(
            [known.get("stage", 1.0)] * len(STAGES)
            + [known.get("negated", 1.0)]
            + [known.get("certainty", 1.0)] * len(CERTAINTIES)
            + [1.0]
        )
        self._ends = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def tags(self, text: str, blocks: Sequence[Offsets], least: float = CUE) -> Tags:
        """What the head says of a text.

        Args:
            text: the text.
            blocks: its paragraphs, in order.
            least: the probability from which on a piece is in a cue.
        """
        views: list[_View] = []
        for window in windows(text, blocks, self.tokenizer):
            first = views[-1].first + len(views[-1].window) if views else 0
            views.append(_View(first, window, cache(partial(self._each, window))))
        return Tags(
            [Part(view.window.offsets, partial(self._seen, text, view, least)) for view in views],
            cache(lambda first, last: self._act(text, views, slice(first, last))),
            None if self.gate is None else lambda first, last: self._is_act(views, first, last),
            None if self.kinds is None else lambda first, last: self._kind(views, first, last),
        )

    def _each(self, window: Window) -> Each:
        ids = np.array([self._ends[0], *window.ids, self._ends[1]], dtype=np.int64)
        return self.network.each(ids, np.array([0, *window.marks, 0], dtype=np.int64))

    def _seen(self, text: str, view: _View, least: float) -> Seen:
        each = view.each()
        cue, facts = sigmoid(each.cue[1:-1, 0] / self._cue), each.facts[1:-1] / self._facts
        return Seen(tuple(self._told(text, view, least)), cue, facts)

    def _is_act(self, views: Sequence[_View], first: int, last: int) -> float:
        """Few pieces at a time: of many, numpy would keep every core busy."""
        assert self.gate is not None
        here = _holding(views, first)
        end = min(last - here.first, len(here.window))
        return float(sigmoid(self.gate(here.each().point[1 + first - here.first : 1 + end])).max())

    def _kind(self, views: Sequence[_View], first: int, last: int) -> tuple[EventType, float]:
        assert self.kinds is not None
        here = _holding(views, first)
        end = min(last - here.first, len(here.window))
        return self.kinds(here.each().point[1 + first - here.first : 1 + end])

    def points(self, text: str, blocks: Sequence[Offsets]) -> tuple[Array, tuple[Offsets, ...]]:
        """Each piece of a text as the network sees it (T, H), and its place: what a gate is trained on."""
        points, places = [], list[Offsets]()
        for window in windows(text, blocks, self.tokenizer):
            points.append(self._each(window).point[1:-1])
            places += window.offsets
        return np.concatenate(points) if points else np.zeros((0, 0)), tuple(places)

    def _act(self, text: str, views: Sequence[_View], over: slice) -> Act:
        """What both looks at an act together say: each piece by itself, and the act in its surroundings."""
        here = _holding(views, over.start)
        window = here.window
        act = range(over.start - here.first, min(over.stop - here.first, len(window)))
        near, about = self._about(here, [act], 2)
        how = (here.each().facts[1 + act.start, :-1] + about.how[0]) / 2 / self._facts[:-1]
        inside, held = sigmoid(about.arguments[0]), near.seen[0] == 1
        columns = near.column[0][held] - 1
        found = tuple(spans(text, window, columns, column[held]) for column in inside.T)
        likely = tuple(
            tuple(_mean(window, columns, column[held], span) for span in some)
            for some, column in zip(found, inside.T, strict=True)
        )
        return Act(how, found, likely, tuple(window.offsets[k] for k in columns), inside[held])

    def _about(self, here: _View, places: Sequence[Sequence[int]], kind: int) -> tuple[Around, About]:
        near = around([(0, len(here.window), place) for place in places], self.network.reach)
        weight = near.marked[..., None].astype(np.float32)
        point = (near.gather(here.each().point[None]) * weight).sum(1) / np.maximum(weight.sum(1), 1)
        pieces = near.gather(here.each().pieces[None])
        return near, self.network.about(pieces, point.astype(np.float32), near.distance, near.marked * kind, near.seen)

    def _told(self, text: str, view: _View, least: float) -> list[Told]:
        window = view.window
        probability = sigmoid(view.each().cue[1:-1] / self._cue)
        cues = runs(probability, window, least)
        if not cues:
            return []
        near, about = self._about(view, cues, 1)
        inside, said = sigmoid(about.roles), about.said
        out = []
        for n, cue in enumerate(cues):
            held = near.seen[n] == 1
            columns = near.column[n][held] - 1
            content, hops = (spans(text, window, columns, inside[n][held, role]) for role in (1, 2))
            if content:
                at = spans(text, window, np.array(cue), np.ones(len(cue)))
                source = likeliest(text, window, columns, inside[n][held, 0])
                likely = float(probability[cue, 0].max())
                out.append(Told(at, source, content, hops, likely, self._tempered(said[n].tolist())))
        return out

    def _tempered(self, said: list[float]) -> tuple[float, ...]:
        return *(x / self._stance for x in said[: len(STANCES)]), *said[len(STANCES) :]


def runs(probability: Array, window: Window, least: float) -> list[list[int]]:
    """The cues of a window, each as its pieces; no cue begins within a word."""
    out: list[list[int]] = []
    for k, (inside, first) in enumerate(probability.tolist()):
        if inside < least:
            continue
        broken = not out or out[-1][-1] != k - 1
        if broken or (first >= FIRST and not _continues(window, k)):
            out.append([k])
        else:
            out[-1].append(k)
    return out


def _continues(window: Window, k: int) -> bool:
    return k > 0 and window.offsets[k - 1][1] == window.offsets[k][0]


def _mean(window: Window, columns: Array, probability: Array, span: Offsets) -> float:
    """The mean probability of the pieces of a stretch."""
    within = [
        float(p)
        for k, p in zip(columns, probability, strict=True)
        if window.offsets[int(k)][0] < span[1] and span[0] < window.offsets[int(k)][1]
    ]
    return sum(within) / max(len(within), 1)


def likeliest(text: str, window: Window, columns: Array, probability: Array) -> tuple[Offsets, ...]:
    """The stretch around the piece that is the source above all; none where no piece is likely."""
    if not len(columns) or probability.max() < SOURCE:
        return ()
    best = window.offsets[int(columns[int(probability.argmax())])]
    found = spans(text, window, columns, probability, SOURCE)
    return tuple(span for span in found if span[0] < best[1] and best[0] < span[1])


def spans(text: str, window: Window, columns: Array, probability: Array, least: float = INSIDE) -> tuple[Offsets, ...]:
    """The stretches of a text whose pieces belong to a role, whole words, small gaps filled."""
    chosen = [int(k) for k, p in zip(columns, probability, strict=True) if p >= least]
    out: list[list[int]] = []
    for k in chosen:
        if out and k - out[-1][1] <= 1 + GAP:
            out[-1][1] = k
        else:
            out.append([k, k])
    return tuple(_whole(text, window.offsets[a][0], window.offsets[b][1]) for a, b in out)


def _whole(text: str, start: int, end: int) -> Offsets:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
