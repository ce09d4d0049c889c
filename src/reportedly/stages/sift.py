"""sift: which drafts are incidents. General facts, biographies, sport, business and figures of speech yield none.

A *strong* trigger stands unless a phrase or the subject of the text says otherwise; a *weak* one (attack, strike, capture…) needs
something beside it that speaks for an incident: an armed actor, a weapon, people or a building at the other end, the dead, a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from spacy.tokens import Token

from reportedly.lexicons import Lexicon
from reportedly.stages._needs import ARMED
from reportedly.stages._phrases import is_passive
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Annotated, EventDraft, Sentence
from reportedly.stages.gather import Gathered

VIOLENT = frozenset(
    {"attack", "armed_assault", "armed_clash", "bombing", "suicide_bombing", "shelling", "air_strike", "drone_strike", "assassination", "killing",
     "kidnapping", "hostage_taking", "hijacking", "arson", "unconventional_attack", "melee_assault", "sexual_violence", "abuse", "looting", "sabotage"}
)
STOPPED = frozenset({"foil", "thwart", "avert", "repel", "repulse", "beat", "attempted", "foiled", "thwarted", "smash", "dismantle", "prevent", "plot", "threaten", "disrupt"})
SPOKEN = frozenset({"attack", "assault", "hit", "target", "strike", "ambush", "bombard"})
POLITICAL = frozenset({"government", "person", "civilians"})
GENERAL_SUBJECT = frozenset({"NNS", "NN", "NNP"})


class Relevance(Lexicon, frozen=True):
    """``relevance.toml``."""

    veto: Mapping[Literal["phrases"], tuple[str, ...]]
    context: Mapping[str, tuple[str, ...]]
    violence: Mapping[Literal["words"], tuple[str, ...]]
    harmless: Mapping[Literal["actors"], tuple[str, ...]]
    abstract: Mapping[Literal["objects"], tuple[str, ...]]


class SiftWords:
    """The lexicon with its indexes."""

    def __init__(self, relevance: Relevance, code: CodeWords) -> None:
        self.relevance, self.code = relevance, code

    @cached_property
    def veto(self) -> re.Pattern[str]:
        """All figurative phrases in one pattern."""
        phrases = sorted(self.relevance.veto["phrases"], key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in phrases) + r")\b")

    @cached_property
    def subject_of(self) -> Mapping[str, str]:
        """Word to what a text with it is about."""
        return {word: subject for subject, words in self.relevance.context.items() for word in words}

    @cached_property
    def violence(self) -> frozenset[str]:
        """Words of violence."""
        return frozenset(self.relevance.violence["words"])

    @cached_property
    def harmless(self) -> frozenset[str]:
        """Those who ambush and bombard with questions."""
        return frozenset(self.relevance.harmless["actors"])

    @cached_property
    def abstract(self) -> frozenset[str]:
        """What can only be attacked in words."""
        return frozenset(self.relevance.abstract["objects"])


def sift(annotated: Annotated, gathered: Sequence[Gathered], words: SiftWords, kind_of: Callable[[Token], str | None] = lambda token: None) -> tuple[Gathered, ...]:
    """The events that are incidents, in order.

    Args:
        annotated: the article.
        gathered: its events with their dates, places and numbers.
        words: the lexicon.
        kind_of: the kind of actor that a token stands for.
    """
    sieve = _Sieve(annotated, words, kind_of, gathered)
    return tuple(item for item in gathered if sieve.keeps(item))


class _Sieve:
    def __init__(self, annotated: Annotated, words: SiftWords, kind_of: Callable[[Token], str | None], gathered: Sequence[Gathered]) -> None:
        self.annotated, self.words, self.kind_of, self.gathered = annotated, words, kind_of, gathered
        self.vetoed = {
            sentence.index: [m.span() for m in words.veto.finditer(sentence.tokens.text.lower())]
            for sentence in annotated.sentences
            if sentence.index in {g.draft.sentence for g in gathered}
        }
        self.peaceful, self.violent = self._article(annotated.sentences)
        self.strong = {g.draft.sentence for g in gathered if g.draft.strong and not g.draft.consequence}

    def _article(self, sentences: Sequence[Sentence]) -> tuple[int, int]:
        """How many words of the article are of peaceful subjects, and how many of violence."""
        peaceful = violent = 0
        for sentence in sentences:
            for token in sentence.tokens:
                word = token.lower_
                if word in self.words.violence:
                    violent += 1
                elif word in self.words.subject_of:
                    peaceful += 1
        return peaceful, violent

    def keeps(self, item: Gathered) -> bool:
        """Whether `item` is an incident."""
        draft = item.draft
        trigger = self.annotated.doc[draft.token]
        sentence = self.annotated.sentences[draft.sentence]
        if self._is_vetoed(draft, sentence) or self._is_general(item, trigger):
            return False
        if self._is_echo(item, trigger):
            return False
        if self._is_mild(item, sentence):
            return False
        if self._is_peaceful(sentence) and not self._evidence(item, trigger):
            return False
        return draft.strong or self._supported(item, trigger)

    def _is_echo(self, item: Gathered, trigger: Token) -> bool:
        """"mustard gas was used …, without naming the perpetrator of the attack": the same act, pointed to once more."""
        draft = item.draft
        if trigger.pos_ != "NOUN" or not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in trigger.children):
            return False
        if item.date or item.places or item.quantities or draft.weapons:
            return False
        return any(other.draft.sentence == draft.sentence and other.draft.token < draft.token and other.draft.event_type in VIOLENT for other in self.gathered)

    def _is_mild(self, item: Gathered, sentence: Sentence) -> bool:
        """A minister ambushed by reporters; people killed by an earthquake; a man struck by a train."""
        draft, doc = item.draft, self.annotated.doc
        if any((w.start, w.end) != draft.trigger for w in draft.weapons) or self._armed_actor(item):
            return False
        doers = [doc[a.token] for a in draft.actors]
        if draft.event_type in ("armed_assault", "shelling", "attack") and doers and all(lemma(t) in self.words.harmless for t in doers):
            return True
        if doers and all(lemma(t) in self.words.code.things["vehicle"] for t in doers):
            return True
        by_nature = any(self.words.subject_of.get(t.lower_) == "nature" for t in sentence.tokens)
        return by_nature and (draft.consequence or draft.event_type == "bombing") and not any(t.lower_ in ("bomb", "bomber", "gunmen", "gunman") for t in sentence.tokens)

    def _is_vetoed(self, draft: EventDraft, sentence: Sentence) -> bool:
        start, end = draft.trigger[0] - sentence.tokens.start_char, draft.trigger[1] - sentence.tokens.start_char
        return any(a < end and start < b for a, b in self.vetoed[draft.sentence])

    def _is_peaceful(self, sentence: Sentence) -> bool:
        """A sentence (or the whole article) that is about sport, a film, a company, a storm."""
        peaceful = violent = 0
        for token in sentence.tokens:
            word = token.lower_
            if word in self.words.violence:
                violent += 1
            elif word in self.words.subject_of:
                peaceful += 1
        if self.peaceful > 2 * self.violent + 4 and len(self.annotated.sentences) > 5:
            return True
        if self.violent > self.peaceful and self.violent > 3:
            return peaceful > 3 * max(violent, 1)
        return peaceful > violent

    def _evidence(self, item: Gathered, trigger: Token) -> bool:
        """What stands even in a text about something else: somebody armed, or weapons and harm to people."""
        return self._armed_actor(item) or (bool(item.draft.weapons) and self._harmed(item)) or (
            item.draft.strong and self._harmed(item) and bool(item.places)
        )

    def _armed_actor(self, item: Gathered) -> bool:
        return any(self._armed(self.annotated.doc[a.token]) for a in item.draft.actors)

    def _armed(self, token: Token) -> bool:
        return self.words.code.people.get(lemma(token)) in ARMED or self.kind_of(token) in ARMED

    def _harmed(self, item: Gathered) -> bool:
        return any(q.kind in ("killed", "wounded", "kidnapped", "missing") for q in item.quantities) or any(
            lemma(self.annotated.doc[r.token]) in self.words.code.people for r in item.draft.recipients
        )

    def _is_general(self, item: Gathered, trigger: Token) -> bool:
        """"Mustard gas can cause…", "terrorists use bombs": nobody, nowhere, never."""
        if item.places or item.date or any(q.kind != "other" for q in item.quantities):
            return False
        verb = trigger if trigger.pos_ == "VERB" else trigger.head
        if verb.pos_ not in ("VERB", "AUX"):
            return False
        if verb.dep_ == "acl" and verb.tag_ == "VBN":
            verb = next((t for t in verb.ancestors if t.pos_ in ("VERB", "AUX")), verb)
        if not self._is_habitual(verb):
            return False
        named = any(self._named(self.annotated.doc[a.token]) for a in (*item.draft.actors, *item.draft.recipients))
        return not named

    def _is_habitual(self, verb: Token) -> bool:
        """The simple present, active or passive, or "can": said of what happens in general."""
        aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
        if aux & {"have", "has", "had", "'ve", "being", "was", "were", "will", "would"}:
            return False
        if aux & {"can", "may", "might", "could"}:
            return True
        if verb.tag_ in ("VBN", "VBD"):
            return bool(aux & {"is", "are"})
        return verb.tag_ in ("VBZ", "VBP") and not aux & {"is", "are", "'s", "'re"}

    def _named(self, token: Token) -> bool:
        return token.ent_type_ != "" or token.pos_ in ("PROPN", "PRON") or self.kind_of(token) in ("armed_group", "military", "police") or any(
            c.dep_ in ("det", "poss") and c.lower_ != "a" for c in token.children
        )

    def _supported(self, item: Gathered, trigger: Token) -> bool:
        """What speaks for an incident beside a weak trigger."""
        draft = item.draft
        doc = self.annotated.doc
        if self._is_speech(draft, trigger):
            return False
        if draft.weapons or self._armed_actor(item):
            return True
        if any(q.kind in ("killed", "wounded", "kidnapped", "arrested") and not draft.consequence for q in item.quantities):
            return True
        ends = [doc[r.token] for r in draft.recipients]
        if any(q.kind == "events" for q in item.quantities) or (trigger.pos_ == "NOUN" and draft.event_type in VIOLENT and self._stopped(trigger)):
            return True
        if draft.consequence and trigger.lemma_ == "kill" and is_passive(trigger) and any(self._person(t) for t in ends):
            return True
        if draft.consequence:
            return self.violent >= 2 or any(self._armed(t) for t in ends) or trigger.lemma_ in ("murder", "behead", "execute", "lynch", "massacre", "slaughter")
        if any(self._touchable(token) for token in ends) and draft.event_type not in ("release",):
            return True
        if self.violent >= 2:
            return True
        if draft.event_type in ("protest", "riot", "raid", "restriction", "hijacking", "armed_clash") and (item.date or item.places or draft.actors):
            return True
        return bool(item.places) and self.violent >= 1

    def _stopped(self, trigger: Token) -> bool:
        """"foiled an attack", "an attempted attack on the reservoir": said of deeds, not of words."""
        words = {lemma(t) for t in (trigger.head, *trigger.children)}
        return bool(words & STOPPED)

    def _person(self, token: Token) -> bool:
        return lemma(token) in self.words.code.people or token.ent_type_ in ("PERSON", "NORP") or token.pos_ == "NUM"

    def _touchable(self, token: Token) -> bool:
        base = lemma(token)
        things = self.words.code.things
        return (
            base in self.words.code.people or base in things["infrastructure"] or base in things["vehicle"] or token.ent_type_ in ("GPE", "NORP", "FAC", "LOC", "PERSON")
            or self.kind_of(token) is not None
        )

    def _is_speech(self, draft: EventDraft, trigger: Token) -> bool:
        """"attacked his rival's record", "the minister attacked the judge for…": words, not blows."""
        if draft.weapons or lemma(trigger) not in SPOKEN:
            return False
        doc = self.annotated.doc
        if any(lemma(doc[r.token]) in self.words.abstract for r in draft.recipients):
            return True
        doers = [doc[a.token] for a in draft.actors]
        done = [doc[r.token] for r in draft.recipients]
        people = doers and done and all(self._talker(t) for t in doers) and all(self._talker(t) for t in done)
        return bool(people) and self.violent <= self.peaceful

    def _talker(self, token: Token) -> bool:
        return token.ent_type_ == "PERSON" or self.words.code.people.get(lemma(token)) == "government" or token.lower_ in ("he", "she", "him", "her")
