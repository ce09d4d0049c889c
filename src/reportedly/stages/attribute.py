"""attribute: Annotated -> Attributed. Who is said to say, think or intend what, by which words.

Rules over the dependency parse and the quotation marks, for the shapes that the parse makes plain, and the learned head beside them. The annotation
that they follow is PolNeAR's (Newell, Margolin and Ruths, LREC 2018): a content keeps its "that" and its quotation
marks, and beliefs and intentions count. Where one content lies in another both are given; nesting is the pipeline's.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from reportedly.stages._cues import ReportingCue, ReportingCues, cue_of
from reportedly.stages._headlines import from_headline
from reportedly.stages._heard import with_heard
from reportedly.stages._nominal import from_according, from_adjective, from_adverb, from_noun
from reportedly.stages._quotes import Page, page_of
from reportedly.stages._spoken import Draft, finished, with_quotations
from reportedly.stages._verbs import from_verb
from reportedly.stages.drafts import Annotated, Attributed, Offsets
from reportedly.tagger import Tags

__all__ = ["ReportingCue", "ReportingCues", "attribute"]

HANDLERS = {"verb": from_verb, "noun": from_noun, "adjective": from_adjective, "adverb": from_adverb}


def attribute(
    annotated: Annotated, cues: ReportingCues, tags: Tags | None = None, matter: Sequence[Offsets] | None = None
) -> tuple[Attributed, ...]:
    """The attributions of one article in the order of their cues.

    Args:
        annotated: the parsed article.
        cues: the reporting-cue lexicon.
        tags: what the learned head says of it; without, the rules speak alone.
        matter: the stretches that matter, where not all do: attributions that hold none of them may be missing, which spares the head the looking.
    """
    page = page_of(annotated, cues)
    drafts: list[Draft] = []
    headline = [sentence.tokens for sentence in annotated.sentences if sentence.headline]
    if headline:
        drafts.extend(from_headline(page, headline[0].start, headline[-1].end, cues))
    for sentence in annotated.sentences:
        for token in sentence.tokens:
            drafts.extend(_from_token(page, token, cues))
    ruled = finished(page, with_quotations(page, drafts))
    return ruled if tags is None else with_heard(page, ruled, tags, matter)


def _from_token(page: Page, token: Token, cues: ReportingCues) -> list[Draft]:
    """What `token` introduces if it is a cue."""
    if token.lower_ == "according" or (token.lower_ == "in" and token.i + 1 < len(page.doc)):
        return from_according(page, token, cues)
    cue = cue_of(token, cues)
    if cue is None:
        return []
    draft = HANDLERS[cue.pos](page, token, cue, cues)
    return [] if draft is None else [draft]
