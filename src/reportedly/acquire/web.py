"""Addresses -> documents, without letting anybody in, and without being a burden to anybody.

Every address is looked up once and pinned, every redirect checked again (`_pinned.py`). `Web` reads many: it keeps to robots.txt, asks
a host once a second at most, asks for a page that was read before only if it has changed, and says honestly who asks. No cookies.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from reportedly.acquire._ask import USER_AGENT, Reach, Reply, ask
from reportedly.acquire._pinned import IPAddress, Resolver, is_public, line, parts, resolve
from reportedly.acquire._unzip import Damaged, chunks
from reportedly.acquire.feeds import Item, is_feed, read_feed
from reportedly.acquire.files import HEAD, document_of, sniff
from reportedly.acquire.limits import Limits
from reportedly.acquire.received import Received, Refusal, Skipped, Unchanged, refused
from reportedly.acquire.robots import MOST_BYTES, Rules, rules
from reportedly.entries import Visit
from reportedly.errors import RejectedDocument, Unreachable
from reportedly.records import Document, Record, Rejected

__all__ = ["USER_AGENT", "Clock", "Web", "fetch", "is_public", "resolve"]

ACCEPTED = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
FEEDS = frozenset({"text/xml", "application/xml", "application/gzip", "application/x-gzip", "application/octet-stream"})
MOVED = frozenset({301, 302, 303, 307, 308})
LATER = frozenset({429, 503})
PAGE = {"accept": "text/html, text/plain;q=0.9"}
ANYTHING = {
    "accept": "text/html, text/plain;q=0.9, application/rss+xml;q=0.9, application/atom+xml;q=0.9, text/xml;q=0.8"
}
PACE = 1.0
"""Seconds between two requests to one host."""
NESTED = 3
"""How deep a sitemap index may lead to others."""
Found = Received | Rejected | Unchanged | Skipped


def fetch(
    url: str, limits: Limits, *, resolver: Resolver = resolve, allow: Callable[[IPAddress], bool] = is_public
) -> Document:
    """The page at `url`, asked for by a person who named it: no robots.txt is looked at.

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
    reach = Reach(resolver=resolver, allow=allow)
    at = url
    for _ in range(limits.redirects + 1):
        reply = ask(url, at, limits, deadline, reach, PAGE)
        if reply.status in MOVED and "location" in reply.headers:
            at = _next(url, at, reply)
            continue
        return document_of(
            reply.content,
            name=reply.url,
            media_type=_kind(url, reply),
            limits=limits,
            charset=reply.charset,
            retrieved_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    raise _too_far(url, limits)


class Clock:
    """The time, and waiting; tests give another."""

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)

    def now(self) -> datetime:
        """The time (UTC)."""
        return datetime.now(UTC)


class _Same(Record, frozen=True):
    """A page has not changed since the last visit."""

    url: str


class Web:
    """Reads addresses one by one, politely. What a host's robots.txt says is kept as long as this object.

    Args:
        limits: caps on one page or feed.
        visits: the last visit to an address (`Ledger.last_visit`); the page is then asked for only if it has changed.
        clock: the time.
        pace: seconds between two requests to one host; a longer Crawl-delay is kept, up to ``limits.wait``.
        resolver: what turns a name into addresses.
        allow: which addresses may be asked; only tests give another.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        visits: Callable[[str], Visit | None] = lambda _: None,
        clock: Clock | None = None,
        *,
        pace: float = PACE,
        resolver: Resolver = resolve,
        allow: Callable[[IPAddress], bool] = is_public,
    ) -> None:
        self._limits = limits or Limits()
        self._visits = visits
        self._clock = clock or Clock()
        self._pace = pace
        self._reach = Reach(resolver=resolver, allow=allow)
        self._rules: dict[tuple[str, str, int], Rules] = {}
        self._last: dict[str, float] = {}
        self._seen: set[str] = set()
        self._feeds = 0

    def received(self, address: str) -> Iterator[Found]:
        """What is at `address`: a page, or the pages of a feed or sitemap."""
        if not self._first(address):
            yield Skipped(where=address, kind="address that was read already in this run")
            return
        try:
            reply = self._get(address, conditional=True)
            if isinstance(reply, Reply) and (items := self._items(address, reply)) is not None:
                yield from self.pages(items, address)
            else:
                yield self._page(address, reply, None)
        except RejectedDocument as error:
            yield refused(address, str(error))

    def pages(self, items: Iterable[Item], name: str) -> Iterator[Found]:
        """The pages that a feed or sitemap names, with the date and outlet that it gives beside them.

        Args:
            items: what `read_feed` gives.
            name: what to call the feed.
        """
        yield from self._pages(items, name, 0)

    def _pages(self, items: Iterable[Item], name: str, depth: int) -> Iterator[Found]:
        again = bare = 0
        try:
            for item in items:
                if not item.url:
                    bare += 1
                elif not self._first(item.url):
                    again += 1
                elif item.kind == "sitemap":
                    yield from self._sitemap(item.url, depth + 1)
                else:
                    yield self._item(item)
        except Refusal as error:
            yield refused(name, f"{name} {error}")
        if bare:
            yield refused(name, f"{bare:,} of the items of {name} have no link")
        if again:
            yield Skipped(where=name, kind="address that was read already in this run", number=again)

    def _item(self, item: Item) -> Found:
        try:
            return self._page(item.url, self._get(item.url, conditional=True), item)
        except RejectedDocument as error:
            return refused(item.url, str(error))

    def _sitemap(self, address: str, depth: int) -> Iterator[Found]:
        self._feeds += 1
        if depth > NESTED or self._feeds > self._limits.feeds:
            yield refused(address, f"{address} is one sitemap too many; name it itself to have its pages fetched")
            return
        try:
            reply = self._get(address, conditional=False)
            items = self._items(address, reply) if isinstance(reply, Reply) else None
        except RejectedDocument as error:
            yield refused(address, str(error))
            return
        if items is None:
            yield refused(address, f"{address} is no sitemap; check the sitemap that names it")
        else:
            yield from self._pages(items, address, depth)

    def _first(self, address: str) -> bool:
        """Whether `address` was not asked for before."""
        known = address in self._seen
        self._seen.add(address)
        return not known

    def _items(self, address: str, reply: Reply) -> Iterator[Item] | None:
        """The items where the answer is a feed or sitemap; None where it is not."""
        if reply.status != 200 or reply.media_type in ("text/html", "application/xhtml+xml"):
            return None
        head = b""
        try:
            for piece in chunks(io.BytesIO(reply.content)):
                head += piece
                if len(head) >= HEAD:
                    break
        except Damaged as error:
            raise Unreachable(address, f"{address} sent damaged data: {error}") from None
        if sniff(head[:HEAD]) != "text/xml" or not is_feed(head[:HEAD]):
            return None
        return read_feed(chunks(io.BytesIO(reply.content)), reply.url, self._limits)

    def _page(self, address: str, reply: Reply | _Same, item: Item | None) -> Received | Unchanged:
        """The document that the answer holds.

        Raises:
            RejectedDocument: it holds none.
        """
        at = self._clock.now()
        stamp = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        if isinstance(reply, _Same):
            return Unchanged(url=reply.url, visit=self._unchanged(reply.url, stamp), where=address)
        document = document_of(
            reply.content,
            name=reply.url,
            media_type=_kind(address, reply),
            limits=self._limits,
            charset=reply.charset,
        )
        latest = at.date() + timedelta(days=1)
        published = item.published if item and item.published else None
        return Received(
            content=document.content,
            url=document.url,
            media_type=document.media_type,
            charset=document.charset,
            outlet=item.outlet if item else None,
            published=published if published and date.fromisoformat(published) <= latest else None,
            retrieved_on=at.date().isoformat(),
            raw=reply.raw,
            where=address,
            visit=Visit(
                url=reply.url,
                at=stamp,
                status=reply.status,
                etag=reply.headers.get("etag"),
                last_modified=reply.headers.get("last-modified"),
            ),
        )

    def _unchanged(self, url: str, at: str) -> Visit:
        last = self._visits(url)
        return Visit(
            url=url,
            at=at,
            status=304,
            etag=last.etag if last else None,
            last_modified=last.last_modified if last else None,
            capture_id=last.capture_id if last else None,
        )

    def _get(self, address: str, *, conditional: bool) -> Reply | _Same:
        """The final answer of `address`.

        Raises:
            Unreachable: none, or robots.txt forbids one of the addresses on the way.
        """
        at, left, again = address, self._limits.seconds, True
        for _ in range(self._limits.redirects + 1):
            reply, took = self._ask(address, at, left, conditional)
            left -= took
            if reply.status in LATER and again:
                again = False
                self._clock.sleep(self._retry_after(address, reply))
                reply, took = self._ask(address, at, left, conditional)
                left -= took
            if reply.status == 304:
                return _Same(url=reply.url)
            if reply.status not in MOVED or "location" not in reply.headers:
                return reply
            at = _next(address, at, reply)
        raise _too_far(address, self._limits)

    def _ask(self, address: str, at: str, left: float, conditional: bool) -> tuple[Reply, float]:
        """One polite request, and how long it took, in seconds without the waiting.

        Raises:
            Unreachable: no answer, or robots.txt forbids it.
        """
        self._obey(address, at)
        self._wait_for(address, at)
        started = time.monotonic()
        headers = {**ANYTHING, **(self._conditions(at) if conditional else {})}
        reply = ask(address, at, self._limits, started + left, self._reach, headers, self._most)
        return reply, time.monotonic() - started

    def _most(self, media_type: str) -> int:
        feed = media_type in FEEDS or media_type.endswith("+xml")
        return max(self._limits.max_bytes, self._limits.feed_bytes) if feed else self._limits.max_bytes

    def _conditions(self, at: str) -> dict[str, str]:
        last = self._visits(at)
        found = {"if-none-match": last.etag, "if-modified-since": last.last_modified} if last else {}
        return {name: value for name, value in found.items() if value and value.isascii() and value.isprintable()}

    def _retry_after(self, address: str, reply: Reply) -> float:
        """Seconds to wait before the one other try.

        Raises:
            Unreachable: the server does not say how long, or longer than we wait.
        """
        given = reply.headers.get("retry-after", "").strip()
        if given.isdecimal() and len(given) < 9 and int(given) <= self._limits.wait:
            return float(given)
        wish = f" and asks to come back in {given} seconds" if given.isdecimal() else ""
        raise Unreachable(address, f"{address} answered {reply.status} {reply.reason}{wish}; try again later")

    def _obey(self, address: str, at: str) -> None:
        found = self._rules_of(address, at)
        if found.refusal:
            host = urlsplit(at).hostname
            raise Unreachable(address, f"{address} is not read now: of {host}, {found.refusal}; try again later")
        if not found.allows(at):
            raise Unreachable(address, f"{at} is not read: the robots.txt of its host forbids it")

    def _rules_of(self, address: str, at: str) -> Rules:
        host, port = parts(address, at)
        key = (urlsplit(at).scheme.lower(), host, port)
        if key not in self._rules:
            self._rules[key] = self._fetch_rules(urljoin(at, "/robots.txt"))
        return self._rules[key]

    def _fetch_rules(self, url: str) -> Rules:
        at = url
        deadline = time.monotonic() + self._limits.seconds
        try:
            for _ in range(self._limits.redirects + 1):
                self._wait_for(url, at)
                reply = ask(
                    url, at, self._limits, deadline, self._reach, {"accept": "text/plain"}, lambda _: MOST_BYTES
                )
                if reply.status not in MOVED or "location" not in reply.headers:
                    return rules(reply.status, reply.content)
                at = _next(url, at, reply)
        except Unreachable as error:
            return Rules(refusal=f"its robots.txt cannot be had ({error})")
        return Rules()  # RFC 9309, 2.3.1.2: one that is over five redirects away may be taken for none

    def _wait_for(self, address: str, at: str) -> None:
        """Waits until the host of `at` may be asked again, and takes that turn."""
        host, port = parts(address, at)
        known = self._rules.get((urlsplit(at).scheme.lower(), host, port))
        pace = max(self._pace, min(known.delay, self._limits.wait) if known else 0.0)
        last = self._last.get(host)
        if last is not None and (wait := last + pace - self._clock.monotonic()) > 0:
            self._clock.sleep(wait)
        self._last[host] = self._clock.monotonic()


def _next(asked: str, at: str, reply: Reply) -> str:
    try:
        return urljoin(at, reply.headers["location"])
    except ValueError as error:
        raise Unreachable(asked, f"{asked} points to what is no address ({line(error)}); check the address") from None


def _too_far(asked: str, limits: Limits) -> Unreachable:
    return Unreachable(asked, f"{asked} points on more than {limits.redirects} times; give the final address")


def _kind(asked: str, reply: Reply) -> str | None:
    """The media type that the server names.

    Raises:
        Unreachable: the answer is no page.
    """
    if reply.status != 200:
        raise Unreachable(asked, f"{asked} answered {reply.status} {reply.reason}; check the address")
    named = reply.media_type
    if not named:
        return None
    if named not in ACCEPTED:
        raise Unreachable(asked, f"{asked} is {named[:60]}, not a page; give the address of one report")
    return ACCEPTED[named]
