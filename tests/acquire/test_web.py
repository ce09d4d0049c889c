"""acquire: addresses. The only server is one of our own on the loopback, let in by an argument that only tests give."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from reportedly.acquire import Limits, acquire
from reportedly.acquire.web import USER_AGENT, fetch, is_public
from reportedly.errors import NotText, RejectedDocument, Unreachable
from reportedly.records import Document

PAGE = b"<!doctype html><title>Bomb kills three</title><p>Three people were killed in Tarsk on Monday, the police said."
QUICK = Limits(seconds=2.0, max_bytes=1_000_000)


def _drip(to: BaseHTTPRequestHandler, first: bytes, then: bytes) -> None:
    """Answers a few bytes at a time, until the other side has had enough."""
    with contextlib.suppress(OSError):
        to.wfile.write(first)
        for _ in range(200):
            to.wfile.write(then)
            to.wfile.flush()
            time.sleep(0.05)


class Server:
    """A server on the loopback; `seen` holds each request's path and headers."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.resolved: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                outer.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        """The answers, by path."""
        path = to.path.split("?")[0]
        if path.startswith("/to/"):
            to.send_response(302)
            to.send_header("Location", to.path.removeprefix("/to/"))
            to.end_headers()
        elif path == "/slow":
            to.send_response(200)
            to.send_header("Content-Type", "text/html")
            to.end_headers()
            _drip(to, b"", b"x")
        elif path == "/slow-head":
            _drip(to, b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")
        elif path == "/missing":
            to.send_error(404)
        else:
            kind = {
                "/pdf": "application/pdf",
                "/text": "text/plain; charset=cp1251",
                "/feed": "application/rss+xml",
            }.get(path, "text/html; charset=utf-8")
            body, encoding = PAGE, None
            if path == "/bomb":
                body, encoding = gzip.compress(b"<p>" + b"a" * 80_000_000), "gzip"
            elif path == "/bombs":
                body, encoding = gzip.compress(gzip.compress(b"a" * 80_000_000)), "gzip, gzip"
            elif path == "/gzip":
                body, encoding = gzip.compress(PAGE), "gzip"
            elif path == "/cut":
                body, encoding = gzip.compress(PAGE)[:-20], "gzip"
            elif path == "/noise":
                body, encoding = b"no gzip at all", "gzip"
            to.send_response(200)
            to.send_header("Content-Type", kind)
            if encoding:
                to.send_header("Content-Encoding", encoding)
            to.end_headers()
            with contextlib.suppress(OSError):
                to.wfile.write(body)

    def resolve(self, host: str, port: int) -> list[str]:
        """Every name is this server."""
        self.resolved.append(host)
        return ["127.0.0.1"]

    def get(self, path: str, limits: Limits = QUICK, host: str = "news.example") -> Document:
        """Fetches `path`, the loopback allowed."""
        return fetch(f"http://{host}:{self.port}{path}", limits, resolver=self.resolve, allow=lambda _: True)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for this module."""
    running = Server()
    yield running
    running.http.shutdown()
    running.http.server_close()


def test_a_page_is_fetched(server: Server) -> None:
    """The bytes, the kind, the encoding and the time come back; the request keeps the name and says honestly who asks."""
    found = server.get("/report")
    assert (found.content, found.media_type, found.charset) == (PAGE, "text/html", "utf-8")
    assert found.retrieved_at is not None and found.retrieved_at.endswith("Z")
    headers = server.seen[-1][1]
    assert headers["user-agent"] == USER_AGENT
    assert headers["host"] == f"news.example:{server.port}"
    assert server.get("/gzip").content == PAGE
    assert server.get("/text").charset == "cp1251"


def test_a_name_is_resolved_once(server: Server) -> None:
    """The connection goes to the address that was checked: a second answer of the name service is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    found = fetch(
        f"http://rebind.example:{server.port}/", QUICK, resolver=lambda *_: next(answers), allow=lambda _: True
    )
    assert found.content == PAGE
    assert next(answers) == ["10.0.0.1"]


def test_redirects_are_checked_again(server: Server) -> None:
    """A public page that points to a private address is refused there, and nothing is asked of it."""

    def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "news.example" else ["10.0.0.7"]

    def allow(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
        return address.is_loopback

    with pytest.raises(Unreachable, match=r"inner\.example is at 10\.0\.0\.7"):
        fetch(f"http://news.example:{server.port}/to/http://inner.example/x", QUICK, resolver=resolver, allow=allow)
    for target in ("file:///etc/hostname", "ftp://news.example/x", "gopher://x/"):
        with pytest.raises(Unreachable, match="only http"):
            server.get(f"/to/{target}")


def test_redirects_end(server: Server) -> None:
    """Five redirects are followed, a sixth is refused."""
    assert server.get("/to/" * 5 + "/report").content == PAGE
    with pytest.raises(Unreachable, match=r"points on more than 5 times"):
        server.get("/to/" * 6 + "/report")


@pytest.mark.parametrize("path", ["/bomb", "/bombs"])
def test_a_gzip_bomb_is_not_unpacked(server: Server, path: str) -> None:
    """Unpacking stops at the limit, once or twice compressed."""
    started = time.monotonic()
    with pytest.raises((NotText, Unreachable), match=r"longer than 1 MB|was not asked for"):
        server.get(path)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("path", ["/cut", "/noise", "/pdf", "/feed", "/missing"])
def test_what_is_no_whole_page_is_unreachable(server: Server, path: str) -> None:
    """A damaged or cut-off answer, another kind of file and an error page are refused in one line that names the address."""
    with pytest.raises(Unreachable, match=r"news\.example") as caught:
        server.get(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_a_slow_server_is_left(server: Server, path: str) -> None:
    """The limit on time is for the whole page, however steadily it drips."""
    started = time.monotonic()
    with pytest.raises(Unreachable, match="did not answer within"):
        server.get(path, Limits(seconds=0.5))
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:7f00:1::",
        "::127.0.0.1",
        "2001:db8::1",
        "fec0::1",
    ],
)
def test_addresses_that_are_never_asked(address: str) -> None:
    """Private, loopback, link-local, multicast and reserved addresses are refused, also wrapped in IPv6."""
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(Unreachable, match="never asked"):
        fetch("http://news.example/", QUICK, resolver=lambda *_: ["93.184.216.34", address])


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses(address: str) -> None:
    """An address of the public internet may be asked, also through NAT64."""
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://[::1]/",
        "ftp://news.example/x",
        "javascript://alert(1)",
        "http://",
        "http://[bad/",
        "http://user:pass@news.example/",
        "http://news.example:99999/",
        "file:///etc/hostname",
        "http://2130706433/",
        "http://0x7f.1/",
    ],
)
def test_bad_addresses_are_one_line(url: str) -> None:
    """An address that is none, or that is never asked, is refused in one line."""
    with pytest.raises(Unreachable) as caught:
        acquire(url)
    assert "\n" not in str(caught.value)


def test_nothing_of_the_environment_is_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy named in the environment is not used."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert server.get("/report").content == PAGE


def test_an_unknown_host(server: Server) -> None:
    """A name that nobody knows is unreachable."""

    def resolver(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(RejectedDocument, match="no host"):
        fetch("http://nowhere.example/", QUICK, resolver=resolver)
