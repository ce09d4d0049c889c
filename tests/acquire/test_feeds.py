"""acquire: feeds and sitemaps. Only addresses come out, and nothing is expanded or fetched on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reportedly.acquire import Limits
from reportedly.acquire.feeds import Item, is_feed, read_feed
from reportedly.acquire.received import Refusal

RSS = """<?xml version='1.0'?><rss version='2.0' xmlns:atom='a' xmlns:dc='d'><channel><title>The Tarsk &amp; Ostreva Post</title>
<atom:link href='https://news.example/feed' rel='self'/><link>https://news.example/</link>
<item><title>x</title><link>https://news.example/1?a=1&b=2</link><pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate></item>
<item><title>y&nbsp;z</title><link><![CDATA[ /2?a=1&amp;b=2 ]]></link><dc:date>2025-03-05T08:00:00Z</dc:date><source url='u'>Courier</source></item>
<item><guid>https://news.example/3</guid><pubDate>yesterday</pubDate></item><item><title>no link</title></item></channel></rss>"""
ATOM = """<feed xmlns='http://www.w3.org/2005/Atom'><title>The Post</title><link rel='self' href='/feed'/>
<entry><link rel='edit' href='/edit'/><link rel='alternate' href='1'/><link href='/other'/><published>2025-03-04T08:00:00Z</published>
<updated>2025-03-09T08:00:00Z</updated><title>x</title></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf='r' xmlns='p' xmlns:dc='d'><channel rdf:about='x'><title>The Post</title></channel>
<item rdf:about='y'><title>x</title><link>https://news.example/1</link><dc:date>2025-03-04</dc:date></item></rdf:RDF>"""
SITEMAP = """<urlset xmlns='s' xmlns:news='n'><url><loc>https://news.example/1</loc><lastmod>2025-03-09</lastmod></url><url><loc>
https://news.example/2 </loc><news:news><news:publication><news:name>The Post</news:name></news:publication>
<news:publication_date>2025-03-04T08:00:00Z</news:publication_date></news:news></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>https://news.example/a.xml</loc></sitemap></sitemapindex>"


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


def read(feed: str | bytes, size: int = 1000) -> list[Item]:
    content = feed.encode() if isinstance(feed, str) else feed
    return list(read_feed(pieces(content, size), "https://news.example/feed", Limits(feed_bytes=1_000_000)))


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_rss(size: int) -> None:
    """Link, day as written and source of each item; a bare ampersand and an HTML entity do no harm."""
    outlet = "The Tarsk & Ostreva Post"
    assert read(RSS, size) == [
        Item(url="https://news.example/1?a=1&b=2", published="2025-03-04", outlet=outlet),
        Item(url="https://news.example/2?a=1&b=2", published="2025-03-05", outlet="Courier"),
        Item(url="https://news.example/3", outlet=outlet),
        Item(url="", outlet=outlet),
    ]


def test_atom() -> None:
    """The alternate link, made whole; the day it was published, never the day it was changed."""
    assert read(ATOM) == [Item(url="https://news.example/1", published="2025-03-04", outlet="The Post")]


def test_rss_one() -> None:
    """Items beside the channel, as RDF has them."""
    assert read(RDF) == [Item(url="https://news.example/1", published="2025-03-04", outlet="The Post")]


def test_sitemaps() -> None:
    """The news extension's date and name are taken; the day of the last change is none of publication. An index gives sitemaps."""
    assert read(SITEMAP) == [
        Item(url="https://news.example/1"),
        Item(url="https://news.example/2", published="2025-03-04", outlet="The Post"),
    ]
    assert read(INDEX) == [Item(url="https://news.example/a.xml", kind="sitemap")]


def test_a_feed_in_a_file_has_the_base_that_it_names() -> None:
    """Relative links are to the channel's own link where the feed has no address."""
    items = list(read_feed([RSS.encode()], None, Limits()))
    assert items[1].url == "https://news.example/2?a=1&b=2"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "windows-1251", "gb18030", "utf-8-sig", "no-such"])
def test_encodings(encoding: str) -> None:
    """A byte-order mark or the declaration says how a feed is written; a stray byte costs one letter, not the feed."""
    text = RSS.replace("x</title>", "Тарск</title>").replace("Ostreva", "Тарск")
    known = "utf-8" if encoding == "no-such" else encoding
    declared = text.replace(
        "version='1.0'", f"version='1.0' encoding='{encoding.removesuffix('-sig').removesuffix('-le')}'", 1
    )
    assert read(declared.encode(known), 7)[0].outlet == "The Tarsk & Тарск Post"
    assert len(read(RSS.encode().replace(b"<title>x", b"<title>\xff\x00\x0b\xe9"))) == 4


@pytest.mark.parametrize(
    "encoding", ["utf-32", "utf-16", "utf-7", "hex", "idna", "undefined", "unicode_escape", "no-such"]
)
def test_encodings_that_are_declared_wrongly(encoding: str) -> None:
    """A declaration that cannot be right is passed over."""
    assert len(read(RSS.replace("version='1.0'", f"version='1.0' encoding='{encoding}'", 1))) == 4


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("feed", "why"),
    [
        (
            f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>",
            "declares entities",
        ),
        (
            "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><title>&x;</title></channel></rss>",
            "declares entities",
        ),
        ("<!DOCTYPE rss [<!ENTITY % y SYSTEM 'http://127.0.0.1:9/'>%y;]><rss/>", "declares entities"),
        ("<rss>" + "<a>" * 200_000, "nested over 200"),
        ("<rss>" + "".join(f"<a{n}/>" for n in range(2_000)), "different elements"),
        ("<rss>" + " " * 1_000_001, "longer than 1 MB"),
        ("<rss><channel></rss>", "read to line 1 only: mismatched tag"),
        ("", "no element found"),
        ("{}", "not well-formed"),
    ],
)
def test_hostile_feeds(feed: str, why: str) -> None:
    """Entities are never expanded, nothing is fetched, and depth, names and bytes are bounded; each is refused in one line."""
    with pytest.raises(Refusal, match=why):
        read(feed)


def test_a_document_type_is_not_fetched() -> None:
    """An address of a DTD is only passed over."""
    assert len(read(RSS.replace("<rss", "<!DOCTYPE rss PUBLIC 'x' 'http://127.0.0.1:9/rss.dtd'><rss", 1))) == 4


def test_a_feed_that_breaks_off() -> None:
    """The items before the end are given, and then the line that says so."""
    found = []
    with pytest.raises(Refusal, match=r"unclosed token|no element found"):
        for item in read_feed([RSS[:400].encode()], None, Limits()):
            found.append(item.url)
    assert found == ["https://news.example/1?a=1&b=2"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/hostname", "http://[bad"])
def test_links_are_given_as_they_stand(link: str) -> None:
    """It is not the feed's reader but the web's that refuses an address; none is changed into another."""
    assert read(f"<rss><channel><item><link>{link}</link></item></channel></rss>")[0].url == link


@pytest.mark.parametrize(
    ("head", "is_it"),
    [
        (RSS.encode(), True),
        (ATOM.encode(), True),
        (RDF.encode(), True),
        (SITEMAP.encode(), True),
        (INDEX.encode(), True),
        (RSS.encode("utf-16"), True),
        (b"<?xml version='1.0'?><svg/>", False),
        (b"<?xml version='1.0'?><feedback/>", False),
    ],
)
def test_feeds_are_told_by_their_root(head: bytes, is_it: bool) -> None:
    """The first element says whether XML is a feed."""
    assert is_feed(head) is is_it
