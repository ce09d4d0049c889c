"""WARC files (ISO 28500, versions 0.17 to 1.1), record by record, strictly.

The usual readers (warcio, FastWARC) take a file that ends in the middle of a record for one that ends: what was cut is lost without a
word. Here each record is held against its Content-Length, the blank lines after it, its block digest and its gzip trailer; what
does not fit is `Torn`, named by its place, and reading goes on at the next record that begins. One record is in memory at a time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from reportedly.acquire._unzip import MAGIC, READ, Cut, Damaged, Unzipper
from reportedly.records import Record

VERSION = re.compile(rb"WARC/[01]\.\d{1,3}\r?\n\Z")
NEXT = re.compile(rb"\nWARC/[01]\.\d{1,3}\r?\n")
LENGTH = re.compile(r"\d{1,18}\Z")
LOOK = 1_024
"""Bytes of a gzip member that are enough to see how it begins."""
OUR_OWN = 1 << 28
"""Bytes of a record that are held where nothing else is asked for: more than we ever write into one."""
CANDIDATES = 100_000
"""Places that look like the beginning of a gzip member and are tried after one damage."""
HEAD_BYTES = 131_072
MENDINGS = 32
"""How often reading goes on after damage; a file with more of it is left."""
Fields = dict[str, str]
"""The header of a record; names in lower case, the first of each name."""


class WarcRecord(Record, frozen=True):
    """One whole record."""

    offset: int
    """Where it begins in the file (for gzip: where its member begins)."""
    fields: Fields
    block: bytes
    """Its content, at most as many bytes as were asked for."""
    length: int
    """Bytes of the whole block."""


class Torn(Record, frozen=True):
    """A place where a record should be and is not whole."""

    file: str
    offset: int
    reason: str
    at_end: bool = False
    """True where the file simply ends too early, as after a crash; False for damage before other records."""


def records(
    stream: BinaryIO, name: str, wanted: Callable[[Fields], int] = lambda _: OUR_OWN, *, wary: bool = True
) -> Iterator[WarcRecord | Torn]:
    """Every record of a WARC file, plain or gzip, and every place where one is torn.

    Args:
        stream: the file, at its beginning; it must be able to seek.
        name: what to call it.
        wanted: how many bytes of a record's block to keep, by its header; the rest is read past, not held.
        wary: whether to look for bombs; not where we have packed it ourselves.
    """
    packed = stream.read(len(MAGIC)) == MAGIC
    stream.seek(0)
    source: _Plain = _Packed(stream, wary) if packed else _Plain(stream)
    mended = 0
    while True:
        source.next_record()
        try:
            record = _record(source, wanted)
            if record is None:
                return
            yield record
        except _WrongDigest as error:
            yield Torn(file=name, offset=source.offset, reason=str(error))
        except Damaged as error:
            offset = source.offset
            mended += 1
            further = mended <= MENDINGS and source.find_next()
            reason = str(error) if mended <= MENDINGS else f"{error}; the rest of the file is not read"
            yield Torn(file=name, offset=offset, reason=reason, at_end=isinstance(error, Cut) and not further)
            if not further:
                return


def record_at(stream: BinaryIO, offset: int) -> WarcRecord:
    """The record that begins at `offset` of a WARC file that we have written.

    Raises:
        Damaged: none does, or it is not whole.
    """
    stream.seek(offset)
    packed = stream.read(len(MAGIC)) == MAGIC
    stream.seek(offset)
    record = _record(_Packed(stream, wary=False) if packed else _Plain(stream), lambda _: OUR_OWN)
    if record is None:
        raise Cut("the file ends before it")
    return msgspec.structs.replace(record, offset=offset)


class _WrongDigest(Damaged):
    """A record that is whole and yet not what was written."""


class _Plain:
    """Bytes of a file with a place in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.buffer = bytearray()
        self.at = 0  # place in buffer
        self.base = 0  # place in the file of the buffer's beginning
        self.begun = 0  # where the current record begins

    def next_record(self) -> None:
        self.begun = self.base + self.at

    @property
    def offset(self) -> int:
        """Where the current record begins in the file."""
        return self.begun

    def begin(self) -> bool:
        """Whether there is a further record."""
        return self.at < len(self.buffer) or self.fill()

    def fill(self) -> bool:
        piece = self.more()
        if self.at:
            self.base += self.at
            del self.buffer[: self.at]
            self.at = 0
        self.buffer += piece
        return bool(piece)

    def more(self) -> bytes:
        return self.stream.read(READ)

    def settle(self) -> None:
        """Raises what is wrong with the wrapping of the record that was just read."""

    def ended(self) -> Damaged:
        return Cut("the file ends in the middle of a record")

    def line(self, most: int) -> bytes:
        searched = self.at
        while True:
            end = self.buffer.find(b"\n", searched)
            if end >= 0 and end - self.at < most:
                found = bytes(self.buffer[self.at : end + 1])
                self.at = end + 1
                return found
            if len(self.buffer) - self.at >= most:
                raise Damaged("the head of a record does not end")
            held = len(self.buffer) - self.at
            if not self.fill():
                raise self.ended()
            searched = self.at + held

    def take(self, number: int, keep: int) -> bytes:
        """The next `number` bytes, of which the first `keep` are held."""
        found = bytearray()
        left = number
        while left:
            if self.at == len(self.buffer) and not self.fill():
                raise self.ended()
            step = min(left, len(self.buffer) - self.at)
            room = min(step, keep - len(found))
            if room > 0:
                found += self.buffer[self.at : self.at + room]
            self.at += step
            left -= step
        return bytes(found)

    def find_next(self) -> bool:
        """Goes to the next place after the current record's beginning where a record begins."""
        self.stream.seek(self.begun)
        self.buffer, self.at, self.base = bytearray(), 0, self.begun
        while True:
            found = NEXT.search(self.buffer, self.at)
            if found:
                self.at = found.start() + 1
                return True
            self.at = max(self.at, len(self.buffer) - 16)
            if not self.fill():
                return False


class _Packed(_Plain):
    """The same of a gzip file, each member of which holds one record (or one member all of them)."""

    def __init__(self, stream: BinaryIO, wary: bool) -> None:
        super().__init__(stream)
        self.unzipper = Unzipper(stream, wary=wary)

    @property
    def offset(self) -> int:
        return self.unzipper.offset

    def begin(self) -> bool:
        while not (self.at < len(self.buffer) or self.fill()):
            if not self.unzipper.begin():
                return False
        return True

    def more(self) -> bytes:
        return self.unzipper.more()

    def settle(self) -> None:
        if self.at == len(self.buffer):
            self.fill()

    def ended(self) -> Damaged:
        return Damaged("the record is shorter than its Content-Length says")

    def find_next(self) -> bool:
        base = self.unzipper.offset + 1
        self.buffer, self.at = bytearray(), 0
        self.stream.seek(base)
        held, tried, ended = b"", 0, False
        while not ended and tried < CANDIDATES:
            piece = self.stream.read(READ)
            ended = not piece
            held += piece
            most = len(held) if ended else len(held) - LOOK
            at = held.find(MAGIC)
            while 0 <= at < most and tried < CANDIDATES:
                if _begins_record(held[at : at + LOOK]):
                    self.unzipper.seek(base + at)
                    return True
                tried += 1
                at = held.find(MAGIC, at + 1)
            base += max(0, most)
            held = held[max(0, most) :]
        return False


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 5) == b"WARC/"
    except zlib.error:
        return False


def _record(source: _Plain, wanted: Callable[[Fields], int]) -> WarcRecord | None:
    """The next record; None at the end of the file.

    Raises:
        Damaged: it is not whole.
    """
    if not source.begin():
        return None
    offset = source.offset
    if not VERSION.match(source.line(HEAD_BYTES)):
        raise Damaged("no WARC record begins there")
    fields = _fields(source)
    length = fields.get("content-length", "")
    if not LENGTH.match(length):
        raise Damaged("the record has no Content-Length")
    block = source.take(int(length), max(0, wanted(fields)))
    ending = source.take(2, 2)
    if ending == b"\r\n":
        ending += source.take(2, 2)
    if ending not in (b"\r\n\r\n", b"\n\n"):
        raise Damaged("the record does not end where its Content-Length says")
    source.settle()
    if len(block) == int(length):
        _check_digest(fields.get("warc-block-digest"), block)
    return WarcRecord(offset=offset, fields=fields, block=block, length=int(length))


def _fields(source: _Plain) -> Fields:
    """The header of a record, to its blank line; a line that begins with white space continues the one before."""
    fields: Fields = {}
    name, left = "", HEAD_BYTES
    while True:
        line = source.line(left)
        left -= len(line)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return fields
        if text[0] in " \t" and name:
            fields[name] += " " + text.strip()
            continue
        key, colon, value = text.partition(":")
        if not colon:
            raise Damaged("the head of the record is damaged")
        name = key.strip().lower()
        fields.setdefault(name, value.strip())


def _check_digest(digest: str | None, block: bytes) -> None:
    """Holds `block` against its ``algorithm:value`` (hex or base 32); an algorithm that is not known is passed over."""
    algorithm, colon, value = (digest or "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if not colon or algorithm not in ("sha1", "sha256", "md5", "sha512"):
        return
    right = hashlib.new(algorithm, block, usedforsecurity=False).digest()
    try:
        given = bytes.fromhex(value) if len(value) == 2 * len(right) else base64.b32decode(value.upper())
    except (ValueError, binascii.Error):
        given = b""
    if given != right:
        raise _WrongDigest("its bytes are not those that its digest names")
