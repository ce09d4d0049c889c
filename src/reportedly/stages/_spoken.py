"""Attributions in the making, the quotation marks laid over them, and the nearest-speaker rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc

from reportedly.records import Certainty, Quotation, Stance
from reportedly.stages._clauses import Range, trimmed
from reportedly.stages._quotes import Quote
from reportedly.stages.drafts import Annotated, Attributed, Hop, Offsets

REACH = 14
"""How many tokens may stand between a cue and the quotation that it introduces."""


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


def with_quotations(annotated: Annotated, drafts: list[Draft], quotes: tuple[Quote, ...]) -> list[Draft]:
    """Lays the quotations over `drafts`: a content that meets one takes all of it, a spoken cue beside one takes it, and
    one that nobody has taken goes to the nearest speaker. Drafts left without content are dropped."""
    taken: dict[int, Draft] = {}
    ordered = sorted(drafts, key=lambda d: d.cue)
    for draft in ordered:
        for number, quote in enumerate(quotes):
            if _takes(annotated.doc, draft, quote) and (number not in taken or not taken[number].spoken):
                taken[number] = draft
    for number, draft in taken.items():
        _extend(draft, quotes[number])
    out = [draft for draft in ordered if draft.content]
    out.extend(_orphans(annotated, out, quotes, taken))
    return out


def _takes(doc: Doc, draft: Draft, quote: Quote) -> bool:
    """True where `quote` is what `draft` says, wholly or in part."""
    if quote.start <= draft.cue[0] < quote.end:
        return False
    if any(start < quote.end and end > quote.start for start, end in draft.content):
        return True
    if not draft.spoken or not quote.speech or draft.cluster[1] == 0:
        return False
    first, last = draft.cluster
    if quote.end <= first:
        return first - quote.end <= 1 and _gap_is_punctuation(doc, quote.end, first)
    if quote.start < last or quote.start - last > REACH:
        return False
    gap = doc[last : quote.start]
    if not len(gap):
        return True
    lead = gap[-1].text
    plain = not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") or t.text in (".", "!", "?", '"', ";") for t in gap)
    return plain and (lead in (",", ":", "-", "that") or len(gap) <= 1)


def _gap_is_punctuation(doc: Doc, start: int, end: int) -> bool:
    return all(doc[i].is_punct for i in range(start, end))


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


def _orphans(annotated: Annotated, drafts: list[Draft], quotes: tuple[Quote, ...], taken: dict[int, Draft]) -> list[Draft]:
    """The quotations with no cue of their own: joined to the speaker's in the same paragraph, else a draft of their own."""
    out: list[Draft] = []
    speakers = [draft for draft in drafts if draft.spoken and draft.chain]
    for number, quote in enumerate(quotes):
        if number in taken or not (quote.speech or not quote.opened) or _inside(drafts, quote):
            continue
        before = taken.get(number - 1)
        if before is not None and before.chain and _runs_on(annotated, quotes[number - 1], quote):
            _extend(before, quote)
            taken[number] = before
            continue
        if not _stands_alone(annotated, quote):
            continue
        speaker = _nearest(annotated, speakers, quote)
        if speaker is None:
            continue
        if _block(annotated, speaker.cue[0]) == quote.block:
            _extend(speaker, quote)
            taken[number] = speaker
        else:
            own = replace(speaker, content=[(quote.start, quote.end)], rule="nearest-speaker")
            out.append(own)
            taken[number] = own
    return out


def _runs_on(annotated: Annotated, before: Quote, quote: Quote) -> bool:
    """True where `quote` goes on from `before`: in the same paragraph, or left open in the one above."""
    if before.block == quote.block:
        return _stands_alone(annotated, quote)
    return before.block == quote.block - 1 and not before.closed


def _stands_alone(annotated: Annotated, quote: Quote) -> bool:
    """True for a quotation that opens a sentence."""
    if quote.start == 0:
        return True
    previous = annotated.doc[quote.start - 1]
    if annotated.sentence_of[previous.i] < 0:
        return True
    same = annotated.sentences[annotated.sentence_of[previous.i]].block == quote.block
    return not same or previous.text in (".", "!", "?", '"', ":", "''", "...") or previous.is_space


def _inside(drafts: list[Draft], quote: Quote) -> bool:
    return any(s <= quote.start and quote.end <= e for draft in drafts if draft.spoken for s, e in draft.content)


def _block(annotated: Annotated, token: int) -> int:
    sentence = annotated.sentence_of[token]
    return annotated.sentences[sentence].block if sentence >= 0 else -1


def _nearest(annotated: Annotated, speakers: list[Draft], quote: Quote) -> Draft | None:
    """The speaker before `quote` in its paragraph, or in the one above, or after it in its own."""
    before = [d for d in speakers if d.cue[0] < quote.start]
    last = before[-1] if before else None
    if last is not None and _block(annotated, last.cue[0]) == quote.block:
        return last
    after = next((d for d in speakers if d.cue[0] >= quote.end), None)
    if after is not None and _block(annotated, after.cue[0]) == quote.block:
        return after
    if last is not None and quote.block - _block(annotated, last.cue[0]) <= 2:
        return last
    return None


def finished(annotated: Annotated, drafts: list[Draft], quotes: tuple[Quote, ...]) -> tuple[Attributed, ...]:
    """The drafts as records, in reading order, each once."""
    seen: set[tuple[Offsets, tuple[Offsets, ...]]] = set()
    out: list[Attributed] = []
    for draft in sorted(drafts, key=lambda d: (d.cue, d.content)):
        content = tuple(_offsets(annotated.doc, part) for part in _cleaned(annotated.doc, draft))
        cue = _offsets(annotated.doc, draft.cue)
        if not content or (cue, content) in seen:
            continue
        seen.add((cue, content))
        out.append(
            Attributed(
                chain=draft.chain, cue=cue, cue_lemma=draft.lemma, content=content, stance=draft.stance,
                quotation=_quotation(draft, quotes), certainty=draft.certainty, rule=draft.rule,
            )
        )
    return tuple(out)


def _cleaned(doc: Doc, draft: Draft) -> list[Range]:
    """The content's parts without the draft's own cue and without stray punctuation, neighbours joined."""
    parts: list[Range] = []
    for start, end in sorted(draft.content):
        first, last = draft.cluster if draft.cluster[1] else draft.cue
        pieces = [(start, end)] if last <= start or first >= end else [(start, first), (last, end)]
        for a, b in pieces:
            a, b = trimmed(doc, a, b)
            if b > a and any(not doc[i].is_punct for i in range(a, b)):
                if parts and a <= parts[-1][1]:
                    parts[-1] = (parts[-1][0], max(b, parts[-1][1]))
                else:
                    parts.append((a, b))
    return parts


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
