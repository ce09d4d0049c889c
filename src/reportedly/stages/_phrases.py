"""Reading the dependency parse: noun phrases, and who does what to whom, past passives, relatives and infinitives.

Labels are those of the English CLEAR style that spaCy's models use.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.stages._held import blamed, held_captive, sayer_of, told_before
from reportedly.stages._lists import NOMINAL

PHRASE_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "advmod", "predet", "neg"})
DWELLERS = frozenset({"resident", "inhabitant", "native", "citizen", "villager"})
"""Of these who live in a place a clause is told, and not of the place."""
ONES = frozenset({"one", "ones", "first", "last"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
BY_DOING = frozenset({"by", "after", "before", "while", "without"})
"""Before a gerund: whoever does the one does the other."""
OBJECT_CONTROL = frozenset(
    {
        "accuse",
        "suspect",
        "convict",
        "blame",
        "charge",
        "allow",
        "ask",
        "order",
        "force",
        "train",
        "send",
        "tell",
        "urge",
        "persuade",
        "recruit",
        "help",
        "enable",
        "command",
        "instruct",
        "encourage",
        "stop",
        "prevent",
        "bar",
        "keep",
        "pay",
        "hire",
        "see",
        "condemn",
        "deploy",
        "teach",
        "direct",
        "authorize",
        "authorise",
        "incite",
        "inspire",
        "exhort",
        "assign",
        "compel",
        "coerce",
        "groom",
        "prompt",
        "motivate",
        "induce",
        "tempt",
        "cause",
        "lead",
        "push",
        "permit",
        "acquit",
        "arrest",
        "detain",
        "jail",
        "indict",
        "implicate",
        "sentence",
        "find",
        "catch",
        "forbid",
        "want",
        "expect",
        "invite",
        "anticipate",
        "beg",
        "implore",
        "warn",
        "advise",
        "challenge",
        "oblige",
        "ban",
        "prohibit",
        "deter",
        "dissuade",
        "discourage",
        "restrain",
        "block",
    }
)
HATCHES = frozenset(
    {
        "hatch",
        "make",
        "have",
        "carry",
        "devise",
        "launch",
        "announce",
        "plan",
        "prepare",
        "abandon",
        "pursue",
        "form",
        "lead",
        "mastermind",
        "finance",
        "stage",
        "mount",
        "conduct",
        "vow",
        "discuss",
        "draw",
        "unveil",
        "develop",
        "begin",
        "start",
        "play",
        "take",
        "finalise",
        "finalize",
        "fail",
    }
)
PLACES = frozenset(
    {
        "town",
        "city",
        "village",
        "province",
        "district",
        "area",
        "region",
        "neighborhood",
        "neighbourhood",
        "suburb",
        "quarter",
        "capital",
        "outskirts",
        "part",
        "street",
        "centre",
        "center",
    }
)
OATHS = frozenset({"hell", "heck", "crap", "shit", "daylights", "life"})
"""What is bombed, scared or beaten *out of* somebody."""
APPEALS = {"call": ("on", "upon"), "appeal": ("to",), "prevail": ("on", "upon")}
"""Verbs that ask somebody after a preposition to do something: "called on its followers to attack"."""
PARTICLES = frozenset({"by", "up", "on", "in", "out"})
CAMPAIGNS = frozenset(
    {"operation", "mission", "offensive", "campaign", "push", "drive", "effort", "bid", "plan", "plot"}
)
SCHEMES = frozenset({"plot", "plan", "attempt", "conspiracy", "scheme", "bid", "threat"})
UNDERGONE = frozenset(
    {"shoot", "stab", "wound", "injure", "kill", "kidnap", "abduct", "arrest", "detain", "behead", "torture", "murder"}
)
"""Verbs that always have an object: without one after a passive they are passive, too."""
HOLDING = frozenset({"include", "involve", "mean", "entail", "require"})
"""What does one of these does nothing of what it holds: "their powers include sending troops"."""
DEPTH = 6


def phrase(token: Token) -> tuple[int, int]:
    """Token numbers [first, last] of the noun phrase of `token`, without relative clauses and appositions."""
    first, last = token.i, _hyphenated(token)
    doc = token.doc
    for child in list(token.lefts)[::-1]:
        if child.dep_ in PHRASE_LEFT and not _is_before(child):
            first = min(first, child.left_edge.i)
        elif child.dep_ in PHRASE_LEFT:
            break
    while first < token.i and doc[first].is_punct and doc[first].text not in "\"'$":
        first += 1
    for child in token.rights:
        if (child.dep_ == "prep" and child.lower_ == "of" and child.i == last + 1) or (
            child.dep_ in ("prep",) and child.lower_ == "for" and token.pos_ == "PROPN" and child.i == last + 1
        ):
            for inner in child.rights:
                if inner.dep_ == "pobj" and inner.tag_ != "WP":
                    last = max(last, phrase(inner)[1])
        elif child.i == last + 1 and child.lower_ in ("more", "others") and child.dep_ in ("amod", "advmod"):
            last = child.i  # "killed 130 people and injured scores more"
        elif (
            child.dep_ == "appos"
            and child.pos_ == "PROPN"
            and child.left_edge.i == last + 1
            and not _are_several(child)
        ):
            last = phrase(child)[1]  # "the writer Ana Ruiz"
    return first, last


def _are_several(name: Token) -> bool:
    """ "the writers Ana Ruiz and Hugo Reyes": each is one of them."""
    return name.head.tag_ in ("NNS", "NNPS") and any(c.dep_ == "conj" for c in name.children)


def _is_before(child: Token) -> bool:
    """True for what the parser hangs on a noun though it belongs to the verb: "that targeted" before "stations", "dead" before "two men"."""
    if any(t.tag_ in ("WDT", "WP", "WP$", "WRB") for t in (child, *child.lefts)):
        return True
    after = child.doc[child.i + 1]
    return child.lower_ == "dead" and child.dep_ == "amod" and (after.pos_ == "NUM" or after.dep_ in ("det", "poss"))


def _hyphenated(noun: Token) -> int:
    """The number of the last token of "passers-by", "runners-up": the parser takes what follows the hyphen for another word."""
    if noun.i + 2 >= len(noun.doc) or noun.whitespace_ or noun.nbor().text != "-" or noun.nbor().whitespace_:
        return noun.i
    return noun.i + 2 if noun.nbor(2).lower_ in PARTICLES else noun.i


def offsets(token: Token) -> tuple[int, int]:
    """Code points of the noun phrase of `token`."""
    first, last = phrase(token)
    end = token.doc[last]
    return token.doc[first].idx, end.idx + len(end.text)


def is_passive(verb: Token) -> bool:
    """True for "was attacked", and for "attacked by" without an auxiliary."""
    if _is_seen_done(verb) or held_captive(verb) is not None:
        return True
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass"):
            return True
        if child.dep_ in ("nsubj", "dobj") and verb.dep_ != "relcl":
            return False
    if _is_told_on(verb):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return is_passive(verb.head)
    return any(c.dep_ == "agent" for c in verb.children) or verb.dep_ in ("advcl", "ROOT", "ccomp")


def _is_seen_done(verb: Token) -> bool:
    """ "has seen his van attacked", "had their house burned": it is done to the van, though the parser makes it the subject."""
    small = verb.dep_ == "ccomp" and verb.tag_ in ("VBN", "VBD") and verb.head.lemma_ in ("see", "have")
    parts = {c.dep_ for c in verb.children}
    return small and "nsubj" in parts and not parts & {"aux", "auxpass", "mark", "dobj", "neg"}


def _is_told_on(verb: Token) -> bool:
    """ "was ambushed by rebels and shot dead": the parser takes the second participle for a past tense."""
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or verb.lemma_ not in UNDERGONE or not is_passive(verb.head):
        return False
    return not any(
        c.dep_ in ("nsubj", "dobj", "aux", "auxpass") or (c.dep_ == "prep" and c.lower_ in ("at", "on", "into"))
        for c in verb.children
    )


def _antecedent(relative: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if relative.lower_ in RELATIVES:
        clause: Token | None = verb
        for _ in range(DEPTH):
            if clause is None or clause.dep_ == "ROOT":
                break
            if clause.dep_ == "relcl":
                noun = _of_ones(clause.head)
                if (
                    relative.lower_ == "who"
                    and noun.dep_ == "pobj"
                    and noun.head.lower_ in ("of", "from")
                    and noun.head.head.lemma_ in DWELLERS
                ):
                    return noun.head.head  # "residents of Velm who had been seized"
                return _not_the_place(noun) if relative.lower_ in ("which", "that") else noun
            clause = clause.head
    return relative


def _of_ones(noun: Token) -> Token:
    """ "soldiers were the ones who killed him": the soldiers did."""
    if noun.lower_ in ("one", "ones") and noun.dep_ == "attr":
        return next((c for c in noun.head.children if c.dep_ == "nsubj" and c.pos_ != "PRON"), noun)
    return noun


def _not_the_place(noun: Token) -> Token:
    """ "the attacks in the town of X, which killed": the attacks did, not the town that the parser hangs the clause on."""
    for _ in range(DEPTH):
        above = noun.head.head
        if noun.ent_type_ not in ("GPE", "LOC", "FAC") and noun.lower_ not in PLACES:
            break
        if noun.dep_ != "pobj" or above.pos_ not in ("NOUN", "PROPN"):
            break
        noun = above
    return noun


def whose(pronoun: Token) -> Token:
    """ "the mayor, whose murder shocked the town": the mayor."""
    if pronoun.head.dep_ == "appos":
        return pronoun.head.head
    clause = next((t for t in pronoun.ancestors if t.dep_ == "relcl"), None)
    return clause.head if clause is not None and clause.left_edge.i >= pronoun.i - 1 else pronoun


def is_said_of(noun: Token) -> Token:
    """ "Ana Ruiz was the third teacher to be kidnapped": Ana Ruiz; "the soldiers were the first ones to": the soldiers."""
    if noun.dep_ != "attr" or noun.head.lemma_ != "be":
        return noun
    somebody = (
        c
        for c in noun.head.children
        if c.dep_ == "nsubj"
        and (c.ent_type_ == "PERSON" or c.lower_ in ("he", "she", "they", "i", "we") or noun.lower_ in ONES)
    )
    return next(somebody, noun)


def agents(verb: Token) -> list[Token]:
    """Nouns after "by" of a passive."""
    out = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            out += [c for c in child.children if c.dep_ == "pobj"]
    return out


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what `verb` says: its own subject, the agent of a passive, or the one it shares with a verb above it."""
    if depth > DEPTH:
        return []
    if is_passive(verb):
        return agents(verb)
    own = _not_fronted([c for c in verb.children if c.dep_ in ("nsubj", "csubj") and c.pos_ in NOMINAL])
    if own:
        return [_antecedent(c, verb) for c in own if not _has_a_verb_of_its_own(c)]
    return _inherited(verb, depth)


def _has_a_verb_of_its_own(noun: Token) -> bool:
    """ "The bombing, which officials blamed on rebels, killed nine": the parser makes them the ones who killed, for it takes their verb for a participle."""
    beside = noun.nbor() if noun.i + 1 < len(noun.doc) else noun
    return beside.dep_ == "acl" and beside.tag_ == "VBD" and beside.head.i == noun.i


def _not_fronted(found: list[Token]) -> list[Token]:
    """ "A pastor of the church, Orlik was detained": Orlik, whom the words before his name describe."""
    last = found[-1] if len(found) > 1 else None
    if last is None or last.left_edge.i <= found[0].i:
        return found
    named = last.pos_ == "PROPN" and last.left_edge.nbor(-1).text == ","
    return [last] if named and found[0].pos_ == "NOUN" else found


def _inherited(verb: Token, depth: int) -> list[Token]:
    head, dep = verb.head, verb.dep_
    if head.lemma_ in HOLDING:
        return []
    if (own := _behind_after(verb) or told_before(verb)) is not None:
        return [own]
    if dep == "relcl":
        return [head] if not any(c.dep_ == "dobj" and c.lower_ in RELATIVES for c in verb.children) else []
    if dep == "acl":
        if verb.tag_ == "VBG" or head.pos_ in ("PROPN", "PRON"):
            return [head]
        return owners(head, depth + 1) or (_campaigners(head) if verb.tag_ == "VB" else [])
    if dep == "pcomp":
        above = head.head
        if above.dep_ == "prep" and head.dep_ == "conj":  # "accused X of killing him with a knife and of burning"
            above = next((t for t in ancestors(above) if t.lemma_ in OBJECT_CONTROL), above)
        if above.pos_ in ("VERB", "AUX"):
            told = surface_subjects(above, depth + 1) if head.lower_ in BY_DOING else controller(above, depth)
            return blamed(head, above) or told
        if above.pos_ == "ADJ" and above.head.pos_ in ("AUX", "VERB"):
            return subjects(above.head, depth + 1)
        return _accused(above) or owners(above, depth + 1) if above.pos_ in NOMINAL else []
    if dep == "conj" and head.pos_ in NOMINAL and verb.tag_ == "VBD" and _shot(head, verb):
        return [head]
    if head.pos_ not in ("VERB", "AUX"):
        return (
            subjects(head.head, depth + 1)
            if head.pos_ == "ADJ" and dep == "xcomp" and head.head.pos_ in ("AUX", "VERB")
            else []
        )
    if dep == "conj":
        if (sayer := sayer_of(verb, head)) is not None:
            return surface_subjects(sayer, depth + 1)
        return _before_bare_clause(verb, head) or surface_subjects(head, depth + 1)
    if dep in ("xcomp", "advcl", "ccomp", "dep"):
        schemed = [
            c for c in head.rights if c.dep_ == "dobj" and c.i < verb.i and c.lemma_ in SCHEMES and verb.tag_ == "VB"
        ]
        return owners(schemed[0], depth + 1) if schemed else controller(head, depth)
    return []


def _behind_after(verb: Token) -> Token | None:
    """ "taken there after gunmen today planted a bomb": the parser may hang the gunmen on "after"."""
    noun = verb.doc[verb.left_edge.i - 1]
    over = noun.head.dep_ == "prep" and noun.head.lower_ in ("after", "before", "since", "until")
    return noun if over and noun.dep_ == "pobj" and verb.tag_ == "VBD" and noun.i < verb.i else None


def _accused(noun: Token) -> list[Token]:
    """ "accused the service of the neighbour of having trained": whatever noun the last "of" hangs on, the accused is meant."""
    for token in (noun, *noun.ancestors):
        if token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in OBJECT_CONTROL:
            return [token]
        if token.pos_ == "VERB":
            return (
                [c for c in token.children if c.dep_ in ("dobj", "nsubjpass")] if token.lemma_ in OBJECT_CONTROL else []
            )
    return []


def _before_bare_clause(verb: Token, head: Token) -> list[Token]:
    """ "it emerged troops had captured": without "that", the parser takes the clause's subject for the object of the verb before."""
    if any(c.dep_ == "cc" for c in head.children if head.i < c.i < verb.i):
        return []
    first = min([c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass", "neg", "advmod")], default=verb.i)
    return [c for c in head.children if c.dep_ == "dobj" and c.right_edge.i == first - 1]


def near_relative(noun: Token) -> Token | None:
    """The verb of a relative clause that follows `noun` at once though the parser hung it on a noun further off."""
    after = noun.i + 1
    if after >= len(noun.doc):
        return None
    start = noun.doc[after]
    for verb in (start, *start.ancestors):
        if verb.dep_ == "relcl" and verb.pos_ == "VERB" and verb.left_edge.i == after and verb.head.i < noun.i:
            return verb
    return None


def controller(verb: Token, depth: int = 0) -> list[Token]:
    """Who is to do what hangs on `verb`: its object for "accused X of", else its subject."""
    if verb.lemma_ in OBJECT_CONTROL:
        found = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        if found:
            return [_antecedent(c, verb) for c in found]
        if verb.dep_ in ("acl", "relcl"):
            return [verb.head]
    called = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in APPEALS.get(verb.lemma_, ())]
    if called and (to_whom := [p for p in called[-1].children if p.dep_ == "pobj"]):
        return to_whom
    return surface_subjects(verb, depth + 1)


def _shot(noun: Token, verb: Token) -> bool:
    """ "two men in a car shot and killed him", where the parser takes "a car shot" for one noun."""
    between = noun.doc[noun.i + 1 : verb.i]
    return noun.dep_ == "ROOT" and any(t.lower_ == "shot" and t.dep_ == "pobj" for t in between)


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, of a passive too."""
    found = _not_fronted([c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ in NOMINAL])
    if found:
        return [_antecedent(c, verb) for c in found]
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return [verb.head]
    return _inherited(verb, depth) if depth <= DEPTH else []


def objects(verb: Token) -> list[Token]:
    """To whom or what it is done: the object, or the subject of a passive."""
    held = held_captive(verb)
    if held is not None:
        return [held]
    if is_passive(verb):
        found = [c for c in verb.children if c.dep_ == "nsubjpass" or (c.dep_ == "nsubj" and _is_seen_done(verb))]
        found = _not_fronted(found)
        if found:
            return [_antecedent(c, verb) for c in found]
        if verb.dep_ in ("acl", "amod"):
            return [verb.head]
        clause = next((c for c in verb.lefts if c.dep_ == "csubjpass" and c.tag_ == "VBG"), None)
        if clause is not None:  # "a guard talking to two men was shot", where the parser takes the talking for what was
            return [c for c in clause.lefts if c.dep_ == "nsubj"]
        return _inherited(verb, 1)
    found = [t for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP" for t in _beaten(c)]
    if found:
        return [_antecedent(c, verb) for c in found]
    if verb.dep_ == "relcl" and not any(c.dep_ == "nsubj" and c.lower_ in RELATIVES for c in verb.children):
        return [verb.head] if any(c.dep_ == "nsubj" for c in verb.children) else []
    for child in verb.children:  # "captured and killed three men"
        if (
            child.dep_ == "conj"
            and child.pos_ == "VERB"
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
        ):
            return [c for c in child.children if c.dep_ == "dobj"]
    return []


def _beaten(noun: Token) -> list[Token]:
    """ "bomb the hell out of X": X; "claimed a life": the life."""
    if noun.lower_ not in OATHS:
        return [noun]
    outs = [c for t in (noun, noun.head) for c in t.children if c.lower_ == "out" and c.i > noun.i]
    within = {t.i: t for out in outs for t in out.subtree if t.dep_ == "pobj" and t.head.lower_ == "of"}
    return [within[min(within)]] if within else [noun]


def is_spared(token: Token, naming: frozenset[str]) -> bool:
    """ "without blaming X", "did not name X": named, and not held to have done it."""
    verb = token.head
    return (
        verb.pos_ == "VERB"
        and verb.lemma_ in naming
        and any(c.lower_ in ("without", "not", "n't") for c in (*verb.children, verb.head))
    )


def owners(noun: Token, depth: int = 0) -> list[Token]:
    """Whose act a noun is: "X's plan", "the plan by X", or the subject of the verb that carries it out."""
    found = [c for c in noun.children if c.dep_ == "poss"]
    found += [p for c in noun.children if c.dep_ == "prep" and c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
    if found or depth > DEPTH:
        return found
    if noun.dep_ in ("dobj", "conj") and noun.head.pos_ == "VERB" and noun.head.lemma_ in HATCHES:
        return subjects(noun.head, depth + 1)
    return []


def _campaigners(noun: Token) -> list[Token]:
    """ "the Norlandish operation to retake Tarvik", "the start of Norlandish operations to retake it": Norland's."""
    for token in (noun, *prepositional(noun, "of")):
        if token.lemma_ in CAMPAIGNS:
            return [
                c for c in token.children if c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in ("NORP", "GPE")
            ]
    return []


def is_ruled_out(noun: Token) -> bool:
    """ "by soldiers, not by rebels", "not rebels but soldiers": no rebels."""
    first = noun.left_edge.i
    first -= first > 0 and noun.doc[first - 1].lower_ == "by"
    if first < 1 or noun.doc[first - 1].lower_ != "not":
        return False
    before, after = noun.doc[max(first - 2, 0)], noun.doc[min(noun.i + 1, len(noun.doc) - 1)]
    return before.text in (",", "-", "–", "—") or before.lower_ == "and" or after.lower_ == "but"


def hands(token: Token) -> list[Token]:
    """ "were killed at the hands of the militia", "suffered abuse at the hands of guards": the militia, the guards."""
    above = [token, token.head] if token.dep_ == "dobj" else [token]
    return [
        owner
        for at in above
        for hand in prepositional(at, "at")
        if hand.lower_ == "hands"
        for owner in prepositional(hand, "of")
    ]


def prepositional(token: Token, *names: str) -> list[Token]:
    """Objects of the prepositions `names` that hang on `token`."""
    out = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in names:
            out += [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            out += [p for c in child.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
    return out


def ancestors(token: Token) -> Iterator[Token]:
    """The tokens above `token`, nearest first, ending with the root."""
    while token.head.i != token.i:
        token = token.head
        yield token
