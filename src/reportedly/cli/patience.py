"""Progress of what takes long, on standard error: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from reportedly.cli.output import complain

T = TypeVar("T")
SECONDS = 10.0
"""Between two lines where there is no terminal."""


def watched(records: Iterable[T], total: int | None, doing: str, what: str) -> Iterator[T]:
    """`records` as they come, with how many have come.

    Args:
        records: any.
        total: how many there will be, where it is known.
        doing: *writing*.
        what: *incidents*.
    """
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        yield from track(records, description=doing, total=total, console=Console(stderr=True), transient=True)
        return
    said = time.monotonic()
    whole = "" if total is None else f" of {total:,}"
    for number, record in enumerate(records):
        if time.monotonic() - said > SECONDS:
            said = time.monotonic()
            complain(f"{doing}: {number:,}{whole} {what}")
        yield record
