"""What the dependency parse says about a verb: its subject, its noun phrases, its clause, as ranges of tokens."""

from __future__ import annotations

from spacy.tokens import Doc, Token

Range = tuple[int, int]
"""Token numbers, half open."""

TIMES = frozenset({"DATE", "TIME"})
"""The parser's labels of names for when."""
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
OUTSIDE_NOUN_PHRASE = frozenset(("relcl", "acl", "advcl", "parataxis", "ccomp", "punct", "cc"))
LEADING = frozenset(("cc", "punct", "mark", "intj"))
OPEN_MARKS = frozenset(('"', "''", "``", "'", "(", "["))
CLOSE_MARKS = frozenset(('"', "''", "'", ")", "]"))
NAMING = frozenset(("call", "name", "know", "dub", "nickname", "title", "entitle"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
VERBAL = frozenset(("VERB", "AUX"))


def noun_phrase(head: Token) -> Range:
    """The whole noun phrase of `head`: determiners, titles, appositions, coordination; no relative clause at its end."""
    start, end = head.left_edge.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in LEADING and child.i == start:
            start = child.right_edge.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and (_tells_when(child) or child_of(child, "pcomp") is not None):
            break
        if child.dep_ == "acl" and child.lemma_ in NAMING:
            end = child.right_edge.i + 1
            continue
        if child.dep_ in OUTSIDE_NOUN_PHRASE:
            if child.dep_ in ("punct", "cc"):
                continue
            break
        end = child.right_edge.i + 1
        if child.dep_ == "conj" or child.dep_ == "appos" or child.dep_ == "prep":
            end = noun_phrase(child)[1] if child.dep_ != "prep" else _preposition_end(child)
    doc = head.doc
    if end < len(doc) and doc[end].text in (")", "]") and any(doc[i].text in ("(", "[") for i in range(start, end)):
        end += 1
    start, end = trimmed(doc, min(start, head.i), max(end, head.i + 1))
    return (start, end) if start <= head.i < end else (head.i, head.i + 1)


def _tells_when(preposition: Token) -> bool:
    """True for "for the first time", "on Monday", "in March": hung on a noun, and yet no part of it."""
    return any(
        child.ent_type_ in TIMES or child.lower_ in ("time", "statement", "interview") for child in preposition.rights
    )


def _preposition_end(preposition: Token) -> int:
    end = preposition.i + 1
    for child in preposition.rights:
        end = noun_phrase(child)[1] if child.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else child.right_edge.i + 1
    return max(end, preposition.i + 1)


def trimmed(doc: Doc, start: int, end: int) -> Range:
    """Without punctuation and white space at either end; quotation marks stay where both are there."""
    while start < end and (doc[start].is_punct or doc[start].is_space) and doc[start].text not in OPEN_MARKS:
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space) and doc[end - 1].text not in CLOSE_MARKS:
        end -= 1
    return start, end


def own_subject(verb: Token) -> Token | None:
    """The subject that hangs on `verb` itself."""
    nearest = clause = None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            if nearest is None or abs(child.i - verb.i) < abs(nearest.i - verb.i):
                nearest = child
        elif child.dep_ in ("csubj", "csubjpass"):
            clause = child
    return nearest or clause


def subject(verb: Token) -> Token | None:
    """Who does it: the verb's own subject, that of the verb it is coordinated with or depends on, or the antecedent."""
    at = verb
    governed = False
    for _ in range(6):
        found = own_subject(at)
        if found is not None:
            return antecedent(at, found)
        if at.dep_ == "relcl" or at.dep_ == "acl":
            return at.head
        if at.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "parataxis", "dep"):
            return None
        at = at.head
        if at.pos_ in ("NOUN", "PROPN", "PRON"):
            return None if governed and at.dep_ not in SUBJECTS else at
        governed = governed or at.dep_ == "prep"
    return None


def antecedent(verb: Token, found: Token) -> Token:
    """What a relative pronoun stands for; any other subject is itself."""
    if found.lower_ not in RELATIVE or found.tag_ not in ("WP", "WDT", "IN", "DT"):
        return found
    at = verb
    for _ in range(4):
        if at.dep_ == "relcl":
            return at.head
        if at.dep_ not in ("conj", "xcomp", "ccomp"):
            break
        at = at.head
    return found


def is_passive(verb: Token) -> bool:
    """True for "was confirmed", and for a bare participle that modifies a noun."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children):
        return True
    if verb.tag_ != "VBN" or own_subject(verb) is not None:
        return False
    if any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return is_passive(verb.head)
    return verb.dep_ in ("acl", "advcl", "relcl", "ROOT")


def agent(verb: Token) -> Token | None:
    """Whoever stands after "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def child_of(token: Token, *labels: str) -> Token | None:
    """The first child under one of `labels`."""
    for child in token.children:
        if child.dep_ in labels:
            return child
    return None


def prepositional(token: Token, prepositions: tuple[str, ...]) -> tuple[Token, Token] | None:
    """The preposition, one of `prepositions`, and what it governs."""
    for child in token.children:
        if child.lower_ in prepositions and child.dep_ in ("prep", "dative", "prt", "aux", "agent"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    return child, inner
    return None


def verb_group(verb: Token) -> Range:
    """The verb with its auxiliaries, negation and particle, as far as they stand in one row."""
    start, end = verb.i, verb.i + 1
    for child in reversed(list(verb.lefts)):
        if child.dep_ in ("aux", "auxpass", "neg", "advmod") and child.right_edge.i == start - 1:
            if child.dep_ == "advmod" and child.left_edge.i != child.i:
                break
            start = child.i
        else:
            break
    for child in verb.rights:
        if child.dep_ == "prt" and child.i == end:
            end += 1
    return start, end


def is_negated(verb: Token) -> bool:
    """True for "did not", "never", "could not"."""
    return any(child.dep_ == "neg" for child in verb.children)


def has_finite(doc: Doc, start: int, end: int) -> bool:
    """True where a finite verb stands between the two."""
    return any(doc[i].tag_ in FINITE for i in range(start, end))
