"""How far a run over many reports has got: a bar with rate and time left on a terminal, a line every so often elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from reportedly.cli.output import Barred, complain

if TYPE_CHECKING:
    from reportedly.engines.ingest import Summary

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""


class Progress(Barred):
    """Follows a run (`reportedly.engines.ingest.Watch`).

    Args:
        total: how many documents there are, where that is known.
    """

    def __init__(self, total: int | None) -> None:
        self._total = total
        self._began = self._said = time.monotonic()
        if sys.stderr.isatty():
            self._bar = Bar(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}", markup=False),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("reading", total=total, rate="")

    def done(self, summary: Summary) -> None:
        """One more document is done with."""
        now = time.monotonic()
        rate = summary.documents / max(0.001, now - self._began)
        if self._bar is not None:
            self._bar.update(self._task, completed=summary.documents, rate=f"{rate:,.1f}/s")
        elif now - self._said >= EVERY:
            self._said = now
            complain(self._line(summary, rate))

    def say(self, line: str) -> None:
        """A line of its own, above the bar."""
        if self._bar is None:
            complain(line)
            return
        self._bar.stop()
        complain(line)
        self._bar.start()

    def _line(self, summary: Summary, rate: float) -> str:
        done = summary.documents
        left = "" if self._total is None else f" of {self._total:,}"
        time_left = f", {max(0, self._total - done) / rate:,.0f} s left" if self._total and rate else ""
        return f"{done:,}{left} documents, {rate:,.1f} a second{time_left}; {summary.read:,} with incidents, {summary.refused:,} refused"
