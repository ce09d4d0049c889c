"""acquire: files and standard input."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from reportedly.acquire import Limits, acquire
from reportedly.errors import NotText, RejectedDocument, Unreachable

SENTENCE = "Three people were killed in Tarsk on Monday, the police said.\n"


def test_a_file_is_its_bytes(tmp_path: Path) -> None:
    """A document keeps the bytes as they are; its name is that of the file, not the folders' above it."""
    path = tmp_path / "report.txt"
    path.write_bytes(SENTENCE.encode())
    found = acquire(path)
    assert (found.content, found.media_type, found.url, found.retrieved_at) == (
        SENTENCE.encode(),
        "text/plain",
        "report.txt",
        None,
    )
    assert acquire(str(path)) == found


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><p>x", "text/html"),
        (b"\xef\xbb\xbf\n <html><p>x", "text/html"),
        (b"<p>x</p>", "text/html"),
        (b"<!-- saved --><html>", "text/html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", "text/html"),
        (b"<rss version='2.0'>", "text/xml"),
        ("<html><p>x".encode("utf-16"), "text/html"),
        (b"The attack < the war", "text/plain"),
        (SENTENCE.encode(), "text/plain"),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(content: bytes, kind: str, tmp_path: Path) -> None:
    """Where no suffix says what it is, the first bytes do: for standard input and for an unknown suffix."""
    assert acquire("-", stdin=io.BytesIO(content)).media_type == kind
    path = tmp_path / "report.saved"
    path.write_bytes(content)
    assert acquire(path).media_type == kind


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"PK\x03\x04x", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"", "empty"),
        (b" \n\n", "empty"),
    ],
)
def test_binary_and_empty_files_are_refused(content: bytes, what: str, tmp_path: Path) -> None:
    """A file that is no text is refused in one line that says what it is."""
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(NotText, match=what) as caught:
        acquire(path)
    assert "\n" not in str(caught.value)
    assert caught.value.rejected.stage == "acquire"


def test_missing_files_and_folders(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible name are unreachable, and the line names them."""
    for source in (tmp_path / "none.txt", tmp_path, Path("a\x00b"), tmp_path / ("x" * 5000)):
        with pytest.raises(Unreachable):
            acquire(source)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """One byte over the limit is refused; the limit itself is not. Nothing is cut short."""
    path = tmp_path / "report.txt"
    path.write_bytes(b"x" * 101)
    assert acquire(path, limits=Limits(max_bytes=101)).content == b"x" * 101
    for source in (path, "-"):
        with pytest.raises(NotText, match="longer"):
            acquire(source, limits=Limits(max_bytes=100), stdin=io.BytesIO(b"x" * 101))


def test_kinds_that_are_not_read(tmp_path: Path) -> None:
    """JSON is refused by its suffix, unread."""
    path = tmp_path / "report.json"
    path.write_text("[" * 200_000)
    with pytest.raises(RejectedDocument, match="json"):
        acquire(path)
