"""What the words around an event's noun say of it: that it is only a topic, that it was spared, or that it is one that took place."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from reportedly.stages._words import lemma

TALK = frozenset(
    {
        "statement", "comment", "remark", "view", "opinion", "discussion", "debate", "conversation", "question", "book", "joke", "article",
        "essay", "speech", "talk", "talking", "education", "awareness", "lecture", "research", "stereotype", "myth", "rhetoric",
    }
)  # fmt: skip
"""What is about a kind of act: "remarks about rape"."""
FREE = frozenset({"free", "freedom", "safe", "safety", "immune", "immunity"})
ENDING = frozenset(
    {"lift", "ease", "waive", "withdraw", "remove", "relax", "end", "drop", "repeal", "rescind", "suspend", "revoke"}
)
"""What is done to a ban or a curfew that was there."""
SPARING = frozenset({"avert", "avoid", "prevent", "minimise", "minimize", "limit", "reduce", "mitigate"})
HARMS = frozenset({"casualty", "death", "fatality"})
"""What is spared people."""
TRENDS = frozenset(
    {
        "increase",
        "rise",
        "grow",
        "double",
        "triple",
        "multiply",
        "surge",
        "soar",
        "fall",
        "drop",
        "decline",
        "decrease",
        "halve",
    }
)
"""What a number of acts does, and no act."""
WORST = frozenset({"deadliest", "bloodiest"})
FIERCE = frozenset(
    {
        "violent", "bloody", "deadly", "mass", "massive", "nationwide", "countrywide", "street", "anti-government", "antigovernment",
        "student", "week", "month", "day",
    }
)  # fmt: skip
"""What protests are that were held in the street."""
OFFICES = frozenset(
    {"charge", "command", "head", "chief", "director", "commander", "adviser", "advisor", "coordinator", "expert"}
)
"""Who or what is *of* a kind of act, without one that took place."""
OUTBURSTS = frozenset(
    {"riot", "rioting", "unrest", "violence", "protest", "rage", "looting", "anger", "crime", "hatred", "demonstration"}
)
BEARERS = frozenset({"survivor", "supporter", "advocate", "proponent", "opponent", "critic"})
MANNERS = frozenset({"mode", "method", "means", "avenue"})
ENDS = frozenset({"death", "martyr", "hero"})
"""What somebody who is killed may be said to die, too."""
BY = frozenset({"near", "outside", "inside", "at", "in", "beside", "by", "behind", "opposite"})
STATES_OWN = frozenset(
    {
        "parliament", "embassy", "consulate", "ministry", "checkpoint", "barracks", "mosque", "church", "synagogue", "temple", "shrine",
        "courthouse", "palace", "prison",
    }
)  # fmt: skip
"""What is seldom hit by chance."""


WANT = frozenset(
    {"thirst", "hunger", "starvation", "cold", "exposure", "hypothermia", "dehydration", "malnutrition", "age", "cause"}
)
"""What people die of that nobody did to them at that moment."""
OUTLAWING = frozenset(
    {"outlaw", "criminalise", "criminalize", "decriminalise", "decriminalize", "legalise", "legalize"}
)
FORBIDDING = OUTLAWING | {"prohibit", "forbid", "ban"}
IN_WORDS = frozenset(
    {
        "charm", "media", "publicity", "pr", "propaganda", "diplomatic", "legal", "control", "reform", "advertising", "marketing", "lobbying",
        "legislative", "sales", "rhetorical", "verbal",
    }
)  # fmt: skip
"""What kind an offensive is that hurts nobody."""
OFFICES_OF_STATE = frozenset(
    {"administration", "treasury", "department", "congress", "commission", "senate", "parliament"}
)
ON_THE_ROADS = re.compile(r"\b(?:road|traffic|highway) (?:toll|deaths?|fatalit(?:y|ies))\b", re.IGNORECASE)
SELF_MADE = re.compile(
    r"\b(?:(?:natural )?gas|boiler|methane|propane|butane|transformer|grain|dust|steam|firework|fireworks)"
    r"(?: (?:tank|cylinder|line|main|pipe|pipeline|heater|factory|plant))? (?:explosion|blast|leak)s?\b",
    re.IGNORECASE,
)
"""What explodes by itself."""


def is_died_of_want(trigger: Token) -> bool:
    """ "dying of thirst", "died of hunger": by no hand."""
    of = (p for c in trigger.children if c.dep_ == "prep" and c.lower_ in ("of", "from") for p in c.children)
    return trigger.lemma_ in ("die", "perish") and any(lemma(t) in WANT for t in of)


def is_forbidden(trigger: Token) -> bool:
    """ "marital rape would be outlawed": a law on it, and no deed."""
    noun = trigger.pos_ == "NOUN" and trigger.dep_ in ("nsubjpass", "dobj")
    gerund = trigger.tag_ == "VBG" and trigger.dep_ in ("csubj", "csubjpass") and trigger.head.lemma_ in FORBIDDING
    return gerund or (noun and lemma(trigger.head) in OUTLAWING)


def is_in_words(offensive: Token) -> bool:
    """ "a charm offensive", "her gun control offensive", "a legal onslaught"."""
    return offensive.pos_ == "NOUN" and any(
        lemma(c) in IN_WORDS for c in offensive.children if c.dep_ in ("compound", "amod", "nmod")
    )


def is_of_the_roads(sentence: str) -> bool:
    """ "The holiday road toll is the highest in the nation, with eight killed": by traffic."""
    return ON_THE_ROADS.search(sentence) is not None


def is_officials_target(doer: Token) -> bool:
    """ "The administration targeted 13 ministers": with orders on paper."""
    return lemma(doer) in OFFICES_OF_STATE


def explodes_by_itself(doc: Doc) -> bool:
    """Whether a text tells of a gas explosion or its like."""
    return SELF_MADE.search(doc.text) is not None


def is_mere_topic(trigger: Token) -> bool:
    """ "remarks about drug dealers and rape", "when it comes to military operations", "a life free from atrocities"."""
    first = trigger
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ != "pobj" or not _is_bare(trigger):
        return False
    above = first.head.head
    word = first.head.lower_
    if word == "about" and trigger.tag_ == "NN":
        return lemma(above) in TALK
    if word == "from":
        return lemma(above) in FREE
    comes = word == "to" and above.lower_ == "comes" and any(c.lower_ == "when" for c in above.children)
    return comes and any(c.lower_ == "it" for c in above.children)


def is_trend(trigger: Token) -> bool:
    """ "Attacks on officers increase", "kidnappings fell last year": how many there are, and not one of them."""
    counted = trigger.tag_ == "NNS" and trigger.dep_ == "nsubj" and lemma(trigger.head) in TRENDS
    return counted and not any(c.dep_ in ("det", "nummod", "poss") for c in trigger.children)


def is_of_an_office(trigger: Token) -> bool:
    """ "the admiral in charge of military operations", "as a mode of attack": what he does, and how, and no operation."""
    of = trigger.head
    if trigger.dep_ != "pobj" or of.lower_ not in ("of", "for"):
        return False
    if trigger.tag_ != "NNS":
        return lemma(of.head) in MANNERS and not list(trigger.children)
    return lemma(of.head) in OFFICES and not any(
        c.dep_ in ("det", "nummod", "relcl", "acl", "poss") for c in trigger.children
    )


def is_outburst(trigger: Token) -> bool:
    """ "an explosion of rioting": the rioting, and no bomb."""
    of = (p for c in trigger.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children)
    return trigger.lower_ in ("explosion", "eruption") and any(t.lemma_.lower() in OUTBURSTS for t in of)


def is_to_die_behind_bars(trigger: Token) -> bool:
    """ "he will likely die in prison": of age, with the years that he was given."""
    if trigger.lemma_ != "die" or trigger.tag_ != "VB":
        return False
    return any(
        p.lemma_ in ("prison", "jail", "bar", "cell", "custody")
        for c in trigger.children
        if c.lower_ in ("in", "behind")
        for p in c.children
    )


def is_of_those_who_bore_it(trigger: Token) -> bool:
    """ "survivors of sexual assault", "victims of torture", "a supporter of terrorist attacks": of any, and of none."""
    of = trigger.head
    if (
        trigger.dep_ != "pobj"
        or of.lower_ != "of"
        or of.head.lemma_ not in BEARERS
        or trigger.tag_ not in ("NN", "NNS")
    ):
        return False
    return not any(c.dep_ in ("det", "poss", "relcl", "acl", "nummod", "prep") for c in trigger.children)


def is_died_as(trigger: Token) -> bool:
    """ "he will die a free man": how he lived, not that he was killed."""
    if trigger.lemma_ != "die":
        return False
    as_what = (c for c in trigger.children if c.dep_ in ("dobj", "attr", "oprd") and c.left_edge.i == trigger.i + 1)
    return any(t.lemma_ not in ENDS and any(c.lower_ in ("a", "an") for c in t.lefts) for t in as_what)


def is_ended(trigger: Token) -> bool:
    """ "lifted sanctions", "the curfew was eased": what is over, and was not imposed."""
    return trigger.pos_ == "NOUN" and trigger.dep_ in ("dobj", "nsubjpass") and lemma(trigger.head) in ENDING


def is_spared(trigger: Token) -> bool:
    """ "minimising civilian casualties", "averted many deaths": those whom nobody killed."""
    return (
        trigger.pos_ == "NOUN"
        and lemma(trigger) in HARMS
        and trigger.dep_ in ("dobj", "nsubjpass")
        and lemma(trigger.head) in SPARING
        and lemma(trigger.head.head) != "fail"
    )


def is_death_itself(trigger: Token) -> bool:
    """ "violence and death serve no cause": nobody's."""
    return trigger.lower_ == "death" and _is_bare(trigger) and not any(c.dep_ == "amod" for c in trigger.children)


def is_this_one(trigger: Token) -> bool:
    """ "this attack only hardens us": one act, though the verb stands in the present."""
    return trigger.pos_ == "NOUN" and any(c.dep_ == "det" and c.lower_ in ("this", "these") for c in trigger.children)


def is_the_worst(trigger: Token) -> bool:
    """ "was the deadliest in years", "the bloodiest attack": one that took place."""
    around = [*trigger.children]
    if trigger.dep_ == "nsubj" and trigger.head.lemma_ == "be":
        around += [d for c in trigger.head.children if c.dep_ in ("attr", "acomp") for d in (c, *c.children)]
    return any(t.lower_ in WORST for t in around)


def is_in_the_street(protest: Token) -> bool:
    """ "violent street protests", "weeks of protests"."""
    counted = protest.head.head if protest.dep_ == "pobj" and protest.head.lower_ == "of" else None
    words = [c for c in protest.children if c.dep_ in ("amod", "compound", "nmod")]
    return any(lemma(t) in FIERCE for t in (*words, *(() if counted is None else (counted,))))


def is_beside_a_public_building(blast: Token) -> bool:
    """ "an explosion was reported near the parliament building", "an explosion outside the embassy"."""
    verb = (blast.head,) if blast.dep_ in ("nsubj", "nsubjpass", "dobj") else ()
    where = [p for t in (blast, *verb) for p in t.children if p.dep_ == "prep" and p.lower_ in BY]
    named = [t for p in where for t in p.children if t.dep_ == "pobj"]
    return any(lemma(w) in STATES_OWN for t in named for w in (t, *(c for c in t.children if c.dep_ == "compound")))


def _is_bare(noun: Token) -> bool:
    """Without an article, an owner or a clause: any act of its kind."""
    return not any(c.dep_ in ("det", "poss", "relcl", "acl", "nummod", "prep") for c in noun.children)
