"""`reportedly demo`: the main job on the samples inside the package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Run = Callable[..., Result]


def test_the_demo_says_first_that_the_reports_are_invented(run: Run, tmp_path: Path) -> None:
    """The first line of the demo leaves no doubt about its reports."""
    result = run("demo", "--output-dir", tmp_path)
    assert result.exit_code == 0, result.output
    assert "invented" in result.stdout.splitlines()[0]


def test_the_demo_writes_a_page_of_all_samples_and_says_where(run: Run, tmp_path: Path) -> None:
    """The page lies in the folder asked for, which is made, and holds every sample."""
    result = run("demo", "--output-dir", tmp_path / "new" / "folder")
    target = tmp_path / "new" / "folder" / "samples.html"
    assert target.read_text("utf-8").count('<section class="reportedly"') >= 12
    assert str(target) in "".join(result.stdout.split("\n"))


def test_a_folder_that_cannot_be_made_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    """Where a file is in the way, the demo says so and leaves with status 2."""
    (tmp_path / "file").write_text("")
    result = run("demo", "--output-dir", tmp_path / "file")
    assert result.exit_code == 2
    assert "cannot be made" in result.stderr
