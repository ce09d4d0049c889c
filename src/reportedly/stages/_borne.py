"""Which stances the words bear that the learned head hears in them: nothing is denied, owned up to or warned of without a word that does it."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.records import Stance
from reportedly.stages._clauses import child_of
from reportedly.stages._cues import ReportingCue
from reportedly.stages._quotes import Page
from reportedly.stages.drafts import Offsets

OWN = frozenset({"i", "we", "he", "she", "it", "they", "my", "our", "his", "her", "its", "their", "us", "me"})
"""Whose deed it is that somebody owns up to: his own, or his own people's."""
GUILTY = frozenset({"guilty", "responsible", "blame", "fault"})
"""Words of a cue that own up by themselves: "pleaded guilty"."""
DOING = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj"})
AHEAD = frozenset(
    {
        "if",
        "unless",
        "risk",
        "danger",
        "threat",
        "threaten",
        "warn",
        "warning",
        "fear",
        "plan",
        "soon",
        "next",
        "future",
        "await",
    }
)
"""What tells of something to come, which one can warn of."""


def barred(
    page: Page, cue: Offsets, content: tuple[Offsets, ...], word: Token | None, known: ReportingCue | None
) -> frozenset[Stance]:
    """The stances that nothing in the words bears.

    Args:
        page: the article.
        cue: the words that say it.
        content: what is said.
        word: the word of the cue that the lexicon knows, or its last verb.
        known: what the lexicon says of it; a word that merely says ("said", "told") owns up to nothing by itself.
    """
    out: set[Stance] = set()
    words = _words(page, content)
    if not _denies(page, cue, words):
        out.add("denies")
    if (
        known is not None
        and known.stance == "asserts"
        and known.kind == "speech"
        and word is not None
        and word.pos_ == "VERB"
    ):
        guilty = any(token.lower_ in GUILTY for token in page.annotated.tokens(*cue) or ())
        if known.lemma != "claim" and not guilty and not any(_is_own(token) for token in words):
            out |= {"claims_responsibility", "admits"}
        if not any(_is_ahead(token) for token in words):
            out.add("warns")
    return frozenset(out)


def _words(page: Page, content: tuple[Offsets, ...]) -> list[Token]:
    return [token for span in content for token in page.annotated.tokens(*span) or ()]


def _denies(page: Page, cue: Offsets, words: list[Token]) -> bool:
    """Whether a word denies, about the cue or in the content: "no", "false", "dismissed"; to oppose or to denounce is not to deny."""
    at = page.annotated.tokens(*cue)
    around = [*(at.root.subtree if at is not None else ()), *words]
    return any(token.dep_ == "neg" or {token.lower_, token.lemma_.lower()} & page.cues.denials for token in around)


def _is_own(token: Token) -> bool:
    """ "said *its* fighters attacked", "said *the group* was behind it", "pleaded guilty to ordering it", not "said on its channel that rebels attacked"."""
    if token.dep_ == "pcomp" and token.tag_ == "VBG":
        return True
    if token.lemma_.lower() in ("responsibility", "responsible", "behind"):
        return True
    if token.lower_ in OWN:
        return token.dep_ in DOING and not (token.dep_ == "poss" and _is_where_said(token.head))
    return (
        token.dep_ in DOING
        and child_of(token, "det") is not None
        and token.lemma_ in ("group", "movement", "organisation", "organization")
    )


def _is_where_said(noun: Token) -> bool:
    """The channel of "said on its channel"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in ("on", "in", "via", "through")


def _is_ahead(token: Token) -> bool:
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return (
        token.tag_ == "MD"
        or (token.lower_ == "or" and after in ("we", "i", "else"))  # "pay, or we take your sons"
        or (token.tag_ == "TO" and token.dep_ == "aux")
        or token.lower_ == "going"
        or token.lemma_.lower() in AHEAD
    )


def is_refusal(verb: Token, page: Page) -> bool:
    """ "denied his bid for release", "rejected a request to delay it", "will deny the rebels a haven": what is refused, and nothing that is said."""
    if verb.lemma_.lower() not in page.cues.refusing:
        return False
    refused = child_of(verb, "dobj", "nsubjpass")
    if refused is None:
        return False
    given = verb.lemma_ == "deny" and any(
        child.dep_ in ("dative", "iobj") and child.i < refused.i for child in verb.rights
    )
    return given or refused.lemma_.lower() in page.cues.pleas
