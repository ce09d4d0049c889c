"""The ruler with a memory says what the model's own ruler says."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import reportedly
from reportedly.acquire import acquire
from reportedly.stages.annotate import MODEL
from reportedly.stages.clean import clean

SAMPLES = Path(reportedly.__file__).parent / "samples"


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(MODEL)


def _told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, str(t.head.i), t.ent_type_) for t in doc]


def test_samples_are_parsed_as_the_plain_pipeline_parses_them(parser: Language, plain: Language) -> None:
    texts = [clean(acquire(path), "2025-03-03").text for path in sorted(SAMPLES.glob("*.html"))]
    assert len(texts) > 3
    for ours, theirs in zip(parser.pipe(texts), plain.pipe(texts), strict=True):
        assert _told(ours) == _told(theirs)


@pytest.mark.parametrize(
    "text",
    [
        "There's a bomb,   and it'd been \n there; he gets what he got, to be had.",
        "That is why they do so, isn't it? Which of these? Both had, I ca n't.",
        "",
        " ",
        "\n\n",
    ],
)
def test_pairs_of_words_and_white_space(parser: Language, plain: Language, text: str) -> None:
    assert _told(parser(text)) == _told(plain(text))
    assert _told(parser(text)) == _told(plain(text))  # what is remembered is the same again


def test_what_it_remembers_does_not_grow_with_the_words(parser: Language) -> None:
    ruler = parser.get_pipe("remembering_ruler")
    parser("Marta saw the gate.")
    known = len(ruler._known)  # type: ignore[attr-defined]
    parser("Derno saw the gate.")
    assert len(ruler._known) == known  # type: ignore[attr-defined]
