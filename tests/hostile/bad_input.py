"""Bad input seen in the wild, built by name; every text here is invented. The single reader and `ingest` are tested with the same."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable

SENTENCE = "Three people were killed when a bomb went off at the market in Tarsk on Monday, the police said. "


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Bomb in Tarsk</title>{head}</head><body>{body}</body></html>"


def article(*paragraphs: str) -> str:
    return "<article>" + "".join(f"<p>{p}</p>" for p in (paragraphs or (SENTENCE, SENTENCE))) + "</article>"


PAGES: dict[str, Callable[[], str | bytes]] = {
    "nested beyond all parsers": lambda: page("<div>" * 200_000 + article()),
    "links never closed": lambda: page("<a href=x>" * 400_000 + article()),
    "tables in tables": lambda: page("<table><tr><td>" * 3_000 + article()),
    "formatting crossed": lambda: page("<b><i><u>" * 60_000 + article()),
    "many elements": lambda: page(f"<p>{SENTENCE}</p>" * 40_000),
    "many list items": lambda: page("<ul>" + "<li>word word" * 59_000 + "</ul>"),
    "many deep elements": lambda: page(("<div>" * 100 + SENTENCE + "</div>" * 100) * 250),
    "one long paragraph": lambda: page(f"<p>{SENTENCE * 40_000}"),
    "20 MB of text": lambda: page(f"<p>{SENTENCE * 200_000}"),
    "50 MB": lambda: b"<!doctype html>" + b"a " * 25_000_000,
    "a name of a tag never ended": lambda: page(article(), f"<meta{'datePublished' * 60_000}"),
    "tags never ended": lambda: "<html>" + "<a" * 1_000_000,
    "comments never ended": lambda: "<html>" + "<!--" * 500_000,
    "scripts never ended": lambda: "<html>" + "<script " * 500_000 + "<script>" * 100_000,
    "white space": lambda: "<html>" + " " * 4_000_000 + article(),
    "white space first": lambda: " " * 4_000_000 + "<!--",
    "a line of dashes": lambda: "<!--" + "-" * 3_000_000,
    "a long attribute": lambda: page(f"<p class='{'x ' * 1_500_000}'>{SENTENCE}"),
    "digits": lambda: page(f"<p>{'1' * 2_000_000}</p>{article()}"),
    "JSON 200,000 deep": lambda: page(article(), f"<script type='application/ld+json'>{'[' * 200_000}</script>"),
    "JSON objects 200,000 deep": lambda: page(
        article(), "<script type='application/ld+json'>" + '{"a":' * 200_000 + "</script>"
    ),
    "JSON alone": lambda: "[" * 200_000,
    "a long title": lambda: f"<html><title>{'x ' * 500_000}</title>{article()}",
    "plain dashes": lambda: "-" * 3_000_000,
    "plain lines": lambda: "\n" * 3_000_000 + SENTENCE,
    "plain short lines": lambda: "a\n" * 1_000_000,
    "plain one line": lambda: SENTENCE * 50_000,
    "plain capitals": lambda: "By " + "A" * 3_000_000,
    "plain commas": lambda: "By " + "Aa, " * 500_000,
    "plain spaces": lambda: "TARSK" + " " * 2_000_000 + "3 MARCH",
    "plain full stops": lambda: "T" + ". " * 1_000_000,
    "plain brackets": lambda: "(" * 2_000_000,
    "an encoding declared wrongly": lambda: b"<html><meta charset=utf-16>" + article().encode(),
    "an encoding that is none": lambda: b"<html><meta charset=hex_codec>" + article().encode() + b"\xe9\x94",
    "a letter of 5,000 digits": lambda: page(
        f"<h3>Comments</h3>&#{'1' * 5_000};<title>&#x{'f' * 5_000}</title>" + article()
    ),
    "digits in one word": lambda: f"By Jane Doe\n\n{'1' * 60_000}x\n\n{SENTENCE}\n\n{'A' * 60_000}\n\n{SENTENCE}",
    "lone surrogates": lambda: page(article(SENTENCE + "&#xD800;&#0;&#x110000;", SENTENCE)),
}


def record(block: bytes, kind: str = "response", number: int = 1) -> bytes:
    """One record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2025-03-03T10:00:00Z\r\n"
        f"WARC-Target-URI: https://post.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, more: str = "") -> bytes:
    """An HTTP answer."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n".encode() + body


def archive() -> bytes:
    """A small web archive of three pages, packed."""
    pages = (page(article(SENTENCE, SENTENCE.replace("Three", word))) for word in ("Four", "Five", "Six"))
    return b"".join(gzip.compress(record(answer(one.encode()), number=n), mtime=0) for n, one in enumerate(pages))


def bomb(megabytes: int = 300) -> bytes:
    """Nothing but blanks, packed a thousandfold."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(engine.compress(b" " * 1_000_000) for _ in range(megabytes)) + engine.flush()


def feed_of(item: str, head: str = "") -> str:
    return f"<?xml version='1.0'?>{head}<rss version='2.0'><channel><title>x</title><item>{item}</item></channel></rss>"


def told(**values: str) -> str:
    return json.dumps({"text": SENTENCE * 3, "published": "2025-03-04", **values}) + "\n"


LAUGHS = (
    "<!DOCTYPE a [<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY % y SYSTEM 'http://127.0.0.1/y'>%y;]>"
RUSSIAN = "Полиция сообщила, что три человека погибли при взрыве на рынке в понедельник утром. "
ARABIC = "قالت الشرطة إن ثلاثة أشخاص قتلوا في انفجار قنبلة في السوق صباح يوم الاثنين في المدينة. "
COMMENTS = "<section id=comments class=comments><h2>2 Comments</h2><p>500 people died there, I was told by my cousin.</p></section>"
BOX = "<p>Already a subscriber? Log in</p><p>Subscribe to The Tarsk Post for £1 a week. Cancel anytime.</p>"

SOURCES: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "a gzip bomb": ("a.html.gz", bomb),
    "a bomb as a record of an archive": ("a.warc.gz", lambda: gzip.compress(record(b""), mtime=0) + bomb()),
    "a bomb as the body of an answer": (
        "b.warc",
        lambda: (
            record(answer(bomb(), "Content-Encoding: gzip\r\n")) + record(answer(page(article()).encode()), number=2)
        ),
    ),
    "an archive cut in a record": ("c.warc.gz", lambda: archive()[: len(archive()) * 2 // 3]),
    "an archive cut in its last bytes": ("d.warc.gz", lambda: archive()[:-3]),
    "an archive that lies about a length": (
        "e.warc",
        lambda: record(answer(b"x" * 99)).replace(b"Length: ", b"Length: 9"),
    ),
    "billion laughs": ("f.xml", lambda: feed_of("<title>&l9;</title><link>/1</link>", LAUGHS)),
    "entities from outside": ("g.xml", lambda: feed_of("<title>&x;</title><link>/1</link>", OUTSIDE)),
    "a feed nested deep": ("h.xml", lambda: feed_of("<a>" * 100_000)),
    "a feed of javascript": (
        "i.xml",
        lambda: feed_of("<title>&lt;img src=x onerror=alert(1)></title><link>javascript:alert(1)</link>"),
    ),
    "a title of markup": (
        "j.html",
        lambda: (
            page(article())
            .replace("Bomb in", "&lt;img src=x onerror=alert(1)> Bomb in")
            .replace("<p>", "<p><a href='javascript:alert(1)'>x</a>")
        ),
    ),
    "JSON lines 200,000 deep": (
        "k.jsonl",
        lambda: "[" * 200_000 + "\n" + '{"text":' * 200_000 + "\n" + told(url="https://post.example/k"),
    ),
    "a JSON line of 50 MB": ("l.jsonl", lambda: told(text="x " * 25_000_000) + told(url="https://post.example/l")),
    "JSON lines of nonsense": (
        "m.jsonl",
        lambda: 'null\n{}\n{"text": 3}\n\x00\n{"text": "\\ud800"}\n' + told(url="https://post.example/m"),
    ),
    "the same article under five addresses": (
        "n.jsonl",
        lambda: "".join(told(url=f"https://post.example/{n}") for n in range(5)),
    ),
    "a date in the future": ("o.jsonl", lambda: told(published="2999-01-01")),
    "a date that is none": ("p.jsonl", lambda: told(published="2025-13-45")),
    "no date": ("q.html", lambda: page(article())),
    "comments that look like text": ("r.html", lambda: page(article() + COMMENTS)),
    "subscription furniture": (
        "s.html",
        lambda: page("<div>" + article(SENTENCE, SENTENCE.replace("Three", "Four")) + BOX + "</div>"),
    ),
    "mojibake": (
        "t.html",
        lambda: page(article("The minister’s aide said: “No one”.".encode().decode("cp1252", "replace"), SENTENCE)),
    ),
    "cp1251": ("u.html", lambda: page(article(RUSSIAN * 3)).encode("cp1251")),
    "cp1256": ("v.html", lambda: page(article(ARABIC * 3)).encode("cp1256", "replace")),
    "zero width and bidi": (
        "w.html",
        lambda: page(article(SENTENCE.replace("people", "peo\u200bple \u202e\u2066"), SENTENCE)),
    ),
    "NUL bytes": ("x.html", lambda: page(article(SENTENCE.replace(" ", "\x00 "), SENTENCE))),
    "an empty page": ("y.html", lambda: "<html><body></body></html>"),
    "an empty file": ("z.html", lambda: b""),
    "a page that is no article": ("za.html", lambda: page("<nav>" + "<a href=/>Home</a> " * 60 + "</nav>")),
    "a name that is no text": ("zb\udcff.txt", lambda: SENTENCE),
}
"""The name of a file and what is in it."""
