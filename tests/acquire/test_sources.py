"""acquire: from names on the command line to what was received."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from reportedly.acquire import Limits
from reportedly.acquire.received import Received, Skipped
from reportedly.acquire.sources import gather, survey
from reportedly.records import Rejected
from tests.acquire.archive import PAGE, answer, packed, record

SENTENCE = b"Three people were killed in Tarsk on Monday, the police said.\n"
LINE = b'{"url": "https://news.example/1", "text": "Three people were killed in Tarsk."}\n'
FEED = b"<?xml version='1.0'?><rss><channel><title>T</title><item><link>https://news.example/1</link></item></channel></rss>"


def where(*sources: str | Path) -> list[str]:
    """What each thing found is called, with a mark for what is no document."""
    found = []
    for one in gather([str(source) for source in sources]):
        if isinstance(one, Received):
            found.append(one.where)
        elif isinstance(one, Rejected):
            found.append(f"! {one.reason}")
        elif isinstance(one, Skipped):
            found.append(f"- {one.number} {one.kind}")
    return found


def test_a_file_is_one_document(tmp_path: Path) -> None:
    """A file keeps its name without its folders; its kind is its suffix's."""
    path = tmp_path / "report.html"
    path.write_bytes(PAGE)
    (found,) = gather([str(path)])
    assert isinstance(found, Received)
    assert (found.content, found.url, found.media_type, found.where) == (PAGE, "report.html", "text/html", str(path))
    assert (found.retrieved_on, found.raw, found.visit) == (None, None, None)


def test_standard_input_is_one_document() -> None:
    """``-`` is one document without a name."""
    (found,) = gather(["-"], stdin=io.BytesIO(SENTENCE))
    assert isinstance(found, Received)
    assert (found.content, found.url, found.where) == (SENTENCE, None, "standard input")


def test_a_folder_is_walked_in_a_stable_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders within folders, by name; hidden files, loops and pictures are passed over and said."""
    monkeypatch.chdir(tmp_path)
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c/.hidden.txt", "c/x.PNG", ".git/config", "c/d/e.txt"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(SENTENCE)
    (tmp_path / "news" / "c" / "loop").symlink_to(tmp_path / "news", target_is_directory=True)
    os.mkfifo(tmp_path / "news" / "c" / "pipe")
    (tmp_path / "news" / "c" / "z").symlink_to("nowhere")
    assert where("news") == [
        "news/a.txt",
        "news/b/10.txt",
        "news/b/2.txt",
        "news/c/d/e.txt",
        "! news/c/z may not be read (No such file or directory)",
        "- 1 file that is no ordinary one",
        "- 1 folder that was entered already",
        "- 2 hidden file",
        "- 1 picture, recording, style or script",
    ]


def test_what_lies_beside_reports_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes, tables, a ledger and its capture in a folder are counted, not read; where they are named themselves they are."""
    monkeypatch.chdir(tmp_path)
    beside = (
        "README.md",
        "LICENSE",
        "notes/Readme.txt",
        "codes.csv",
        "desk.sqlite",
        "desk.sqlite-wal",
        "desk.capture/a.warc",
    )
    for name in (*beside, "licensed.txt", "page", "page.php", "readme-first.html"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(SENTENCE)
    assert where("news") == [
        "news/licensed.txt",
        "news/page",
        "news/page.php",
        "news/readme-first.html",
        "- 1 capture of a ledger",
        "- 6 note, table, setting, program or database",
    ]
    assert where("news/README.md") == ["news/README.md"]


def test_patterns_are_expanded_by_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the shell did not; one that matches nothing is a line; a file whose name looks like a pattern is a file."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "c.html", "d/e.txt", "[1].txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(SENTENCE)
    assert where("?.txt") == ["a.txt", "b.txt"]
    assert where("**/*.txt") == ["[1].txt", "a.txt", "b.txt", "d/e.txt"]
    assert where("[1].txt") == ["[1].txt"]
    assert where("d*") == ["d/e.txt"]
    assert where("*.warc") == ["! no file matches *.warc; check the pattern and the folder"]


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("a.warc", record(answer()), "a.warc at byte 0"),
        ("a.warc.gz", packed(record(answer())), "a.warc.gz at byte 0"),
        ("archive", packed(record(answer())), "archive at byte 0"),
        ("a.bin", record(answer()), "a.bin at byte 0"),
        ("a.jsonl", LINE, "a.jsonl:1"),
        ("a.jsonl.gz", gzip.compress(LINE), "a.jsonl.gz:1"),
        ("lines", LINE, "lines:1"),
        ("lines.gz", gzip.compress(LINE), "lines.gz:1"),
        ("a.txt", LINE, "a.txt"),
        ("page", PAGE, "page"),
        (
            "feed.xml",
            FEED,
            "! feed.xml is a feed or sitemap, and nothing is fetched here; name it itself to have its pages fetched",
        ),
        (
            "feed.gz",
            gzip.compress(FEED),
            "! feed.gz is a feed or sitemap, and nothing is fetched here; name it itself to have its pages fetched",
        ),
        ("a.gz", gzip.compress(PAGE), "! a.gz is a gzip archive; unpack it first (gunzip)"),
        ("a.json", LINE, "! a.json is application/json, not a report; give a .txt or .html file"),
        ("a.html", b" \n", "! a.html is empty; give a report with text in it"),
        ("a.pdf", b"%PDF-1.7", "! a.pdf is a PDF file; convert it to text first (pdftotext FILE.pdf)"),
        ("none.jsonl", b"", None),
    ],
)
def test_a_file_is_told_by_its_name_or_its_content(
    name: str, content: bytes, first: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The suffix says what a file is; where it does not, the first bytes do, also through gzip."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    assert where(name) == ([] if first is None else [first])


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    """A missing file, an impossible name, an address where nothing is fetched: each is named, and the rest is read."""
    good = tmp_path / "a.txt"
    good.write_bytes(SENTENCE)
    found = where(tmp_path / "none.txt", "a\x00b", "x" * 5000, "https://news.example/1", "ftp://news.example/1", good)
    assert len(found) == 6 and found[-1] == str(good)
    assert all(line.startswith("! ") and "\n" not in line for line in found[:-1])


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A file name in another encoding is read; what is kept of the name can be written."""
    name = os.fsencode(tmp_path) + b"/r\xe9port.txt"
    Path(os.fsdecode(name)).write_bytes(SENTENCE)
    (found,) = [one for one in gather([str(tmp_path)]) if isinstance(one, Received)]
    assert found.url == "r\ufffdport.txt"
    assert found.where.encode()


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    """It is refused by name, never cut short."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 101)
    (found,) = gather([str(path)], limits=Limits(max_bytes=100))
    assert isinstance(found, Rejected) and "longer than" in found.reason


def test_names_beside_a_document_are_bounded(tmp_path: Path) -> None:
    """An address or outlet that no header can hold is refused with its line."""
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"text": "x", "url": "u" * 4001})
        + "\n"
        + json.dumps({"text": "x", "outlet": "o" * 501})
        + '\n{"text": "x"}\n'
    )
    assert [type(one) for one in gather([str(path)])] == [Rejected, Rejected, Received]


def test_a_survey_counts_cheaply(tmp_path: Path) -> None:
    """Files, lines and addresses are counted; where only reading can tell, the answer is that nobody knows."""
    for name, content in (("a.txt", SENTENCE), ("b.html", PAGE), ("c/d.txt", SENTENCE), ("e.jsonl", LINE * 3)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert survey([str(tmp_path)]) == 6
    assert survey([str(tmp_path / "a.txt"), "https://news.example/1", "-"]) == 3
    (tmp_path / "f.warc.gz").write_bytes(b"")
    assert survey([str(tmp_path)]) is None
    assert survey(["https://news.example/feed.xml"]) is None
    assert survey([]) == 0
