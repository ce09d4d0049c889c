"""What the tests of `sift` ask of one event: who did it, to whom, when, in which tense."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from spacy.tokens import Token

from reportedly.stages._needs import ARMED
from reportedly.stages._phrases import prepositional
from reportedly.stages._relevance import Scene, SiftWords
from reportedly.stages._words import leads_a_band, lemma
from reportedly.stages.drafts import Annotated, EventDraft
from reportedly.stages.gather import Gathered

AGENTIVE = re.compile(r"(?:er|or|eur|ist|ian|man|woman|people|folk|ant)$")
HARM = frozenset({"killed", "wounded", "kidnapped", "missing"})
POINTING = frozenset({"the", "this", "that", "these", "those"})
MODAL = frozenset({"can", "may", "might", "could", "must", "should", "shall"})
ABUSING = frozenset({"call", "brand", "label", "dub", "accuse", "mock", "describe", "say", "criticise", "criticize"})
"""How somebody attacks in words."""
TALKERS = frozenset({"he", "she", "him", "her", "his", "they", "them", "their"})
SHORT = 16
"""A line of fewer words without a full stop may be a headline."""


class EventFacts:
    """What the tests of `sift` ask of one event."""

    def __init__(
        self,
        annotated: Annotated,
        item: Gathered,
        words: SiftWords,
        kind_of: Callable[[Token], str | None],
        scene: Scene,
        beside: Sequence[EventDraft],
    ) -> None:
        self.item, self.draft, self.words, self.kind_of, self.scene = item, item.draft, words, kind_of, scene
        self.beside = beside
        """The events of its sentence, itself among them."""
        self.trigger = annotated.doc[item.draft.token]
        self.sentence = annotated.sentences[item.draft.sentence]
        self.doers = [annotated.doc[a.token] for a in item.draft.actors]
        self.ends = [annotated.doc[r.token] for r in item.draft.recipients]

    @cached_property
    def base(self) -> str:
        """The lemma of the trigger."""
        return lemma(self.trigger)

    @cached_property
    def dated(self) -> bool:
        """It has a date, a place or a number."""
        counted = (
            q.kind != "other" and (q.best not in (0, 1) or (q.best == 0 and self.draft.consequence))
            for q in self.item.quantities
        )
        return bool(self.item.date or self.item.places or any(counted))

    @cached_property
    def armed_actor(self) -> bool:
        """Somebody who acts in conflicts did it."""
        return any(self.armed(t) for t in self.doers)

    @cached_property
    def armed_with(self) -> bool:
        """A weapon is named beside the trigger."""
        return any((w.start, w.end) != self.draft.trigger for w in self.draft.weapons)

    @cached_property
    def harmed(self) -> bool:
        """People suffered."""
        return any(q.kind in HARM for q in self.item.quantities) or any(
            lemma(t) in self.words.code.people for t in self.ends
        )

    @cached_property
    def evidence(self) -> bool:
        """What stands even in a text about something else: somebody armed, weapons and harm to people, harm at a place."""
        armed = any(self.armed(t) and lemma(t) not in self.words.ambiguous for t in self.doers)
        if armed or (bool(self.draft.weapons) and self.harmed) or (self.draft.strong and self.harmed and self.dated):
            return True
        found = self.draft.event_type == "seizure" and any(lemma(t) in self.words.code.weapon_index for t in self.ends)
        return (found or (self.armed_with and self.dated)) and self.is_past(self.verb)

    @cached_property
    def verb(self) -> Token:
        """The verb that says it: the trigger, or what a noun hangs on."""
        verb = self.trigger if self.trigger.pos_ == "VERB" else self.trigger.head
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            verb = next((t for t in verb.ancestors if t.pos_ in ("VERB", "AUX")), verb)
        return verb

    @property
    def in_headline(self) -> bool:
        """It stands in a headline, or in a line that looks like one: there the present tense is the past."""
        return self.sentence.headline or (
            self.sentence.tokens.text.rstrip()[-1:].isalnum() and len(self.sentence.tokens) < SHORT
        )

    def armed(self, token: Token) -> bool:
        """It fights, or is something that is flown to fight; no "army of volunteers"."""
        base = lemma(token)
        if base in self.words.harmless or any(
            p.dep_ == "pobj" and self.words.code.people.get(lemma(p)) == "civilians"
            for c in token.children
            if c.lower_ == "of"
            for p in c.children
        ):
            return False
        weapons = (w.category for w in self.draft.weapons if w.start <= token.idx < w.end)
        return (
            self.words.code.people.get(base) in ARMED
            or self.kind_of(token) in ARMED
            or leads_a_band(token, self.words.code.people)
            or any(c in ("aircraft", "drone") for c in weapons)
        )

    def person(self, token: Token) -> bool:
        """Somebody, or some people."""
        return (
            lemma(token) in self.words.code.people
            or token.ent_type_ in ("PERSON", "NORP")
            or token.pos_ in ("NUM", "PRON")
        )

    def politician(self, token: Token) -> bool:
        """Somebody of a government or a party."""
        return (
            self.words.code.people.get(lemma(token)) == "government"
            or self.kind_of(token) in ("government", "party")
            or lemma(token) in ("opposition", "party")
        )

    def talker(self, token: Token) -> bool:
        """Somebody who may attack with words."""
        return token.ent_type_ == "PERSON" or token.lower_ in TALKERS or self.politician(token)

    def animate(self, token: Token) -> bool:
        """Somebody, or a body of people, as far as the word tells."""
        if lemma(token) in self.words.code.lists["multitudes"]:
            return True
        return (
            self.person(token)
            or token.pos_ == "PROPN"
            or token.ent_type_ != ""
            or self.kind_of(token) is not None
            or (lemma(token) in self.words.code.actors or AGENTIVE.search(lemma(token)) is not None)
        )

    def able(self, token: Token) -> bool:
        """It can do violence: somebody, a weapon, a vehicle, or a force such as a blast."""
        base, code = lemma(token), self.words.code
        known = (
            base in self.words.forces
            or base in code.nominal
            or base in code.weapon_index
            or base in code.things["vehicle"]
        )
        return known or base in code.things["infrastructure"] or self.animate(token)

    def is_freed(self) -> bool:
        """A player is released, a soldier is freed: out of a place or of somebody's hands, not from a duty."""
        out_of = prepositional(self.trigger, "from")
        held = self.words.code.lists["held_in"]
        out = all(t.ent_type_ or lemma(t) in held or self.armed(t) for t in out_of)
        return out and self.base != "release" and any(self.armed(t) for t in self.ends)

    def touchable(self, token: Token) -> bool:
        """Somebody or something that violence can be done to."""
        base, code = lemma(token), self.words.code
        return (
            base in code.people
            or base in code.things["infrastructure"]
            or base in code.things["vehicle"]
            or self.kind_of(token) is not None
            or token.ent_type_ in ("GPE", "NORP", "FAC", "LOC", "PERSON")
        )

    def named(self, token: Token) -> bool:
        """A certain one, and not anybody: by name, number or article."""
        if token.lower_ in self.words.anybody:
            return False
        return (
            token.ent_type_ != ""
            or token.pos_ in ("PROPN", "PRON", "NUM")
            or any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "any") for c in token.children)
        )

    def is_abusing(self) -> bool:
        """ "targeted the senator, calling him a liar": what comes after says that he did it in words."""
        return any(
            c.dep_ == "advcl"
            and c.tag_ == "VBG"
            and c.lemma_ in ABUSING
            and any(p.dep_ in ("dobj", "dative", "nsubj", "ccomp", "oprd") for p in c.children)
            for c in self.trigger.children
        )

    def is_for_a_reason(self) -> bool:
        """ "attacked her rival for his ties to the banks": somebody who talks, and what the other is reproached with."""
        if self.trigger.pos_ != "VERB" or not (self.doers and self.ends):
            return False
        reasons = prepositional(self.trigger, "for", "over")
        owned = any(c.dep_ == "poss" for t in reasons for c in t.children)
        return owned and all(self.talker(t) for t in (*self.doers, *self.ends))

    def pointed(self) -> bool:
        """ "the attack", "that attack"."""
        return any(c.dep_ == "det" and c.lower_ in POINTING for c in self.trigger.children)

    def is_place(self, token: Token) -> bool:
        """A town, or a building."""
        things = self.words.code.things
        named = token.ent_type_ in ("GPE", "LOC", "FAC")
        return named or lemma(token) in things["area"] or lemma(token) in things["infrastructure"]

    def is_legal(self, token: Token) -> bool:
        """ "the act", "a bill"; an act of murder is no law."""
        deed = token.lower_ in ("act", "acts") and any(c.lower_ == "of" for c in token.children)
        return lemma(token) in self.words.law and not deed

    def finite(self) -> Token:
        """The verb with a tense above an infinitive or a participle: "charged with planning an attack"."""
        for token in (self.verb, *self.verb.ancestors):
            helped = any(c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in token.children)
            if token.tag_ in ("VBD", "VBZ", "VBP") or (helped and token.pos_ in ("VERB", "AUX")):
                return token
        return self.verb

    def is_past(self, verb: Token) -> bool:
        """Told as something that happened, or will: not in the plain present, and not as what can or may be."""
        if verb.tag_ == "VBD":
            return True
        aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if verb.tag_ == "VBN" and not aux & {"is", "are", "be"}:
            return True
        return bool(aux & {"have", "has", "had", "'ve", "was", "were"}) and not aux & MODAL

    def is_habitual(self, verb: Token) -> bool:
        """The simple present, active or passive, or "can": said of what happens in general."""
        aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if aux & {"have", "has", "had", "'ve", "being", "was", "were", "will", "would"}:
            return False
        if "can" in aux:
            return True
        if verb.tag_ in ("VBN", "VBD"):
            return bool(aux & {"is", "are"})
        return verb.tag_ in ("VBZ", "VBP") and not aux & {"is", "are", "'s", "'re"}
