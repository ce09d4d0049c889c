"""What rules took for an argument of an act, and the learned head, which looks at the whole paragraph, all but rules out.

A parse puts the town of a dateline, an hour or a witness where the one who did it stands. The thresholds are from 107 of our reports that the head was not trained
on: of their actors 83 in a hundred were right before and 85 after, of their recipients 81 and 82, of their places 86 and 87.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from reportedly.records import Span
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Annotated, Argument, EventDraft, Offsets
from reportedly.stages.gather import Doubt, Gathered
from reportedly.tagger import Act, Tags
from reportedly.tagger.labels import ARGUMENTS

LEAST = {"actors": 0.03, "recipients": 0.1, "places": 0.1}
"""An argument that has less, and whatever is said of it in the part of any act above it, is left out."""
RIVALLED = 0.25
"""So is an actor that has less than this where another is `SURE`."""
SURE = 0.75
ABOVE = 4
"""So many words above an argument are asked for an act whose it is: those of "killing eleven" are of the shelling too."""
MODIFIES = frozenset({"compound", "amod", "nmod"})
ACTS = frozenset({"VERB", "NOUN", "PROPN"})
MUTUAL = frozenset({"armed_clash", "agreement"})
TIMED = 0.2
"""What is behind *by* with this probability of a time is one: "by nightfall"."""


def doubted(annotated: Annotated, item: Gathered, tags: Tags, words: CodeWords) -> Gathered:
    """`item` without the arguments that the head all but rules out, each of which is kept as a `Doubt`.

    Args:
        annotated: the article.
        item: an act with what rules found of it.
        tags: what the head says of the article.
        words: the lexicons of `code`.
    """
    draft = item.draft
    act = tags.act(*draft.trigger)
    if act is None:
        return item
    looks = _Looks(annotated, draft, act, tags)
    out: list[Doubt] = []
    for role, arguments in (("actors", draft.actors), ("recipients", draft.recipients)):
        out += [
            Doubt(role, (a.start, a.end), likely)
            for a in arguments
            if not _is_plain(annotated, draft, role, a, act, words)
            and (likely := looks.likely(role, (a.start, a.end), annotated.doc[a.token]))
            < looks.least(role, annotated.doc[a.token])
        ]
    for place in item.places:
        at = place.mention.start, place.mention.end
        tokens = annotated.tokens(*at) if _is_within(annotated, draft, place.mention) else None
        if (
            tokens is not None
            and not _is_placed(draft, tokens.root)
            and (likely := looks.likely("places", at, tokens.root)) < looks.least("places", tokens.root)
        ):
            out.append(Doubt("places", at, likely))
    if not out:
        return item
    gone = {(doubt.role, doubt.at) for doubt in out}
    made = replace(
        draft,
        actors=tuple(a for a in draft.actors if ("actors", (a.start, a.end)) not in gone),
        recipients=tuple(a for a in draft.recipients if ("recipients", (a.start, a.end)) not in gone),
    )
    places = tuple(p for p in item.places if ("places", (p.mention.start, p.mention.end)) not in gone)
    return replace(item, draft=made, places=places, doubts=tuple(out))


class _Looks:
    """What the head says of an act and of those above its arguments."""

    def __init__(self, annotated: Annotated, draft: EventDraft, act: Act, tags: Tags) -> None:
        self.annotated, self.draft, self.act, self.tags = annotated, draft, act, tags

    def least(self, role: str, token: Token) -> float:
        """What an argument must have."""
        number = ARGUMENTS.index(role)
        rivals = zip(self.act.arguments[number], self.act.likely[number], strict=True) if role == "actors" else ()
        rivalled = any(likely >= SURE and self._is_another(span, token) for span, likely in rivals)
        return RIVALLED if rivalled else LEAST[role]

    def _is_another(self, span: Offsets, token: Token) -> bool:
        """ "No group" is nobody, and the name in "a group calling itself the Red Lance" is no other than the group."""
        tokens = self.annotated.tokens(*span)
        if tokens is None:
            return False
        nobody = any(child.lower_ == "no" for child in tokens.root.lefts)
        return not nobody and not any(
            above.dep_ == "acl" and above.head.i == token.i for above in tokens.root.ancestors
        )

    def likely(self, role: str, at: Offsets, token: Token) -> float:
        """The highest probability of the part that a stretch has in the act, or in one above it; 1 where the head has not seen it."""
        number, least = ARGUMENTS.index(role), self.least(role, token)
        likely = self.act.part(number, *at)
        if likely is None or likely >= least:
            return 1.0 if likely is None else likely
        above = (t for t in islice(token.ancestors, ABOVE) if t.pos_ in ACTS and t.i != self.draft.token)
        return max([likely, *(self._of(t, number, at) for t in above)])

    def _of(self, token: Token, number: int, at: Offsets) -> float:
        act = self.tags.act(token.idx, token.idx + len(token))
        return (act.part(number, *at) if act is not None else None) or 0.0


def _is_plain(
    annotated: Annotated, draft: EventDraft, role: str, argument: Argument, act: Act, words: CodeWords
) -> bool:
    """ "Was killed by soldiers", "the soldiers were killed", "accused the rebels of firing", "our attacks", "she was the target of attacks": the form leaves no doubt, and the head is
    poor at it. A clash has actors on two sides, of which the head knows one."""
    token = annotated.doc[argument.token]
    if token.pos_ == "PRON" or (token.head.i == draft.token and token.dep_ in MODIFIES):
        return True
    if role == "recipients":
        passive = any(t.dep_ == "nsubjpass" and t.head.i == draft.token for t in _first(token))
        reduced = any(t.i == draft.token and t.dep_ == "acl" for t in token.children)
        against = token.dep_ == "pobj" and token.head.lower_ in ("of", "against")
        target = token.dep_ == "nsubj" and token.head.lemma_ == "be"
        return passive or reduced or against or target or token.dep_ == "conj"
    if draft.event_type in MUTUAL:
        return True
    timed = act.part(ARGUMENTS.index("times"), argument.start, argument.end) or 0.0
    by = any(t.dep_ == "pobj" and t.head.dep_ in ("agent", "prep") for t in _first(token))
    accused = token.dep_ == "dobj" and any(t.lower_ == "of" for t in (*token.children, *token.head.children))
    return accused or token.dep_ == "poss" or (by and timed < TIMED and lemma(token) not in words.lists["inanimate"])


def _is_placed(draft: EventDraft, token: Token) -> bool:
    """ "In Syria", "Syria's protests", "the Benghazi attack"; elsewhere a place may be a part of a name: "US-backed", "the Chicago officer"."""
    return any(t.dep_ in ("pobj", "poss") for t in _first(token)) or (
        token.dep_ in MODIFIES and token.head.i == draft.token
    )


def _first(token: Token) -> Iterator[Token]:
    """What a token is coordinated with, from the end back, itself among it."""
    while token.dep_ == "conj":
        yield token
        token = token.head
    yield token


def _is_within(annotated: Annotated, draft: EventDraft, mention: Span) -> bool:
    sentence = annotated.sentences[draft.sentence]
    return sentence.start <= mention.start and mention.end <= sentence.end
