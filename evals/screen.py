"""The cheap first pass of ingest: how many incidents it loses, and how much time it saves on a stream in which one page in twenty is relevant.

Every page of every corpus is read thoroughly; a page is relevant where that finds a claim, and lost where the first pass then leaves it
out. The figure is that of the half that was not used for tuning (by a hash of the page's name); the other half's stands beside it. For
the speed, pages go through the whole of ingest twice, capture and ledger included: as they come, and with ``--thorough``. Irrelevant
pages of that stream are from the corpora of general texts only, for the others were collected for the violence in them.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals import Result
from evals._stream import Page, pages
from reportedly.acquire.capture import CaptureWriter
from reportedly.acquire.received import Received
from reportedly.engines import Order, Task
from reportedly.engines._work import work
from reportedly.engines.ingest import ingest
from reportedly.ledger.store import open_ledger
from reportedly.pipeline import Reader

GENERAL = frozenset(
    {"fundus-evaluation", "polnear", "meantime", "uds-factuality", "ecbplus", "lgl", "TR-News", "samples"}
)
STREAM = 400
SHARE = 20
"""One page in so many is relevant."""
ROUNDS = 3


def run(data: Path, limit: int | None, verbose: bool = False) -> Result:
    """Measures on the pages below `data`, all of them or `limit` drawn by a hash of their names.

    Raises:
        SystemExit: there are no pages below `data`.
    """
    found = sorted(pages(data), key=_drawn)[:limit]
    if not found:
        raise SystemExit(f"evals: no corpus that is known below {data}")
    with tempfile.TemporaryDirectory() as folder:
        captured = dict(zip(found, _captured(found, Path(folder)), strict=True))
        reader = Reader()
        told = _incidents(reader, captured, thorough=True)
        passed = _incidents(reader, captured, thorough=False)
    scores: dict[str, Any] = {"tuning": _loss(found, told, passed, 0), **_loss(found, told, passed, 1)}
    if verbose:
        for page in found:
            if told[page] and not passed[page]:
                print(f"lost: {page.corpus}/{page.name}: {told[page]}", file=sys.stderr)
    scores["stream"] = _speed(
        _stream([p for p in found if told[p]], [p for p in found if not told[p] and p.corpus in GENERAL])
    )
    return Result(n=len(found), scores=scores)


def _drawn(page: Page) -> bytes:
    return hashlib.sha256(f"stream/{page.corpus}/{page.name}".encode()).digest()


def _captured(found: Sequence[Page], folder: Path) -> Iterator[Task]:
    with CaptureWriter(folder) as writer:
        for page in found:
            received = Received(
                content=page.content,
                url=f"{page.corpus}-{page.name}",
                media_type=page.media_type,
                published="2020-01-01",
            )
            yield writer.put(received), page.content


def _incidents(reader: Reader, captured: dict[Page, Task], *, thorough: bool) -> dict[Page, int]:
    """How many incidents are found on each page."""
    of = {task[0].capture_id: page for page, task in captured.items()}
    out = dict.fromkeys(captured, 0)
    for number, entry in enumerate(work(reader, captured.values(), Order(thorough=thorough)), start=1):
        out[of[entry.capture.capture_id]] = len({claim.incident_id for claim in entry.claims})
        if number % 500 == 0:
            print(f"{'thorough' if thorough else 'screened'}: {number} of {len(captured)}", file=sys.stderr)
    return out


def _loss(found: Sequence[Page], told: dict[Page, int], passed: dict[Page, int], half: int) -> dict[str, Any]:
    mine = [page for page in found if page.half == half]
    total: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for page in mine:
        total[page.corpus] += told[page]
        lost[page.corpus] += 0 if passed[page] else told[page]
    return {
        "incidents": total.total(),
        "lost": lost.total(),
        "lost_share": round(lost.total() / max(1, total.total()), 4),
        "lost_by_corpus": {name: [lost[name], total[name]] for name in sorted(total)},
        "relevant_pages": sum(told[page] > 0 for page in mine),
    }


def _stream(relevant: Sequence[Page], irrelevant: Sequence[Page]) -> list[Page]:
    """Pages of which one in twenty is relevant, mixed."""
    number = min(STREAM // SHARE, len(relevant), len(irrelevant) // (SHARE - 1))
    chosen = [*relevant[:number], *irrelevant[: number * (SHARE - 1)]]
    return sorted(chosen, key=lambda page: _drawn(page)[::-1])


def _speed(stream: Sequence[Page]) -> dict[str, Any]:
    """Seconds of the whole of ingest, thorough and not, in alternating rounds; the least of each counts."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    taken: dict[bool, list[float]] = {True: [], False: []}
    outcomes: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "pages"
        folder.mkdir()
        for number, page in enumerate(stream):
            suffix = ".html" if page.media_type == "text/html" else ".txt"
            (folder / f"{number:05}{suffix}").write_bytes(page.content)
        for attempt in range(ROUNDS):
            for thorough in (False, True):
                with open_ledger(Path(place) / f"{attempt}-{thorough}.sqlite", create=True) as ledger:
                    began = time.perf_counter()
                    summary = ingest(ledger, [str(folder)], thorough=thorough)
                    taken[thorough].append(time.perf_counter() - began)
                if not thorough:
                    outcomes = {"read": summary.read, "no_incident": summary.no_incident, "screened": summary.screened}
                print(f"{'thorough' if thorough else 'screened'}: {taken[thorough][-1]:.1f} s", file=sys.stderr)
    return {
        "pages": len(stream),
        "ratio": round(min(taken[True]) / min(taken[False]), 2),
        "pages_per_second": round(len(stream) / min(taken[False]), 1),
        "thorough_pages_per_second": round(len(stream) / min(taken[True]), 1),
        "outcomes": outcomes,
    }
