"""`reportedly read`: what goes to which stream, what is refused and how, and that nothing is half done."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typed_reading import TEXT
from typer.testing import Result

from reportedly.cli import main

Run = Callable[..., Result]


def test_the_table_is_the_usual_form(run: Run, report: Path) -> None:
    """Without a format the claims come as a table, and nothing goes to standard error for one source."""
    result = run("read", report)
    assert result.exit_code == 0, result.output
    assert "4 claims in 2 incidents" in result.stdout
    assert result.stderr == ""


def test_json_lines_are_alone_on_standard_output(run: Run, report: Path) -> None:
    """With several sources each line of standard output is a claim; the counter is on standard error."""
    result = run("read", report, report, "--format", "jsonl")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(claims) == 8
    assert "2 of 2 sources done" in result.stderr


def test_all_and_explain_reach_the_lines(run: Run, report: Path) -> None:
    """`--all` adds the statements, `--explain` the reasons."""
    result = run("read", report, "--format", "jsonl", "--all", "--explain")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(claims) == 5
    assert all("reasons" in claim for claim in claims)


def test_standard_input_is_read(run: Run) -> None:
    """`-` reads standard input."""
    result = run("read", "-", stdin=TEXT)
    assert result.exit_code == 0, result.output
    assert "4 claims" in result.stdout


def test_the_publication_date_is_handed_on(run: Run, report: Path) -> None:
    """`--published` is the date of the report."""
    assert "2026-10-12 (date given)" in run("read", report, "--published", "2026-10-12").stdout


@pytest.mark.parametrize("given", ["12.10.2026", "2026-13-01", "yesterday", ""])
def test_a_date_that_is_none_is_refused_with_the_form_to_use(run: Run, report: Path, given: str) -> None:
    """A date in another form is a usage error that shows the form."""
    result = run("read", report, "--published", given)
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.stderr


def test_an_unknown_format_lists_the_valid_ones(run: Run, report: Path) -> None:
    """The error for an unknown format names all three."""
    result = run("read", report, "--format", "xml")
    assert result.exit_code == 2
    assert all(name in result.stderr for name in ("table", "jsonl", "html"))


def test_a_refused_source_has_one_line_and_the_others_are_read(run: Run, report: Path, tmp_path: Path) -> None:
    """What cannot be read is named with a reason on standard error; the rest is printed; the status is 2."""
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    result = run("read", tmp_path / "missing.txt", report, empty, "--format", "jsonl")
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 4
    *told, count = [line for line in result.stderr.splitlines() if "sources done" not in line]
    assert count == "reportedly: 2 of 3 sources refused"
    assert [line.count(str(path)) for line, path in zip(told, (tmp_path / "missing.txt", empty), strict=True)] == [1, 1]
    assert all(line.startswith("reportedly: ") for line in told)


@pytest.mark.parametrize("form", ["table", "jsonl", "html"])
def test_where_all_is_refused_no_file_is_made_and_none_is_touched(run: Run, tmp_path: Path, form: str) -> None:
    """A good file of an earlier run stays as it was when there is nothing to put into it."""
    old = tmp_path / "claims.out"
    old.write_text("earlier")
    result = run("read", tmp_path / "missing.txt", "--format", form, "--output", old)
    assert result.exit_code == 2
    assert old.read_text() == "earlier"
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.out"]


@pytest.mark.parametrize("form", ["table", "jsonl", "html"])
def test_an_output_file_holds_what_standard_output_would(run: Run, report: Path, tmp_path: Path, form: str) -> None:
    """`--output` writes the whole to the file, nothing to standard output, and leaves no other file behind."""
    target = tmp_path / "out" / "claims"
    target.parent.mkdir()
    result = run("read", report, "--format", form, "-o", target)
    assert result.exit_code == 0 and result.stdout == ""
    assert [path.name for path in target.parent.iterdir()] == ["claims"]
    direct = run("read", report, "--format", form).stdout
    assert re.sub(r"[\s─│]+", " ", target.read_text("utf-8")) == re.sub(r"[\s─│]+", " ", direct)
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask


def test_an_output_that_cannot_be_written_is_one_clear_line(run: Run, report: Path, tmp_path: Path) -> None:
    """A folder that does not exist: one line, status 2."""
    result = run("read", report, "-o", tmp_path / "nowhere" / "claims.jsonl")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("reportedly: ") and "cannot be written" in result.stderr


def test_several_reports_make_one_page(run: Run, report: Path) -> None:
    """`--format html` with two sources is one document with a section for each."""
    result = run("read", report, report, "--format", "html")
    assert result.stdout.count("<!DOCTYPE html>") == 1
    assert result.stdout.count('<section class="reportedly"') == 2


def test_a_hostile_name_is_inert_on_standard_error(run: Run) -> None:
    """A file name with an escape code in it does not reach the terminal as one."""
    result = run("read", "\x1b[31mno\nsuch.txt")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["read"], "SOURCES"),
        (["read", "report.txt", "--published", "2026-13-01"], "YYYY-MM-DD"),
        (["read", "report.txt", "--format", "xml"], "'table', 'jsonl', 'html'"),
        (["read", "report.txt", "--colour"], "--colour"),
        (["reed", "report.txt"], "'read'"),
    ],
)
def test_a_wrong_command_line_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: list[str], told: str
) -> None:
    """The program itself says in one line what is wrong with its arguments, and leaves with status 2."""
    monkeypatch.setattr(sys, "argv", ["reportedly", *given])
    with pytest.raises(SystemExit) as left:
        main()
    (line,) = capsys.readouterr().err.splitlines()
    assert left.value.code == 2
    assert line.startswith("reportedly: ") and told in line and "Value error" not in line


def test_help_teaches_with_examples(run: Run) -> None:
    """The help of each command shows how it is used; `--version` gives the version."""
    assert "reportedly read report.html" in run("read", "--help").stdout
    assert "reportedly demo" in run("demo", "--help").stdout
    assert all(word in run("--help").stdout for word in ("read", "demo", "--version"))
    assert run("--version").stdout.startswith("reportedly 0.")
