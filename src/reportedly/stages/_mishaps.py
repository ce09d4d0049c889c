"""Illness, weather, traffic, fire: what kills and wounds without anybody's will, in the eyes of `sift`."""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.stages._event_facts import EventFacts
from reportedly.stages._needs import ARMED
from reportedly.stages._relevance import CAUSES, VIOLENCE
from reportedly.stages._topics import (
    explodes_by_itself,
    is_died_as,
    is_died_of_want,
    is_of_the_roads,
    is_to_die_behind_bars,
)
from reportedly.stages._words import lemma

VIOLENT = frozenset(
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
        "kidnapping",
        "hostage_taking",
        "hijacking",
        "arson",
        "unconventional_attack",
        "melee_assault",
        "sexual_violence",
        "abuse",
        "looting",
        "sabotage",
    }
)
DRUNK = frozenset({"drunk", "drunken", "impaired", "hit-and-run", "intoxicated"})
BLASTS = frozenset({"explosion", "blast", "explode"})
AILING = frozenset({"die", "death", "dead", "injure", "injury", "hurt", "wound"})
"""What illness and accidents do too; who is killed or murdered is mostly said to have been by somebody."""


class Mishaps(EventFacts):
    """What the test for accidents asks of one event."""

    @property
    def is_told_beside_a_cause(self) -> bool:
        """Somebody died or was hurt, nobody is said to have done it, and the article speaks of an illness or an accident. Meant for articles in
        which nothing else is violent."""
        alone = self.draft.consequence and not self.doers and not self.draft.weapons and self.base in AILING
        return alone and self.scene.total(CAUSES) > 0

    def is_accident(self) -> bool:
        """ "killed when a ferry sank", "a storm hit the coast"."""
        if self._died_once() or is_died_of_want(self.trigger):
            return True
        if (
            self.draft.consequence
            and not (self.doers or self.armed_with)
            and is_of_the_roads(self.sentence.tokens.text)
        ):
            return True
        if self.base in BLASTS and not (self.armed_actor or self.armed_with) and self._is_of_gas():
            return True
        if self._is_of_traffic() or self._has_burned_down():
            return True
        if (
            not self.draft.consequence
            and self.base not in self.words.disastrous
            and self.draft.event_type != "restriction"
        ):
            return False
        if (
            self.armed_actor
            or self.armed_with
            or (self.base in self.words.deliberate and self.base not in ("kill", "killing"))
        ):
            return False
        flown = self.draft.event_type in ("air_strike", "drone_strike") and (
            self.trigger.pos_ == "NOUN" or any(self._is_flown(t) for t in self.doers)
        )
        if self.doers and all(
            (lemma(t) in self.words.code.things["vehicle"] or t.ent_type_ == "PRODUCT")
            and lemma(t) not in self.words.code.actors
            for t in self.doers
        ):
            return not flown  # "aircraft conducted strikes"
        return self.is_by_causes()

    def _is_of_gas(self) -> bool:
        """ "The blast shattered windows", of a text that told of a gas explosion, and of no violence."""
        return self.scene.total(VIOLENCE) <= 2 and explodes_by_itself(self.trigger.doc)

    def _is_flown(self, craft: Token) -> bool:
        """ "Its aircraft had hit the wedding", said of a coalition."""
        return any(c.dep_ in ("poss", "compound", "amod") and self.kind_of(c) in ARMED for c in craft.children)

    def _died_once(self) -> bool:
        """ "the general, who died in 2013", "Ruiz died a free man": how is not said, and it was long ago. Whoever is killed is said to have been."""
        when = self.item.date
        if is_died_as(self.trigger) or is_to_die_behind_bars(self.trigger):
            return True
        one = self.trigger.dep_ == "ROOT" and all(t.tag_ == "NNP" for t in self.ends)
        if (
            lemma(self.trigger) not in ("die", "pass")
            or not (self.trigger.dep_ == "relcl" or (one and len(self.ends) == 1))
            or self.item.places
            or self.draft.weapons
        ):
            return False
        alone = len(self.beside) == 1
        named = one or self.trigger.head.pos_ == "PROPN"
        if when is None or not (alone and named):
            return False
        return (when.date_prec or 0) >= 4 or (not when.resolved and "year" in when.mention.text)

    def _has_burned_down(self) -> bool:
        """ "The building was burned to the ground" in a fire that nobody is said to have set."""
        burned = self.base == "burn" and self.trigger.tag_ == "VBN" and not self.doers and not self.armed_with
        return burned and self.scene.near(self.draft.sentence, VIOLENCE) == 0

    def _is_of_traffic(self) -> bool:
        """ "she struck a parked car": one who drives, with no weapon, in a passage without violence."""
        if self.base not in ("hit", "strike") or self.trigger.pos_ != "VERB" or self.draft.weapons or self.armed_actor:
            return False
        if any(lemma(t) in ("driver", "motorist") and any(c.lower_ in DRUNK for c in t.children) for t in self.doers):
            return True
        vehicles = self.words.code.things["vehicle"]
        alone = bool(self.doers) and all(t.tag_ in ("NN", "NNP", "PRP") and t.lower_ != "they" for t in self.doers)
        met = any(t.dep_ == "dobj" and lemma(t) in vehicles for t in self.ends)
        run_over = bool(self.ends) and self.scene.total(VIOLENCE) < self.scene.total(CAUSES)
        return alone and (met or run_over) and self.scene.near(self.draft.sentence, VIOLENCE) == 0

    def is_by_causes(self) -> bool:
        scene, here = self.scene, self.draft.sentence
        if self.doers and all(lemma(t) in self.words.harmless for t in self.doers):
            return True
        if any(o.strong and o.event_type in VIOLENT and o is not self.draft for o in self.beside):
            return False
        if scene.is_about(CAUSES) and scene.within(here, VIOLENCE) < 2:
            return True
        violent = scene.long and scene.total(VIOLENCE) > 2 * scene.total(CAUSES)
        return scene.within(here, CAUSES) >= (1 if not self.draft.strong else 2) + (
            2 if violent else 0
        ) and scene.within(here, CAUSES) > scene.within(here, VIOLENCE)
