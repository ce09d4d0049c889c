"""Input made from other input, a little wrong: the same seed, the same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LONGEST = 200_000
NUMBERS = (b"0", b"-1", b"1e999", b"NaN", b"4294967296", b"9" * 40, b"0x", b"2147483648", b"00000000000", b"1.5")
NASTY = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"\r",
    b"\n\n",
    b"\r\n\r\n",
    b"\x85",
    b"\xc2\xa0",
    b"%s%n",
    b"\\",
    b"'",
    b'"',
    b"]]>",
    b"&#xD800;",
    b"\x1f\x8b",
)


def mutated(rng: random.Random, pool: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """One of `pool`, changed in one to a dozen ways, at most `LONGEST` bytes.

    Args:
        rng: what is random.
        pool: inputs to begin with.
        tokens: words of the format, put in now and then.
    """
    content = bytearray(rng.choice(pool))
    for _ in range(rng.choice((1, 1, 2, 3, 5, 12))):
        rng.choice(CHANGES)(rng, content, pool, tokens)
        del content[LONGEST:]
    return bytes(content)


Change = Callable[[random.Random, bytearray, Sequence[bytes], Sequence[bytes]], None]


def _part(rng: random.Random, content: Sequence[int] | bytes | bytearray) -> tuple[int, int]:
    """A part of `content`, mostly short."""
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice((1, 2, 4, 8, 16, 64, 256, 2000)))


def _flip(rng: random.Random, content: bytearray, *_: object) -> None:
    if content:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def _set(rng: random.Random, content: bytearray, *_: object) -> None:
    if content:
        content[rng.randrange(len(content))] = rng.randrange(256)


def _delete(rng: random.Random, content: bytearray, *_: object) -> None:
    start, end = _part(rng, content)
    del content[start:end]


def _cut(rng: random.Random, content: bytearray, *_: object) -> None:
    del content[rng.randrange(len(content) + 1) :]


def _again(rng: random.Random, content: bytearray, *_: object) -> None:
    start, end = _part(rng, content)
    times = rng.choice((1, 2, 10, 300, 5000))
    part = bytes(content[start:end])
    content[start:start] = part * min(times, LONGEST // max(1, len(part)))


def _move(rng: random.Random, content: bytearray, *_: object) -> None:
    start, end = _part(rng, content)
    part = bytes(content[start:end])
    del content[start:end]
    at = rng.randrange(len(content) + 1)
    content[at:at] = part


def _token(rng: random.Random, content: bytearray, _: Sequence[bytes], tokens: Sequence[bytes]) -> None:
    start, end = _part(rng, content)
    word = rng.choice((*tokens, *NASTY, *NUMBERS))
    content[start : end if rng.random() < 0.3 else start] = word * rng.choice((1, 1, 1, 2, 40, 3000))


def _splice(rng: random.Random, content: bytearray, pool: Sequence[bytes], _: Sequence[bytes]) -> None:
    other = rng.choice(pool)
    start, end = _part(rng, other)
    at = rng.randrange(len(content) + 1)
    content[at:at] = other[start:end]


def _noise(rng: random.Random, content: bytearray, *_: object) -> None:
    at = rng.randrange(len(content) + 1)
    content[at:at] = rng.randbytes(rng.choice((1, 3, 20, 300)))


CHANGES: tuple[Change, ...] = (_flip, _set, _delete, _cut, _again, _move, _token, _token, _splice, _noise)
