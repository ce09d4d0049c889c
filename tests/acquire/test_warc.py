"""acquire: WARC files. What is whole is given, what is torn is named, and no cut passes unnoticed."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from base64 import b32encode
from itertools import pairwise

import pytest

from reportedly.acquire import Limits
from reportedly.acquire.archives import from_warc
from reportedly.acquire.received import Received, Skipped
from reportedly.acquire.warc import Torn, WarcRecord, record_at, records
from reportedly.records import Rejected
from tests.acquire.archive import PAGE, answer, packed, record

THREE = [record(answer(PAGE + b"%d" % n), url=f"https://news.example/{n}") for n in range(3)]
LIMITS = Limits(max_bytes=100_000)


def read(content: bytes) -> list[Received | Rejected | Skipped]:
    return list(from_warc(io.BytesIO(content), "a.warc", LIMITS))


def pages(content: bytes) -> list[bytes]:
    return [found.content for found in read(content) if isinstance(found, Received)]


def only(content: bytes) -> Received | Rejected | Skipped:
    (found,) = read(content)
    return found


@pytest.mark.parametrize("wrap", [b"".join, lambda r: packed(*r), lambda r: gzip.compress(b"".join(r))])
def test_every_record_is_given(wrap: object) -> None:
    """Plain, a gzip member for each record, or one for all: the same pages, with their addresses and days."""
    assert callable(wrap)
    found = read(wrap(THREE))
    assert [f.url for f in found if isinstance(f, Received)] == [f"https://news.example/{n}" for n in range(3)]
    first = found[0]
    assert isinstance(first, Received)
    assert (first.content, first.media_type, first.charset) == (PAGE + b"0", "text/html", "utf-8")
    assert (first.retrieved_on, first.raw) == ("2025-03-04", answer(PAGE + b"0"))


@pytest.mark.parametrize("parts", [THREE, [packed(one) for one in THREE]], ids=["plain", "gzip"])
def test_every_cut_is_noticed(parts: list[bytes]) -> None:
    """Cut at each of its bytes, a file gives the records that are whole and one torn place, which names where; no cut is silent."""
    whole = b"".join(parts)
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part))
    for begin, end in pairwise(ends):
        for cut in range(begin + 1, end):
            found = list(records(io.BytesIO(whole[:cut]), "a.warc"))
            assert [type(one) for one in found] == [WarcRecord] * ends.index(begin) + [Torn], cut
            torn = found[-1]
            assert isinstance(torn, Torn)
            assert (torn.offset, torn.at_end) == (begin, True), cut
    for end in ends:
        assert not [one for one in records(io.BytesIO(whole[:end]), "a.warc") if isinstance(one, Torn)]


def test_every_cut_of_one_member_is_noticed() -> None:
    """A file packed as a whole is held against its one trailer."""
    whole = gzip.compress(b"".join(THREE), mtime=0)
    for cut in range(1, len(whole)):
        assert any(isinstance(one, Torn) for one in records(io.BytesIO(whole[:cut]), "a.warc")), cut


def test_a_torn_record_is_refused_by_its_place() -> None:
    """The line names the file and the byte."""
    found = read(packed(*THREE)[:-5])
    refusal = found[-1]
    assert isinstance(refusal, Rejected)
    assert refusal.reason.startswith(f"a.warc at byte {len(packed(*THREE[:2]))}: the gzip data ends too early")


@pytest.mark.parametrize("where", range(0, 400, 7))
def test_a_flipped_bit_costs_one_record(where: int) -> None:
    """Damage in the middle of a file is named, and the records around it are read."""
    members = [packed(one) for one in THREE]
    damaged = bytearray(b"".join(members))
    place = len(members[0]) + where % len(members[1])
    damaged[place] ^= 0x10
    found = list(records(io.BytesIO(bytes(damaged)), "a.warc"))
    whole = [one.fields["warc-target-uri"][-1] for one in found if isinstance(one, WarcRecord)]
    header = where % len(members[1]) in range(4, 10)  # time and system in a gzip head are under no checksum
    assert whole[0] == "0" and whole[-1] == "2"
    assert header or any(isinstance(one, Torn) and not one.at_end for one in found)


@pytest.mark.parametrize("wrong", [-30, -1, 1, 30, 10_000_000])
@pytest.mark.parametrize("gzipped", [True, False])
def test_a_wrong_content_length(wrong: int, gzipped: bool) -> None:
    """A record that is longer or shorter than it says is refused; the next one is read."""
    block = answer()
    bad = record(block, length=len(block) + wrong)
    whole = packed(THREE[0], bad, THREE[2]) if gzipped else THREE[0] + bad + THREE[2]
    found = read(whole)
    assert [type(one) for one in found] == [Received, Rejected, Received]


@pytest.mark.parametrize("length", ["", "-5", "many", "9" * 30, "1e3"])
def test_a_content_length_that_is_none(length: str) -> None:
    """Without a length a record is refused."""
    block = answer()
    bad = record(block).replace(b"Content-Length: %d" % len(block), b"Content-Length: " + length.encode())
    found = read(bad + THREE[0])
    assert [type(one) for one in found] == [Rejected, Received]


def test_a_digest_that_does_not_fit() -> None:
    """A record is held against its block digest, in hex or base 32; the next one is read."""
    block = answer()
    right = b32encode(hashlib.sha1(block).digest()).decode()
    assert pages(record(block, WARC_Block_Digest=f"sha1:{right}")) == [PAGE]
    assert pages(record(block, WARC_Block_Digest=f"SHA-256:{hashlib.sha256(block).hexdigest()}")) == [PAGE]
    for given in (f"sha1:{right[::-1]}", "sha256:00", "sha1:é"):
        found = read(record(block, WARC_Block_Digest=given) + THREE[0])
        assert [type(one) for one in found] == [Rejected, Received]
    assert pages(record(block, WARC_Block_Digest="whirl:00")) == [PAGE]


def test_what_is_no_page_is_counted() -> None:
    """Requests, pictures, error pages and other records are passed over, and said by kind."""
    whole = b"".join(
        (
            record(b"software: x\r\n", kind="warcinfo", Content_Type="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(answer(b"\x89PNG", Content_Type="image/png")),
            record(answer(b"\x89PNG", Content_Type="image/png")),
            record(answer(b"no", status="404 Not Found")),
            record(b"220 ready", Content_Type="text/dns"),
            record(b"Three people were killed.", kind="resource", Content_Type="text/plain; charset=cp1252"),
        )
    )
    found = read(whole)
    assert {one.kind: one.number for one in found if isinstance(one, Skipped)} == {
        "answer of another protocol than HTTP": 1,
        "answer with status 404": 1,
        "image/png document": 2,
        "request record": 1,
        "warcinfo record": 1,
    }
    (page,) = [one for one in found if isinstance(one, Received)]
    assert (page.media_type, page.charset, page.raw) == ("text/plain", "cp1252", None)


CHUNKED = b"5\r\n" + PAGE[:5] + b"\r\n%x;x=y\r\n" % len(PAGE[5:]) + PAGE[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (CHUNKED, {"Transfer_Encoding": "chunked"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (PAGE, {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (zlib.compress(PAGE)[2:-4], {"Content_Encoding": "deflate"}),
        (gzip.compress(gzip.compress(PAGE)), {"Content_Encoding": "gzip, gzip"}),
        (PAGE, {"Content_Encoding": "br"}),
        (PAGE + b"\r\n", {"Content_Length": str(len(PAGE))}),
        (PAGE, {"Content_Encoding": "identity", "Content_Length": str(len(PAGE))}),
    ],
)
def test_encodings_are_undone(body: bytes, headers: dict[str, str]) -> None:
    """Chunks and content encodings are undone, also where the crawler has done so already and left the header."""
    assert pages(record(answer(body, **headers))) == [PAGE]


def test_brotli() -> None:
    """A page packed with brotli is read where there is a decoder."""
    brotli = pytest.importorskip("brotli")
    assert pages(record(answer(brotli.compress(PAGE), Content_Encoding="br"))) == [PAGE]
    assert isinstance(only(record(answer(brotli.compress(PAGE)[:-3], Content_Encoding="br"))), Rejected)
    bomb = brotli.compress(b"a" * 30_000_000)
    found = only(record(answer(bomb, Content_Encoding="br")))
    assert isinstance(found, Rejected) and "longer than 0.1 MB" in found.reason


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (PAGE, "its head is missing"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n" + PAGE, "a head that does not end"),
        (answer(CHUNKED[:-20], Transfer_Encoding="chunked"), "broke off"),
        (answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "broke off"),
        (answer(b"\x1f\x8b\x08 no gzip", Content_Encoding="gzip"), "damaged"),
        (answer(PAGE, Content_Encoding="zstd"), "not read"),
        (answer(PAGE, Content_Encoding="gzip, gzip, gzip, gzip"), "packed 4 times"),
        (answer(PAGE, Content_Length=str(len(PAGE) + 1)), "broke off"),
        (answer(gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip"), "longer than 0.1 MB"),
        (answer(b"a" * 150_000), "longer than 0.1 MB"),
        (answer(b"  "), "empty"),
        (answer(b"%PDF-1.7"), "PDF"),
    ],
)
def test_pages_that_cannot_be_read(block: bytes, why: str) -> None:
    """Each is refused in one line with its place and address."""
    found = only(packed(record(block)))
    assert isinstance(found, Rejected)
    assert why in found.reason and "a.warc at byte 0" in found.reason and "\n" not in found.reason


def test_a_page_cut_by_the_crawler() -> None:
    """What the crawler itself cut short is refused: a part of a report is not the report."""
    found = only(record(answer(), WARC_Truncated="length"))
    assert isinstance(found, Rejected) and "cut short by the crawler" in found.reason


def test_addresses_beyond_ascii() -> None:
    """An address is kept as it stands; of a file address only the name is."""
    (one,) = read(record(answer(), url="https://news.example/Тарск"))
    assert isinstance(one, Received) and one.url == "https://news.example/Тарск"
    (two,) = read(record(PAGE, kind="resource", Content_Type="text/html", url="file:///home/ana/x/page%201.html"))
    assert isinstance(two, Received) and (two.url, two.retrieved_on) == ("page 1.html", None)


def test_older_and_looser_writers() -> None:
    """Version 0.18 with bare line feeds, folded header lines and angle brackets round the address."""
    loose = record(answer(), url="<https://news.example/1>", X_Long="one\r\n two").replace(b"WARC/1.1", b"WARC/0.18")
    head, _, rest = loose.partition(b"\r\n\r\n")
    (found,) = read(head.replace(b"\r\n", b"\n") + b"\n\n" + rest.removesuffix(b"\r\n\r\n") + b"\n\n")
    assert isinstance(found, Received) and found.url == "https://news.example/1"


def test_a_record_by_its_place() -> None:
    """A record is found by its offset, in a plain file and in a packed one."""
    for parts in (THREE, [packed(one) for one in THREE]):
        place = len(parts[0])
        found = record_at(io.BytesIO(b"".join(parts)), place)
        assert (found.offset, found.fields["warc-target-uri"]) == (place, "https://news.example/1")


def test_an_empty_file() -> None:
    """A file without a byte is refused, not passed over."""
    assert isinstance(only(b""), Rejected)
