"""code: Annotated -> EventDraft. Which words name an act, of what type, by whom, against whom, with what.

Triggers are verbs, nouns, and compounds of both (`_candidates`); who stands around them comes from the dependency parse (`_scene`);
what only repeats or results from another act is folded into it (`_folding`). Frames and their conditions are data (``triggers.toml``);
the types are the codebook's. Whether a draft is an incident at all is for `sift` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from reportedly.records import EventType
from reportedly.stages._candidates import Candidate, How, candidates
from reportedly.stages._folding import GENERIC, folded, unique
from reportedly.stages._lists import with_conjuncts
from reportedly.stages._needs import NEEDS, Hit
from reportedly.stages._phrases import ancestors, hands, is_ruled_out, offsets, prepositional
from reportedly.stages._scene import BLASTS, WHEN, KindOf, Scene
from reportedly.stages._weapons import FoundWeapon, find_weapons
from reportedly.stages._words import CodeWords, Frame, Part, lemma
from reportedly.stages.drafts import Annotated, Argument, EventDraft, WeaponMention

MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
REFINED = frozenset({"raid", "bombing", "mission"})
"""Words of an exact type that a modifier can still change: an air raid, a suicide mission."""
FRONTED = frozenset({"on", "in", "since"})
"""What may open a sentence with a day."""
GLOSSES = {"[": "]", "(": ")"}
LIMBS = frozenset(
    {
        "head",
        "leg",
        "arm",
        "chest",
        "stab",
        "gunshot",
        "brain",
        "burn",
        "neck",
        "back",
        "hand",
        "facial",
        "spinal",
        "eye",
    }
)
"""What a wound is in."""
LONGEST_GLOSS = 14
"""Words of an acronym's full name in brackets."""


def code(annotated: Annotated, words: CodeWords, kind_of: KindOf = lambda token: None) -> tuple[EventDraft, ...]:
    """Every act that the sentences of an article name, in the order of the text.

    Args:
        annotated: the parsed article.
        words: the lexicons.
        kind_of: the kind of actor (``armed_group``, ``military``…) that a token stands for, as far as the article tells.
    """
    drafts: list[EventDraft] = []
    before: tuple[FoundWeapon, ...] = ()
    for sentence in annotated.sentences:
        hits = list(candidates(sentence, words))
        weapons = find_weapons(sentence, words)
        if hits:
            drafts += _SentenceCoder(Scene(sentence, words, kind_of, weapons, before)).drafts(hits)
        before = weapons
    return tuple(drafts)


class _SentenceCoder:
    """Codes the candidates of one sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.words = scene, scene.words

    def drafts(self, found: Sequence[Candidate]) -> list[EventDraft]:
        """The acts of the sentence: for each candidate the first frame whose needs are met."""
        out: list[EventDraft] = []
        for candidate in found:
            hit = self.scene.hit(candidate)
            for key, frame in candidate.frames:
                if frame.needs is None or NEEDS[frame.needs](hit):
                    out.append(self._draft(hit, candidate.how, key, frame))
                    break
        out += self._ones(out)
        return folded(out, self.scene.sentence, self.words)

    def _draft(self, hit: Hit, how: How, key: str, frame: Frame) -> EventDraft:
        token = hit.token
        parts = self._arguments(hit, how, key, frame)
        foiled = how == "noun" and self._is_foiled_in_headline(token)
        actors = () if foiled else unique(parts["actor"])  # who foils an act is no actor of it
        weapons = self._weapons_of(hit)
        event_type, why = self._type(hit, how, key, frame, weapons, actors)
        trigger = self._trigger(token, how, key)
        if frame.weapon is not None and not weapons and event_type == frame.type:
            weapons = (WeaponMention(frame.weapon, *trigger),)
        return EventDraft(
            event_type=event_type,
            token=token.i,
            trigger=trigger,
            sentence=self.scene.sentence.index,
            actors=actors,
            recipients=unique(parts["recipient"]),
            weapons=weapons,
            rule=f"code.{how}:{key}{why}",
            strong=self._is_strong(token, frame, event_type),
            consequence=frame.consequence,
            stage="foiled" if foiled else frame.stage,
            scope=self._scope(token, how),
            anchors=self._anchors(token, how),
        )

    def _arguments(self, hit: Hit, how: How, key: str, frame: Frame) -> dict[Part, list[Argument]]:
        """Who stands around the trigger, each in the part that the frame gives to that place."""
        parts: dict[Part, list[Argument]] = {"actor": [], "recipient": [], "weapon": [], "none": []}
        places: tuple[tuple[Part, tuple[Token, ...]], ...] = (
            (frame.subject, hit.subjects),
            (frame.of if how == "noun" else frame.object, hit.objects),
            ("recipient", hit.against),
        )
        for place, tokens in places:
            for token in tokens:
                part = self._part(token, place, hit, how, frame)
                if part is not None and not self._is_nobody(token, part, key):
                    parts[part].append(self._argument(token, f"code.{part}:{token.dep_}", hit, how))
        for preposition, part in frame.preps.items():
            for token in (t for t in with_conjuncts(prepositional(hit.token, preposition)) if t.ent_type_ not in WHEN):
                parts[part].append(self._argument(token, f"code.{part}:{preposition}", hit, how))
        for token in with_conjuncts(hands(hit.token)):
            parts["actor"].append(self._argument(token, "code.actor:hands", hit, how))
        glossed = [a for a in parts["actor"] if a.end > offsets(hit.token.doc[a.token])[1]]
        for side in (parts["actor"], parts["recipient"]):  # what the parser makes of the words behind the gloss
            side[:] = [r for r in side if not any(a.start < r.start < a.end for a in glossed)]
        return parts

    def _part(self, token: Token, place: Part, hit: Hit, how: How, frame: Frame) -> Part | None:
        """The part of a token that stands in `place`: a weapon is a weapon wherever it stands, an event is no participant."""
        if place == "recipient" and _is_of_an_address(token):
            return None
        if place == "actor" and token.pos_ == "PRON" and any(t.i in hit.categories for t in hit.objects):
            return place  # "they hurled explosives": whoever they are
        if _is_rocked(token, hit) and frame.type not in BLASTS:
            return "recipient" if frame.type == "attack" and hit.thing(token, "infrastructure") else None
        if self._is_struck(token, hit):
            return "recipient"
        if token.i in hit.categories and token.ent_type_ != "ORG":
            flies = place == "actor" and hit.categories[token.i] == "aircraft"
            return place if flies or frame.type == "seizure" else "weapon"
        if how == "noun" and place == "recipient" and token in hit.subjects:
            return None
        if place == "weapon" and token in hit.subjects and self._is_wielder(token, hit):
            return "actor"  # "the brigade detonated a bomb": the bomb is the weapon, the brigade is not
        if place in ("actor", "recipient") and (self.scene.is_event(token) or token.tag_ == "VBG"):
            return None
        if place == "actor" and how == "noun" and frame.of == "none" and frame.consequence:
            return None  # the town's toll, the official toll
        if place == "recipient" and frame.type == "armed_clash" and how == "noun" and hit.area(token):
            return None  # "the battle of Velm" was there
        if place == "recipient" and frame.type == "armed_clash" and hit.armed(token):
            return "actor"
        return place

    def _is_wielder(self, token: Token, hit: Hit) -> bool:
        """ "Rebels destroyed the mill with dynamite", "the brigade detonated a bomb": whoever has a weapon is none."""
        who = hit.armed(token) or hit.person(token) or token.ent_type_ == "ORG"
        return any(t.i in hit.categories for t in hit.objects) or (who and not self.scene.is_event(token))

    def _is_nobody(self, token: Token, part: Part, key: str) -> bool:
        """Dates, pronouns for nobody, parts of the trigger itself, and what cannot act."""
        base = lemma(token)
        if token.ent_type_ in WHEN or token.lower_ in self.words.lists["nobody"] or base in key.split("_"):
            return True
        if is_ruled_out(token) or base.endswith("self") or token.lower_ == "themselves":
            return True
        if part == "actor" and key == "blow_up" and (base in self.words.lists["parcels"] or base == "it"):
            return True  # "a car blew up"
        if part == "actor" and base in self.words.things["vehicle"] and key in self.words.lists["bears"]:
            return True  # "intercepted a truck carrying rifles"
        if part == "recipient" and token.dep_ == "compound" and base in LIMBS:
            return True  # "suffered head injuries"
        if part == "recipient" and any(lemma(t) in self.words.lists["shots"] for t in prepositional(token, "of")):
            return True  # "fired a total of eleven shots"
        if part == "recipient" and (base in self.words.lists["shots"] or self._is_day(token)):
            return True  # "the shots that were fired at him", "the attempt on 3 May"
        if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP"):
            return True  # "an attack on what it claimed were officers"
        numbered = token.pos_ == "NUM" and token.text[0].isdigit()
        denied = any(c.lower_ == "no" and c.nbor().text != "." for c in token.lefts)  # but "No. 1 troops"
        return part == "actor" and (numbered or denied or base in self.words.lists["inanimate"])

    def _is_day(self, token: Token) -> bool:
        """ "3 MAY", "Sept.11": in capitals the parser does not know the months."""
        first, last = token.doc[max(token.i - 1, 0)], token.doc[min(token.i + 1, len(token.doc) - 1)]
        month = token.lower_.rstrip(".0123456789")
        numbered = token.text[-1].isdigit() or first.like_num or last.like_num
        return numbered and month in self.words.lists["months"]

    def _argument(self, token: Token, rule: str, hit: Hit, how: How) -> Argument:
        start, end = offsets(token)
        start = max(_after_day(token, start), _after_mark(token, start))
        end = _after_gloss(token, end)
        if token.i == hit.token.head.i and how == "verb" and hit.token.dep_ == "compound":
            start = hit.token.nbor().idx  # a headline's verb before its object
        return Argument(token.i, start, end, rule)

    def _trigger(self, token: Token, how: How, key: str) -> tuple[int, int]:
        """The words that name the act: "blew up", "car bomb attack", "state of emergency"."""
        first, end = token, token.idx + len(token.text)
        after = "_of_" in key or "_on_" in key or ("_" in key and how == "verb")
        if after:
            end = self._phrase_end(token, key, end)
        elif "_" in key:
            hyphens = sum(t.text == "-" for t in token.doc[max(token.i - 3, 0) : token.i])
            first = token.doc[max(token.i - len(key.split("_")) + 1 - hyphens, self.scene.sentence.tokens.start)]
        return min(first.idx, token.idx), end

    def _is_foiled_in_headline(self, token: Token) -> bool:
        """ "Police foil embassy plot", which the parser takes for one long noun."""
        before = token.doc[self.scene.sentence.tokens.start + 1 : token.i] if self.scene.sentence.headline else ()
        return any(t.dep_ == "compound" and lemma(t) in self.words.lists["foils"] for t in before)

    def _is_strong(self, token: Token, frame: Frame, event_type: EventType) -> bool:
        threatened = token.dep_ == "pobj" and token.head.lower_ == "with" and lemma(token.head.head) == "threaten"
        return frame.support == "strong" or threatened or event_type not in (frame.type, "attack")

    def _phrase_end(self, token: Token, key: str, end: int) -> int:
        """ "opened fire", "blew up": the trigger reaches to its second word where that follows at once."""
        parts = set(key.split("_")[1:])
        for distance, after in enumerate(token.doc[token.i + 1 : token.i + 4]):
            if lemma(after) in parts or after.lower_ in parts:
                end = after.idx + len(after.text)
            elif after.lower_ == "of" or (distance and after.pos_ != "ADP"):
                break
        return end

    def _scope(self, token: Token, how: How) -> int | None:
        top = self.scene.top(token) if how == "noun" else token
        return top.i if top is not token else None

    def _weapons_of(self, hit: Hit) -> tuple[WeaponMention, ...]:
        """Weapons that hang on the trigger, or that its pronouns stand for."""
        out: list[WeaponMention] = []
        above = (
            hit.token.head
            if hit.token.dep_ in ("xcomp", "advcl") and lemma(hit.token.head) in self.words.lists["uses"]
            else None
        )
        for found in self.scene.weapons:
            token = hit.token.doc[found.head]
            if token.i not in hit.categories or any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
                continue  # "attacked the mine", "no bullets were used"
            first = token
            while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
                first = first.head
            used = above is not None and first.dep_ == "dobj" and first.head.i == above.i
            used = used or any(self._bears(argument, first) for argument in hit.subjects)
            if token.i == hit.token.i or used or self._hangs_on(token, hit.token):
                out.append(found.mention)
        for argument in (a for a in hit.objects + hit.subjects if not self._is_struck(a, hit)):
            pronoun = self.scene.pronoun_weapons.get(argument.i)
            if pronoun is not None and argument.i in hit.categories:
                mention = WeaponMention(pronoun.mention.category, argument.idx, argument.idx + len(argument.text))
                out.append(
                    mention if pronoun.first > argument.i or pronoun not in self.scene.weapons else pronoun.mention
                )
            out += [
                found.mention
                for found in self.scene.weapons
                if found.first <= argument.i <= found.head and found.head in hit.categories and found.mention not in out
            ]
        return tuple(dict.fromkeys(out))

    def _is_struck(self, token: Token, hit: Hit) -> bool:
        """ "one strike destroyed a tank": the tank is no weapon of the strike."""
        first = token
        while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN"):
            first = first.head
        verb = top = first.head
        while top.dep_ == "conj" and top.head.pos_ == "VERB" and not any(c.dep_ == "nsubj" for c in top.children):
            top = top.head  # "struck a camp and destroyed a tank"
        if first.dep_ == "nsubjpass" and hit.token.dep_ == "pobj" and hit.token.head.head.i == verb.i:
            struck = lemma(verb) in self.words.lists["harms"] and lemma(verb) != "engage"
            return not hit.verbal and struck  # "was destroyed in the strike"
        harmed = first.dep_ == "dobj" and hit.token.dep_ == "nsubj" and top.i == hit.token.head.i
        return not hit.verbal and harmed and lemma(verb) in self.words.lists["harms"]

    def _bears(self, actor: Token, weapon: Token) -> bool:
        """ "a man armed with a knife", "a bomber carrying explosives"."""
        above = weapon.head.head if weapon.head.dep_ == "prep" and weapon.head.lower_ in ("with", "of") else weapon.head
        while above.dep_ in ("acl", "relcl") and lemma(above) in self.words.lists["bears"]:
            if above.head.i == actor.i:
                return True
            above = above.head.head  # "riding a motorcycle loaded with explosives"
        return False

    def _hangs_on(self, token: Token, trigger: Token) -> bool:
        for above in ancestors(token):
            if above.i == trigger.i:
                return True
            if above.pos_ in ("NOUN", "PROPN") and lemma(above) in self.words.nominal:
                return False
            if (
                above.pos_ == "VERB"
                and lemma(above) in self.words.verbs
                and lemma(above) not in self.words.lists["uses"]
            ):
                return False
        return False

    def _type(
        self, hit: Hit, how: How, key: str, frame: Frame, weapons: tuple[WeaponMention, ...], actors: Sequence[Argument]
    ) -> tuple[EventType, str]:
        """The frame's type, or what a modifier, a weapon or a suicide bomber makes of a generic one; and why."""
        by_actor = self._by_vehicle(hit, frame) or self._by_crowd(hit, frame) or _by_one(hit, frame)
        if by_actor is not None:
            return by_actor
        if frame.type in GENERIC or key in REFINED:
            by_modifier = self._by_modifier(hit.token)
            if by_modifier is not None:
                return by_modifier
        doc = hit.token.doc
        if frame.type in GENERIC or frame.type == "bombing":
            for argument in actors:
                if lemma(doc[argument.token]) == "bomber" and any(
                    lemma(c) == "suicide" for c in doc[argument.token].children
                ):
                    return "suicide_bombing", "+suicide bomber"
        if frame.type == "shelling" and how == "verb" and weapons and {w.category for w in weapons} == {"firearm"}:
            return "armed_assault", "+firearm"  # "fired a hail of bullets"
        if frame.type not in GENERIC:
            return frame.type, ""
        for weapon in weapons:
            made = self.words.triggers.by_weapon.get(weapon.category)
            if made is not None:
                return made, f"+{weapon.category}"
        return frame.type, ""

    def _by_modifier(self, token: Token) -> tuple[EventType, str] | None:
        """ "chemical attack", "suicide bomber strike"."""
        for child in token.children:
            if child.dep_ in MODIFIER_DEPS:
                for word in (child, *child.children):
                    kind = self.words.modifiers.get(lemma(word))
                    if kind is not None and word.dep_ in MODIFIER_DEPS:
                        return kind, f"+{lemma(word)}"
        return None

    def _by_vehicle(self, hit: Hit, frame: Frame) -> tuple[EventType, str] | None:
        """ "warplanes bombed": an air strike; "police stormed": a raid."""
        if frame.type in ("attack", "bombing", "killing", "shelling"):
            for subject in hit.subjects:
                if lemma(subject) in self.words.lists["planes"]:
                    return "air_strike", f"+{lemma(subject)}"
                if hit.weapon(subject) in ("aircraft", "drone"):
                    return ("air_strike" if hit.weapon(subject) == "aircraft" else "drone_strike"), f"+{lemma(subject)}"
        if lemma(hit.token) == "storm" and any(hit.kind(s) in ("police", "military") for s in hit.subjects):
            return "raid", "+police"
        return None

    def _by_crowd(self, hit: Hit, frame: Frame) -> tuple[EventType, str] | None:
        """What rioters do is a riot."""
        if frame.type in ("attack", "bombing", "armed_assault", "armed_clash", "arson", "melee_assault", "sabotage"):
            with_whom = with_conjuncts(prepositional(hit.token, "with")) if frame.type == "armed_clash" else []
            for subject in (*hit.subjects, *with_whom):
                if lemma(subject) in self.words.lists["crowds"]:
                    return "riot", f"+{lemma(subject)}"
        return None

    def _anchors(self, token: Token, how: How) -> tuple[int, ...]:
        """The verb that carries an event noun, or the "use" that an act is the purpose of."""
        if (
            how == "noun"
            and token.dep_ in ("dobj", "nsubjpass")
            and token.head.pos_ == "VERB"
            and lemma(token.head) not in self.words.lists["aftermath"]
        ):
            return (token.head.i,)
        if how == "verb" and token.dep_ in ("xcomp", "advcl") and lemma(token.head) in self.words.lists["uses"]:
            return (token.head.i,)
        return ()

    def _ones(self, drafts: list[EventDraft]) -> list[EventDraft]:
        """ "25 plots … including one in February": an event of the same type, told apart from the rest."""
        out: list[EventDraft] = []
        doc = self.scene.sentence.tokens.doc
        for token in self.scene.sentence.tokens:
            if (
                token.lower_ not in ("one", "another", "two", "three", "some")
                or token.dep_ not in ("pobj", "dobj", "appos", "conj")
                or token.pos_ not in ("NUM", "PRON", "NOUN")
            ):
                continue
            above = next(iter(ancestors(token)), None)
            if above is None or above.lower_ not in ("including", "include", "includes", "included"):
                continue
            whole = [d for d in drafts if d.token < token.i and doc[d.token].pos_ == "NOUN"]
            if whole:
                one = self._one(token, whole[-1])
                out.append(one)
                drafts[drafts.index(whole[-1])] = self._without(whole[-1], one)
        return out

    def _without(self, whole: EventDraft, one: EventDraft) -> EventDraft:
        """`whole` without the weapons that only `one` of it had."""
        kept = tuple(w for w in whole.weapons if w not in one.weapons or w.start < whole.trigger[1])
        frame_type = whole.event_type if kept or not whole.weapons else "attack"
        return replace(whole, weapons=kept, event_type=frame_type)

    def _one(self, token: Token, whole: EventDraft) -> EventDraft:
        weapons = tuple(
            w.mention for w in self.scene.weapons if w.first > token.i or self._hangs_on(token.doc[w.head], token)
        )
        event_type = whole.event_type
        for weapon in weapons:
            event_type = (
                self.words.triggers.by_weapon.get(weapon.category, event_type) if event_type in GENERIC else event_type
            )
        return replace(
            whole,
            event_type=event_type,
            token=token.i,
            trigger=(token.idx, token.idx + len(token.text)),
            weapons=weapons,
            rule=f"{whole.rule}/one-of",
            anchors=(),
            scope=whole.token if whole.scope is None else whole.scope,
        )


def _is_of_an_address(token: Token) -> bool:
    """ "Hugo Reyes, 23, of Mill Street, Velm was arrested": Velm is where he lives, though the parser makes it a subject too."""
    if token.dep_ != "nsubjpass" or token.ent_type_ == "PERSON" or token.pos_ != "PROPN":
        return False
    return any(c.dep_ == "nsubjpass" and c.i < token.i and c.ent_type_ == "PERSON" for c in token.head.lefts)


def _is_rocked(token: Token, hit: Hit) -> bool:
    """ "Killings rocked the east side": it was shaken, and is nobody's victim."""
    verb = token.head
    return not hit.verbal and token.dep_ == "dobj" and lemma(verb) in ("rock", "shake") and verb.i == hit.token.head.i


def _after_day(head: Token, start: int) -> int:
    """ "On 3 May rebel units attacked": the parser takes the day for a part of their name."""
    first = next((t for t in head.lefts for t in t.subtree if t.idx >= start), head)
    fronted = first if first.lower_ in FRONTED else first.nbor(-1) if first.i else first
    opens = fronted.lower_ in FRONTED and (
        fronted.is_sent_start or fronted.nbor(-1).is_punct or fronted.nbor(-1).lower_ == "that"
    )
    while (
        opens
        and first.i < head.i
        and first.tag_ not in ("VBN", "JJ")
        and (first.ent_type_ in WHEN or first.i == fronted.i)
    ):
        first = first.nbor()
    return max(start, first.idx) if opens else start


def _after_mark(head: Token, start: int) -> int:
    """ "[TEXT] Rebel units attacked": an agency's mark before the words is no part of them."""
    opened = 0
    for token in head.doc[head.left_edge.i : head.i]:
        if token.idx >= start:
            opened += (token.text == "[") - (token.text == "]")
        if opened < 0:
            return token.nbor().idx
    return start


def _after_gloss(head: Token, end: int) -> int:
    """ "an NLF [National Liberation Front] fighter": the fighter, though the parser stops at the bracket."""
    doc = head.doc
    opening = next((t for t in doc[head.i + 1 : head.i + 2] if t.text in GLOSSES), None)
    if opening is None or not (head.pos_ == "PROPN" or head.text.isupper()):
        return end
    closing = next((t for t in doc[opening.i : opening.i + LONGEST_GLOSS] if t.text == GLOSSES[opening.text]), None)
    after = closing.nbor() if closing is not None and closing.i + 1 < len(doc) else opening
    last = after
    while last.i + 1 < len(doc) and last.nbor().pos_ == "NOUN" and last.pos_ in ("NOUN", "ADJ", "PROPN"):
        last = last.nbor()
    names_people = last.pos_ == "NOUN" and last.ent_type_ not in WHEN and last.i > opening.i
    return last.idx + len(last) if names_people else end


def _by_one(hit: Hit, frame: Frame) -> tuple[EventType, str] | None:
    """One man's rampage is an attack: a riot needs more."""
    if frame.type != "riot" or lemma(hit.token) != "rampage" or len(hit.subjects) != 1:
        return None
    one = hit.subjects[0]
    alone = one.tag_ == "NN" or one.lower_ in ("he", "she") or (one.tag_ == "NNP" and one.ent_type_ == "PERSON")
    return ("attack", "+one") if alone and lemma(one) not in hit.words.lists["crowds"] else None
