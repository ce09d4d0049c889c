"""What stands above an event noun in the parse: the verb that carries the act out, the blame, the series that it belongs to."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from reportedly.stages._clauses import TIMES, is_negated
from reportedly.stages._phrases import agents, ancestors, is_passive, objects, prepositional, subjects, surface_subjects
from reportedly.stages._threats import receivers
from reportedly.stages._words import CodeWords, lemma

CLAUSE = 7
"""So many words after "which", somebody has blamed it on somebody."""
SURVIVING = frozenset({"survive", "escape"})
ATTEMPTS = frozenset({"attempt", "attempts"})
"""Who survives one was meant by it; who survives an attack was only there."""
BLAMED_ON = {"attribute": ("to",), "blame": ("on",), "ascribe": ("to",), "pin": ("on",), "link": ("to",)}
FAULTS = frozenset({"responsible", "accountable", "guilty"})
OWNED_UP = frozenset({"responsibility", "credit", "claim", "involvement", "part", "role"})
"""What nobody claims or somebody denies before another is blamed."""
DISOWNING = frozenset({"deny", "disclaim", "disavow"})
NOBODY = frozenset({"no", "none", "nobody", "neither", "not", "n't"})
SUSPECTING = frozenset({"blame", "suspect", "accuse"})
ACCUSING = frozenset({"accuse", "suspect", "convict"})
CULPRITS = frozenset({"perpetrator", "mastermind", "organizer", "organiser", "culprit"})
DEEDS = frozenset({"work", "handiwork", "doing", "deed"})
MEANT = frozenset({"target", "object", "victim"})
"""What somebody or something is of an act that is done to it."""
RUINS = frozenset({"damage", "destroy", "wreck", "demolish", "gut", "flatten", "shatter", "devastate"})
PEOPLE = frozenset({"those", "he", "she", "they"})
ANYBODY = frozenset({"those", "one", "ones", "person", "persons", "people", "individuals", "parties"})
"""Whoever is responsible: "those responsible are soldiers" says who."""
CLAUSES = frozenset({"conj", "advcl", "ccomp", "parataxis"})
BREAKING = frozenset({"violate", "break"})
"""Who does so to sanctions did not impose them."""
BOUNDS = frozenset({"relcl", "ROOT", *CLAUSES})


def told(verb: Token, words: CodeWords) -> Token:
    """ "is believed to have been carried out": what is believed."""
    inner = [c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "VERB"]
    return inner[0] if inner and lemma(verb) in words.lists["held"] else verb


def blaming(blamed: Token) -> Token | None:
    """The verb by which somebody is blamed, in "blamed on X", "attributed to X", "blamed X"; None where there is none."""
    while blamed.dep_ == "conj":
        blamed = blamed.head
    if blamed.dep_ == "dobj" and lemma(blamed.head) in SUSPECTING:
        return blamed.head
    verb = blamed.head.head
    under = blamed.dep_ == "pobj" and blamed.head.lower_ in BLAMED_ON.get(lemma(verb), ())
    return verb if under and verb.pos_ == "VERB" else None


def blamer(verb: Token) -> Token | None:
    """Who blames, by such a verb; of "which officials blamed on X" the parser makes it a participle of the officials."""
    if is_passive(verb):
        return next(iter(agents(verb)), None)
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if own is None and verb.dep_ == "conj":  # "denied the attack and blamed X"
        return next(iter(surface_subjects(verb)), None)
    return verb.head if own is None and verb.dep_ == "acl" else own


def is_revealed(doer: Token) -> bool:
    """ "those responsible for the attack are soldiers": somebody says who they are."""
    whoever = [c for c in doer.head.children if c.dep_ == "nsubj"] if doer.dep_ == "attr" else []
    return any(c.lower_ in FAULTS for t in whoever if t.lower_ in ANYBODY for c in t.children)


def on_whom(token: Token) -> Token | None:
    """ "blamed the bombing of a bus on X", where the parser hangs X on whatever stands before it: he did it, and did not suffer it."""
    words = BLAMED_ON.get(lemma(token.head), ()) if token.dep_ == "dobj" else ()
    after = [t for t in token.head.subtree if words and t.dep_ == "pobj" and t.head.lower_ in words and t.i > token.i]
    return next((t for t in reversed(after) if t.ent_type_ not in TIMES), None)


def _accused_before(noun: Token) -> list[Token]:
    """ "accused squads run by the army of the attack", where the parser hangs "of the attack" on the army: the squads."""
    verb = next((t for t in ancestors(noun) if lemma(t) in ACCUSING and t.pos_ == "VERB"), None)
    if verb is None or any(c.dep_ == "prep" and c.lower_ == "of" for c in verb.children):
        return []
    return [t for t in objects(verb) if t.i < noun.i and verb.i < noun.i]


class Above:
    """Finds who did what an event noun names, and to whom, in the words that govern it."""

    def __init__(self, words: CodeWords, can_be_hit: Callable[[Token], bool]) -> None:
        self.words, self.can_be_hit = words, can_be_hit

    def find(self, token: Token, top: Token, doers: list[Token], done: list[Token]) -> None:
        """What the verb or adjective above an event noun says of who did it and to whom."""
        top = self._run(top, doers)
        head = told(top.head, self.words) if top.dep_ == "nsubjpass" else top.head
        doers += self._blamed(token, top) + self._blamed_instead(top)
        if top.dep_ == "nsubj" and head.pos_ == "VERB":
            doers += prepositional(head, "between")
        if top.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB" and lemma(head) in self._light(token):
            doers += subjects(head)
        elif top.dep_ == "dobj" and lemma(head) in SURVIVING and self._was_tried(token):
            done += subjects(head)
        elif top.dep_ in ("pobj", "pcomp") and head.dep_ in ("prep", "prt"):
            self._under(token, head, doers, done)
        elif top.dep_ == "pobj" and head.dep_ == "agent" and lemma(head.head) in self.words.lists["harms"]:
            done += [t for t in objects(head.head) if self.can_be_hit(t)]
        elif top.dep_ == "nsubj" and head.pos_ == "VERB" and lemma(head) in self.words.lists["harms"]:
            done += objects(head) if self._leaves_hurt(head) else []
        elif lemma(token) == "threat" and receivers(token):
            done += receivers(token)
            doers += prepositional(token, "from")
        elif top.dep_ == "dobj" and lemma(head) in self.words.lists["undergoes"]:
            done += [t for t in subjects(head) if self.can_be_hit(t) and t.ent_type_ not in ("GPE", "LOC")]
        if self._is_accord(token):
            doers += [t for t in self._partners(token, top) if self.can_be_hit(t)]

    def _was_tried(self, token: Token) -> bool:
        """ "Survived an assassination attempt", but not "an attempt on his life", which tells by itself whose."""
        whose = [t for t in prepositional(token, "on", "against") if t.ent_type_ not in TIMES]
        return token.lower_ in ATTEMPTS and not whose

    def _leaves_hurt(self, verb: Token) -> bool:
        """ "left nine people dead", not "left most voters undecided"."""
        return lemma(verb) != "leave" or any(
            t.lower_ in self.words.lists["left_so"] or lemma(t) in self.words.lists["harms"]
            for t in verb.subtree
            if t.i > verb.i
        )

    def _is_accord(self, token: Token) -> bool:
        return any(f.type == "agreement" for f in self.words.nominal.get(lemma(token), ()))

    def _partners(self, token: Token, top: Token) -> list[Token]:
        """ "signed an accord with the islands", "a truce with the rebels": they are a party to it too."""
        beside = [top.head] if top.dep_ == "dobj" and lemma(top.head) in self.words.formal else []
        return [t for at in (token, *beside) for t in prepositional(at, "with")]

    def _run(self, token: Token, doers: list[Token]) -> Token:
        """ "a series of attacks": whoever carries out the series carries out the attacks."""
        run = token.head.head
        if token.dep_ != "pobj" or token.head.lower_ != "of" or lemma(run) not in self.words.lists["runs"]:
            return token
        doers += prepositional(run, "by")
        for clause in run.children:
            if clause.dep_ in ("acl", "relcl") and is_passive(clause) and lemma(clause) in self.words.light:
                doers += subjects(clause)
        return run

    def _under(self, token: Token, preposition: Token, doers: list[Token], done: list[Token]) -> None:
        """ "blamed X for the attack", "X is behind it", "threatened Y with death"."""
        above = preposition.head
        if self._is_not_blamed(above):
            return
        base, word = lemma(above), preposition.lower_
        verb = above.pos_ == "VERB"
        if verb and base in self.words.lists["blames"] and word in ("for", "of", "over", "with"):
            doers += objects(above)
        elif word == "of" and not verb and (accused := _accused_before(above)):
            doers += accused
        elif verb and base == "implicate" and word == "in":
            doers += [t.head if t.dep_ == "appos" else t for t in objects(above)]
        elif word == "of" and base in CULPRITS:
            doers += self._named_as(above)
        elif word == "of" and base in MEANT:
            done += [t for t in self._named_as(above) if self.can_be_hit(t)]
        elif verb and base in RUINS and word in ("in", "during") and is_passive(above) and not self._is_clash(token):
            done += [t for t in surface_subjects(above) if self.can_be_hit(t)]
        elif (above.lower_ in (*FAULTS, "responsibility") and word in ("for", "of")) or (
            base in self.words.lists["shares"] and word in ("in", "to", "with")
        ):
            doers += self.responsible(above)
        elif verb and word == "in" and (base in ("participate", "engage") or self._takes_part(above)):
            doers += surface_subjects(above)  # "took part in", "were engaged in"
        elif above.lower_ == "involved" and above.dep_ == "pcomp" and word == "in":
            doers += surface_subjects(above)  # "suspected X of being involved in"
        elif above.lower_ == "involved" and word == "in":
            doers += [t for t in self._involved(above) if lemma(t) in self.words.people or t.lower_ in PEOPLE]
        elif word == "in" and self._charged_in(token, above):
            doers += self._charged_in(token, above)
        elif word == "of" and base in self.words.lists["charges"]:
            doers += prepositional(token, "against") or self._charged(above)
        elif (
            verb
            and base == "go"
            and word == "on"
            and any(c.lower_ in ("a", "an") for p in preposition.children for c in p.lefts)
        ):
            doers += surface_subjects(above)  # "went on a rampage"
        elif verb and base == "come" and word == "under":
            done += [t for t in subjects(above) if self.can_be_hit(t)]
            doers += [t for t in prepositional(above, "from") if lemma(t) in self.words.actors]
        elif word == "in" and base in self.words.lists["stays"] and self._is_kept(preposition):
            done += [c for c in above.children if c.dep_ == "nsubj"]
        elif word == "behind" and above.pos_ in ("AUX", "NOUN", "PROPN"):
            doers += subjects(above) if above.pos_ == "AUX" else [above]
        elif verb and base in self.words.light and word in ("out", "on"):
            doers += subjects(above)
        elif base == "threaten" and word == "with":
            doers += subjects(above)
            done += objects(above)

    def _is_not_blamed(self, word: Token) -> bool:
        """ "is not charged with taking part in the attack", "did not blame the rebels for it"."""
        blames = self.words.lists["blames"] | self.words.lists["charges_in"]
        while not (word.pos_ == "VERB" and lemma(word) in blames):
            if word.dep_ in BOUNDS:
                return False
            word = word.head
        return is_negated(word)

    def _charged_in(self, token: Token, above: Token) -> list[Token]:
        """ "was charged in the killing of", "is charged with murder in the beating of", "two suspects in the bombing"."""
        suspects, charges = self.words.lists["suspects"], self.words.lists["charges_in"]
        frames = self.words.nominal.get(lemma(token), ())
        if not any(f.type in self.words.lists["deadly"] and f.type != "raid" for f in frames):
            return []
        if lemma(above) in suspects and above.pos_ == "NOUN":
            return [above]
        if above.dep_ == "pobj" and above.head.lower_ in ("with", "of"):
            above = above.head.head
        if above.pos_ != "VERB":
            return []
        found = objects(above)
        return found if lemma(above) in charges else [t for t in found if lemma(t) in suspects]

    def _charged(self, charge: Token) -> list[Token]:
        """ "face charges of arson", "was arrested on two counts of murder", "a charge of murder against X"."""
        against = prepositional(charge, "against")
        if against:
            return against
        top = charge
        while top.dep_ == "conj" and top.head.pos_ == "NOUN":
            top = top.head
        if top.dep_ == "dobj" and lemma(top.head) == "face":
            return surface_subjects(top.head)
        verb = top.head.head if top.dep_ == "pobj" and top.head.lower_ in ("on", "with") else top
        return objects(verb) if verb.pos_ == "VERB" and lemma(verb) in self.words.lists["blames"] else []

    def _takes_part(self, verb: Token) -> bool:
        """ "took part in", "played a role in", where the parser hangs the act on the verb."""
        return any(c.dep_ == "dobj" and lemma(c) in self.words.lists["shares"] for c in verb.children)

    def _involved(self, word: Token) -> list[Token]:
        """ "those involved in the attack", "two men were involved in it"; not the man involved who died: he may be its victim."""
        if word.dep_ in ("amod", "acl", "relcl") and word.head.pos_ in ("NOUN", "PROPN", "PRON"):
            suffered = word.head.head.pos_ == "VERB" and word.head.dep_ in ("nsubj", "nsubjpass")
            harm = any(f.consequence for f in self.words.verbs.get(lemma(word.head.head), ()))
            return [] if suffered and harm else [word.head]
        above = word if word.pos_ == "VERB" else word.head
        return [c for c in above.children if c.dep_ in ("nsubj", "nsubjpass")]

    def _is_arrest(self, verb: Token) -> bool:
        return any(f.type == "arrest" for f in self.words.verbs.get(lemma(verb), ()))

    def _is_kept(self, preposition: Token) -> bool:
        """ "in custody", "in detention"."""
        return any(f.type == "arrest" for p in preposition.children for f in self.words.nominal.get(lemma(p), ()))

    def responsible(self, word: Token) -> list[Token]:
        """ "the person responsible for", "X was responsible for", "X claimed responsibility for"."""
        if word.dep_ in ("amod", "acl", "relcl", "appos") and word.head.pos_ in ("NOUN", "PROPN", "PRON", "DET"):
            return self._revealed(word.head)
        verb = next((t for t in ancestors(word) if t.pos_ in ("VERB", "AUX")), None)
        if verb is not None and word.lower_ in FAULTS and word.head.i == verb.i and verb.pos_ == "VERB":
            held = [c for c in word.children if c.dep_ == "nsubj"]  # "holds the rebels responsible for"
            if held or lemma(verb) in self.words.lists["faults"]:
                return held or objects(verb)
        if (
            verb is not None and word.dep_ == "pobj" and lemma(word) == "connection"
        ):  # "were arrested in connection with"
            return objects(verb) if lemma(verb) in self.words.lists["blames"] or self._is_arrest(verb) else []
        return subjects(verb) if verb is not None else []

    def _revealed(self, whoever: Token) -> list[Token]:
        """ "those responsible are soldiers of the brigade": the soldiers."""
        denied = any(c.dep_ == "neg" for c in whoever.head.children)
        if whoever.lower_ in ANYBODY and whoever.dep_ == "nsubj" and lemma(whoever.head) == "be" and not denied:
            named = [c for c in whoever.head.children if c.dep_ == "attr"]
            found = [t for t in named if t.pos_ == "PROPN" or self._is_side(t)]
            if found:
                return found
        return [whoever] if whoever.pos_ in ("NOUN", "PROPN") else subjects(whoever.head)

    def _blamed(self, token: Token, top: Token) -> list[Token]:
        """ "attributed to X", "blamed on X", of the noun or of the relative clause after it; "was the work of X"."""
        clauses = [c for c in token.children if c.dep_ in ("relcl", "acl")]
        verbs = clauses + self._blaming_clause(token) + ([top.head] if top.dep_ == "nsubjpass" else [])
        blamed = [t for verb in verbs for t in prepositional(verb, *BLAMED_ON.get(lemma(verb), ()))]
        named = on_whom(top)
        if named is not None and (named.pos_ == "PROPN" or self.can_be_hit(named)):  # not "on the lack of police"
            blamed.append(named)
        blamed += [t for clause in clauses for t in self._held_for(clause)]
        if top.dep_ == "nsubj" and lemma(top.head) == "be":
            deeds = [c for c in top.head.children if c.dep_ == "attr" and lemma(c) in DEEDS]
            after = [t for deed in deeds for t in prepositional(deed, "of")]
            blamed += [t for t in after if t.pos_ == "PROPN" or self.can_be_hit(t)]
        return blamed

    def _blaming_clause(self, token: Token) -> list[Token]:
        """ "The bombing, which officials blamed on X": the parser seldom sees that "which" is what they blame. More may stand between:
        "the bombing that killed nine people on Monday, which officials blamed on X"."""
        doc = token.doc
        for after in range(token.i + 1, token.sent.end):
            if doc[after].lower_ in self.words.nominal:
                break  # the other act may be meant
            beside = after - token.i <= (2 if doc[token.i + 1].text == "," else 1)
            if doc[after].lower_ == "which" or (beside and doc[after].lower_ == "that"):
                near = doc[after + 1 : after + 1 + CLAUSE]
                found = [t for t in near if t.tag_ in ("VBD", "VBZ", "VBP", "VBN") and lemma(t) in BLAMED_ON]
                if found:
                    return found[:1]
        return []

    def _blamed_instead(self, top: Token) -> list[Token]:
        """ "No group claimed responsibility for the bombing, but police suspect X", "denied the attack and blamed it on X"."""
        path = [top]
        while path[-1].pos_ not in ("VERB", "AUX") and path[-1].head.i != path[-1].i:
            path.append(path[-1].head)
        verb = path[-1]
        disowned = lemma(verb) in DISOWNING
        own = disowned or lemma(verb) == "claim" or any(t.lower_ in OWNED_UP for t in path)
        if verb.pos_ not in ("VERB", "AUX") or not own:
            return []
        below = [c for t in path for c in (t, *t.children) if c.dep_ in ("det", "neg", "nsubj")]
        if not disowned and not any(w.lower_ in NOBODY for c in below for w in (c, *c.children)):
            return []
        beside = [c for c in verb.children if c.dep_ in CLAUSES] + ([verb.head] if verb.dep_ in CLAUSES else [])
        return [t for other in beside for t in self._suspects(other)]

    def _suspects(self, verb: Token) -> list[Token]:
        """Whom a verb blames for nothing that it names itself: "blamed X", "blamed it on X"."""
        blamed = prepositional(verb, *BLAMED_ON.get(lemma(verb), ()))
        if not blamed and lemma(verb) in SUSPECTING:
            blamed = objects(verb)
        of_what = [
            c for t in (verb, *blamed) for c in t.children if c.dep_ == "prep" and c.lower_ in ("for", "of", "over")
        ]
        if verb.pos_ != "VERB" or any(c.head == verb or any(p.dep_ == "pcomp" for p in c.children) for c in of_what):
            return []
        return [t for t in blamed if t.pos_ == "PROPN" or (t.pos_ == "NOUN" and self._is_side(t))]

    def _is_side(self, token: Token) -> bool:
        """ "Rebels", "army sectors", not "bad weather"."""
        return self.can_be_hit(token) or any(lemma(t) in self.words.actors for t in (token, *token.children))

    def _is_clash(self, token: Token) -> bool:
        """Whether an act is done by two sides and to neither."""
        return any(frame.type == "armed_clash" for frame in self.words.nominal.get(lemma(token), ()))

    def _named_as(self, culprit: Token) -> list[Token]:
        """ "X was the mastermind of the attack", "X, the perpetrator of the murder", "X was the target of a bombing"."""
        if culprit.dep_ == "attr":
            return subjects(culprit.head)
        return [culprit.head] if culprit.dep_ == "appos" else []

    def _held_for(self, clause: Token) -> list[Token]:
        """ "the attack, for which X is held responsible"."""
        guilty = next((c for c in clause.children if c.lower_ in FAULTS), None)
        if guilty is None or not any(t.lower_ == "which" for t in prepositional(clause, "for")):
            return []
        held = [c for c in guilty.children if c.dep_ == "nsubj"]  # "for which they hold X responsible"
        return held or (objects(clause) if lemma(clause) in self.words.lists["faults"] else surface_subjects(clause))

    def _light(self, token: Token) -> frozenset[str]:
        """The verbs that carry an event such as `token`: one signs a truce, one does not sign a bombing."""
        formal = any(
            f.type in ("agreement", "restriction", "protest", "release")
            for f in self.words.nominal.get(lemma(token), ())
        )
        barred = any(f.type == "restriction" for f in self.words.nominal.get(lemma(token), ()))
        carrying = self.words.light | self.words.formal if formal else self.words.light
        return carrying - BREAKING if barred else carrying
