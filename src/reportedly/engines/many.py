"""Several worker processes. This one hands out documents and takes back entries; it alone writes.

Each worker has a pipe of its own, so that one that is killed leaves no lock behind for the others. A worker that dies, or says nothing
for too long, is replaced; the documents that it held are read again, each alone, and the one that kills a worker once more is set aside
by name. A worker is never given more than it may hold (`HELD`, `HELD_BYTES`), so memory does not grow with the number of documents.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait

import msgspec

from reportedly.engines import Order, Task
from reportedly.engines._worker import Answer, Parcel, live
from reportedly.entries import Capture, Entry
from reportedly.errors import ReportedlyError, SetupError

HELD, HELD_BYTES = 40, 16_000_000
"""The most documents, and bytes of them, that one worker holds."""
GRACE = 5.0
"""Seconds after which a worker that did not heed its own alarm is killed."""
STARTING = 180.0
"""Seconds that a worker may take to load its models."""
FALSE_STARTS = 3
"""So many workers that die before they are ready, and there is no use in going on."""
Life = Callable[[Connection, Order], None]
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class ManyProcesses:
    """The engine of ``--jobs N``.

    Args:
        order: how to read.
        say: takes a line for the user.
        live: what a worker process does; only tests give another.
    """

    def __init__(self, order: Order, say: Callable[[str], None], live: Life = live) -> None:
        self._order = order
        self._say = say
        self._live = live
        self._false_starts = 0
        self._alone: deque[Task] = deque()
        self._crew: list[_Worker] = []

    def entries(self, tasks: Iterable[Task | None]) -> Iterator[Entry]:
        """See `reportedly.engines.Engine`.

        Raises:
            SetupError: the workers cannot load what they need.
        """
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")
        self._crew = [_Worker(self._order, self._live) for _ in range(self._order.jobs)]
        source: Iterator[Task | None] = iter(tasks)
        more = True
        try:
            while more or self._alone or any(worker.held for worker in self._crew):
                pause = True
                if self._alone:
                    self._retry()
                elif more:
                    more = self._feed(source)
                    pause = not more or not any(worker.has_room for worker in self._crew)
                yield from self._answers(pause)
                yield from self._bury()
        finally:
            for worker in self._crew:
                worker.dismiss()

    def _feed(self, source: Iterator[Task | None]) -> bool:
        """Gives documents to those who have room; false where there are no more."""
        while roomy := [worker for worker in self._crew if worker.has_room]:
            task = next(source, _END)
            if isinstance(task, str):
                return False
            if task is None:  # the next one may take a while: see what is done by now
                return True
            min(roomy, key=lambda worker: len(worker.held)).give(task)
        return True

    def _retry(self) -> None:
        """Gives documents that may have killed a worker to idle ones, one each."""
        for worker in self._crew:
            if self._alone and not worker.held:
                worker.give(self._alone.popleft(), alone=True)

    def _answers(self, pause: bool) -> Iterator[Entry]:
        """What the workers have to say by now; with `pause`, after waiting a little for it."""
        busy = {worker.connection: worker for worker in self._crew if not worker.gone}
        for ready in wait(list(busy), timeout=0.5 if pause else 0):
            worker = busy[ready]  # type: ignore[index]
            for answer in worker.said():
                if answer.trouble:
                    raise SetupError(answer.trouble)
                if answer.entry is not None:
                    yield answer.entry

    def _bury(self) -> Iterator[Entry]:
        """Replaces those who died or hang; what they held is tried again, or set aside where it was alone."""
        for number, worker in enumerate(self._crew):
            slow = worker.is_late(self._order.seconds)
            if not (slow or worker.gone):
                continue
            how = worker.end()
            if not worker.ready:
                self._false_starts += 1
                if self._false_starts >= FALSE_STARTS:
                    raise ReportedlyError(f"worker processes die before they are ready ({how}); try --jobs 1")
            held = list(worker.held.values())
            self._crew[number] = _Worker(self._order, self._live)
            if worker.ready and worker.alone and held:
                yield _set_aside(held[0][0], worker, slow, self._order.seconds)
                continue
            if worker.ready:
                self._say(
                    f"a worker {'hung' if slow else f'died ({how})'}; what it held ({len(held)}) is read again, each alone"
                )
            self._alone.extend(held)


_END = "end"


class _Worker:
    """One process, with what it holds."""

    def __init__(self, order: Order, live: Life) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=live, args=(theirs, order), daemon=True)
        self._process.start()
        theirs.close()
        self.held: dict[str, Task] = {}
        self.alone = self.ready = self.gone = False
        self._bytes = 0
        self._heard = time.monotonic()

    @property
    def has_room(self) -> bool:
        return not self.gone and not self.alone and len(self.held) < HELD and self._bytes < HELD_BYTES

    def give(self, task: Task, *, alone: bool = False) -> None:
        if not self.held and self.ready:
            self._heard = time.monotonic()
        self.held[task[0].capture_id] = task
        self._bytes += len(task[1])
        self.alone = alone
        try:
            self.connection.send_bytes(msgspec.msgpack.encode(Parcel(task[0], task[1])))
        except OSError:  # it is dead; what it holds is seen to when that is noticed
            self.gone = True

    def said(self) -> Iterator[Answer]:
        """What it says, until there is nothing more to hear."""
        try:
            while True:
                answer = msgspec.msgpack.decode(self.connection.recv_bytes(), type=Answer)
                self._heard = time.monotonic()
                self.ready = True
                if answer.entry is not None:
                    task = self.held.pop(answer.entry.capture.capture_id)
                    self._bytes -= len(task[1])
                    self.alone = self.alone and bool(self.held)
                yield answer
                if not self.connection.poll():
                    return
        except (EOFError, OSError):
            self.gone = True

    def is_late(self, seconds: float) -> bool:
        waited = time.monotonic() - self._heard
        return waited > (seconds + GRACE if self.ready else STARTING) and bool(self.held or not self.ready)

    def end(self) -> str:
        """Makes sure that it is dead; how it died."""
        if self._process.is_alive() and not self.gone:
            self._process.kill()
        self._process.join(GRACE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.connection.close()
        code = self._process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def dismiss(self) -> None:
        """Ends it whatever it does; it holds nothing that is not captured."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _set_aside(capture: Capture, worker: _Worker, slow: bool, seconds: float) -> Entry:
    from reportedly.engines._work import too_slow
    from reportedly.engines.entry import outcome_entry
    from reportedly.pipeline import Reader

    reason = too_slow(seconds) if slow else "the process that read it died, twice"
    return outcome_entry(capture, Reader().origin, "refused", "reader", reason)
