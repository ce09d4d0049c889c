"""Clean text against the articles of fundus-evaluation, beside trafilatura's own output in the same run.

The measure: precision, recall and F over the bag of lower-cased words of a page, averaged over pages. A gold paragraph in square
brackets is optional (a sub-headline, a credit): it counts as gold for whoever gives at least half of its words, and for nobody else.
The gold holds no titles, so a line that repeats the page's title is taken out on both sides. A refused page counts as empty; the language of a page is no reason to refuse it here, as only its text is measured.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import trafilatura

from evals import Result
from reportedly.errors import RejectedDocument
from reportedly.records import Article, Document
from reportedly.stages.clean import clean

WORDS = re.compile(r"\w+")
Triple = tuple[float, float, float]


class Page(msgspec.Struct, frozen=True):
    """One entry of ``ground_truth.json``."""

    body: list[str]
    url: str


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Reads every saved page in ``dataset/html`` and compares it with ``dataset/ground_truth.json``.

    Args:
        data: the corpus's folder, or its ``dataset`` folder.
        limit: read only the first pages, in the order of their names.
        verbose: print each page's scores, and what is too much and too little, on standard error.
    """
    folder = data / "dataset" if (data / "dataset").is_dir() else data
    gold = msgspec.json.decode((folder / "ground_truth.json").read_bytes(), type=dict[str, Page])
    ours: list[Triple] = []
    theirs: list[Triple] = []
    rejected = 0
    for number, name in enumerate(sorted(gold)[:limit], start=1):
        raw = gzip.decompress((folder / "html" / name).read_bytes())
        article, reason = _read(raw, gold[name].url)
        rejected += article is None
        title = article.title if article else None
        lines = [article.text[b.start : b.end] for b in article.blocks if b.kind == "paragraph"] if article else []
        peer = (trafilatura.extract(raw, include_comments=False) or "").split("\n")
        ours.append(score(lines, gold[name].body, title))
        theirs.append(score(peer, gold[name].body, title))
        if verbose:
            _show(name, ours[-1], theirs[-1], lines, gold[name].body, reason)
        elif number % 20 == 0:
            print(f"extraction: {number} pages", file=sys.stderr)
    scores = {
        **_means(ours),
        "trafilatura": _means(theirs),
        "rejected": rejected,
        "peer_wins": sum(b[2] > a[2] + 1e-9 for a, b in zip(ours, theirs, strict=True)),
        "our_wins": sum(a[2] > b[2] + 1e-9 for a, b in zip(ours, theirs, strict=True)),
    }
    return Result(n=len(ours), scores=scores)


def _read(raw: bytes, url: str) -> tuple[Article | None, str]:
    document = Document(sha256=hashlib.sha256(raw).hexdigest(), media_type="text/html", content=raw, url=url)
    try:
        return clean(document, any_language=True), ""
    except RejectedDocument as refusal:
        return None, str(refusal)


def score(lines: Sequence[str], gold: Sequence[str], title: str | None) -> Triple:
    """Precision, recall and F (0 to 1) of the words of `lines` against the paragraphs of `gold`."""
    found = Counter(w for line in lines if not (title and line.strip() == title) for w in _words(line))
    wanted: Counter[str] = Counter()
    optional = []
    for paragraph in gold:
        if paragraph.startswith("[") and paragraph.endswith("]"):
            optional.append(Counter(_words(paragraph)))
        else:
            wanted.update(_words(paragraph))
    spare = found - wanted
    for words in optional:
        if (words & spare).total() >= 0.5 * words.total():
            wanted += words
            spare -= words
    hit = (found & wanted).total()
    precision = hit / found.total() if found else 0.0
    recall = hit / wanted.total() if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0


def _words(text: str) -> list[str]:
    return WORDS.findall(text.lower().replace("’", "'"))


def _means(triples: Sequence[Triple]) -> dict[str, float]:
    count = max(1, len(triples))
    return {
        name: round(sum(triple[i] for triple in triples) / count, 4)
        for i, name in enumerate(("precision", "recall", "f"))
    }


def _show(name: str, ours: Triple, theirs: Triple, lines: Sequence[str], gold: Sequence[str], reason: str) -> None:
    print(
        f"{name}: {ours[2]:.3f} (p {ours[0]:.3f} r {ours[1]:.3f}), trafilatura {theirs[2]:.3f} {reason}",
        file=sys.stderr,
    )
    if ours[2] > 0.99:
        return
    have, want = Counter(w for x in lines for w in _words(x)), Counter(w for x in gold for w in _words(x))
    for line in lines:
        if (Counter(_words(line)) & want).total() < 0.6 * len(_words(line)):
            print(f"   too much  {line[:140]}", file=sys.stderr)
    for line in gold:
        if (Counter(_words(line)) & have).total() < 0.6 * len(_words(line)):
            print(f"   too little {line[:140]}", file=sys.stderr)
