"""Headlines with a colon or a dash: "Minister: no deal", "Ten killed in blast: police", "Rebels withdraw – army"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.stages._clauses import FINITE, Range, trimmed
from reportedly.stages._cues import ReportingCues
from reportedly.stages._sources import hop
from reportedly.stages._spoken import Draft
from reportedly.stages.drafts import Annotated, Sentence

LONGEST_SOURCE = 6
NOT_A_SOURCE = frozenset(("update", "updated", "live", "video", "watch", "exclusive", "breaking", "latest", "analysis",
                          "opinion", "explainer", "factbox", "photos", "timeline", "poll", "podcast"))


def from_headline(annotated: Annotated, sentence: Sentence, cues: ReportingCues) -> Iterator[Draft]:
    """The source before or after a colon, or after a dash."""
    doc = annotated.doc
    start, end = sentence.tokens.start, sentence.tokens.end
    for i in range(start + 1, end - 1):
        token = doc[i]
        if token.text not in (":", "-") or (token.text == "-" and not (doc[i - 1].whitespace_ and token.whitespace_)):
            continue
        left, right = trimmed(doc, start, i), trimmed(doc, i + 1, end)
        if _is_source(annotated, right) and right[1] - right[0] <= 4 and left[1] - left[0] > 2:
            yield _draft(annotated, right, left, i, cues)
        elif token.text == ":" and _is_source(annotated, left) and right[1] - right[0] > 1:
            yield _draft(annotated, left, right, i, cues)
        return


def _is_source(annotated: Annotated, part: Range) -> bool:
    """True for a short noun phrase that is somebody."""
    doc = annotated.doc
    if not 0 < part[1] - part[0] <= LONGEST_SOURCE:
        return False
    words = doc[part[0] : part[1]]
    if any(t.tag_ in FINITE or t.tag_ in ("VB", "VBG", "CD", "IN", "TO") for t in words):
        return False
    head = words[-1]
    return head.pos_ in ("NOUN", "PROPN") and head.lower_ not in NOT_A_SOURCE and words[0].lower_ not in NOT_A_SOURCE


def _draft(annotated: Annotated, source: Range, content: Range, mark: int, cues: ReportingCues) -> Draft:
    head: Token = annotated.doc[source[1] - 1]
    whole = hop(head, cues)
    start = annotated.doc[source[0]].idx
    named = type(whole)(start, head.idx + len(head), whole.kind, whole.anonymous)
    return Draft(
        chain=(named,), cue=(mark, mark + 1), lemma=annotated.doc[mark].text, content=[content], stance="asserts",
        certainty="certain", rule="headline", spoken=False, cluster=(mark, mark + 1),
    )
