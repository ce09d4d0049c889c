"""Bytes -> text: which encoding a document is in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from reportedly.errors import NotText
from reportedly.records import Document

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
META_CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
META_WITHIN = 16_384
SAMPLE = 65_536
FEW = 0.15
"""Below this share of bytes over 127 a text is in Latin letters: English with typographic marks."""
SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers read where a page names the key (WHATWG Encoding, section 4.2)."""


def decode(document: Document) -> str:
    """The text of `document`, its byte-order mark gone and every line end as it was.

    A byte-order mark is believed first, then UTF-8 where the bytes are UTF-8 (no other encoding looks like it by chance), then
    the server, the page's own declaration, and last the bytes themselves.

    Raises:
        NotText: no encoding fits.
    """
    content = document.content
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for declared in _declared(document):
        try:
            return content.decode(declared)
        except UnicodeDecodeError:
            continue
    text = _damaged_utf8(content) or _guessed(content)
    if text is None:
        raise NotText(
            document.sha256, f"{document.url or 'the text'} is in no encoding that can be told; save it as UTF-8"
        )
    return text


def _declared(document: Document) -> list[str]:
    """The encodings that the server and the page name, as Python calls them, those that it does not know left out."""
    names = [document.charset] if document.charset else []
    if document.media_type != "text/plain":
        found = META_CHARSET.search(document.content[:META_WITHIN])
        if found:
            names.append(found.group(1).decode("ascii", "ignore"))
    known = []
    for name in names:
        try:
            codec = codecs.lookup(name)
        except (LookupError, ValueError):  # ValueError: a NUL in the name
            continue
        if codec._is_text_encoding and codec.name not in (
            "utf-8",
            "utf-7",
            "idna",
            "punycode",
            "unicode_escape",
            "raw_unicode_escape",
            "undefined",
        ):
            known.append(SUPERSETS.get(codec.name, codec.name))
    return known


def _damaged_utf8(content: bytes) -> str | None:
    """`content` as UTF-8 where all but a few of its letters beyond ASCII are that; a broken one becomes U+FFFD."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    return text if whole >= 9 * broken else None


def _guessed(content: bytes) -> str | None:
    high = sum(1 for byte in content[:SAMPLE] if byte > 127)
    if high < FEW * len(content[:SAMPLE]):
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(content[:SAMPLE]).best()
    if best is None:
        return None
    try:
        return content.decode(best.encoding)
    except UnicodeDecodeError:
        return None
