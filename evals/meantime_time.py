"""meantime_time: the time expressions of MEANTIME (Minard et al. 2016), as TempEval-3 counts them.

A found expression meets a gold one where they share a character (relaxed), one to one; the value is right where the normalised strings
are equal. MEANTIME marks time in the first six sentences of an article (headline, dateline, four more): only these count. The dateline,
which gives the document's creation time, counts on neither side.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from pathlib import Path

from lxml import etree

from evals import Result
from evals._timex import value
from reportedly.pipeline import Reader
from reportedly.records import Article, Block
from reportedly.stages._calendar import Stretch
from reportedly.stages.annotate import annotate
from reportedly.stages.date import Expression, expressions
from reportedly.stages.drafts import Annotated

SENTENCES = 6
TYPES = ("DATE", "TIME", "DURATION", "SET")
CLOSING = re.compile(r"[.,;:!?%)\]]+|'s|n't|'|''")
OPENING = frozenset({"(", "[", "$", "``", "US$", "£", "€"})


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression: where, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a reader would see it, and its gold."""

    text: str
    headline: int
    """Where the headline ends."""
    counted: int
    """Where the part ends that is annotated."""
    created: str | None
    ignored: tuple[tuple[int, int], ...]
    """The dateline."""
    gold: tuple[Timex, ...]


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Reads each article.

    Scores: ``span`` and ``value``, each with precision, recall and f; ``by_type`` the same, where the type must agree, too;
    ``value_accuracy`` of the expressions that meet.
    """
    reader = Reader()
    files = sorted(data.glob("**/intra_cross-doc_annotation/*/*.xml"))[:limit]
    pages = [read(path) for path in files]
    counts: Counter[tuple[str, str]] = Counter()
    for path, page, annotated in zip(files, pages, annotate([_article(p) for p in pages], reader.parser), strict=True):
        got = found(page, annotated, expressions(annotated, reader.words.dates))
        pairs = met(page.gold, got)
        for kind in ("", *TYPES):
            both = [(g, f) for g, f in pairs if not kind or g.type == f.type == kind]
            counts[kind, "gold"] += sum(not kind or g.type == kind for g in page.gold)
            counts[kind, "found"] += sum(not kind or f.type == kind for f in got)
            counts[kind, "span"] += len(both)
            counts[kind, "value"] += sum(g.value == f.value for g, f in both)
        if verbose:
            _show(path, page, got, pairs)
    return Result(
        n=len(pages),
        scores={
            "gold": counts["", "gold"],
            "found": counts["", "found"],
            "span": _figures(counts, "", "span"),
            "value": _figures(counts, "", "value"),
            "value_accuracy": round(counts["", "value"] / max(1, counts["", "span"]), 4),
            "by_type": {
                kind: {"gold": counts[kind, "gold"]}
                | {what: _figures(counts, kind, what) for what in ("span", "value")}
                for kind in TYPES
            },
        },
    )


def _figures(counts: Counter[tuple[str, str]], kind: str, what: str) -> dict[str, float]:
    right, gold, got = counts[kind, what], counts[kind, "gold"], counts[kind, "found"]
    return {
        "precision": round(right / got, 4) if got else 0.0,
        "recall": round(right / gold, 4) if gold else 0.0,
        "f": round(2 * right / (gold + got), 4) if gold + got else 0.0,
    }


def met(gold: tuple[Timex, ...], got: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Pairs that share a character, each expression in at most one; those that share most come first."""
    shared = [(min(g.end, f.end) - max(g.start, f.start), g, f) for g in gold for f in got]
    left_gold, left_got, out = set(gold), set(got), []
    for length, g, f in sorted(shared, key=lambda item: (-item[0], item[1].start, item[2].start)):
        if length > 0 and g in left_gold and f in left_got:
            left_gold.discard(g)
            left_got.discard(f)
            out.append((g, f))
    return out


def found(page: Page, annotated: Annotated, every: tuple[Expression, ...]) -> list[Timex]:
    """Our expressions in the part that is annotated, with TIMEX3 values."""
    created = Day.fromisoformat(page.created) if page.created else None
    out: list[Timex] = []
    day: Stretch | None = None
    for each in every:
        start, end = each.mention.start, each.mention.end
        if start >= page.counted:
            break
        if not any(start < b and a < end for a, b in page.ignored):
            out.append(Timex(start, end, each.kind.upper(), value(each, created, day)))
        if each.kind == "date" and each.named is not None and each.named.date_prec == 1:
            day = each.named
    return out


def read(path: Path) -> Page:
    """A CAT file: a paragraph a sentence, the tokens spaced as in print."""
    root = etree.parse(path).getroot()
    text, places, line, before = "", {}, None, ""
    headline = counted = 0
    for token in root.iter("token"):
        word, sentence = token.text or "", int(token.get("sentence"))
        if sentence != line:
            headline = len(text) if line == 0 else headline
            text += "" if line is None else "\n\n"
            counted = len(text) if sentence <= SENTENCES else counted
            line = sentence
        elif not CLOSING.fullmatch(word) and before not in OPENING:
            text += " "
        places[token.get("t_id")] = len(text), len(text) + len(word)
        text, before = text + word, word
    if line is not None and line < SENTENCES:
        counted = len(text)
    created, ignored, gold = None, [], []
    for timex in root.iter("TIMEX3"):
        anchors = [places[a.get("t_id")] for a in timex.iter("token_anchor")]
        span = (anchors[0][0], anchors[-1][1]) if anchors else None
        if timex.get("functionInDocument") == "CREATION_TIME":
            created = _day(timex.get("value", ""))
            ignored += [span] if span else []
        elif span and span[0] < counted:
            gold.append(Timex(*span, timex.get("type", ""), timex.get("value", "")))
    return Page(text, headline, counted, created, tuple(ignored), tuple(gold))


def _day(written: str) -> str | None:
    """A creation time as an ISO day: one file has its day first, two have none."""
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(written, form).date().isoformat()
        except ValueError:
            continue
    return None


def _article(page: Page) -> Article:
    blocks = [Block(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", page.text)]
    blocks[0] = Block(start=0, end=blocks[0].end, kind="headline")
    return Article(
        article_id="meantime",
        document_sha256="meantime",
        text=page.text,
        blocks=tuple(blocks),
        title=page.text[: blocks[0].end],
        publication_date=page.created,
        date_known_from="given" if page.created else None,
        language="en",
    )


def _show(path: Path, page: Page, got: list[Timex], pairs: list[tuple[Timex, Timex]]) -> None:
    met_gold, met_ours = {g for g, _ in pairs}, {f for _, f in pairs}
    rows = [
        *(("missed", g) for g in page.gold if g not in met_gold),
        *(("spurious", f) for f in got if f not in met_ours),
        *((f"value, not {g.value}", f) for g, f in pairs if g.value != f.value),
    ]
    for what, item in rows:
        around = page.text[max(0, item.start - 50) : item.end + 40].replace("\n", " ")
        words = page.text[item.start : item.end]
        print(f"{what}\t{words}\t{item.type} {item.value}\t{around}\t{page.created}\t{path.name[:20]}", file=sys.stderr)
