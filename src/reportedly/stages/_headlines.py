"""Headlines with a colon or a dash: "Minister: no deal", "Ten killed in blast: police", "Rebels withdraw – army"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from reportedly.stages._clauses import FINITE, Range, trimmed
from reportedly.stages._cues import ReportingCues
from reportedly.stages._quotes import Page
from reportedly.stages._sources import hop
from reportedly.stages._spoken import Draft
from reportedly.stages.drafts import Hop

LONGEST_SOURCE = 6


def from_headline(page: Page, start: int, end: int, cues: ReportingCues) -> Iterator[Draft]:
    """The source before or after a colon, or after a dash, of the headline from token `start` to `end`."""
    doc = page.doc
    for i in range(start + 1, end - 1):
        token = doc[i]
        if token.text not in (":", "-") or (token.text == "-" and not (doc[i - 1].whitespace_ and token.whitespace_)):
            continue
        left, right = trimmed(doc, start, i), trimmed(doc, i + 1, end)
        if _is_source(doc, right, cues) and right[1] - right[0] <= 4 and left[1] - left[0] > 2:
            yield _draft(doc, right, left, i, cues)
        elif token.text == ":" and _is_source(doc, left, cues) and right[1] - right[0] > 1:
            yield _draft(doc, left, right, i, cues)
        return


def _is_source(doc: Doc, part: Range, cues: ReportingCues) -> bool:
    """True for a short noun phrase that is somebody: by its noun, or by a name that is no place."""
    if not 0 < part[1] - part[0] <= LONGEST_SOURCE:
        return False
    words = doc[part[0] : part[1]]
    head = words[-1]
    known = head.lower_ in cues.speakers or head.lemma_.lower() in cues.speakers
    if any(t.tag_ in ("CD", "IN", "TO") or (t.tag_ in FINITE and t != head) or t.lower_ in cues.labels for t in words):
        return False
    return known or (head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", "ORG", "") and len(words) <= 3)


def _draft(doc: Doc, source: Range, content: Range, mark: int, cues: ReportingCues) -> Draft:
    head = doc[source[1] - 1]
    whole = hop(head, cues)
    named = Hop(doc[source[0]].idx, head.idx + len(head), whole.kind, whole.anonymous)
    return Draft(
        chain=(named,),
        cue=(mark, mark + 1),
        lemma=doc[mark].text,
        content=[content],
        stance="asserts",
        certainty="certain",
        rule="headline",
        spoken=False,
        cluster=(mark, mark + 1),
    )
