"""Attributions in the making, the quotation marks laid over them, and the nearest-speaker rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from spacy.tokens import Doc

from reportedly.records import Certainty, Quotation, Stance
from reportedly.stages._clauses import FINITE, Range, trimmed
from reportedly.stages._quotes import Page, Quote
from reportedly.stages.drafts import Attributed, Hop, Offsets

REACH = 14
"""How many tokens may stand between a cue and the quotation that it introduces."""


LONGEST_STATEMENT = 20
"""How many sentences of a paragraph are taken for a statement without marks."""
FIRST_PERSON = frozenset(("i", "we", "my", "our"))
DEMANDS = FIRST_PERSON | {"must", "should"}
"""What a later paragraph of a statement holds, as a report's own do not."""
LONGEST_HEADING = 12
"""Tokens of a line without a full stop that ends a statement: "Notes to editors"."""
TELLS_AGAIN = frozenset(("say", "add", "tell", "comment"))
"""Whoever does this below a statement is told of by the page again."""


@dataclass(slots=True)
class Draft:
    """An attribution as token ranges, before the quotation marks are laid over it."""

    chain: tuple[Hop, ...]
    cue: Range
    lemma: str
    content: list[Range]
    stance: Stance
    certainty: Certainty
    rule: str
    spoken: bool = False
    """True where its cue may stand beside a quotation."""
    cluster: Range = (0, 0)
    """The source and the cue where they stand together."""


def with_quotations(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Lays the quotations over `drafts`.

    A content that meets a quotation takes all of it, a spoken cue beside one takes it, and one that nobody has taken goes
    to the nearest speaker. Drafts left without content are dropped.
    """
    ordered = sorted(drafts, key=lambda d: d.cue)
    outside = []
    for draft in ordered:
        number = page.inside[draft.cue[0]]
        if number < 0:
            outside.append(draft)
        elif page.quotes[number].closed:
            draft.content = _clipped(draft.content, page.quotes[number])
    taken: dict[int, Draft] = {}
    for number, quote in enumerate(page.quotes):
        _give(page, outside, number, quote, taken)
    for draft in outside:
        for start, end in _statement(page, draft, outside):
            for within in ordered:  # her own "I condemn" is hers already
                if start <= within.cue[0] < end and _own(page, within):
                    within.content = []
    out = [draft for draft in ordered if draft.content]
    out.extend(_orphans(page, [d for d in outside if d.spoken and d.chain and d.content], out, taken))
    return out


def _statement(page: Page, draft: Draft, drafts: list[Draft]) -> list[Range]:
    """ "The minister said:" and then her words in paragraphs of their own, without a mark, as ministries print them."""
    doc, sentences = page.doc, page.annotated.sentences
    number = page.annotated.sentence_of[draft.cue[0]]
    if not draft.spoken or number < 0 or number + 1 >= len(sentences):
        return []
    end, following = sentences[number].tokens.end, sentences[number + 1]
    rest = [t.text for t in doc[draft.cue[1] : end] if not t.is_space]
    if rest[-1:] != [":"] or len(rest) > REACH or following.block == sentences[number].block:
        return []
    if draft.content and len(rest) > 1:
        return []
    again = {_block(page, other.cue[0]) for other in drafts if other.lemma in TELLS_AGAIN and not _own(page, other)}
    spoken: list[Range] = []
    blocks = [
        list(held) for _, held in groupby(sentences[number + 1 : number + 1 + LONGEST_STATEMENT], lambda s: s.block)
    ]
    for count, block in enumerate(blocks):
        first, last = block[0].tokens.start, block[-1].tokens.end
        if page.inside[first] >= 0 or block[0].block in again or (count and _is_heading(doc, first, last)):
            break
        words = {t.lower_ for t in doc[first:last] if not t.is_upper or t.lower_ == "i"}
        if words & (DEMANDS if spoken else FIRST_PERSON):
            spoken = [(following.tokens.start, last)]
    draft.content = spoken or draft.content
    return spoken


def _own(page: Page, draft: Draft) -> bool:
    """Whether whoever speaks says "I"."""
    return bool(draft.chain) and page.annotated.text(draft.chain[0].start, draft.chain[0].end).lower() in FIRST_PERSON


def _is_heading(doc: Doc, start: int, end: int) -> bool:
    """ "Notes to editors": a short line that is no sentence."""
    words = [token for token in doc[start:end] if not token.is_space]
    return len(words) <= LONGEST_HEADING and bool(words) and words[-1].text[-1] not in ".!?"


def _clipped(content: list[Range], quote: Quote) -> list[Range]:
    """What of `content` lies within the quotation that its cue stands in."""
    parts = ((max(start, quote.start), min(end, quote.end - 1)) for start, end in content)
    return [(start, end) for start, end in parts if end > start]


def _give(page: Page, drafts: list[Draft], number: int, quote: Quote, taken: dict[int, Draft]) -> None:
    """Gives `quote` to every draft whose content meets it, and to the one whose cue stands beside it."""
    best = 0
    for draft in drafts:
        if draft.cue[0] - quote.end > REACH * 4:
            break
        if quote.start - draft.cue[1] > REACH * 20:
            continue
        beside = _beside(page.doc, draft, quote)
        meets = any(start < quote.end and end > quote.start for start, end in draft.content)
        if not beside and not meets:
            continue
        rank = beside + 1 + draft.spoken
        if meets:
            _extend(draft, quote)
        if rank > best:
            best, taken[number] = rank, draft
    if number in taken:
        _extend(taken[number], quote)


def _beside(doc: Doc, draft: Draft, quote: Quote) -> int:
    """How closely the cue of `draft` stands beside `quote`: 0 not at all, 3 for "…", he said."""
    if not draft.spoken:
        return 0
    first, last = draft.cluster
    if quote.end <= first:
        gap = first - quote.end
        if gap > 1 or (gap and doc[quote.end].text != ","):
            return 0
        inner = doc[quote.end - 2].text if quote.end - quote.start > 2 else ""
        if inner in (",", "?", "!", "-", "...", "…") or gap:
            return 4
        return 2 if quote.speech and inner != "." else 0
    if quote.start < last or quote.start - last > REACH:
        return 0
    gap_words = doc[last : quote.start]
    if len(gap_words) <= 1:
        return 3 if quote.speech or not draft.content else 0
    if not (quote.speech or any(end - start > 2 for start, end in draft.content)):
        return 0
    plain = not any(t.tag_ in FINITE or t.text in (".", "!", "?", '"', ";") for t in gap_words)
    return 3 if plain and gap_words[-1].text in (",", ":", "-", "that") else 0


def _extend(draft: Draft, quote: Quote) -> None:
    """Adds `quote` to the content of `draft`, never over its own source and cue."""
    start, end = quote.start, quote.end
    merged: list[Range] = []
    for one in draft.content:
        if one[0] <= end and one[1] >= start and not _between(one, (start, end), draft.cluster):
            start, end = min(start, one[0]), max(end, one[1])
        else:
            merged.append(one)
    draft.content = sorted([*merged, (start, end)])


def _between(one: Range, other: Range, cluster: Range) -> bool:
    low, high = min(one[0], other[0]), max(one[1], other[1])
    return low < cluster[1] and high > cluster[0] and not (one[0] <= cluster[0] and one[1] >= cluster[1])


def _orphans(page: Page, speakers: list[Draft], drafts: list[Draft], taken: dict[int, Draft]) -> list[Draft]:
    """Quotations with no cue of their own: joined to the speaker's in their paragraph, else a draft of their own."""
    out: list[Draft] = []
    for number, quote in enumerate(page.quotes):
        if number in taken or not (quote.speech or not quote.opened) or _inside(drafts, quote):
            continue
        before = taken.get(number - 1)
        if before is not None and before.chain and _runs_on(page, page.quotes[number - 1], quote):
            taken[number] = _joined(before, quote, out)
            continue
        speaker = _nearest(page, speakers, quote) if _stands_alone(page, quote) else None
        if speaker is None:
            continue
        if _block(page, speaker.cue[0]) == quote.block:
            taken[number] = _joined(speaker, quote, out)
        else:
            taken[number] = _apart(speaker, quote, out)
    return out


def _joined(speaker: Draft, quote: Quote, out: list[Draft]) -> Draft:
    """Gives `quote` to what `speaker` says already; apart from it where that is denied, asked, or admitted, for the quotation may be none of it."""
    if speaker.stance != "asserts":
        return _apart(speaker, quote, out)
    _extend(speaker, quote)
    return speaker


def _apart(speaker: Draft, quote: Quote, out: list[Draft]) -> Draft:
    """Adds a draft in which `speaker` says `quote`."""
    content = [(quote.start, quote.end)]
    out.append(replace(speaker, content=content, stance="asserts", certainty="certain", rule="nearest-speaker"))
    return out[-1]


def _runs_on(page: Page, before: Quote, quote: Quote) -> bool:
    """True where `quote` goes on from `before`: in the same paragraph, or left open in the one above."""
    if before.block == quote.block:
        return _stands_alone(page, quote)
    return before.block == quote.block - 1 and not before.closed


def _stands_alone(page: Page, quote: Quote) -> bool:
    """True for a quotation that opens a sentence."""
    if quote.start == 0:
        return True
    previous = page.doc[quote.start - 1]
    sentence = page.annotated.sentence_of[previous.i]
    if sentence < 0 or page.annotated.sentences[sentence].block != quote.block:
        return True
    return previous.is_space or previous.text[-1] in ".!?:\"'"


def _inside(drafts: list[Draft], quote: Quote) -> bool:
    return any(s <= quote.start and quote.end <= e for draft in drafts if draft.spoken for s, e in draft.content)


def _block(page: Page, token: int) -> int:
    sentence = page.annotated.sentence_of[token]
    return page.annotated.sentences[sentence].block if sentence >= 0 else -1


def _nearest(page: Page, speakers: list[Draft], quote: Quote) -> Draft | None:
    """The speaker before `quote` in its paragraph, or in the one above, or after it in its own."""
    before = [d for d in speakers if d.cue[0] < quote.start]
    last = before[-1] if before else None
    if last is not None and _block(page, last.cue[0]) == quote.block:
        return last
    after = next((d for d in speakers if d.cue[0] >= quote.end), None)
    if after is not None and _block(page, after.cue[0]) == quote.block:
        return after
    if last is not None and quote.block - _block(page, last.cue[0]) <= 2:
        return last
    return None


def finished(page: Page, drafts: list[Draft]) -> tuple[Attributed, ...]:
    """The drafts as records, in reading order, each once."""
    seen: set[tuple[Offsets, tuple[Offsets, ...]]] = set()
    out: list[Attributed] = []
    for draft in sorted(drafts, key=lambda d: (d.cue, d.content)):
        content = tuple(_offsets(page.doc, part) for part in _cleaned(page, draft))
        cue = _offsets(page.doc, draft.cue)
        if not content or (cue, content) in seen:
            continue
        seen.add((cue, content))
        out.append(
            Attributed(
                chain=draft.chain,
                cue=cue,
                cue_lemma=draft.lemma,
                content=content,
                stance=draft.stance,
                quotation=_quotation(draft, page.quotes),
                certainty=draft.certainty,
                rule=draft.rule,
            )
        )
    return tuple(out)


def _cleaned(page: Page, draft: Draft) -> list[Range]:
    """The content's parts without the draft's own cue and without stray punctuation, neighbours joined."""
    parts: list[Range] = []
    first, last = draft.cluster if draft.cluster[1] else draft.cue
    for start, end in sorted(draft.content):
        pieces = [(start, end)] if last <= start or first >= end else [(start, first), (last, end)]
        for piece in pieces:
            a, b = _trimmed(page, *piece)
            if b <= a or all(page.doc[i].is_punct for i in range(a, b)):
                continue
            if parts and a <= parts[-1][1]:
                parts[-1] = (parts[-1][0], max(b, parts[-1][1]))
            else:
                parts.append((a, b))
    return parts


def _trimmed(page: Page, start: int, end: int) -> Range:
    """Without punctuation at either end; the full stop of a quotation that is never closed is its own."""
    a, b = trimmed(page.doc, start, end)
    while b > a and page.doc[b - 1].dep_ == "cc" and page.doc[b - 1].lower_ in ("and", "but", "or"):
        a, b = trimmed(page.doc, a, b - 1)
    if 0 < b < end and page.inside[b - 1] >= 0:
        quote = page.quotes[page.inside[b - 1]]
        if not quote.closed and end == quote.end:
            return a, end
    return a, b


def _offsets(doc: Doc, part: Range) -> Offsets:
    last = doc[part[1] - 1]
    return doc[part[0]].idx, last.idx + len(last)


def _quotation(draft: Draft, quotes: tuple[Quote, ...]) -> Quotation:
    """Direct where all the content stands between marks, mixed where some of it does."""
    words = sum(end - start for start, end in draft.content)
    quoted = sum(
        max(0, min(end, quote.end) - max(start, quote.start)) for start, end in draft.content for quote in quotes
    )
    if quoted == 0:
        return "indirect"
    return "direct" if quoted >= words - 2 else "mixed"
