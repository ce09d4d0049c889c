"""acquire: what an answer to /robots.txt comes to, without a network."""

from __future__ import annotations

import time

import pytest

from reportedly.acquire.robots import MOST_BYTES, rules

AT = "https://news.example"


def test_our_own_group_goes_before_everybodys() -> None:
    """The longest rule of the group that names us decides; an empty one forbids nothing."""
    found = rules(
        200, b"User-agent: *\nDisallow: /\n\nUser-agent: Reportedly\nDisallow: /a\nAllow: /a/b\nCrawl-delay: 2.5\n"
    )
    assert [found.allows(AT + path) for path in ("/", "/a", "/a/b", "/c")] == [True, False, True, True]
    assert found.delay == 2.5
    assert rules(200, b"User-agent: *\nDisallow:\n").allows(AT + "/x")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"\xef\xbb\xbfUser-agent: other\nDisallow: /", b"<html>not found</html>", b"Disallow: /\n"],
)
def test_a_file_that_says_nothing_to_us_allows_all(content: bytes) -> None:
    """Rules for others, a page in its place, rubbish: all is allowed, at no pace of its own."""
    found = rules(200, content)
    assert found.allows(AT + "/x") and found.delay == 0.0


@pytest.mark.parametrize(
    ("status", "allowed"), [(200, True), (404, True), (401, True), (500, False), (503, False), (304, False)]
)
def test_statuses(status: int, allowed: bool) -> None:
    """4xx: there is none. Any other but 200: nothing is read for now, and the reason names the status."""
    found = rules(status, b"")
    assert found.allows(AT + "/x") is allowed
    assert (found.refusal is None) is allowed and (allowed or str(status) in (found.refusal or ""))


@pytest.mark.parametrize(
    "content",
    [
        b"User-agent: a\n" * 30_000 + b"Disallow: /x\n" * 10_000,
        b"".join(b"User-agent: a%d\n" % n for n in range(20_000)) + b"Disallow: /x\n" * 5_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 200_000,
        b"User-agent: *\n" + b"Disallow: /" + b"$" * 300_000,
        b"User-agent: *\n" + b"Disallow: /*a*b*c*d$\n" * 20_000,
        b"\x00" * MOST_BYTES,
    ],
)
def test_hostile_rules_end(content: bytes) -> None:
    """Groups times rules, endless patterns: each is read, or refused, within seconds."""
    started = time.process_time()
    rules(200, content).allows(AT + "/" + "a" * 3_000)
    assert time.process_time() - started < 10


def test_only_so_much_is_read() -> None:
    """What comes after half a MB is not read."""
    content = b"User-agent: *\nDisallow: /a\n" + b"#" * MOST_BYTES + b"\nDisallow: /b\n"
    found = rules(200, content)
    assert not found.allows(AT + "/a") and found.allows(AT + "/b")
