"""How far a long look at a ledger has got: one line that changes on a terminal, a line every so often elsewhere."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.status import Status

from reportedly.cli.output import complain

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""


class Examining:
    """Follows an examination; `at` is told the name of each part and how far it is."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._status: Status | None = None
        if sys.stderr.isatty():
            self._status = Console(stderr=True, markup=False, highlight=False).status("opening")

    def __enter__(self) -> Examining:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def at(self, name: str, number: int) -> None:
        """`number` things of the part `name` are done."""
        line = f"{name}: {number:,} done" if number else name
        if self._status is not None:
            self._status.update(line)
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            complain(line)

    def say(self, line: str) -> None:
        """A line of its own."""
        if self._status is not None:
            self._status.stop()
        complain(line)
        if self._status is not None:
            self._status.start()
