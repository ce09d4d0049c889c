"""A report from wherever it lies, as the bytes that were captured: a file, a page of the web, or standard input."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from reportedly.acquire.files import from_stream, read_file
from reportedly.acquire.limits import Limits
from reportedly.records import Document

__all__ = ["Limits", "acquire"]

STANDARD_INPUT = "-"
DEFAULT = Limits()


def acquire(source: str | Path, *, limits: Limits = DEFAULT, stdin: BinaryIO | None = None) -> Document:
    """The document at `source`.

    Args:
        source: the path of a text or HTML file, an ``http`` or ``https`` address, or ``-`` for standard input.
        limits: how much is read, and for how long.
        stdin: what ``-`` reads; the process's own standard input unless given.

    Raises:
        Unreachable: there is no such file, it may not be read, or the address does not answer or is refused.
        NotText: the bytes are binary, empty, or over the limit.
    """
    if isinstance(source, str):
        if source == STANDARD_INPUT:
            return from_stream(stdin, limits)
        if "://" in source:
            from reportedly.acquire.web import fetch  # costs a fifth of a second, which a file need not wait for

            return fetch(source, limits)
    return read_file(Path(source), limits)
