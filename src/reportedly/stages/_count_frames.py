"""What a counted noun is part of: the frames of the count stage, read off the parse.

Each rule takes the token that stands for those counted (the noun, or the number itself where there is none) and gives a
kind, or None. Words are the lexicon's (``lexicons/counts.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from reportedly.records import QuantityKind

SUBJECT = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
OBJECT = ("dobj", "obj", "oprd")
MAX_CLIMB = 6
GUESSES = ("fear", "presume", "believe", "think")
"""Missing and feared dead are missing."""
COUNT_OF_STATE = ("nummod", "quantmod", "npadvmod", "advmod", "compound")


@dataclass(frozen=True, slots=True)
class FrameTables:
    """Lemma (or lower-cased form, for `state`) to kind, for each place in a frame."""

    object: Mapping[str, QuantityKind]
    subject: Mapping[str, QuantityKind]
    state: Mapping[str, QuantityKind]
    of: Mapping[str, QuantityKind]
    to_death: frozenset[str]
    death_words: frozenset[str]
    event_nouns: Mapping[str, QuantityKind]
    attackers: frozenset[str]
    plain_persons: frozenset[str]
    refugees: frozenset[str]
    targets: frozenset[str]
    things: frozenset[str]
    attack_verbs: frozenset[str]
    acts: frozenset[str]
    gangs: frozenset[str]
    wholes: frozenset[str]
    lost: frozenset[str]
    flight_verbs: frozenset[str]
    flight_places: frozenset[str]
    target_verbs: frozenset[str]
    thing_verbs: frozenset[str]
    life_verbs: frozenset[str]
    harm_verbs: frozenset[str]
    harms: frozenset[str]
    state_verbs: frozenset[str]
    toll_nouns: frozenset[str]
    toll_kinds: Mapping[str, QuantityKind]
    toll_verbs: frozenset[str]


def base(noun: Token) -> str:
    """The lemma in lower case; of a word that was taken for a name ("Casualties"), its singular."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PROPN" and noun.tag_ in ("NNP", "NNPS") and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma


def kind_of(node: Token, noun: Token | None, tables: FrameTables) -> QuantityKind | None:
    """The kind of what is counted at `node`; `noun` is the counted noun where the words give one."""
    lemma = base(noun) if noun is not None else ""
    if lemma in tables.event_nouns:
        return tables.event_nouns[lemma]
    kind = _stated(node, tables)
    if kind is None:
        kind = governed(node, lemma, tables)
    if kind is None and noun is not None:
        later = (_stated(t, tables) for t in (*_joined(node), *_listed(node, tables)))
        kind = next((k for k in later if k is not None), None)
    if kind is None and noun is None:  # three of the dead were children
        among = (b for t in node.rights if t.lower_ == "of" for b in t.children)
        kind = next((k for b in among if (k := _those(b, tables)) is not None), None)
    if kind == "displaced" and lemma and lemma not in tables.refugees:
        kind = None
    if kind is None and noun is not None:
        kind = _by_noun(node, lemma, tables)
    return kind


def beside(following: Token, tables: FrameTables) -> QuantityKind | None:
    """Right after the number or its noun: "67 dead and 1,000 wounded", "30 others injured"; not "two men killed X"."""
    kind = tables.state.get(following.lower_)
    if kind is None or following.tag_ not in ("VBN", "VBD", "JJ", "NN", "RB"):
        return None
    acts = (following, *(t for t in following.children if t.dep_ == "conj" and t.pos_ == "VERB"))
    if any(t.dep_ in OBJECT and t.i > following.i for verb in acts for t in verb.children):
        return None  # two men killed and robbed a trader
    if following.i + 1 < len(following.doc) and following.nbor().pos_ in ("NOUN", "PROPN", "DET", "NUM", "PRON"):
        return None
    return kind


def told_after(following: Token, tables: FrameTables) -> QuantityKind | None:
    """Of a bare number: "15 were killed", "two are missing", whatever the parse hangs it on."""
    token = following
    for _ in range(5):
        if token.pos_ == "AUX" or token.dep_ in ("aux", "auxpass", "advmod"):
            if token.i + 1 >= len(token.doc):
                return None
            token = token.nbor()
            continue
        break
    if token.i == following.i or (token.tag_ not in ("VBN", "JJ") and token.lower_ not in tables.state):
        return None
    return _of_verb(token, tables, passive=True) or tables.state.get(token.lower_) or tables.subject.get(token.lemma_)


def told_before(previous: Token, tables: FrameTables) -> QuantityKind | None:
    """A headline's "kills 12, wounds 30", where the parse took the verb for a noun."""
    return tables.object.get(previous.lemma_.lower()) if previous.lower_.endswith(("s", "ed", "ing")) else None


def governed(node: Token, lemma: str, tables: FrameTables) -> QuantityKind | None:
    """The kind that the verb or noun above `node` gives."""
    token = node
    for _ in range(MAX_CLIMB):
        relation, head = token.dep_, token.head
        if relation in ("conj", "appos") and head.i != token.i:
            if relation == "conj" and head.pos_ == "VERB":
                return None
            stated = _stated(head, tables)
            if stated is not None and relation == "conj":
                return stated
            token = head
            continue
        if relation in OBJECT:
            if lemma == "life" and head.lemma_ in tables.life_verbs:
                return "killed"
            if lemma in tables.lost and head.lemma_ == "lose":
                return "killed"
            return _of_verb(head, tables, passive=False)
        if relation in (*PASSIVE, *SUBJECT):
            return next(iter(_of_clauses(head, relation, lemma, tables)), None)
        if relation == "compound" and head.lower_ in ("hostage", "hostages", "captive", "captives"):
            return (
                "kidnapped" if head.dep_ in OBJECT and head.head.lemma_ in ("take", "hold", "keep", "seize") else None
            )
        if relation == "pobj" and head.lower_ == "including":
            token = head.head
            if token.pos_ not in ("NOUN", "PROPN", "NUM"):
                return None
            stated = _stated(token, tables)
            if stated is not None:
                return stated
            continue
        if relation == "pobj" and head.lower_ == "of" and base(head.head) in tables.wholes:
            token = head.head
            continue
        if relation == "pobj":
            return _of_preposition(token, head, lemma, tables)
        if relation in ("attr", "acomp") and head.lemma_ == "be":
            return _predicate(token, head, tables)
        return None
    return None


def also(node: Token, kind: QuantityKind, tables: FrameTables) -> tuple[QuantityKind, ...]:
    """What else the same clause says of those counted: "abducted and killed", "kidnapped and murdered two men"."""
    while node.dep_ == "conj" and node.head.i != node.i and node.head.pos_ in ("NOUN", "PROPN", "NUM"):
        node = node.head
    head = node.head
    if node.dep_ in (*PASSIVE, *SUBJECT):
        found = _of_clauses(head, node.dep_, base(node), tables)
    elif node.dep_ in OBJECT and head.dep_ == "conj" and head.i - head.head.i <= 2 and head.head.pos_ == "VERB":
        found = [k for k in (_of_verb(head.head, tables, passive=False),) if k is not None]
    else:
        found = []
    return tuple(k for k in dict.fromkeys(found) if k != kind and k != "attackers") if kind != "attackers" else ()


def _of_clauses(verb: Token, relation: str, lemma: str, tables: FrameTables) -> list[QuantityKind]:
    """The kinds that a verb, and the verbs joined to it that have no subject of their own, give their subject."""
    found: list[QuantityKind | None] = []
    if not _unreal(verb):
        found.append(_of_verb(verb, tables, passive=True) if relation in PASSIVE else _of_subject(verb, lemma, tables))
    for other in _joined(verb):
        if other.pos_ not in ("VERB", "ADJ", "AUX") or _unreal(other) or other.lemma_ in GUESSES:
            continue
        if not _shares_subject(other, verb):
            continue
        dependents = [t.dep_ for t in other.children]
        if "auxpass" in dependents or (relation in PASSIVE and other.tag_ == "VBN" and "dobj" not in dependents):
            found.append(_of_verb(other, tables, passive=True))
        elif other.tag_ != "VBN" or relation in SUBJECT:
            found.append(_of_subject(other, lemma, tables))
    return [kind for kind in found if kind is not None]


def _joined(token: Token) -> list[Token]:
    """The words joined to `token` after it, the nearest few: a list of thousands is no clause."""
    found = [token]
    for each in found:
        found += [t for t in each.rights if t.dep_ == "conj"]
        if len(found) > MAX_CLIMB:
            break
    return found[1 : MAX_CLIMB + 1]


def _listed(noun: Token, tables: FrameTables) -> list[Token]:
    """The rest of a list that the parse took for an apposition: "eight women, a girl and four men injured"."""
    first = next((t for t in noun.rights if t.dep_ == "appos" and t.tag_ in ("NN", "NNS")), None)
    if first is not None and first.lower_ in tables.state:
        return []
    rest = _joined(first) if first is not None else []
    return [first, *rest] if first is not None and rest else []


def _shares_subject(other: Token, verb: Token) -> bool:
    """True where no subject stands between `verb` and `other`, which is joined to it."""
    while other.i != verb.i:
        own = (t for child in other.children for t in (child, *(child.children if child.dep_ == "aux" else ())))
        if any(t.dep_ in SUBJECT or t.dep_ in PASSIVE for t in own) or other.head.i == other.i:
            return False
        other = other.head
    return True


def _unreal(verb: Token) -> bool:
    """Was not hurt, was almost killed."""
    return any(t.dep_ == "neg" or t.lower_ in ("almost", "nearly", "narrowly") for t in verb.lefts)


def _stated(node: Token, tables: FrameTables) -> QuantityKind | None:
    """12 dead; 12 people killed; 12 injured people; 12 people who died."""
    head = node.head
    if head.lower_ in tables.state and node.dep_ in COUNT_OF_STATE and abs(head.i - node.i) <= 4:
        return tables.state[head.lower_]
    for child in node.children:
        if child.dep_ == "relcl":
            kind = _relative_clause(child, tables)
        elif child.dep_ in ("amod", "acl", "acomp", "advcl", "appos", "compound"):
            kind = tables.state.get(child.lower_) if child.tag_ != "VBG" else None
            if kind is None and child.dep_ == "acl" and child.tag_ == "VBN":
                kind = _of_verb(child, tables, passive=True)
        else:
            kind = None
        if kind is not None and not _agentive(child):
            return kind
    return None


def _agentive(child: Token) -> bool:
    return child.dep_ == "relcl" and any(t.dep_ in OBJECT for t in child.children) and child.lemma_ != "lose"


def _relative_clause(verb: Token, tables: FrameTables) -> QuantityKind | None:
    if any(t.dep_ in PASSIVE for t in verb.children):
        return _of_verb(verb, tables, passive=True)
    if any(t.dep_ in SUBJECT and t.tag_ in ("WP", "WDT") for t in verb.children):
        return tables.subject.get(verb.lemma_)
    if any(t.dep_ in SUBJECT for t in verb.children):  # the 12 men they killed
        return _of_verb(verb, tables, passive=False)
    return None


def _of_verb(verb: Token, tables: FrameTables, *, passive: bool) -> QuantityKind | None:
    """The kind of a verb's object, or of its subject in the passive."""
    lemma = verb.lemma_.lower()
    if lemma in tables.object:
        return None if lemma == "detain" and _in_hospital(verb) else tables.object[lemma]
    if verb.lower_ in tables.state and (passive or verb.pos_ == "ADJ"):
        return tables.state[verb.lower_]
    if lemma in tables.to_death and _to_death(verb, tables):
        return "killed"
    if lemma == "cost" and any(t.lower_ in ("life", "lives") for t in verb.children):
        return "killed"
    if lemma in tables.flight_verbs and _driven_off(verb, tables):
        return "displaced"
    if lemma == "include":
        return next((k for t in verb.children if t.dep_ in SUBJECT and (k := _those(t, tables))), None)
    if lemma in ("take", "hold") and any(t.lower_ in ("hostage", "captive", "hostages") for t in verb.children):
        return "kidnapped"
    if lemma == "take" and any(t.lower_ in ("prisoner", "prisoners") for t in verb.children):
        return "arrested"
    if lemma in tables.state_verbs:
        for child in verb.children:
            if child.lower_ in tables.state and child.dep_ not in SUBJECT:
                return tables.state[child.lower_]
    return None


def _driven_off(verb: Token, tables: FrameTables) -> bool:
    """Forced from their homes, driven out of the village."""
    away = [t for t in verb.children if t.lower_ in ("from", "out")]
    below = [b for t in away for a in (t, *t.children) for b in a.children]
    return any(b.lemma_.lower() in tables.flight_places for b in below)


def _those(noun: Token, tables: FrameTables) -> QuantityKind | None:
    """The dead, those killed."""
    if noun.lower_ in ("those", "victims", "people"):
        return next((tables.state[t.lower_] for t in noun.children if t.lower_ in tables.state), None)
    return tables.state.get(noun.lower_)


def _among(verb: Token, tables: FrameTables) -> QuantityKind | None:
    """Were among the dead, among those killed were."""
    below = (b for t in verb.children if t.lower_ in ("among", "amongst") for b in t.children)
    return next((k for b in below if (k := _those(b, tables))), None)


def _in_hospital(verb: Token) -> bool:
    """Detained in hospital: kept there, not arrested."""
    return any(t.lower_ in ("in", "at") and any(b.lower_ == "hospital" for b in t.children) for t in verb.children)


def _to_death(verb: Token, tables: FrameTables) -> bool:
    for child in verb.children:
        if child.lower_ in tables.death_words:
            return True
        if child.lower_ == "to" and any(t.lower_ in tables.death_words for t in child.children):
            return True
    return False


def _of_subject(verb: Token, lemma: str, tables: FrameTables) -> QuantityKind | None:
    """The kind of the subject of `verb`."""
    name = verb.lemma_.lower()
    if name in tables.subject:
        return tables.subject[name]
    transitive = any(t.dep_ == "dobj" for t in verb.children)
    if name in tables.to_death and not transitive and _to_death(verb, tables):  # burned to death
        return "killed"
    shared = any(t.dep_ == "conj" and t.pos_ == "VERB" for t in verb.children)  # killed and wounded dozens
    tags = ("VBN", "JJ", "VBG") if shared else ("VBN", "JJ", "VBG", "VBD")
    if verb.lower_ in tables.state and verb.tag_ in tags and not transitive:
        return tables.state[verb.lower_]
    if verb.pos_ in ("AUX", "VERB"):
        for child in verb.children:
            if child.dep_ in ("acomp", "attr", "oprd", "xcomp") and child.lower_ in tables.state:
                return tables.state[child.lower_]
        if verb.lemma_ == "be" and (kind := _among(verb, tables)):
            return kind
    if name == "lose" and any(t.lower_ in ("lives", "life") for t in verb.children):
        return "killed"
    if name in tables.harm_verbs and any(t.dep_ in OBJECT and base(t) in tables.harms for t in verb.children):
        return "wounded"
    if name in tables.attack_verbs and _may_attack(lemma, tables) and _strikes(verb):
        return "attackers"
    return None


def _may_attack(lemma: str, tables: FrameTables) -> bool:
    """Persons, but not those whose trade is security, and not the bystanders."""
    return lemma in tables.attackers or lemma in tables.plain_persons


def _strikes(verb: Token) -> bool:
    if verb.lemma_ == "open":
        return any(t.lower_ == "fire" for t in verb.children)
    return any(t.dep_ in (*OBJECT, "prep", "prt") for t in verb.children)


def _of_preposition(token: Token, preposition: Token, lemma: str, tables: FrameTables) -> QuantityKind | None:
    above = preposition.head
    word = preposition.lower_
    if word == "to" and (above.lower_ in ("from", "up", "down")):
        above = above.head
    name = base(above)
    if word in ("between", "over", "under") and any(t.dep_ == "auxpass" for t in above.children):
        return _of_verb(above, tables, passive=True)  # between 10 and 15 were killed
    if word == "of" and above.lemma_ == "life":
        return "killed" if above.head.lemma_ in tables.life_verbs else None
    if word == "of" and name in tables.of:
        return _toll(above, tables) if name in tables.toll_nouns else tables.of[name]
    if word in ("to", "at", "of", "as") and (name in tables.toll_verbs or name in tables.toll_nouns):
        return _toll_in(above, tables)
    if word == "by" and preposition.dep_ == "agent" and name in tables.attack_verbs:
        return "attackers" if _may_attack(lemma, tables) else None
    if word in ("on", "against", "in", "at", "near") and lemma in tables.targets:
        return "targets" if name in tables.event_nouns or name in tables.target_verbs else None
    return None


def _predicate(token: Token, verb: Token, tables: FrameTables) -> QuantityKind | None:
    """The dead were 12; the toll is 12."""
    for child in verb.children:
        if child.dep_ in SUBJECT:
            return _toll(child, tables)
    return _among(verb, tables)


def _toll_in(above: Token, tables: FrameTables) -> QuantityKind | None:
    """The kind of the toll that `above` (a verb, or the toll itself) is about."""
    if above.lemma_.lower() in tables.toll_nouns:
        return _toll(above, tables)
    for child in above.children:
        if child.dep_ in (*SUBJECT, *PASSIVE, *OBJECT):
            kind = _toll(child, tables)
            if kind is not None:
                return kind
    if above.dep_ in ("acl", "relcl", "conj", "advcl", "xcomp") and above.head.i != above.i:
        return _toll_in(above.head, tables)
    return None


def _toll(noun: Token, tables: FrameTables) -> QuantityKind | None:
    """A death toll; the number of dead, of arrests."""
    if noun.lower_ in tables.state and any(t.lower_ == "the" for t in noun.lefts):  # put the dead at 40
        return tables.state[noun.lower_]
    if noun.lemma_.lower() not in tables.toll_nouns:
        return None
    for word in noun.subtree:
        kind = tables.toll_kinds.get(word.lemma_.lower()) or tables.toll_kinds.get(word.lower_)
        if kind is not None:
            return kind
    return "killed" if noun.lemma_.lower() == "toll" else None


def _by_noun(node: Token, lemma: str, tables: FrameTables) -> QuantityKind | None:
    """Where the frame says nothing, the noun may: gunmen attack, rockets are fired, cities are struck."""
    head = node.head
    while node.dep_ == "conj" and head.i != node.i:
        node, head = head, head.head
    verb = head.lemma_.lower()
    if lemma in tables.targets and node.dep_ in (*OBJECT, *PASSIVE) and verb in tables.target_verbs:
        return "targets"
    if lemma in tables.things and node.dep_ in (*OBJECT, *PASSIVE) and verb in tables.thing_verbs:
        return "other"
    if lemma in tables.things and node.dep_ in SUBJECT and verb in tables.thing_verbs:
        return "other"
    if lemma in tables.attackers and _acts(node, head, tables):
        return "attackers"
    return None


def _acts(node: Token, head: Token, tables: FrameTables) -> bool:
    """Gunmen who do something, a group of gunmen; not rebels who merely are."""
    if node.dep_ in SUBJECT:
        return head.lemma_.lower() in tables.acts
    if node.dep_ == "pobj" and head.lower_ in ("of", "by"):
        return head.lower_ == "by" or head.head.lower_ in tables.gangs
    return any(t.dep_ == "relcl" and t.lemma_.lower() in tables.attack_verbs for t in node.children)


def toll_object(node: Token, tables: FrameTables) -> QuantityKind | None:
    """The death toll reached 12."""
    if node.dep_ in (*OBJECT, "attr", "npadvmod") and node.head.lemma_.lower() in tables.toll_verbs:
        return _toll_in(node.head, tables)
    return None
