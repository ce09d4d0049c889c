"""Files and standard input -> Document."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reportedly.acquire.limits import Limits
from reportedly.errors import NotText, Unreachable
from reportedly.records import Document

SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".shtml": "text/html",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
    ".xml": "text/xml",
    ".rss": "text/xml",
    ".atom": "text/xml",
    ".json": "application/json",
    ".jsonl": "application/json",
}
READABLE = frozenset({"text/plain", "text/html", "text/xml"})
BINARY = (
    (b"%PDF-", "a PDF file; convert it to text first (pdftotext FILE.pdf)"),
    (b"PK\x03\x04", "a zip archive or office document; save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as plain text first"),
    (b"{\\rtf", "a rich-text document; save it as plain text first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first (gunzip)"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x89PNG", "an image, not text"),
    (b"\xff\xd8\xff", "an image, not text"),
    (b"GIF8", "an image, not text"),
    (b"RIFF", "an image or a recording, not text"),
    (b"ID3", "a recording, not text"),
    (b"OggS", "a recording, not text"),
    (b"\x7fELF", "a program, not text"),
    (b"SQLite format 3\x00", "a database, not text"),
    (b"WARC/", "a web archive, many pages; give it to reportedly ingest"),
)
MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1|script)\b", re.I | re.S
)
XML = re.compile(rb"\s*<(?:\?xml|!doctype|rss|feed|rdf:rdf|urlset|sitemapindex)\b", re.I)
XHTML = re.compile(rb"<html\b|<!doctype\s+html", re.I)
HEAD = 4096


@contextmanager
def opened(name: str | Path) -> Iterator[BinaryIO]:
    """The ordinary file `name`, open to be read.

    Raises:
        Unreachable: no such file, a folder, or no permission.
    """
    shown, path = str(name), Path(name)
    try:
        if path.is_dir():
            raise Unreachable(shown, f"{shown} is a folder; give the files in it")
        if not path.is_file() and path.exists():
            raise Unreachable(shown, f"{shown} is no ordinary file; give a .txt or .html file, or pipe it in with -")
        stream = path.open("rb")
    except FileNotFoundError:
        raise Unreachable(shown, f"there is no file {shown}; give a .txt or .html file, an address, or -") from None
    except PermissionError:
        raise Unreachable(shown, f"{shown} may not be read; change its permissions") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise Unreachable(shown, f"{shown!r} cannot be opened: {error}") from None
    with stream:
        yield stream


def read_file(path: Path, limits: Limits) -> Document:
    """The file at `path`.

    Raises:
        Unreachable: no such file, a folder, or no permission.
        NotText: empty, binary, of a kind that is not read, or longer than ``limits.max_bytes``.
    """
    name = str(path)
    with opened(name) as stream:
        try:
            content = stream.read(limits.max_bytes + 1)
        except OSError as error:
            raise Unreachable(name, f"{name!r} cannot be read: {error}") from None
    return document_of(content, name=path.name, media_type=SUFFIXES.get(path.suffix.lower()), limits=limits)


def from_stream(stdin: BinaryIO | None, limits: Limits) -> Document:
    """What standard input holds.

    Raises:
        NotText: empty, binary, or longer than ``limits.max_bytes``.
    """
    stream = sys.stdin.buffer if stdin is None else stdin
    return document_of(stream.read(limits.max_bytes + 1), name=None, media_type=None, limits=limits)


def document_of(
    content: bytes,
    *,
    name: str | None,
    media_type: str | None,
    limits: Limits,
    charset: str | None = None,
    retrieved_at: str | None = None,
) -> Document:
    """`content` as a document, once it has been looked at: its size, its first bytes, its kind.

    Args:
        content: the bytes, at most one more than the limit.
        name: the file's name or the address; null for standard input.
        media_type: what the suffix or the server says; told from the first bytes where null.
        limits: the cap on bytes.
        charset: what the server said of the encoding.
        retrieved_at: when it was fetched (UTC, ISO 8601).

    Raises:
        NotText: empty, binary, of a kind that is not read, or over the limit.
    """
    shown = name or "standard input"
    if len(content) > limits.max_bytes:
        megabytes = limits.max_bytes / 1e6
        raise NotText(shown, f"{shown} is longer than {megabytes:g} MB; give one report, not a collection")
    sha256 = hashlib.sha256(content).hexdigest()
    if not content.strip():
        raise NotText(sha256, f"{shown} is empty; give a report with text in it")
    for magic, what in BINARY:
        if content.startswith(magic):
            raise NotText(sha256, f"{shown} is {what}")
    media_type = media_type or sniff(content)
    if media_type not in READABLE:
        raise NotText(sha256, f"{shown} is {media_type}, not a report; give a .txt or .html file")
    return Document(
        sha256=sha256, media_type=media_type, content=content, url=name, charset=charset, retrieved_at=retrieved_at
    )


def sniff(content: bytes) -> str:
    """``text/html``, ``text/xml`` or ``text/plain``, by the first bytes of `content`."""
    head = content[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf")
    if MARKUP.match(head):
        return "text/html"
    if XML.match(head):
        return "text/html" if XHTML.search(head) else "text/xml"
    return "text/plain"
