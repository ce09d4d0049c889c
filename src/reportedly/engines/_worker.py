"""The life of one worker process: documents in through a pipe, entries out."""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

import msgspec

from reportedly.engines import Order, Task
from reportedly.entries import Capture, Entry


class Parcel(msgspec.Struct, frozen=True):
    """A document on its way to a worker."""

    capture: Capture
    content: bytes


class Answer(msgspec.Struct, frozen=True):
    """What a worker says: that it is ready (all null), an entry, or why it cannot work."""

    entry: Entry | None = None
    trouble: str | None = None


def live(connection: Connection, order: Order) -> None:
    """Loads the models once and answers each document until the other end of the pipe is gone.

    The terminal's interrupt is for the parent, which ends its workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parcels: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, parcels), daemon=True).start()

    from reportedly.engines._work import work
    from reportedly.errors import LexiconError, SetupError
    from reportedly.pipeline import Reader

    reader = Reader()
    try:
        reader.load()
        _send(connection, Answer())
        for entry in work(reader, _tasks(parcels), order):
            _send(connection, Answer(entry=entry))
    except (SetupError, LexiconError) as error:
        _send(connection, Answer(trouble=str(error)))


def _receive(connection: Connection, parcels: queue.SimpleQueue[Task]) -> None:
    """Empties the pipe at all times, so that the parent never waits to give; ends the process when the parent is gone."""
    try:
        while True:
            parcel = msgspec.msgpack.decode(connection.recv_bytes(), type=Parcel)
            parcels.put((parcel.capture, parcel.content))
    except (EOFError, OSError):
        os._exit(0)


def _tasks(parcels: queue.SimpleQueue[Task]) -> Iterator[Task | None]:
    while True:
        try:
            yield parcels.get_nowait()
        except queue.Empty:
            yield None
            yield parcels.get()


def _send(connection: Connection, answer: Answer) -> None:
    try:
        connection.send_bytes(msgspec.msgpack.encode(answer))
    except OSError:  # the parent is gone, and nobody is left to tell
        os._exit(0)
