"""Who is blamed or held where the parse has it otherwise."""

from __future__ import annotations

from spacy.tokens import Token

HARD_WORDS = {"lash": ("at",), "rail": ("at", "against"), "rage": ("at", "against"), "hit": ("at",), "swipe": ("at",)}
"""Verbs of blame that name the blamed after a preposition: "lashed out at Norland for having attacked"."""
FOR_DEEDS = frozenset(
    {
        "praise", "thank", "criticise", "criticize", "chide", "rebuke", "scold", "denounce", "fault", "punish", "reward", "congratulate",
        "honour", "honor", "sue", "fine", "prosecute", "try", "execute", "hang", "mock", "commend", "decorate", "reprimand", "discipline",
        "dismiss", "sack", "suspend", "berate", "admonish", "lambast", "lambaste", "castigate", "applaud", "laud", "forgive", "pardon", "slam",
        "imprison", "behead", "flog", "expel", "sanction", "upbraid", "reproach", "deplore",
    }
)  # fmt: skip
"""What is done to somebody *for* a deed of his: "praised the army for having shelled the town"."""
CAPTIVES = frozenset({"prisoner", "hostage", "captive"})
"""What somebody is held or taken as: "a pastor held prisoner"."""


def blamed(preposition: Token, verb: Token) -> list[Token]:
    """ "lashed out at Norland for having attacked", "praised Norland for attacking": Norland, and not whoever lashes out or praises."""
    whom = [c for c in verb.children if c.dep_ == "dobj" and c.i < preposition.i]
    if whom and preposition.lower_ == "for" and verb.lemma_ in FOR_DEEDS:
        return whom
    at = HARD_WORDS.get(verb.lemma_, ()) if preposition.lower_ == "for" else ()
    return [
        noun
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in at and child.i < preposition.i
        for noun in child.children
        if noun.dep_ == "pobj"
    ]


def held_captive(verb: Token) -> Token | None:
    """ "met the wife of a pastor held prisoner": the pastor is, whatever the parser hangs the participle on."""
    before = verb.nbor(-1) if verb.i else verb
    after = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    bare = verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("acl", "advcl") and before.pos_ in ("NOUN", "PROPN")
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "mark") for c in verb.children)
    return before if bare and not own and after.dep_ == "dobj" and after.lemma_ in CAPTIVES else None
