"""Addresses -> Document, without letting anybody in.

A name is resolved once and the connection goes to the very address that was checked, so that no second answer of a name server can
send it elsewhere. Private, loopback, link-local and reserved addresses are refused, also where an IPv6 address wraps one; every
redirect is checked again. Nothing of the environment (proxies, .netrc) is used.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from reportedly.acquire.feeds import Item
from reportedly.acquire.files import document_of
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Received, Skipped, Unchanged
from reportedly.errors import Unreachable
from reportedly.records import Document, Rejected

USER_AGENT = "reportedly/0.1 (+reads public news reports)"
ACCEPTED = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
MOVED = frozenset({301, 302, 303, 307, 308})
WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""zlib's name for each encoding that is unpacked."""
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) -> its addresses, as the name service gives them."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the order of the system's resolver.

    Raises:
        OSError: the name has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: IPAddress) -> bool:
    """True for an address of the public internet; for one that wraps another (mapped, NAT64, 6to4, Teredo), of both."""
    if isinstance(address, ipaddress.IPv6Address):
        inner: list[IPAddress] = [inside for inside in (address.ipv4_mapped, address.sixtofour) if inside is not None]
        if address.teredo is not None:
            inner.extend(address.teredo)
        if address in NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address in NAT64_LOCAL:
            return False
        if inner:
            return all(is_public(inside) for inside in inner)
        if int(address) >> 32 == 0:  # the old IPv4-compatible form
            return False
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or site_local
    )


def fetch(
    url: str, limits: Limits, *, resolver: Resolver = resolve, allow: Callable[[IPAddress], bool] = is_public
) -> Document:
    """The page at `url`.

    Args:
        url: an ``http`` or ``https`` address.
        limits: caps on bytes (after decompression), seconds (in all) and redirects.
        resolver: what turns a name into addresses.
        allow: which addresses may be asked; only tests give another.

    Raises:
        Unreachable: no answer, an answer that is no page, or an address that is refused.
        NotText: binary, empty, or over the limit.
    """
    deadline = time.monotonic() + limits.seconds
    at = url
    for _ in range(limits.redirects + 1):
        answer = _ask(url, at, limits, deadline, resolver, allow)
        if isinstance(answer, Document):
            return answer
        at = answer
    raise Unreachable(url, f"{url} points on more than {limits.redirects} times; give the final address")


def _ask(
    asked: str, at: str, limits: Limits, deadline: float, resolver: Resolver, allow: Callable[[IPAddress], bool]
) -> Document | str:
    """The document at `at`, or the address that it points to."""
    host, port = _parts(asked, at)
    addresses = _checked(asked, host, port, resolver, allow)
    try:
        with httpx.Client(transport=_Pinned(addresses, deadline), trust_env=False, follow_redirects=False) as client:
            headers = {
                "user-agent": USER_AGENT,
                "accept": "text/html, text/plain;q=0.9",
                "accept-encoding": "gzip, deflate",
            }
            with client.stream("GET", at, headers=headers, timeout=max(0.1, deadline - time.monotonic())) as response:
                if response.status_code in MOVED and "location" in response.headers:
                    return urljoin(at, response.headers["location"])
                media_type, charset = _kind(asked, response)
                content = _body(asked, response, limits)
                final = str(response.url)
    except httpx.TimeoutException:
        raise Unreachable(asked, f"{asked} did not answer within {limits.seconds:g} seconds; try again later") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(asked, f"{asked} cannot be read: {_line(error)}; check the address") from None
    return document_of(
        content,
        name=final,
        media_type=media_type,
        limits=limits,
        charset=charset,
        retrieved_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _parts(asked: str, at: str) -> tuple[str, int]:
    try:
        parts = urlsplit(at)
        host, port = parts.hostname, parts.port
        httpx.URL(at)
    except (ValueError, httpx.InvalidURL) as error:
        raise Unreachable(asked, f"{at!r} is no address ({_line(error)}); give one that begins with https://") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise Unreachable(asked, f"{at!r}: only http and https addresses are read")
    if not host:
        raise Unreachable(asked, f"{at!r} names no host; give a whole address, such as https://example.org/report")
    if parts.username is not None or parts.password is not None:
        raise Unreachable(asked, f"the address of {host} carries a user name; give it without")
    return host, port or (443 if parts.scheme.lower() == "https" else 80)


def _checked(
    asked: str, host: str, port: int, resolver: Resolver, allow: Callable[[IPAddress], bool]
) -> tuple[str, ...]:
    """The addresses of `host`, all of them ones that may be asked: a single private one refuses the name."""
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError):
        raise Unreachable(asked, f"no host {host} is known; check the address") from None
    if not found:
        raise Unreachable(asked, f"no host {host} is known; check the address")
    for one in found:
        try:
            fine = "%" not in one and allow(ipaddress.ip_address(one))
        except ValueError:
            fine = False
        if not fine:
            raise Unreachable(asked, f"{host} is at {one}, which is not on the public internet, and is never asked")
    return tuple(found)


def _kind(asked: str, response: httpx.Response) -> tuple[str | None, str | None]:
    """The media type and the encoding that the server names."""
    if response.status_code != 200:
        raise Unreachable(asked, f"{asked} answered {response.status_code} {response.reason_phrase}; check the address")
    header = response.headers.get("content-type", "")
    named = header.split(";")[0].strip().lower()
    charset = CHARSET.search(header)
    if not named:
        return None, None
    if named not in ACCEPTED:
        raise Unreachable(asked, f"{asked} is {named[:60]}, not a page; give the address of one report")
    return ACCEPTED[named], charset.group(1) if charset else None


def _body(asked: str, response: httpx.Response, limits: Limits) -> bytes:
    """The body, decompressed, to at most one byte over the limit: a bomb is never unpacked further."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in WINDOW and encoding not in ("identity", ""):
        raise Unreachable(asked, f"{asked} answered in the encoding {encoding[:40]!r}, which was not asked for")
    unpack = zlib.decompressobj(WINDOW[encoding]) if encoding in WINDOW else None
    content = bytearray()
    try:
        for chunk in response.iter_raw():
            room = limits.max_bytes + 1 - len(content)
            content += unpack.decompress(chunk, room) if unpack else chunk[:room]
            if len(content) > limits.max_bytes:
                break
    except zlib.error as error:
        raise Unreachable(asked, f"{asked} sent damaged data ({_line(error)}); try again later") from None
    if unpack and not unpack.eof and len(content) <= limits.max_bytes:
        raise Unreachable(asked, f"{asked} broke off before its end; try again later")
    return bytes(content)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


class _Pinned(httpx.HTTPTransport):
    """A transport that connects to addresses already checked, whatever the name says; the Host header and TLS keep the name."""

    def __init__(self, addresses: Sequence[str], deadline: float) -> None:
        context = ssl.create_default_context()
        super().__init__(trust_env=False, verify=context)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=_Backend(addresses, deadline), retries=0
        )


class _Backend(httpcore.SyncBackend):
    """Opens sockets to the given addresses only, and lets none of them outlast the deadline."""

    def __init__(self, addresses: Sequence[str], deadline: float) -> None:
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the addresses that answers; `host` is not looked up again."""
        for number, address in enumerate(self._addresses, start=1):
            try:
                stream = super().connect_tcp(address, port, _left(self._deadline), local_address, socket_options)
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(self._addresses):
                    raise
        raise httpcore.ConnectError(f"no address for {host}")


class _Timed(httpcore.NetworkStream):
    """A connection whose every read and write has only the time that is left for the whole page."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this page is over")
    return left


class Web:
    """Reads addresses one by one, politely."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def received(self, address: str) -> Iterator[Received | Rejected | Unchanged | Skipped]:
        """What is at `address`: a page, or the pages of a feed or sitemap."""
        try:
            found = fetch(address, self._limits)
        except Unreachable as error:
            yield error.rejected
            return
        yield Received(
            content=found.content,
            url=found.url,
            media_type=found.media_type,
            charset=found.charset,
            retrieved_on=(found.retrieved_at or "")[:10],
            where=address,
        )

    def pages(self, items: Iterable[Item], name: str) -> Iterator[Received | Rejected | Unchanged | Skipped]:
        """The pages of a feed."""
        for item in items:
            yield from self.received(item.url)
