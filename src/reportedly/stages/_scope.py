"""What a word says of an event that hangs on it: whether it has it in its scope, and what the words beside a verb make of it.

Auxiliaries, negation, conditions, hedges and the forms of a verb are read here; the way from word to word is `judge`'s.
"""

from __future__ import annotations

from spacy.tokens import Token

from reportedly.records import EventType, Stage
from reportedly.stages._operators import Effect, JudgeWords
from reportedly.stages._verdict import Verdict
from reportedly.stages._words import lemma

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOMINAL = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "oprd", "pobj"})
CARRIES_ON = frozenset({"of", "for", "to", "against", "about", "into", "behind"})
UNREAL: tuple[Stage, ...] = ("attempted",)
"""What a modal or a condition above it takes back: "may try to attack"."""
HOSTILE: frozenset[EventType] = frozenset(
    {
        "attack",
        "armed_assault",
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
        "sabotage",
        "unconventional_attack",
        "melee_assault",
        "abuse",
        "territory_change",
        "raid",
    }
)
"""What one threatens with when one says that one will do it."""
PUBLIC = frozenset({"protest", "riot"})
"""What a crowd has come together for, it does."""


class Scope:
    """Reads the words beside one word at a time, and notes in a verdict what they say."""

    def __init__(self, verdict: Verdict, words: JudgeWords, event_type: EventType) -> None:
        self.verdict, self.words, self.event_type = verdict, words, event_type
        self.event: Token | None = None
        """The word that the way up began at."""

    def goes_on(self, token: Token) -> bool:
        """Whether what stands above `token` has it in its scope."""
        dep, head = token.dep_, token.head
        if dep == "amod" and token == self.event and token.tag_ in ("VBN", "VBD"):
            return False  # "the murdered policeman": whatever is said of him
        if dep in ("relcl", "appos", "parataxis", "agent"):
            return dep == "relcl" and (token.tag_ == "VB" or self.words.nouns.get(lemma(head)) == "hypothetical")
        if dep == "advcl":
            return token.tag_ == "VB" or (
                token.tag_ == "VBG" and token.i == head.i + 1 and self.effect(head) is not None
            )
        if dep == "ccomp" and any(c.tag_ in ("WP", "WRB", "WDT") and c.lower_ != "that" for c in token.children):
            return False  # "want to know who did it": it was done
        if dep == "acl":
            bare = token.tag_ == "VB" or (token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children))
            return bare or lemma(head) in self.words.nouns or self.is_a(lemma(head), "showing")
        if dep == "conj":
            return token.pos_ != "VERB" or token.tag_ == head.tag_ or head.tag_ not in ("VB", "VBG")
        return dep != "prep" or self._leads_up(token, head)

    def _leads_up(self, token: Token, head: Token) -> bool:
        """Whether a preposition hands on what is said above it."""
        word, above = token.lower_, lemma(head)
        if word == "against" and self.effect(head) == "planned":
            return False
        if word in CARRIES_ON or (word == "by" and any(c.dep_ == "pcomp" for c in token.children)):
            return True
        if word == "from":
            return self.effect(head) in ("foiled", "negated") or self.is_a(above, "spans") or above == "away"
        if word == "in":
            return self.is_a(above, "carrying") or above == "succeed"
        return (word == "on" and above in ("plan", "embark", "carry", "intent", "bent", "go", "keep")) or (
            word == "with" and above == "threaten"
        )

    def effect(self, head: Token, token: Token | None = None) -> Effect | None:
        """What `head`'s word makes of an event, with its particle, or of the event that hangs on it by `token`."""
        base = lemma(head)
        verbs = self.words.verbs
        for child in head.children:
            if child.dep_ in ("prt", "advmod") or (child is token and child.dep_ == "prep"):
                effect = verbs.get(f"{base}_{child.lower_}")
                if effect is not None:
                    return effect
        effect = verbs.get(base)
        if base == "try" and token is not None and token.lower_ == "for":
            return None  # "tried for the murder": by a court
        if token is not None and token.dep_ == "nsubjpass" and effect == "planned":
            of_itself = self.is_a(base, "purposing") or any(c.dep_ == "agent" for c in head.children)
            return None if of_itself and self.is_known(token) else effect
        if effect in ("planned", "hypothetical") and token is not None:
            clause = token.dep_ in ("xcomp", "ccomp", "pcomp") or token.tag_ == "VB"
            if self.is_a(base, "of_clauses") and not clause and token.lower_ != "for":
                return None  # "called the blast a crime", "agreed the raid was wrong"
        if effect == "planned" and token is not None:
            commands = self.is_a(base, "commanding")
            known = self.is_known(token) or (self.event is not None and self.is_known(self.event))
            if (
                (commands or self.is_a(base, "of_new_acts"))
                and not clause
                and (known or (commands and self.event_type not in HOSTILE))
            ):
                return None
        return effect

    def unrealised(self, verb: Token) -> bool:
        """ "to prevent", "would prevent", "aimed at preventing": not yet done."""
        if any(c.dep_ == "aux" and c.lower_ in self.words.modals for c in verb.children):
            return True
        if verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
            return lemma(verb.head) not in self.words.implicative
        return verb.dep_ == "pcomp" and verb.head.lower_ in ("at", "toward", "towards")

    def is_a(self, word: str, kind: str) -> bool:
        """Whether `word` is in that class of the lexicon."""
        return word in self.words.classes[kind]

    def infinitive(self, verb: Token) -> None:
        """ "to attack": what has not happened, unless the verb above says that it has."""
        to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), None)
        if to is None:
            return
        head = verb.head
        base = lemma(head)
        ranked = verb.dep_ in ("acl", "relcl") and any(self.is_a(c.lower_, "ranking") for c in (head, *head.children))
        done = base in self.words.implicative and not (verb.dep_ == "advcl" and self.is_a(base, "moving"))
        bare = verb.tag_ == "VB" or any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in verb.children)  # "to be bombed"
        came = head.tag_ in ("VBD", "VBN") and self.is_a(base, "gathering")
        done = done or (came and self.event_type in PUBLIC)  # "took to the streets to protest"
        decided = ranked or done or base in self.words.adjectives or (base in self.words.verbs and verb.dep_ != "advcl")
        if verb.dep_ == "xcomp" and (head.lemma_ == "be" or (base == "go" and head.tag_ == "VBG")):
            self.verdict.reach("planned", "is-to", head, weak=base == "go")
        elif bare and verb.dep_ != "ROOT" and not decided and not (base == "have" and head.tag_ == "VBD"):
            self.verdict.reach("planned", "infinitive-of-purpose", verb, weak=True)

    def lasting(self, verb: Token) -> None:
        """What goes on: "is attacking", "is being attacked", "Army shelling …", "have been held for months"."""
        forms = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        be = next((c for c in forms if c.lemma_ == "be"), None)
        perfect = next((c for c in forms if c.lemma_ == "have"), None)
        now = be is not None and (
            be.tag_ in ("VBZ", "VBP", "VBD", "VB") or (perfect is not None and perfect.tag_ in ("VBZ", "VBP"))
        )
        going = now and (verb.tag_ == "VBG" or any(c.lower_ == "being" for c in forms))
        if be is None and verb.tag_ == "VBG":  # a headline
            going = verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" for c in verb.children)
            going = going or (
                verb.dep_ == "acl"
                and verb.head.dep_ == "ROOT"
                and verb.head.pos_ in ("NOUN", "PROPN")
                and verb.head.i == verb.i - 1
            )
        if now and be is not None and verb.tag_ == "VBN" and self.is_a(lemma(verb), "detaining"):
            still = any(c.lower_ in ("still", "currently", "for") for c in verb.children)
            going = going or be.tag_ in ("VBZ", "VBP") or (still and perfect is not None)
        if going:
            self.verdict.reach("ongoing", "going-on", be or verb)

    def dud(self, verb: Token) -> Token | None:
        """The negation of "did not explode": a bomb that was to go off."""
        if not self.is_a(lemma(verb), "bursting"):
            return None
        return next((c for c in verb.children if c.dep_ == "neg"), None)

    def modality(self, verb: Token, below: Token | None = None) -> None:
        """What the words beside a verb say of it, but for `below`: the one by which the event hangs on it, or that is accounted for."""
        for child in verb.children:
            if child == below or (
                child.lower_ == "not" and child.i + 1 < len(child.doc) and child.nbor().lower_ == "only"
            ):
                continue
            dep, word = child.dep_, child.lower_
            if dep == "aux":
                self._auxiliary(child, verb)
            elif dep == "neg" or (dep in ("preconj", "advmod") and self.is_a(word, "negative")):
                self.verdict.negate(child)
            elif dep == "mark":
                self._mark(child, verb)
            elif dep in ("advmod", "npadvmod", "acomp"):
                self.sure(child)
                if self.is_a(word, "almost"):
                    self.verdict.reach("attempted", "almost", child)
            elif (dep in SUBJECTS or dep == "dobj") and self.is_nobody(child):
                self.verdict.negate(child)

    def is_nobody(self, noun: Token) -> bool:
        """ "nobody", "no group"."""
        return self.is_a(noun.lower_, "nobody") or any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)

    def _mark(self, child: Token, verb: Token) -> None:
        word = child.lower_
        asked = verb.dep_ in ("ccomp", "advcl") and (
            self.is_a(lemma(verb.head), "wondering")
            or any(
                c.dep_ == "acomp" and c.lower_ in ("clear", "unclear", "sure", "certain", "known")
                for c in verb.head.children
            )
        )
        if word == "whether" or (word == "if" and asked):
            self.verdict.doubt("unknown", "whether", child)
        elif word in self.words.conditions:
            self.verdict.reach("hypothetical", "condition", child, over=UNREAL)
        elif word == "before" and any(c.lower_ in ("could", "can") for c in verb.children if c.dep_ == "aux"):
            self.verdict.reach("foiled", "before-it-could", child)

    def _auxiliary(self, child: Token, verb: Token) -> None:
        word = child.lower_
        stage = self.words.modals.get(word)
        done = any(
            c.dep_ == "aux" and (c.lower_ in ("have", "'ve") or (c.lower_ == "be" and verb.tag_ == "VBG"))
            for c in verb.children
        )
        if verb.dep_ == "advcl" and self.inverted(child, verb):
            self.verdict.reach("hypothetical", "inverted-condition", child, over=UNREAL)
        elif stage is None:
            return
        elif done and word in self.words.perfect_certainty and not self.conditional(verb):
            self.verdict.doubt(self.words.perfect_certainty[word], "modal", child)
        elif stage == "planned" and self.conditional(verb):
            self.verdict.reach("hypothetical", "if-then", child, weak=True, over=UNREAL)
        elif stage == "planned":
            ours = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.children)
            threat = ours and self.event_type in HOSTILE
            self.verdict.reach("threatened" if threat else "planned", "future", child, weak=not threat, over=UNREAL)
        elif not (word in ("could", "can", "ca") and any(c.dep_ == "neg" for c in verb.children)):
            self.verdict.reach("hypothetical", "modal", child, weak=word in ("would", "'d") and not done, over=UNREAL)
            self.doubt_modal(child)

    def doubt_modal(self, child: Token) -> None:
        """Notes how certain a modal leaves it."""
        sure = self.words.modal_certainty.get(child.lower_)
        if sure is not None:
            self.verdict.doubt(sure, "modal", child)

    def conditional(self, verb: Token) -> bool:
        """ "… if", "… unless", "had they …"."""
        return any(
            c.dep_ == "advcl"
            and any((m.dep_ == "mark" and m.lower_ in self.words.conditions) or self.inverted(m, c) for m in c.children)
            for c in verb.children
        )

    def inverted(self, aux: Token, verb: Token) -> bool:
        """ "had they attacked", "should another be shot"."""
        return (
            aux.dep_ in ("aux", "auxpass")
            and aux.lower_ in ("had", "should", "were")
            and any(c.dep_ in SUBJECTS and c.i > aux.i for c in verb.children)
        )

    def is_known(self, token: Token) -> bool:
        """ "the attack", "their attacks": an event that is taken for granted; `token` is its noun or the preposition before it."""
        event = token if token.dep_ != "prep" else next((c for c in token.children if c.dep_ == "pobj"), token)
        return any(c.dep_ in ("det", "poss") and self.is_a(c.lower_, "definite") for c in event.children)

    def sure(self, word: Token) -> None:
        """Notes how certain `word` makes or leaves it."""
        value = self.words.certainty.get(word.lower_) or self.words.certainty.get(lemma(word))
        if value is not None:
            self.verdict.doubt(value, "word", word)


def phrasal_of(verb: Token) -> str:
    """A verb's lemma with its particle: "call_off"."""
    return next((f"{lemma(verb)}_{c.lower_}" for c in verb.children if c.dep_ == "prt"), lemma(verb))
