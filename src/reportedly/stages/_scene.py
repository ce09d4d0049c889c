"""One sentence as `code` sees it: its weapons, and who stands around a trigger in which part of the parse."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from reportedly.records import WeaponCategory
from reportedly.stages._above import FAULTS, Above, on_whom, told
from reportedly.stages._candidates import Candidate
from reportedly.stages._implied import implied
from reportedly.stages._lists import with_conjuncts
from reportedly.stages._needs import ARMED, Hit
from reportedly.stages._phrases import (
    agents,
    is_passive,
    is_said_of,
    objects,
    prepositional,
    subjects,
    whose,
)
from reportedly.stages._weapons import FoundWeapon
from reportedly.stages._words import CodeWords, Frame, lemma
from reportedly.stages.drafts import Sentence

KindOf = Callable[[Token], str | None]
ROADS = frozenset({"road", "street", "avenue", "boulevard", "lane", "drive", "highway", "rd.", "st.", "ave.", "blvd."})
AGAINST = ("on", "against", "upon", "targeting", "toward", "towards")
BLASTS = frozenset({"bombing", "suicide_bombing", "arson", "shelling", "air_strike", "drone_strike"})
ASSAULTS = frozenset({"attack", "armed_assault"})
OFFICES = frozenset({"office", "headquarters", "residence", "house", "home", "embassy", "consulate"})
"""Whose they are, is meant."""
BESIDE = ("outside", "near", "at", "in", "inside", "under", "beside", "through", "underneath")
OWNED = frozenset(
    {
        "attack",
        "armed_assault",
        "armed_clash",
        "bombing",
        "suicide_bombing",
        "shelling",
        "air_strike",
        "drone_strike",
        "unconventional_attack",
        "raid",
        "cyber_attack",
        "protest",
        "riot",
        "mobilisation",
        "looting",
        "weapons_activity",
    }
)
UNREST = frozenset({"protest", "riot"})
"""Of "Norland's protests" the country is where they are."""
WAGED = frozenset(
    {"offensive", "counteroffensive", "counter-offensive", "crackdown", "onslaught", "gunfire", "gunshot", "rampage"}
)
"""What is always its owner's: "the general's offensive"."""
TARGETED = frozenset({"attack", "armed_assault", "arson", "raid", "looting", "sabotage", "hijacking"})
CARRIERS = frozenset({"operation", "campaign", "action", "act"})
"""What is of a kind of act that the word before it names: "sabotage operations against the pipeline"."""
WHEN = frozenset({"DATE", "TIME", "EVENT"})
STRANDING = frozenset({"during", "while", "when", "after", "in", "near", "by", "as", "again", "outside", "before"})
"""What follows a preposition that has lost what it governs."""
DOWNING = frozenset({"downing", "shootdown"})


def _aboard(token: Token) -> Token:
    """ "an explosion on board a ferry": the ferry; the parser makes it the subject of what follows, or a measure."""
    if token.lower_ != "board" or token.i == 0 or token.nbor(-1).lower_ != "on" or token.i + 1 >= len(token.doc):
        return token
    after = token.nbor()
    found = after.head if after.dep_ in ("det", "compound", "amod", "poss", "nummod") else after
    return found if found.i > token.i and found.pos_ in ("NOUN", "PROPN") else token


def _aboard_of(token: Token) -> Token | None:
    """The "board" that `token` stands behind."""
    first = token.left_edge.i
    before = token.doc[first - 1] if first > 1 else None
    return before if before is not None and before.i != token.i and _aboard(before).i == token.i else None


class Scene:
    """A sentence with its weapons. `hit` says who stands around a candidate."""

    def __init__(
        self,
        sentence: Sentence,
        words: CodeWords,
        kind_of: KindOf,
        weapons: tuple[FoundWeapon, ...],
        before: tuple[FoundWeapon, ...],
    ) -> None:
        self.sentence, self.words, self.kind_of, self.weapons = sentence, words, kind_of, weapons
        self.categories: dict[int, WeaponCategory] = {}
        for found in weapons:
            for number in range(found.first, found.head + 1):
                self.categories[number] = found.mention.category
        self.pronoun_weapons = self._pronouns(before)
        self.above = Above(words, self._can_be_hit)

    def _pronouns(self, before: tuple[FoundWeapon, ...]) -> dict[int, FoundWeapon]:
        """Pronouns that can stand for a weapon named before them: "chemical weapons … and use them"."""
        out: dict[int, FoundWeapon] = {}
        for token in self.sentence.tokens:
            if token.lower_ in ("it", "them", "they", "these", "those") and token.pos_ == "PRON":
                earlier = [w for w in self.weapons if w.head < token.i]
                choice = (
                    earlier[-1] if earlier else (before[0] if before and token.dep_ in ("nsubjpass", "dobj") else None)
                )
                if choice is not None:
                    out[token.i] = choice
        return out

    def hit(self, candidate: Candidate) -> Hit:
        """`candidate` with who does what to whom around it."""
        token, how, frames = candidate.token, candidate.how, candidate.frames
        categories: dict[int, str] = dict(self.categories)
        of_weapon = any(frame.object == "weapon" for _, frame in frames)
        if of_weapon:
            categories |= {number: found.mention.category for number, found in self.pronoun_weapons.items()}
        if how == "verb":
            doers, done = self._around_verb(token, *frames[0])
            if token.dep_ == "amod":  # "the murdered policeman"
                doers, done = [], [token.head]
            aims = ["against", "targeting"]
            if not is_passive(token) or any(
                t.i in categories for t in done
            ):  # "was shot at dawn" names no further target
                aims += ["at"] if lemma(token) in self.words.lists["aimed_at"] else []
                aims += AGAINST if lemma(token) in self.words.lists["aimed_on"] else []
            carried = [t for t in done if self._is_launched(t, frames[0][0])]
            against = [t for at in (token, *carried) for t in prepositional(at, *aims) if self._can_be_hit(t)]
            against += self._held(done, frames[0][0])
            against += self._beside(token, next((f for _, f in frames if f.type in BLASTS), frames[0][1]))
            if self._is_bare_passive(token, frames[0][1], doers, done):
                doers, done = agents(token), doers
        elif how == "noun":
            doers, done, against = self._around_noun(token, frames[0][1])
        else:
            doers, done, against = [], self._of_adjective(token), []
        done, against = [_aboard(t) for t in done], [_aboard(t) for t in against]
        doers = [is_said_of(self._essence(t)) for t in doers if _aboard_of(t) is None]
        done = with_conjuncts([is_said_of(t) for t in done] if how == "verb" else done, self._are_two)
        if lemma(token) in DOWNING or (how == "verb" and any(self._is_attacked(token, frame) for _, frame in frames)):
            for target in done:
                if lemma(target) in self.words.lists["attacked"]:
                    categories.pop(target.i, None)
        return Hit(
            token,
            how == "verb",
            tuple(with_conjuncts(doers)),
            tuple(done + self._among(done, token)),
            tuple(with_conjuncts(against, self._are_two)),
            categories,
            self.kind_of,
            self.words,
        )

    def _are_two(self, noun: Token, after: Token) -> bool:
        """ "the hall, a bank, and": the bank is another building."""
        thing = any(lemma(after) in self.words.things[kind] for kind in ("infrastructure", "vehicle"))
        another = noun.pos_ == "NOUN" and lemma(noun) != lemma(after) and lemma(noun) not in self.words.people
        return thing and another

    def _is_medium(self, token: Token) -> bool:
        """ "celebrated the attack on Twitter": where it was spoken of."""
        return token.lower_ in self.words.lists["media"]

    def _is_attacked(self, verb: Token, frame: Frame) -> bool:
        """ "attacked a mine" is done to it; what hits a mine does nothing to it."""
        return frame.object == "recipient" and frame.type in TARGETED and lemma(verb) not in ("hit", "strike")

    def _among(self, done: list[Token], trigger: Token) -> list[Token]:
        """ "killed nine people, including the mayor": the mayor. The parser hangs him on the people or on the verb."""
        people = [t for t in done if lemma(t) in self.words.people or t.pos_ == "NUM"]
        verb = trigger if trigger.pos_ == "VERB" else trigger.head
        above = [*people, *([verb] if people and verb.pos_ == "VERB" else [])]
        inner = with_conjuncts([p for t in above for p in prepositional(t, "including")])
        return [t for t in inner if (t.pos_ == "PROPN" and t.ent_type_ != "GPE") or lemma(t) in self.words.people]

    def _essence(self, token: Token) -> Token:
        """ "a series of air strikes killed": the strikes did; so did the attack in "an attack at the cafe which killed"."""
        inner = [t for t in prepositional(token, "of") if self.is_event(t)]
        if inner and lemma(token) in self.words.lists["runs"]:
            return inner[0]
        if lemma(token) == "name":
            return next(iter(prepositional(token, "of")), token)
        owner = self._behind_matter(token)
        if owner is not None:
            return owner
        placed = (
            token.dep_ == "pobj" and token.head.lower_ in (*BESIDE, "on", "against") and self.is_event(token.head.head)
        )
        return token.head.head if placed and lemma(token) in self.words.things["infrastructure"] else token

    def _behind_matter(self, token: Token) -> Token | None:
        """ "concerns about Norland, which fired a missile", "the head of the brigade, which attacked": Norland and the brigade did."""
        if token.pos_ != "NOUN" or token.i in self.categories or self.is_event(token):
            return None
        inner = [t for t in prepositional(token, "about", "over", "of", "from", "with", "by") if self._acts(t)]
        clause = next((c for c in token.children if c.dep_ == "relcl" or (c.dep_ == "acl" and c.tag_ == "VBG")), None)
        last = inner[-1] if inner else None
        if last is None or clause is None or not 0 < clause.left_edge.i - last.i <= 2:
            return None
        of_a_thing = lemma(token) in self.words.people and any(c.lower_ == "which" for c in clause.children)
        return last if of_a_thing or not self._acts(token) else None

    def _acts(self, token: Token) -> bool:
        named = token.ent_type_ in ("GPE", "ORG", "NORP", "PERSON")
        return named or lemma(token) in self.words.people or self.kind_of(token) is not None

    def _around_verb(self, token: Token, key: str, frame: Frame) -> tuple[list[Token], list[Token]]:
        if token.pos_ in ("NOUN", "PROPN"):  # a headline's verb between two nouns
            return [token.nbor(-1)], [token.head]
        doers = [] if frame.consequence and self._is_result_of_another(token) else subjects(token)
        if not doers and token.dep_ == "pcomp" and token.head.head.lower_ in FAULTS:  # "those responsible for killing"
            doers = self.above.responsible(token.head.head)
        if not doers and is_passive(token):
            doers = implied(token, self.words, self._acts)
        return doers, objects(token) + self._of_particle(token, key, frame) + self._let_go(token, key)

    def _let_go(self, token: Token, key: str) -> list[Token]:
        """ "let go two captives": the captives are the parser's objects of the going."""
        going = [c for c in token.children if key == "let_go" and c.dep_ in ("xcomp", "ccomp") and c.lower_ == "go"]
        return [t for go in going for t in objects(go)]

    def _is_result_of_another(self, verb: Token) -> bool:
        """ "police hunt a man whose bag exploded, wounding nine": the bag did, though the parser hangs the wounding on the hunt."""
        if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.head.i > verb.i:
            return False
        between = verb.doc[verb.head.i + 1 : verb.i]
        return any(t.dep_ == "relcl" and t.tag_ == "VBD" and 0 < verb.i - t.right_edge.i <= 2 for t in between)

    def _held(self, done: list[Token], key: str) -> list[Token]:
        """ "took two teachers hostage": the parser may make the teachers a part of the hostage."""
        return [
            c
            for t in done
            if lemma(t) in key.split("_")
            for c in t.children
            if c.dep_ in ("compound", "nmod") and lemma(c) in self.words.people
        ]

    def _is_launched(self, thing: Token, key: str) -> bool:
        """ "fired two shells at Tarvik", "waged war on the islands": the parser may hang the aim on what is fired or waged."""
        return thing.dep_ == "dobj" and (thing.i in self.categories or lemma(thing) in key.split("_"))

    def _beside(self, token: Token, frame: Frame) -> list[Token]:
        """What a blast goes off beside: "exploded outside a courthouse"; a town is its place."""
        if frame.type not in BLASTS:
            return []
        near = (t for edge in prepositional(token, *BESIDE) for t in self._behind(edge))
        return [
            t
            for t in near
            if self._can_be_hit(t)
            and t.ent_type_ not in ("GPE", "LOC", "NORP")
            and lemma(t) not in self.words.things["area"]
            and not self._is_bare_name(t)
            and not self._is_carrier(t)
        ]

    def _at_office(self, token: Token, frame: Frame) -> list[Token]:
        """ "an attack at the offices of the bank" strikes them; one "at a market" may strike whoever was there."""
        if frame.type not in ASSAULTS:
            return []
        return [
            t
            for t in prepositional(token, "at")
            if lemma(t) in OFFICES and any(c.dep_ in ("poss", "compound") or c.lower_ == "of" for c in t.children)
        ]

    def _is_carrier(self, token: Token) -> bool:
        """ "a bomb planted in a car": the car carries it; "in the minister's car" it is meant for whoever drives it."""
        hidden = token.dep_ == "pobj" and token.head.lower_ in ("in", "inside")
        told = any(c.dep_ in ("poss", "relcl", "acl") or c.lower_ in ("the", "of") for c in token.children)
        return hidden and not told and lemma(token) in self.words.lists["carrying_bombs"]

    def _behind(self, edge: Token) -> list[Token]:
        """ "at the entrance to a school": the school."""
        return prepositional(edge, "of", "to") if lemma(edge) in self.words.lists["edges"] else [edge]

    def _is_bare_name(self, token: Token) -> bool:
        """ "near San Marcos": a name without a word that makes it a person, a body or a building is where it was."""
        return (
            token.pos_ == "PROPN"
            and (token.ent_type_ in ("", "FAC", "PERSON") or (token.ent_type_ == "ORG" and not list(token.children)))
            and not any(lemma(token) in group for group in self.words.things.values())
            and not any(lemma(c) in self.words.people or c.dep_ in ("poss", "appos") for c in token.children)
        )

    def _is_bare_passive(self, token: Token, frame: Frame, doers: list[Token], done: list[Token]) -> bool:
        """ "Policeman shot dead": a headline leaves the auxiliary out; "nine are dead and dozens injured" does so anywhere."""
        loose = (
            self.sentence.headline
            or lemma(token) in self.words.lists["transitive"]
            or _is_one_more(token)
            or _is_shot_at(token)
            or _is_shot_dead(token)
        )
        bare = (
            loose
            and token.tag_ in ("VBD", "VBN")
            and bool(doers)
            and not done
            and frame.object == "recipient"
            and frame.subject == "actor"
        )
        aimed = lemma(token) in self.words.lists["aimed_at"] | self.words.lists["aimed_on"] and any(
            t.ent_type_ not in WHEN for t in prepositional(token, *AGAINST, "at")
        )
        whom = any(c.dep_ == "ccomp" for c in token.rights)  # "arrested what they called a bomber"
        return bare and not aimed and not whom and not any(c.dep_ in ("aux", "auxpass") for c in token.children)

    def _of_particle(self, token: Token, key: str, frame: Frame) -> list[Token]:
        """ "smuggled in weapons": the parser may take the particle for a preposition and the object for what it governs."""
        particle = key.partition("_")[2]
        if particle in frame.preps:
            return []
        return [
            p
            for c in token.children
            if particle and c.dep_ == "prep" and c.lower_ == particle
            for p in c.children
            if p.dep_ == "pobj"
        ]

    def _can_be_hit(self, token: Token) -> bool:
        """ "opened fire on a bus", not "used on several occasions", nor "a shooting on Mill Road"."""
        base = lemma(token)
        return (
            token.ent_type_ not in WHEN
            and not _is_road(token)
            and (
                token.ent_type_ in ("GPE", "NORP", "ORG", "FAC", "LOC", "PERSON")
                or base in self.words.people
                or token.pos_ == "PRON"
                or any(base in group for group in self.words.things.values())
            )
        )

    def _of_adjective(self, token: Token) -> list[Token]:
        """ "12 dead", "left 12 people dead", "were found dead", "among the dead were two clerks"."""
        head = token.head
        if head.lower_ == "among" and lemma(head.head) == "be":
            return [c for c in head.head.children if c.dep_ in ("nsubj", "attr")]
        if token.dep_ == "amod" or head.pos_ in ("NOUN", "PROPN", "NUM"):
            return [head]
        struck = [c for c in token.children if c.dep_ == "dobj"]  # "men in a van shot dead the mayor"
        counted = struck or [c for c in token.children if c.dep_ in ("nsubj", "nummod")]
        if counted or head.pos_ not in ("VERB", "AUX"):
            return counted
        return objects(head) if lemma(head) != "be" else subjects(head)

    def _around_noun(self, token: Token, frame: Frame) -> tuple[list[Token], list[Token], list[Token]]:
        doers: list[Token] = []
        done: list[Token] = []
        carrier = token.head if token.dep_ == "compound" and lemma(token.head) in CARRIERS else token
        for child in (*token.children, *(c for c in carrier.children if token not in (carrier, c))):
            dep = child.dep_
            if dep == "poss" and frame.type in UNREST and child.ent_type_ == "GPE":
                continue
            if dep == "poss" and child.tag_ == "WP$":
                (doers if self._is_owner(child, token, frame) else done).append(whose(child))
            elif dep == "poss":
                (doers if self._is_owner(child, token, frame) else done).append(child)
            elif dep in ("compound", "amod", "nmod"):
                if not (frame.type == "protest" and child.ent_type_ == "PERSON"):  # "the Ruiz rally"
                    self._modifier(child, done if frame.consequence and frame.of != "actor" else doers, done)
            elif dep in ("acl", "relcl") and child.pos_ == "VERB":
                self._clause(child, doers, done)
        doers += prepositional(token, "by") + self._coming_from(token, frame)
        if frame.type == "agreement":  # "a deal reached with Norland"
            doers += [t for c in token.children if c.dep_ == "acl" for t in prepositional(c, "with")]
        between = prepositional(token, "between")
        doers += between
        of = prepositional(token, "of") if not (between and frame.type == "armed_clash") else []
        (doers if frame.of == "actor" else done).extend(of)
        against = (
            [
                t
                for t in prepositional(carrier, *AGAINST)
                if t.ent_type_ not in WHEN
                and not _is_road(t)
                and (frame.type == "cyber_attack" or not self._is_medium(t))
            ]
            if frame.type != "agreement"
            else []
        )
        blamed = on_whom(self.top(token))
        against = (
            [t for t in against if blamed is None or t.i != blamed.i]
            + self._beside(token, frame)
            + self._at_office(token, frame)
            + self._aimed_at(carrier)
        )
        against = [
            owner
            for t in against
            for owner in ([c for c in t.children if c.dep_ == "poss"] if lemma(t) == "life" else [t])
        ]
        top = self.top(carrier)
        if top.dep_ == "nsubj" and lemma(top.head) in self.words.lists["occurs"]:
            against += self._beside(top.head, frame)
        self.above.find(token, top, doers, done)
        return doers, done, against

    def _coming_from(self, token: Token, frame: Frame) -> list[Token]:
        """ "attacks from the rebels", not "an attack from the sea"."""
        if frame.type not in OWNED:
            return []
        return [
            t
            for t in prepositional(token, "from")
            if t.ent_type_ in ("PERSON", "NORP") or lemma(t) in self.words.actors or self.kind_of(t) in ARMED
        ]

    def _clause(self, clause: Token, doers: list[Token], done: list[Token]) -> None:
        """ "an attack carried out by X", "a raid involving X", "attacks that are said to have been staged by X"."""
        verb = told(clause, self.words)
        if is_passive(verb):
            carried = lemma(verb) in self.words.light or lemma(verb) in ("claim", "back", "inspire")
            doers += subjects(verb) if carried else []
        elif clause.dep_ == "acl" and (lemma(verb) in self.words.lists["harms"] or lemma(verb) == "involve"):
            done += objects(verb)

    def _aimed_at(self, token: Token) -> list[Token]:
        """ "bombings aimed at civilians", "the attack was directed against the embassy", "a murder committed by rebels against the rector"."""
        verbs = [told(c, self.words) for c in token.children if c.dep_ in ("acl", "relcl")]
        verbs += [told(token.head, self.words)] if token.dep_ == "nsubjpass" else []
        verbs += [token.head] if token.dep_ == "dobj" and lemma(token.head) in self.words.light else []
        aimed = [(at, verb) for verb in verbs for at in (verb, *agents(verb))]  # "by rebels against the union"
        return [t for at, verb in aimed for t in prepositional(at, *self._aims(verb)) if self._can_be_hit(t)]

    def _aims(self, verb: Token) -> tuple[str, ...]:
        """The words after which a verb of an act names whom it is meant for."""
        if lemma(verb) in self.words.lists["aims"]:
            return ("at", *AGAINST)
        return ("against",) if lemma(verb) in self.words.light else ()

    def _is_owner(self, child: Token, token: Token, frame: Frame) -> bool:
        """ "the rebels' attack" is the rebels', "the ambassador's murder" is not his."""
        if frame.of != "recipient" or prepositional(token, "of", *AGAINST) or lemma(token) in WAGED:
            return True
        if lemma(token) in self.words.lists["massacres"] and (
            child.ent_type_ == "NORP" or lemma(child) in self.words.actors or self.kind_of(child) in ARMED
        ):
            return True
        names_doer = (
            lemma(child) in self.words.actors
            or self.kind_of(child) is not None
            or child.lower_ in ("their", "its", "his", "her", "our")
        )
        return frame.type in OWNED and names_doer

    def _modifier(self, child: Token, doers: list[Token], done: list[Token]) -> None:
        """ "rebel attack" is the rebels', "embassy attack" is on the embassy, "chemical attack" is neither's."""
        base = lemma(child)
        if base in self.words.modifiers or child.i in self.categories or base in self.words.lists["adjectival"]:
            return
        if child.ent_type_ == "NORP" and child.dep_ == "amod" and self._has_target(child.head):
            return
        if child.dep_ == "amod" and any(c.dep_ == "poss" for c in child.head.children):
            return  # "the rebels' largest military offensive" is the rebels'
        known = base in self.words.actors or child.ent_type_ == "NORP" or self.kind_of(child) is not None
        if known or (
            child.ent_type_ == "ORG" and child.text.isupper()
        ):  # of an unknown name one cannot say: "the Rolando bombing"
            doers.append(child)
        elif child.ent_type_ == "PERSON" or (child.dep_ != "amod" and self._is_target(child)):
            done.append(child)

    def _is_target(self, token: Token) -> bool:
        base = lemma(token)
        if base in self.words.people:
            return token.ent_type_ == ""
        return base in self.words.things["infrastructure"] or base in self.words.things["vehicle"]

    def _has_target(self, noun: Token) -> bool:
        """ "Turkish bus attack": the bus was attacked, and Turkish says where."""
        targets = (self.words.things["infrastructure"], self.words.things["vehicle"])
        return any(c.dep_ == "compound" and any(lemma(c) in group for group in targets) for c in noun.children)

    def top(self, token: Token) -> Token:
        """The event noun at the head of a coordination. In "raids on three ports plus a strike" the parser may hang the strike on
        the ports: an event that is coordinated with what another event is done to belongs beside that event."""
        top = token
        while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
            top = top.head
        if top is not token and top.dep_ == "pobj" and not self.is_event(top) and self.is_event(top.head.head):
            return self.top(top.head.head)
        return top

    def is_event(self, token: Token) -> bool:
        """True where `token` names an act and nobody's name holds it."""
        return (
            token.pos_ == "NOUN"
            and lemma(token) in self.words.nominal
            and lemma(token) not in self.words.people
            and token.ent_type_ == ""
        )


def _is_one_more(verb: Token) -> bool:
    """ "of men being shot and women raped": what comes second leaves the auxiliary out."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ == "VERB":
        first = first.head
    being = any(c.dep_ == "auxpass" and c.lower_ == "being" for c in first.children)
    return first is not verb and is_passive(first) and (verb.tag_ == "VBN" or being)


def _is_shot_at(verb: Token) -> bool:
    """ "Norland police shot at during a search": at them, for nothing else follows."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    bare = len(after) == 2 and after[0].lower_ == "at" and (after[1].is_punct or after[1].lower_ in STRANDING)
    return bare and lemma(verb) in ("shoot", "fire") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _is_shot_dead(verb: Token) -> bool:
    """ "Two men shot dead by police were brothers", "found a clerk shot dead in Tarvik": whoever is shot dead and shoots nobody."""
    after = verb.doc[verb.i + 1 : verb.i + 3]
    bare = (
        len(after) == 2
        and after[0].lower_ == "dead"
        and (after[1].is_punct or after[1].pos_ in ("ADP", "AUX", "SCONJ"))
    )
    return bare and verb.lemma_ == "shoot"


def _is_road(token: Token) -> bool:
    """ "Market Street": where a shooting was, and not what was shot at."""
    return token.tag_ == "NNP" and token.lower_ in ROADS
