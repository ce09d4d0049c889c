"""Running the reader over many documents: in this process, or spread over several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol

import msgspec

from reportedly.entries import Capture, Entry

Task = tuple[Capture, bytes]
"""A captured document with its bytes."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How the documents of a run are to be read."""

    jobs: int = 1
    """Worker processes."""
    thorough: bool = False
    """Read what the cheap first pass would leave out."""
    seconds: float = 60.0
    """The longest that one document may take."""


class Engine(Protocol):
    """What turns documents into entries."""

    def entries(self, tasks: Iterable[Task | None]) -> Iterator[Entry]:
        """An entry of each task, in any order; tasks are drawn as they are needed.

        Args:
            tasks: each capture once at a time. None says that the next one may take a while: what is held back is read now.
        """
        ...


ENGINES = {"one": "reportedly.engines.one:OneProcess", "many": "reportedly.engines.many:ManyProcesses"}
"""Engines by name; imported when used."""


def engine_for(order: Order, say: Callable[[str], None]) -> Engine:
    """The engine for so many jobs.

    Args:
        order: how to read.
        say: takes a line for the user, such as that a worker died.
    """
    module, name = ENGINES["many" if order.jobs > 1 else "one"].split(":")
    made: Engine = getattr(import_module(module), name)(order, say)
    return made
