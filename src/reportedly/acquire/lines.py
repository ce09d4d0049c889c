"""Files of JSON lines, one report a line: ``url``, ``outlet``, ``published``, and ``text`` or ``html``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from reportedly.acquire._unzip import Damaged
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Received, Refusal, refused
from reportedly.records import Rejected

SHAPE = 'write {"url": …, "outlet": …, "published": "YYYY-MM-DD", "text": … or "html": …}'
RUN_ON = 4
"""A line over this many times the cap is read no further, and neither is the file."""
STRAY = 10_000
"""Lines in a row that hold no report; after them the file is read no further."""
MARK = b"\xef\xbb\xbf"


class Line(msgspec.Struct, frozen=True):
    """What one line may say; other keys are passed over."""

    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    text: str | None = None
    html: str | None = None


_decoder = msgspec.json.Decoder(Line)


def from_lines(pieces: Iterable[bytes], name: str, limits: Limits) -> Iterator[Received | Rejected]:
    """The document of each line, in order; empty lines are none.

    Args:
        pieces: the bytes of the file, unpacked, in pieces of any size.
        name: what to call the file.
        limits: caps on a line and on a document.
    """
    number, good = 0, 0
    try:
        for number, line in enumerate(_lines(pieces, limits.line_bytes), start=1):
            found = _found_in(line, number, name, limits)
            if isinstance(found, Received):
                good = number
            elif number - good > STRAY:
                raise Damaged(f"{STRAY:,} lines in a row hold no report; {SHAPE}")
            if found is not None:
                yield found
    except Damaged as error:
        yield refused(name, f"{name} is read to line {number} only: {error}")


def _found_in(line: bytes | None, number: int, name: str, limits: Limits) -> Received | Rejected | None:
    """What the line holds; None for an empty one."""
    where = f"{name}:{number}"
    if line is None:
        return refused(where, f"{where} is longer than {limits.line_bytes / 1e6:g} MB; give one report a line")
    if not line.strip():
        return None
    try:
        return read_line(line.removeprefix(MARK) if number == 1 else line, where, limits)
    except Refusal as error:
        return refused(where, f"{where} {error}")


def read_line(line: bytes, where: str, limits: Limits) -> Received:
    """The document of one line.

    Raises:
        Refusal: it is not of the form `SHAPE`, or over a limit.
    """
    try:
        found = _decoder.decode(line)
    except RecursionError:
        raise Refusal(f"is nested too deep; {SHAPE}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"is not of the form that is read ({str(error)[:120]}); {SHAPE}") from None
    content = found.html or found.text
    if not content or not content.strip():
        raise Refusal(f"has neither text nor html; {SHAPE}")
    received = Received(
        content=content.encode(),
        url=found.url or None,
        media_type="text/html" if found.html else "text/plain",
        charset="utf-8",
        outlet=(found.outlet or "").strip() or None,
        published=_day(found.published),
        where=where,
    )
    if len(received.content) > limits.max_bytes:
        raise Refusal(f"is longer than {limits.max_bytes / 1e6:g} MB; give one report a line")
    return received


def looks_like_lines(head: bytes) -> bool:
    """Whether a file that begins so holds JSON, one object a line (or the beginning of one longer than `head`)."""
    first, end, _ = head.removeprefix(MARK).lstrip().partition(b"\n")
    if not first.startswith(b"{"):
        return False
    if not end:
        return b'"' in first[:200]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _day(published: str | None) -> str | None:
    if not published or not published.strip():
        return None
    try:
        return date.fromisoformat(published.strip()[:10]).isoformat()
    except ValueError:
        raise Refusal(f"has {published[:40]!r} as published, which is no date; write YYYY-MM-DD") from None


def _lines(pieces: Iterable[bytes], most: int) -> Iterator[bytes | None]:
    """Each line; None for one that is longer than `most`, which is never held.

    Raises:
        Damaged: a line is so long that the file is no file of lines.
    """
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        *whole, rest = piece.split(b"\n")
        for part in whole:
            length += len(part)
            yield b"".join([*held, part]) if length <= most else None
            held, length = [], 0
        length += len(rest)
        if length > RUN_ON * most:
            raise Damaged(f"a line does not end within {RUN_ON * most / 1e6:g} MB")
        held = [*held, rest] if length <= most else []
    if length:
        yield b"".join(held) if length <= most else None
