"""gather: which of the dates, places and numbers of a sentence belong to which of its events.

A mention belongs to the event that it meets first on the way up the parse; where it meets a verb that is no event, to the event whose
own way up meets that verb soonest. What hangs on a reporting cue ("confirmed last month that …") is the saying's, not the event's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly.records import EventDate, Place, Quantity
from reportedly.stages._phrases import ancestors
from reportedly.stages._words import lemma
from reportedly.stages.drafts import Annotated, EventDraft

M = TypeVar("M", EventDate, Place, Quantity)
HARM = frozenset({"killed", "wounded", "missing"})
HARMFUL = frozenset(
    {
        "attack",
        "armed_assault",
        "armed_clash",
        "bombing",
        "suicide_bombing",
        "shelling",
        "air_strike",
        "drone_strike",
        "assassination",
        "killing",
        "arson",
        "sabotage",
        "unconventional_attack",
        "melee_assault",
        "riot",
        "raid",
        "kidnapping",
        "hostage_taking",
        "hijacking",
        "protest",
        "sexual_violence",
        "abuse",
        "arrest",
        "territory_change",
        "release",
    }
)
BEFORE = "code.actor:compound"
"""The rule of *code* for a doer whose name stands before the act's noun."""
COUNTRY = 6
"""A place's precision where only its country is known."""
THE = frozenset({"the", "his", "her", "their", "our", "its", "this", "my"})
AWAY = re.compile(
    r"\b(?:km|kms|kilomet\w+|miles?|hours?|minutes?)\b[^.;,]{0,25}\b(?:of|from)\s+(?:the\s+)?(?:\w+\s+){0,3}$"
)
CLAUSES = frozenset({"ccomp", "conj", "relcl", "advcl", "xcomp", "acl", "pcomp", "ROOT", "parataxis", "dep", "csubj"})
ORIGIN = frozenset({"from"})
TAKING = frozenset({"kidnapping", "hostage_taking", "arrest", "seizure", "looting", "release"})
"""Acts in which somebody is taken *from* where it happens."""
TARGET = frozenset({"on", "against", "at", "to", "toward", "towards", "into"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """An event with what belongs to it."""

    draft: EventDraft
    date: EventDate | None
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    noticed: frozenset[str] = frozenset()
    """What the learned head alone found of it: ``actors``, ``places``, ``date``. Whether two acts are one is not decided by that."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """All dates, places and numbers of an article, in the order of the text."""

    dates: tuple[EventDate, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class GatherWords:
    """The words that *gather* looks at, out of the lexicons of *code* and *locate*."""

    aftermath: frozenset[str] = frozenset()
    """Verbs of what comes after an act ("condemned in London"): what hangs on one is not the act's either."""
    kinds: frozenset[str] = frozenset()
    """Kinds of places: "Kesh district", "the town of Kesh" stand as "Kesh" does."""
    lines: frozenset[str] = frozenset()
    """Those of them that one is *on* and that are no target: roads, borders, outskirts."""
    aiming: frozenset[str] = frozenset()
    """Verbs with which something flies *at* a target; with any other, *at* says where."""


def gather(
    annotated: Annotated,
    drafts: Sequence[EventDraft],
    mentions: Mentions,
    cues: frozenset[int],
    vague_cues: frozenset[int],
    words: GatherWords | None = None,
) -> tuple[Gathered, ...]:
    """Attaches each mention to one event of its sentence.

    Args:
        annotated: the article.
        drafts: its events.
        mentions: what `date`, `locate` and `count` found.
        cues: token numbers of reporting cues: what hangs on one belongs to the saying.
        words: see there; without them, none.
        vague_cues: those among them that name nobody ("it emerged"): their date is the best that is known of the event.
    """
    words = words or GatherWords()
    by_sentence: dict[int, list[EventDraft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    dates = _per_sentence(annotated, mentions.dates)
    places = _per_sentence(annotated, (*mentions.places, *_the_country(annotated, mentions.places)))
    quantities = _per_sentence(annotated, mentions.quantities)
    out: list[Gathered] = []
    for number, group in by_sentence.items():
        room = _Room(annotated, group, cues, vague_cues, words.aftermath)
        found_dates = room.share([pair for pair in dates.get(number, ()) if not room.is_of_a_result(pair[1])])
        found_places = room.share(places.get(number, ()))
        found_numbers = room.share_numbers(quantities.get(number, ()))
        for draft in group:
            if draft.scope is not None and draft.scope in found_places:  # "nine raids in Kenya, including one in March"
                found_places.setdefault(draft.token, found_places[draft.scope])
        for draft in group:
            out.append(
                Gathered(
                    _of_nowhere(annotated, draft, places.get(number, ())),
                    room.best_date(draft, found_dates.get(draft.token, [])),
                    tuple(with_role(annotated, draft, place, words) for place in found_places.get(draft.token, [])),
                    tuple(found_numbers.get(draft.token, [])),
                )
            )
    return tuple(out)


def _of_nowhere(annotated: Annotated, draft: EventDraft, places: Sequence[tuple[Place, Token]]) -> EventDraft:
    """ "the Kesh attack" is no attack by Kesh; "the Turkish attack" may be Turkey's."""
    within = {token.i for place, token in places if place.where_prec < COUNTRY}
    actors = tuple(
        a
        for a in draft.actors
        if a.token not in within or annotated.doc[a.token].dep_ not in ("compound", "nmod") or a.rule != BEFORE
    )
    return draft if len(actors) == len(draft.actors) else replace(draft, actors=actors)


def _the_country(annotated: Annotated, places: Sequence[Place]) -> Iterator[Place]:
    """ "in his country", "within the country": the country most often named before it."""
    countries = [p for p in places if p.where_prec == 6 and p.country is not None]
    for sentence in annotated.sentences if countries else ():
        for token in sentence.tokens:
            if (
                token.lower_ in ("country", "kingdom", "nation", "republic")
                and token.dep_ == "pobj"
                and token.head.lower_ in ("in", "within", "inside", "across")
            ):
                owner = next((c for c in token.children if c.dep_ in ("det", "poss") and c.lower_ in THE), None)
                known = [p for p in countries if p.mention.start < token.idx]
                if owner is not None and known and not any(c.dep_ in ("prep", "relcl") for c in token.children):
                    often = Counter(p.country for p in known)
                    best = max(known, key=lambda p: (often[p.country], p.mention.start))
                    yield msgspec.structs.replace(
                        best, mention=annotated.article.span(owner.idx, token.idx + len(token.text))
                    )


def _per_sentence(annotated: Annotated, mentions: Iterable[M]) -> Mapping[int, list[tuple[M, Token]]]:
    """Mentions by sentence, each with its head token."""
    out: dict[int, list[tuple[M, Token]]] = {}
    for mention in mentions:
        span = annotated.tokens(mention.mention.start, mention.mention.end)
        if span is not None:
            sentence = annotated.sentence_of[span.root.i]
            out.setdefault(sentence, []).append((mention, _head(span)))
    return out


def _head(span: TokenSpan) -> Token:
    """The head of a mention; of "two days after" before a clause what that clause hangs on, for it is no day of the clause."""
    last = span[-1]
    if last.lower_ in ("after", "before") and last.dep_ == "mark" and last.head.head.i != last.head.i:
        return last.head.head
    return span.root


class _Room:
    """The events of one sentence, and the ways up from them."""

    def __init__(
        self,
        annotated: Annotated,
        drafts: list[EventDraft],
        cues: frozenset[int],
        vague_cues: frozenset[int],
        aftermath: frozenset[str],
    ) -> None:
        self.annotated, self.drafts, self.cues, self.vague = annotated, drafts, cues, vague_cues
        doc = annotated.doc
        self.direct: dict[int, EventDraft] = {}
        self.paths: dict[int, list[tuple[int, EventDraft]]] = {}
        for draft in drafts:
            for number in draft.anchors:
                self.direct.setdefault(number, draft)
        for draft in drafts:
            self.direct[draft.token] = draft
        for draft in drafts:
            for distance, above in enumerate(
                ancestors(doc[draft.token if draft.scope is None else draft.scope]), start=1
            ):
                if above.i in cues or above.i in draft.results or lemma(above) in aftermath:
                    break
                self.paths.setdefault(above.i, []).append((distance, draft))
                if above.dep_ in ("relcl", "advcl") or (above.dep_ == "acl" and above.tag_ != "VB"):
                    break

    def owner(self, token: Token) -> EventDraft | None:
        """The event that a mention with the head `token` belongs to."""
        if token.i in self.direct:
            return self.direct[token.i]
        outside = False
        for above in ancestors(token):
            if above.i in self.direct:
                return self.direct[above.i]
            if outside and (above.dep_ in CLAUSES or above.i in self.paths):
                return None
            if above.dep_ == "relcl" and above.left_edge.i - 1 in self.direct:
                return self.direct[above.left_edge.i - 1]
            if above.i in self.paths and above.i not in self.cues:
                return min(self.paths[above.i], key=lambda pair: (pair[0], abs(pair[1].token - token.i)))[1]
            if above.i in self.cues:
                return self._under(above) if above.i in self.vague else None
            if (
                above.pos_ in ("VERB", "AUX") and above.dep_ in CLAUSES
            ):  # another clause: only what hangs on the event itself goes on ("shot while walking in …")
                outside = True
                if above.dep_ not in ("advcl", "acl", "relcl", "pcomp", "xcomp"):
                    return None
        return None

    def is_of_a_result(self, token: Token) -> bool:
        """ "five of those wounded in the blast died overnight": the night is that of the death, the blast was known before."""
        for above in (token, *ancestors(token)):
            owner = self.direct.get(above.i)
            if owner is not None:
                trigger = self.annotated.doc[owner.token]
                known = trigger.pos_ == "NOUN" and any(
                    c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "another") for c in trigger.children
                )
                return known and above.i in owner.results
        return False

    def _under(self, cue: Token) -> EventDraft | None:
        inside = {t.i for t in cue.subtree}
        return next((d for d in self.drafts if d.token in inside), None)

    def share(self, mentions: Iterable[tuple[M, Token]]) -> dict[int, list[M]]:
        """Mentions by the token of the event that they belong to."""
        out: dict[int, list[M]] = {}
        for mention, token in mentions:
            owner = self.owner(token)
            if owner is None:
                continue
            out.setdefault(owner.token, []).append(mention)
            for other in self._coordinated(owner):
                out.setdefault(other.token, []).append(mention)
        return out

    def _coordinated(self, owner: EventDraft) -> list[EventDraft]:
        """Events that share the verb of `owner` and say nothing of their own: none, for each has its own arguments."""
        doc = self.annotated.doc
        return [
            other
            for other in self.drafts
            if other is not owner
            and doc[other.token].dep_ == "conj"
            and doc[other.token].head.i == owner.token
            and doc[owner.token].pos_ == "VERB"
            and not any(c.dep_ in ("prep", "npadvmod") for c in doc[other.token].children)
        ]

    def share_numbers(self, mentions: Iterable[tuple[Quantity, Token]]) -> dict[int, list[Quantity]]:
        """Numbers by event; the dead and the wounded go to an act that can have any."""
        out: dict[int, list[Quantity]] = {}
        for quantity, token in mentions:
            owner = self.owner(token)
            if quantity.kind in HARM and (owner is None or owner.event_type not in HARMFUL):
                owner = next((d for d in self.drafts if d.event_type in HARMFUL), None)
            if owner is None:
                continue
            if quantity.kind == "events" and not self._names(owner, quantity):
                owner = next((d for d in self.drafts if self._names(d, quantity)), owner)
            out.setdefault(owner.token, []).append(quantity)
        return out

    def _names(self, draft: EventDraft, quantity: Quantity) -> bool:
        return quantity.mention.start <= draft.trigger[0] <= quantity.mention.end + 1

    def best_date(self, draft: EventDraft, dates: list[EventDate]) -> EventDate | None:
        """The most exact of the dates that belong to `draft`; the nearer of equals."""
        if not dates:
            return None
        return min(dates, key=lambda d: (not d.resolved, d.date_prec or 9, abs(d.mention.start - draft.trigger[0])))


def with_role(annotated: Annotated, draft: EventDraft, place: Place, words: GatherWords) -> Place:
    """`place` with the role that its preposition gives it."""
    span = annotated.tokens(place.mention.start, place.mention.end)
    role = "site"
    before = annotated.article.text[max(0, place.mention.start - 40) : place.mention.start]
    if AWAY.search(before):  # "80 km north of Baghdad"
        role = "other"
    elif span is not None:
        head = _kind_of(span.root, words.kinds)
        while head.dep_ == "conj":
            head = _kind_of(head.head, words.kinds)
        preposition = _outer_preposition(head)
        word = preposition.lower_ if preposition is not None else ""
        if word == "of" and head.head.head.ent_type_ == "PERSON":  # "Booker, of Cibolo, Texas"
            role = "other"
        elif preposition is not None and word in ORIGIN:
            taken = draft.event_type in TAKING and preposition.head.i not in {a.token for a in draft.actors}
            role = "site" if taken else "origin"
        elif head.i in {a.token for a in draft.recipients} or _is_aimed(head, word, draft, words):
            role = "target"
        elif head.dep_ in ("nsubj", "poss", "compound", "nmod") or head.i in {a.token for a in draft.actors}:
            role = "other"
    return msgspec.structs.replace(place, role=role)


def _is_aimed(head: Token, word: str, draft: EventDraft, words: GatherWords) -> bool:
    """ "missiles fired at X", "an attack on X"; but "killed at X" and "on the X highway" say where."""
    if word == "on":
        return head.lower_ not in words.lines
    if word == "at":
        above = head.head.head
        return lemma(above) in words.aiming or any(w.start <= above.idx < w.end for w in draft.weapons)
    return word in TARGET


def _kind_of(head: Token, kinds: frozenset[str]) -> Token:
    """ "Kesh district", "the town of Kesh": the kind of place, for it stands where the name would."""
    if (
        head.dep_ in ("compound", "nmod")
        and head.head.lower_ in kinds
        and head.head.dep_ in ("pobj", "dobj", "nsubjpass", "conj")
    ):
        return head.head
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in kinds:
        return head.head.head
    return head


def _outer_preposition(head: Token) -> Token | None:
    """ "from a base near Gulu": the outermost preposition decides, for the base is where they shelled from."""
    word = None
    while head.dep_ == "pobj":
        word = head.head
        outer = head.head.head
        if outer.dep_ != "pobj" or outer.head.lower_ not in ORIGIN or outer.ent_type_ == "PERSON":
            break
        head = outer
    return word
