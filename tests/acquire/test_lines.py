"""acquire: files of JSON lines."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

import pytest

from reportedly.acquire import Limits
from reportedly.acquire._unzip import chunks
from reportedly.acquire.lines import from_lines, looks_like_lines
from reportedly.acquire.received import Received
from reportedly.records import Rejected

GOOD = b'{"url": "https://news.example/1", "outlet": "The Tarsk Post", "published": "2025-03-04T08:00:00Z", "text": "Three people were killed.", "id": [7, {"x": null}]}'
LIMITS = Limits(max_bytes=1_000, line_bytes=2_000)


def read(content: bytes, size: int = 7) -> list[Received | Rejected]:
    def pieces() -> Iterator[bytes]:
        for at in range(0, len(content), size):
            yield content[at : at + size]

    return list(from_lines(pieces(), "news.jsonl", LIMITS))


def test_a_line_is_a_document() -> None:
    """Address, outlet, day and text are taken; other keys, empty lines and a byte-order mark are passed over."""
    (found,) = read(b"\xef\xbb\xbf" + GOOD + b"\n\n \r\n")
    assert isinstance(found, Received)
    assert (found.content, found.media_type, found.charset) == (b"Three people were killed.", "text/plain", "utf-8")
    assert (found.url, found.outlet, found.published) == ("https://news.example/1", "The Tarsk Post", "2025-03-04")
    assert (found.where, found.retrieved_on) == ("news.jsonl:1", None)


def test_html_goes_before_text() -> None:
    """A line with both is read as the page, which says more."""
    (found,) = read('{"html": "<p>Tarsk é", "text": "x"}\n'.encode())
    assert isinstance(found, Received)
    assert (found.content, found.media_type) == ("<p>Tarsk é".encode(), "text/html")


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_lines_are_found_in_pieces_of_any_size(size: int) -> None:
    """A line may lie across pieces, and the last needs no line end."""
    found = read(b"\n".join([GOOD] * 3), size)
    assert [one.where for one in found if isinstance(one, Received)] == [f"news.jsonl:{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"not JSON", "not of the form"),
        (b"[1, 2]", "not of the form"),
        (b'{"text": 5}', "not of the form"),
        (b'{"text": "x"', "not of the form"),
        (b'{"text": "\xff"}', "not of the form"),
        (b'{"text": "\\ud800"}', "not of the form"),
        (b'{"url": "https://news.example/1"}', "neither text nor html"),
        (b'{"text": " "}', "neither text nor html"),
        (b'{"text": "x", "published": "yesterday"}', "no date"),
        (b'{"text": "x", "published": "2025-02-30"}', "no date"),
        (b'{"text": "' + b"x" * 1_500 + b'"}', "longer than 0.001 MB"),
        (b'{"text": "' + b"x" * 3_000 + b'"}', "longer than 0.002 MB"),
        (b'{"x": ' + b"[" * 900, "not of the form"),
    ],
)
def test_a_line_that_breaks_the_form(line: bytes, why: str) -> None:
    """It is refused by file and line, with what to write, and the lines round it are read."""
    found = read(GOOD + b"\n" + line + b"\n" + GOOD)
    assert [type(one) for one in found] == [Received, Rejected, Received]
    refusal = found[1]
    assert isinstance(refusal, Rejected)
    assert refusal.reason.startswith("news.jsonl:2 ") and why in refusal.reason and "\n" not in refusal.reason


def test_a_line_without_end() -> None:
    """What is no file of lines is left."""
    found = read(GOOD + b"\n" + b"x" * 20_000 + b"\n" + GOOD, 500)
    assert [type(one) for one in found] == [Received, Rejected]


def test_a_packed_file_that_is_cut() -> None:
    """Its whole lines are read, and the cut is said."""
    packed = gzip.compress(b"\n".join([GOOD] * 50))
    for cut in (len(packed) - 1, len(packed) - 9, len(packed) // 2):
        *_, last = from_lines(chunks(io.BytesIO(packed[:cut])), "news.jsonl.gz", LIMITS)
        assert isinstance(last, Rejected) and "the gzip data ends too early" in last.reason


@pytest.mark.parametrize(
    ("head", "is_it"),
    [
        (GOOD + b"\n", True),
        (GOOD, True),
        (b"\xef\xbb\xbf\n" + GOOD, True),
        (b'{\n "text": "x"}\n', False),
        (b"{x}\n", False),
        (b"[1]\n", False),
        (b"{", False),
        (b"Three people", False),
        (b'{"a":' * 5_000 + b"\n", False),
    ],
)
def test_lines_are_told_by_their_first(head: bytes, is_it: bool) -> None:
    """Where the name does not say, a file is lines if its first is a JSON object."""
    assert looks_like_lines(head) is is_it
