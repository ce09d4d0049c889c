"""What a frame asks of its arguments before it counts: the names under ``needs`` in ``triggers.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.stages import _by_force as by_force
from reportedly.stages import _threats as threats
from reportedly.stages._above import FAULTS
from reportedly.stages._movements import dispersed_crowd, force_moves_in
from reportedly.stages._phrases import prepositional
from reportedly.stages._struck import (
    destroyed_by_planes,
    first_objects,
    is_carrying_out,
    is_moved,
    named_place,
    put_out_of_action,
    stretch_of_land,
    struck,
)
from reportedly.stages._words import CodeWords, leads_a_band, lemma

AGE = re.compile(r"\s*,\s*\d\d\s*,")
"""After a name: ", 26,"."""
ARMED = frozenset({"armed_group", "military", "police"})
STATES = frozenset({"government", "igo", "military", "police", "intelligence"})
UNCONVENTIONAL = frozenset({"chemical", "biological", "radiological"})
MURDERS = frozenset({"murder", "slay", "behead", "kidnap", "abduct"})
"""What is done to people alone."""
NAMES = 2
"""Names before the last, of a name that is known by its length."""
CROWDS = frozenset({"protest", "demonstration", "rally", "gathering", "flight", "export"})
PROJECTILES = frozenset({"missile", "artillery", "explosive", "firearm"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that may be a trigger, with what stands around it in the parse."""

    token: Token
    verbal: bool
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    against: tuple[Token, ...]
    """What stands after on, against, at."""
    categories: Mapping[int, str]
    """Token number to the weapon category that it names, over the sentence (and pronouns for one)."""
    kind_of: Callable[[Token], str | None]
    """The kind of actor that a token names, as far as the article tells."""
    words: CodeWords

    def meant(self, token: Token) -> Token:
        """ "dozens of villages" are villages, a charge of dynamite is dynamite."""
        if lemma(token) not in self.words.lists["multitudes"] | self.words.lists["loads"]:
            return token
        return next(
            (
                p
                for c in token.children
                if c.dep_ == "prep" and c.lower_ == "of"
                for p in c.children
                if p.dep_ == "pobj"
            ),
            token,
        )

    def person(self, token: Token) -> bool:
        """True where `token` names people."""
        token = self.meant(token)
        if (
            self.somebody(token)
            or lemma(token) in self.words.people
            or token.lower_ in self.words.lists["people_pronouns"]
        ):
            return True
        told = (self.token, self.token.head) if self.token.dep_ in ("conj", "relcl") else ()
        if token.lower_ == "those" and any(r in told and c.lower_ == "who" for r in token.children for c in r.children):
            return True  # "those who were hurt or who died", but not "will arrest those who do so"
        if token.ent_type_ in ("PERSON", "NORP") or (token.pos_ == "NUM" and token.ent_type_ in ("CARDINAL", "")):
            return True
        return self.kind_of(token) is not None or self._is_named_victim(token) or self._is_long_name(token)

    def _is_long_name(self, token: Token) -> bool:
        """ "Lena Ruiz Love was murdered": a name whose last part is a word, which the model takes for something else."""
        verb = self.token
        if (
            token.head != verb
            or token.dep_ not in ("dobj", "nsubjpass")
            or lemma(verb) not in self.words.lists["slays"]
        ):
            return False
        parts = [c for c in token.children if c.dep_ != "punct"]
        name = len(parts) >= NAMES and all(c.dep_ == "compound" and c.pos_ == "PROPN" for c in parts)
        told = lemma(verb) in MURDERS or self.any(self.subjects, self.armed)
        return name and told and token.pos_ == "PROPN" and token.ent_type_ not in ("GPE", "LOC", "FAC", "EVENT")

    def _is_named_victim(self, token: Token) -> bool:
        """ "the men shot Hanley", "Hanley was shot": a name that the model does not know, or takes for a town; parliaments kill bills."""
        if token.dep_ == "nsubjpass":
            return self._is_named_dead(token)
        if token.dep_ != "dobj" or not token.text.istitle() or token.is_sent_start or token.head != self.token:
            return False
        people = [self.words.people.get(lemma(t)) for t in self.subjects]
        killers = any(kind not in (None, "government", "party") for kind in people) or self.any(
            self.subjects, self.armed
        )
        killers = killers or (self.token.dep_ == "pcomp" and self.token.head.head.lower_ in FAULTS)
        bare = not any(c.dep_ in ("det", "poss", "amod", "nummod") for c in token.children)
        return killers and bare and token.ent_type_ in ("", "GPE") and lemma(self.token) in self.words.lists["slays"]

    def _is_named_dead(self, token: Token) -> bool:
        """ "Hanley was shot dead", not "the plan was killed", "Norland were beaten"."""
        deadly = lemma(self.token) in self.words.lists["slays"] and lemma(self.token) != "beat"
        bare = not any(c.dep_ in ("det", "poss", "amod", "nummod") for c in token.children)
        named = token.pos_ == "PROPN" and token.text.istitle() and token.ent_type_ in ("", "GPE", "ORG")
        return token.head == self.token and deadly and bare and named

    def somebody(self, token: Token) -> bool:
        """ "Tamar, 26, died", "A clerk of the bank, Tamar was shot": whatever the model takes the name for."""
        if token.pos_ != "PROPN":
            return False
        before = [c for c in token.head.lefts if c.dep_ == token.dep_ and c.i < token.i and c.pos_ == "NOUN"]
        if token.dep_ in ("nsubj", "nsubjpass") and any(lemma(c) in self.words.people for c in before):
            return True
        return AGE.match(token.doc.text, token.idx + len(token)) is not None

    def kind(self, token: Token) -> str | None:
        """The kind of people that `token` names."""
        return self.words.people.get(lemma(token)) or self.kind_of(token)

    def armed(self, token: Token) -> bool:
        """True where `token` names somebody who acts in conflicts."""
        token = self.meant(token)
        base = lemma(token)
        return (
            base in self.words.actors
            or self.words.people.get(base) in ARMED
            or self.kind_of(token) in ARMED
            or leads_a_band(token, self.words.people)
        )

    def thing(self, token: Token, *kinds: str) -> bool:
        """True where `token` names a thing of one of `kinds`."""
        base = lemma(self.meant(token))
        return any(base in self.words.things[kind] for kind in kinds)

    def area(self, token: Token) -> bool:
        """True where `token` names a piece of land or a town."""
        token = self.meant(token)
        if self.somebody(token) or self.kind_of(token) == "armed_group":
            return False
        return token.ent_type_ in ("GPE", "LOC", "FAC") or self.thing(token, "area")

    def weapon(self, token: Token) -> str | None:
        """The weapon category that `token` names."""
        return self.categories.get(self.meant(token).i)

    def any(self, tokens: tuple[Token, ...], test: Callable[[Token], bool]) -> bool:
        """True where `test` holds for one of `tokens`."""
        return any(test(token) for token in tokens)


def _target_object(hit: Hit) -> bool:
    if hit.verbal and _blames(hit):
        return False
    if hit.verbal and any(
        lemma(p) in hit.words.lists["penalties"]
        for c in hit.token.children
        if c.dep_ == "prep" and c.lower_ == "with"
        for p in c.children
    ):
        return False
    return hit.any(
        hit.objects,
        lambda t: hit.person(t) or hit.area(t) or hit.thing(t, "infrastructure", "vehicle") or t.ent_type_ == "ORG",
    )


def _blames(hit: Hit) -> bool:
    """ "hit the mayor for raising the fare": in words."""
    reasons = [p for c in hit.token.children if c.dep_ == "prep" and c.lower_ == "for" for p in c.children]
    return any(p.dep_ == "pcomp" for p in reasons) and not hit.any(hit.subjects, hit.armed)


def _person_object(hit: Hit) -> bool:
    return hit.any(hit.objects, hit.person) if hit.verbal else True


def _weapon(hit: Hit) -> bool:
    return hit.any(hit.objects + hit.subjects, lambda t: hit.weapon(t) is not None and hit.weapon(t) != "chemical")


def _captive_object(hit: Hit) -> bool:
    if hit.verbal and hit.token.lemma_ in ("hold", "catch", "nail"):
        if hit.token.tag_ not in ("VBN", "VBD"):
            return False
        if any(c.lower_ in FAULTS for c in hit.token.children):
            return False  # "are being held responsible"
        if hit.token.lemma_ == "hold":
            inside = [
                p for c in hit.token.children if c.dep_ in ("prep", "oprd", "dobj", "advcl") for p in (c, *c.children)
            ]
            held = any(lemma(t) in hit.words.lists["held_in"] for t in inside) or any(
                c.lower_ == "being" for c in hit.token.children
            )
            return held and hit.any(hit.objects, hit.person)
        return hit.any(hit.objects, lambda t: hit.person(t) and t.pos_ != "NUM") and not any(
            c.dep_ == "prep"
            and c.lower_ in ("in", "up", "off", "between")
            and any(p.pos_ in ("NOUN",) and p.ent_type_ not in ("DATE", "TIME") for p in c.children)
            for c in hit.token.children
        )
    found = hit.objects
    if not hit.verbal:
        return not found or hit.any(found, hit.person)
    return hit.any(found, lambda t: hit.person(t) and not hit.area(t))


def _area_object(hit: Hit) -> bool:
    found = first_objects(hit)
    if named_place(hit):
        return True
    if hit.any(found, lambda t: hit.thing(t, "infrastructure")) and hit.any(hit.subjects, hit.armed):
        return True
    return hit.any(found, lambda t: (hit.area(t) and t.ent_type_ != "PERSON") or stretch_of_land(t, hit)) or (
        not hit.verbal and lemma(hit.token) in ("invasion", "annexation") and bool(found or hit.subjects)
    )


def _armed_takes_area(hit: Hit) -> bool:
    """Rebels who take a town; what they take *over* may be a building."""
    over = any(c.dep_ == "prt" and c.lower_ == "over" for c in hit.token.children)
    return hit.any(hit.subjects, hit.armed) and hit.any(
        hit.objects, lambda t: hit.area(t) or (over and hit.thing(t, "infrastructure"))
    )


def _drone_by_defence(hit: Hit) -> bool:
    """Air defences that destroy drones: who shoots at a depot of them has another aim."""
    defends = hit.any(
        hit.subjects,
        lambda t: any(c.lower_ in ("defence", "defences", "defense", "defenses") for c in (t, *t.children)),
    )
    return defends and hit.any(hit.objects, lambda t: hit.weapon(t) == "drone")


def _burned_by_people(hit: Hit) -> bool:
    """Somebody's property; villages too, where it is people who burn them."""
    if hit.any(hit.objects, lambda t: hit.thing(t, "infrastructure", "vehicle")):
        return True
    by_people = hit.any(hit.subjects, lambda t: hit.person(t) or hit.armed(t))
    return by_people and hit.any(hit.objects, lambda t: hit.thing(t, "area"))


def _captive(hit: Hit) -> bool:
    """A hostage by name, or somebody of whom the sentence tells that he was one: "the aid worker, kidnapped in March, was freed"."""
    if _captives(hit) or any(
        lemma(p) in hit.words.lists["captives"] for t in hit.objects for p in prepositional(t, "of")
    ):
        return True
    taken = any(lemma(t) in hit.words.lists["captivity"] for t in hit.token.sent)
    return taken and hit.any(hit.objects, lambda t: hit.person(t) and not hit.area(t))


def _contraband(hit: Hit) -> bool:
    if lemma(hit.token) in ("find", "discover", "recover", "capture", "intercept", "uncover", "unearth"):
        return hit.any(
            hit.objects, lambda t: hit.weapon(t) is not None or lemma(t) in ("cache", "arsenal", "cocaine", "heroin")
        )
    return hit.any(
        hit.objects, lambda t: hit.weapon(t) is not None or (hit.thing(t, "goods", "vehicle") and not hit.person(t))
    )


def _military_argument(hit: Hit) -> bool:
    if lemma(hit.token) in ("send", "dispatch", "station", "mass", "arm", "train", "recruit"):
        of_them = hit.any(hit.objects, hit.armed) or (lemma(hit.token) == "mass" and by_force.force_masses(hit))
        by_them = hit.any(hit.subjects, lambda t: hit.kind_of(t) == "armed_group") and hit.any(hit.objects, hit.person)
        return of_them or by_them
    return (
        hit.any(hit.objects + hit.subjects, hit.armed)
        or hit.any(hit.objects, lambda t: hit.weapon(t) is not None)
        or (not hit.verbal and any(lemma(c) in ("troop", "force", "military") for c in hit.token.children))
    )


def _armed(hit: Hit) -> bool:
    if hit.verbal:
        return hit.any(hit.subjects, lambda t: hit.armed(t) or t.ent_type_ in ("NORP", "GPE"))
    if lemma(hit.token) == "battle":
        return hit.any(hit.subjects + hit.objects, hit.armed) or any(hit.area(t) for t in hit.objects)
    return True


def _person_or_violent(hit: Hit) -> bool:
    return not hit.verbal or hit.any(hit.objects, hit.person)


def _violent_context(hit: Hit) -> bool:
    if not hit.verbal:
        return True
    if lemma(hit.token) in ("die", "perish") and hit.any(hit.subjects, lambda t: t.pos_ == "PROPN" and not hit.area(t)):
        return True
    return hit.any(hit.objects + hit.subjects, hit.person)


def _ban_object(hit: Hit) -> bool:
    """A ban by a state, or of armed people, weapons or crowds; a burn ban or the smoking ban is none."""
    kinds = [c for c in hit.token.children if c.dep_ == "compound" and c.pos_ == "NOUN"] if not hit.verbal else []
    if kinds and not any(hit.weapon(c) or lemma(c) in CROWDS or hit.armed(c) for c in kinds):
        return False
    by_state = hit.any(hit.subjects, lambda t: t.ent_type_ == "GPE" or hit.kind_of(t) in STATES)
    of_force = _weapon_object(hit) or hit.any(hit.objects, lambda t: hit.armed(t) or t.ent_type_ in ("GPE", "NORP"))
    crowd = hit.any(hit.objects + hit.against, lambda t: lemma(t) in CROWDS)
    return by_state or of_force or crowd


def _weapon_object(hit: Hit, categories: Collection[str] | None = None) -> bool:
    """Whether a weapon is its object; technical devices and household chemicals are none."""
    everyday, arming = hit.words.lists["everyday"], hit.words.lists["arming"]
    for token in hit.objects:
        category = hit.weapon(token)
        if category is None or (categories is not None and category not in categories):
            continue
        meant = hit.meant(token)
        if lemma(meant) not in everyday or any(lemma(c) in arming for c in meant.children) or len(hit.categories) > 1:
            return True
    return False


def _unconventional(hit: Hit) -> bool:
    """Such a weapon that is used; one that is deployed is used only where it is against somebody."""
    stationed = lemma(hit.token) in ("deploy", "deployment") and not prepositional(hit.token, "against", "on")
    return not stationed and _weapon_object(hit, UNCONVENTIONAL)


def _of_category(*categories: str) -> Callable[[Hit], bool]:
    return lambda hit: hit.any(hit.objects, lambda t: hit.weapon(t) in categories)


def _by_explosives(hit: Hit) -> bool:
    """ "a bomb destroyed the bank", "was destroyed with dynamite"; "the mine destroyed the valley" is as often one of copper."""
    means = (*hit.subjects, *prepositional(hit.token, "with"))
    return any(hit.weapon(t) == "explosive" and lemma(t) != "mine" for t in means)


def _captives(hit: Hit) -> bool:
    return hit.any(hit.objects, lambda t: lemma(hit.meant(t)) in hit.words.lists["captives"])


def _protests(hit: Hit) -> bool:
    if hit.verbal:
        said = any(
            c.dep_ == "ccomp" or (c.dep_ == "dobj" and lemma(hit.token) != "protest") for c in hit.token.children
        )
        return not said and hit.any(hit.subjects, hit.person)
    return not _is_filed(hit.token)


def _is_filed(protest: Token) -> bool:
    """ "filed a protest", "upheld the protest", "a formal protest": on paper, before a court or an agency."""
    above = protest.head
    filed = protest.dep_ in ("dobj", "nsubjpass") and lemma(above) in (
        "file",
        "lodge",
        "uphold",
        "sustain",
        "adjudicate",
    )
    return filed or any(c.dep_ == "amod" and c.lower_ in ("formal", "legal", "official") for c in protest.children)


def _listed(hit: Hit, tokens: tuple[Token, ...], name: str) -> bool:
    return any(lemma(hit.meant(t)) in hit.words.lists[name] for t in tokens)


def _protesters(hit: Hit) -> bool:
    """A crowd that rallies, marches, blocks a road; for "rally" and its like the crowd may be the noun's own."""
    crowd = _listed(hit, hit.subjects, "crowd")
    if not hit.verbal:
        return crowd or any(
            lemma(c) in hit.words.lists["crowd"] or lemma(c) in ("protest", "street", "mass", "anti-government")
            for c in hit.token.children
        )
    if lemma(hit.token) in ("block", "blockade", "occupy"):
        return crowd and hit.any(hit.objects, lambda t: hit.area(t) or hit.thing(t, "infrastructure"))
    return crowd and (
        lemma(hit.token) not in ("gather", "chant")
        or any(lemma(p) in ("square", "street", "parliament", "ministry", "slogan") for p in hit.token.subtree)
    )


def _force_and_area(hit: Hit) -> bool:
    """Troops that withdraw from a town, or lose it."""
    forces = hit.any(hit.subjects, hit.armed) or (
        lemma(hit.token) in ("drive", "push", "expel") and hit.any(hit.objects, hit.armed)
    )
    where = [
        p
        for c in hit.token.children
        if c.dep_ == "prep" and c.lower_ in ("from", "into", "on", "out", "to", "toward", "towards")
        for p in c.children
    ]
    where += [
        p for c in hit.token.children if c.dep_ == "prep" and c.lower_ == "out" for q in c.children for p in q.children
    ]
    return forces and (any(hit.area(p) for p in where) or hit.any(hit.objects, hit.area))


def _signed(hit: Hit) -> bool:
    """A pact that is signed, a treaty that is broken, a peace agreement."""
    if hit.verbal:
        return True
    if any(
        lemma(c) in ("peace", "ceasefire", "truce", "withdrawal", "disarmament", "prisoner")
        for c in hit.token.children
        if c.dep_ in ("compound", "amod")
    ):
        return True
    head = hit.token.head
    made = hit.token.dep_ in ("dobj", "nsubjpass") and lemma(head) in (
        "sign",
        "broker",
        "ratify",
        "violate",
        "break",
        "breach",
    )
    if lemma(hit.token) == "peace" and lemma(head) in ("violate", "break", "breach"):
        return False  # "violated the peace of the festival"
    return made and (
        hit.any(hit.subjects, lambda t: t.head.lower_ != "with" and (hit.armed(t) or t.ent_type_ in ("GPE", "NORP")))
        or lemma(hit.token) in ("accord", "pact", "treaty", "peace")
    )


def _war_on_side(hit: Hit) -> bool:
    """War on a country, a people or somebody armed; a price war is none, nor is a war on waste."""
    kinds = {
        lemma(c)
        for war in hit.objects
        for c in war.children
        if c.dep_ == "compound" or (c.dep_ == "amod" and lemma(c) in hit.words.lists["adjectival"])
    }
    return kinds <= {"guerrilla", "proxy", "border"} and hit.any(
        hit.against, lambda t: hit.armed(t) or t.ent_type_ in ("GPE", "NORP")
    )


def _searched_by_force(hit: Hit) -> bool:
    forces = hit.any(hit.subjects, lambda t: hit.kind(t) in ("police", "military", "intelligence"))
    if hit.verbal:
        return forces and hit.any(hit.objects, lambda t: hit.area(t) or hit.thing(t, "infrastructure", "vehicle"))
    return forces or any(
        lemma(c) in ("house", "house-to-house", "police", "army", "military", "security") for c in hit.token.children
    )


def _counted(hit: Hit) -> bool:
    """ "19 bodies", "the bodies of 12 men", "the death toll rose to 45"."""
    numbers = [c for t in (hit.token, *hit.objects) for c in t.children if c.dep_ == "nummod"]
    verb = hit.token.head
    numbers += (
        [p for c in verb.children if c.dep_ in ("prep", "dobj", "attr") for p in (c, *c.children) if p.pos_ == "NUM"]
        if verb.pos_ in ("VERB", "AUX")
        else []
    )
    numbers += [
        p for c in hit.token.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children if p.pos_ == "NUM"
    ]
    return bool(numbers)


def _crowd(hit: Hit) -> bool:
    """Protesters, and people of a kind that gathers in crowds: "students threw stones", not "a student"."""
    several = tuple(t for t in hit.subjects if t.tag_ in ("NNS", "NNPS"))
    return _listed(hit, hit.subjects, "crowds") or _listed(hit, several, "crowd")


def _crowd_and_armed(hit: Hit) -> bool:
    """Protesters who clash with police; students who do, but not workers who clash with guards over pay: that may be talk."""
    over = any(t.dep_ == "prep" and t.lower_ in ("over", "about") for t in hit.token.subtree)
    crowd = _listed(hit, hit.subjects, "crowds") if over else _crowd(hit)
    return crowd and any(
        hit.armed(p) for c in hit.token.children if c.dep_ == "prep" and c.lower_ == "with" for p in c.children
    )


def _control_of_area(hit: Hit) -> bool:
    under = [
        p
        for c in hit.token.children
        if c.dep_ == "dobj"
        for q in c.children
        if q.dep_ == "prep" and q.lower_ in ("of", "over")
        for p in q.children
    ]
    return any(hit.area(t) or hit.thing(t, "infrastructure") for t in under)


def _hostile_code(hit: Hit) -> bool:
    return not hit.verbal or hit.any(hit.objects, lambda t: t.pos_ in ("NOUN", "PROPN"))


NEEDS: Mapping[str, Callable[[Hit], bool]] = {
    "target_object": _target_object,
    "person_object": _person_object,
    "person": lambda hit: (
        (
            not hit.verbal
            and not any(lemma(t) in hit.words.nominal for t in hit.objects)
            and not is_carrying_out(hit.token)
        )
        or hit.any(hit.objects + hit.against, hit.person)
        or (hit.any(hit.subjects, hit.armed) and not _listed(hit, hit.objects, "papers"))
    ),
    "area": lambda hit: hit.any(hit.objects, lambda t: hit.area(t) or hit.thing(t, "infrastructure")),
    "armed": _armed,
    "weapon": _weapon,
    "bombing_context": lambda hit: (
        not any(
            c.dep_ in ("compound", "amod")
            and lemma(c) in ("population", "gas", "cambrian", "methane", "boiler", "price")
            for c in hit.token.children
        )
    ),
    "explosive_object": _of_category("explosive", "incendiary"),
    "projectile_object": _of_category(*PROJECTILES),
    "vehicle": lambda hit: not hit.verbal or hit.any(hit.objects, lambda t: hit.thing(t, "vehicle") or hit.person(t)),
    "armed_takes_area": _armed_takes_area,
    "falls_to": lambda hit: hit.any(hit.subjects, hit.area),
    "burned_by_people": _burned_by_people,
    "captive_word": _captive,
    "vehicle_object": lambda hit: hit.any(
        hit.objects, lambda t: hit.thing(t, "vehicle") or lemma(t) in hit.words.lists["planes"] | {"bomber", "fighter"}
    ),
    "missile_object": _of_category("missile", "artillery"),
    "drone_by_defence": _drone_by_defence,
    "drone_object": _of_category("drone"),
    "no_projectile": lambda hit: not hit.any(hit.objects, lambda t: hit.weapon(t) in ("missile", "artillery")),
    "property": lambda hit: (
        not hit.verbal or hit.any(hit.objects, lambda t: hit.thing(t, "infrastructure", "vehicle", "area"))
    ),
    "unconventional_weapon": _unconventional,
    "person_or_violent": _person_or_violent,
    "violent_context": _violent_context,
    "not_house": lambda hit: (
        not any(lemma(p) == "hospital" for c in hit.token.children if c.dep_ == "prep" for p in c.children)
        and not any(lemma(c) in hit.words.lists["no_arrest"] for c in hit.token.children)
        and (lemma(hit.token) != "apprehension" or any(c.lower_ in ("of", "by") for c in hit.token.children))
        and (not hit.verbal or not hit.objects or hit.any(hit.objects, lambda t: hit.person(t) or t.pos_ == "PROPN"))
    ),
    "captive_object": _captive_object,
    "contraband_object": _contraband,
    "armed_or_area": lambda hit: (
        not hit.verbal
        or hit.any(hit.subjects, hit.armed)
        or hit.any(hit.objects, lambda t: hit.area(t) or hit.thing(t, "infrastructure"))
    ),
    "area_object": _area_object,
    "weapon_object": lambda hit: _weapon_object(hit) and is_moved(hit),
    "put_out_of_action": put_out_of_action,
    "military_argument": _military_argument,
    "cyber": _hostile_code,
    "crowd": _protests,
    "unrest": lambda hit: not hit.verbal or hit.any(hit.subjects, hit.person),
    "authority": lambda hit: (
        not hit.verbal
        or hit.any(hit.objects, lambda t: t.ent_type_ in ("GPE", "ORG", "NORP", "PERSON") or hit.armed(t))
    ),
    "ban_object": _ban_object,
    "captive": lambda hit: hit.any(
        hit.objects,
        lambda t: (
            hit.person(t)
            and (
                lemma(t) not in ("staff", "employee", "worker")
                or any(lemma(p) in hit.words.lists["held_in"] for q in hit.token.children for p in q.children)
            )
        ),
    ),
    "projectile_subject": lambda hit: hit.any(hit.subjects, lambda t: hit.weapon(t) in ("missile", "artillery")),
    "drone_subject": lambda hit: hit.any(hit.subjects, lambda t: hit.weapon(t) == "drone"),
    "explosive_subject": _by_explosives,
    "parcel_subject": lambda hit: _listed(hit, hit.subjects, "parcels"),
    "sprayed": lambda hit: (
        any(hit.weapon(p) == "firearm" for c in hit.token.children if c.dep_ == "prep" for p in c.children)
        and bool(hit.objects)
    ),
    "both_armed": lambda hit: (
        hit.any(hit.subjects, hit.armed)
        and (
            hit.any(hit.objects, hit.armed)
            or hit.any(hit.against, hit.armed)
            or any(
                hit.armed(p) for c in hit.token.children if c.dep_ == "prep" and c.lower_ == "with" for p in c.children
            )
        )
    ),
    "property_by_armed": lambda hit: (
        hit.any(hit.objects, lambda t: hit.thing(t, "infrastructure", "vehicle")) and hit.any(hit.subjects, hit.armed)
    ),
    "person_by_hand": lambda hit: (
        hit.any(hit.objects, lambda t: hit.person(t) and t.pos_ != "NUM") and hit.any(hit.subjects, hit.person)
    ),
    "captive_person": lambda hit: (
        hit.any(hit.objects, hit.person) and (hit.any(hit.subjects, hit.armed) or _captives(hit))
    ),
    "weapon_or_noun": lambda hit: not hit.verbal or hit.any(hit.objects, lambda t: hit.weapon(t) is not None),
    "cyber_object": lambda hit: (
        _listed(hit, hit.objects, "systems")
        and any(
            lemma(t) in ("hacker", "malware", "virus", "ransomware", "cyber", "hack", "intruder")
            for t in (*hit.subjects, *hit.token.subtree)
        )
    ),
    "protesters": _protesters,
    "force_and_area": _force_and_area,
    "force_moves_in": force_moves_in,
    "people_by_state": lambda hit: (
        hit.any(hit.objects, hit.person)
        and hit.any(hit.subjects, lambda t: t.ent_type_ in ("GPE", "NORP") or hit.kind(t) in STATES)
    ),
    "dispersed_crowd": dispersed_crowd,
    "searched_by_force": _searched_by_force,
    "signed": _signed,
    "war_on_side": _war_on_side,
    "restricted_object": lambda hit: (
        _listed(hit, hit.objects, "closed")
        and hit.any(hit.subjects, lambda t: t.ent_type_ in ("GPE", "NORP", "ORG") or hit.kind(t) in STATES)
    ),
    "shots": lambda hit: any(lemma(t) in ("shot", "gunshot", "gunfire", "bullet") for t in hit.subjects),
    "counted": _counted,
    "struck": struck,
    "destroyed_by_planes": destroyed_by_planes,
    "threatens_people": threats.threatens_people,
    "threat_to_people": threats.threat_to_people,
    "robbed_by_force": threats.robbed_by_force,
    "captor": by_force.held_by_them,
    "boarded_by_force": by_force.boarded_by_force,
    "boarded_by_band": by_force.boarded_by_band,
    "band_takes_people": by_force.band_takes_people,
    "force_takes_people": by_force.force_takes_people,
    "force_takes_weapons": by_force.force_takes_weapons,
    "surrounded_by_force": by_force.surrounded_by_force,
    "mined": by_force.mined,
    "mailed_bomb": by_force.mailed_bomb,
    "vehicle_by_armed": by_force.vehicle_by_armed,
    "arms_people": by_force.arms_people,
    "prisoners_exchanged": by_force.prisoners_exchanged,
    "freed_captive": by_force.freed_captive,
    "held_in_the_street": by_force.held_in_the_street,
    "fired_their_way": by_force.fired_their_way,
    "vehicle_into": lambda hit: (
        hit.any(hit.subjects + hit.objects, lambda t: hit.thing(t, "vehicle"))
        and not any(c.lower_ == "off" and c.i == hit.token.i + 1 for c in hit.token.children)  # into the night
    ),
    "suicide_bomber": lambda hit: hit.any(
        hit.subjects, lambda t: lemma(t) == "bomber" and any(lemma(c) == "suicide" for c in t.children)
    ),
    "parcel_object": lambda hit: _listed(hit, hit.objects, "parcels"),
    "thrown_by_crowd": _crowd,
    "crowd_and_armed": _crowd_and_armed,
    "held_there": lambda hit: (
        hit.token.dep_ == "pobj"
        and lemma(hit.token.head.head) in hit.words.lists["stays"]
        and hit.any(hit.objects, hit.person)
        and not any(c.lower_ == "of" for c in hit.token.children)
    ),
    "surrenders": lambda hit: (
        hit.any(hit.subjects, lambda t: hit.armed(t) or hit.person(t))
        and not any(c.dep_ == "dobj" for c in hit.token.children)
    ),
    "control_of_area": _control_of_area,
}
