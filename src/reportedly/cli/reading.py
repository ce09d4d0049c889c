"""From the names that a user gives to readings, with what was refused said and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from reportedly.cli.output import Counter, complain
from reportedly.errors import RejectedDocument
from reportedly.records import Article, Reading


class Sources:
    """Reads every source once, in order. `refused` counts those that could not be read; each has had its line."""

    def __init__(
        self, names: Sequence[str | Path], published: str | None, counter: Counter, statements: bool = False
    ) -> None:
        self._names = names
        self._published = published
        self._counter = counter
        self._statements = statements
        self.refused = 0

    def articles(self) -> Iterator[Article]:
        """The clean text of each source that holds an article."""
        from reportedly.acquire import acquire  # a second's worth of imports that `--help` does not wait for
        from reportedly.stages.clean import clean

        for name in self._names:
            try:
                yield clean(acquire(name), published=self._published)
            except RejectedDocument as error:
                self.refused += 1
                with self._counter.aside():
                    complain(str(error) if str(name) in str(error) else f"{name}: {error}")
                self._counter.advance()

    def readings(self) -> Iterator[Reading]:
        """What the reader makes of each."""
        articles = self.articles()
        first = next(articles, None)
        if first is None:  # a refusal does not wait for the models
            return
        from reportedly.pipeline import Reader

        for reading in Reader().read(chain([first], articles), self._statements):
            yield reading
            self._counter.advance()
