"""`reportedly export`: what it writes and says, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from evals.generated import entries
from reportedly.engines.merging import merge
from reportedly.export.package import FORMATS
from reportedly.ledger.questions import dossiers
from reportedly.ledger.store import open_ledger

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of generated entries, merged."""
    path = tmp_path_factory.mktemp("ledger") / "news.sqlite"
    with open_ledger(path, create=True) as made:
        made.append(list(entries(120)))
        merge(made)
    return path


def ids(path: Path, column: str = "incident_id") -> set[str]:
    return {row[column] for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_written_to_its_folder(
    run: Run, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Without a name the folder is reportedly-export-FORMAT; a line says what is in it and what opens it."""
    monkeypatch.chdir(tmp_path)
    result = run("export", "--format", name, "--ledger", ledger)
    assert result.exit_code == 0, result.output
    folder = tmp_path / f"reportedly-export-{name}"
    assert {path.name for path in folder.iterdir()} > {"datapackage.json", "codebook.md", "codebook.html"}
    assert result.stdout.startswith(f"reportedly-export-{name}: ") and "open with" in result.stdout


def test_everything_that_is_asked_for_is_there(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Without a question all incidents, however many pages they would be; with one those that it asks for."""
    assert run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "all").exit_code == 0
    with open_ledger(ledger, read_only=True) as held:
        from reportedly.entries import Question

        every = {dossier.incident.incident_id for dossier in dossiers(held, Question())}
        some = {dossier.incident.incident_id for dossier in dossiers(held, Question(types=("bombing", "killing")))}
    assert ids(tmp_path / "all" / "incidents.csv") == every
    asked = run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "some", "--type", "bombing", "--type", "killing")
    assert asked.exit_code == 0 and some and some < every
    assert ids(tmp_path / "some" / "incidents.csv") == some
    assert ids(tmp_path / "some" / "claims.csv") == some
    told = json.loads((tmp_path / "some" / "datapackage.json").read_text())["reportedly"]
    assert told["question"]["types"] == ["bombing", "killing"]


def test_no_incident_is_an_empty_table(run: Run, ledger: Path, tmp_path: Path) -> None:
    """An answer without incidents is written all the same: a heading and no row."""
    assert run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "none", "--place", "Nowhere").exit_code == 0
    assert len((tmp_path / "none" / "incidents.csv").read_text().splitlines()) == 1


def test_what_was_left_out_is_said(run: Run, ledger: Path, tmp_path: Path) -> None:
    """The reasons with their numbers go to standard error."""
    result = run("export", "-f", "ged", "-l", ledger, "-o", tmp_path / "out")
    assert "left out, as ged would:" in result.stderr and "no reported death" in result.stderr


def test_the_excel_flavour_has_its_mark(run: Run, ledger: Path, tmp_path: Path) -> None:
    """`--excel` begins with a byte-order mark; where there is no such flavour it is refused."""
    assert run("export", "-f", "csv", "--excel", "-l", ledger, "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "incidents.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("export", "-f", "parquet", "--excel", "-l", ledger, "-o", tmp_path / "no").exit_code == 2


def test_the_licence_is_asked_for_and_kept(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Without one, a line says whose the words are; with one it is in the descriptor."""
    assert "belong to their publishers" in run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "one").stderr
    result = run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "two", "--licence", "CC-BY-4.0")
    assert "publishers" not in result.stderr
    assert json.loads((tmp_path / "two" / "datapackage.json").read_text())["licenses"] == [{"name": "CC-BY-4.0"}]


def test_a_folder_of_somebody_elses_is_left_alone(run: Run, ledger: Path, tmp_path: Path) -> None:
    """One clear line, exit status 2, and the folder as it was; `--force` replaces it."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    result = run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "mine")
    assert result.exit_code == 2 and "--force" in result.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    assert run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "mine", "--force").exit_code == 0


def test_no_ledger_is_one_line(run: Run, tmp_path: Path) -> None:
    """Where there is no ledger nothing is written."""
    result = run("export", "-f", "csv", "-l", tmp_path / "none.sqlite", "-o", tmp_path / "out")
    assert result.exit_code == 2 and not (tmp_path / "out").exists()


def test_the_past_can_be_exported(run: Run, ledger: Path, tmp_path: Path) -> None:
    """Before anything was recorded the answer is empty."""
    result = run("export", "-f", "csv", "-l", ledger, "-o", tmp_path / "then", "--as-of", "2001-01-01")
    assert result.exit_code == 0, result.output
    assert ids(tmp_path / "then" / "incidents.csv") == set()


def test_a_name_that_ends_like_a_file_is_a_file(run: Run, ledger: Path, tmp_path: Path) -> None:
    """`-o incidents.csv` is the first table, and the folder with the rest of the export stands beside it."""
    file = tmp_path / "incidents.csv"
    result = run("export", "-f", "csv", "-l", ledger, "-o", file)
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == (tmp_path / "incidents-export" / "incidents.csv").read_bytes()
    assert (tmp_path / "incidents-export" / "datapackage.json").is_file()
