"""acquire: the capture store. What was received comes back byte for byte, and damage is found."""

from __future__ import annotations

import gzip
import hashlib
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportedly
from reportedly.acquire import acquire
from reportedly.acquire.capture import CaptureWriter, Torn, captures_in, content, document
from reportedly.acquire.received import Received
from reportedly.acquire.sources import gather
from reportedly.acquire.warc import WarcRecord, records
from reportedly.entries import Capture
from reportedly.errors import LedgerDamaged, NotText
from tests.acquire.archive import PAGE, answer

SAMPLES = sorted((Path(reportedly.__file__).parent / "samples").glob("*.html"))


def web_page(number: int = 0) -> Received:
    body = PAGE + b"%d" % number
    return Received(
        content=body,
        url=f"https://news.example/{number}",
        media_type="text/html",
        charset="utf-8",
        retrieved_on="2025-03-04",
        raw=answer(gzip.compress(body, mtime=0), Content_Encoding="gzip"),
    )


def kept(folder: Path, *received: Received) -> tuple[Capture, ...]:
    writer = CaptureWriter(folder)
    found = writer.put_many(received)
    writer.close()
    return found


def whole(path: Path) -> list[tuple[Capture, bytes]]:
    return [one for one in captures_in(path) if not isinstance(one, Torn)]


def test_bytes_come_back(tmp_path: Path) -> None:
    """A web page, a file and a line without an address are given back exactly, by their place and in order."""
    received = [
        web_page(),
        Received(content=b"\x00\xff", url="a b.txt"),
        Received(content=PAGE, published="2025-03-04"),
    ]
    captures = kept(tmp_path, *received)
    assert [content(tmp_path, capture) for capture in captures] == [one.content for one in received]
    (path,) = tmp_path.iterdir()
    assert whole(path) == [(c, r.content) for c, r in zip(captures, received, strict=True)]
    assert [capture.file for capture in captures] == [path.name] * 3


def test_the_files_are_what_the_field_reads(tmp_path: Path) -> None:
    """WARC/1.1: a warcinfo record, then a response as it was received or a resource, each with its digests and a packed member."""
    kept(
        tmp_path, web_page(), Received(content=PAGE, url="page é.html", media_type="text/html"), Received(content=PAGE)
    )
    (path,) = tmp_path.iterdir()
    with path.open("rb") as stream:
        found = [one for one in records(stream, path.name) if isinstance(one, WarcRecord)]
    assert [one.fields["warc-type"] for one in found] == ["warcinfo", "response", "resource", "resource"]
    assert found[1].block == web_page().raw
    assert found[1].fields["content-type"] == "application/http; msgtype=response"
    assert [one.fields["warc-target-uri"] for one in found[1:]] == [
        "https://news.example/0",
        "file:///page%20%C3%A9.html",
        f"urn:sha256:{hashlib.sha256(PAGE).hexdigest()}",
    ]
    assert found[2].fields["warc-payload-digest"] == f"sha256:{hashlib.sha256(PAGE).hexdigest()}"
    assert path.read_bytes().count(b"\x1f\x8b\x08") >= 4


def test_other_readers_read_them(tmp_path: Path) -> None:
    """FastWARC finds the same records, and verifies their digests."""
    fastwarc = pytest.importorskip("fastwarc.warc")
    kept(tmp_path, web_page(), Received(content=PAGE, url="a.html"))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as stream:
        found = [
            (one.headers["WARC-Type"], one.verify_block_digest())
            for one in fastwarc.ArchiveIterator(stream, parse_http=False)
        ]
    assert [kind for kind, _ in found] == ["warcinfo", "response", "resource"]


@given(
    body=st.binary(min_size=1, max_size=300),
    url=st.none() | st.text(max_size=60).map(lambda t: t.encode("utf-8", "ignore").decode()),
    outlet=st.none() | st.text(alphabet="a\r\n: %é\x00\u2028é", max_size=12),
    media_type=st.none() | st.text(alphabet="text/html\r\n;", max_size=20),
    raw=st.none() | st.binary(max_size=100),
)
def test_whatever_the_context(
    tmp_path_factory: pytest.TempPathFactory,
    body: bytes,
    url: str | None,
    outlet: str | None,
    media_type: str | None,
    raw: bytes | None,
) -> None:
    """No value can end a header line: every capture comes back with the very fields that it was put with."""
    folder = tmp_path_factory.mktemp("capture")
    received = Received(content=body, url=url, outlet=outlet, media_type=media_type, raw=raw)
    (capture,) = kept(folder, received)
    (path,) = folder.iterdir()
    assert whole(path) == [(capture, body)]
    assert (capture.url, capture.outlet, capture.media_type) == (url, outlet, media_type)


def test_an_answer_that_does_not_give_the_document_again(tmp_path: Path) -> None:
    """Where the bytes as received cannot be read to the same document, the document itself is kept."""
    odd = Received(content=PAGE, url="https://news.example/1", raw=answer(b"something else"))
    (capture,) = kept(tmp_path, odd)
    assert content(tmp_path, capture) == PAGE


def test_a_page_of_one_letter_comes_back(tmp_path: Path) -> None:
    """What shrinks to almost nothing is no bomb where we have packed it ourselves."""
    (capture,) = kept(tmp_path, Received(content=b"a" * 20_000_000, url="a.txt"))
    assert content(tmp_path, capture) == b"a" * 20_000_000
    (path,) = tmp_path.iterdir()
    assert whole(path)[0][0] == capture


def test_the_same_document_has_the_same_identity(tmp_path: Path) -> None:
    """Put again, in another file, it is the same capture; another outlet makes another."""
    (first,) = kept(tmp_path, web_page())
    (again,) = kept(tmp_path, web_page())
    assert first.capture_id == again.capture_id and first.file != again.file
    (other,) = kept(tmp_path, Received(content=web_page().content, outlet="The Tarsk Post"))
    assert other.capture_id != first.capture_id


def test_every_cut_is_torn(tmp_path: Path) -> None:
    """However a capture file ends, the captures before the end come back and the end is named."""
    captures = kept(tmp_path, web_page(0), web_page(1))
    (path,) = tmp_path.iterdir()
    written = path.read_bytes()
    cut_file = tmp_path / "cut.warc.gz"
    for cut in range(1, len(written)):
        cut_file.write_bytes(written[:cut])
        found = list(captures_in(cut_file))
        number = sum(1 for capture in captures[1:] if capture.offset <= cut) + 0
        good = [one for one in found if not isinstance(one, Torn)]
        assert len(good) == number, cut
        assert cut in {c.offset for c in captures} or (isinstance(found[-1], Torn) and found[-1].at_end), cut


def test_damage_is_found(tmp_path: Path) -> None:
    """A flipped bit anywhere in a document's member makes reading it raise; captures beside it are read."""
    captures = kept(tmp_path, web_page(0), web_page(1), web_page(2))
    (path,) = tmp_path.iterdir()
    written = path.read_bytes()
    for place in range(captures[1].offset + 10, captures[2].offset, 11):
        path.write_bytes(written[:place] + bytes([written[place] ^ 4]) + written[place + 1 :])
        with pytest.raises(LedgerDamaged, match="backup"):
            content(tmp_path, captures[1])
        assert content(tmp_path, captures[2]) == web_page(2).content
        found = list(captures_in(path))
        assert any(isinstance(one, Torn) and not one.at_end for one in found)
        assert [one[0] for one in found if not isinstance(one, Torn)] == [captures[0], captures[2]]


def test_a_forged_member_is_found(tmp_path: Path) -> None:
    """A record put in another's place is whole, and yet not the document that the ledger knows."""
    (mine,) = kept(tmp_path / "a", web_page(1))
    kept(tmp_path / "b", web_page(2))
    (path,) = (tmp_path / "a").iterdir()
    (other,) = (tmp_path / "b").iterdir()
    forged = other.read_bytes()
    path.write_bytes(forged)
    with pytest.raises(LedgerDamaged):
        content(tmp_path / "a", mine)


def test_a_missing_file(tmp_path: Path) -> None:
    """A capture whose file is gone is damage, said with what to do; so is a place beyond its end."""
    (capture,) = kept(tmp_path, web_page())
    (path,) = tmp_path.iterdir()
    os.truncate(path, capture.offset)
    with pytest.raises(LedgerDamaged, match="ends before"):
        content(tmp_path, capture)
    path.unlink()
    with pytest.raises(LedgerDamaged, match="backup"):
        content(tmp_path, capture)


def test_two_runs_at_once_do_not_collide(tmp_path: Path) -> None:
    """Two writers to one folder each have a file of their own; a folder with nothing put in it stays without files."""
    with CaptureWriter(tmp_path) as one, CaptureWriter(tmp_path) as two, CaptureWriter(tmp_path):
        captures = [one.put(web_page(0)), two.put(web_page(1)), one.put(web_page(2))]
    assert len(list(tmp_path.iterdir())) == 2
    assert [content(tmp_path, capture) for capture in captures] == [web_page(n).content for n in range(3)]


def test_files_are_rotated_and_closed(tmp_path: Path) -> None:
    """A file that is full is followed by another, and each is closed with what it holds."""
    writer = CaptureWriter(tmp_path, rotate=500)
    captures = [writer.put(web_page(n)) for n in range(3)]
    closed = writer.close()
    assert len(closed) == 3 and writer.close() == ()
    for one in closed:
        written = (tmp_path / one.name).read_bytes()
        assert (one.records, one.size, one.sha256) == (2, len(written), hashlib.sha256(written).hexdigest())
    assert [content(tmp_path, capture) for capture in captures] == [web_page(n).content for n in range(3)]


def _put_for_ever(folder: Path, done: Path) -> None:
    with CaptureWriter(folder) as writer, done.open("a") as acknowledged:
        for number in range(100_000):
            writer.put(web_page(number))
            acknowledged.write(f"{number}\n")
            acknowledged.flush()


def test_what_was_put_survives_a_kill(tmp_path: Path) -> None:
    """Every capture that was acknowledged before a kill -9 is there."""
    done = tmp_path / "done"
    done.touch()
    folder = tmp_path / "capture"
    process = multiprocessing.get_context("spawn").Process(target=_put_for_ever, args=(folder, done))
    process.start()
    deadline = time.monotonic() + 30
    while done.stat().st_size < 200 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    acknowledged = done.read_text().split()
    (path,) = folder.iterdir()
    assert len(whole(path)) >= len(acknowledged) >= 40


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_page_read_through_the_capture_is_the_page(path: Path, tmp_path: Path) -> None:
    """The document that a capture gives is the very document that `acquire` gives for the file: the same reading."""
    (received,) = [one for one in gather([str(path)]) if isinstance(one, Received)]
    (capture,) = kept(tmp_path, received)
    assert document(capture, content(tmp_path, capture)) == acquire(path)


def test_what_is_beside_the_document_goes_with_it(tmp_path: Path) -> None:
    """The outlet and the day of retrieval reach the document; what is no text is refused as `acquire` refuses it."""
    received = Received(content=PAGE, outlet="The Tarsk Post", retrieved_on="2025-03-04", charset="cp1252")
    (capture,) = kept(tmp_path, received)
    found = document(capture, PAGE)
    assert (found.outlet, found.retrieved_at, found.charset) == ("The Tarsk Post", "2025-03-04", "cp1252")
    assert found.media_type == "text/html"
    with pytest.raises(NotText, match="PDF"):
        document(capture, b"%PDF-1.7")
