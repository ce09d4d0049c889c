"""What is fuzzed: each parser as a function of bytes, with inputs to begin with and the words of its format. All texts are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import resources

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


TARGETS: dict[str, Callable[[], Target]] = {"html": html, "text": text, "decode": decode}
"""Every target by its name."""
