"""code: Annotated -> EventDraft. Which words name an act, of what type, by whom, against whom, with what.

Triggers are verbs, nouns, and compounds of both; arguments come from the dependency parse. Frames and their conditions are
data (``triggers.toml``); the types are the codebook's. Whether a draft is an incident at all is for `sift` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from reportedly.records import EventType, WeaponCategory
from reportedly.stages._needs import NEEDS, Hit
from reportedly.stages._phrases import (
    ancestors,
    is_passive,
    objects,
    offsets,
    prepositional,
    subjects,
    with_conjuncts,
)
from reportedly.stages._weapons import FoundWeapon, find_weapons
from reportedly.stages._words import CodeWords, Frame, lemma
from reportedly.stages.drafts import Annotated, Argument, EventDraft, Sentence, WeaponMention

KindOf = Callable[[Token], str | None]
GENERIC = frozenset({"attack", "killing"})
AGAINST = ("on", "against", "upon", "targeting", "toward", "towards")
AIMED = frozenset({"fire", "shoot", "throw", "hurl", "lob", "aim", "launch", "swing", "open"})
MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "poss", "npadvmod"})
BLAMES = frozenset({"blame", "accuse", "suspect", "condemn", "charge", "arrest", "convict", "jail", "indict", "wanted", "responsible"})
BLAMED_ON = {"attribute": ("to",), "blame": ("on",), "ascribe": ("to",), "pin": ("on",), "link": ("to",)}
BLASTS = frozenset({"bombing", "suicide_bombing", "arson", "shelling", "air_strike", "drone_strike"})
BESIDE = ("outside", "near", "at", "in", "inside", "under", "beside", "through", "by", "underneath")
USES = frozenset({"use", "employ", "deploy"})
NOBODY = frozenset({"which", "who", "whom", "nobody", "none", "one", "no-one", "that", "this", "kind"})
CARRIERS = frozenset(
    {"attempt", "bid", "plot", "plan", "threat", "campaign", "wave", "series", "spree", "operation", "mission", "incident", "effort", "order", "drive", "outbreak",
     "deal", "talk", "agreement"}
)
WHEN = frozenset({"DATE", "TIME", "EVENT"})
CROWDS = frozenset({"rioter", "mob", "crowd", "protester", "protestor", "demonstrator", "looter"})
REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself", "self"})
EVENT_VERB = frozenset({"kill", "injure", "wound", "hit", "target", "strike", "destroy", "damage", "leave", "claim", "rock", "shake", "tear", "devastate", "maim"})


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
        hits = list(_candidates(sentence, words))
        weapons = find_weapons(sentence, words)
        if hits:
            reader = _SentenceCoder(sentence, words, kind_of, weapons, before)
            drafts += reader.drafts(hits)
        before = weapons
    return tuple(drafts)


def _candidates(sentence: Sentence, words: CodeWords) -> Iterator[tuple[Token, str, list[tuple[str, Frame]]]]:
    """Tokens that may be triggers, how (verb, noun, adjective), and the frames to try, the more exact first."""
    for token in sentence.tokens:
        pos = token.pos_
        if pos == "VERB" or (pos == "ADJ" and token.tag_ in ("VBN", "VBD", "VBG")):
            base = lemma(token)
            frames = [(key, f) for key in _verb_keys(token, base, words) for f in words.verbs.get(key, ())]
            if frames and token.dep_ not in ("amod", "compound"):
                yield token, "verb", frames
        elif pos in ("NOUN", "PROPN"):
            base = lemma(token)
            frames = [(key, f) for key in _noun_keys(token, base) for f in words.nominal.get(key, ())]
            if token.dep_ in ("compound", "nmod") and not _carries(token.head, words):
                continue
            if frames and not (pos == "PROPN" and token.ent_type_ in ("PERSON", "ORG", "PRODUCT", "WORK_OF_ART") and "_" not in frames[0][0]):
                yield token, "noun", frames
        elif pos == "ADJ" and token.lower_ in words.adjectives:
            yield token, "adjective", [(token.lower_, f) for f in words.adjectives[token.lower_]]


def _carries(head: Token, words: CodeWords) -> bool:
    """Whether a noun leaves the event before it an event: "murder attempt", not "riot police", "murder trial", "death toll"."""
    base = lemma(head)
    return base in CARRIERS or (base in words.nominal and base not in words.people)


def _verb_keys(token: Token, base: str, words: CodeWords) -> list[str]:
    """``blow_up`` and the like before ``blow``."""
    keys: list[str] = []
    if base in words.phrasal:
        for child in token.children:
            if child.dep_ in ("prt", "advmod", "dobj", "acomp", "oprd", "prep", "npadvmod", "xcomp", "ccomp"):
                part = "self_up" if child.lower_ in REFLEXIVE and base == "blow" else lemma(child)
                keys.append(f"{base}_{part}")
                if child.dep_ == "dobj":  # "took dozens of hostages"
                    keys += [f"{base}_{lemma(inner)}" for inner in prepositional(child, "of")]
                if child.dep_ == "prep":
                    keys += [f"{base}_{child.lower_}_{lemma(inner)}" for inner in child.children if inner.dep_ == "pobj"]
        if token.i + 1 < len(token.doc):
            keys.append(f"{base}_{token.nbor().lower_}")
        keys = list(dict.fromkeys(key for key in keys if key in words.verbs))
    return [*keys, base]


def _noun_keys(token: Token, base: str) -> list[str]:
    """``suicide_bomb_attack``, ``bomb_attack``, ``attack``."""
    keys = [base]
    doc, at, joined = token.doc, token.i, base
    for back in (1, 2, 3):
        if at - back < 0 or doc[at - back].is_space or (doc[at - back].is_sent_start is True and back > 1 and doc[at - back + 1].is_sent_start):
            break
        previous = doc[at - back]
        if previous.text == "-":
            continue
        joined = f"{lemma(previous)}_{joined}"
        keys.append(joined)
        if doc[at - back].is_sent_start:
            break
    after = doc[at + 1].lower_ if at + 1 < len(doc) else ""
    if after == "of" and at + 2 < len(doc):
        keys.append(f"{base}_of_{lemma(doc[at + 2])}")
    return keys[::-1]


class _SentenceCoder:
    """Codes the candidates of one sentence."""

    def __init__(
        self, sentence: Sentence, words: CodeWords, kind_of: KindOf, weapons: tuple[FoundWeapon, ...], before: tuple[FoundWeapon, ...]
    ) -> None:
        self.sentence, self.words, self.kind_of, self.weapons = sentence, words, kind_of, weapons
        self.categories: dict[int, WeaponCategory] = {}
        for found in weapons:
            for number in range(found.first, found.head + 1):
                self.categories[number] = found.mention.category
        self.pronoun_weapons = self._pronouns(before)

    def _pronouns(self, before: tuple[FoundWeapon, ...]) -> dict[int, FoundWeapon]:
        """Pronouns that can stand for a weapon named before them: "chemical weapons … and use them"."""
        out: dict[int, FoundWeapon] = {}
        for token in self.sentence.tokens:
            if token.lower_ in ("it", "them", "they", "these", "those") and token.pos_ == "PRON":
                earlier = [w for w in self.weapons if w.head < token.i]
                choice = earlier[-1] if earlier else (before[0] if before and token.dep_ in ("nsubjpass", "dobj") else None)
                if choice is not None:
                    out[token.i] = choice
        return out

    def drafts(self, hits: list[tuple[Token, str, list[tuple[str, Frame]]]]) -> list[EventDraft]:
        out: list[EventDraft] = []
        for token, how, frames in hits:
            hit = self._hit(token, how, frames)
            for key, frame in frames:
                if frame.needs is None or NEEDS[frame.needs](hit):
                    out.append(self._draft(hit, how, key, frame))
                    break
        out += self._ones(out)
        return _folded(out, self.sentence, self.words)

    def _hit(self, token: Token, how: str, frames: list[tuple[str, Frame]]) -> Hit:
        categories: dict[int, str] = dict(self.categories)
        of_weapon = any(frame.object == "weapon" for _, frame in frames)
        if of_weapon:
            categories |= {number: found.mention.category for number, found in self.pronoun_weapons.items()}
        if how == "verb":
            doers, done = subjects(token), objects(token) + self._of_particle(token, frames[0][0])
            aims = ("at",) if lemma(token) in AIMED else ()
            against = [t for t in prepositional(token, *AGAINST, *aims) if self._can_be_hit(t)]
            if frames[0][1].type in BLASTS:
                against += [t for t in prepositional(token, *BESIDE) if self._can_be_hit(t) and t.ent_type_ not in ("GPE", "LOC", "NORP")]
            if self._is_headline_passive(token, frames[0][1], doers, done):
                doers, done = [], doers
        elif how == "noun":
            doers, done, against = self._around_noun(token, frames[0][1])
        else:
            doers, done, against = [], self._of_adjective(token), []
        return Hit(
            token, how == "verb", tuple(with_conjuncts(doers)), tuple(with_conjuncts(done)), tuple(with_conjuncts(against)),
            categories, self.kind_of, self.words,
        )

    def _is_headline_passive(self, token: Token, frame: Frame, doers: list[Token], done: list[Token]) -> bool:
        """"Policeman shot dead": a headline leaves the auxiliary out."""
        bare = self.sentence.headline and token.tag_ in ("VBD", "VBN") and bool(doers) and not done and frame.object == "recipient" and frame.subject == "actor"
        return bare and not any(c.dep_ in ("aux", "auxpass") for c in token.children) and not prepositional(token, *AGAINST, "at")

    def _of_particle(self, token: Token, key: str) -> list[Token]:
        """"smuggled in weapons": the parser may take the particle for a preposition and the object for what it governs."""
        particle = key.partition("_")[2]
        return [p for c in token.children if particle and c.dep_ == "prep" and c.lower_ == particle for p in c.children if p.dep_ == "pobj"]

    def _can_be_hit(self, token: Token) -> bool:
        """"opened fire on a bus", not "used on several occasions"."""
        base = lemma(token)
        return token.ent_type_ not in WHEN and (
            token.ent_type_ in ("GPE", "NORP", "ORG", "FAC", "LOC", "PERSON") or base in self.words.people or token.pos_ == "PRON"
            or any(base in group for group in self.words.things.values())
        )

    def _of_adjective(self, token: Token) -> list[Token]:
        """"12 dead", "left 12 people dead", "were found dead"."""
        head = token.head
        if token.dep_ == "amod" or head.pos_ in ("NOUN", "PROPN", "NUM"):
            return [head]
        counted = [c for c in token.children if c.dep_ in ("nsubj", "nummod")]
        if counted or head.pos_ not in ("VERB", "AUX"):
            return counted
        return objects(head) if lemma(head) != "be" else subjects(head)

    def _around_noun(self, token: Token, frame: Frame) -> tuple[list[Token], list[Token], list[Token]]:
        doers: list[Token] = []
        done: list[Token] = []
        for child in token.children:
            dep = child.dep_
            if dep == "poss":
                (done if frame.of == "recipient" else doers).append(child)
            elif dep in ("compound", "amod", "nmod"):
                self._modifier(child, doers, done)
            elif dep == "acl" and child.pos_ == "VERB":
                if is_passive(child):
                    doers += subjects(child) if lemma(child) in self.words.light or lemma(child) in ("claim", "back", "inspire") else []
                elif lemma(child) in EVENT_VERB or lemma(child) == "involve":
                    done += objects(child)
        doers += prepositional(token, "by")
        between = prepositional(token, "between")
        doers += between
        of = prepositional(token, "of") if not (between and frame.type == "armed_clash") else []
        (doers if frame.of == "actor" else done).extend(of)
        against = [t for t in prepositional(token, *AGAINST) if t.ent_type_ not in WHEN] if frame.type != "agreement" else []
        if frame.type in BLASTS:
            against += [t for t in prepositional(token, *BESIDE) if self._can_be_hit(t) and t.ent_type_ not in ("GPE", "LOC", "NORP")]
        self._governed(token, doers, done)
        return doers, done, against

    def _modifier(self, child: Token, doers: list[Token], done: list[Token]) -> None:
        base = lemma(child)
        if base in self.words.modifiers or child.i in self.categories:
            return
        if base in self.words.actors or child.ent_type_ in ("NORP",) or self.kind_of(child) is not None or child.ent_type_ == "ORG":
            doers.append(child)
        elif child.ent_type_ == "PERSON" or (child.dep_ != "amod" and any(base in self.words.things[k] for k in ("infrastructure", "vehicle"))) or (child.dep_ != "amod" and base in self.words.people and child.ent_type_ == ""):
            done.append(child)

    def _governed(self, token: Token, doers: list[Token], done: list[Token]) -> None:
        """What the verb or adjective above an event noun says of who did it and to whom."""
        top = self._top(token)
        head = top.head
        doers += self._blamed(token, top)
        if top.dep_ == "nsubj" and head.pos_ == "VERB":
            doers += prepositional(head, "between")
        if top.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB" and lemma(head) in self._light(token):
            doers += subjects(head)
        elif top.dep_ in ("pobj", "pcomp") and head.dep_ in ("prep", "prt"):
            above = head.head
            if above.pos_ == "VERB" and lemma(above) in BLAMES and head.lower_ in ("for", "of", "over"):
                doers += [c for c in objects(above)]
            elif above.lower_ in ("responsible", "responsibility") and head.lower_ == "for":
                doers += self._responsible(above)
            elif head.lower_ == "behind" and above.pos_ in ("AUX", "NOUN", "PROPN"):
                doers += subjects(above) if above.pos_ == "AUX" else [above]
            elif above.pos_ == "VERB" and lemma(above) in self.words.light and head.lower_ in ("out", "on"):
                doers += subjects(above)
            elif lemma(above) == "threaten" and head.lower_ == "with":
                doers += subjects(above)
                done += objects(above)
        elif top.dep_ in ("nsubj",) and head.pos_ == "VERB" and lemma(head) in EVENT_VERB:
            done += objects(head)

    def _responsible(self, word: Token) -> list[Token]:
        """"the person responsible for", "X was responsible for", "X claimed responsibility for"."""
        if word.dep_ in ("amod", "acl", "relcl", "appos") and word.head.pos_ in ("NOUN", "PROPN"):
            return [word.head]
        verb = next((t for t in ancestors(word) if t.pos_ in ("VERB", "AUX")), None)
        return subjects(verb) if verb is not None else []

    def _blamed(self, token: Token, top: Token) -> list[Token]:
        """"attributed to X", "blamed on X", of the noun or of the relative clause after it."""
        verbs = [c for c in token.children if c.dep_ in ("relcl", "acl")]
        verbs += [top.head] if top.dep_ == "nsubjpass" else []
        return [t for verb in verbs for t in prepositional(verb, *BLAMED_ON.get(lemma(verb), ()))]

    def _light(self, token: Token) -> frozenset[str]:
        """The verbs that carry an event such as `token`: one signs a truce, one does not sign a bombing."""
        formal = any(f.type in ("agreement", "restriction", "protest", "release") for f in self.words.nominal.get(lemma(token), ()))
        return self.words.light | self.words.formal if formal else self.words.light

    def _top(self, token: Token) -> Token:
        """The event noun at the head of a coordination. In "attacks on four cities plus a strike" the parser may hang the strike on
        the cities: an event that is coordinated with what another event is done to belongs beside that event."""
        top = token
        while top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
            top = top.head
        if top is not token and top.dep_ == "pobj" and not self._is_event(top) and self._is_event(top.head.head):
            return self._top(top.head.head)
        return top

    def _draft(self, hit: Hit, how: str, key: str, frame: Frame) -> EventDraft:
        token = hit.token
        parts: dict[str, list[Argument]] = {"actor": [], "recipient": [], "weapon": [], "none": []}
        weapons = self._weapons_of(hit)
        for place, tokens in ((frame.subject, hit.subjects), (frame.object if how != "noun" else frame.of, hit.objects), ("recipient", hit.against)):
            for argument in tokens:
                part = place
                if place == "actor" and argument.pos_ == "NUM" and argument.text[0].isdigit():
                    continue
                if argument.ent_type_ in WHEN or argument.lower_ in NOBODY or lemma(argument) in key.split("_"):
                    continue
                if argument.i in hit.categories and argument.ent_type_ != "ORG":
                    part = place if (place == "actor" and hit.categories[argument.i] == "aircraft") or frame.type == "seizure" else "weapon"
                elif how == "noun" and place == "recipient" and argument in hit.subjects:
                    continue
                if part == "recipient" and frame.type == "armed_clash":
                    part = "actor" if hit.armed(argument) else "recipient"
                if self._is_event(argument) and part in ("actor", "recipient"):
                    continue
                start, end = offsets(argument)
                parts[part].append(Argument(argument.i, start, end, f"code.{part}:{argument.dep_}"))
        for preposition, part in frame.preps.items():
            for argument in with_conjuncts(prepositional(token, preposition)):
                start, end = offsets(argument)
                parts[part].append(Argument(argument.i, start, end, f"code.{part}:{preposition}"))
        event_type, why = self._type(hit, how, key, frame, weapons, parts["actor"])
        first = token
        if "_" in key and how == "noun":
            first = token.doc[max(token.i - len(key.split("_")) + 1, self.sentence.tokens.start)]
        start, end = min(first.idx, token.idx), token.idx + len(token.text)
        if "_" in key and how == "verb":
            end = self._phrase_end(token, key, end)
        if frame.weapon is not None and not weapons and event_type == frame.type:
            weapons = (WeaponMention(frame.weapon, start, end),)
        return EventDraft(
            event_type, token.i, (start, end), self.sentence.index, _unique(parts["actor"]), _unique(parts["recipient"]), weapons,
            rule=f"code.{how}:{key}{why}", strong=self._is_strong(token, frame, event_type), consequence=frame.consequence,
            stage=frame.stage, scope=self._scope(token, how), anchors=self._anchors(token, how),
        )

    def _is_strong(self, token: Token, frame: Frame, event_type: EventType) -> bool:
        threatened = token.dep_ == "pobj" and token.head.lower_ == "with" and lemma(token.head.head) == "threaten"
        return frame.support == "strong" or threatened or event_type not in (frame.type, "attack")

    def _phrase_end(self, token: Token, key: str, end: int) -> int:
        """"opened fire", "blew up": the trigger reaches to its second word where that follows at once."""
        parts = set(key.split("_")[1:])
        for after in token.doc[token.i + 1 : token.i + 3]:
            if lemma(after) in parts or after.lower_ in parts:
                return after.idx + len(after.text)
        return end

    def _scope(self, token: Token, how: str) -> int | None:
        top = self._top(token) if how == "noun" else token
        return top.i if top is not token else None

    def _is_event(self, token: Token) -> bool:
        return token.pos_ == "NOUN" and lemma(token) in self.words.nominal and lemma(token) not in self.words.people and token.ent_type_ == ""

    def _weapons_of(self, hit: Hit) -> tuple[WeaponMention, ...]:
        """Weapons that hang on the trigger, or that its pronouns stand for."""
        out: list[WeaponMention] = []
        for found in self.weapons:
            token = hit.token.doc[found.head]
            if token.i == hit.token.i or self._hangs_on(token, hit.token):
                out.append(found.mention)
        for argument in hit.objects + hit.subjects:
            pronoun = self.pronoun_weapons.get(argument.i)
            if pronoun is not None and argument.i in hit.categories:
                mention = WeaponMention(pronoun.mention.category, argument.idx, argument.idx + len(argument.text))
                out.append(mention if pronoun.first > argument.i or pronoun not in self.weapons else pronoun.mention)
            out += [found.mention for found in self.weapons if found.first <= argument.i <= found.head and found.mention not in out]
        return tuple(dict.fromkeys(out))

    def _hangs_on(self, token: Token, trigger: Token) -> bool:
        for above in ancestors(token):
            if above.i == trigger.i:
                return True
            if above.pos_ in ("NOUN", "PROPN") and lemma(above) in self.words.nominal:
                return False
            if above.pos_ == "VERB" and lemma(above) in self.words.verbs and lemma(above) not in USES:
                return False
        return False

    def _type(
        self, hit: Hit, how: str, key: str, frame: Frame, weapons: tuple[WeaponMention, ...], actors: list[Argument]
    ) -> tuple[EventType, str]:
        """The frame's type, or what a modifier, a weapon or a suicide bomber makes of a generic one."""
        made = self._by_vehicle(hit, frame) or self._by_crowd(hit, frame)
        if made is not None:
            return made
        if frame.type not in GENERIC and key not in ("raid", "bombing", "mission"):
            return frame.type, ""
        for child in hit.token.children:
            if child.dep_ in MODIFIER_DEPS:
                for word in (child, *child.children):
                    kind = self.words.modifiers.get(lemma(word))
                    if kind is not None and word.dep_ in MODIFIER_DEPS:
                        return kind, f"+{lemma(word)}"
        if frame.type not in GENERIC:
            return frame.type, ""
        doc = hit.token.doc
        for argument in actors:
            if lemma(doc[argument.token]) == "bomber" and any(lemma(c) == "suicide" for c in doc[argument.token].children):
                return "suicide_bombing", "+suicide bomber"
        for weapon in weapons:
            made = self.words.triggers.by_weapon.get(weapon.category)
            if made is not None:
                return made, f"+{weapon.category}"
        return frame.type, ""

    def _by_vehicle(self, hit: Hit, frame: Frame) -> tuple[EventType, str] | None:
        """"warplanes bombed": an air strike; "police stormed": a raid."""
        if frame.type in ("attack", "bombing", "killing"):
            for subject in hit.subjects:
                if hit.weapon(subject) in ("aircraft", "drone"):
                    return ("air_strike" if hit.weapon(subject) == "aircraft" else "drone_strike"), f"+{lemma(subject)}"
        if lemma(hit.token) == "storm" and any(hit.kind(s) in ("police", "military") for s in hit.subjects):
            return "raid", "+police"
        return None

    def _by_crowd(self, hit: Hit, frame: Frame) -> tuple[EventType, str] | None:
        """What rioters do is a riot."""
        if frame.type in ("attack", "bombing", "armed_assault", "arson", "melee_assault", "sabotage"):
            for subject in hit.subjects:
                if lemma(subject) in CROWDS:
                    return "riot", f"+{lemma(subject)}"
        return None

    def _anchors(self, token: Token, how: str) -> tuple[int, ...]:
        """The verb that carries an event noun, or the "use" that an act is the purpose of."""
        if how == "noun" and token.dep_ in ("dobj", "nsubjpass") and token.head.pos_ == "VERB":
            return (token.head.i,)
        if how == "verb" and token.dep_ in ("xcomp", "advcl") and lemma(token.head) in USES:
            return (token.head.i,)
        return ()

    def _ones(self, drafts: list[EventDraft]) -> list[EventDraft]:
        """"25 plots … including one in February": an event of the same type, told apart from the rest."""
        out: list[EventDraft] = []
        doc = self.sentence.tokens.doc
        for token in self.sentence.tokens:
            if token.lower_ not in ("one", "another", "two", "three", "some") or token.dep_ not in ("pobj", "dobj", "appos", "conj") or token.pos_ not in ("NUM", "PRON", "NOUN"):
                continue
            above = next(iter(ancestors(token)), None)
            if above is None or above.lower_ not in ("including", "include", "includes", "included"):
                continue
            whole = [d for d in drafts if d.token < token.i and doc[d.token].pos_ == "NOUN"]
            if whole:
                out.append(self._one(token, whole[-1]))
        return out

    def _one(self, token: Token, whole: EventDraft) -> EventDraft:
        weapons = tuple(w.mention for w in self.weapons if w.first > token.i or self._hangs_on(token.doc[w.head], token))
        event_type = whole.event_type
        for weapon in weapons:
            event_type = self.words.triggers.by_weapon.get(weapon.category, event_type) if event_type in GENERIC else event_type
        return replace(
            whole, event_type=event_type, token=token.i, trigger=(token.idx, token.idx + len(token.text)), weapons=weapons,
            rule=f"{whole.rule}/one-of", anchors=(), scope=whole.token if whole.scope is None else whole.scope,
        )


def _unique(arguments: list[Argument]) -> tuple[Argument, ...]:
    return tuple({a.token: a for a in arguments}.values())


def _folded(drafts: list[EventDraft], sentence: Sentence, words: CodeWords) -> list[EventDraft]:
    """Takes away what only repeats another act of the sentence, and gives its arguments to that one."""
    doc = sentence.tokens.doc
    out: list[EventDraft | None] = list(drafts)
    for number in range(len(drafts)):
        draft = out[number]
        others = [d for k, d in enumerate(out) if d is not None and k != number]
        cause = _cause(draft, others, doc) if draft is not None else None
        if draft is None or cause is None:
            continue
        at = next(k for k, d in enumerate(out) if d is cause)
        recipients = draft.recipients if draft.consequence else cause.recipients
        merged = replace(
            cause,
            actors=cause.actors or tuple(a for a in draft.actors if a.token != cause.token),
            recipients=_unique([*cause.recipients, *recipients]),
            weapons=tuple(dict.fromkeys([*cause.weapons, *draft.weapons])),
            anchors=tuple(dict.fromkeys([*cause.anchors, draft.token, *draft.anchors])),
        )
        if merged.event_type in GENERIC:
            for weapon in merged.weapons:
                merged = replace(merged, event_type=words.triggers.by_weapon.get(weapon.category, merged.event_type))
                break
        out[at], out[number] = merged, None
    return [d for d in out if d is not None]


def _cause(draft: EventDraft, others: list[EventDraft], doc: object) -> EventDraft | None:
    """The act that `draft` is only the result, the means or the carrier of."""
    token: Token = doc[draft.token]  # type: ignore[index]
    by_token = {d.token: d for d in others}
    if draft.consequence:
        causes = [d for d in others if not d.consequence]
        return _linked(token, {d.token: d for d in causes})
    for child in token.children:  # "use W to attack X"; "bomb attack" inside "attack"
        if lemma(token) in USES and child.dep_ in ("xcomp", "advcl") and child.i in by_token:
            return by_token[child.i]
    if token.dep_ in ("compound", "nmod") and token.head.i in by_token:
        return by_token[token.head.i]
    if token.dep_ == "pobj" and token.head.lower_ in ("in", "during") and lemma(token.head.head) in USES and token.head.head.i in by_token:
        return by_token[token.head.head.i]
    if token.lower_ in ("plot", "plots", "conspiracy", "plotting"):
        for other in others:
            if _only_of(doc[other.token], token):  # type: ignore[index]
                return other
    return None


def _only_of(inner: Token, plot: Token) -> bool:
    """True for "plot to attack", "plot for an attack", "assassination plot": the plot is that act's."""
    if inner.tag_ == "VB" and plot.i < inner.i <= plot.i + 4 and plot.doc[plot.i + 1].lower_ == "to":
        return True
    if inner.head.i == plot.i and inner.dep_ in ("acl", "compound", "xcomp", "relcl"):
        return inner.tag_ == "VB" or inner.dep_ == "compound"
    return inner.dep_ in ("pobj", "pcomp") and inner.head.head.i == plot.i and inner.head.lower_ in ("of", "for")


def _linked(token: Token, causes: dict[int, EventDraft]) -> EventDraft | None:
    """The cause beside a result: its subject, what it hangs on, or what hangs on it."""
    if token.dep_ == "conj" and token.pos_ == "VERB" and any(c.dep_ in ("prep", "npadvmod", "nsubj", "nsubjpass") for c in token.children):
        return None
    for above in ancestors(token):
        if above.i in causes:
            return causes[above.i]
        if above.dep_ in ("ccomp", "ROOT") or above.pos_ not in ("VERB", "AUX", "ADP", "NOUN", "SCONJ"):
            if above.dep_ == "ROOT" and above.i in causes:
                return causes[above.i]
            break
    for child in token.subtree:
        if child.i in causes and child.i != token.i and not any(t.dep_ == "ccomp" and t.i > token.i for t in ancestors(child) if t.i != token.i):
            return causes[child.i]
    if any(c.dep_ in ("agent", "npadvmod") or (c.dep_ == "prep" and c.lower_ in ("in", "near", "on", "at")) for c in token.children):
        return None
    earlier = [number for number in causes if number < token.i]
    return causes[max(earlier)] if earlier else None
