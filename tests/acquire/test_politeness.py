"""acquire: `Web`. It keeps to robots.txt, waits its turn, and asks again only for what has changed. The only server is our own, on the
loopback, let in by an argument that only tests give; the clock is a made one, so that nobody waits."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reportedly.acquire import Limits
from reportedly.acquire.capture import CaptureWriter, content
from reportedly.acquire.received import Received, Skipped, Unchanged
from reportedly.acquire.sources import gather
from reportedly.acquire.web import USER_AGENT, Clock, Web
from reportedly.entries import Visit
from reportedly.records import Rejected
from tests.acquire.archive import PAGE

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/rss+xml"}
Answer = tuple[int, dict[str, str], bytes]


class MadeClock(Clock):
    """A clock that is moved by waiting only."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds

    def now(self) -> datetime:
        return datetime(2025, 3, 5, 8, tzinfo=UTC)


class Site:
    """A server whose answers are given by host and path; `asked` holds what was asked for, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                name = (self.headers["host"] or "").split(":")[0] + self.path
                outer.asked.append(name)
                outer.headers.append({k.lower(): v for k, v in self.headers.items()})
                found = outer.answers.get(name, (404, HTML, b""))
                status, headers, body = found.pop(0) if isinstance(found, list) else found
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    for key, value in headers.items():
                        self.send_header(key, value.replace("PORT", str(outer.port)))
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self.wfile.write(body.replace(b"PORT", str(outer.port).encode()))
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def web(
        self,
        visits: Callable[[str], Visit | None] = lambda _: None,
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> Web:
        def resolver(host: str, port: int) -> Sequence[str]:
            return ["10.0.0.7"] if host == "inner.example" else ["127.0.0.1"]

        small = limits or Limits(seconds=5, max_bytes=100_000, feed_bytes=200_000)
        return Web(small, visits, clock or MadeClock(), resolver=resolver, allow=lambda address: address.is_loopback)

    def at(self, name: str) -> str:
        host, _, path = name.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def read(self, *names: str, web: Web | None = None) -> list[object]:
        """What `gather` gives for addresses of this server."""
        return list(gather([self.at(name) for name in names], web=web or self.web()))

    def pages(self) -> list[str]:
        """What was asked for beside robots.txt."""
        return [one for one in self.asked if not one.endswith("/robots.txt")]


@pytest.fixture
def site() -> Iterator[Site]:
    """A server with one page on two hosts."""
    running = Site()
    for host in ("news.example", "other.example"):
        for number in range(4):
            running.answers[f"{host}/{number}"] = (200, HTML, PAGE + b"%d" % number)
    yield running
    running.http.shutdown()
    running.http.server_close()


def received(found: list[object]) -> Received:
    (one,) = found
    assert isinstance(one, Received), one
    return one


def refusal(found: list[object]) -> str:
    (one,) = found
    assert isinstance(one, Rejected), one
    assert "\n" not in one.reason
    return one.reason


def test_a_page_with_all_that_is_kept_of_it(site: Site) -> None:
    """The bytes, the kind, the day, the answer as received and the visit to record; we say who asks, and send no cookies."""
    site.answers["news.example/1"] = (200, {**HTML, "ETag": '"x"', "Set-Cookie": "a=b", "Last-Modified": "Tue"}, PAGE)
    found = site.read("news.example/1", "news.example/2")
    one = found[0]
    assert isinstance(one, Received) and one.raw is not None and one.visit is not None
    assert (one.content, one.media_type, one.charset, one.retrieved_on) == (PAGE, "text/html", "utf-8", "2025-03-05")
    assert (
        one.raw.startswith(b"HTTP/1.1 200 OK\r\n") and one.raw.endswith(b"\r\n\r\n" + PAGE) and b'ETag: "x"' in one.raw
    )
    assert (one.visit.url, one.visit.status, one.visit.etag, one.visit.last_modified) == (one.url, 200, '"x"', "Tue")
    assert one.visit.at == "2025-03-05T08:00:00.000000Z"
    assert all(h["user-agent"] == USER_AGENT and "cookie" not in h for h in site.headers)
    assert "reportedly/" in USER_AGENT


@pytest.mark.parametrize("kind", ["gzip", "chunked", "plain"])
def test_what_was_received_is_what_is_captured(site: Site, kind: str, tmp_path: Path) -> None:
    """However a page was packed on the way, its capture holds the answer as received and gives the page."""
    packed = gzip.compress(PAGE)
    site.answers["news.example/1"] = {
        "gzip": (200, {**HTML, "Content-Encoding": "gzip"}, packed),
        "chunked": (200, {**HTML, "Transfer-Encoding": "chunked"}, b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)),
        "plain": (200, {**HTML, "Content-Length": str(len(PAGE))}, PAGE),
    }[kind]
    one = received(site.read("news.example/1"))
    assert one.content == PAGE
    with CaptureWriter(tmp_path) as writer:
        capture = writer.put(one)
    assert content(tmp_path, capture) == PAGE
    (path,) = tmp_path.iterdir()
    assert b"msgtype=response" in gzip.decompress(path.read_bytes())


def test_robots_are_kept(site: Site) -> None:
    """What robots.txt forbids is never asked for; it is fetched once for each host."""
    site.answers["news.example/robots.txt"] = (
        200,
        {},
        b"User-agent: *\nDisallow: /\n\nUser-agent: reportedly\nDisallow: /2\n",
    )
    found = site.read("news.example/1", "news.example/2", "news.example/2/x?y", "news.example/3", "other.example/2")
    assert [type(one) for one in found] == [Received, Rejected, Rejected, Received, Received]
    assert "robots.txt of its host forbids it" in refusal([found[1]])
    assert site.pages() == ["news.example/1", "news.example/3", "other.example/2"]
    assert [one for one in site.asked if "robots" in one] == ["news.example/robots.txt", "other.example/robots.txt"]


def test_robots_of_the_host_that_a_redirect_leads_to(site: Site) -> None:
    """A redirect is followed only where the new host allows it."""
    site.answers["news.example/to"] = (302, {"Location": "http://other.example:PORT/2"}, b"")
    site.answers["other.example/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /2")
    assert "robots.txt" in refusal(site.read("news.example/to"))
    assert site.pages() == ["news.example/to"]


@pytest.mark.parametrize(("status", "read"), [(404, True), (403, True), (500, False), (503, False), (204, False)])
def test_robots_that_are_not_there(site: Site, status: int, read: bool) -> None:
    """None there: all is allowed. A server that is ill: nothing for now, and the line says so."""
    site.answers["news.example/robots.txt"] = (status, {}, b"")
    found = site.read("news.example/1")
    if read:
        assert received(found).content == PAGE + b"1"
    else:
        assert f"robots.txt answered {status}; try again later" in refusal(found)
        assert site.pages() == []


def test_robots_that_redirect_and_robots_without_end(site: Site) -> None:
    """Redirects are followed, with every address checked; a file of many MB is read to half of one."""
    site.answers["news.example/robots.txt"] = (301, {"Location": "http://other.example:PORT/robots.txt"}, b"")
    site.answers["other.example/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /2\n" + b"#" * 3_000_000)
    assert [type(one) for one in site.read("news.example/1", "news.example/2")] == [Received, Rejected]
    site.answers["news.example/robots.txt"] = (301, {"Location": "http://inner.example/robots.txt"}, b"")
    assert "inner.example is at 10.0.0.7" in refusal(site.read("news.example/1"))


def test_one_request_a_second_to_a_host(site: Site) -> None:
    """Each host has its own turn, robots.txt included; another host is not waited for."""
    clock = MadeClock()
    site.read("news.example/1", "other.example/1", "news.example/2", "other.example/2", web=site.web(clock=clock))
    assert clock.slept == [
        1.0,
        1.0,
        1.0,
    ]  # between the robots.txt and the first page of each host, and once for both after


def test_a_crawl_delay_is_kept_up_to_a_bound(site: Site) -> None:
    """A host that asks for five seconds gets them; one that asks for a day gets the bound."""
    for delay, slept in ((b"5", 5.0), (b"86400", 30.0), (b"-3", 1.0), (b"nan", 1.0)):
        site.answers["news.example/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: " + delay)
        clock = MadeClock()
        assert received(site.read("news.example/1", web=site.web(clock=clock)))
        assert clock.slept == [slept]


def test_a_page_that_has_not_changed(site: Site) -> None:
    """The last visit's marks are sent; 304 is Unchanged, with a visit that keeps them."""
    last = Visit(url=site.at("news.example/1"), at="x", status=200, etag='"e"', last_modified="Tue", capture_id="cap-1")
    site.answers["news.example/1"] = (304, {}, b"")
    (found,) = site.read("news.example/1", web=site.web(visits=lambda url: last if url == last.url else None))
    assert isinstance(found, Unchanged)
    assert (found.url, found.visit.status, found.visit.etag, found.visit.capture_id) == (last.url, 304, '"e"', "cap-1")
    assert site.headers[-1]["if-none-match"] == '"e"' and site.headers[-1]["if-modified-since"] == "Tue"


def test_marks_that_are_none_are_not_sent(site: Site) -> None:
    """A mark with a line end in it never reaches a header."""
    last = Visit(url=site.at("news.example/1"), at="x", status=200, etag="a\r\nX-Evil: 1", last_modified="é")
    assert received(site.read("news.example/1", web=site.web(visits=lambda _: last)))
    assert not {"x-evil", "if-none-match", "if-modified-since"} & site.headers[-1].keys()


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_once(site: Site, status: int) -> None:
    """Within the bound we wait and try once more; beyond it, or a second time, the page is refused for now."""
    wait: Answer = (status, {**HTML, "Retry-After": "7"}, b"")
    clock = MadeClock()
    site.answers["news.example/1"] = [wait, (200, HTML, PAGE)]
    assert received(site.read("news.example/1", web=site.web(clock=clock))).content == PAGE
    assert 7.0 in clock.slept
    site.answers["news.example/1"] = [wait, wait, (200, HTML, PAGE)]
    assert f"answered {status}" in refusal(site.read("news.example/1"))
    for given in ("3600", "Wed, 21 Oct 2015 07:28:00 GMT", "-1", "9" * 40):
        site.answers["news.example/1"] = [(status, {"Retry-After": given}, b"")]
        assert "try again later" in refusal(site.read("news.example/1"))


FEED = b"""<?xml version='1.0'?><rss><channel><title>The Tarsk Post</title>
<item><link>http://news.example:PORT/1</link><pubDate>Tue, 04 Mar 2025 08:00:00 +0000</pubDate></item>
<item><link>http://news.example:PORT/2</link><pubDate>Tue, 04 Mar 2098 08:00:00 +0000</pubDate></item>
<item><link>http://news.example:PORT/1</link></item><item><link>javascript:alert(1)</link></item>
<item><link>file:///etc/hostname</link></item><item><link>data:text/html,x</link></item><item/>
<item><link>http://inner.example/1</link></item><item><link>http://169.254.169.254/latest</link></item>
<item><link>http://news.example:PORT/missing</link></item><item><link>http://[bad/</link></item></channel></rss>"""


def test_a_feed_gives_its_pages(site: Site) -> None:
    """With date and outlet beside them; a date in the future is none; what is no public http address is refused by name."""
    site.answers["news.example/feed"] = (200, XML, FEED)
    found = site.read("news.example/feed")
    pages = [one for one in found if isinstance(one, Received)]
    assert [(one.url, one.published, one.outlet) for one in pages] == [
        (site.at("news.example/1"), "2025-03-04", "The Tarsk Post"),
        (site.at("news.example/2"), None, "The Tarsk Post"),
    ]
    assert sum(isinstance(one, Rejected) for one in found) == 8
    assert [one.number for one in found if isinstance(one, Skipped)] == [1]
    assert site.pages() == ["news.example/feed", "news.example/1", "news.example/2", "news.example/missing"]


def test_a_feed_in_a_file_is_followed_only_where_it_is_named(site: Site, tmp_path: Path) -> None:
    """To name a feed is to name its pages; to name a folder is not."""
    path = tmp_path / "feed.xml"
    path.write_bytes(FEED.replace(b"PORT", str(site.port).encode()))
    assert "found in a folder" in refusal(list(gather([str(tmp_path)], web=site.web())))
    assert site.asked == []
    assert sum(isinstance(one, Received) for one in gather([str(path)], web=site.web())) == 2


def test_sitemaps(site: Site) -> None:
    """An index leads to sitemaps, plain or packed, and those to pages; a loop of indexes ends."""
    base = f"http://news.example:{site.port}".encode()
    site.answers["news.example/sitemap.xml"] = (
        200,
        {"Content-Type": "text/xml"},
        b"<sitemapindex><sitemap><loc>%b/a.xml.gz</loc></sitemap><sitemap><loc>%b/sitemap.xml</loc></sitemap>"
        b"<sitemap><loc>%b/loop.xml?0</loc></sitemap><sitemap><loc>%b/1</loc></sitemap></sitemapindex>" % ((base,) * 4),
    )
    pages = b"<urlset><url><loc>%b/2</loc></url><url><loc>%b/3</loc></url></urlset>" % (base, base)
    site.answers["news.example/a.xml.gz"] = (200, {"Content-Type": "application/x-gzip"}, gzip.compress(pages))
    for number in range(9):
        again = b"<sitemapindex><sitemap><loc>%b/loop.xml?%d</loc></sitemap></sitemapindex>" % (base, number + 1)
        site.answers[f"news.example/loop.xml?{number}"] = (200, {"Content-Type": "text/xml"}, again)
    found = site.read("news.example/sitemap.xml")
    assert [one.url for one in found if isinstance(one, Received)] == [
        site.at("news.example/2"),
        site.at("news.example/3"),
    ]
    reasons = [one.reason for one in found if isinstance(one, Rejected)]
    assert len(reasons) == 2 and "one sitemap too many" in reasons[0] and "is no sitemap" in reasons[1]


def test_feeds_within_feeds_are_not_followed(site: Site) -> None:
    """An item that is itself a feed is refused: only what was named is followed."""
    site.answers["news.example/feed"] = (200, XML, b"<rss><channel><item><link>/feed2</link></item></channel></rss>")
    site.answers["news.example/feed2"] = (200, XML, FEED)
    assert "not a page" in refusal(site.read("news.example/feed"))


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        (XML, b"<rss>" + b" " * 300_000, "is longer than 0.2 MB"),
        (XML, b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'http://127.0.0.1:9/'>]><rss>&x;</rss>", "declares entities"),
        (XML, b"<rss>" + b"<a>" * 20_000, "nested over 200"),
        ({"Content-Type": "application/x-gzip"}, gzip.compress(b"<rss>" + b" " * 99_000_000), "than 0.2 MB"),
        ({"Content-Type": "application/x-gzip"}, gzip.compress(b"<rss>" + b"<a/>" * 9000)[:-30], "ends too early"),
        ({**HTML, "Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"a" * 80_000_000), "longer than 0.1 MB"),
        ({**HTML, "Content-Encoding": "br"}, b"x", "not asked for"),
        ({**HTML, "Content-Length": "5000"}, PAGE, "cannot be read"),
        (HTML, b"", "is empty"),
        (HTML, b"%PDF-1.7", "PDF"),
        ({"Content-Type": "video/mp4"}, b"x", "not a page"),
        (XML, b"<svg/>", "not a page"),
        ({**HTML, "X-Long": "x" * 200_000}, PAGE, "cannot be read"),
    ],
)
def test_what_is_no_page(site: Site, headers: dict[str, str], body: bytes, why: str) -> None:
    """Bombs, cut answers, other kinds and hostile feeds are each refused in one line that names the address."""
    site.answers["news.example/x"] = (200, headers, body)
    reason = refusal(site.read("news.example/x"))
    assert why in reason and "news.example" in reason


def test_redirects_end(site: Site) -> None:
    """Five are followed; a loop is refused."""
    for number in range(5):
        site.answers[f"news.example/to{number}"] = (301, {"Location": f"/to{number + 1}"}, b"")
    site.answers["news.example/to5"] = (200, HTML, PAGE)
    assert received(site.read("news.example/to0")).url == site.at("news.example/to5")
    site.answers["news.example/loop"] = (302, {"Location": "/loop"}, b"")
    assert "points on more than 5 times" in refusal(site.read("news.example/loop"))


@pytest.mark.parametrize(
    "to", ["http://inner.example/", "file:///etc/hostname", "http://[bad", "http://u:p@news.example/"]
)
def test_redirects_are_checked(site: Site, to: str) -> None:
    """A redirect to what is never asked is refused."""
    site.answers["news.example/to"] = (302, {"Location": to}, b"")
    assert refusal(site.read("news.example/to"))
    assert site.pages() == ["news.example/to"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[fe80::1%25eth0]", "169.254.169.254",
        "0xa9fea9fe", "2852039166", "[::127.0.0.1]", "10.1", "192.168.257", "0", "localhost", "[fd00::1]",
    ],
)  # fmt: skip
def test_no_form_of_a_private_address_is_asked(host: str) -> None:
    """Decimal, octal, hexadecimal, short, mapped, translated: with the system's own resolver none reaches a private address."""
    (found,) = gather([f"http://{host}/"], web=Web(Limits(seconds=2), clock=MadeClock()))
    assert isinstance(found, Rejected)
    assert any(words in found.reason for words in ("never asked", "no host", "no address")), found.reason


def test_an_address_named_twice_is_asked_once(site: Site) -> None:
    """Within one run an address is read once, and the second is said."""
    found = site.read("news.example/1", "news.example/1")
    assert [type(one) for one in found] == [Received, Skipped]
    assert site.pages() == ["news.example/1"]
