"""Everything that brings documents in: names on the command line -> what was received, one by one.

Files, folders (recursively), patterns, WARC files, files of JSON lines, feeds and sitemaps, addresses, standard input. Nothing is
fetched unless an address, a feed or a sitemap was named; a feed that merely lies in a folder is not followed. A document is held
in memory at a time, never a collection.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from reportedly.acquire._places import STANDARD_INPUT, Place, places
from reportedly.acquire._unzip import Damaged, chunks
from reportedly.acquire.archives import from_warc
from reportedly.acquire.feeds import is_feed, read_feed
from reportedly.acquire.files import HEAD, SUFFIXES, document_of, opened, sniff
from reportedly.acquire.limits import Limits
from reportedly.acquire.lines import from_lines, looks_like_lines
from reportedly.acquire.received import Received, Skipped, Unchanged, printable, refused
from reportedly.errors import RejectedDocument
from reportedly.records import Rejected

if TYPE_CHECKING:
    from reportedly.acquire.web import Web

__all__ = ["Received", "Skipped", "Unchanged", "gather", "survey"]

Found = Received | Rejected | Unchanged | Skipped
DEFAULT = Limits()
LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
ARCHIVES = (".warc", ".warc.gz")
FEEDS = (".xml", ".rss", ".atom", ".rdf", ".xml.gz")
LONGEST_URL = 4_000
LONGEST_OUTLET = 500
COUNTED = 256_000_000
"""Bytes of a file of lines that `survey` reads through to count them; it takes a second for every few GB."""


def gather(
    sources: Sequence[str], *, limits: Limits = DEFAULT, web: Web | None = None, stdin: BinaryIO | None = None
) -> Iterator[Found]:
    """What each of `sources` gives, in their order.

    Args:
        sources: paths of files and folders, patterns (``news/*.html``), addresses, or ``-`` for standard input.
        limits: caps on one document.
        web: what fetches addresses; without one they are refused.
        stdin: what ``-`` reads; the process's own standard input unless given.

    Yields:
        Received: a document. Rejected: something that cannot be read, named, with what to do. Unchanged: an address that has not
        changed since the last visit. Skipped: things that are no documents, counted by kind.
    """
    for found in _all(sources, limits, web, stdin):
        yield _bounded(found) if isinstance(found, Received) else found


def _all(sources: Sequence[str], limits: Limits, web: Web | None, stdin: BinaryIO | None) -> Iterator[Found]:
    for place in places(sources):
        if not isinstance(place, Place):
            yield place
        elif place.name == STANDARD_INPUT:
            stream = sys.stdin.buffer if stdin is None else stdin
            yield _single(stream.read(limits.max_bytes + 1), None, limits)
        elif place.is_address:
            yield from _from_address(place.name, web)
        else:
            yield from _from_file(place, limits, web)


def _bounded(found: Received) -> Received | Rejected:
    """`found`, unless what stands beside the document is longer than a header of the capture can hold."""
    for what, value, most in (("an address", found.url, LONGEST_URL), ("an outlet", found.outlet, LONGEST_OUTLET)):
        if value and len(value) > most:
            return refused(
                found.where[:200],
                f"{found.where[:200]} has {what} of {len(value):,} characters; give one of at most {most:,}",
            )
    return found


def survey(sources: Sequence[str]) -> int | None:
    """How many documents `sources` hold, without reading them; None where that cannot be told cheaply."""
    total = 0
    for place in places(sources):
        if not isinstance(place, Place):
            continue
        number = _held_by(place)
        if number is None:
            return None
        total += number
    return total


def _held_by(place: Place) -> int | None:
    name = place.name.lower()
    if place.is_address:
        return None if name.endswith(FEEDS) else 1
    if name.endswith((*ARCHIVES, *FEEDS, ".gz")):
        return None
    if not name.endswith(LINES):
        return 1
    try:
        if Path(place.name).stat().st_size > COUNTED:
            return None
        with Path(place.name).open("rb") as stream:
            return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1 << 20), b""))
    except OSError:
        return 1


def _from_address(address: str, web: Web | None) -> Iterator[Found]:
    if web is None:
        yield refused(address, f"{address} is an address, and nothing is fetched here")
        return
    yield from web.received(address)


def _from_file(place: Place, limits: Limits, web: Web | None) -> Iterator[Found]:
    try:
        with opened(place.name) as stream:
            yield from _read(place, stream, limits, web)
    except RejectedDocument as error:
        yield refused(place.name, str(error))
    except OSError as error:
        yield refused(place.name, f"{place.name} cannot be read to its end ({error.strerror or error})")


def _read(place: Place, stream: BinaryIO, limits: Limits, web: Web | None) -> Iterator[Found]:
    """What the file holds, told by its name, or where that does not say by its first bytes."""
    name = place.name.lower()
    head = _head(stream)
    known = Path(name).suffix in SUFFIXES.keys() - set(FEEDS)
    if name.endswith(ARCHIVES) or (head.startswith(b"WARC/") and not known):
        yield from from_warc(stream, place.name, limits)
    elif name.endswith(LINES) or (looks_like_lines(head) and not known):
        yield from from_lines(chunks(stream), place.name, limits)
    elif sniff(head) == "text/xml" and not known and is_feed(head):
        yield from _followed(place, stream, limits, web)
    else:
        yield _single(stream.read(limits.max_bytes + 1), place.name, limits)


def _single(content: bytes, name: str | None, limits: Limits) -> Received | Rejected:
    """The file as one document; what is no text by its first bytes is refused here, as `acquire` does."""
    short = printable(Path(name).name) if name else None
    media_type = SUFFIXES.get(Path(name).suffix.lower()) if name else None
    shown = name or "standard input"
    try:
        document = document_of(content, name=short, media_type=media_type, limits=limits)
    except RejectedDocument as error:
        return refused(shown, shown + str(error).removeprefix(short or shown))
    return Received(content=content, url=document.url, media_type=media_type, where=printable(shown))


def _followed(place: Place, stream: BinaryIO, limits: Limits, web: Web | None) -> Iterator[Found]:
    if web is None or not place.named:
        why = "found in a folder" if web else "and nothing is fetched here"
        yield refused(place.name, f"{place.name} is a feed or sitemap, {why}; name it itself to have its pages fetched")
        return
    yield from web.pages(read_feed(chunks(stream), None, limits), place.name)


def _head(stream: BinaryIO) -> bytes:
    """The first bytes of a file, unpacked; the stream stands at its beginning again."""
    found = b""
    try:
        for piece in chunks(stream):
            found += piece
            if len(found) >= HEAD:
                break
    except Damaged:
        pass  # whoever reads it to its end says so
    stream.seek(0)
    return found[:HEAD]
