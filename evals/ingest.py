"""Ingest as a whole (capture, clean, read, ledger): its speed beside the bare spaCy pipeline, two worker processes beside one, and memory.

The texts are those of `data` that hold an incident. ``ratio``: seconds of the bare pipeline (as its makers load it) over the same clean
texts against those of ``ingest`` with one process. ``two_jobs``: seconds of one process against those of two. ``memory``: the peak of all
processes together over ten times the texts (each time with other names and numbers in them) against once.
"""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy

from evals import Result
from evals._stream import Page, pages
from reportedly.acquire.files import document_of
from reportedly.acquire.limits import Limits
from reportedly.errors import RejectedDocument
from reportedly.pipeline import Reader
from reportedly.stages.annotate import MODEL
from reportedly.stages.clean import clean

ARTICLES = 200
ROUNDS = 3
TIMES = 10
WARM = 0.2
"""The share of the documents after which time is counted."""
LOOK = 0.1
"""Seconds between two looks at the memory in use."""
RUN = "import sys; from evals.ingest import child; child(sys.argv[1:])"
NUMBER = re.compile(r"\d+")
CAPITALISED = re.compile(r"(?<=[a-z] )([A-Z][a-z]{3,})")


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Measures on the texts below `data` that hold an incident, at most 200 or `limit`.

    Raises:
        SystemExit: there are none.
    """
    found = _relevant(data, limit or ARTICLES)
    if not found:
        raise SystemExit(f"evals: no text with an incident below {data}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "pages"
        _write(folder, found, 1)
        bare, one, two = [], [], []
        for number in range(ROUNDS):
            bare.append(_bare(found))
            one.append(_ingest(folder, Path(place) / f"one-{number}.sqlite", 1)["seconds"])
            two.append(_ingest(folder, Path(place) / f"two-{number}.sqlite", 2)["seconds"])
            print(f"bare {bare[-1]:.1f} s, one {one[-1]:.1f} s, two {two[-1]:.1f} s", file=sys.stderr)
        tenfold = Path(place) / "tenfold"
        _write(tenfold, found, TIMES)
        memory: dict[str, Any] = {}
        for jobs in (1, 2):
            once = _ingest(folder, Path(place) / f"small-{jobs}.sqlite", jobs, "memory")["peak_mb"]
            ten = _ingest(tenfold, Path(place) / f"large-{jobs}.sqlite", jobs, "memory")["peak_mb"]
            memory[f"jobs_{jobs}"] = {"once_mb": once, "tenfold_mb": ten, "ratio": round(ten / once, 3)}
    return Result(
        n=len(found),
        scores={
            "ratio": round(statistics.median(b / o for b, o in zip(bare, one, strict=True)), 3),
            "two_jobs": round(statistics.median(o / t for o, t in zip(one, two, strict=True)), 3),
            "articles_per_second": round(len(found) / min(one), 2),
            "memory": memory,
        },
    )


def child(arguments: Sequence[str]) -> None:
    """One ingest in a process of its own: FOLDER LEDGER JOBS [memory]. Prints seconds without the loading of models, and the peak of memory."""
    import msgspec

    from reportedly.engines.ingest import Summary, ingest
    from reportedly.ledger.store import open_ledger

    folder, ledger, jobs = arguments[0], arguments[1], int(arguments[2])
    marks: list[tuple[float, int]] = []

    class Clock:
        def done(self, summary: Summary) -> None:
            marks.append((time.perf_counter(), summary.documents))

        def say(self, line: str) -> None:
            print(line, file=sys.stderr)

    with open_ledger(ledger, create=True) as opened, _Peak("memory" in arguments) as peak:
        began = time.perf_counter()
        summary = ingest(opened, [folder], jobs=jobs, watch=Clock())
        ended = time.perf_counter()
    # what is loaded and compiled once a process is no part of a speed: count from the first fifth on, as if all had been so fast
    first, before = next(mark for mark in marks if mark[1] >= summary.documents * WARM)
    seconds = (ended - first) * summary.documents / max(1, summary.documents - before)
    print(f"{ended - began:.1f} s in all, with loading", file=sys.stderr)
    print(msgspec.json.encode({"seconds": seconds, "peak_mb": round(peak.mb, 1), "read": summary.read}).decode())


class _Peak:
    """The most memory while it is entered, looked at every `LOOK` seconds: a few looks a document would miss most peaks of a short run."""

    def __init__(self, wanted: bool) -> None:
        self.mb = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch) if wanted else None

    def __enter__(self) -> _Peak:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            self.mb = max(self.mb, _memory())


def _memory() -> float:
    """MB (proportional set size) of this process and its children, as Linux counts them; elsewhere this one's peak."""
    import multiprocessing
    import os
    import resource

    total = 0.0
    for process in (os.getpid(), *(child.pid for child in multiprocessing.active_children())):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()
        except OSError:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _relevant(data: Path, limit: int) -> list[Page]:
    reader = Reader()
    out: list[Page] = []
    for page in pages(data):
        if page.corpus not in ("muc4", "wikievents", "re3d", "TR-News", "lgl", "polnear", "samples"):
            continue
        if page.corpus == "muc4" and page.half:
            continue
        try:
            article = clean(document_of(page.content, name=page.name, media_type=page.media_type, limits=Limits()))
        except RejectedDocument:
            continue
        if any(reading.claims for reading in reader.read([article])):
            out.append(page)
        if len(out) == limit:
            break
    return out


def _write(folder: Path, found: Sequence[Page], times: int) -> None:
    folder.mkdir()
    for turn in range(times):
        for number, page in enumerate(found):
            suffix = ".html" if page.media_type == "text/html" else ".txt"
            content = page.content if turn == 0 else _varied(page.content, turn)
            (folder / f"{turn}-{number:05}{suffix}").write_bytes(content)


def _varied(content: bytes, turn: int) -> bytes:
    """The same text with other numbers and with names that no text had before."""
    chance = random.Random(turn)
    text = content.decode("utf-8", "replace")
    text = CAPITALISED.sub(lambda m: m[1] + "".join(chance.choice("aeioulnrst") for _ in range(3)), text)
    return NUMBER.sub(lambda m: str(int(m[0][:6]) + turn), text).encode()


def _bare(found: Sequence[Page]) -> float:
    parser = spacy.load(MODEL)
    texts = [clean(document_of(p.content, name=p.name, media_type=p.media_type, limits=Limits())).text for p in found]
    list(parser.pipe(texts[:4]))
    began = time.perf_counter()
    for _ in parser.pipe(texts, batch_size=16):
        pass
    return time.perf_counter() - began


def _ingest(folder: Path, ledger: Path, jobs: int, *more: str) -> dict[str, Any]:
    import msgspec

    done = subprocess.run(
        [sys.executable, "-c", RUN, str(folder), str(ledger), str(jobs), *more],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = msgspec.json.decode(done.stdout.strip().splitlines()[-1])
    return found
