"""Reading speed on one core, as a ratio to the bare spaCy pipeline on the same texts in the same run.

Both sides read the same clean articles in alternating rounds; the figures are medians over the rounds. The reader's side is
everything from the clean text to grouped claims; the bare pipeline is the English model as spaCy loads it, every component.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language

from evals import Result
from reportedly.acquire import acquire
from reportedly.errors import RejectedDocument
from reportedly.pipeline import Reader
from reportedly.records import Article
from reportedly.stages.annotate import MODEL
from reportedly.stages.clean import clean

ARTICLES = 60
ROUNDS = 5


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Times the reader on the ``.txt`` files below `data` (the first 60 by name, or `limit`).

    Raises:
        SystemExit: there is no text below `data`.
    """
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    articles = _articles(data, limit or ARTICLES)
    if not articles:
        raise SystemExit(f"evals: no readable .txt below {data}")
    plain, reader = spacy.load(MODEL), Reader()
    list(plain.pipe(a.text for a in articles[:2]))
    list(reader.read(articles[:2]))
    bare, ours = [], []
    for number in range(ROUNDS):
        bare.append(_bare(plain, articles))
        ours.append(_ours(reader, articles))
        print(f"round {number + 1} of {ROUNDS}: bare {bare[-1]:.1f} s, reader {ours[-1]:.1f} s", file=sys.stderr)
    words = sum(len(a.text.split()) for a in articles)
    spent = statistics.median(ours)
    return Result(
        n=len(articles),
        scores={
            "ratio": round(statistics.median(b / o for b, o in zip(bare, ours, strict=True)), 3),
            "articles_per_second": round(len(articles) / spent, 2),
            "words_per_second": round(words / spent),
            "bare_words_per_second": round(words / statistics.median(bare)),
            "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "start_to_first_claim_s": round(_start(), 2),
        },
    )


def _articles(data: Path, limit: int) -> list[Article]:
    out: list[Article] = []
    for path in sorted(data.rglob("*.txt")) if data.is_dir() else [data]:
        if len(out) == limit:
            break
        try:
            out.append(clean(acquire(path), "2020-01-01"))
        except RejectedDocument as refused:
            print(f"{path.name}: {refused}", file=sys.stderr)
    return out


def _bare(plain: Language, articles: list[Article]) -> float:
    began = time.perf_counter()
    for _ in plain.pipe((a.text for a in articles), batch_size=16):
        pass
    return time.perf_counter() - began


def _ours(reader: Reader, articles: list[Article]) -> float:
    began = time.perf_counter()
    for _ in reader.read(articles):
        pass
    return time.perf_counter() - began


def _start() -> float:
    """Seconds from the start of a new process to its first claim."""
    report = "Gunmen attacked a market in Nairobi on Monday, killing three people, police said.\n"
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(
            [
                str(Path(sys.executable).with_name("reportedly")),
                "read",
                "-",
                "--format",
                "jsonl",
                "--published",
                "2020-01-01",
            ],
            input=report.encode(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        times.append(time.perf_counter() - began)
    return statistics.median(times)
