"""Feeds (RSS 2.0, RSS 1.0, Atom) and sitemaps -> the addresses of their pages.

Read by expat as a stream: nothing is built up, nothing that the file points to is fetched, and a file that declares entities is
refused. Of an item its link, date and source are taken; its summary or full text is not, for the page itself is the document. What
many feeds get wrong (a bare ``&``, an HTML entity, a stray byte) is put right on the way.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable, Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urljoin
from xml.parsers import expat

from reportedly.acquire._unzip import Damaged
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Refusal
from reportedly.records import Record

ROOT = re.compile(rb"<(?:[a-z0-9]{1,10}:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s/>]", re.I)
DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
ENTITY = re.compile(r"&(?!#\d{1,8};|#x[0-9a-fA-F]{1,8};|(?:amp|lt|gt|quot|apos);)")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NO_TEXT = frozenset({"undefined", "idna", "punycode", "utf-7", "unicode_escape", "raw_unicode_escape"})
ITEMS = frozenset({"item", "entry", "url", "sitemap"})
WHOLE = frozenset({"channel", "feed"})
WANTED = frozenset(
    {"link", "atom:link", "guid", "loc", "title", "source", "pubdate", "dc:date", "published", "issued"}
    | {"news:publication_date", "news:name"}
)
DATES = ("pubdate", "published", "issued", "dc:date", "news:publication_date")
DECLARATION = 300
DEEP = 200
NAMES = 1_000
"""Different names of elements: a feed has a few dozen, and each is remembered to the end."""
MOST = 200_000
"""Items: four times what the sitemap protocol allows."""
TAG = 4_000_000
"""Characters without the end of a tag: no tag is longer, and no text but that of a picture."""
TEXT = 8_000
"""Characters of one value; what is longer is no address, date or name."""


class Item(Record, frozen=True):
    """One address that a feed or sitemap names."""

    url: str
    """Made whole against the feed's own address; empty where the item has no link."""
    kind: Literal["page", "sitemap"] = "page"
    published: str | None = None
    """The day that the feed gives, as written there; null where it gives none."""
    outlet: str | None = None
    """The source that the item names, else the title of the feed."""


def is_feed(head: bytes) -> bool:
    """Whether XML that begins so is a feed or sitemap."""
    return ROOT.search(head.replace(b"\x00", b"")) is not None


def read_feed(pieces: Iterable[bytes], address: str | None, limits: Limits) -> Iterator[Item]:
    """The items of a feed or sitemap, in order.

    Args:
        pieces: its bytes, in pieces of any size.
        address: where it is from, to which links are relative; None for a file: then they are to the link that the feed gives.
        limits: the cap on its bytes.

    Raises:
        Refusal: what comes after the items that were given cannot be read.
    """
    reader = _Reader(address)
    try:
        for text in _texts(pieces, limits.feed_bytes):
            reader.parser.Parse(text.encode(), False)
            yield from reader.found()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from reader.found()
        raise Refusal(f"is read to line {error.lineno} only: {expat.ErrorString(error.code)}") from None
    except Damaged as error:
        yield from reader.found()
        raise Refusal(f"is not read to its end: {error}") from None
    except Refusal:
        yield from reader.found()
        raise
    yield from reader.found()


class _Reader:
    """What has been seen of the feed so far. Names of elements are in lower case."""

    def __init__(self, address: str | None) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self._base = address
        self._title: str | None = None
        self._open: list[str] = []
        self._names: set[str] = set()
        self._item: dict[str, str] | None = None
        self._item_at = 0
        self._words: list[str] | None = None
        self._items: list[Item] = []
        self._number = 0

    def found(self) -> list[Item]:
        """The items that were completed since it was asked last."""
        items, self._items = self._items, []
        return items

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.lower()
        self._open.append(name)
        self._names.add(name)
        if len(self._names) > NAMES:
            raise Refusal(f"has over {NAMES:,} different elements, which no feed has")
        if len(self._open) > DEEP:
            raise Refusal(f"is nested over {DEEP} elements deep")
        if self._item is None and name.rpartition(":")[2] in ITEMS:
            self._item, self._item_at = {}, len(self._open)
        elif name in WANTED and (self._item is not None or (self._open[-2:-1] and self._open[-2] in WHOLE)):
            self._words = []
            if name in ("link", "atom:link") and "href" in attributes:
                self._link(attributes)

    def _link(self, attributes: dict[str, str]) -> None:
        """An Atom link: the page itself is the one without a relation, or with ``alternate``."""
        self._words = None
        if attributes.get("rel", "alternate") == "alternate":
            self._keep("link", attributes["href"])

    def _text(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def _end(self, name: str) -> None:
        name = self._open.pop()
        if self._words is not None and name in WANTED:
            self._keep(name, "".join(self._words))
            self._words = None
        if self._item is not None and len(self._open) < self._item_at:
            self._number += 1
            if self._number > MOST:
                raise Refusal(f"has over {MOST:,} items; the first are read")
            self._items.append(self._made(name.rpartition(":")[2], self._item))
            self._item = None

    def _keep(self, name: str, value: str) -> None:
        value = value[:TEXT].strip()
        if not value:
            return
        if self._item is not None:
            self._item.setdefault(name, value)
        elif name == "title" and self._title is None:
            self._title = " ".join(html.unescape(value).split())[:200]
        elif name == "link" and self._base is None and value.startswith(("http://", "https://")):
            self._base = value

    def _made(self, kind: str, item: dict[str, str]) -> Item:
        link = item.get("link") or item.get("loc") or item.get("atom:link") or item.get("guid", "")
        outlet = item.get("source") or item.get("news:name") or self._title
        return Item(
            url=_joined(self._base, "".join(link.replace("&amp;", "&").split())),
            kind="sitemap" if kind == "sitemap" else "page",
            published=next((day for name in DATES if (day := _day(item.get(name)))), None),
            outlet=" ".join(html.unescape(outlet).split())[:200] if outlet else None,
        )

    def _entity(self, *_: Any) -> None:
        raise Refusal("declares entities, which are never expanded; save it without its DOCTYPE")


def _joined(base: str | None, link: str) -> str:
    try:
        return urljoin(base, link) if base and link else link
    except ValueError:  # brackets that are no address
        return link


def _day(written: str | None) -> str | None:
    """The day of ``Tue, 04 Mar 2025 08:00:00 +0100`` or ``2025-03-04T08:00:00Z``, as written."""
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written[:100]).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _texts(pieces: Iterable[bytes], most: int) -> Iterator[str]:
    """The text of the feed, what XML forbids put right, in pieces.

    Raises:
        Refusal: it is longer than `most` bytes.
    """
    decoder: codecs.IncrementalDecoder | None = None
    length, tag, held = 0, 0, ""
    for piece in _headed(pieces):
        length += len(piece)
        tag = tag + len(piece) if b">" not in piece else 0
        if length > most:
            raise Refusal(f"is longer than {most / 1e6:g} MB")
        if tag > TAG:
            raise Refusal(f"has a tag of over {TAG / 1e6:g} MB")
        decoder = decoder or codecs.getincrementaldecoder(_encoding(piece))("replace")
        text = held + decoder.decode(piece)
        cut = text.rfind("&", max(0, len(text) - 12))
        text, held = (text[:cut], text[cut:]) if cut >= 0 else (text, "")
        yield ENTITY.sub("&amp;", ILLEGAL.sub("\ufffd", text))
    if decoder:
        yield ENTITY.sub("&amp;", ILLEGAL.sub("\ufffd", held + decoder.decode(b"", True)))


def _headed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, the first of them long enough to say how the feed is written."""
    head = b""
    for piece in pieces:
        if len(head) < DECLARATION:
            head += piece
            if len(head) >= DECLARATION:
                yield head
        else:
            yield piece
    if len(head) < DECLARATION:
        yield head


def _encoding(head: bytes) -> str:
    """The encoding of XML that begins so: by its mark, else as it declares, else UTF-8."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if head[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        return "utf-16-le" if head[:1] == b"<" else "utf-16-be"
    declared = DECLARED.match(head[:DECLARATION])
    name = declared[1].decode("ascii", "ignore") if declared else "utf-8"
    try:
        codec = codecs.lookup(name)
        fits = codec._is_text_encoding and codec.name not in NO_TEXT and b"<?xml".decode(codec.name) == "<?xml"
    except (LookupError, ValueError):  # no such encoding, or one that was not used, for the declaration could be read
        fits = False
    return codec.name if fits else "utf-8"
