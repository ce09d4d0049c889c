"""The bytes of one HTTP answer -> its head and what it carries. Nothing here touches a network."""

from __future__ import annotations

import importlib
import importlib.util
import re
import zlib
from typing import Any

from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Refusal
from reportedly.records import Record

STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?: ([^\r\n]{0,200}))?")
HEAD_END = re.compile(rb"\r?\n\r?\n")
CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
CODINGS = 3
"""How many content encodings one inside the other are undone."""


class Answer(Record, frozen=True):
    """The head of an answer, and where its body begins."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """Names in lower case."""
    body_at: int

    def header(self, name: str) -> str:
        """The values of a header, joined as RFC 9110 (5.3) does; empty where there is none."""
        return ", ".join(value for key, value in self.headers if key == name)

    @property
    def media_type(self) -> str:
        """``text/html``; empty where the answer does not say."""
        return self.header("content-type").split(";")[0].split(",")[0].strip().lower()[:100]

    @property
    def charset(self) -> str | None:
        """The encoding that the answer names."""
        found = CHARSET.search(self.header("content-type")[:1000])
        return found.group(1) if found else None


def split(raw: bytes, limits: Limits) -> Answer:
    """The head of the answer `raw`; interim answers (1xx) before it are passed over.

    Raises:
        Refusal: it has no head, or one that is longer than ``limits.head_bytes``.
    """
    at = 0
    while True:
        status = STATUS.match(raw, at)
        if status is None:
            raise Refusal("is no HTTP answer: its head is missing")
        end = HEAD_END.search(raw, status.end(), at + limits.head_bytes)
        if end is None:
            raise Refusal("has a head that does not end")
        if not 100 <= int(status[1]) < 200 or int(status[1]) == 101:
            break
        at = end.end()
    lines = re.split(r"\r?\n", raw[status.end() : end.start()].decode("latin-1"))[1:]
    headers = tuple(
        (key.strip().lower(), value.strip()) for key, colon, value in (x.partition(":") for x in lines) if colon
    )
    return Answer(int(status[1]), (status[2] or b"").decode("latin-1").strip(), headers, end.end())


def body(raw: bytes, answer: Answer) -> bytes:
    """The body of the answer, its chunks joined.

    A crawler that has joined them already is believed: the body is then taken as it is.

    Raises:
        Refusal: it broke off before its end.
    """
    found = raw[answer.body_at :]
    if "chunked" in answer.header("transfer-encoding").lower():
        return _joined(found)
    declared = answer.header("content-length").split(",")[0].strip()
    if declared.isdecimal() and len(declared) < 19 and not answer.header("content-encoding"):
        if int(declared) > len(found):
            raise Refusal("broke off before its end")
        return found[: int(declared)]
    return found


def payload(raw: bytes, answer: Answer, limits: Limits) -> bytes:
    """The document that the answer carries: chunks joined, content encodings undone, at most ``limits.max_bytes`` of it.

    Raises:
        Refusal: damaged, cut short, over the limit, or in an encoding that is not known.
    """
    found = body(raw, answer)
    codings = [c for c in re.split(r"[\s,]+", answer.header("content-encoding").lower()) if c not in ("", "identity")]
    if len(codings) > CODINGS:
        raise Refusal(f"is packed {len(codings)} times, one inside the other")
    for coding in reversed(codings):
        found = unpack(found, coding, limits.max_bytes)
    if len(found) > limits.max_bytes:
        raise too_long(limits)
    return found


def too_long(limits: Limits) -> Refusal:
    """What to say of a document over the limit."""
    return Refusal(f"is longer than {limits.max_bytes / 1e6:g} MB; give one report, not a collection")


def unpack(packed: bytes, coding: str, most: int) -> bytes:
    """`packed` with one content encoding undone, at most one byte over `most`; as it is where a crawler has undone it already.

    Raises:
        Refusal: damaged, cut short, or in an encoding that is not known.
    """
    if coding in ("gzip", "x-gzip"):
        return _inflate(packed, 31, most) if packed[:2] == b"\x1f\x8b" else packed
    if coding == "deflate":
        zlib_head = len(packed) > 1 and packed[0] & 15 == 8 and (packed[0] << 8 | packed[1]) % 31 == 0
        return packed if packed.lstrip()[:1] == b"<" else _inflate(packed, 15 if zlib_head else -15, most)
    if coding == "br":
        return packed if packed.lstrip()[:1] == b"<" else _brotli(packed, most)
    raise Refusal(f"is in the encoding {coding[:40]!r}, which is not read")


def _inflate(packed: bytes, window: int, most: int) -> bytes:
    engine = zlib.decompressobj(window)
    try:
        found = engine.decompress(packed, most + 1)
    except zlib.error as error:
        raise Refusal(f"is packed data that is damaged ({str(error)[:80]})") from None
    if not engine.eof and len(found) <= most:
        raise Refusal("broke off before its end")
    return found


def _brotli(packed: bytes, most: int) -> bytes:
    if importlib.util.find_spec("brotli") is None:
        raise Refusal("is packed with brotli; install it with: pip install brotli")
    brotli: Any = importlib.import_module("brotli")
    engine = brotli.Decompressor()
    found = bytearray()
    try:
        piece = engine.process(packed, output_buffer_limit=262_144)
        while len(found) <= most:
            found += piece
            if engine.is_finished():
                break
            if engine.can_accept_more_data() and not piece:
                raise Refusal("broke off before its end")
            piece = engine.process(b"", output_buffer_limit=262_144)
    except brotli.error as error:
        raise Refusal(f"is packed data that is damaged ({str(error)[:80]})") from None
    return bytes(found[: most + 1])


def _joined(found: bytes) -> bytes:
    """The chunks of `found` joined; `found` itself where it does not begin with one."""
    joined, at = bytearray(), 0
    while True:
        head = CHUNK.match(found, at)
        if head is None:
            if at == 0:
                return found
            raise Refusal("broke off between two chunks")
        size = int(head[1], 16)
        if size == 0:
            return bytes(joined)
        end = head.end() + size
        if end + 1 > len(found):
            raise Refusal("broke off before its end")
        joined += found[head.end() : end]
        at = end + (2 if found[end : end + 2] == b"\r\n" else 1)
