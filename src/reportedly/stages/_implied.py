"""Who did what a passive without "by" says: whoever did what is coordinated with it, or whose operation it happened in."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from reportedly.stages._phrases import agents, is_passive, prepositional
from reportedly.stages._words import CodeWords, lemma

BETWEEN = frozenset({"cc", "punct", "advmod", "conj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
STRANGERS = frozenset({"unidentified", "unknown", "armed", "masked", "hooded"})
ON_PURPOSE = frozenset(
    {"shoot", "gun", "stab", "murder", "assassinate", "kidnap", "abduct", "ambush", "behead", "execute"}
)
"""Done by somebody who is there for it; one is killed by accident, too."""
CAPTORS = frozenset({"police", "military", "intelligence"})


def implied(verb: Token, words: CodeWords, acts: Callable[[Token], bool]) -> list[Token]:
    """Who did what the passive `verb` says, where another part of its clause names them.

    Args:
        verb: a passive without an agent of its own.
        words: the lexicons.
        acts: whether a token names somebody who acts.
    """
    return _after(verb, words) or _before(verb, words) or _operating(verb, words, acts) or _at_the_time(verb, words)


def _after(verb: Token, words: CodeWords) -> list[Token]:
    """ "were attacked and robbed by soldiers": whoever did the second did the first, if the second is a harm, too."""
    beside = [*verb.rights, *(verb.head.rights if verb.dep_ == "conj" else ())]
    for other in (t for t in beside if t.dep_ == "conj" and t.i > verb.i and t.tag_ in ("VBN", "VBD")):
        near = all(t.dep_ in BETWEEN for t in verb.doc[verb.i + 1 : other.i])
        if near and _harms(other, words) and not _has_subject(other):
            found = agents(other) or _after(other, words)
            if found:
                return found
    return []


def _before(verb: Token, words: CodeWords) -> list[Token]:
    """ "was ambushed by rebels and shot dead": by the rebels. Whom a mob beat, others may have arrested."""
    first = verb.head
    if verb.dep_ != "conj" or not is_passive(first) or _has_subject(verb):
        return []
    if not (_harms(first, words) and _harms(verb, words)):
        return []
    jailed = any(frame.type == "arrest" for v in (verb, first) for frame in words.verbs.get(lemma(v), ()))
    return [t for t in agents(first) if not jailed or words.people.get(lemma(t)) in CAPTORS]


def _operating(verb: Token, words: CodeWords, acts: Callable[[Token], bool]) -> list[Token]:
    """ "was captured in a joint operation of the army and the police", "were shot in a police operation"."""
    out = []
    for noun in prepositional(verb, "in", "during"):
        if lemma(noun) in words.lists["operations"]:
            out += [t for t in prepositional(noun, "by", "of") if acts(t)]
            out += [c for c in noun.children if c.dep_ in ("compound", "poss") and lemma(c) in words.actors]
    return out


def _at_the_time(verb: Token, words: CodeWords) -> list[Token]:
    """ "was shot when two masked men entered his shop": they shot him, unless both sides fought."""
    whom = {lemma(c) for c in verb.children if c.dep_ in SUBJECTS}
    for clause in (c for c in verb.rights if c.dep_ == "advcl" and c.pos_ == "VERB"):
        if not any(c.lower_ == "when" for c in clause.lefts) or is_passive(clause) or lemma(verb) not in ON_PURPOSE:
            continue
        found = [c for c in clause.lefts if c.dep_ == "nsubj" and lemma(c) not in whom and _is_assailant(c, words)]
        if found and not prepositional(clause, "with"):
            return found
    return []


def _is_assailant(token: Token, words: CodeWords) -> bool:
    """ "Gunmen", "two unidentified individuals"."""
    strange = any(c.lower_ in STRANGERS for c in token.children)
    return words.people.get(lemma(token)) == "armed_group" or (strange and token.tag_ in ("NN", "NNS"))


def _harms(verb: Token, words: CodeWords) -> bool:
    base = lemma(verb)
    frames = words.verbs.get(base, ())
    return base in words.lists["mistreats"] or any(
        f.subject == "actor" and f.object == "recipient" and f.type != "release" for f in frames
    )


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)
