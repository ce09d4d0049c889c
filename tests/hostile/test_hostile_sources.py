"""Bad input seen in the wild, as sources: each ends as documents or refusals by name, within 10 s and 500 MB. All of it is invented."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from reportedly.acquire.archives import PAGES
from tests.acquire.archive import PAGE, answer, packed, record

SECONDS = 30.0
MEGABYTES = 500
READ = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from reportedly.acquire.received import Received, Skipped
from reportedly.acquire.sources import gather
from reportedly.acquire.web import Web
from reportedly.records import Rejected
started = time.process_time()
counts = {"Received": 0, "Rejected": 0, "Skipped": 0, "Unchanged": 0}
reasons = []
web = Web(resolver=lambda *_: ["10.0.0.7"])
for found in gather(sys.argv[1:], web=web):
    counts[type(found).__name__] += 1
    if isinstance(found, Rejected):
        reasons.append(found.reason)
seconds = time.process_time() - started  # what others do on this machine is not our time
(most,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")]  # ru_maxrss is our parent's too
print(json.dumps({"counts": counts, "reasons": reasons[-5:], "seconds": seconds, "mb": int(most) / 1024}))
"""
LINE = b'{"url": "https://news.example/1", "text": "Three people were killed in Tarsk on Monday, the police said."}\n'
RSS = b"<?xml version='1.0'?><rss><channel><title>T</title>%b</channel></rss>"


def read(*paths: Path) -> dict[str, object]:
    """What the sources give, in a process of its own, whose time and memory are held against the promise."""
    ran = subprocess.run(
        [sys.executable, "-c", READ, *map(str, paths)], capture_output=True, timeout=60, check=False, text=True
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: dict[str, object] = json.loads(ran.stdout)
    print(found)
    assert isinstance(found["seconds"], float) and found["seconds"] < SECONDS, found
    assert isinstance(found["mb"], float) and found["mb"] < MEGABYTES, found
    return found


def bomb(filling: bytes, megabytes: int, start: bytes = b"") -> bytes:
    """One gzip member that unpacks to so many MB, after `start`; its checksum is wrong, for nobody should get so far."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    million = filling * (1_000_000 // len(filling))
    first = engine.compress(start) + engine.flush(zlib.Z_FULL_FLUSH)
    again = engine.compress(million) + engine.flush(zlib.Z_FULL_FLUSH)  # stands by itself, so that it can be said again
    return first + again * megabytes + engine.flush()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{entities}]><rss><channel><title>&l9;</title></channel></rss>".encode()


def promised(kind: bytes = b"1" * 12) -> bytes:
    """A record that says that it holds far more than it does."""
    return record(answer(), length=5).replace(b"Content-Length: 5", b"Content-Length: " + kind)


# name -> (file name, bytes, documents that come out, refusals at least)
CASES: dict[str, tuple[str, Callable[[], bytes], int, int]] = {
    "a line that unpacks to a GB": ("a.jsonl.gz", lambda: bomb(b"a", 1000), 0, 1),
    "lines that unpack to a GB": ("a.jsonl.gz", lambda: bomb(b"\n", 1000), 0, 1),
    "a bomb in small parts": ("a.jsonl.gz", lambda: gzip.compress(b" " * 10_000_000) * 100, 0, 1),
    "a bomb after a line": ("a.jsonl.gz", lambda: gzip.compress(LINE) + bomb(b" ", 1000), 1, 1),
    "empty parts": ("a.jsonl.gz", lambda: gzip.compress(b"") * 500_000, 0, 1),
    "a bomb without a name": ("a", lambda: bomb(b"a", 1000), 0, 1),
    "a bomb as a web archive": ("a.warc.gz", lambda: bomb(b"a", 1000), 0, 1),
    "a bomb as the head of a record": ("a.warc.gz", lambda: bomb(b"a", 300, b"WARC/1.1\r\n"), 0, 1),
    "a bomb as a record": (
        "a.warc.gz",
        lambda: packed(record(answer())) + bomb_record(1000) + packed(record(answer(PAGE + b"2"))),
        2,
        1,
    ),
    "a bomb as a page": ("a.warc.gz", lambda: packed(record(answer(bomb(b"a", 300), Content_Encoding="gzip"))), 0, 1),
    "a bomb in a bomb": (
        "a.warc.gz",
        lambda: packed(record(answer(gzip.compress(bomb(b"a", 300)), Content_Encoding="gzip, gzip"))),
        0,
        1,
    ),
    "a bomb as a sitemap": ("sitemap.xml.gz", lambda: bomb(b"<url/>", 300), 0, 1),
    "a sitemap that is a bomb": ("sitemap.xml.gz", lambda: bomb(b"<url/>", 300, b"<urlset>"), 0, 1),
    "a web archive cut in a record": ("a.warc.gz", lambda: packed(record(answer()), record(answer()))[:-20], 1, 1),
    "a record of 100 GB": ("a.warc", promised, 0, 1),
    "records of 100 GB": ("a.warc", lambda: promised() * 2_000, 0, 1),
    "a length beyond all numbers": ("a.warc", lambda: promised(b"9" * 5_000), 0, 1),
    "nothing but beginnings": ("a.warc.gz", lambda: b"\x1f\x8b\x08" * 7_000_000, 0, 1),
    "nothing but versions": ("a.warc", lambda: b"WARC/1.1\r\n" * 2_000_000, 0, 1),
    "a head without end": ("a.warc", lambda: b"WARC/1.1\r\n" + b"A: b\r\n" * 3_000_000, 0, 1),
    "a head of one line": ("a.warc", lambda: b"WARC/1.1\r\n" + b"A" * 20_000_000, 0, 1),
    "many small records": ("a.warc", lambda: record(b"", kind="metadata") * 50_000, 0, 0),
    "chunks of one byte": (
        "a.warc",
        lambda: record(answer(b"1\r\na\r\n" * 1_000_000 + b"0\r\n\r\n", Transfer_Encoding="chunked")),
        1,
        0,
    ),
    "interim answers": ("a.warc", lambda: record(b"HTTP/1.1 100 Continue\r\n\r\n" * 700_000 + answer()), 1, 0),
    "a page of 25 MB": ("a.warc", lambda: record(answer(b"a" * 25_000_000)), 0, 1),
    "a file of 50 MB": ("a.html", lambda: b"a " * 25_000_000, 0, 1),
    "JSON nested 200,000 deep": ("a.jsonl", lambda: b'{"text": "x", "y": ' + b"[" * 200_000 + b"\n" + LINE, 1, 1),
    "JSON objects nested 200,000 deep": ("a.jsonl", lambda: b'{"a":' * 200_000 + b"\n" + LINE, 1, 1),
    "JSON nested, without a name": ("a", lambda: b'{"text": "x", "y": ' + b"[" * 200_000, 0, 1),
    "a JSON line of 50 MB": ("a.jsonl", lambda: b'{"text": "' + b"a" * 50_000_000 + b'"}\n' + LINE, 1, 1),
    "a JSON line of 200 MB": ("a.jsonl", lambda: b'{"text": "' + b"a" * 200_000_000, 0, 1),
    "lines of nothing": ("a.jsonl", lambda: b"\n" * 20_000_000 + LINE, 0, 1),
    "lines of rubbish": ("a.jsonl", lambda: b"x\n" * 10_000_000 + LINE, 0, 1),
    "NUL bytes": ("a.jsonl", lambda: b"\x00" * 1_000 + b"\n" + LINE, 1, 1),
    "billion laughs": ("feed.xml", laughs, 0, 1),
    "an external entity": (
        "feed.xml",
        lambda: b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><title>&x;</title></channel></rss>",
        0,
        1,
    ),
    "a feed nested 200,000 deep": ("feed.xml", lambda: RSS % (b"<item><a>" + b"<b>" * 200_000), 0, 1),
    "a feed with a tag of 40 MB": ("feed.xml", lambda: RSS % (b"<item x='" + b"a" * 40_000_000 + b"'/>"), 0, 1),
    "a feed with a million attributes": (
        "feed.xml",
        lambda: b"<rss " + b" ".join(b"a%d='1'" % n for n in range(1_000_000)) + b"/>",
        0,
        1,
    ),
    "a feed with a million names": (
        "feed.xml",
        lambda: RSS % b"".join(b"<a%d/>" % n for n in range(1_000_000)),
        0,
        1,
    ),
    "a feed of 60 MB": ("feed.xml", lambda: RSS % (b"<item> </item>" * 10 + b"<x> </x>" * 7_500_000), 0, 1),
    "a feed of ampersands": ("feed.xml", lambda: RSS % (b"<item><title>" + b"&" * 20_000_000), 0, 1),
    "links that are no pages": (
        "feed.xml",
        lambda: RSS
        % b"".join(
            b"<item><link>%b</link></item>" % link
            for link in (b"javascript:alert(1)", b"data:text/html,x", b"file:///etc/hostname", b"http://[x", b"", b"//", b"http://h/")
        ),
        0,
        7,
    ),
}  # fmt: skip


def bomb_record(megabytes: int) -> bytes:
    """A record of so many MB of one letter, packed."""
    head, _, _ = record(answer(), length=megabytes * 1_000_000).partition(b"\r\n\r\n")
    return bomb(b"a", megabytes, head + b"\r\n\r\n")


@pytest.mark.parametrize("name", CASES)
def test_hostile_sources_end(name: str, tmp_path: Path) -> None:
    """Each ends in time and in bounds; what is whole in it is read, and what is not is refused in one line that names it."""
    file, make, documents, refusals = CASES[name]
    path = tmp_path / file
    path.write_bytes(make())
    found = read(path)
    counts = found["counts"]
    assert isinstance(counts, dict) and isinstance(found["reasons"], list)
    assert counts["Received"] == documents, found
    assert counts["Rejected"] >= refusals, found
    for reason in found["reasons"]:
        assert reason and "\n" not in reason and len(reason) < 2_000


def test_a_large_collection_is_never_held(tmp_path: Path) -> None:
    """100 MB of lines and a web archive of as much are read within the memory of a few documents."""
    words = Random(1).randbytes(200_000).hex()
    text = json.dumps({"text": words * 3}).encode() + b"\n"
    (tmp_path / "a.jsonl").write_bytes(text * 80)
    member = packed(record(answer(PAGE + words.encode() * 3)))
    (tmp_path / "a.warc.gz").write_bytes(member * 80)
    found = read(tmp_path)
    assert found["counts"] == {"Received": 160, "Rejected": 0, "Skipped": 0, "Unchanged": 0}
    assert isinstance(found["mb"], float) and found["mb"] < 120, found


def test_only_pages_are_taken_out_of_web_archives() -> None:
    """The kinds that are read."""
    assert set(PAGES) == {"text/html", "application/xhtml+xml", "text/plain"}
