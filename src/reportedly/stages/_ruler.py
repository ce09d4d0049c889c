"""The English pipeline's attribute ruler, with a memory.

The model's ruler tries its 179 patterns on every token, which takes a tenth of the parse. All but eight of them look at one token: at its
tag, its dependency and, for some two hundred words, the word. What they say of such a token never changes, so it is asked once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

Key = tuple[int, int, int, int]
Row = tuple[int, int, int, int, int]
COLUMNS = (POS, MORPH, LEMMA)
"""What the rules set on words; on a stretch of white space also its tag and dependency."""


class RememberingRuler:
    """Does to a document what the ruler it was made from does."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler, self.vocab = ruler, ruler.vocab
        self._pairs = Matcher(ruler.vocab, validate=False)
        words: set[str] = set()
        for number, row in enumerate(ruler.patterns):
            patterns: Any = row["patterns"]
            longer = [pattern for pattern in patterns if len(pattern) > 1]
            if longer:
                self._pairs.add(str(number), longer)
            words.update(w for pattern in patterns for token in pattern for w in _words(token))
        self._words = frozenset(self.vocab.strings.add(w) for w in words)
        self._known: dict[Key, tuple[int, ...]] = {}
        self._rows: dict[tuple[int, ...], Row] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Sets part of speech, features and, for some words, the lemma of every token of `doc`."""
        known: list[list[int]] = np.asarray(doc.to_array([LOWER, TAG, DEP, IS_SPACE])).reshape(-1, 4).tolist()
        rules: list[tuple[int, ...]] = []
        for n, (word, tag, dependency, space) in enumerate(known):
            key = word if word in self._words else 0, tag, dependency, space
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._asked(doc, n)
            rules.append(found)
        for match, start, _ in self._pairs(doc, allow_missing=True):
            number = int(self.vocab.strings[match])
            at = start + self.ruler.indices[number]
            rules[at] = tuple(sorted({*rules[at], number}))
        rows = [self._row(numbers) for numbers in rules]
        for n, (*_, tag, dependency) in enumerate(rows):
            if tag:
                doc[n].tag = tag
            if dependency:
                doc[n].dep = dependency
        columns: Any = np.array([row[: len(COLUMNS)] for row in rows], dtype=np.uint64).reshape(-1, len(COLUMNS))
        return doc.from_array(list(COLUMNS), columns)

    def _row(self, numbers: tuple[int, ...]) -> Row:
        """What these rules set, a later one over an earlier one."""
        row = self._rows.get(numbers)
        if row is None:
            setting = {name: value for number in numbers for name, value in self.ruler.attrs[number].items()}
            pos, morph, lemma, tag, dependency = (setting.get(name, 0) for name in (*COLUMNS, TAG, DEP))
            row = self._rows[numbers] = pos, morph, lemma, tag, dependency
        return row

    def _asked(self, doc: Doc, n: int) -> tuple[int, ...]:
        token = doc[n]
        alone = Doc(
            self.vocab, words=[token.text], spaces=[False], tags=[token.tag_], deps=[token.dep_ or "dep"], heads=[0]
        )
        alone[0].dep = token.dep
        return tuple(sorted({number for number, *_ in self.ruler.match(alone)}))

    def pipe(self, stream: Iterator[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Each document in turn."""
        for doc in stream:
            yield self(doc)


def _words(token: dict[Any, Any]) -> list[str]:
    asked = token.get("LOWER", [])
    return [asked] if isinstance(asked, str) else [*asked.get("IN", []), *asked.get("NOT_IN", [])] if asked else []


@Language.factory("remembering_ruler")
def _factory(nlp: Language, name: str) -> RememberingRuler:
    ruler = nlp.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return RememberingRuler(ruler)


def remember(parser: Language) -> None:
    """Puts a `RememberingRuler` in the place of a pipeline's attribute ruler."""
    parser.add_pipe("remembering_ruler", after="attribute_ruler")
    parser.disable_pipe("attribute_ruler")
