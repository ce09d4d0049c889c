"""WARC files made by hand, for tests: each record as a writer would write it, whole."""

from __future__ import annotations

import gzip

PAGE = b"<!doctype html><title>Bomb kills three</title><p>Three people were killed in Tarsk on Monday, the police said."


def answer(body: bytes = PAGE, *, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP answer; `headers` with underscores for hyphens, ``Content-Type`` HTML unless given."""
    named = {"Content_Type": "text/html; charset=utf-8", **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = "https://news.example/1",
    length: int | None = None,
    **fields: str,
) -> bytes:
    """One record; a wrong `length` may be given."""
    named = {
        "WARC_Type": kind,
        "WARC_Target_URI": url,
        "WARC_Date": "2025-03-04T08:00:00Z",
        "Content_Type": "application/http; msgtype=response",
        **fields,
        "Content_Length": str(len(block) if length is None else length),
    }
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items() if value)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def packed(*written: bytes) -> bytes:
    """Records, each a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in written)
