"""judge: how far an act got, whether that is affirmed, and how certain the source is.

The words above an event in the parse decide: each verb, noun or adjective on the way up is looked up in ``operators.toml`` and changes
what is below it ("planned to attack", "foiled a plan to attack", "did not foil"). The way ends at the cue of the attribution in whose
content the event stands, for what lies above is said of the saying; and at a verb that takes the event for granted ("condemned the
attack"). Stages follow MUC-4 (stage of execution) as the codebook refines it; certainty is the source's own, after FactBank.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.records import Certainty, EventType, Factuality, Stage, Stance
from reportedly.stages._felt import Felt
from reportedly.stages._operators import Effect, JudgeWords, Operators
from reportedly.stages._phrases import is_passive, near_relative
from reportedly.stages._scope import HOSTILE, NOMINAL, SUBJECTS, UNREAL, Scope, phrasal_of
from reportedly.stages._verdict import Because, Verdict
from reportedly.stages._words import lemma
from reportedly.stages.drafts import Annotated, EventDraft

__all__ = ["Because", "JudgeWords", "Judged", "Operators", "judge"]

DEPTH = 14
COMING = frozenset({"next", "further", "future"})
DISPERSED: frozenset[EventType] = frozenset({"protest", "riot", "armed_clash", "agreement", "restriction"})
"""What was under way if it was broken up or stopped."""
TAKEN: frozenset[EventType] = frozenset({"assassination", "killing", "kidnapping", "arrest"})
"""What did not happen to the one who escaped it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The factuality of one event, with the reasons for each of its values."""

    factuality: Factuality
    because: tuple[Because, ...]
    likely: float | None = None
    """The head's probability of the stage and the polarity together; None where it was not asked."""


def judge(
    annotated: Annotated,
    draft: EventDraft,
    words: JudgeWords,
    *,
    cues: frozenset[int] = frozenset(),
    stance: Stance = "asserts",
    certainty: Certainty = "certain",
    felt: Felt | None = None,
) -> Judged:
    """How far `draft` got, by the words above it.

    Args:
        annotated: the article.
        draft: the event.
        words: the operators.
        cues: token numbers of the cues of the attributions that hold the event; the way up ends there.
        stance: of the innermost attribution: what is denied is negated, what is only asked about is unknown.
        certainty: that the innermost attribution's cue gives.
        felt: what the learned head says of the trigger.
    """
    verdict = Verdict(draft.stage or "accomplished", certainty)
    if draft.stage is not None:  # "defused"
        verdict.because.append(Because("factuality.stage", draft.stage, "judge.stage:trigger", draft.token))
    climber = _Climber(verdict, words, draft.event_type)
    climber.climb(annotated.doc[draft.token if draft.scope is None else draft.scope], cues)
    trigger = annotated.doc[draft.token]
    granted = climber.granted(trigger, cues) or climber.told_aside(trigger, cues)
    if granted and verdict.certainty == "unknown":
        verdict.certainty = "certain"  # what nobody would say is who, where or why
    if stance == "denies" and not granted:
        shared = climber.shared(trigger, cues)
        if shared and verdict.polarity == "negated":
            verdict.negate(trigger)
        elif not shared:
            verdict.deny(trigger)
    if stance in ("declines_to_confirm", "questions") and not granted:
        verdict.doubt("unknown", stance, trigger)
    climber.settle()
    if felt is None or draft.stage is not None:  # a trigger with a stage of its own is another's act, against this one
        return Judged(verdict.factuality(), tuple(verdict.because))
    felt.weigh(verdict, trigger)
    likely = felt.likely(verdict)
    return Judged(verdict.factuality(), tuple(verdict.because), likely)


class _Climber(Scope):
    """The way up from one event."""

    def __init__(self, verdict: Verdict, words: JudgeWords, event_type: EventType) -> None:
        super().__init__(verdict, words, event_type)
        self.any: Token | None = None
        self.ended = False
        """Whether what is above can no longer change the event: "decided to stop shelling"."""
        self.spent: int = -1
        """The verb whose effect has been taken in with another's: "failed to prevent"."""

    def settle(self) -> None:
        """ "any attack" is a possible one, unless none is said to have been."""
        if self.any is not None and self.verdict.polarity == "affirmed":
            self.verdict.reach("hypothetical", "any", self.any)

    def climb(self, trigger: Token, cues: frozenset[int]) -> None:
        """Reads the trigger's own modifiers, then every word above it."""
        self.event = trigger
        self._own(trigger)
        token = trigger
        for _ in range(DEPTH):
            head = _joined(token)
            if head.i == token.i or not self.goes_on(token):
                return
            if head.i in cues:
                self._cue(token, head)
                return
            if not self._step(token, head) or self.ended:
                return
            token = head

    def granted(self, trigger: Token, cues: frozenset[int]) -> bool:
        """ "would not say who attacked the mill", "not knowing where it exploded": that it happened is taken for granted."""
        token = trigger
        for _ in range(DEPTH):
            if any(c.tag_ in ("WP", "WP$", "WRB") and c.lower_ not in ("whether", "when") for c in token.children):
                return token.dep_ not in ("relcl", "advcl", "acl")
            if token.head.i == token.i or token.head.i in cues:
                break
            token = token.head
        return False

    def told_aside(self, trigger: Token, cues: frozenset[int]) -> bool:
        """ "rejected calls to investigate Senn, where troops are shelling villages": the clause is no part of what is denied."""
        token = trigger
        for _ in range(DEPTH):
            if token.head.i == token.i or token.i in cues:
                return False
            if token.dep_ == "relcl":
                first = token.left_edge
                return first.lower_ in ("where", "whose") or (first.i > 0 and first.nbor(-1).text == ",")
            token = token.head
        return False

    def shared(self, trigger: Token, cues: frozenset[int]) -> bool:
        """ "denied any part in the attack", "said it was not behind it": a share in the act is denied, not the act."""
        token = trigger
        for _ in range(DEPTH):
            if token.head.i == token.i or token.head.i in cues:
                break
            token = token.head
            if token.lower_ == "behind" or self.is_a(lemma(token), "sharing"):
                return True
        return token.dep_ == "prep" and any(
            c.dep_ == "dobj" and self.is_a(lemma(c), "sharing") for c in token.head.children
        )

    # The event's own words ------------------------------------------------------------------------------------------

    def _own(self, trigger: Token) -> None:
        for child in trigger.children:
            if child.dep_ in ("relcl", "acl", "ccomp") and child.i > trigger.i:
                self._not_ended(child)
        if trigger.pos_ in ("VERB", "AUX"):
            self._purpose(trigger)
            dud = self.dud(trigger)
            if dud is not None:
                self.verdict.reach("attempted", "did-not-go-off", dud)
            self.modality(trigger, dud)
            self.lasting(trigger)
            if trigger.dep_ == "relcl" and self.is_a(trigger.head.lower_, "anybody"):
                self.verdict.reach("hypothetical", "anyone-who", trigger.head)
            if trigger.dep_ == "relcl" and self.is_a(lemma(trigger.head), "staged") and _within(trigger):
                self.verdict.reach("hypothetical", f"in-a-{lemma(trigger.head)}", trigger.head)
            if trigger.dep_ == "pcomp" and trigger.head.lower_ == "without":
                self.verdict.negate(trigger.head)
            return
        self._noun_effect(trigger)
        for child in trigger.children:
            if child.dep_ in ("amod", "compound", "det", "nmod", "neg"):
                self._modify(child)
            elif child.dep_ in ("relcl", "acl"):
                self._said_of(child)
        near = near_relative(trigger)
        if near is not None:
            self._said_of(near)

    def _said_of(self, clause: Token) -> None:
        """ "the plot that police foiled", "an attack planned by", "that never came"; not "the attack that killed"."""
        effect, base = self.effect(clause), lemma(clause)
        if self.is_a(base, "of_clauses") or self.is_a(base, "commanding") or self.is_a(base, "purposing"):
            return
        done_to = is_passive(clause) or any(
            c.dep_ == "nsubj" and c.lower_ not in ("which", "that", "who") for c in clause.children
        )
        if effect is not None and effect != "negated" and done_to:
            self._operate(clause, clause, effect)
        elif not (effect is None and self.is_a(base, "occurring")):
            return
        self.modality(clause)
        auxiliaries = {c.lemma_ for c in clause.children if c.dep_ in ("aux", "neg")}
        if effect is None and ((clause.tag_ == "VBD" and not auxiliaries) or auxiliaries == {"have"}):
            self.verdict.happened(clause)  # "the attacks that have taken place"

    def _not_ended(self, clause: Token) -> None:
        """ "shelling that has not let up"."""
        verb = phrasal_of(clause)
        if self.is_a(verb, "ceasing") and any(c.dep_ == "neg" for c in clause.children):
            self.verdict.reach("ongoing", "not-ended", clause)

    def _purpose(self, verb: Token) -> None:
        """ "to attack", with "planning to", "threats to" just before it though the parser hung the clause higher."""
        to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), None)
        if to is None:
            return
        before = to.nbor(-1) if to.i else to
        if before.i != verb.head.i and before.dep_ in ("dobj", "xcomp") and before.head.i == verb.head.i:
            effect = (
                self.words.nouns.get(lemma(before)) if before.pos_ == "NOUN" else self.words.verbs.get(lemma(before))
            )
            if effect is not None:
                self._operate(before, before, effect)
        self.infinitive(verb)

    # One step -----------------------------------------------------------------------------------------------------------

    def _step(self, token: Token, head: Token) -> bool:
        """What `head` does to the event below it, which reaches it through `token`; False where the way up ends."""
        if token.dep_ == "conj":
            if (
                head.pos_ == "VERB"
                and token.pos_ == "VERB"
                and token.tag_ == head.tag_
                and not any(c.dep_ in SUBJECTS for c in token.children)
            ):
                self.modality(head)
            return True
        if head.pos_ in ("VERB", "AUX"):
            return self._verb(token, head)
        if head.pos_ in ("NOUN", "PROPN"):
            return self._noun(token, head)
        if head.pos_ in ("ADJ", "ADV"):
            if token.dep_ == "prep" and token.lower_ == "to":  # "due to an attack"
                return False
            self._adjective(head)
        return True

    def _verb(self, token: Token, head: Token) -> bool:
        base, effect = lemma(head), self.effect(head, token)
        nominal = token.dep_ in NOMINAL or (token.dep_ == "prep" and not any(c.dep_ == "pcomp" for c in token.children))
        if nominal:
            return self._nominal(token, head, base, effect)
        if effect is not None and head.i != self.spent:
            self._operate(token, head, effect)
        elif self.is_a(base, "escaping"):
            self.verdict.reach("attempted", "escaped", head)
        if token.dep_ in ("xcomp", "advcl") and token.tag_ == "VB":
            self._extraposed(head)
        if token.dep_ == "advcl":
            return True
        hands_on = token.dep_ != "ccomp" or self.is_a(base, "showing") or self.is_a(base, "believing")
        if hands_on:
            if base != "hesitate" and (effect != "foiled") and head.i != self.spent:
                self.modality(head)
            if not self.is_a(base, "telling") or is_passive(head):
                self.sure(head)
            self._go_on(head, base)
        elif head.lemma_ == "be":
            self._it_is(head)
        return hands_on or effect is not None

    def _it_is(self, be: Token) -> None:
        """ "it is possible that", "it is not true that"."""
        for child in be.children:
            if child.dep_ in ("acomp", "attr"):
                self.sure(child)
                denied = any(c.dep_ == "neg" for c in be.children)
                if (denied and self.is_a(child.lower_, "true")) or (not denied and self.is_a(child.lower_, "untrue")):
                    self.verdict.negate(child)

    def _nominal(self, token: Token, head: Token, base: str, effect: Effect | None) -> bool:
        """An event's noun as the subject or object of `head`."""
        dep = token.dep_
        bare = not any(c.dep_ in ("dobj", "auxpass", "aux") for c in head.children)
        if (
            self.is_a(base, "ceasing")
            and dep == "nsubj"
            and not (bare and effect == "foiled" and self.verdict.stage != "accomplished")
        ):
            if any(c.dep_ == "neg" for c in head.children):
                self.verdict.reach("ongoing", "not-ended", head)
            return False
        if (
            dep == "nsubj"
            and effect is not None
            and not (self.is_a(base, "failing") or base == "loom" or (effect == "foiled" and bare))
        ):
            effect = None
            if head.lemma_ != "be" and not self.is_a(base, "occurring"):
                return False
        if effect == "foiled" and any(c.lower_ in COMING for c in token.children):
            self.verdict.reach("hypothetical", "to-come", head)  # "we want to prevent the next attack"
            return True
        if effect is not None:
            self._operate(token, head, effect)
            if effect != "foiled":
                self.modality(head, token)
            return True
        if base == "lead" and token.lower_ == "to" and head.dep_ == "acl" and self.is_a(lemma(head.head), "clues"):
            self.verdict.reach("hypothetical", f"{lemma(head.head)}-leading-to", head)
            return False
        if self.is_a(base, "escaping") and self.event_type in TAKEN:
            self.verdict.reach("attempted", "escaped", head)
            return False
        if self.event_type == "arrest" and token.lower_ == "for":  # "has two warrants out for his arrest"
            for writ in (c for c in head.children if c.dep_ in ("dobj", "nsubj") and self.is_a(lemma(c), "writs")):
                self.verdict.reach("planned", f"planned-by-{lemma(writ)}", writ)
        self._go_on(head, base)
        if head.lemma_ == "be" and dep == "nsubj":
            self._predicate(head)
            if self.is_a(lemma(token), "showing") or lemma(token) in self.words.certainty:
                self._it_is(head)
            return False
        if self.is_a(base, "occurring" if dep == "nsubj" else "carrying"):
            if not self.is_known(token):
                self._purpose(head)
            if dep == "nsubj" and head.tag_ == "VBD" and not any(c.dep_ in ("aux", "neg") for c in head.children):
                self.verdict.happened(head)
            self.modality(head, token)
            self.lasting(head)
            return True
        self._afar(token, head)
        return False

    def _predicate(self, be: Token) -> None:
        """ "an attack is possible", "is under way"."""
        for child in be.children:
            if child.lower_ == "far" and any(c.lower_ == "over" for p in child.children for c in p.children):
                self.verdict.reach("ongoing", "far-from-over", child)
            elif child.dep_ in ("acomp", "attr", "advmod"):
                self._modify(child)
            elif child.dep_ == "prep" and (
                child.lower_ == "under"
                or any(self.is_a(lemma(c), "spans") for c in child.children)
                or (child.lower_ == "in" and any(self.is_a(lemma(c), "courses") for c in child.children))
            ):
                self.verdict.reach("ongoing", "under-way", child)

    def _afar(self, token: Token, head: Token) -> None:
        """A verb that takes the event for granted, unless it is any event: "could hit", "reported no attack"."""
        if self.is_a(lemma(head), "perceiving"):
            return
        open_ = not self.is_known(token) and not any(c.dep_ == "neg" for c in head.children)
        for child in head.children:
            if (
                child.dep_ == "aux"
                and open_
                and (child.lower_ in self.words.modal_certainty or child.lower_ == "would")
            ):
                self.verdict.reach("hypothetical", "modal", child)
                self.doubt_modal(child)
            elif child.dep_ == "neg" and self.any is not None:
                self.verdict.negate(child)

    def _noun(self, token: Token, head: Token) -> bool:
        base = lemma(head)
        if self.is_a(base, "spans"):
            if token.lower_ == "from" and not self.is_known(token):
                self.verdict.reach("planned", "time-before", head)
            return True
        if token.lower_ == "for" and head.dep_ == "dobj" and self.is_a(lemma(head.head), "readying"):
            self.verdict.reach("planned", f"planned-by-{lemma(head.head)}", head.head)
        if self.event_type == "arrest" and self.is_a(base, "writs"):
            self.verdict.reach("planned", f"planned-by-{base}", head)
        operator = base in self.words.nouns
        told = token.lower_ == "of" and self.is_a(base, "aims") and self.is_known(token)  # "the aim of the attacks was"
        if (
            operator
            and not told
            and token.dep_ in ("acl", "relcl", "prep", "compound", "nmod", "amod", "poss", "ccomp")
        ):
            self._noun_effect(head)
        if operator or self.is_a(base, "showing"):
            for child in head.children:
                if child.dep_ in ("amod", "det", "neg", "compound"):
                    self._modify(child)
                elif child.dep_ in ("relcl", "acl") and child.i != token.i:
                    self._said_of(child)
        self.sure(head)
        return operator or self.is_a(base, "showing") or token.dep_ != "prep"

    def _noun_effect(self, noun: Token) -> None:
        effect = self.words.nouns.get(lemma(noun))
        if effect is not None:
            self._operate(noun, noun, effect)

    def _adjective(self, head: Token) -> None:
        self.sure(head)
        effect = self.words.adjectives.get(head.lower_)
        if head.lower_ == "able" and head.head.tag_ == "VBD":
            return
        if effect == "negated":
            if head.i != self.spent:
                self.verdict.negate(head)
        elif effect is not None:
            self._operate(head, head, effect)

    def _extraposed(self, head: Token) -> None:
        """ "no attempt was made to attack", "the plan was to attack"."""
        for noun in head.children:
            if (
                noun.dep_ in ("nsubj", "nsubjpass", "dobj")
                and lemma(noun) in self.words.nouns
                and (noun.dep_ != "nsubj" or head.lemma_ == "be")
            ):
                self._noun_effect(noun)
                if noun.dep_ == "nsubjpass" and self.is_nobody(noun):
                    self.verdict.negate(noun)

    def _go_on(self, head: Token, base: str) -> None:
        on = base in ("go", "carry", "keep") and head.tag_ in ("VBZ", "VBP", "VBG", "VBN")
        if (
            (on and any(c.lower_ == "on" for c in head.children))
            or self.is_a(base, "lasting")
            or (base == "enter" and any(c.dep_ == "dobj" and self.is_a(lemma(c), "spans") for c in head.children))
        ):
            self.verdict.reach("ongoing", "lasting", head)

    # Effects ------------------------------------------------------------------------------------------------------------

    def _operate(self, token: Token, head: Token, effect: Effect) -> None:
        base = lemma(head)
        if effect == "negated":
            phrasal = phrasal_of(head)
            if self.is_a(phrasal, "shelving") and (token.pos_ == "VERB" or not self.is_known(token)):
                self.verdict.reach("planned", f"planned-by-{phrasal}", head)
            self.verdict.negate(head)
        elif effect == "foiled":
            self._foil(token, head)
        elif effect == "attempted" and (self.is_a(base, "failing") or head.dep_ == "amod"):
            self.verdict.reach("attempted", f"attempted-by-{base}", head, over=("planned", "threatened"))
        else:
            stage: Stage = effect
            if self.is_a(base, "pledging") and self.event_type not in HOSTILE:
                stage = "planned"
            over: tuple[Stage, ...] = UNREAL if stage == "planned" and head.pos_ == "VERB" else ()
            self.verdict.reach(stage, f"{stage}-by-{base}", head, over=over)

    def _foil(self, token: Token, head: Token) -> None:
        """Foiled, if the one who would foil it did: "failed to prevent", "in order to prevent", "stopped shelling" are otherwise."""
        base, above = lemma(head), head.head
        phrasal = phrasal_of(head)
        if self.event_type in DISPERSED and not self.is_a(phrasal, "averting"):
            return
        prevents, ceases = self.is_a(phrasal, "preventing"), self.is_a(base, "ceasing") and token.lower_ != "from"
        failed = head.dep_ in ("xcomp", "acl") and (
            lemma(above) in ("fail", "failure", "inability") or self.words.adjectives.get(above.lower_) == "negated"
        )
        if failed or any(c.dep_ == "neg" for c in head.children):
            self.spent = above.i if failed else head.i
            if not prevents:
                self.verdict.reach("foiled", f"foiled-by-{base}", head)
                self.verdict.negate(head)
        elif ceases and token.dep_ == "xcomp" and token.tag_ == "VBG":
            self.ended = True
        elif self.unrealised(head):
            self.spent = above.i
            if not (ceases or self.is_a(phrasal, "answering")):
                self.verdict.reach("hypothetical", f"to-{base}", head)
        else:
            self.verdict.reach("foiled", f"foiled-by-{base}", head)

    def _modify(self, child: Token) -> None:
        word = child.lower_
        if child.dep_ in ("det", "neg") and self.is_a(word, "negative"):
            self.verdict.negate(child)
        elif word == "any" and child.dep_ == "det":
            self.any = child
        else:
            stage = self.words.modifiers.get(word)
            if child.dep_ in ("compound", "nmod") and self.words.nouns.get(lemma(child)) == "foiled":
                self._operate(child, child, "foiled")
            elif stage == "attempted":
                self.verdict.reach("attempted", "attempted-modifier", child, over=("planned", "threatened"))
            elif stage is not None:
                self.verdict.reach(stage, f"{stage}-modifier", child)
            self.sure(child)

    # The cue ------------------------------------------------------------------------------------------------------------

    def _cue(self, token: Token, cue: Token) -> None:
        """The saying's own word: a threat, a fear, or a promise of what the speaker will do."""
        base = lemma(cue)
        phrasal = phrasal_of(cue)
        if self.is_a(phrasal, "shelving") and token.tag_ == "VBG" and not any(c.dep_ == "aux" for c in token.children):
            self.verdict.reach("planned", f"planned-by-{phrasal}", cue)
        if cue.pos_ == "NOUN":
            self._noun_effect(cue)
            if self.is_a(base, "showing") and any(c.dep_ == "det" and c.lower_ == "no" for c in cue.children):
                self.verdict.negate(cue)
            return
        effect = self.effect(cue, token)
        if token.dep_ == "ccomp":
            self._promise(token, cue, base)
        elif effect in ("threatened", "planned", "hypothetical") and token.dep_ in ("xcomp", "dobj", "prep"):
            of_others = base == "warn" and token.dep_ in ("prep", "dobj")
            self._operate(token, cue, "hypothetical" if of_others else effect)

    def _promise(self, clause: Token, cue: Token, base: str) -> None:
        """ "warned that they would", "said it would": what the speakers themselves will do is no mere possibility."""
        would = next(
            (c for c in clause.children if c.dep_ == "aux" and c.lower_ in ("would", "will", "'d", "'ll")), None
        )
        doer = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
        if would is None or doer is None or not self.is_a(base, "speaking"):
            return
        if any(
            c.dep_ == "aux" and c.lower_ in ("have", "'ve") for c in clause.children
        ):  # "he would have shot them": he did not
            return
        own = self.is_a(doer.lower_, "own") or any(
            c.dep_ == "poss" and self.is_a(c.lower_, "own") for c in doer.children
        )
        if own and self.event_type in HOSTILE and (self.is_a(base, "warning") or self.conditional(clause)):
            self.verdict.reach("threatened", f"threatened-by-{base}", cue)
        elif self.verdict.weak and not self.conditional(clause):
            self.verdict.reach("planned", f"announced-by-{base}", cue)


def _joined(token: Token) -> Token:
    """What stands above `token`. In "plotted to bomb the court and then attack a station" the parser joins "attack" to "plotted"."""
    head = token.head
    bare = token.dep_ == "conj" and token.tag_ in ("VB", "VBP") and head.tag_ in ("VBD", "VBZ", "VBN", "VBG")
    if not bare or any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "auxpass") for c in token.children):
        return head
    return next((c for c in head.children if c.dep_ == "xcomp" and c.tag_ == "VB" and c.i < token.i), head)


def _within(clause: Token) -> bool:
    """ "in which", "where" before a relative clause."""
    return any(
        c.lower_ == "where" or (c.dep_ == "prep" and any(p.lower_ == "which" for p in c.children))
        for c in clause.children
    )
