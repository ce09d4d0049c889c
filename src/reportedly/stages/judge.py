"""judge: how far an act got, whether that is affirmed, and how certain the source is.

The words above an event in the parse decide: each verb, noun or modifier on the way up is looked up in
``operators.toml`` and changes what is below it ("planned to attack", "foiled a plan to attack", "did not foil"). The way ends at
the cue of the attribution in whose content the event stands, for what lies above is said of the saying.
Stages follow MUC-4 (stage of execution) as the codebook refines it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from reportedly.lexicons import Lexicon
from reportedly.records import Certainty, Factuality, Polarity, Stage, Stance
from reportedly.stages._phrases import is_passive, near_relative
from reportedly.stages._words import lemma
from reportedly.stages.drafts import Annotated, EventDraft

WordLists = Mapping[str, tuple[str, ...]]
ONLY_OF_CLAUSES = frozenset({"agree", "decide", "set", "mean", "look", "offer", "discuss", "order", "train", "inspire", "call"})
PRESUPPOSING = frozenset({"after", "before", "since", "during", "in", "following", "despite", "over", "from", "by", "with", "as", "on", "at", "amid"})
CARRIES_ON = frozenset({"of", "for", "to", "against", "about", "into", "behind"})
PARTAKES = frozenset({"use", "participate", "take", "engage", "involve", "employ"})
DONE: frozenset[Stage] = frozenset({"accomplished", "ongoing"})
NEGATIVE = frozenset({"no", "never", "neither", "nor", "without", "not", "n't", "nobody", "none"})


class Operators(Lexicon, frozen=True):
    """``operators.toml``: what words above an event make of it."""

    verbs: WordLists
    nouns: WordLists
    modifiers: WordLists
    modals: WordLists
    conditions: WordLists
    certainty: WordLists
    modal_certainty: WordLists
    implicative: WordLists


class JudgeWords:
    """The operators, turned over: word to effect."""

    def __init__(self, operators: Operators) -> None:
        self.operators = operators

    @cached_property
    def verbs(self) -> Mapping[str, str]:
        """Verb lemma to stage, or ``negated``."""
        return _turned(self.operators.verbs)

    @cached_property
    def nouns(self) -> Mapping[str, str]:
        """Noun lemma to stage."""
        return _turned(self.operators.nouns)

    @cached_property
    def modifiers(self) -> Mapping[str, str]:
        """Adjective or participle to stage."""
        return _turned(self.operators.modifiers)

    @cached_property
    def modals(self) -> Mapping[str, str]:
        """Modal verb to stage."""
        return _turned(self.operators.modals)

    @cached_property
    def certainty(self) -> Mapping[str, str]:
        """Word to certainty."""
        return _turned(self.operators.certainty)

    @cached_property
    def modal_certainty(self) -> Mapping[str, str]:
        """Modal verb to certainty."""
        return _turned(self.operators.modal_certainty)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Words that open a condition."""
        return frozenset(self.operators.conditions["words"])

    @cached_property
    def implicative(self) -> frozenset[str]:
        """Verbs under which an infinitive happened."""
        return frozenset(self.operators.implicative["verbs"])


@dataclass(frozen=True, slots=True)
class Because:
    """Why a value: the field, the value, the rule and the word."""

    field: str
    value: str
    rule: str
    token: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The factuality of one event, with the reasons for each of its values."""

    factuality: Factuality
    because: tuple[Because, ...]


def judge(
    annotated: Annotated, draft: EventDraft, words: JudgeWords, *, cues: frozenset[int] = frozenset(), stance: Stance = "asserts",
    certainty: Certainty = "certain",
) -> Judged:
    """How far `draft` got, by the words above it.

    Args:
        annotated: the article.
        draft: the event.
        words: the operators.
        cues: token numbers of the cues of the attributions that hold the event; the way up ends there.
        stance: of the innermost attribution: what is denied is negated, what is only asked about is unknown.
        certainty: that the innermost attribution's cue gives.
    """
    state = _State(draft.stage or "accomplished", certainty, words)
    state.climb(annotated.doc[draft.token if draft.scope is None else draft.scope], cues)
    if stance == "denies":
        state.note("polarity", "negated", "judge.polarity:denied", draft.token)
        state.polarity = "negated"
    if stance in ("declines_to_confirm", "questions"):
        state.certainty = "unknown"
        state.note("certainty", "unknown", f"judge.certainty:{stance}", draft.token)
    return Judged(Factuality(stage=state.stage, polarity=state.polarity, certainty=state.certainty), tuple(state.because))


class _State:
    """What is known on the way up."""

    def __init__(self, stage: Stage, certainty: Certainty, words: JudgeWords) -> None:
        self.stage: Stage = stage
        self.polarity: Polarity = "affirmed"
        self.certainty: Certainty = certainty
        self.words = words
        self.because: list[Because] = []

    def note(self, field: str, value: str, rule: str, token: int) -> None:
        self.because.append(Because(f"factuality.{field}", value, rule, token))

    # The way up -----------------------------------------------------------------------------------------------------

    def climb(self, trigger: Token, cues: frozenset[int]) -> None:
        """Reads the trigger's own modifiers, then every word above it."""
        self._own(trigger)
        token = trigger
        for _ in range(14):
            head = token.head
            if head.i == token.i or not self._goes_on(token):
                return
            if head.i in cues:
                if lemma(head) in self.words.verbs and self.words.verbs[lemma(head)] in ("threatened", "planned") and token.dep_ in ("xcomp", "dobj"):
                    self._operate(head, self.words.verbs[lemma(head)])
                return
            self._above(token, head)
            token = head

    def _goes_on(self, token: Token) -> bool:
        """Whether what stands above `token` has it in its scope."""
        dep = token.dep_
        if dep in ("relcl", "appos", "parataxis"):
            return False
        if dep == "advcl":
            return token.tag_ == "VB" or (token.tag_ == "VBG" and lemma(token.head) in self.words.verbs)
        if dep == "acl":
            return token.tag_ == "VB" or lemma(token.head) in self.words.nouns
        if dep == "prep" and token.lower_ in PRESUPPOSING:
            above = token.head
            return (token.lower_ == "in" and lemma(above) in PARTAKES) or (
                token.lower_ == "from" and self.words.verbs.get(lemma(above)) == "foiled"
            ) or (token.lower_ == "on" and lemma(above) in ("plan", "embark", "carry")) or (token.lower_ == "with" and lemma(above) == "threaten")
        return not (dep == "prep" and token.lower_ not in CARRIES_ON)

    def _own(self, trigger: Token) -> None:
        verbal = trigger.pos_ in ("VERB", "AUX")
        if verbal:
            self._modality(trigger)
            self._infinitive(trigger)
        for child in trigger.children:
            if child.dep_ in ("amod", "compound", "det", "nmod"):
                self._modify(child)
            elif child.dep_ == "neg" and not verbal:
                self._negate(child)
            elif child.dep_ in ("relcl", "acl") and not verbal:
                self._said_of(child)
        near = None if verbal else near_relative(trigger)
        if near is not None:
            self._said_of(near)

    def _said_of(self, clause: Token) -> None:
        """"the plot that police foiled", "an attack planned by"; not "the attack that killed"."""
        effect = self._verb_effect(clause, lemma(clause))
        if effect is None or effect == "negated":
            return
        done_to = is_passive(clause) or any(c.dep_ == "nsubj" and c.lower_ not in ("which", "that", "who") for c in clause.children)
        if done_to:
            self._operate(clause, effect)
            self._modality(clause)

    def _infinitive(self, verb: Token) -> None:
        """"to attack": what has not happened, unless the verb above says that it has."""
        if verb.tag_ != "VB" or not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
            return
        head = verb.head
        base = lemma(head)
        if base in self.words.implicative or base in self.words.verbs or base in self.words.nouns or verb.dep_ == "ROOT":
            return
        if self.stage in DONE:
            self.stage = "planned"
            self.note("stage", "planned", "judge.stage:infinitive-of-purpose", verb.i)

    def _modality(self, verb: Token) -> None:
        """Auxiliaries, negation and conditions of one verb."""
        for child in verb.children:
            dep, word = child.dep_, child.lower_
            if dep == "aux":
                self._auxiliary(child, verb)
            elif dep == "neg":
                self._negate(child)
            elif dep == "mark" and word in self.words.conditions:
                self._set_stage("hypothetical", "judge.stage:condition", child)
            elif dep in ("advmod", "npadvmod", "acomp", "attr"):
                self._sure(child)
                if word in ("nearly", "almost"):
                    self._set_stage("attempted", "judge.stage:almost", child)

    def _auxiliary(self, child: Token, verb: Token) -> None:
        word = child.lower_
        stage = self.words.modals.get(word)
        if stage == "planned":
            self._set_stage("planned", "judge.stage:future", child)
        elif stage == "hypothetical":
            if not (word in ("could", "can") and self.stage in DONE and any(c.lower_ == "not" for c in verb.children)):
                self._set_stage("hypothetical", "judge.stage:modal", child)
            sure = self.words.modal_certainty.get(word)
            if sure is not None:
                self._set_certainty(sure, "judge.certainty:modal", child)
        elif self._is_going_on(child, verb) and self.stage == "accomplished" and lemma(verb) not in self.words.verbs:
            self.stage = "ongoing"
            self.note("stage", "ongoing", "judge.stage:progressive", child.i)
        elif word == "had" and any(c.dep_ in ("nsubj", "nsubjpass") and c.i > child.i for c in verb.children):
            self._set_stage("hypothetical", "judge.stage:inverted-condition", child)

    def _is_going_on(self, child: Token, verb: Token) -> bool:
        """"is attacking", "is being attacked"."""
        present = child.lemma_ == "be" and child.tag_ in ("VBZ", "VBP", "VBN")
        return present and (verb.tag_ == "VBG" or any(c.lower_ == "being" for c in verb.children))

    def _above(self, token: Token, head: Token) -> None:
        """What `head` does to the event below it, which reaches it through `token`."""
        base = lemma(head)
        if token.dep_ == "conj":
            if head.pos_ == "VERB" and token.pos_ == "VERB" and token.tag_ == head.tag_ and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
                self._modality(head)
            return
        if head.pos_ in ("VERB", "AUX"):
            effect = self._verb_effect(head, base)
            if base == "call" and token.dep_ == "prep" and token.lower_ == "for":
                effect = "planned"
            elif effect == "planned" and base in ONLY_OF_CLAUSES and token.dep_ not in ("xcomp", "ccomp", "pcomp"):
                effect = None
            if effect is not None and (token.dep_ not in ("nsubj", "advcl") or base in ("fail", "loom", "threaten") or token.tag_ == "VB"):
                self._operate(head, effect)
            self._modality(head)
        elif head.pos_ in ("NOUN", "PROPN"):
            effect = self.words.nouns.get(base)
            if effect is not None and token.dep_ in ("acl", "prep", "compound", "nmod", "amod", "poss", "ccomp"):
                self._operate(head, effect)
            for child in head.children:
                if child.dep_ in ("amod", "det", "neg"):
                    self._modify(child)
        elif head.pos_ == "ADJ":
            self._sure(head)
            if base in ("ready", "willing", "able", "likely", "unlikely", "set", "due", "prepared", "possible", "capable"):
                self._set_stage("planned" if base in ("ready", "set", "due", "prepared") else "hypothetical", "judge.stage:adjective", head)

    def _verb_effect(self, head: Token, base: str) -> str | None:
        for child in head.children:
            if child.dep_ in ("prt", "advmod") and f"{base}_{child.lower_}" in self.words.verbs:
                return self.words.verbs[f"{base}_{child.lower_}"]
        return self.words.verbs.get(base)

    # Effects --------------------------------------------------------------------------------------------------------

    def _operate(self, head: Token, effect: str) -> None:
        if effect == "negated":
            self._negate(head)
            return
        if effect == "foiled" and any(c.dep_ == "neg" for c in head.children):
            return
        if effect == "foiled" and self.stage == "foiled":
            return
        self._set_stage(effect, f"judge.stage:{effect}-by-{head.lemma_.lower()}", head)

    def _set_stage(self, stage: str, rule: str, token: Token) -> None:
        """A stage once set by a nearer word is kept, but a foiled act is foiled whatever it was before."""
        nearer: dict[str, tuple[str, ...]] = {
            "foiled": ("accomplished", "ongoing", "attempted", "planned", "threatened", "hypothetical"),
            "attempted": ("accomplished", "ongoing", "hypothetical", "planned") if self.stage != "planned" or self._only_infinitive() else ("accomplished",),
            "planned": ("accomplished", "ongoing"),
            "threatened": ("accomplished", "ongoing", "planned", "hypothetical"),
            "hypothetical": ("accomplished", "ongoing"),
        }
        if self.stage in nearer[stage]:
            self.stage = stage  # type: ignore[assignment]
            self.note("stage", stage, rule, token.i)

    def _only_infinitive(self) -> bool:
        return bool(self.because) and self.because[-1].rule == "judge.stage:infinitive-of-purpose"

    def _set_certainty(self, value: str, rule: str, token: Token) -> None:
        order = ("certain", "probable", "possible", "unknown")
        if order.index(value) > order.index(self.certainty):
            self.certainty = value  # type: ignore[assignment]
            self.note("certainty", value, rule, token.i)

    def _negate(self, token: Token) -> None:
        self.polarity = "affirmed" if self.polarity == "negated" else "negated"
        self.note("polarity", self.polarity, f"judge.polarity:{token.lower_}", token.i)

    def _modify(self, child: Token) -> None:
        word = child.lower_
        if word in NEGATIVE and child.dep_ in ("det", "neg"):
            self._negate(child)
            return
        stage = self.words.modifiers.get(word)
        if stage is not None:
            self._set_stage(stage, f"judge.stage:{stage}-modifier", child)
        self._sure(child)

    def _sure(self, child: Token) -> None:
        value = self.words.certainty.get(child.lower_)
        if value is not None:
            self._set_certainty(value, "judge.certainty:word", child)


def _turned(lists: WordLists) -> Mapping[str, str]:
    return {word: effect for effect, words in lists.items() for word in words}
