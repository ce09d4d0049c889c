"""sift: which drafts are incidents. General facts, biographies, sport, business and figures of speech yield none.

Each event goes through a row of tests; the first that fails names the reason why it is dropped (`Reason`). A *strong* trigger stands
unless a test speaks against it. A *weak* one (attack, strike, capture…) needs something beside it that speaks for an incident: an armed
actor, a weapon, people or a building at the other end, the dead, or an event close by that stands by itself (an *anchor*).

Where the learned head was asked whether the word names an act at all, it is heard where it is all but sure: it can bring back what a test
took for hard words or for nothing that concerns us, and drop what no test saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from reportedly.stages._event_facts import HARM
from reportedly.stages._mishaps import VIOLENT, Mishaps
from reportedly.stages._needs import ARMED
from reportedly.stages._phrases import is_passive
from reportedly.stages._relevance import CRIME, JUSTICE, VIOLENCE, Relevance, Scene, SiftWords
from reportedly.stages._topics import (
    is_beside_a_public_building,
    is_death_itself,
    is_ended,
    is_forbidden,
    is_in_the_street,
    is_in_words,
    is_mere_topic,
    is_of_an_office,
    is_of_those_who_bore_it,
    is_officials_target,
    is_outburst,
    is_spared,
    is_the_worst,
    is_this_one,
    is_trend,
)
from reportedly.stages._words import lemma
from reportedly.stages.drafts import Annotated, EventDraft
from reportedly.stages.gather import Gathered
from reportedly.tagger import Tags

__all__ = ["Dropped", "Reason", "Relevance", "SiftWords", "dropped", "sift"]

CONTENTION = frozenset({"protest", "riot", "raid", "restriction", "hijacking", "armed_clash", "agreement"})
AT_PEOPLE = frozenset(
    {
        "armed_assault",
        "melee_assault",
        "kidnapping",
        "hostage_taking",
        "assassination",
        "killing",
        "abuse",
        "looting",
        "arrest",
    }
)
AT_ONESELF = frozenset({"killing", "assassination", "attack", "armed_assault", "melee_assault", "arson", "abuse"})
"""Acts that are none where somebody does them to himself. Who blows himself up is another matter."""
ONESELF = frozenset({"himself", "herself", "themselves", "myself", "itself"})
TAKEN = frozenset({"arrest", "kidnapping", "hostage_taking", "assassination"})
SUPPORTING = frozenset({"territory_change", "raid", "riot"})
ENFORCEMENT = frozenset({"arrest", "release", "raid", "seizure"})
SHOWS = frozenset({"sport", "culture"})
"""Subjects with shootings and murders of their own, at places and on dates."""
OBLIGING = frozenset({"must", "shall"})
BANS = frozenset({"ban", "moratorium", "prohibition"})
USUAL = frozenset({"common", "frequent", "rare", "routine", "typical", "commonplace", "uncommon"})
REACH = 2
"""So many sentences off, an anchor still supports a weak event."""


MUCH = 8
"""So many words of violence make an article one about violence."""


SURE, UNLIKELY, NO = 0.96, 0.12, 0.05
"""The head's probability that a word names an act: from which on an event is kept, and under which a weak one and a strong one are not."""


class Reason(StrEnum):
    """Why an event is no incident, in the order of the tests."""

    FIGURE = "figure of speech"
    QUALIFIES = "the word only qualifies something else: a film, a clause, a drill"
    UNREAL = "what somebody is invited, or pretends, to do"
    FICTION = "told of a film, a book or a game"
    RULE = "a law or a definition, no deed"
    GENERAL = "said of what happens in general: nobody, nowhere, never"
    ECHO = "points to an act told before in the sentence"
    WORDS = "hard words, no blows"
    ACCIDENT = "nature, illness or an accident"
    CRIME = "an arrest or a raid for a crime without violence"
    ONESELF = "what somebody does to himself"
    HARMLESS = "done by, or to, something that makes it no violence"
    SUBJECT = "the text is about sport, a show, a company, a campaign, and nothing here speaks for violence"
    UNSUPPORTED = "a word of many senses with nothing beside it that speaks for an incident"
    HEAD = "the learned head sees no act in the word"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A draft that is no incident, and why."""

    draft: EventDraft
    reason: Reason


MENDED = frozenset({Reason.WORDS, Reason.HARMLESS, Reason.SUBJECT, Reason.UNSUPPORTED})
"""What the head knows better when it is sure, but for sport and shows: it has learned from reports of violence."""


def _no_kind(token: Token) -> str | None:
    return None


def sift(
    annotated: Annotated,
    gathered: Sequence[Gathered],
    words: SiftWords,
    kind_of: Callable[[Token], str | None] = _no_kind,
    tags: Tags | None = None,
) -> tuple[Gathered, ...]:
    """The events that are incidents, in order.

    Args:
        annotated: the article.
        gathered: its events with their dates, places and numbers.
        words: the lexicon.
        kind_of: the kind of actor that a token stands for.
        tags: what the learned head says of the article.
    """
    return tuple(item for item, reason in _weigh(annotated, gathered, words, kind_of, tags) if reason is None)


def dropped(
    annotated: Annotated,
    gathered: Sequence[Gathered],
    words: SiftWords,
    kind_of: Callable[[Token], str | None] = _no_kind,
    tags: Tags | None = None,
) -> tuple[Dropped, ...]:
    """The events that `sift` leaves out, in order, each with its reason. The arguments are those of `sift`."""
    return tuple(
        Dropped(item.draft, reason)
        for item, reason in _weigh(annotated, gathered, words, kind_of, tags)
        if reason is not None
    )


def _weigh(
    annotated: Annotated,
    gathered: Sequence[Gathered],
    words: SiftWords,
    kind_of: Callable[[Token], str | None],
    tags: Tags | None,
) -> list[tuple[Gathered, Reason | None]]:
    """Each event with the reason against it. First those that stand or fall by themselves, then those that lean on them."""
    if not gathered:
        return []
    scene = Scene(annotated, words, _own_words(annotated, gathered))
    beside: dict[int, list[EventDraft]] = {}
    for item in gathered:
        beside.setdefault(item.draft.sentence, []).append(item.draft)
    events = [_Event(annotated, item, words, kind_of, scene, beside[item.draft.sentence]) for item in gathered]
    reasons = [_heard(event, event.reason(), tags) for event in events]
    anchors = [e.draft.sentence for e, reason in zip(events, reasons, strict=True) if reason is None and e.is_anchor]
    for number, event in enumerate(events):
        if reasons[number] is None and not anchors and event.is_told_beside_a_cause:
            reasons[number] = Reason.ACCIDENT
        leaning = reasons[number] in (Reason.UNSUPPORTED, Reason.SUBJECT) and event.may_lean
        if leaning and any(abs(sentence - event.draft.sentence) <= REACH for sentence in anchors):
            reasons[number] = None
    return list(zip(gathered, reasons, strict=True))


def _heard(event: _Event, reason: Reason | None, tags: Tags | None) -> Reason | None:
    """`reason`, or what the head makes of it."""
    likely = None if tags is None else tags.is_act(*event.draft.trigger)
    if likely is None:
        return reason
    if reason in MENDED:
        return None if likely >= SURE and not event.is_of_a_show else reason
    # "wounded nine", "defused": the gate knows acts, not what became of them
    an_act = not event.draft.consequence and event.draft.stage is None
    least = NO if event.draft.strong else UNLIKELY
    return Reason.HEAD if reason is None and an_act and likely < least else reason


def _own_words(annotated: Annotated, gathered: Sequence[Gathered]) -> Iterator[int]:
    """Token numbers of the events' own words and weapons, which say nothing of what is around them."""
    for item in gathered:
        yield item.draft.token
        for start, end in (item.draft.trigger, *((w.start, w.end) for w in item.draft.weapons)):
            yield from (
                token.i for token in annotated.sentences[item.draft.sentence].tokens if start <= token.idx < end
            )


class _Event(Mishaps):
    """One event before the tests."""

    def reason(self) -> Reason | None:
        """The first test that speaks against it."""
        return next((reason for reason, test in TESTS if test(self)), None)

    @property
    def is_anchor(self) -> bool:
        """Others may lean on it: violent, and by a word of one sense or with evidence."""
        kind = self.draft.event_type
        stands = self.evidence or kind == "riot" or (self.draft.strong and not self.draft.consequence)
        return stands and (kind in VIOLENT or kind in SUPPORTING)

    @property
    def is_of_a_show(self) -> bool:
        """It is told in a passage about sport or culture."""
        name, weight = self.scene.subject(self.draft.sentence)
        return name in SHOWS and weight > 0

    @property
    def may_lean(self) -> bool:
        """It is told of the same violence: what it brought about, or one more word for it."""
        if self.draft.consequence:
            return bool(self.ends or self.item.quantities) and not self.is_by_causes()
        told = self.draft.event_type in VIOLENT and (
            self.trigger.pos_ in ("NOUN", "PROPN") or self.base not in self.words.spoken
        )
        return told or self.draft.strong or self.draft.event_type in CONTENTION

    # The tests.

    def is_figure(self) -> bool:
        """ "heart attack"; and the comedian bombed: where nobody suffers, the word is a figure."""
        start, end = (offset - self.sentence.tokens.start_char for offset in self.draft.trigger)
        if any(
            m.start() < end and start < m.end() for m in self.words.veto.finditer(self.sentence.tokens.text.lower())
        ):
            return True
        if is_outburst(self.trigger) or (self.draft.event_type != "cyber_attack" and self._with_words()):
            return True
        return (
            self.trigger.pos_ == "VERB"
            and self.base in self.words.transitive
            and not self.ends
            and not self.armed_actor
            and not is_passive(self.trigger)
            and (
                bool(self.doers)
                and all(self.animate(t) or t.lower_ == "it" for t in self.doers)
                and self.trigger.dep_ not in ("xcomp", "acl", "advcl")
            )
        )

    def _with_words(self) -> bool:
        """ "ambushed him with a question", "a volley of insults"."""
        done = [c for c in self.trigger.children if c.dep_ == "dobj"]
        if any(lemma(t) in self.words.instruments for t in done):
            return True
        around = (self.trigger, *done)
        nouns = (
            p for t in around for c in t.children if c.dep_ == "prep" and c.lower_ in ("with", "of") for p in c.children
        )
        return any(lemma(t) in self.words.instruments for t in nouns)

    def is_qualifier(self) -> bool:
        """ "a murder mystery", "the embargo clause", "an attack ad", "in charge of military operations"."""
        if is_of_an_office(self.trigger):
            return True
        return self.trigger.dep_ in ("compound", "amod", "nmod") and lemma(self.trigger.head) in self.words.qualified

    def is_unreal(self) -> bool:
        """ "invited to attack the machine in a public test"."""
        if self.draft.event_type == "restriction" and is_ended(self.trigger):
            return True
        if is_spared(self.trigger):
            return True
        above = self.trigger if self.trigger.pos_ == "VERB" else self.trigger.head
        governed = above.dep_ in ("xcomp", "ccomp", "pcomp") and lemma(above.head) in self.words.unreal
        if (
            self.trigger.dep_ in ("dobj", "nsubjpass")
            and self.trigger.pos_ == "NOUN"
            and lemma(self.trigger.head) in self.words.unreal
        ):
            return True
        return governed or any(
            lemma(c) in self.words.unreal and c.dep_ in ("amod", "compound") and c.lower_ != "shooting"
            for c in self.trigger.children  # "his shooting death"
        )

    def is_fiction(self) -> bool:
        """ "the novel's hero is kidnapped": in the present, or never, and in a text about a work."""
        if self.item.date or any(p.where_prec < 6 for p in self.item.places) or self.in_headline:
            return False
        culture = self.scene.weight(self.draft.sentence, "culture")
        about = any(c.dep_ == "nsubj" and lemma(c) in self.words.works for c in self.sentence.tokens.root.children)
        if about and not self.is_past(self.sentence.tokens.root):
            return True
        if any(t.pos_ == "PROPN" and self.kind_of(t) in ARMED for t in self.doers):
            return False
        told = self.trigger.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "aux" for c in self.trigger.children)
        return (
            culture >= (1 if told else 2)
            and culture > self.scene.near(self.draft.sentence, VIOLENCE)
            and not self.is_past(self.finite())
        )

    def is_rule(self) -> bool:
        """ "the code says when officers may fire": no deed, though somebody is named; nor is what a ban is on."""
        if is_forbidden(self.trigger):
            return True
        barred = self.trigger
        while barred.dep_ == "conj":
            barred = barred.head
        if barred.dep_ == "pobj" and barred.head.lower_ in ("on", "against") and lemma(barred.head.head) in BANS:
            return True
        if (
            self.item.date
            or self.item.places
            or any(self.named(t) and t.pos_ != "PRON" for t in (*self.doers, *self.ends))
        ):
            return False
        permitted = self.trigger.dep_ in ("xcomp", "ccomp") and lemma(self.trigger.head) in self.words.permitting
        modals = {c.lower_ for c in self.verb.children if c.dep_ == "aux"}
        about = (
            self.trigger.dep_ == "pobj"
            and self.trigger.head.lower_ in ("on", "against", "about")
            and lemma(self.trigger.head.head) in self.words.law
        )
        if permitted or about or modals & OBLIGING:
            return True
        over = tuple(self.trigger.ancestors)
        clause = (*over, *(c for t in over for c in t.children if c.dep_ in ("nsubj", "nsubjpass")), *self.verb.subtree)
        legal = any(t.pos_ in ("NOUN", "PROPN", "ADJ") and self.is_legal(t) for t in clause)
        if legal and "may" in modals:
            return True
        return legal and self.draft.event_type not in ("restriction", "arrest") and not self.is_past(self.finite())

    def is_general(self) -> bool:
        """ "Mustard gas can cause…", "terrorists use bombs", "they arrest anyone who is caught"."""
        if (
            not self.draft.strong and lemma(self.verb) in self.words.code.lists["aftermath"]
        ):  # "we condemn the attack" is said of one attack
            return False
        if self._is_usual() or is_mere_topic(self.trigger) or (is_trend(self.trigger) and not self.doers):
            return True
        told = self.dated or bool(self.ends)
        if not told and (is_death_itself(self.trigger) or is_of_those_who_bore_it(self.trigger)):
            return True
        if is_this_one(self.trigger):
            return False
        if self.item.date or self.item.places or self.in_headline or self.verb.pos_ not in ("VERB", "AUX"):
            return False
        defined = (
            self.verb.lemma_ == "be"
            and self.verb.tag_ == "VBZ"
            and self.trigger.dep_ in ("nsubj", "attr")
            and not self.pointed()
        )
        if (
            defined
            and any(c.dep_ == "attr" for c in self.verb.children)
            and not any(self.named(t) for t in (*self.doers, *self.ends))
        ):
            return True
        if self.dated:
            return False
        if self.doers and all(t.lower_ in self.words.anybody for t in self.doers) and self.is_habitual(self.verb):
            return True
        anybody = self.ends and all(t.lower_ in self.words.anybody for t in self.ends)
        if anybody and (self.draft.consequence or self.draft.event_type == "arrest") and not self.is_past(self.trigger):
            return True
        if (
            self.trigger.dep_ == "pobj"
            and lemma(self.trigger.head.head) in self.words.prospect
            and not self.doers
            and not self.ends
        ):
            return True
        verb = self.verb.head if self.verb.dep_ == "xcomp" and lemma(self.verb.head) in self.words.habit else self.verb
        again = any(c.dep_ == "advmod" and c.lower_ in self.words.habit for c in verb.children)
        return (again or self.is_habitual(verb)) and not any(self.named(t) for t in (*self.doers, *self.ends))

    def _is_usual(self) -> bool:
        """ "Conflicting tolls are common after bombings": of no bombing."""
        be = self.finite()
        usual = be.tag_ in ("VBZ", "VBP") and any(c.dep_ == "acomp" and c.lower_ in USUAL for c in be.children)
        somewhere = self.item.date or self.item.places or any(self.named(t) for t in (*self.doers, *self.ends))
        return usual and self.trigger.tag_ in ("NNS", "NN") and not somewhere and not self.pointed()

    def is_echo(self) -> bool:
        """ "the bridge was bombed …, and nobody was seen near the attack": the same act, pointed to once more."""
        if self.trigger.pos_ != "NOUN" or not self.pointed():
            return False
        if self.dated or self.item.quantities or self.draft.weapons or self.doers:
            return False
        return any(o.token < self.draft.token and o.event_type in VIOLENT for o in self.beside)

    def is_words(self) -> bool:
        """ "attacked his rival's record", "her attacks on the senator"."""
        if self.draft.event_type == "protest" and self.trigger.pos_ == "VERB":
            return any(c.dep_ == "ccomp" for c in self.trigger.children)
        if self.base in self.words.spoken and is_in_words(self.trigger):
            return True
        if self.draft.weapons or self.armed_actor:
            return False
        if self.base == "target" and self.doers and all(is_officials_target(t) for t in self.doers):
            return True
        if self.base not in self.words.spoken:
            return self._is_of_rivals()
        if (
            self.is_abusing()
            or self.is_for_a_reason()
            or (self.ends and all(lemma(t) in self.words.abstract for t in self.ends))
        ):
            return True
        politics = self.scene.weight(self.draft.sentence, "politics")
        if any(q.kind in HARM for q in self.item.quantities) or politics < self.scene.near(
            self.draft.sentence, VIOLENCE
        ):
            return False
        if politics == 0 and not (
            self.doers and self.ends and all(self.politician(t) for t in (*self.doers, *self.ends))
        ):
            return False
        return all(self.talker(t) for t in self.doers) and all(self.talker(t) for t in self.ends)

    def _is_of_rivals(self) -> bool:
        """ "the senator fired at his rivals": among people of politics, where nothing near speaks of violence."""
        if self.base not in ("fire", "shoot") or self.trigger.pos_ != "VERB" or not (self.doers and self.ends):
            return False
        here = self.draft.sentence
        peaceful = self.scene.weight(here, "politics") > 0 == self.scene.near(here, VIOLENCE)
        return peaceful and not self.dated and all(self.talker(t) for t in (*self.doers, *self.ends))

    def is_ordinary_crime(self) -> bool:
        """Arrested for theft, raided for drugs: nobody was hurt, and nothing is said of violence."""
        plotted = self.draft.event_type == "attack" and self.draft.stage == "planned"
        if not (plotted or self.draft.event_type in ENFORCEMENT) or any(self.armed(t) for t in self.ends):
            return False
        scene, here = self.scene, self.draft.sentence
        if scene.total(VIOLENCE) > scene.total(CRIME):
            return False
        return scene.weight(here, CRIME) >= max(2, scene.near(here, VIOLENCE) + 1)

    def is_at_oneself(self) -> bool:
        """ "Tried to kill herself", "set himself on fire"."""
        return self.draft.event_type in AT_ONESELF and any(
            t.lower_ in ONESELF and t.dep_ in ("dobj", "obj", "dative", "nsubj") for t in self.trigger.children
        )

    def is_harmless(self) -> bool:
        """Ambushed by reporters; bacteria attacked by white cells; an assault on the league title."""
        if self.armed_with or self.draft.event_type not in VIOLENT | {
            "raid",
            "riot",
            "territory_change",
            "arrest",
            "cyber_attack",
        }:
            return False
        if self.doers and all(lemma(t) in self.words.harmless for t in self.doers):
            return True
        if self.draft.event_type == "territory_change" and self.draft.strong and not self.armed_actor:
            forces = any(
                lemma(t) in self.words.code.actors or self.kind_of(t) in ARMED or t.ent_type_ == "GPE"
                for t in self.doers
            )
            return not forces and self.scene.near(self.draft.sentence, VIOLENCE) < 1
        told = self.item.date or self.item.places or any((q.best or 0) > 1 for q in self.item.quantities)
        if self.doers and not told and not any(self.able(t) for t in self.doers):
            return True
        if not self.ends or not all(lemma(t) in self.words.abstract for t in self.ends):
            ends = [t for t in self.ends if t.pos_ != "NUM"]
            at_things = self.draft.event_type in AT_PEOPLE and not self.dated and not self.armed_actor
            return at_things and bool(self.ends) and not any(self.able(t) or self.touchable(t) for t in ends)
        if self.draft.consequence:
            return not any(self.person(t) for t in self.ends)
        return not self.armed_actor and not (self.draft.strong and self.dated)

    def is_other_subject(self) -> bool:
        """A sentence, with those beside it, or a whole article that is about something else."""
        taken = (
            self.draft.event_type in TAKEN
            and self.draft.strong
            and any(self.person(t) for t in self.ends)
            and self.is_past(self.trigger)
        )
        if self.evidence or taken:
            return False
        if (
            self.draft.strong and self.scene.total(VIOLENCE) >= MUCH
        ):  # an article on an attack, whatever a sentence of it speaks of
            return False
        name, weight = self.scene.subject(self.draft.sentence)
        violence = self.scene.near(self.draft.sentence, VIOLENCE) + self.scene.near(self.draft.sentence, JUSTICE)
        if weight <= violence or (
            self.scene.total(VIOLENCE) > 2 * self.scene.total(name) and self.scene.within(self.draft.sentence, name) < 3
        ):
            return False
        killed = (
            self.base in self.words.deliberate
            and any(self.able(t) for t in self.doers)
            and any(self.person(t) for t in self.ends)
        )
        if name not in SHOWS and ((self.draft.strong and self.dated) or killed):
            return False
        firm = (
            self.draft.strong
            or self.draft.event_type in CONTENTION
            or self._told_as_deed()
            or (self.dated and any(self.touchable(t) for t in self.ends))
        )
        return weight >= (2 if firm else 1)

    def is_unsupported(self) -> bool:
        """A weak trigger with nothing that speaks for an incident."""
        return not self.draft.strong and not (self._consequence_stands() if self.draft.consequence else self._stands())

    def _consequence_stands(self) -> bool:
        people = any(self.person(t) for t in self.ends)
        if self.armed_actor or self.draft.weapons or any(self.armed(t) for t in self.ends):
            return True
        if self.base in self.words.deliberate and (people or (not self.ends and (self.doers or self.dated))):
            return self.base != "execution" or people
        if self.base == "kill" and people and any(self.person(t) for t in self.doers):
            return True
        return (
            (self.scene.near(self.draft.sentence, VIOLENCE) >= 2 and bool(people or self.dated))
            or (self.scene.violent_words >= 4 and self.draft.event_type != "killing")
            or (
                self.scene.violent_words >= 4
                and (self.scene.near(self.draft.sentence, VIOLENCE) >= 1 or self._many_dead())
            )
        )

    def _many_dead(self) -> bool:
        return any(q.kind == "killed" and (q.best or q.low or 0) > 1 for q in self.item.quantities)

    def _stands(self) -> bool:
        draft, kind = self.draft, self.draft.event_type
        if self.base in self.words.unmistakable and self.trigger.pos_ in ("NOUN", "PROPN"):
            return True
        if (
            draft.weapons
            or self.armed_actor
            or any(q.kind in (*HARM, "arrested", "events") for q in self.item.quantities)
        ):
            return True
        if kind == "protest" and self.trigger.pos_ == "NOUN" and is_in_the_street(self.trigger):
            return True
        if self.base == "come" and self.ends and all(self.is_place(t) for t in self.ends):
            return True  # "the town came under attack"
        if self.base == "explosion" and is_beside_a_public_building(self.trigger):
            return True
        if kind in VIOLENT and (self._told_as_deed() or (self.ends and any(self.touchable(t) for t in self.ends))):
            return True
        if kind == "restriction" and any(self.politician(t) or self.kind_of(t) for t in self.doers):
            return True
        if kind in CONTENTION and (self.dated or self.doers or kind in ("riot", "restriction")):
            return not self.ends or any(self.touchable(t) for t in self.ends) or self.dated
        if kind == "release" and self.is_freed():
            return True
        if kind not in VIOLENT and kind != "release" and any(self.touchable(t) for t in self.ends):
            return True
        return self.scene.violent_words >= 2 or (bool(self.item.places) and self.scene.violent_words >= 1)

    def _told_as_deed(self) -> bool:
        """ "foiled an attack", "an attempted attack", "a plot to attack": said of deeds, not of words."""
        near = (self.trigger.head, self.trigger.head.head, *self.trigger.children)
        return is_the_worst(self.trigger) or any(lemma(t) in self.words.stopped for t in near)


TESTS: tuple[tuple[Reason, Callable[[_Event], bool]], ...] = (
    (Reason.FIGURE, _Event.is_figure),
    (Reason.QUALIFIES, _Event.is_qualifier),
    (Reason.UNREAL, _Event.is_unreal),
    (Reason.FICTION, _Event.is_fiction),
    (Reason.RULE, _Event.is_rule),
    (Reason.GENERAL, _Event.is_general),
    (Reason.ECHO, _Event.is_echo),
    (Reason.WORDS, _Event.is_words),
    (Reason.ACCIDENT, _Event.is_accident),
    (Reason.CRIME, _Event.is_ordinary_crime),
    (Reason.ONESELF, _Event.is_at_oneself),
    (Reason.HARMLESS, _Event.is_harmless),
    (Reason.SUBJECT, _Event.is_other_subject),
    (Reason.UNSUPPORTED, _Event.is_unsupported),
)
