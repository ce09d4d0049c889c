"""A stand-in for the reader, so that the commands are tested without a model; acquire and clean are the real ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from typed_reading import TEXT, reading
from typer.testing import CliRunner, Result

from reportedly.cli import app
from reportedly.records import Article, Reading


class TypedReader:
    """Gives each article the typed claims."""

    def read(self, articles: Iterable[Article], statements: bool = False) -> Iterator[Reading]:
        for article in articles:
            yield reading(article=article)


@pytest.fixture(autouse=True)
def typed_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the stand-in where the commands look for the pipeline."""
    module = ModuleType("reportedly.pipeline")
    module.Reader = TypedReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "reportedly.pipeline", module)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report that the typed claims fit."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs `reportedly` with the arguments given."""

    def call(*arguments: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return call
