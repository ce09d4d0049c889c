"""One request to one address, nothing followed: the head of the answer, and its body within the limits."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Mapping
from importlib.metadata import version

import httpx

from reportedly.acquire._pinned import Heard, IPAddress, Pinned, Resolver, checked, is_public, line, parts, resolve
from reportedly.acquire.limits import Limits
from reportedly.errors import Unreachable
from reportedly.records import Record

USER_AGENT = f"reportedly/{version('reportedly')} (+reads public news reports; keeps to robots.txt)"
WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""zlib's name for each encoding that is unpacked."""
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
ROOM = 2
"""How many times the bytes of a document the answer as received may be (chunk by chunk it is longer)."""


class Reach(Record, frozen=True):
    """What may be asked, and how a name is looked up; only tests give another."""

    resolver: Resolver = resolve
    allow: Callable[[IPAddress], bool] = is_public


class Reply(Record, frozen=True):
    """The answer to one request."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    """Names in lower case."""
    content: bytes
    """The body, unpacked; empty unless the status is 200. One byte over the limit where it is over the limit."""
    raw: bytes | None
    """The answer as received, head and body; null where it is far longer than its content."""

    @property
    def media_type(self) -> str:
        """``text/html``; empty where the server does not say."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        found = CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1) if found else None


def ask(
    asked: str,
    at: str,
    limits: Limits,
    deadline: float,
    reach: Reach,
    headers: Mapping[str, str],
    most: Callable[[str], int] | None = None,
) -> Reply:
    """The answer of the address `at`, to which `asked` led.

    Args:
        asked: the address that the user gave; errors are about it.
        at: the address to ask.
        limits: caps on bytes and seconds.
        deadline: when, by `time.monotonic`, it must be over.
        reach: what may be asked.
        headers: those of the request, beside our name.
        most: bytes of the body that are read, by its media type; ``limits.max_bytes`` unless given.

    Raises:
        Unreachable: no answer in time, a damaged one, or an address that is refused.
    """
    host, port = parts(asked, at)
    addresses = checked(asked, host, port, reach.resolver, reach.allow)
    heard = Heard(ROOM * max(limits.max_bytes, limits.feed_bytes))
    sent = {"user-agent": USER_AGENT, "accept-encoding": "gzip, deflate", **headers}
    transport = Pinned(addresses, deadline, heard)
    try:
        with (
            httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client,
            client.stream("GET", at, headers=sent, timeout=max(0.1, deadline - time.monotonic())) as response,
        ):
            named = {key.lower(): value for key, value in response.headers.items()}
            kind = named.get("content-type", "").split(";")[0].strip().lower()
            cap = most(kind) if most else limits.max_bytes
            content = _body(asked, response, cap) if response.status_code == 200 else b""
            return Reply(
                url=str(response.url),
                status=response.status_code,
                reason=response.reason_phrase,
                headers=named,
                content=content,
                raw=heard.raw(),
            )
    except httpx.TimeoutException:
        raise Unreachable(asked, f"{asked} did not answer within {limits.seconds:g} seconds; try again later") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(asked, f"{asked} cannot be read: {line(error)}; check the address") from None


def _body(asked: str, response: httpx.Response, most: int) -> bytes:
    """The body, unpacked, to at most one byte over `most`: a bomb is never unpacked further."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in WINDOW and encoding not in ("identity", ""):
        raise Unreachable(asked, f"{asked} answered in the encoding {encoding[:40]!r}, which was not asked for")
    unpack = zlib.decompressobj(WINDOW[encoding]) if encoding in WINDOW else None
    content = bytearray()
    try:
        for chunk in response.iter_raw():
            room = most + 1 - len(content)
            content += unpack.decompress(chunk, room) if unpack else chunk[:room]
            if len(content) > most:
                break
    except zlib.error as error:
        raise Unreachable(asked, f"{asked} sent damaged data ({line(error)}); try again later") from None
    if unpack and not unpack.eof and len(content) <= most:
        raise Unreachable(asked, f"{asked} broke off before its end; try again later")
    return bytes(content)
