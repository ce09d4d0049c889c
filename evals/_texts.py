"""What several evaluations make of a plain text: an article, and the reader's view of any word in it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.errors import RejectedDocument
from reportedly.pipeline import Reader
from reportedly.records import Article, Document, EventType
from reportedly.stages._echoes import Echoes
from reportedly.stages.assemble import Assembler, cue_tokens
from reportedly.stages.attribute import attribute
from reportedly.stages.clean import clean
from reportedly.stages.drafts import Annotated, Attributed, Offsets
from reportedly.stages.judge import Judged
from reportedly.stages.resolve import resolve


def article_of(content: bytes, name: str) -> Article:
    """The article of a text in UTF-8, by the product's own *clean* stage; where that refuses it, no block of it is read and it is said why."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        return clean(Document(sha256=digest, media_type="text/plain", content=content, url=name, charset="utf-8"))
    except RejectedDocument as refused:
        print(f"{name}: {refused}", file=sys.stderr)
        text = content.decode("utf-8")
        return Article(article_id=digest, document_sha256=digest, text=text, blocks=(), language="en")


@dataclass(frozen=True, slots=True)
class View:
    """What the reader makes of one article, to be asked about any word of it."""

    said: Sequence[Attributed]
    assembler: Assembler
    cues: frozenset[int]

    def judged_at(
        self, trigger: Offsets, event_type: EventType = "attack", echoes: Echoes | None = None
    ) -> Judged | None:
        """How far the act named there got, by the reader's own means, whether or not it sees an event there; with what was asked for earlier words."""
        judged = self.assembler.judged_at(trigger, self.cues, event_type)
        tokens = self.assembler.annotated.tokens(*trigger)
        if judged is None or tokens is None or echoes is None:
            return judged
        return echoes.heard(event_type, tokens.root, judged)


def view(reader: Reader, annotated: Annotated) -> View:
    """Attributes and resolves an article without looking for its events."""
    tags, words = reader.tags(annotated), reader.words
    said = attribute(annotated, words.cues, tags)
    assembler = Assembler(annotated, said, resolve(annotated, words.names), words.code, words.judging, tags)
    return View(said, assembler, cue_tokens(annotated, said, words.judging)[0])
