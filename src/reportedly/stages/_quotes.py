"""Where quotation marks open and close, block by block, as papers set them and as pages break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from reportedly.stages._cues import ReportingCues
from reportedly.stages.drafts import Annotated

OPENING = frozenset("“‘«„`")
CLOSING = frozenset("”»")
GLUED = re.compile(r"(?<=[.,!?…])[”\"](?=[A-Z])")
"""A closing mark in the middle of a word: a page that lost the break between two paragraphs ("…the mill.”The police")."""
LONGEST_OPEN, MOST_OPEN = 160, 40
"""Tokens: no paragraph that opens a quotation and never closes it is longer than the first; of a longer one no more than the
sentence in which the second falls is taken for quoted."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of quotation: tokens `start` to `end`, marks included, never beyond its block."""

    start: int
    end: int
    block: int
    opened: bool
    """False where it goes on from the block before."""
    closed: bool
    """False where the block ends without a closing mark."""
    speech: bool
    """True for a quotation that can stand by itself; False for a few words within somebody's sentence."""


@dataclass(slots=True)
class _Mark:
    token: int
    opens: bool
    closes: bool
    single: bool


@dataclass(frozen=True, slots=True)
class Page:
    """An annotated article, with its quotations at hand."""

    annotated: Annotated
    quotes: tuple[Quote, ...]
    inside: tuple[int, ...]
    """Token number to the number of the quotation that it stands in, marks included; -1 outside."""
    cues: ReportingCues

    @property
    def doc(self) -> Doc:
        """The tokens."""
        return self.annotated.doc

    def closes_before(self, token: int) -> bool:
        """True where a quotation ends right before `token`."""
        if token == 0 or self.inside[token - 1] < 0:
            return False
        quote = self.quotes[self.inside[token - 1]]
        return quote.closed and quote.end == token

    def in_headline(self, token: int) -> bool:
        """True for a token of the headline."""
        number = self.annotated.sentence_of[token]
        return number >= 0 and self.annotated.sentences[number].headline

    def sentence(self, token: int) -> tuple[int, int]:
        """The tokens of the sentence around `token`; an empty range outside every block."""
        number = self.annotated.sentence_of[token]
        if number < 0:
            return token, token
        words = self.annotated.sentences[number].tokens
        return words.start, words.end


def page_of(annotated: Annotated, cues: ReportingCues) -> Page:
    """The article with its quotations."""
    quotes = quotations(annotated)
    inside = [-1] * len(annotated.doc)
    for number, quote in enumerate(quotes):
        inside[quote.start : quote.end] = [number] * (quote.end - quote.start)
    return Page(annotated, quotes, tuple(inside), cues)


def quotations(annotated: Annotated) -> tuple[Quote, ...]:
    """The quotations of an article in reading order.

    A quotation that its paragraph leaves open goes on in the next where that reopens with a mark (the British custom), and
    also through one paragraph that lost its mark, if the one after reopens; else it ends with its paragraph.
    """
    found: list[Quote] = []
    blocks = list(_blocks(annotated))
    for position, (block, start, end) in enumerate(blocks):
        marks = _marks(annotated, start, end)
        follows = bool(found) and found[-1].block == blocks[position - 1][0] and not found[-1].closed
        if not marks:
            if follows and _lost_its_mark(annotated, blocks, position):
                found.append(Quote(start, end, block, opened=False, closed=False, speech=True))
            continue
        found.extend(_in_block(annotated.doc, marks, block, start, end, follows))
    return tuple(found)


def _blocks(annotated: Annotated) -> Iterator[tuple[int, int, int]]:
    """Each block's number and its tokens."""
    sentences = annotated.sentences
    at = 0
    while at < len(sentences):
        last = at
        while last + 1 < len(sentences) and sentences[last + 1].block == sentences[at].block:
            last += 1
        yield sentences[at].block, sentences[at].tokens.start, sentences[last].tokens.end
        at = last + 1


def _marks(annotated: Annotated, start: int, end: int) -> list[_Mark]:
    """The quotation marks of one block, with what each can do by its form and by what stands beside it."""
    text = annotated.article.text
    marks = []
    for token in annotated.doc[start:end]:
        shown = token.text
        if shown not in ('"', "''", "``"):
            if len(shown) > 3 and GLUED.search(text, token.idx, token.idx + len(shown)):
                marks.append(_Mark(token.i, False, True, False))
            continue
        own = text[token.idx]
        before = text[token.idx - 1] if token.idx else " "
        after_at = token.idx + len(shown)
        after = text[after_at] if after_at < len(text) else " "
        single = own in "‘’'`" and len(shown) == 1
        if own in OPENING:
            marks.append(_Mark(token.i, True, False, single))
        elif own in CLOSING:
            marks.append(_Mark(token.i, False, True, single))
        else:
            opens = not after.isspace() and (before.isspace() or before in "([-—–\"'“‘")
            closes = not before.isspace() and not (opens and token.i == start)
            marks.append(_Mark(token.i, opens or not closes, closes, single))
    return marks


def _in_block(doc: Doc, marks: list[_Mark], block: int, start: int, end: int, follows: bool) -> Iterator[Quote]:
    """Pairs the marks of one block."""
    opened_at: int | None = start if follows and not marks[0].opens else None
    opened = opened_at is None
    single = False
    for number, mark in enumerate(marks):
        if opened_at is None:
            if mark.opens:
                opened_at, opened, single = mark.token, not (follows and mark.token == start), mark.single
            continue
        if mark.closes and not (single and _possessive(doc, marks, number)):
            yield _quote(doc, opened_at, mark.token + 1, block, opened, closed=True)
            opened_at, opened = None, True
    if opened_at is not None and end - opened_at > 1:
        yield _quote(doc, opened_at, _open_end(doc, opened_at, end), block, opened, closed=False)


def _open_end(doc: Doc, start: int, end: int) -> int:
    """Where a quotation ends that its block leaves open: with the block, but no page that lost its paragraphs is one quotation."""
    if end - start <= LONGEST_OPEN:
        return end
    return next((i for i in range(start + MOST_OPEN, end) if doc[i].is_sent_start), end)


def _possessive(doc: Doc, marks: list[_Mark], number: int) -> bool:
    """True where what looks like a closing single mark is the soldiers' own."""
    at = marks[number].token
    if at == 0 or at + 1 >= len(doc) or not doc[at - 1].text.endswith("s") or not doc[at + 1].is_lower:
        return False
    return any(later.closes for later in marks[number + 1 :]) and not marks[number + 1].opens


def _quote(doc: Doc, start: int, end: int, block: int, opened: bool, closed: bool) -> Quote:
    words = doc[start:end]
    length = sum(1 for token in words if not token.is_punct and not token.is_space)
    finite = any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in words)
    sentence_like = start == 0 or doc[start + 1 if start + 1 < len(doc) else start].text[:1].isupper()
    ends = end >= 2 and doc[end - 2].text in (".", ",", "!", "?", "...", "…")
    return Quote(
        start,
        end,
        block,
        opened,
        closed,
        speech=(length >= 4 and (finite or (sentence_like and ends))) or (finite and sentence_like and ends),
    )


def _lost_its_mark(annotated: Annotated, blocks: list[tuple[int, int, int]], position: int) -> bool:
    """True for a paragraph without any mark between one that left a quotation open and one that reopens it."""
    if position + 1 >= len(blocks):
        return False
    _, start, end = blocks[position + 1]
    marks = _marks(annotated, start, end)
    return bool(marks) and marks[0].token == start and marks[0].opens
