"""gather: which of the dates, places and numbers of a sentence belong to which of its events.

A mention belongs to the event that it meets first on the way up the parse; where it meets a verb that is no event, to the event whose
own way up meets that verb soonest. What hangs on a reporting cue ("confirmed last month that …") is the saying's, not the event's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import msgspec
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from reportedly.records import EventDate, Place, Quantity
from reportedly.stages import _straying as straying
from reportedly.stages._gather_words import GatherWords
from reportedly.stages._phrases import ancestors
from reportedly.stages._place_roles import COUNTRY, antecedent, governs, once, with_role
from reportedly.stages._words import lemma
from reportedly.stages.drafts import Annotated, EventDraft, Offsets

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
HURTING = HARMFUL - {"riot", "raid", "kidnapping", "hostage_taking", "protest", "arrest", "territory_change", "release"}
"""Acts of violence: who is struck *in* an act is struck when it is done."""
BEFORE = "code.actor:compound"
"""The rule of *code* for a doer whose name stands before the act's noun."""
THE = frozenset({"the", "his", "her", "their", "our", "its", "this", "my"})
TAKEN = {"arrested": frozenset({"arrest", "raid"}), "kidnapped": frozenset({"kidnapping", "hostage_taking"})}
"""Numbers of those taken, and the acts that take."""
AFTERWARDS = frozenset({"later", "then", "subsequently", "afterwards", "eventually"})
CLAUSES = frozenset({"ccomp", "conj", "relcl", "advcl", "xcomp", "acl", "pcomp", "ROOT", "parataxis", "dep", "csubj"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """An argument that a rule found, and that was left out because the learned head all but rules it out."""

    role: str
    at: Offsets
    likely: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """An event with what belongs to it."""

    draft: EventDraft
    date: EventDate | None
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    noticed: frozenset[str] = frozenset()
    """What the learned head alone found of it: ``actors``, ``places``, ``date``. Whether two acts are one is not decided by that."""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentions:
    """All dates, places and numbers of an article, in the order of the text."""

    dates: tuple[EventDate, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]


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
        room = _Room(annotated, group, cues, vague_cues, words)
        found_dates = room.share_dates(dates.get(number, ()))
        found_places = room.share_places(places.get(number, ()))
        found_numbers = room.share_numbers(quantities.get(number, ()))
        for draft in group:
            if draft.scope is not None and draft.scope in found_places:  # "nine raids in Kenya, including one in March"
                found_places.setdefault(draft.token, found_places[draft.scope])
        for draft in group:
            out.append(
                Gathered(
                    _of_nowhere(annotated, draft, places.get(number, ())),
                    room.best_date(draft, found_dates.get(draft.token, [])),
                    once(with_role(annotated, draft, place, words) for place in found_places.get(draft.token, [])),
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


class _Way(NamedTuple):
    """An event below a token that is none."""

    distance: int
    draft: EventDraft
    before: int | None
    """Only what stands before this token is the event's: what opens a clause that the event's own is coordinated with."""
    dated: bool
    """False where the token has its own day: "shut on Tuesday after the attack"."""
    coordinated: bool
    """True where the event's clause is only coordinated with that of the token."""

    after: int | None = None
    """Only what stands behind this token is the event's: "the links in Kesh with the attack"."""

    def takes(self, token: Token, *, dated: bool) -> bool:
        """Whether a mention with the head `token` may go this way."""
        inside = self.after is None or token.i > self.after
        return inside and (self.dated or not dated) and (self.before is None or token.i < self.before)


class _Owned(NamedTuple):
    """The event of a mention, and how surely it is that."""

    draft: EventDraft
    firm: bool = True
    """It hangs on the event itself."""
    coordinated: bool = False


class _Room:
    """The events of one sentence, and the ways up from them."""

    def __init__(
        self,
        annotated: Annotated,
        drafts: list[EventDraft],
        cues: frozenset[int],
        vague_cues: frozenset[int],
        words: GatherWords,
    ) -> None:
        self.annotated, self.drafts, self.cues, self.vague, self.words = annotated, drafts, cues, vague_cues, words
        self.direct: dict[int, EventDraft] = {}
        self.paths: dict[int, list[_Way]] = {}
        for draft in drafts:
            for number in draft.anchors:
                self.direct.setdefault(number, draft)
        for draft in drafts:
            self.direct[draft.token] = draft
        for draft in drafts:
            self._climb(draft)

    def _climb(self, draft: EventDraft) -> None:
        """Notes `draft` at each token above it, as far up as something is still said of it."""
        below = self.annotated.doc[draft.token if draft.scope is None else draft.scope]
        before: int | None = None
        dated, coordinated = True, False
        for distance, above in enumerate(ancestors(below), start=1):
            if above.i in self.cues or above.i in draft.results or lemma(above) in self.words.aftermath:
                break
            if (straying.is_topic(below) or straying.is_telling(below, self.words)) and above.i not in draft.anchors:
                break
            if straying.is_of_another(below, above, self.words):
                break
            dated = dated and not straying.is_later(below)
            edge = straying.limit(below)
            before = edge if before is None else before
            coordinated = coordinated or (below.dep_ == "conj" and below.pos_ in ("VERB", "AUX"))
            self.paths.setdefault(above.i, []).append(
                _Way(distance, draft, before, dated, coordinated, straying.begins(below))
            )
            if above.dep_ in ("relcl", "advcl") or (above.dep_ == "acl" and above.tag_ != "VB"):
                break
            if straying.is_told_of_somebody(below, above, self.words):
                break
            below = above

    def owner(self, token: Token, *, dated: bool | None = None) -> _Owned | None:
        """The event that a mention with the head `token` belongs to; `dated` for a date or a place, null for a number."""
        if token.i in self.direct:
            return _Owned(self.direct[token.i])
        outside, below, way = False, token, [token]
        for above in ancestors(token):
            if (
                dated is not None
                and (below is not token or below.dep_ != "appos")
                and straying.strays(below, above, self.words, dated=dated)
            ):
                return None
            if dated and straying.is_told_of_a_thing(below, self.words) and not self._is_act(above):
                return None
            if above.i in self.direct:
                return _Owned(self.direct[above.i])
            if outside and (above.dep_ in CLAUSES or above.i in self.paths):
                return None
            if above.dep_ == "relcl" and above.left_edge.i - 1 in self.direct:
                return _Owned(self.direct[above.left_edge.i - 1])
            if above.dep_ == "relcl" and (happened := self._that_happened(above)) is not None:
                return _Owned(happened)
            if above.i in self.paths and above.i not in self.cues:
                if above.pos_ == "ADP" or (dated and straying.dates_another(way)):
                    return None
                return self._nearest(self.paths[above.i], token, dated)
            if above.i in self.cues:
                if dated and straying.is_of_what_is_said(token, above):
                    return self._before(token, above)
                court = dated and straying.is_of_a_court(above)
                under = self._under(above) if above.i in self.vague and not court else None
                return None if under is None else _Owned(under, firm=False)
            if (
                above.pos_ in ("VERB", "AUX") and above.dep_ in CLAUSES
            ):  # another clause: only what hangs on the event itself goes on ("shot while walking in …")
                outside = True
                if above.dep_ not in ("advcl", "acl", "relcl", "pcomp", "xcomp"):
                    return None
            below = above
            way.append(above)
        return None

    def _nearest(self, ways: Sequence[_Way], token: Token, dated: bool | None) -> _Owned | None:
        """The event that is soonest met from where the mention meets a verb that is none."""
        open_ways = [way for way in ways if dated is None or way.takes(token, dated=dated)]
        way = min(open_ways, key=lambda way: (way.distance, abs(way.draft.token - token.i)), default=None)
        return None if way is None else _Owned(way.draft, firm=False, coordinated=way.coordinated)

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

    def _is_act(self, token: Token) -> bool:
        """What names an act, and not only to whom it was done."""
        draft = self.direct.get(token.i)
        return draft is not None and token.i not in {a.token for a in draft.recipients}

    def _that_happened(self, verb: Token) -> EventDraft | None:
        """ "The attack on a convoy, which took place in Kesh on Monday": what happened is the act, not the noun beside the clause."""
        if not straying.happens(verb, self.words):
            return None
        over = (t for t in (verb.head, *ancestors(verb.head)) if t.pos_ in ("NOUN", "PROPN"))
        return next((self.direct[t.i] for t in over if t.i in self.direct), None)

    def _before(self, token: Token, cue: Token) -> _Owned | None:
        """The last act between a cue and what stands after it."""
        between = [draft for draft in self.drafts if cue.i < draft.token < token.i]
        return _Owned(max(between, key=lambda draft: draft.token), firm=False) if between else None

    def _under(self, cue: Token) -> EventDraft | None:
        inside = {t.i for t in cue.subtree}
        return next((d for d in self.drafts if d.token in inside), None)

    def share_dates(self, mentions: Iterable[tuple[EventDate, Token]]) -> dict[int, list[EventDate]]:
        """Dates by the token of the event that they belong to; one that hangs on the event itself goes before one that does not."""
        shared = self._share([pair for pair in mentions if not self.is_of_a_result(pair[1])], dated=True)
        out = {number: _firm_dates(found) for number, found in shared.items()}
        self._lend(out)
        return out

    def _lend(self, shared: dict[int, list[M]]) -> None:
        """Gives each act that has nothing of its own what belongs to another that is told as the same deed."""
        for draft in self.drafts:
            same = self._done_by(draft) or self._told_as(draft)
            if same is not None and draft.token not in shared and same.token in shared:
                shared[draft.token] = shared[same.token]

    def _told_as(self, draft: EventDraft) -> EventDraft | None:
        """ "The Kesh bombing was an attack on 13 May in Tarvik", "planted a bomb in Kesh on Friday to kill the mayor"."""
        token = self.annotated.doc[draft.token]
        if token.dep_ == "nsubj" and token.head.lemma_ == "be":
            said = next((c for c in token.head.children if c.dep_ == "attr"), None)
            return None if said is None else self.direct.get(said.i)
        if token.dep_ == "advcl" and token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.lefts):
            owner = self.direct.get(token.head.i)
            return owner if owner is not None and owner.event_type in HURTING else None
        return None

    def _done_by(self, draft: EventDraft) -> EventDraft | None:
        """ "On Monday two men were struck and killed by an air strike": what it is said to have done is of its own day."""
        doc = self.annotated.doc
        preposition = doc[draft.token].head
        if doc[draft.token].dep_ != "pobj" or preposition.lower_ not in ("by", "in"):
            return None
        verb = preposition.head
        if verb.dep_ == "conj" and verb.head.tag_ == verb.tag_ and not straying.has_subject(verb):
            verb = verb.head
        owner = self.direct.get(verb.i)
        return owner if verb.tag_ == "VBN" and owner is not None and owner.event_type in HURTING else None

    def share_places(self, mentions: Iterable[tuple[Place, Token]]) -> dict[int, list[Place]]:
        """Places by the token of the event that they belong to."""
        mentions = tuple(mentions)
        shared = {number: _firm_places(found) for number, found in self._share(mentions, dated=False).items()}
        for draft in self.drafts:
            if draft.token not in shared:  # "Kesh, where two men were shot"
                last = antecedent(self.annotated.doc[draft.token])
                over = [place for place, token in mentions if governs(token, last)]
                if over:
                    shared[draft.token] = over
        self._lend(shared)
        return shared

    def _share(self, mentions: Iterable[tuple[M, Token]], *, dated: bool) -> dict[int, list[tuple[M, _Owned]]]:
        out: dict[int, list[tuple[M, _Owned]]] = {}
        for mention, token in mentions:
            owned = self.owner(token, dated=dated)
            if owned is None:
                continue
            out.setdefault(owned.draft.token, []).append((mention, owned))
            for other in self._coordinated(owned.draft):
                out.setdefault(other.token, []).append((mention, owned))
        return out

    def _coordinated(self, owner: EventDraft) -> list[EventDraft]:
        """Events that share the verb of `owner` and say nothing of their own: none, for each has its own arguments.

        What has another tense or mood has its own time: "has been held since 2010 and should be freed".
        """
        doc = self.annotated.doc
        return [
            other
            for other in self.drafts
            if other is not owner
            and doc[other.token].dep_ == "conj"
            and doc[other.token].head.i == owner.token
            and doc[owner.token].pos_ == "VERB"
            and not any(
                c.dep_ in ("prep", "npadvmod", "aux") or (c.dep_ == "advmod" and c.lower_ in AFTERWARDS)
                for c in doc[other.token].children
            )
        ]

    def share_numbers(self, mentions: Iterable[tuple[Quantity, Token]]) -> dict[int, list[Quantity]]:
        """Numbers by event; the dead and the wounded go to an act that can have any."""
        out: dict[int, list[Quantity]] = {}
        for quantity, token in mentions:
            owned = self.owner(token)
            owner = None if owned is None else owned.draft
            if quantity.kind in HARM and (owner is None or owner.event_type not in HARMFUL):
                owner = next((d for d in self.drafts if d.event_type in HARMFUL), None)
            if owner is None:
                continue
            if quantity.kind in TAKEN and owner.event_type not in TAKEN[quantity.kind]:  # "arrested after the attack"
                owner = next((d for d in self.drafts if d.event_type in TAKEN[quantity.kind]), owner)
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


def _firm_dates(found: Sequence[tuple[EventDate, _Owned]]) -> list[EventDate]:
    """Those that hang on the event itself and what lies within them; where none does, all."""
    firm = [when for when, owned in found if owned.firm and when.start is not None and when.end is not None]
    if not firm:
        return [when for when, _ in found]
    return [when for when, owned in found if owned.firm or any(_lies_in(when, known) for known in firm)]


def _lies_in(when: EventDate, known: EventDate) -> bool:
    if when.start is None or when.end is None or known.start is None or known.end is None:
        return False
    return known.start <= when.start and when.end <= known.end


def _firm_places(found: Sequence[tuple[Place, _Owned]]) -> list[Place]:
    """Without those of a clause before, or of another country named before, where a place hangs on the event itself."""
    firm = [place for place, owned in found if owned.firm]
    countries = {place.country for place in firm if place.country is not None}
    first = min((place.mention.start for place in firm), default=0)
    return [
        place
        for place, owned in found
        if owned.firm
        or not firm
        or not (
            owned.coordinated
            or (place.mention.start < first and countries and place.country and place.country not in countries)
        )
    ]
