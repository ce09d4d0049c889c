"""Connections to addresses that were checked, and to no others.

A name is resolved once and the connection goes to the very address that was checked, so that no second answer of a name server can
send it elsewhere. Private, loopback, link-local and reserved addresses are refused, also where an IPv6 address wraps one. Nothing of
the environment (proxies, .netrc) is used.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from reportedly.errors import Unreachable

NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")

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


def parts(asked: str, at: str) -> tuple[str, int]:
    """The host and port of the address `at`, to which `asked` led.

    Raises:
        Unreachable: it is no ``http`` or ``https`` address, or carries a user name.
    """
    try:
        split = urlsplit(at)
        host, port = split.hostname, split.port
        httpx.URL(at)
    except (ValueError, httpx.InvalidURL) as error:
        raise Unreachable(asked, f"{at!r} is no address ({line(error)}); give one that begins with https://") from None
    if split.scheme.lower() not in ("http", "https"):
        raise Unreachable(asked, f"{at!r}: only http and https addresses are read")
    if not host:
        raise Unreachable(asked, f"{at!r} names no host; give a whole address, such as https://example.org/report")
    if split.username is not None or split.password is not None:
        raise Unreachable(asked, f"the address of {host} carries a user name; give it without")
    return host, port or (443 if split.scheme.lower() == "https" else 80)


def checked(
    asked: str, host: str, port: int, resolver: Resolver, allow: Callable[[IPAddress], bool]
) -> tuple[str, ...]:
    """The addresses of `host`, all of them ones that may be asked: a single private one refuses the name.

    Raises:
        Unreachable: it has none, or one that is refused.
    """
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


def line(error: Exception) -> str:
    """What an error of a library says, in one short line."""
    return " ".join(str(error).split())[:200] or type(error).__name__


class Heard:
    """What a server sends, byte for byte, up to a limit; more than that is not kept at all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes: bytearray | None = bytearray()

    def add(self, found: bytes) -> None:
        """Keeps `found`, unless it is too much."""
        if self._bytes is not None:
            self._bytes += found
            if len(self._bytes) > self._most:
                self._bytes = None

    def raw(self) -> bytes | None:
        """All of it; None where it was too much."""
        return None if self._bytes is None else bytes(self._bytes)


@cache
def _context() -> ssl.SSLContext:
    """The system's certificates, read once: that takes longer than most pages."""
    return ssl.create_default_context()


class Pinned(httpx.HTTPTransport):
    """A transport that connects to addresses already checked, whatever the name says; the Host header and TLS keep the name.

    Args:
        addresses: where to connect, the first that answers.
        deadline: when, by `time.monotonic`, everything must be over.
        heard: gets every byte that the server sends (inside TLS, as it was decrypted).
    """

    def __init__(self, addresses: Sequence[str], deadline: float, heard: Heard) -> None:
        context = _context()
        super().__init__(trust_env=False, verify=context)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, network_backend=_Backend(addresses, deadline, heard), retries=0
        )


class _Backend(httpcore.SyncBackend):
    """Opens sockets to the given addresses only, and lets none of them outlast the deadline."""

    def __init__(self, addresses: Sequence[str], deadline: float, heard: Heard) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._heard = heard

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
                return _Timed(stream, self._deadline, self._heard)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(self._addresses):
                    raise
        raise httpcore.ConnectError(f"no address for {host}")


class _Timed(httpcore.NetworkStream):
    """A connection whose every read and write has only the time that is left for the whole page."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float, heard: Heard) -> None:
        self._stream = stream
        self._deadline = deadline
        self._heard = heard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        found = self._stream.read(max_bytes, _left(self._deadline))
        self._heard.add(found)
        return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inside = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Timed(inside, self._deadline, self._heard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this page is over")
    return left
