"""gzip, member by member, strictly: what is cut or damaged is noticed, and a bomb is not unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\x1f\x8b\x08"
READ = 16_384
"""Small, for what follows a member in it is copied once for each member."""
GIVE = 262_144
BOMB_FROM = 16_000_000
"""Bytes unpacked from one member, or from all, before the ratio is looked at."""
BOMB_RATIO = 100
"""Text shrinks to a tenth, seldom to a fiftieth; deflate's own limit is 1,032."""


EMPTY = 10_000
"""Members without a byte in a row; more of them are there to waste time."""


class Damaged(Exception):
    """What is there is not what was written; the message continues a line that names the file."""


class Cut(Damaged):
    """The bytes end too early."""


class Bomb(Damaged):
    """It unpacks to far more than any text does."""


class Unzipper:
    """The members of a gzip file, one after another.

    Args:
        stream: the file.
        wary: whether to look for bombs; not where we have packed it ourselves.
    """

    def __init__(self, stream: BinaryIO, *, wary: bool = True) -> None:
        self._stream = stream
        self._wary = wary
        self._all_packed = self._all_out = self._empty = 0
        self._place(stream.tell())

    def _place(self, offset: int) -> None:
        self.offset = offset
        """Where the current member begins, in bytes of the file."""
        self._fetched = offset  # the place in the file of the end of _packed
        self._packed = b""
        self._engine: zlib._Decompress | None = None
        self._out = 0

    def seek(self, offset: int) -> None:
        """Goes to `offset`, where a member begins."""
        self._stream.seek(offset)
        self._place(offset)

    def begin(self) -> bool:
        """Begins the next member; False at the end of the file.

        Raises:
            Damaged: only empty members are left, thousands of them.
        """
        if not self._packed and not self._fetch():
            return False
        self.offset = self._fetched - len(self._packed)
        self._all_out += self._out
        self._engine, self._out = zlib.decompressobj(31), 0
        self._empty += 1
        if self._empty > EMPTY:
            raise Damaged(f"it has over {EMPTY:,} empty parts in a row")
        return True

    def more(self) -> bytes:
        """The next bytes of the member; none when it is over and its checksum is right.

        Raises:
            Cut: the file ends within the member.
            Bomb: it unpacks to over `BOMB_RATIO` times its size.
            Damaged: it is not what was packed.
        """
        engine = self._engine
        if engine is None:
            return b""
        while True:
            if engine.eof:
                self._packed, self._engine = engine.unused_data, None
                return b""
            if not self._packed and not self._fetch():
                raise Cut("the gzip data ends too early")
            try:
                found = engine.decompress(self._packed, GIVE)
            except zlib.error as error:
                raise Damaged(f"the gzip data is damaged ({_short(error)})") from None
            self._packed = b"" if engine.eof else engine.unconsumed_tail
            self._out += len(found)
            if found:
                self._empty = 0
                self._refuse_bomb(len(engine.unused_data) if engine.eof else len(self._packed))
                return found

    def _refuse_bomb(self, unread: int) -> None:
        packed = self._fetched - unread - self.offset
        every = self._all_out + self._out
        one = self._out > BOMB_FROM and self._out > BOMB_RATIO * packed
        if self._wary and (one or (every > BOMB_FROM and every > BOMB_RATIO * (self._all_packed - unread))):
            raise Bomb(f"it unpacks to over {BOMB_RATIO} times its size, which no text does")

    def _fetch(self) -> bool:
        self._packed = self._stream.read(READ)
        self._fetched += len(self._packed)
        self._all_packed += len(self._packed)
        return bool(self._packed)


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of `stream`, unpacked where it is gzip (told by its first bytes), piece by piece.

    Raises:
        Damaged, Cut, Bomb: see `Unzipper.more`.
    """
    start = stream.tell()
    packed = stream.read(len(MAGIC)) == MAGIC
    stream.seek(start)
    if not packed:
        while piece := stream.read(READ):
            yield piece
        return
    unzipper = Unzipper(stream)
    while unzipper.begin():
        while piece := unzipper.more():
            yield piece


def _short(error: Exception) -> str:
    return str(error).rpartition(": ")[2][:80]
