"""What on the way up the parse from a date or a place keeps it from an act: it says something of somebody, or of what came before."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from reportedly.stages._gather_words import GatherWords
from reportedly.stages._words import lemma

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
APART = frozenset({"since", "before", "until", "till", "because", "although", "though", "whereas", "unless"})
"""Conjunctions of a clause that tells another time or another matter."""
LATER = frozenset({"after", "since", "following", "before", "ahead", "despite"})
"""What stands above one of these has its own day: "schools were shut on Tuesday after the attack"."""
SPEAKING = frozenset({"speak", "talk", "address", "tell", "testify", "brief"})
SEATED = frozenset({"base", "headquarter", "center", "centre", "root", "register"})
"""Where a body is: "a group centred in Kesh"."""
FINDING = frozenset({"find", "discover", "see", "recover", "leave", "be", "identify"})
"""Those to whom something was done are found when and where it was done, or not long after."""
UNDER = frozenset({"under", "since", "despite", "over", "following", "after", "beyond"})
"""What is told to be so under, since or despite something that has its own day."""
LIVING = frozenset({"live", "reside", "settle", "work", "stay"})
JUDGING = frozenset({"convict", "acquit", "sentence", "indict", "charge", "jail", "accuse"})
"""What a court does; the day is that of the court, and not of the deed."""
TOPIC = frozenset({"about", "over", "regarding", "concerning"})
MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "nummod"})
BELONGING = frozenset({"of", "for", "with", "about", "by"})
TIMES = frozenset(
    {
        "morning",
        "afternoon",
        "evening",
        "night",
        "hours",
        "day",
        "week",
        "weekend",
        "month",
        "year",
        "eve",
        "end",
        "beginning",
    }
)
FIRSTS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last", "only"}
)


def strays(below: Token, above: Token, words: GatherWords, *, dated: bool) -> bool:
    """True where what hangs on `below` is no longer said of `above`; `dated` for a date, else a place."""
    dep = below.dep_
    if dep == "appos":
        if any(c.dep_ in ("nummod", "conj") for c in below.children):  # a list: "nine peasants in Kesh, six in Tarvik"
            return False
        return dated or is_somebody(above, words) or is_somebody(below, words)
    if is_of_the_speaking(below):
        return True
    if dated and dep == "prep" and below.lower_ in UNDER and _is_of_a_thing_dated(below):
        return True
    if dated and (_is_of_the_deed(below) or _is_known_for(below, above, words)):
        return True
    if not dated and below.dep_ == "prep" and above.lemma_ == "suspect" and above.pos_ == "NOUN":
        return True
    if not dated and dep in ("relcl", "acl") and lemma(below) in SEATED:
        return True
    if dep == "advcl" and has_subject(below):
        return _is_aside(below, dated=dated) or any(c.dep_ == "mark" and c.lower_ in APART for c in below.children)
    if not dated and (is_topic(below) or _had_lived(below)):
        return True
    if dep in ("relcl", "acl") and is_somebody(above, words):
        return (dated and below.tag_ != "VBG") or lemma(below) in words.lives
    if is_telling(below, words):
        return True
    return dated and dep == "prep" and below.lower_ == "since" and _is_ranked(below, above)


def begins(below: Token) -> int | None:
    """ "The links in Kesh with the attack": what stands before "with" is the links'."""
    aside = (
        below.dep_ == "prep"
        and below.head.pos_ == "NOUN"
        and below.lower_ in ("with", "to", "for", "against", "between", "on")
    )
    return below.i if aside else None


def is_of_another(below: Token, above: Token, words: GatherWords) -> bool:
    """ "He entered Norland in 2010 and was granted asylum due to clashes", "an expert in Kesh and a supporter of attacks": the year is
    that of the entering, and Kesh is where the expert was."""
    if below.dep_ != "conj":
        return False
    if below.pos_ in ("VERB", "AUX"):
        return any(c.dep_ == "advmod" and c.lower_ in ("later", "subsequently", "afterwards") for c in below.lefts)
    return above.pos_ in ("NOUN", "PROPN") and is_somebody(below, words)


def is_told_of_somebody(clause: Token, noun: Token, words: GatherWords) -> bool:
    """ "In 2010 the firm hired a man arrested in Kesh", "on Monday she praised the officer who shot him": another day, another place."""
    told = clause.dep_ == "relcl" or (clause.dep_ == "acl" and clause.tag_ == "VBN")
    found = noun.head.lemma_ in FINDING or noun.dep_ not in ("dobj", "pobj")
    return told and not found and is_somebody(noun, words)


def _is_of_the_deed(clause: Token) -> bool:
    """ "In custody for robbing a bank on 6 March", "a suspect in the February theft": the day is that of what he is held for."""
    return clause.dep_ == "pcomp" and clause.tag_ == "VBG" and clause.head.lower_ == "for"


def _is_of_a_thing_dated(under: Token) -> bool:
    """ "Accountable for the attack under the 2011 agreement": the year is the agreement's."""
    things = [c for c in under.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")]
    return any(not _is_time(t) and any(c.dep_ in MODIFIERS for c in t.lefts) for t in things)


def _is_known_for(below: Token, above: Token, words: GatherWords) -> bool:
    """ "A suspect in the February theft near Kesh was caught", "a leader of the 2011 protests was shot": what he is known for."""
    things = (c for c in below.children if c.dep_ == "pobj" and c.pos_ == "NOUN" and not _is_time(c))
    known = below.dep_ == "prep" and below.lower_ in ("in", "of", "from") and is_somebody(above, words)
    return known and any(
        lemma(thing) not in words.kinds | words.buildings | words.areas | words.people for thing in things
    )


def _is_aside(clause: Token, *, dated: bool) -> bool:
    """ "Detained families, most of them seeking asylum from Kesh": said of them, and not where they were detained."""
    of_them = any(t.lower_ in ("them", "whom") for t in clause.doc[clause.left_edge.i : clause.i])
    bare = clause.tag_ == "VBG" and not any(c.dep_ in ("mark", "aux", "auxpass") for c in clause.children)
    return not dated and bare and of_them


def _had_lived(clause: Token) -> bool:
    """ "Two brothers who had lived in Kesh for a decade planted it": where they were before."""
    if clause.dep_ not in ("relcl", "acl") or clause.lemma_ not in LIVING:
        return False
    long = any(c.lower_ == "for" and any(p.ent_type_ == "DATE" for p in c.children) for c in clause.rights)
    return long or any(c.dep_ == "aux" and c.lemma_ == "have" for c in clause.lefts)


def is_of_the_speaking(clause: Token) -> bool:
    """ "Speaking to reporters in Kesh on Sunday, the mayor called the shooting a test": where and when he spoke."""
    if clause.dep_ != "advcl" or clause.tag_ != "VBG" or clause.lemma_ not in SPEAKING or clause.i > clause.head.i:
        return False
    return not any(c.dep_ in ("mark", "advmod") and c.i < clause.i for c in clause.children)


def _is_ranked(since: Token, above: Token) -> bool:
    """ "the deadliest attack since 2010", "the first minister to be killed since 2010": no day of it."""
    sentence = above.sent
    return any(
        token.tag_ in ("JJS", "RBS") or (token.lower_ in FIRSTS and token.dep_ == "amod")
        for token in sentence
        if token.i < since.i and (token.head.i == above.i or token.head.is_ancestor(above) or above.is_ancestor(token))
    )


def dates_another(way: Sequence[Token]) -> bool:
    """True where a date tells of a thing that an act has to do with: "the 2008 crisis led to riots", "since the start of the debate on Saturday".

    Args:
        way: the tokens from the date's own to the one below the verb that it shares with the act.
    """
    if len(way) > 1 and way[0].dep_ in MODIFIERS and not _is_time(way[1]):
        bound = way[1].dep_ == "pobj" and way[1].head.lower_ in UNDER  # "under the 2011 agreement"
        if bound or way[1].dep_ in SUBJECTS:
            return True
    return any(
        token.dep_ == "pobj" and token.head.lower_ in BELONGING and token.pos_ == "NOUN" and not _is_time(token)
        for token in way[1:]
    )


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") or token.lower_ in TIMES


def is_somebody(token: Token, words: GatherWords) -> bool:
    """A person or people, by name or by noun."""
    return token.ent_type_ == "PERSON" or (token.pos_ in ("NOUN", "PROPN", "PRON") and lemma(token) in words.people)


def happens(verb: Token, words: GatherWords) -> bool:
    """ "Occurred", "took place": the verb says no more than that there was an act."""
    plain = lemma(verb) in words.occurs
    return plain and (verb.lemma_ != "take" or any(c.dep_ == "dobj" and c.lower_ == "place" for c in verb.children))


def is_told_of_a_thing(clause: Token, words: GatherWords) -> bool:
    """ "The bombing of the embassy, which opened in 1998": what was over then is no act; "which was passing on Monday" is of its day."""
    over = (
        clause.dep_ == "relcl"
        and clause.tag_ in ("VBD", "VBN")
        and not any(c.lower_ == "being" for c in clause.children)
    )
    return over and not happens(clause, words)


def is_of_what_is_said(token: Token, cue: Token) -> bool:
    """ "She condemns the attack in Kesh today": who speaks in the present needs no day; it is that of the act before it."""
    return cue.i < token.i and cue.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "aux" for c in cue.children)


def has_subject(verb: Token) -> bool:
    """Whether `verb` has a subject of its own."""
    return any(c.dep_ in SUBJECTS for c in verb.children)


def is_topic(token: Token) -> bool:
    """ "the debate in Paris about the attack": what stands above is where and when it was talked of."""
    return token.dep_ == "prep" and token.lower_ in TOPIC and token.head.pos_ == "NOUN"


def is_telling(token: Token, words: GatherWords) -> bool:
    """ "Saturday's documentary on the killings", "during the 2013 trial": what tells or tries an act has its own day and place."""
    return token.pos_ == "NOUN" and lemma(token) in words.tellings


def is_later(token: Token) -> bool:
    """ "shut on Tuesday after the attack", "shut on Tuesday after gunmen attacked": what stands above has its own day."""
    if token.dep_ in ("prep", "pcomp", "mark") and token.lower_ in LATER:
        return True
    return token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in LATER for c in token.children)


def is_of_a_court(verb: Token) -> bool:
    """ "Found guilty last month of murdering a judge", "convicted on Monday of it": when the court said so."""
    return verb.lemma_ in JUDGING or (verb.lemma_ == "find" and any(c.lower_ == "guilty" for c in verb.children))


def limit(verb: Token) -> int | None:
    """Where a clause coordinated with another before it begins to have its own: only what opens the first is of both.

    "On Monday the army fought in Mali and the siege of Kesh ended": Monday is of both, Mali of the first alone.
    """
    if (
        verb.dep_ not in ("conj", "ccomp", "parataxis")
        or verb.head.pos_ not in ("VERB", "AUX")
        or not has_subject(verb)
    ):
        return None
    if verb.dep_ == "ccomp" and not any(c.dep_ == "mark" for c in verb.children):  # "left nine people injured"
        return None
    subject = next((c for c in verb.head.children if c.dep_ in SUBJECTS), verb.head)
    return min(subject.left_edge.i, verb.head.i)
