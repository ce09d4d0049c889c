"""The folder of an export: whole or not at all, described column by column, and never in the place of something else."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
import runpy
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typed_dossiers import generated, hostile, made

from reportedly.entries import Dossier, Question
from reportedly.errors import ExportError
from reportedly.export import codebook
from reportedly.export.acts import acts
from reportedly.export.package import FORMATS, Made, is_export, must_be_free, publish
from reportedly.export.targets import lexicon
from reportedly.records import EVENT_TYPES

ROOT = Path(__file__).resolve().parents[2]
ANSWER = [generated(number) for number in range(4)]
ABOUT = "words of the question"


def export(
    target: Path, name: str, answer: Iterable[Dossier] = ANSWER, licence: str = "not stated", **options: Any
) -> dict[str, Any]:
    """Exports, and gives the descriptor."""
    about = Made(
        format=name,
        question=Question(place="Niger", text=ABOUT),
        software="0.0.1",
        created="2026-10-12T08:15:00Z",
        ledger_hash="f" * 64,
        licence=licence,
    )
    more = {"entries": list} if name == "jsonl" else {}
    publish(target, answer, about, **(more | options))
    found: dict[str, Any] = json.loads((target / "datapackage.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_is_described(tmp_path: Path, name: str) -> None:
    """Each data file has its size, hash and columns in the descriptor, which names what was asked, of what, with what."""
    found = export(tmp_path / "out", name, [*hostile(), *ANSWER])
    data = {path.name for path in (tmp_path / "out").iterdir()} - {"datapackage.json", "codebook.md", "codebook.html"}
    assert {resource["path"] for resource in found["resources"]} == data
    for resource in found["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(names)) == len(names) and set(resource["schema"]["primaryKey"]) <= set(names)
        assert all(field["type"] and field["description"] and field["rule"] for field in resource["schema"]["fields"])
    assert len({resource["name"] for resource in found["resources"]}) == len(found["resources"])
    told = found["reportedly"]
    assert told["question"]["text"] == ABOUT and told["ledger_hash"] == "f" * 64 and told["format"] == name


def test_the_table_keeps_to_its_schema(tmp_path: Path) -> None:
    """Each row of the CSV has the fields of its schema in their order, and none that is required is empty; keys are unique."""
    found = export(tmp_path / "out", "csv")
    for resource in found["resources"]:
        raw = (tmp_path / "out" / resource["path"]).read_bytes().decode()
        heading, *rows = list(csv.reader(io.StringIO(raw, newline="")))
        fields = resource["schema"]["fields"]
        assert heading == [field["name"] for field in fields] and len(rows) == resource["rows"]
        for place, field in enumerate(fields):
            if field.get("constraints", {}).get("required"):
                assert all(row[place] for row in rows), field["name"]
        keys = [tuple(row[heading.index(key)] for key in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)


def test_the_licence_is_the_users(tmp_path: Path) -> None:
    """Without one none is claimed; the one that is given is named."""
    assert "licenses" not in export(tmp_path / "one", "csv")
    assert export(tmp_path / "two", "csv", licence="CC-BY-4.0")["licenses"] == [{"name": "CC-BY-4.0"}]


@pytest.mark.parametrize("name", FORMATS)
def test_the_codebook_page_explains_every_column(tmp_path: Path, name: str) -> None:
    """Both forms of the page name each column, what was asked and what it came from; the HTML runs and loads nothing."""
    found = export(tmp_path / "out", name)
    text = (tmp_path / "out" / "codebook.md").read_text("utf-8")
    page = (tmp_path / "out" / "codebook.html").read_text("utf-8")
    for resource in found["resources"]:
        assert all(f"| `{field['name']}` |" in text for field in resource["schema"]["fields"])
        assert all(f"<code>{field['name']}</code>" in page for field in resource["schema"]["fields"])
    assert ABOUT in text and ABOUT in page and "f" * 64 in page
    assert not re.search(r"<script|<img|<link|src=|href=", page)


def test_a_question_in_the_page_is_text(tmp_path: Path) -> None:
    """What the user asked for cannot become part of the page."""

    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen = set[str]()

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.seen.add(tag)

    about = Made(
        format="csv",
        question=Question(text="<script>alert(1)</script>"),
        software="1",
        created="2026-10-12T08:15:00Z",
        ledger_hash="0",
        licence="<img src=x>",
    )
    publish(tmp_path / "out", ANSWER, about)
    tags = Tags()
    tags.feed((tmp_path / "out" / "codebook.html").read_text("utf-8"))
    assert not tags.seen & {"script", "img"}


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    """The reasons with their numbers stand in the descriptor and on the page."""
    found = export(tmp_path / "out", "acled", [made(), made(stage="planned"), made(negated=True), made(negated=True)])
    assert found["reportedly"]["left_out"] == {"denied": 2, "planned": 1} and found["resources"][0]["rows"] == 1
    assert "2 denied, 1 planned" in (tmp_path / "out" / "codebook.md").read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_fails_leaves_nothing(tmp_path: Path, name: str) -> None:
    """When the incidents stop halfway, there is no folder, no part of one, and an earlier export is as it was."""

    def broken() -> Iterator[Dossier]:
        yield from ANSWER
        raise RuntimeError("the ledger is gone")

    with pytest.raises(RuntimeError):
        export(tmp_path / "new", name, broken())
    assert list(tmp_path.iterdir()) == []
    export(tmp_path / "old", name)
    before = {path.name: path.read_bytes() for path in (tmp_path / "old").iterdir()}
    with pytest.raises(RuntimeError):
        export(tmp_path / "old", name, broken())
    assert {path.name: path.read_bytes() for path in (tmp_path / "old").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_the_same_answer_gives_the_same_bytes(tmp_path: Path) -> None:
    """But for the workbook, which holds its own time, two exports of one answer are equal."""
    for name in set(FORMATS) - {"xlsx"}:
        one, two = (
            {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()}
            for folder in (f"{name}-1", f"{name}-2")
            if export(tmp_path / folder, name)
        )
        assert one == two, name


def test_only_an_export_is_replaced(tmp_path: Path) -> None:
    """An earlier export and an empty folder are replaced; anything else only when told so, and a file never."""
    export(tmp_path / "out", "csv")
    export(tmp_path / "out", "geojson")
    assert is_export(tmp_path / "out") and not (tmp_path / "out" / "incidents.csv").exists()
    (tmp_path / "empty").mkdir()
    export(tmp_path / "empty", "csv")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportError, match="--force"):
        export(tmp_path / "mine", "csv")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    export(tmp_path / "mine", "csv", force=True)
    assert is_export(tmp_path / "mine")
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="a file"):
        must_be_free(tmp_path / "file", force=True)


def test_the_folder_one_works_in_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the current folder nor one that it lies in, nor the home, even when told so."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    for folder in (Path(), Path(".."), tmp_path / "a", Path.home(), Path("/")):
        with pytest.raises(ExportError):
            must_be_free(folder, force=True)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """The message says which folder is missing."""
    with pytest.raises(ExportError, match="no folder"):
        export(tmp_path / "missing" / "out", "csv")


def test_the_pages_of_the_formats_are_up_to_date() -> None:
    """docs/exports is what docs/make_exports.py would write."""
    assert runpy.run_path(str(ROOT / "docs" / "make_exports.py"))["stale"]() == []


@pytest.mark.parametrize("name", ["csv", "gtd", "acled", "plover"])
def test_the_page_holds_the_tables_by_which_codes_are_given(name: str) -> None:
    """Every event type, every row of the table of acts and every word of a target stands on the page, none of them as it is in no file."""
    page = codebook.web_page(codebook.parts(name))
    assert all(f"<code>{kind}</code>" in page for kind in EVENT_TYPES)
    assert all(html.escape(row.why) in page for row in acts())
    assert all(html.escape(word) in page for row in lexicon().rows for word in row.words)
    assert ("Table of weapons" in page) == (name in ("csv", "gtd"))


def test_a_page_without_codes_has_no_such_tables() -> None:
    """GED has codes of nobody else."""
    assert "Table of" not in codebook.web_page(codebook.parts("ged"))
