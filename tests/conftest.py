"""What tests share: the parser, loaded once, and an article typed by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from spacy.language import Language

from reportedly.records import Article, Block
from reportedly.stages.annotate import annotate, load_parser
from reportedly.stages.drafts import Annotated

if TYPE_CHECKING:
    from reportedly.pipeline import Reader

os.environ["REPORTEDLY_GAZETTEER"] = "none"  # what a developer built for a desk changes no test


@pytest.fixture(scope="session")
def parser() -> Language:
    """The English pipeline."""
    return load_parser()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader whose models and lexicons every test shares; the parser is the one of `parser`."""
    from reportedly.pipeline import Reader  # tests of one stage need no other

    return Reader()


def typed_article(text: str, published: str | None = None, headline: str | None = None) -> Article:
    """An article of blank-line-separated paragraphs, with a headline where one is given."""
    whole = f"{headline}\n\n{text}" if headline else text
    blocks = [Block(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n](?:.|\n(?!\n))*", whole)]
    if headline:
        blocks[0] = Block(start=0, end=len(headline), kind="headline")
    return Article(
        article_id="typed",
        document_sha256="typed",
        text=whole,
        blocks=tuple(blocks),
        title=headline,
        publication_date=published,
        date_known_from="given" if published else None,
        language="en",
    )


@pytest.fixture(scope="session")
def annotated(parser: Language) -> Callable[..., Annotated]:
    """Annotates a text typed by hand: ``annotated(text, published=None, headline=None)``."""

    def make(text: str, published: str | None = None, headline: str | None = None) -> Annotated:
        return next(iter(annotate([typed_article(text, published, headline)], parser)))

    return make
