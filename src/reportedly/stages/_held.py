"""Who is blamed, held or does something where the parse has it otherwise."""

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

OBJECTS = frozenset({"them", "him", "her", "us", "me"})
GROUPS = frozenset(
    {"police", "staff", "crew", "family", "group", "team", "majority", "number", "couple", "pair", "government"}
)
"""Nouns in the singular after which "have" may stand."""


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


def told_before(verb: Token) -> Token | None:
    """Who does what a verb says that has no subject in the parse, from the word right before it.

    "He expected them surrendering today": them. "They burned the shops, and marchers tried to storm the hall", where the parser lists the
    marchers among the shops: the marchers.
    """
    first = min([c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass", "neg", "advmod")], default=verb.i)
    before = verb.doc[first - 1] if first else verb
    if verb.tag_ == "VBG" and verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "dep") and first == verb.i:
        return before if before.lower_ in OBJECTS and before.head.i == verb.head.i else None
    finite = verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.head.pos_ in ("VERB", "AUX")
    listed = before.dep_ == "conj" and before.pos_ in ("NOUN", "PROPN") and before.right_edge.i == before.i
    if not finite or not listed or verb.head.i > before.i:
        return None
    opens = verb.doc[before.left_edge.i - 2 : before.left_edge.i]
    return before if [t.lower_ for t in opens] == [",", "and"] else None


def sayer_of(verb: Token, head: Token) -> Token | None:
    """ "Police said an officer was shot and have arrested two men": police have, for one officer would "has"; the verb of saying."""
    have = next((c for c in verb.lefts if c.dep_ == "aux" and c.lower_ == "have" and c.tag_ == "VBP"), None)
    one = next((c for c in head.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if have is None or one is None or one.tag_ not in ("NN", "NNP") or head.dep_ != "ccomp":
        return None
    several = any(c.dep_ == "conj" for c in one.children) or one.lemma_.lower() in GROUPS
    return None if several or head.head.pos_ != "VERB" else head.head
