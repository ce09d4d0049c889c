"""polnear: attributions against PolNeAR's (Newell, Margolin and Ruths 2018), a folder with ``<split>/text`` and
``<split>/attributions`` in brat's stand-off format.

Contents are scored by characters; `end_to_end` asks of every gold attribution that has a source whether ONE predicted
content covers at least half of its content and a hop of that attribution's chain overlaps its source. A text with
several annotators counts once: each annotator's attributions weigh 1 / number of annotators.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evals import Result, Scores, text_files
from evals._texts import article_of
from reportedly.learning.annotations import annotations_of, brat_file
from reportedly.pipeline import Reader
from reportedly.stages.annotate import annotate, load_parser
from reportedly.stages.attribute import attribute
from reportedly.stages.drafts import Annotated, Attributed
from reportedly.tagger.pieces import paragraphs, quoted_characters

ROLES = ("source", "cue", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One attribution, gold or predicted, as the characters of its three parts."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    words: tuple[str, str, str] = ("", "", "")

    def role(self, name: str) -> frozenset[int]:
        """The characters of one part."""
        chars: frozenset[int] = getattr(self, name)
        return chars


@dataclass(slots=True)
class Counts:
    """True and false positives and misses."""

    hit: float = 0.0
    extra: float = 0.0
    missed: float = 0.0

    def add(self, predicted: frozenset[int], gold: frozenset[int], weight: float) -> None:
        """Counts what two sets share and what only one of them has."""
        self.hit += weight * len(predicted & gold)
        self.extra += weight * len(predicted - gold)
        self.missed += weight * len(gold - predicted)

    def scores(self) -> dict[str, float]:
        """Precision, recall and F; 0 where nothing was there to count."""
        precision = self.hit / (self.hit + self.extra) if self.hit else 0.0
        recall = self.hit / (self.hit + self.missed) if self.hit else 0.0
        f = 2 * precision * recall / (precision + recall) if self.hit else 0.0
        return {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}


@dataclass(slots=True)
class Tally:
    """The running sums of one evaluation."""

    content: Counts = field(default_factory=Counts)
    tokens: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    total: float = 0.0
    found: float = 0.0
    sourced: float = 0.0
    sourced_found: float = 0.0
    right: float = 0.0
    kinds: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    """By kind of quotation, the attributions with a source that are right and those that are not."""

    def scores(self) -> Scores:
        """The scores as the evaluation prints them."""

        def share(part: float, whole: float) -> float:
            return round(part / whole, 4) if whole else 0.0

        return {
            "content": self.content.scores(),
            "end_to_end": share(self.right, self.sourced),
            "found": share(self.found, self.total),
            "source_accuracy": share(self.right, self.sourced_found),
            "by_quotation": {
                kind: {"n": round(c.hit + c.missed), "end_to_end": share(c.hit, c.hit + c.missed)}
                for kind, c in sorted(self.kinds.items())
            },
            "tokens": {role: self.tokens[role].scores() for role in ROLES},
        }


def run(data: Path, limit: int | None, split: str = "dev", verbose: bool = False) -> Result:
    """Scores `attribute` on the articles of ``data/<split>``.

    Args:
        data: the corpus.
        limit: read only the first so many articles.
        split: which part.
        verbose: list the misses on standard error.
    """
    files = [path for path in text_files(data / split / "text", limit) if annotations_of(path)]
    reader = Reader()
    tally = Tally()
    for number, (path, annotated) in enumerate(_annotated(files), start=1):
        golds = [gold(file, annotated.article.text) for file in annotations_of(path)]
        predicted = [characters(found) for found in attribute(annotated, reader.words.cues, reader.tags(annotated))]
        score(annotated.article.text, predicted, golds, tally, report=_say if verbose else None)
        if number % 20 == 0:
            _say(f"{number}/{len(files)} articles")
    return Result(n=len(files), scores=tally.scores())


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _annotated(files: list[Path]) -> Iterator[tuple[Path, Annotated]]:
    articles = (article_of(path.read_bytes(), path.name) for path in files)
    yield from zip(files, annotate(articles, load_parser()), strict=True)


def gold(path: Path, text: str) -> list[Quoted]:
    """The attributions of one brat file that have a cue and a content."""
    return [_quoted(text, one.source, one.cue, one.content) for one in brat_file(path)]


def _quoted(
    text: str, source: Iterable[tuple[int, int]], cue: Iterable[tuple[int, int]], content: Iterable[tuple[int, int]]
) -> Quoted:
    parts = [sorted(source), sorted(cue), sorted(content)]
    words = [" … ".join(text[a:b] for a, b in part) for part in parts]
    chars = [frozenset(c for a, b in part for c in range(a, b)) for part in parts]
    return Quoted(chars[0], chars[1], chars[2], (words[0], words[1], words[2]))


def characters(found: Attributed) -> Quoted:
    """A prediction as characters; every hop of the chain is its source."""
    chars = [
        frozenset(c for hop in found.chain for c in range(hop.start, hop.end)),
        frozenset(range(*found.cue)) if found.cue else frozenset(),
        frozenset(c for a, b in found.content for c in range(a, b)),
    ]
    return Quoted(chars[0], chars[1], chars[2], (found.rule, found.cue_lemma, ""))


def score(
    text: str,
    predicted: list[Quoted],
    golds: list[list[Quoted]],
    tally: Tally,
    report: Callable[[str], None] | None = None,
) -> None:
    """Adds one article to `tally`.

    Args:
        text: the article's text.
        predicted: what the reader found.
        golds: the attributions of each annotator.
        tally: changed in place.
        report: told of each gold attribution that was missed.
    """
    tokens = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
    quoted = quoted_in(text)
    told = {role: _union(predicted, role) for role in ROLES}
    for attributions in golds:
        weight = 1 / len(golds)
        true = {role: _union(attributions, role) for role in ROLES}
        tally.content.add(told["content"], true["content"], weight)
        for role in ROLES:
            tally.tokens[role].add(_covered(tokens, told[role]), _covered(tokens, true[role]), weight)
        for one in attributions:
            verdict = _one(one, predicted, tally, weight)
            if one.source:
                kind = tally.kinds[quotation_of(text, one.content, quoted)]
                kind.hit += weight * (not verdict)
                kind.missed += weight * bool(verdict)
            if report is not None and verdict:
                report(f"{verdict}\t{one.words[0]}\t{one.words[1]}\t{one.words[2]}")


def quoted_in(text: str) -> frozenset[int]:
    """The characters of a text that stand in quotation marks."""
    found: set[int] = set()
    for start, end in paragraphs(text):
        found.update(start + k for k, quoted in enumerate(quoted_characters(text[start:end])) if quoted)
    return frozenset(found)


def quotation_of(text: str, content: frozenset[int], quoted: frozenset[int]) -> str:
    """direct, mixed or indirect: all, some or none of a content's letters in quotation marks."""
    letters = {k for k in content if text[k].isalnum()}
    if not letters & quoted:
        return "indirect"
    return "direct" if len(letters - quoted) <= 0.1 * len(letters) else "mixed"


def _one(one: Quoted, predicted: list[Quoted], tally: Tally, weight: float) -> str:
    """Counts one gold attribution; what was wrong with the answer to it, or nothing."""
    covering = [p for p in predicted if 2 * len(p.content & one.content) >= len(one.content)]
    right = any(p.source & one.source for p in covering)
    tally.total += weight
    tally.found += weight * bool(covering)
    if one.source:
        tally.sourced += weight
        tally.sourced_found += weight * bool(covering)
        tally.right += weight * right
    if not covering:
        return "missed"
    return "" if right or not one.source else "source"


def _union(quoted: list[Quoted], role: str) -> frozenset[int]:
    return frozenset(c for one in quoted for c in one.role(role))


def _covered(tokens: list[tuple[int, int]], chars: frozenset[int]) -> frozenset[int]:
    return frozenset(number for number, (start, end) in enumerate(tokens) if any(c in chars for c in range(start, end)))
