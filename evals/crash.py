"""Ingest killed at random moments: ``python -m evals crash --data DIR --kills 300``.

A child ingests our sample reports and some hundred short texts, says over a pipe which entries were acknowledged, and is killed with
SIGKILL: after a random time, or within a merge or the closing of a capture file. After each kill the ledger must hold all that was
acknowledged and all that it held before, every entry whole (`check`). When a run gets to its end, the ledger's hash must be that of a
run that nobody disturbed, and the next round begins with an empty ledger. The child is forked from a parent whose models are loaded.
"""

from __future__ import annotations

import os
import random
import re
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from evals import Result
from evals._stream import SAMPLES, pages
from reportedly.acquire.capture import CaptureWriter
from reportedly.engines import ingest as ingesting
from reportedly.engines import one
from reportedly.engines.merging import merge
from reportedly.entries import Entry, Health
from reportedly.ledger.check import check
from reportedly.ledger.store import Ledger, open_ledger
from reportedly.pipeline import Reader

TEXTS = 500
SHORTEST = 600
KILLS = 300
MERGE_EVERY = 40
"""Merging often, so that it is often cut off."""
WITH_WORKERS = 60
"""One kill in so many hits a run with worker processes, which take seconds to start."""
LONGEST = {"merge": 4.0, "append": 4.0, "close": 60.0}
"""A kill that waits for a moment that does not come, comes after so many seconds."""
MOMENTS = (*["time"] * 16, *["append"] * 32, *["merge"] * 14, "close")
"""What a kill waits for; a capture file is closed at the end of a run, which takes long."""
MARK = re.compile(rb"^!(\w+)$", re.M)


class Score(msgspec.Struct):
    """What the kills came to."""

    documents: int = 0
    kills: int = 0
    by_moment: dict[str, int] = msgspec.field(default_factory=dict)
    acknowledged: int = 0
    """Entries that a child had acknowledged when it was killed."""
    lost: int = 0
    """Of those and of all held before, the ones that were gone afterwards."""
    half_in: int = 0
    """Harmful problems that the check of the ledger found."""
    rounds: int = 0
    """Runs that got to their end."""
    other_hash: int = 0
    """Of those, the ones that ended with another hash than the undisturbed run."""
    failed: int = 0
    """Children that ended by themselves, and not well."""
    torn_ends: int = 0
    """Capture files that a kill cut off within a record: found, named and harmless."""
    hash: str = ""


def run(data: Path, limit: int | None, kills: int = KILLS, seed: int = 1, **_: Any) -> Result:
    """Kills ingest of the samples and of the shortest `limit` (500) texts of the corpora below `data`."""
    reader = Reader()
    with tempfile.TemporaryDirectory(prefix="reportedly-crash-") as name:
        folder = Path(name)
        sources = folder / "sources"
        sources.mkdir()
        for path in SAMPLES.glob("*.html"):
            shutil.copy(path, sources)
        texts = (p for p in pages(data) if p.media_type == "text/plain" and len(p.content) >= SHORTEST)
        short = sorted(texts, key=lambda page: (len(page.content), page.name))
        for page in short[: limit if limit is not None else TEXTS]:
            (sources / re.sub(r"\W+", "_", f"{page.corpus}_{page.name}.txt".removesuffix(".txt"))).with_suffix(
                ".txt"
            ).write_bytes(page.content)
        score = Torment(reader, sources, folder, seed).run(kills)
    return Result(n=score.documents, scores=msgspec.to_builtins(score))


class Torment:
    """Kills, and what is left after each.

    Args:
        reader: with its models loaded or not; they are loaded once, here.
        sources: the folder that is ingested.
        folder: for the ledgers.
        seed: of what is random.
        with_workers: some runs have worker processes.
    """

    def __init__(self, reader: Reader, sources: Path, folder: Path, seed: int, *, with_workers: bool = True) -> None:
        self._reader, self._sources, self._folder = reader, sources, folder
        self._with_workers = with_workers
        self._rng = random.Random(seed)
        self.score = Score(documents=len(list(sources.iterdir())))
        reader.load()

    def run(self, kills: int) -> Score:
        """One undisturbed run, then kills until there were so many."""
        score = self.score
        began = time.monotonic()
        undisturbed = self._folder / "undisturbed.sqlite"
        self._end(self._child(undisturbed, jobs=1, out=os.open(os.devnull, os.O_WRONLY)))
        score.hash = self._health(undisturbed).ledger_hash
        took = time.monotonic() - began
        print(f"undisturbed: {took:.1f} s, {score.documents} documents", file=sys.stderr, flush=True)
        while score.kills < kills:
            self._round(self._folder / f"round-{score.rounds}.sqlite", kills, took)
        return score

    def _round(self, ledger: Path, kills: int, took: float) -> None:
        """One ledger, from nothing until a run on it gets to its end."""
        while self.score.kills < kills:
            if self._attempt(ledger, took):
                break
        else:
            self._end(self._child(ledger, jobs=1, out=os.open(os.devnull, os.O_WRONLY)))
        health = self._health(ledger)
        self.score.rounds += 1
        self.score.other_hash += health.ledger_hash != self.score.hash
        print(f"round {self.score.rounds}: {msgspec.json.encode(self.score).decode()}", file=sys.stderr, flush=True)

    def _attempt(self, ledger: Path, took: float) -> bool:
        """One run that is killed; True where it got to its end before."""
        before = self._held(ledger)
        jobs = 2 if self._rng.randrange(WITH_WORKERS) == 0 and self._with_workers else 1
        moment = self._rng.choice(MOMENTS) if jobs == 1 else "worker"
        reading, writing = os.pipe()
        child = self._child(ledger, jobs=jobs, out=writing)
        said, done = self._kill(child, reading, moment, took)
        if done is not None:
            self.score.failed += done != 0
            return True
        self.score.kills += 1
        self.score.by_moment[moment] = self.score.by_moment.get(moment, 0) + 1
        whole = said[: said.rfind(b"\n") + 1].decode().split()
        acknowledged = {line for line in whole if not line.startswith("!")}
        self.score.acknowledged += len(acknowledged)
        after = self._held(ledger)
        self.score.lost += len((acknowledged | before) - after)
        if after:
            self._health(ledger)
        return False

    def _kill(self, child: int, pipe: int, moment: str, took: float) -> tuple[bytes, int | None]:
        """Kills the child and its workers at a moment; what it had said, and its exit status where it ended before."""
        rng = self._rng
        said = bytearray()
        wait = rng.choice((rng.uniform(0.005, 0.1), rng.uniform(0.1, 1.0), rng.uniform(0.2, 0.1 * took)))
        if moment == "worker":
            wait = rng.uniform(0.5, 8.0)
        marks = rng.choice((1, 1, 1, 2, 3, 5)) if moment in ("merge", "append") else 1
        if moment in LONGEST:
            wait = max(LONGEST[moment], 1.5 * took)  # a slow machine comes later to its moments
        until = time.monotonic() + wait
        marked = False
        while (left := until - time.monotonic()) > 0:
            if select.select([pipe], [], [], min(left, 0.2))[0]:
                piece = os.read(pipe, 65536)
                said += piece
                if not piece:
                    break
            if not marked and moment in LONGEST:
                seen = sum(mark == moment.encode() for mark in MARK.findall(bytes(said)))
                if seen >= marks:
                    marked = True
                    until = time.monotonic() + rng.choice((0.0, rng.uniform(0, 0.01), rng.uniform(0, 0.15)))
        if moment == "worker" and rng.random() < 0.5:
            _kill_one_worker(child, rng)
            time.sleep(rng.uniform(0, 0.5))
        done, status = os.waitpid(child, os.WNOHANG)
        if not done:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
        while piece := os.read(pipe, 65536):
            said += piece
        os.close(pipe)
        return bytes(said), (os.waitstatus_to_exitcode(status) if done else None)

    def _child(self, ledger: Path, *, jobs: int, out: int) -> int:
        """A process, leader of a group of its own, that ingests and says what it has acknowledged; `out` is closed here."""
        child = os.fork()
        if child:
            os.close(out)
            return child
        status = 70
        try:
            os.setpgid(0, 0)
            _ingest(self._reader, ledger, self._sources, jobs, out)
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)

    def _end(self, child: int) -> None:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        self.score.failed += status != 0

    def _health(self, ledger: Path) -> Health:
        with open_ledger(ledger, read_only=True) as opened:
            health = check(opened)
        for problem in health.problems:
            self.score.torn_ends += problem.kind == "unfinished" and "torn" in problem.what
            if not problem.harmless:
                self.score.half_in += 1
                print(f"after kill {self.score.kills}: {problem}", file=sys.stderr, flush=True)
        return health

    def _held(self, ledger: Path) -> set[str]:
        """The identities of all entries and judgements."""
        if not ledger.exists():
            return set()
        with closing(sqlite3.connect(ledger)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'judgements'").fetchone():
                return set()  # killed before the ledger was made
            found = connection.execute("SELECT entry_id FROM entries UNION ALL SELECT judgement_id FROM judgements")
            return {name for (name,) in found}


def _ingest(reader: Reader, ledger: Path, sources: Path, jobs: int, out: int) -> None:
    """The run itself, with a word over `out` before each moment that is worth a kill."""

    def marked(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            os.write(out, f"!{name}\n".encode())
            return do(*arguments, **named)

        return call

    setattr(one, "Reader", lambda: reader)  # noqa: B010  this process is killed, nobody else sees it
    ingesting.MERGE_EVERY = MERGE_EVERY
    setattr(ingesting, "merge", marked("merge", merge))  # noqa: B010
    setattr(CaptureWriter, "close", marked("close", CaptureWriter.close))  # noqa: B010
    append = Ledger.append

    def appended(self: Ledger, entries: list[Entry]) -> tuple[Entry, ...]:
        os.write(out, b"!append\n")
        new = append(self, entries)
        os.write(out, "".join(f"{entry.entry_id}\n" for entry in entries).encode())
        return new

    setattr(Ledger, "append", appended)  # noqa: B010
    with open_ledger(ledger, create=True) as opened:
        ingesting.ingest(opened, [str(sources)], jobs=jobs)


def _kill_one_worker(parent: int, rng: random.Random) -> None:
    """Kills one of the processes that `parent` started, where there is one."""
    try:
        listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        return
    if listed:
        try:
            os.kill(int(rng.choice(listed)), signal.SIGKILL)
        except ProcessLookupError:
            return
