"""Everything in this process, one document after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reportedly.engines import Order, Task
from reportedly.engines._work import work
from reportedly.entries import Entry
from reportedly.pipeline import Reader


class OneProcess:
    """The engine of ``--jobs 1``."""

    def __init__(self, order: Order, say: Callable[[str], None]) -> None:
        self._order = order

    def entries(self, tasks: Iterable[Task | None]) -> Iterator[Entry]:
        """See `reportedly.engines.Engine`."""
        return work(Reader(), tasks, self._order)
