"""What one process does with the documents that it is given: clean and screen each, parse in batches, set aside what breaks the reader."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import FrameType, TracebackType
from typing import TypeVar

from reportedly.engines import Order, Task
from reportedly.engines.entry import cleaned, opened, outcome_entry, read_entries, screened
from reportedly.entries import Capture, Entry
from reportedly.errors import LexiconError, SetupError
from reportedly.pipeline import BATCH, Reader
from reportedly.records import Article, Document
from reportedly.stages.screen import Glance

MUCH = 60_000
"""Characters of text from which on a batch is full."""
PACKAGE = Path(__file__).parents[1]
T = TypeVar("T")


def work(reader: Reader, tasks: Iterable[Task | None], order: Order) -> Iterator[Entry]:
    """The entry of each task: at once where it is not read, else as soon as its batch is full.

    Args:
        reader: models and lexicons.
        tasks: documents; None where the next one may take a while, so that nothing is held back for it.
        order: how to read.
    """
    looking: list[tuple[Capture, Document, Glance]] = []
    waiting: list[tuple[Capture, Article]] = []
    for task in chain(tasks, [None]):
        ready: list[tuple[Capture, Document]] = []
        if task is not None:
            found = _open(reader, task, order)
            if isinstance(found, Entry):
                yield found
                continue
            document, glance = found
            if glance is None:
                ready.append((task[0], document))
            else:
                looking.append((task[0], document, glance))
        if looking and (task is None or len(looking) == BATCH):
            for capture, document, glance, told in _glimpsed(reader, looking, order):
                if isinstance(told, Entry):
                    yield told
                elif told:
                    ready.append((capture, document))
                else:
                    yield screened(reader, capture, glance)
            looking = []
        for capture, document in ready:
            article = _clean(reader, capture, document, order)
            if isinstance(article, Entry):
                yield article
            else:
                waiting.append((capture, article))
        if waiting and (task is None or len(waiting) >= BATCH or sum(len(a.text) for _, a in waiting) >= MUCH):
            yield from _read(reader, waiting, order)
            waiting = []


def _open(reader: Reader, task: Task, order: Order) -> tuple[Document, Glance | None] | Entry:
    capture, content = task
    return _guarded(reader, capture, order, lambda: opened(reader, capture, content, thorough=order.thorough))


def _glimpsed(
    reader: Reader, looking: list[tuple[Capture, Document, Glance]], order: Order
) -> Iterator[tuple[Capture, Document, Glance, bool | Entry]]:
    """Whether the sentences of each tell of an incident; where one breaks the batch, each by itself."""
    try:
        with at_most(order.seconds):
            told: list[bool | Entry] = list(reader.glimpse([glance for _, _, glance in looking]))
    except (SetupError, LexiconError):
        raise
    except (Exception, TooSlow):  # noqa: BLE001  whose fault it is, looking at them one by one says
        told = [
            _guarded(reader, capture, order, lambda one=glance: reader.glimpse([one])[0])  # type: ignore[misc]
            for capture, _, glance in looking
        ]
    for (capture, document, glance), one in zip(looking, told, strict=True):
        yield capture, document, glance, one


def _clean(reader: Reader, capture: Capture, document: Document, order: Order) -> Article | Entry:
    return _guarded(reader, capture, order, lambda: cleaned(reader, capture, document))


def _read(reader: Reader, batch: list[tuple[Capture, Article]], order: Order) -> Iterator[Entry]:
    """The entries of a batch; where one document breaks it, each is read by itself."""
    if len(batch) > 1:
        try:
            with at_most(order.seconds):
                entries = read_entries(reader, batch)
        except (SetupError, LexiconError):
            raise
        except (Exception, TooSlow):  # noqa: BLE001  whose fault it is, reading them one by one says
            pass
        else:
            yield from entries
            return
    for capture, article in batch:
        yield _guarded(reader, capture, order, lambda one=(capture, article): read_entries(reader, [one])[0])  # type: ignore[misc]


def _guarded(reader: Reader, capture: Capture, order: Order, do: Callable[[], T]) -> T | Entry:
    """What `do` gives; where it fails in a way that nobody foresaw, the entry that sets the document aside by name.

    This is the one place where any error is caught: a run over thousands of documents does not end for one of them. It is counted
    and said, never hidden; the stages and `reading_entry` let everything through.
    """
    try:
        with at_most(order.seconds):
            return do()
    except (SetupError, LexiconError):
        raise
    except TooSlow:
        return set_aside(reader, capture, too_slow(order.seconds))
    except Exception as error:  # noqa: BLE001  see the docstring
        return set_aside(reader, capture, f"the reader failed with {type(error).__name__}{_where(error.__traceback__)}")


def set_aside(reader: Reader, capture: Capture, reason: str) -> Entry:
    """The entry of a document that the reader could not cope with."""
    return outcome_entry(capture, reader.origin, "refused", "reader", reason)


def too_slow(seconds: float) -> str:
    """Why a document was set aside for the time it took."""
    return f"it took longer than {seconds:g} s to read"


def _where(trace: TracebackType | None) -> str:
    """The last place in our own code that an error went through."""
    place = ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(PACKAGE):
            place = f" in {path.relative_to(PACKAGE).as_posix()}, {trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return place


class TooSlow(BaseException):
    """The time for a document is over. No ordinary exception: libraries that catch those must not swallow it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises `TooSlow` in what runs within once `seconds` are over, where the system has alarms and this is the main thread.

    What hangs inside a library that never comes back to Python is beyond it; the pool kills such a worker.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
