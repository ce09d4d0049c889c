"""What is fuzzed: each parser as a function of bytes, with inputs to begin with and the words of its format. All texts are invented."""

from __future__ import annotations

import gzip
import hashlib
import io
import tempfile
import zlib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import msgspec

from reportedly.records import Document


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One parser."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    tokens: tuple[bytes, ...] = ()
    allowed: tuple[type[Exception], ...] = ()
    """What it may raise beside our own errors, because its documentation says so."""


SENTENCE = "Three people were killed when a bomb went off at the market in Tarsk on Monday, the police said."
TEXT = f"""Bomb in Tarsk kills three

By Jane Doe
TARSK, 3 March 2019 (Reuters) - {SENTENCE}

“It was loud,” a witness said. Comments (2)
"""
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bomb in Tarsk | The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2019-03-03T10:00:00Z">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bomb in Tarsk",
"datePublished": "2019-03-03", "author": [{{"@type": "Person", "name": "Jane Doe"}}]}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Bomb in Tarsk</h1><time datetime="2019-03-03">3 March</time>
<p>{SENTENCE}</p><p>The mayor, Ivo Tarn, said that it was <b>an attack</b>.<br>{SENTENCE}</p></article>
<section class="comments"><p>500 people died there, my cousin says.</p></section></body></html>"""
HTML_WORDS = (
    b"<div>",
    b"</div>",
    b"<p>",
    b"<table><tr><td>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"<![CDATA[",
    b"<svg>",
    b"<math>",
    b"<template>",
    b"<base href=x>",
    b"&lt;",
    b"&amp;",
    b"<article>",
    b"<meta charset=utf-16>",
    b'<meta charset="hex">',
    b"<title>",
    b"<br>",
    b"<li>",
    b"<q>",
    b"<?xml version='1.0'?>",
    b"<!DOCTYPE html [<!ENTITY a 'b'>]>",
    b"datePublished",
    b'{"@type":"NewsArticle"',
    b"<time datetime=",
    b"<plaintext>",
    b"<select>",
    b"<a href='javascript:x'>",
)
CHARSETS = (None, "cp1251", "utf-16", "shift_jis", "x\x00", "utf-7", "hex", "gb18030", "iso-2022-jp")


def document(content: bytes, media_type: str, charset: str | None = None) -> Document:
    """`content` as it would be received."""
    return Document(
        sha256=hashlib.sha256(content).hexdigest(), media_type=media_type, content=content, charset=charset, url="a"
    )


def samples() -> tuple[bytes, ...]:
    """The package's own reports."""
    folder = resources.files("reportedly") / "samples"
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".html"))
    return tuple((folder / name).read_bytes() for name in names[:4])


def html() -> Target:
    """A page to a clean article."""
    from reportedly.stages.clean import clean

    return Target(
        run=lambda content: clean(document(content, "text/html")), seeds=(PAGE.encode(), *samples()), tokens=HTML_WORDS
    )


def text() -> Target:
    """A text file to a clean article."""
    from reportedly.stages.clean import clean

    words = (b"By ", b"(Reuters) - ", b"3 March 2019", b"\n\n", b"Comments", b"  ", b"Monday", b"\xe2\x80\x9c")
    return Target(
        run=lambda content: clean(document(content, "text/plain")),
        seeds=(TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252")),
        tokens=words,
    )


def decode() -> Target:
    """Bytes to text, whatever the server says of the encoding."""
    from reportedly.stages._decode import decode as decoded

    def run(content: bytes) -> object:
        charset = CHARSETS[content[0] % len(CHARSETS)] if content else None
        return decoded(document(content[1:], "text/html" if len(content) % 2 else "text/plain", charset))

    words = "Три человека погибли. ثلاثة أشخاص"
    return Target(
        run=run,
        seeds=(
            PAGE.encode("utf-16"),
            *(b"\x00" + words.encode(c, "replace") for c in ("cp1251", "cp1256", "utf-8", "utf-32")),
        ),
        tokens=(b"charset=", b"<meta charset=", b"encoding='", b"\xfe\xff", b"\xff\xfe\x00\x00"),
    )


FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Post</title><link>https://post.example/</link><item><title>Bomb in Tarsk</title><link>/news/1</link>
<pubDate>Sun, 03 Mar 2019 10:00:00 GMT</pubDate><description>{SENTENCE}</description></item>
<item><guid isPermaLink="true">https://post.example/2</guid><dc:date>2019-03-04</dc:date></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><link rel="self" href="https://post.example/f"/>
<entry><link rel="alternate" href="news/1"/><published>2019-03-03T10:00:00Z</published><source><title>Agency</title></source></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://post.example/1</loc><news:news><news:publication><news:name>The Post</news:name></news:publication>
<news:publication_date>2019-03-03</news:publication_date></news:news></url></urlset>"""
INDEX = """<sitemapindex><sitemap><loc>https://post.example/map.xml</loc></sitemap></sitemapindex>"""
ROBOTS = b"""User-agent: *
Disallow: /private/
Allow: /private/news$
Crawl-delay: 2
Request-rate: 1/5
Sitemap: https://post.example/map.xml

User-agent: reportedly
Disallow: /*?q=
"""
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Encoding: gzip\r\n\r\n"
)


def pieces(content: bytes) -> list[bytes]:
    """`content` cut into a few parts, so that no parser may count on whole ones."""
    size = max(1, len(content) // 3)
    return [content[at : at + size] for at in range(0, len(content), size)]


def answer(body: bytes) -> bytes:
    """An HTTP answer whose body is packed and chunked."""
    packed = gzip.compress(body, mtime=0)
    return ANSWER + b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)


def warc_of(*blocks: bytes, kind: str = "response", packed: bool = False) -> bytes:
    """A web archive with a record of each of `blocks`."""
    out = b""
    for number, block in enumerate(blocks):
        digest = hashlib.sha256(block).hexdigest()
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000-{number}>\r\nWARC-Date: 2019-03-03T10:00:00Z\r\n"
            f"WARC-Target-URI: https://post.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"WARC-Block-Digest: sha256:{digest}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        out += gzip.compress(record, mtime=0) if packed else record
    return out


WARC_WORDS = (
    b"WARC/1.0\r\n",
    b"WARC/1.1\r\n",
    b"\r\n\r\n",
    b"Content-Length: ",
    b"WARC-Type: response\r\n",
    b"WARC-Type: resource\r\n",
    b"WARC-Type: revisit\r\n",
    b"WARC-Block-Digest: sha1:",
    b"Content-Encoding: br\r\n",
    b"Content-Encoding: deflate\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"Reportedly-Url: ",
    b"Content-Type: text/html; charset=",
    b"ffffffff\r\n",
)


def warc() -> Target:
    """A web archive to documents."""
    from reportedly.acquire.archives import from_warc
    from reportedly.acquire.limits import Limits

    plain = PAGE.encode()
    bare = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + plain
    return Target(
        run=lambda content: list(from_warc(io.BytesIO(content), "a.warc", Limits())),
        seeds=(
            warc_of(bare, answer(plain)),
            warc_of(bare, answer(plain), packed=True),
            warc_of(plain, kind="resource"),
            gzip.compress(warc_of(bare, bare), mtime=0),
        ),
        tokens=WARC_WORDS,
    )


def http() -> Target:
    """An HTTP answer, as an archive keeps it, to its body."""
    from reportedly.acquire import _http
    from reportedly.acquire.limits import Limits
    from reportedly.acquire.received import Refusal

    def run(content: bytes) -> object:
        return _http.payload(content, _http.split(content, Limits()), Limits())

    return Target(
        run=run,
        seeds=(answer(PAGE.encode()), ANSWER + b"5\r\nabcde\r\n0\r\n\r\n", ANSWER + zlib.compress(PAGE.encode())),
        tokens=WARC_WORDS,
        allowed=(Refusal, _damaged()),
    )


def _damaged() -> type[Exception]:
    from reportedly.acquire._unzip import Damaged

    return Damaged


def capture() -> Target:
    """A file of the capture store to captures."""
    from reportedly.acquire.capture import CaptureWriter, captures_in
    from reportedly.acquire.received import Received

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with CaptureWriter(folder) as writer:
            for text in (PAGE, TEXT, "x"):
                writer.put(Received(content=text.encode(), url="https://post.example/\u00e9 1", outlet="The\nPost"))
            writer.put(Received(content=PAGE.encode(), url="https://post.example/2", raw=answer(PAGE.encode())))
        whole = next(folder.iterdir()).read_bytes()
    place = Path(tempfile.mkdtemp(prefix="reportedly-fuzz-capture-")) / "a.warc.gz"

    def run(content: bytes) -> object:
        place.write_bytes(content)
        return list(captures_in(place))

    return Target(run=run, seeds=(whole, _unpacked(whole)), tokens=WARC_WORDS)


def _unpacked(packed: bytes) -> bytes:
    return gzip.decompress(packed)


def feed() -> Target:
    """A feed or sitemap to addresses."""
    from reportedly.acquire.feeds import is_feed, read_feed
    from reportedly.acquire.limits import Limits
    from reportedly.acquire.received import Refusal

    def run(content: bytes) -> object:
        return is_feed(content[:4096]), list(read_feed(pieces(content), "https://post.example/feed", Limits()))

    words = (
        b"<item>",
        b"</item>",
        b"<link>",
        b"<entry>",
        b"<url><loc>",
        b"&nbsp;",
        b"&",
        b"<![CDATA[",
        b"]]>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"<!ENTITY % x SYSTEM 'file:///etc/hostname'>%x;",
        b"encoding='utf-16'",
        b"encoding='utf-7'",
        b"<pubDate>",
        b"http://[",
        b"javascript:alert(1)",
        b"<dc:date>",
        b"xmlns:a='b'",
    )
    return Target(
        run=run,
        seeds=(*(text.encode() for text in (FEED, ATOM, SITEMAP, INDEX)), FEED.encode("utf-16")),
        tokens=words,
        allowed=(Refusal,),
    )


def lines() -> Target:
    """A file of JSON lines to documents."""
    from reportedly.acquire.limits import Limits
    from reportedly.acquire.lines import from_lines, looks_like_lines

    def run(content: bytes) -> object:
        return looks_like_lines(content[:4096]), list(from_lines(pieces(content), "a.jsonl", Limits()))

    told = {"url": "https://post.example/1", "outlet": "The Post", "published": "2019-03-03", "text": SENTENCE}
    page = {"url": "https://post.example/2", "html": PAGE, "other": [1, {"a": None}]}
    seed = b"\n".join(msgspec.json.encode(one) for one in (told, page)) + b"\n"
    words = (b'"text":', b'"html":', b"[", b"{", b'{"a":', b"\\ud800", b"\\u0000", b"null", b"}\n{", b"\n", b"1e999")
    return Target(run=run, seeds=(seed, b"\xef\xbb\xbf" + seed), tokens=words)


def robots() -> Target:
    """A robots.txt to what it allows."""
    from reportedly.acquire.robots import rules

    def run(content: bytes) -> object:
        found = rules(200, content)
        return found.allows("https://post.example/private/news?q=1"), found.delay

    words = (b"User-agent: ", b"Disallow: ", b"Allow: ", b"*", b"$", b"Crawl-delay: ", b"Request-rate: ", b"%", b"/")
    return Target(run=run, seeds=(ROBOTS,), tokens=words)


def screened() -> Target:
    """The cheap first pass over a page."""
    from reportedly.pipeline import Reader
    from reportedly.stages.screen import screen

    words = Reader().screen_words
    return Target(
        run=lambda content: screen(document(content, "text/html" if len(content) % 2 else "text/plain"), words),
        seeds=(PAGE.encode(), TEXT.encode(), *samples()),
        tokens=(*HTML_WORDS, b"bomb", b"killed", b". ", b"police"),
    )


def options() -> Target:
    """What a user types for a time, a day, a box, a code."""
    import typer

    from reportedly.cli import asking

    def run(content: bytes) -> object:
        given = content[1:].decode("utf-8", "replace")
        ways: tuple[Callable[[str], object], ...] = (
            asking.moment,
            asking._day,
            asking._box,
            asking._words,
            lambda text: asking._types([text]),
        )
        return ways[(content[0] if content else 0) % len(ways)](given)

    seeds = (b"\x002026-10-12T08:15:00+02:00", b"\x012026-10-12", b"\x02-10.5,4,16,25", b"\x03car bomb", b"\x04bombing")
    tokens = (b",", b"-", b"T", b"Z", b"+", b":", b"nan", b"inf", b"0000", b"9999-12-31", b"W01", b"\xd9\xa3")
    return Target(run=run, seeds=seeds, tokens=tokens, allowed=(typer.BadParameter,))


def formulas() -> Target:
    """A cell of a spreadsheet: neutral, short enough, and the original again."""
    from reportedly.export.comma import neutral, original, shortened

    def run(content: bytes) -> object:
        text = content.decode("utf-8", "replace")
        safe = neutral(text)
        if original(safe) != text:
            raise AssertionError("what was made neutral does not come back")
        if neutral(safe) != safe and safe.lstrip("'")[:1] in ("=", "+", "-", "@") and not safe.startswith("'"):
            raise AssertionError("a formula is left")
        return shortened(safe)

    tokens = (b"=", b"+", b"-", b"@", b"\t", b"\r", b"'", b'"', b"\xef\xbc\x9d", b"=cmd|'/C calc'!A0", b"\xe2\x88\x92")
    return Target(run=run, seeds=(b"=1+1", b"'=1", b"plain", b' "=HYPERLINK(1)'), tokens=tokens)


TARGETS: dict[str, Callable[[], Target]] = {
    "html": html,
    "text": text,
    "decode": decode,
    "screen": screened,
    "warc": warc,
    "http": http,
    "capture": capture,
    "feed": feed,
    "lines": lines,
    "robots": robots,
    "options": options,
    "formulas": formulas,
}
"""Every target by its name."""
