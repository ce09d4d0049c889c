"""Pronouns that the verb above them binds: "its own raid" is the subject's, and nobody condemns his own."""

from __future__ import annotations

from spacy.tokens import Token

JUDGING = frozenset(
    {
        "condemn", "denounce", "deplore", "decry", "criticise", "criticize", "slam", "blast", "lament", "oppose", "protest", "reject", "resist",
        "rebuff", "repel", "mourn", "fear", "dread", "welcome", "praise", "applaud", "hail", "support", "back", "expose", "document", "record",
    }
)  # fmt: skip
"""What one does to the deeds of others."""


def is_own(pronoun: Token) -> bool:
    """ "Just as Norland began its own campaign": Norland's, whoever began another before."""
    return pronoun.dep_ == "poss" and pronoun.i + 1 < len(pronoun.doc) and pronoun.nbor().lower_ == "own"


def judging(pronoun: Token) -> Token | None:
    """ "The report on the army condemned its killing of civilians": the verb, whose subject the pronoun is not."""
    noun = pronoun.head
    verb = noun.head
    theirs = pronoun.dep_ == "poss" and noun.dep_ == "dobj" and verb.lemma_ in JUDGING
    return verb if theirs and not is_own(pronoun) and noun.lemma_ in DEEDS else None


def is_of_a_deed(pronoun: Token) -> bool:
    """ "its shelling of the town": whoever shelled."""
    return pronoun.dep_ == "poss" and pronoun.head.lemma_ in DEEDS and pronoun.lower_ in ("its", "their")


def is_of_an_order(verb: Token) -> bool:
    """ "issued an order forbidding him": the participle of what somebody makes."""
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.dep_ == "dobj"


DEEDS = frozenset(
    {
        "attack", "assault", "raid", "killing", "murder", "massacre", "bombing", "shelling", "strike", "airstrike", "invasion", "occupation",
        "offensive", "crackdown", "campaign", "war", "aggression", "torture", "arrest", "detention", "abduction", "kidnapping", "execution",
        "use", "abuse", "treatment", "siege", "blockade", "annexation", "incursion", "persecution", "intervention", "seizure",
    }
)  # fmt: skip
"""What somebody has done of which another speaks."""
