"""Many reports into one ledger: captured first, then read, each entry in a transaction of its own. This process alone writes."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from reportedly.acquire.capture import CaptureWriter, Torn, captures_in
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Received, Skipped, Unchanged
from reportedly.acquire.sources import gather
from reportedly.acquire.web import Web
from reportedly.engines import Order, Task, engine_for
from reportedly.engines.merging import merge
from reportedly.entries import Entry, Visit, capture_id
from reportedly.ledger.store import Ledger
from reportedly.pipeline import Reader
from reportedly.records import Rejected

TOGETHER, TOGETHER_BYTES = 16, 4_000_000
"""So many documents are captured with one wait for the disk."""
GROUP, GROUP_SECONDS = 64, 2.0
"""Entries without claims are appended so many at a time, or after so many seconds."""
MERGE_EVERY = 200
"""Articles with claims after which incidents are made anew."""
PROCESS = re.compile(r"-(\d+)-[0-9a-f]+\.warc\.gz\Z")
"""The number of the process that writes a capture file, in the file's name."""


class Watch(Protocol):
    """Whoever follows a run."""

    def done(self, summary: Summary) -> None:
        """One more document is done with; `summary` is what the run has come to so far."""

    def say(self, line: str) -> None:
        """Something that the user should read now."""


class Summary(msgspec.Struct, kw_only=True):
    """What a run came to. Every document that was received is counted once among `read`, `known`, `no_incident`, `screened`, `refused`."""

    read: int = 0
    """Articles with claims, newly in the ledger."""
    known: int = 0
    """Documents that the ledger held already, as this version reads them; addresses that have not changed."""
    no_incident: int = 0
    screened: int = 0
    """Left out by the cheap first pass."""
    refused: int = 0
    refused_by_stage: dict[str, int] = msgspec.field(default_factory=dict)
    passed_over: dict[str, int] = msgspec.field(default_factory=dict)
    """Things that are no documents (hidden files, pictures in a web archive), by kind."""
    failures: int = 0
    """Of the refused: documents on which the reader itself failed."""
    resumed: int = 0
    """Documents that an interrupted run had captured, read now."""
    beside_older: int = 0
    """Entries that stand beside one of an older version, or of a run that was not thorough."""
    claims: int = 0
    incidents_before: int = 0
    incidents: int = 0
    """How many the ledger tells of now."""
    uncompared: int = 0
    """Pairs of accounts that were not compared, since too many could belong together (see ``docs/limits.md``)."""
    seconds: float = 0.0

    @property
    def documents(self) -> int:
        """All that was received or refused."""
        return self.read + self.known + self.no_incident + self.screened + self.refused


def ingest(
    ledger: Ledger,
    sources: Sequence[str],
    *,
    jobs: int = 1,
    thorough: bool = False,
    watch: Watch | None = None,
    web: Web | None = None,
    stdin: BinaryIO | None = None,
    limits: Limits | None = None,
    seconds: float = 60.0,
) -> Summary:
    """Captures, reads and appends what `sources` give, and what an interrupted run left unread.

    Args:
        ledger: opened for writing.
        sources: files, folders, patterns, addresses, or ``-``; see `gather`.
        jobs: worker processes; 1 reads in this one.
        thorough: read also what the cheap first pass would leave out.
        watch: follows the run.
        web: what fetches addresses; without one they are refused.
        stdin: what ``-`` reads.
        limits: caps on one document.
        seconds: the longest that one document may take; it is set aside after that.

    Raises:
        LedgerError: the ledger cannot be written to.
        SetupError: something that the reader needs is not installed.
        KeyboardInterrupt: what is in the ledger stays there; the same command goes on where it stopped.
    """
    order = Order(jobs=jobs, thorough=thorough, seconds=seconds)
    run = _Run(ledger, order, watch or _Nobody(), limits or Limits())
    return run.all(lambda: gather(sources, limits=run.limits, web=web, stdin=stdin))


class _Nobody:
    def done(self, summary: Summary) -> None:
        pass

    def say(self, line: str) -> None:
        pass


class _Gatherer(Protocol):
    def __call__(self) -> Iterator[Received | Rejected | Unchanged | Skipped]: ...


class _Run:
    """One run, from its sources to its summary."""

    def __init__(self, ledger: Ledger, order: Order, watch: Watch, limits: Limits) -> None:
        self.limits = limits
        self._ledger, self._order, self._watch = ledger, order, watch
        self._origin = Reader().origin
        self._summary = Summary()
        self._flying: dict[str, Visit | None] = {}
        """Captures that are being read, with the visit to note once they are in the ledger."""
        self._beside: set[str] = set()
        self._held: list[Entry] = []
        self._held_since = 0.0
        self._unmerged = 0
        self._stages: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()

    def all(self, gatherer: _Gatherer) -> Summary:
        """Everything, in order."""
        began = time.monotonic()
        before = {path.name for path in self._unclosed()}
        self._merge()
        self._summary.incidents_before = self._summary.incidents
        engine = engine_for(self._order, self._watch.say)
        with CaptureWriter(self._ledger.capture_folder) as writer:
            tasks = self._tasks(gatherer, writer, sorted(before))
            try:
                for entry in engine.entries(tasks):
                    self._take(entry)
            finally:
                self._append_held()
            for closed in writer.close():
                self._ledger.close_capture_file(closed.name, closed.records, closed.size, closed.sha256)
        self._merge()
        self._summary.seconds = round(time.monotonic() - began, 3)
        return self._counted()

    # What is to be read.

    def _tasks(self, gatherer: _Gatherer, writer: CaptureWriter, unclosed: Iterable[str]) -> Iterator[Task | None]:
        for name in unclosed:
            yield from self._left_over(self._ledger.capture_folder / name)
        group: list[Received] = []
        size = 0
        for found in gatherer():
            if isinstance(found, Received):
                if not self._is_new(found):
                    continue
                group.append(found)
                size += len(found.content)
                if len(group) < TOGETHER and size < TOGETHER_BYTES and not found.retrieved_on:
                    continue
            else:
                self._note(found)
                continue
            yield from self._captured(group, writer)
            if found.retrieved_on:
                yield None
            group, size = [], 0
        yield from self._captured(group, writer)

    def _left_over(self, path: Path) -> Iterator[Task]:
        """The captures of a run that was interrupted before it had read them; then its file is closed, as it lies: what tore as it
        was written was never acknowledged. One that is torn elsewhere is damaged, and is left for `reportedly doctor` to name."""
        records, damaged = 1, False
        for found in captures_in(path):
            if isinstance(found, Torn):
                damaged = damaged or not found.at_end
                continue
            records += 1
            capture, content = found
            if capture.capture_id not in self._flying and not self._ledger.known(capture.capture_id):
                self._flying[capture.capture_id] = None
                self._summary.resumed += 1
                yield capture, content
        if not damaged:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            self._ledger.close_capture_file(path.name, records, path.stat().st_size, digest)

    def _unclosed(self) -> Iterator[Path]:
        """Capture files that were not closed in good order, but for those of a process that is still at work."""
        closed = self._ledger.capture_files()
        for path in sorted(self._ledger.capture_folder.glob("*.warc.gz")):
            writer = PROCESS.search(path.name)
            if path.name not in closed and not (writer and _is_alive(int(writer[1]))):
                yield path

    def _is_new(self, received: Received) -> bool:
        """Whether a document is to be captured and read; if not, it is counted."""
        name = _identity(received)
        held = self._ledger.known(name)
        same = [outcome for outcome, origin in held if origin == self._origin]
        wanted = not same or (self._order.thorough and set(same) == {"screened"})
        if name in self._flying or not wanted:
            self._summary.known += 1
            if received.visit is not None and name not in self._flying:
                self._ledger.visit(msgspec.structs.replace(received.visit, capture_id=name))
            self._watch.done(self._counted())
            return False
        if held:
            self._beside.add(name)
        self._flying[name] = received.visit
        return True

    def _captured(self, group: list[Received], writer: CaptureWriter) -> Iterator[Task]:
        if group:
            captures = writer.put_many(group)
            contents = [received.content for received in group]
            group.clear()
            yield from zip(captures, contents, strict=True)

    def _note(self, found: Rejected | Unchanged | Skipped) -> None:
        """What is no document."""
        if isinstance(found, Skipped):
            self._skipped[found.kind] += found.number
            return
        if isinstance(found, Unchanged):
            self._ledger.visit(found.visit)
            self._summary.known += 1
        else:
            self._ledger.refuse(found.document_id, found.stage, found.reason)
            self._summary.refused += 1
            self._stages[found.stage] += 1
            self._watch.say(_named(found.document_id, found.reason))
        self._watch.done(self._counted())

    # What has been read.

    def _take(self, entry: Entry) -> None:
        """An entry with claims is a transaction of its own; others wait for company."""
        if entry.outcome == "read":
            self._append([entry])
            self._unmerged += 1
            if self._unmerged >= MERGE_EVERY:
                self._merge()
        else:
            if not self._held:
                self._held_since = time.monotonic()
            self._held.append(entry)
        if len(self._held) >= GROUP or (self._held and time.monotonic() - self._held_since > GROUP_SECONDS):
            self._append_held()

    def _append_held(self) -> None:
        held, self._held = self._held, []
        self._append(held)

    def _append(self, entries: Sequence[Entry]) -> None:
        """When it returns they are in the ledger for good, and counted."""
        new = {entry.entry_id for entry in self._ledger.append(entries)}
        for entry in entries:
            name = entry.capture.capture_id
            visit = self._flying.pop(name, None)
            if visit is not None:
                self._ledger.visit(msgspec.structs.replace(visit, capture_id=name))
            self._count(entry, entry.entry_id in new)
            self._watch.done(self._counted())

    def _count(self, entry: Entry, is_new: bool) -> None:
        summary = self._summary
        name = entry.capture.capture_id
        if name in self._beside:
            self._beside.discard(name)
            summary.beside_older += is_new
        if entry.outcome == "read":
            summary.read += 1
            summary.claims += len(entry.claims) if is_new else 0
        elif entry.outcome == "no_incident":
            summary.no_incident += 1
        elif entry.outcome == "screened":
            summary.screened += 1
        else:
            summary.refused += 1
            self._stages[entry.stage or "?"] += 1
            summary.failures += entry.stage == "reader"
            self._watch.say(_named(entry.capture.url or "standard input", entry.reason or ""))

    def _merge(self) -> None:
        self._unmerged = 0
        merged = merge(self._ledger)
        self._summary.incidents = merged.incidents
        self._summary.uncompared += merged.skipped

    def _counted(self) -> Summary:
        self._summary.refused_by_stage = dict(sorted(self._stages.items()))
        self._summary.passed_over = dict(sorted(self._skipped.items()))
        return self._summary


def _identity(received: Received) -> str:
    return capture_id(
        hashlib.sha256(received.content).hexdigest(),
        media_type=received.media_type,
        charset=received.charset,
        url=received.url,
        outlet=received.outlet,
        published=received.published,
        retrieved_on=received.retrieved_on,
    )


def _named(name: str, reason: str) -> str:
    """A refusal as one line that names the document once."""
    return reason if name in reason else f"{name}: {reason}"


def _is_alive(process: int) -> bool:
    """Whether a process of that number is at work here, this one left out."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
