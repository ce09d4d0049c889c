"""Where a command's words go: standard output as they come, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

FILE_WIDTH = 100
"""Columns of a table that is written to a file."""


def complain(message: str) -> None:
    """One line on standard error, from us."""
    safe = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(message.split()))
    print(f"reportedly: {safe}", file=sys.stderr, flush=True)


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a new file that takes the name `path` when all is written, and never before.

    Raises:
        typer.Exit: status 2, after one clear line, where the file cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        complain(
            f"{path}: cannot be written: {error.strerror}; name a file in a folder that is there and may be written"
        )
        raise typer.Exit(2) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.chmod(_usual_mode())
        unfinished.replace(path)
    except OSError as error:
        complain(f"{path}: cannot be written: {error.strerror}")
        raise typer.Exit(2) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def console_for(stream: TextIO) -> Console:
    """A console on `stream`: the terminal's own width and colours, a fixed width and no colour in a file."""
    if stream is sys.stdout:
        return Console(file=stream, highlight=False, markup=False, emoji=False)
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=FILE_WIDTH, color_system=None)


class Barred:
    """What shows a bar while it is open, where there is a terminal for one."""

    _bar: Progress | None = None

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


class Counter(Barred):
    """How many sources are read: a bar on a terminal, a plain line elsewhere, nothing for a single one."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        if total > 1 and sys.stderr.isatty():
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("reading", total=total)

    def advance(self) -> None:
        """One more source is done with, read or refused."""
        self._done += 1
        if self._bar is not None:
            self._bar.advance(self._task)
        elif self._total > 1:
            complain(f"{self._done} of {self._total} sources done")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the bar away while something else is written to the same terminal."""
        if self._bar is not None:
            self._bar.stop()
        yield
        if self._bar is not None:
            self._bar.start()
