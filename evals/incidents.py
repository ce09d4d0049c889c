"""Which claims of one article are about one incident, against what people marked.

Two layouts are read: ECB+ (a folder with ``articles/TOPIC/*.xml``: event coreference within each document) and a folder with
``incidents_of_*.json`` (our own samples: words of each report by incident). A claim takes part where its trigger overlaps a marked
mention; articles with fewer than two such claims say nothing. ECB+ keeps a bombing and the deaths in it apart, which the codebook does
not: ``same_type`` counts only pairs of claims of one event type.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from evals import Result, Scores
from reportedly.acquire import acquire
from reportedly.pipeline import Reader
from reportedly.records import Article, Block, Claim
from reportedly.stages.clean import clean

SAMPLES = Path(__file__).resolve().parent.parent / "src" / "reportedly" / "samples"
KINDS = ("ACTION_", "NEG_ACTION_")


@dataclass(frozen=True)
class Marked:
    """An article and its mentions: start, end, the name of the incident."""

    article: Article
    mentions: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Covered:
    """A claim that covers a mention."""

    gold: str
    ours: str
    event_type: str


def run(data: Path, limit: int | None, split: str | None = None, verbose: bool = False) -> Result:
    """Scores the grouping of every article.

    Args:
        data: the folder of ECB+, or one with ``incidents_of_*.json``.
        limit: at most so many articles.
        split: ``even`` or ``odd``: only those topics (of ECB+) or articles. Rules were made on the even ones.
        verbose: print wrong pairs on standard error.
    """
    reader = Reader()
    articles: list[list[Covered]] = []
    count = 0
    for marked in list(marked_articles(data, split))[:limit]:
        count += 1
        reading = next(iter(reader.read([marked.article])))
        articles.append(covered(marked, reading.claims))
        if verbose:
            print("\n".join(complaints(marked, reading.claims)), file=sys.stderr)
    return Result(n=count, scores=scores(articles))


def marked_articles(data: Path, split: str | None) -> Iterator[Marked]:
    """The marked articles of `data` in the order of their names."""
    if (data / "articles").is_dir():
        topics = sorted((p for p in (data / "articles").iterdir() if p.is_dir()), key=lambda p: int(p.name))
        for topic in topics:
            if _chosen(int(topic.name), split):
                yield from map(_ecb, sorted(topic.glob("*.xml")))
    for file in sorted(data.glob("incidents_of_*.json")):
        for number, (name, incidents) in enumerate(sorted(json.loads(file.read_text("utf-8"))["articles"].items())):
            if _chosen(number, split):
                yield _sample(SAMPLES / name, incidents)


def _chosen(number: int, split: str | None) -> bool:
    return split is None or (split == "even") == (number % 2 == 0)


def _sample(path: Path, incidents: Mapping[str, Sequence[str]]) -> Marked:
    """One of our own reports; every anchor stands in it, each time for the same incident."""
    article = clean(acquire(path), None)
    mentions = []
    for name, anchors in incidents.items():
        for anchor in anchors:
            at = article.text.find(anchor)
            if at < 0:
                raise ValueError(f"{path.name} has no {anchor!r}")
            mentions.append((at, at + len(anchor), name))
    return Marked(article, tuple(sorted(mentions)))


def _ecb(path: Path) -> Marked:
    """One document of ECB+: each sentence a paragraph; a mention that is in no chain is an incident of its own."""
    root = ET.parse(path).getroot()
    pieces: list[str] = []
    where: dict[str, tuple[int, int]] = {}
    starts: list[int] = []
    at, sentence = 0, ""
    for token in root.iter("token"):
        words = token.text or ""
        if pieces:
            pieces.append(" " if token.get("sentence") == sentence else "\n\n")
            at += len(pieces[-1])
        if token.get("sentence") != sentence:
            starts.append(at)
            sentence = token.get("sentence") or ""
        where[token.get("t_id") or ""] = (at, at + len(words))
        pieces.append(words)
        at += len(words)
    text = "".join(pieces)
    ends = [*(start - 2 for start in starts[1:]), len(text)]
    blocks = tuple(Block(start=start, end=end) for start, end in zip(starts, ends, strict=True) if end > start)
    article = Article(article_id=path.stem, document_sha256=path.stem, text=text, blocks=blocks, language="en")
    return Marked(article, tuple(sorted(_ecb_mentions(root, where))))


def _ecb_mentions(root: ET.Element, where: Mapping[str, tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    chain: dict[str, str] = {}
    for relation in root.find("Relations") or ():
        for source in relation.iter("source"):
            chain[source.get("m_id") or ""] = relation.get("note") or f"r{relation.get('r_id')}"
    for markable in root.find("Markables") or ():
        spans = [where[a.get("t_id") or ""] for a in markable.iter("token_anchor")]
        if spans and markable.tag.startswith(KINDS):
            number = markable.get("m_id") or ""
            yield min(s for s, _ in spans), max(e for _, e in spans), chain.get(number, f"m{number}")


def covered(marked: Marked, claims: Iterable[Claim]) -> list[Covered]:
    """The claims whose trigger overlaps a mention."""
    return [
        Covered(name, c.incident_id or "", c.event.event_type)
        for c in claims
        if c.event and (name := _mention(marked, c))
    ]


def _mention(marked: Marked, claim: Claim) -> str | None:
    assert claim.event is not None
    trigger = claim.event.trigger
    return next((name for start, end, name in marked.mentions if start < trigger.end and trigger.start < end), None)


def complaints(marked: Marked, claims: Iterable[Claim]) -> Iterator[str]:
    """Pairs of claims that are wrongly together or apart, in words."""
    known = [(name, c) for c in claims if c.event and (name := _mention(marked, c))]
    for (gold, a), (other, b) in combinations(known, 2):
        if (gold == other) != (a.incident_id == b.incident_id) and a.event and b.event:
            verdict = "SPLIT" if gold == other else "MERGED"
            where = marked.article.url or marked.article.article_id
            yield f"{verdict} {where} {a.event.trigger.text!r}@{a.event.trigger.start} {b.event.trigger.text!r}@{b.event.trigger.start} {gold} | {other}"


def scores(articles: Sequence[Sequence[Covered]]) -> Scores:
    """Pairwise and B³ scores of ours, and of the two baselines."""
    told = [claims for claims in articles if len(claims) > 1]
    answers: dict[str, Callable[[int, Covered], str]] = {
        "ours": lambda _, c: c.ours,
        "each_its_own": lambda number, _: str(number),
        "one_a_type": lambda _, c: c.event_type,
        "one_an_article": lambda _, c: "",
    }
    out: Scores = {"articles_with_two": len(told), "claims": sum(map(len, told))}
    for name, answer in answers.items():
        pairs = [_pairs(claims, answer) for claims in told]
        typed = [_pairs(claims, answer, same_type=True) for claims in told]
        out[name] = {"pairs": _prf(*map(sum, zip(*pairs, strict=True))) if pairs else None, "b3": _b3(told, answer)}
        out[name]["same_type_pairs"] = _prf(*map(sum, zip(*typed, strict=True))) if typed else None
    return out


def _pairs(
    claims: Sequence[Covered], answer: Callable[[int, Covered], str], same_type: bool = False
) -> tuple[int, int, int]:
    """Pairs that are together in both, in the answer, in the gold."""
    both = mine = gold = 0
    for (i, a), (k, b) in combinations(enumerate(claims), 2):
        if same_type and a.event_type != b.event_type:
            continue
        together, right = answer(i, a) == answer(k, b), a.gold == b.gold
        both, mine, gold = both + (together and right), mine + together, gold + right
    return both, mine, gold


def _prf(both: float, mine: float, gold: float) -> Scores:
    precision, recall = both / mine if mine else 1.0, both / gold if gold else 1.0
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}


def _b3(articles: Sequence[Sequence[Covered]], answer: Callable[[int, Covered], str]) -> Scores:
    precision = recall = 0.0
    total = sum(map(len, articles))
    for claims in articles:
        named = [(answer(number, claim), claim.gold) for number, claim in enumerate(claims)]
        for mine, gold in named:
            both = sum(pair == (mine, gold) for pair in named)
            precision += both / sum(m == mine for m, _ in named)
            recall += both / sum(g == gold for _, g in named)
    return _prf(1.0, total / precision, total / recall) if total else _prf(0, 0, 0)
