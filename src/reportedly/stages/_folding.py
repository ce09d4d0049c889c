"""Folding: of the acts that a sentence names, which only repeat, carry or result from another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from reportedly.stages._phrases import ancestors, subjects
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Argument, EventDraft, Sentence

CAUSING = frozenset({"in", "by", "during", "with", "from", "at", "amid", "when", "after", "through", "under"})
PLACED = frozenset({"in", "near", "on", "at"})
APART = frozenset({"after", "before", "earlier", "later", "previously"})
DAYS = frozenset({"day", "week", "month", "year", "decade"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
GENERIC = frozenset({"attack", "killing"})
"""Types that a weapon, a modifier or a cause makes more exact."""


def unique(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    """`arguments`, each head once."""
    return tuple({a.token: a for a in arguments}.values())


def folded(drafts: list[EventDraft], sentence: Sentence, words: CodeWords) -> list[EventDraft]:
    """Takes away what only repeats another act of the sentence, and gives its arguments to that one."""
    doc = sentence.tokens.doc
    out: list[EventDraft | None] = list(drafts)
    for number in (
        *range(len(drafts)),
        *range(len(drafts)),
    ):  # twice: a cause may be found only when its neighbour has one
        draft = out[number]
        others = [d for k, d in enumerate(out) if d is not None and k != number]
        if draft is not None and lemma(doc[draft.token]) not in words.lists["afterwards"]:
            others = [d for d in others if not _days_apart(doc[d.token])]
        cause = _cause(draft, others, doc, words) if draft is not None else None
        if draft is None or cause is None:
            continue
        at = next(k for k, d in enumerate(out) if d is cause)
        same = draft.consequence or draft.event_type in GENERIC or draft.event_type == cause.event_type
        recipients = draft.recipients if same else cause.recipients
        itself = any(c.dep_ in (*SUBJECTS, "agent") for c in doc[draft.token].children)
        fought = tuple(
            r for r in recipients if cause.event_type == "armed_clash" and lemma(doc[r.token]) in words.actors
        )
        merged = replace(
            cause,
            actors=unique([*cause.actors, *fought])
            if fought
            else cause.actors or tuple(a for a in draft.actors if itself and a.token != cause.token),
            recipients=unique([*cause.recipients, *recipients]),
            weapons=tuple(
                dict.fromkeys([*cause.weapons, *(w for w in draft.weapons if (w.start, w.end) != draft.trigger)])
            ),
            anchors=tuple(dict.fromkeys([*cause.anchors, draft.token, *draft.anchors])),
            results=(*cause.results, draft.token)
            if lemma(doc[draft.token]) in words.lists["afterwards"]
            else cause.results,
        )
        if merged.event_type in GENERIC:
            for weapon in merged.weapons:
                merged = replace(merged, event_type=words.triggers.by_weapon.get(weapon.category, merged.event_type))
                break
        out[at], out[number] = merged, None
    return [d for d in out if d is not None]


def _cause(draft: EventDraft, others: list[EventDraft], doc: Doc, words: CodeWords) -> EventDraft | None:
    """The act that `draft` is only the result, the means or the carrier of."""
    uses, deadly, motives = (words.lists[name] for name in ("uses", "deadly", "motives"))
    token = doc[draft.token]
    by_token = {d.token: d for d in others}
    if draft.consequence:
        causes = {
            d.token: d for d in others if not d.consequence and d.stage is None and d.event_type in deadly
        }  # a plot is no cause
        if token.dep_ == "conj" and not any(
            c.dep_ in SUBJECTS for c in token.children
        ):  # "killed 13 soldiers and wounded 56"
            beside = next((d for d in others if token.head.i in (d.token, *d.anchors)), None)
            if beside is not None:
                return beside
        shared = next(
            (d for d in others for c in token.children if c.dep_ == "conj" and c.i in d.anchors and not d.consequence),
            None,
        )
        if shared is not None:  # "nine died and twenty were hurt when a bomb exploded"
            return shared
        if any(lemma(t) in motives for t in (token.head.head, token.head.head.head) if token.dep_ == "pobj"):
            return None
        return None if _tells_of_doer(token, causes, words) else _linked(token, causes)
    if token.pos_ == "VERB":
        laid = _laid(draft, token, others)
        if laid is not None:
            return laid
        same = [by_token[t.i] for t in subjects(token) if t.i in by_token and _may_be_one(draft, by_token[t.i])]
        aims = draft.event_type in GENERIC or lemma(token) == "target"
        same = same or (_served(token, others) if aims else [])
        if same:  # "was struck by an air strike", "conducted a strike to target X"
            return same[0]
    for child in token.children:  # "use W to attack X"; "bomb attack" inside "attack"
        if lemma(token) in uses and child.dep_ in ("xcomp", "advcl") and child.i in by_token:
            return by_token[child.i]
    if token.dep_ in ("compound", "nmod") and token.head.i in by_token:
        return by_token[token.head.i]
    if (
        token.dep_ == "pobj"
        and token.head.lower_ in ("in", "during")
        and lemma(token.head.head) in uses
        and token.head.head.i in by_token
    ):
        return by_token[token.head.head.i]
    if (
        draft.event_type == "weapons_activity"
        and token.dep_ == "dobj"
        and token.head.i in by_token
        and by_token[token.head.i].event_type == "seizure"
    ):
        return by_token[token.head.i]  # "seized a shipment of rifles"
    if token.lower_ in ("plot", "plots", "conspiracy", "plotting"):
        for other in others:
            if _only_of(doc[other.token], token):
                return other
    return None


def _tells_of_doer(token: Token, causes: dict[int, EventDraft], words: CodeWords) -> bool:
    """ "The man who killed his wife shot a clerk", "a man suspected of killing her fired on police": another deed, by which we know him."""
    if token.tag_ == "VBN" or not any(c.dep_ == "dobj" for c in token.children):
        return False
    clause = next((t for t in (token, *ancestors(token)) if t.dep_ in ("relcl", "acl")), None)
    if clause is None or clause.head.dep_ != "nsubj" or lemma(clause.head) not in words.people:
        return False
    other = clause.head.head
    return clause.i < other.i and other.i in causes


def _days_apart(verb: Token) -> bool:
    """ "A bomb killed four, a year after gunmen attacked a mosque": an act of another day, with somebody who did it."""
    subject = next((t for t in verb.lefts if t.dep_ in SUBJECTS and t.pos_ != "PRON"), None)
    if subject is None:
        return False
    at = subject.left_edge.i - 1  # a semicolon often leads the parser astray, so the word before counts, too
    at -= at > 0 and verb.doc[at].is_punct
    before = {t.i for left in verb.lefts for t in (left, *left.lefts)} | {at}
    return any(n > 0 and verb.doc[n].lower_ in APART and verb.doc[n - 1].lemma_ in DAYS for n in before)


def _laid(draft: EventDraft, verb: Token, others: list[EventDraft]) -> EventDraft | None:
    """ "bombs planted by rebels exploded", "a bomb, which was left at a bank, went off": one bomb, one act."""
    if verb.dep_ not in ("acl", "relcl") or not draft.weapons:
        return None
    return next((d for d in others if d.event_type == draft.event_type and set(draft.weapons) & set(d.weapons)), None)


def _may_be_one(draft: EventDraft, subject: EventDraft) -> bool:
    """ "the attack struck", "the swap freed": a verb that says once more what its subject names."""
    return draft.event_type in GENERIC or draft.event_type == subject.event_type


def _served(verb: Token, others: list[EventDraft]) -> list[EventDraft]:
    """The event that was carried out to do what `verb` says."""
    if verb.tag_ != "VB" or verb.dep_ not in ("advcl", "xcomp", "acl", "relcl"):
        return []
    return [
        d
        for d in others
        if d.token < verb.i
        and (verb.head.i in d.anchors or (verb.head.i == d.token and verb.head.pos_ == "NOUN" and d.stage is None))
    ]


def _only_of(inner: Token, plot: Token) -> bool:
    """True for "plot to attack", "plot for an attack", "assassination plot": the plot is that act's."""
    if inner.tag_ == "VB" and plot.i < inner.i <= plot.i + 4 and plot.doc[plot.i + 1].lower_ == "to":
        return True
    if inner.head.i == plot.i and inner.dep_ in ("acl", "compound", "xcomp", "relcl"):
        return inner.tag_ == "VB" or inner.dep_ == "compound"
    return inner.dep_ in ("pobj", "pcomp") and inner.head.head.i == plot.i and inner.head.lower_ in ("of", "for")


def _linked(token: Token, causes: dict[int, EventDraft]) -> EventDraft | None:
    """The cause beside a result: its subject, what hangs on it, what it hangs on, or the last one told before it."""
    for subject in subjects(token):
        for meant in (
            subject,
            *(p for c in subject.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children),
        ):
            if meant.i in causes:
                return causes[meant.i]
    just_before = [number for number in causes if token.doc[number].right_edge.i + 1 == token.i]
    if (
        just_before
    ):  # "after a bombing in the port killed nine", where the parser takes the bombing for what "after" governs
        return causes[just_before[0]]
    below = [
        child
        for child in token.subtree
        if child.i in causes and child.i != token.i and not _in_another_clause(child, token)
    ]
    if below:
        return causes[min(below, key=lambda child: abs(child.i - token.i)).i]
    placed = any(c.dep_ in ("agent", "npadvmod") or (c.dep_ == "prep" and c.lower_ in PLACED) for c in token.children)
    if token.dep_ == "conj" and token.pos_ == "VERB" and (placed or any(c.dep_ in SUBJECTS for c in token.children)):
        return None
    for above in ancestors(token):
        if above.i in causes:
            return causes[above.i]
        if above.dep_ in ("ccomp", "ROOT") or above.pos_ not in ("VERB", "AUX", "ADP", "NOUN", "SCONJ"):
            break
    earlier = [number for number in causes if number < token.i]
    return causes[max(earlier)] if earlier and not placed else None


def _of_wounds(preposition: Token) -> bool:
    """ "died of wounds sustained in a blast"."""
    return preposition.lower_ == "of" and any(c.lemma_ in ("wound", "injury", "burn") for c in preposition.children)


def _in_another_clause(child: Token, token: Token) -> bool:
    """True where a relative, reported or coordinated clause stands between `child` and `token` above it."""
    for step in (child, *ancestors(child)):
        if step.head.i == token.i and step.dep_ == "prep" and step.lower_ not in CAUSING and not _of_wounds(step):
            return True  # "executed him as part of its answer to the massacre"
        if step.i == token.i:
            return False
        if step.dep_ == "relcl" or (step.dep_ == "ccomp" and step.i > token.i):
            return True
        if step.i == child.i and step.dep_ == "conj" and step.pos_ == "VERB":
            return True
        if (
            step.dep_ == "conj"
            and step.pos_ == "VERB"
            and any(c.dep_ in SUBJECTS and c.pos_ != "NUM" for c in step.children)
        ):
            return True
    return False
