"""The role that a place has in an act: where it happened, what it was aimed at, where it came from, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from spacy.tokens import Token

from reportedly.records import Place, PlaceRole
from reportedly.stages._gather_words import GatherWords
from reportedly.stages._straying import is_somebody
from reportedly.stages._words import lemma
from reportedly.stages.drafts import Annotated, EventDraft

AWAY = re.compile(
    r"\b(?:km|kms|kilomet\w+|miles?|hours?|minutes?)\b[^.;,]{0,25}\b(?:of|from)\s+(?:the\s+)?(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
COUNTRY = 6
"""A place's precision where only its country is known."""
ORIGIN = frozenset({"from"})
TAKING = frozenset({"kidnapping", "hostage_taking", "arrest", "seizure", "looting", "release"})
"""Acts in which somebody is taken *from* where it happens."""
TARGET = frozenset({"on", "against", "at", "to", "toward", "towards", "into"})
GOAL = frozenset({"to", "toward", "towards", "into"})
REACH = 8
"""How many words before "where" a place may stand that it is said of."""
AGREED = frozenset({"agreement", "restriction", "weapons_activity", "mobilisation"})
"""Acts that bear the name of where they were agreed, or of whom they are about."""
PUBLIC = frozenset({"protest", "riot"})
"""Acts that are where they are a country's: "Kenya's protests"."""
RANK = {"site": 0, "target": 0, "origin": 1, "other": 2}
"""Which of two mentions of one place tells more; of equals the first."""


def with_role(annotated: Annotated, draft: EventDraft, place: Place, words: GatherWords) -> Place:
    """`place` with the role that its words give it."""
    span = annotated.tokens(place.mention.start, place.mention.end)
    before = annotated.article.text[max(0, place.mention.start - 40) : place.mention.start]
    if AWAY.search(before):  # "80 km north of Baghdad"
        role: PlaceRole = "other"
    elif span is None or governs(span.root, antecedent(annotated.doc[draft.token])):
        role = "site"
    else:
        role = _role(span.root, draft, place, words)
        if draft.event_type == "agreement" and role in ("target", "origin"):  # "the deal is a threat to Kenya"
            role = "other"
    return msgspec.structs.replace(place, role=role)


def antecedent(act: Token) -> Token | None:
    """ "Kesh, where two men were shot": what stands before the *where* of the clause that an act is told in."""
    for below in (act, *act.ancestors):
        if below.dep_ in ("relcl", "conj", "advcl") and below.pos_ in ("VERB", "AUX"):
            where = next((c for c in below.lefts if c.lower_ == "where" and c.dep_ == "advmod"), None)
            if where is not None and where.i > 0:
                return _before(where)
            if below.dep_ != "conj":
                return None
    return None


def _before(where: Token) -> Token | None:
    """The word before *where*, and before the comma between."""
    last = where.nbor(-1)
    return last.nbor(-1) if last.lower_ == "," and last.i > 0 else last


def governs(place: Token, last: Token | None) -> bool:
    """ "The town of Kesh in Tarvik, where": either is where it was."""
    if last is None or place.i > last.i or place.i < last.i - REACH:
        return False
    return place.i == last.i or (place.is_ancestor(last) and place.pos_ == "PROPN") or place in last.conjuncts


def once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each place once, in the order of the text; of two mentions of one place the one that says more."""
    best: dict[tuple[str | int, str | None], Place] = {}
    for place in places:
        key = (place.geonames_id or place.name.casefold(), place.country)
        known = best.get(key)
        if known is None or RANK[place.role] < RANK[known.role]:
            best[key] = place
    return tuple(sorted(best.values(), key=lambda place: place.mention.start))


def told(places: Sequence[Place]) -> tuple[Place, ...]:
    """Without countries that only own, do or rule something: "Kenya's part in the attack" says of no place that it was there."""
    return tuple(place for place in places if place.role != "other" or place.where_prec != COUNTRY)


def _role(root: Token, draft: EventDraft, place: Place, words: GatherWords) -> PlaceRole:
    if root.dep_ == "npadvmod" and root.head.tag_ == "VBN" and root.head.i == root.i + 2:  # "US-backed militias"
        return "other"
    head = _kind_of(root, words.kinds)
    while head.dep_ in ("conj", "appos", "poss") and head.head.pos_ in ("PROPN", "NOUN", "ADJ"):
        if head.dep_ != "conj" and not _is_place(head.head, words):
            break
        head = _kind_of(head.head, words.kinds)
    preposition = _outer_preposition(head)
    word = preposition.lower_ if preposition is not None else ""
    recipients, actors = {a.token for a in draft.recipients}, {a.token for a in draft.actors}
    if word in ("on", "to") and head.i in actors:  # "blamed on the Northern Front"
        return "other"
    if preposition is not None and _is_residence(preposition):
        return "other"
    if word in ("of", "to", "for", "by") and _is_of_somebody(head, draft, words):
        return "other"
    if preposition is not None and word in ORIGIN:
        return _after_from(head, preposition, draft, place, words)
    if _is_history(head, words) or (head.dep_ == "poss" and head.head.i == draft.token and draft.event_type in PUBLIC):
        return "site"
    if head.i in recipients:
        return "site" if word in ("on", "at") and head.text.istitle() and head.lower_ in words.lines else "target"
    if preposition is not None and word in GOAL and _is_way(preposition, draft, words):
        return "site" if word == "into" else "other"
    if _is_aimed(head, word, draft, words):
        return "target"
    if place.where_prec < COUNTRY and _stands_for_the_site(head, draft, words):
        return "site"
    if head.dep_ in ("poss", "compound", "nmod") and head.head.dep_ == "pobj" and lemma(head.head) in words.areas:
        return "site"
    if head.dep_ == "appos" and head.head.dep_ != "pobj":  # "the regime's allies, notably Kenya, shelled …"
        return "other"
    return "other" if head.dep_ in ("nsubj", "poss", "compound", "nmod", "amod") or head.i in actors else "site"


def _is_residence(of: Token) -> bool:
    """ "Ana Ruiz, 40, of Kesh": where she lives, whatever the parser hangs it on."""
    if of.lower_ != "of" or of.i < 2 or of.nbor(-1).text != ",":
        return False
    return of.nbor(-2).like_num or of.nbor(-2).ent_type_ == "PERSON"


def _is_place(token: Token, words: GatherWords) -> bool:
    """A name or a kind of place, beside which another stands: "Cibolo, Texas", "the capital, Kesh"."""
    return token.ent_type_ in ("GPE", "LOC", "FAC") or lemma(token) in words.kinds


def _is_of_somebody(head: Token, draft: EventDraft, words: GatherWords) -> bool:
    """ "the mayor of Kesh", "Booker, of Cibolo", "strikes by Kesh", "by forces of Kesh": whose, not where."""
    preposition = head.head
    if preposition.lower_ == "by":
        return head.ent_type_ in ("GPE", "NORP", "ORG") and preposition.head.pos_ != "ADV"
    owner = preposition.head
    if preposition.lower_ == "of" and owner.ent_type_ == "PERSON":
        return True
    return owner.i != draft.token and owner.pos_ in ("NOUN", "PROPN") and owner.lower_ in words.offices


def _after_from(head: Token, preposition: Token, draft: EventDraft, place: Place, words: GatherWords) -> PlaceRole:
    """Somebody is taken *from* where it happens; what shells from a base, or is a citizen from a country, comes from there."""
    above = preposition.head
    if is_somebody(above, words) and above.i not in {a.token for a in draft.actors}:
        own = place.where_prec == COUNTRY or draft.event_type not in TAKING
        return "other" if own and above.i != draft.token else "site"
    if draft.event_type not in TAKING or above.i in {a.token for a in draft.actors}:
        return "origin"
    before = preposition.nbor(-1) if preposition.i else preposition
    own = place.where_prec == COUNTRY and head.head.i == preposition.i
    return "origin" if own and before.i != draft.token and is_somebody(before, words) else "site"


def _is_way(preposition: Token, draft: EventDraft, words: GatherWords) -> bool:
    """ "travelling to Kesh", "their march towards Kesh": a way that somebody goes, and no aim of the act."""
    above = preposition.head
    if above.i == draft.token or above.i in draft.anchors or lemma(above) in words.aiming:
        return False
    return not any(w.start <= above.idx < w.end for w in draft.weapons) and draft.event_type not in AGREED


def _stands_for_the_site(head: Token, draft: EventDraft, words: GatherWords) -> bool:
    """ "the Kesh attack", "at a Kesh hotel": a town's name before the act or before a building says where."""
    if head.dep_ not in ("compound", "nmod"):
        return False
    above = head.head
    if above.ent_type_ == "DATE":  # "in Kesh today"
        return head.i > 0 and head.nbor(-1).lower_ in ("in", ",")
    if above.i == draft.token or above.i in draft.anchors:
        return draft.event_type not in AGREED and above.pos_ in ("NOUN", "PROPN")
    return lemma(above) in words.buildings and above.ent_type_ not in ("ORG", "PERSON")


def _is_history(head: Token, words: GatherWords) -> bool:
    """ "the worst attack in Kenya's history", "Kenya suffered three attacks"."""
    if head.dep_ in ("poss", "compound", "nmod"):
        return head.head.lower_ == "history" and head.head.dep_ == "pobj"
    return head.dep_ == "nsubj" and lemma(head.head) in words.suffering and head.ent_type_ == "GPE"


def _is_aimed(head: Token, word: str, draft: EventDraft, words: GatherWords) -> bool:
    """ "missiles fired at X", "an attack on X"; but "killed at X" and "on the X highway" say where."""
    if word == "on":
        return head.lower_ not in words.lines
    if word == "at":
        above = head.head.head
        return lemma(above) in words.aiming or any(w.start <= above.idx < w.end for w in draft.weapons)
    return word in TARGET


def _kind_of(head: Token, kinds: frozenset[str]) -> Token:
    """ "Kesh district", "the town of Kesh": the kind of place, for it stands where the name would."""
    if (
        head.dep_ in ("compound", "nmod")
        and head.head.lower_ in kinds
        and head.head.dep_ in ("pobj", "dobj", "nsubjpass", "conj")
    ):
        return head.head
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in kinds:
        return head.head.head
    return head


def _outer_preposition(head: Token) -> Token | None:
    """ "from a base near Gulu": the outermost preposition decides, for the base is where they shelled from."""
    word = None
    while head.dep_ == "pobj":
        word = head.head
        outer = head.head.head
        if outer.dep_ != "pobj" or outer.head.lower_ not in ORIGIN or outer.ent_type_ == "PERSON":
            break
        head = outer
    return word
