"""Names of places that neither the gazetteer nor the tagger knows: by what stands around them, for most villages are in no list.

A capitalised name after *in, near, outside, between* and the like, after "the village of", before ", a town", or behind a verb that is done to
places only. Persons and bodies are left alone: what has a title, does or says something, owns something, or is written in capitals is no place.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from reportedly.gazetteer import normalise
from reportedly.stages._toponym_words import ARABIC_ARTICLES, Surroundings, Toponym

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
NEARBY = frozenset({"near", "outside", "between", "nearby"})
"""Prepositions behind which even a name that the tagger takes for a person's is rather a place."""
TAGGED = frozenset({"", "PERSON", "ORG", "FAC", "GPE", "LOC"})
JOINED = frozenset(
    {"de", "la", "el", "del", "al", "-", "as", "ad", "az", "es", "los", "las", "da", "do", "dos", "du", "le"}
)


def with_unknown(around: Surroundings, found: list[Toponym]) -> list[Toponym]:
    """`found` and the names that nobody knows; a road takes the place of the towns in its name."""
    taken = {i for made in found for i in range(made.first, made.last + 1)}
    roads = [*_roads(around), *_streets(around, found)]
    covered = {i for road in roads for i in range(road.first, road.last + 1)}
    persons = _persons(around)
    kept = [
        made
        for made in found
        if not covered.intersection(range(made.first, made.last + 1))
        and (made.candidates or made.norm not in persons or _is_named_kind(around, made.first))
    ]
    more = [made for made in _names(around, taken | covered, persons) if made is not None]
    return [*kept, *roads, *more]


def _names(around: Surroundings, taken: set[int], persons: frozenset[str]) -> Iterator[Toponym | None]:
    """Each run of capitalised words that stands where a place does."""
    end = 0
    for i, token in enumerate(around.doc):
        if i < end or i in taken or not _begins(around, token):
            continue
        end = _end(around, i, taken)
        if _is_place(around, i, end, taken, persons):
            yield around.make(i, end)


def _begins(around: Surroundings, token: Token) -> bool:
    """A capitalised name in the running text."""
    sentence = around.annotated.sentence_of[token.i]
    if sentence < 0 or around.annotated.sentences[sentence].headline:
        return False
    return token.pos_ == "PROPN" and (token.text[0].isupper() or (
        around.lower[token.i] in ARABIC_ARTICLES and token.i + 2 < len(around.doc) and around.lower[token.i + 1] == "-"
    ))  # fmt: skip


def _end(around: Surroundings, first: int, taken: set[int]) -> int:
    """Where the run ends that begins at `first`; small words within a name belong to it."""
    end = last = first + 1
    while end < len(around.doc) and end not in taken:
        token = around.doc[end]
        if token.text[0].isupper() and token.pos_ == "PROPN":
            last = end + 1
        elif around.lower[end] not in JOINED:
            break
        end += 1
    if around.lower[first] in ARABIC_ARTICLES:
        return max(last, min(first + 3, len(around.doc)))
    return last


def _is_place(around: Surroundings, first: int, end: int, taken: set[int], persons: frozenset[str]) -> bool:
    """True where the words around the name make it a place, and nothing makes it somebody or something else."""
    root = around.doc[first:end].root
    if not _could_be(around, first, end):
        return False
    kind = root.head if root.dep_ in ("compound", "nmod") and root.head.i == end else None
    if kind is not None:
        firm = kind.dep_ == "pobj" and kind.head.lower_ in around.words.firmly_locative | {"at"}
        return firm and kind.text in around.words.named_kinds and not _is_tagged(around, first, end, "ORG")
    preposition = _preposition(root)
    if _is_named_kind(around, first) or (preposition is not None and around._kind_after(end)):
        return True
    if (
        normalise(around.doc[first:end].text) in persons
        or around.annotated.text(root.idx, root.idx + len(root)).isupper()
    ):
        return False
    if root.dep_ == "dobj":
        besieged = around.lower[root.head.i] in around.words.besieging and first == root.head.i + 1
        return besieged and not _is_tagged(around, first, end, "ORG")
    if preposition is None or (around.lower[first - 1] != preposition.lower_ and root.dep_ != "conj"):
        return False
    if root.dep_ == "conj" and _is_listed(around, root, end, preposition, taken):
        return True
    return _is_behind(around, first, end, preposition, _followed(around, end, taken))


def _is_listed(around: Surroundings, root: Token, end: int, preposition: Token, taken: set[int]) -> bool:
    """ "In Kesh, X and Tarvik", "the provinces of Kesh, X and Y": one of a list of places that begins with a known one.

    Behind the known one the list has another, or the gazetteer holds the name.
    """
    first = next((c for c in preposition.children if c.dep_ == "pobj"), root)
    kinds = around.words.towns | around.words.divisions | around.words.subdivisions
    places = (
        preposition.head.lemma_.lower() in kinds
        if preposition.lower_ == "of"
        else preposition.lower_ in around.words.firmly_locative
    )
    if not places or first.i not in taken:
        return False
    known = any(token.i in taken for token in first.conjuncts)
    return known or (end - root.i == 1 and bool(around.gazetteer.named(normalise(root.text))))


def _is_behind(around: Surroundings, first: int, end: int, preposition: Token, followed: str) -> bool:
    """Whether the preposition, and the known place that follows, make a place of what the tagger takes the name for."""
    word = preposition.lower_
    if _is_tagged(around, first, end, "ORG"):
        return followed == "," and word in around.words.firmly_locative
    if word in NEARBY:
        return word != "between" or end - first == 1 or not _is_tagged(around, first, end, "PERSON")
    if word == "of":
        return preposition.head.lower_ in around.words.near_before_of
    if word == "in" and preposition.head.lemma_.lower() in around.words.no_placing:
        return False
    if word != "at" and word not in around.words.firmly_locative:
        return False
    if followed:
        return True
    if _is_tagged(around, first, end, "PERSON"):
        return word != "at" and end - first == 1 and preposition.head.pos_ == "VERB"
    return word != "at" or any(_is_tagged(around, first, end, label) for label in ("GPE", "LOC", "FAC"))


def _could_be(around: Surroundings, first: int, end: int) -> bool:
    """False for what is plainly no place: a day, an acronym, a body, an owner, a person with a title."""
    words, lower = around.words, around.lower[first:end]
    run = around.doc[first:end]
    norm = normalise(run.text)
    return not (
        any(t.ent_type_ not in TAGGED for t in run)
        or run.text.isupper()
        or any(c.isdigit() for c in run.text)
        or norm in words.never
        or norm in words.islamic_state
        or around.as_adjective(norm)
        or lower[0] in words.titles
        or any(word in words.organisation_after or word in words.groups for word in lower)
        or (end < len(around.doc) and around.lower[end] in ("'s", "’s"))
        or run.root.dep_ in ("poss", "amod")
    )


def _is_tagged(around: Surroundings, first: int, end: int, label: str) -> bool:
    return any(token.ent_type_ == label for token in around.doc[first:end])


def _followed(around: Surroundings, end: int, taken: set[int]) -> str:
    """The word, "in" or a comma, behind which a known place follows: "X in northern Y", "X, Y"; empty where none does."""
    if end >= len(around.doc) or around.lower[end] not in ("in", ","):
        return ""
    skipped = around.words.directions | around.words.opening | {"in", "-"}
    for i in range(end + 1, min(end + 6, len(around.doc))):
        if i in taken:
            return around.lower[end]
        if around.lower[i] not in skipped:
            return ""
    return ""


def _is_named_kind(around: Surroundings, first: int) -> bool:
    """ "the village of X", but neither "the Department of X" nor "the capital of X"."""
    return around._kind_before(first) and around.texts[first - 2].islower() and around.lower[first - 2] != "capital"


def _preposition(root: Token) -> Token | None:
    """The preposition that governs a name, also the second of two."""
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head
    return root.head if root.dep_ == "pobj" else None


def _persons(around: Surroundings) -> frozenset[str]:
    """Names that do or say something, own something or have a title somewhere in the article, whole and by their last word."""
    names: set[str] = set()
    for ent in around.doc.ents:
        if ent.label_ != "PERSON":
            continue
        root = ent.root
        titled = (
            ent.start > 0
            and around.doc[ent.start - 1].dep_ == "compound"
            and around.doc[ent.start - 1].head.i == root.i
        )
        if (
            root.dep_ in SUBJECTS
            or root.dep_ == "poss"
            or titled
            or (root.dep_ == "pobj" and root.head.dep_ == "agent")
        ):
            names.update((normalise(ent.text), normalise(root.text)))
    return frozenset(names)


def _roads(around: Surroundings) -> Iterator[Toponym]:
    """ "the Duro-Kesh highway", "the Mali-Niger border": a line named after its two ends or sides."""
    for i, word in enumerate(around.lower):
        if word not in around.words.roads | around.words.borders or around.annotated.sentence_of[i] < 0:
            continue
        first = i
        while first > 0 and (around.doc[first - 1].pos_ == "PROPN" or around.lower[first - 1] in ("-", "–")):
            first -= 1
        run = around.doc[first:i]
        if len(run) < 3 or not any(t.text in "-–" for t in run[1:-1]) or around.lower[first] in ARABIC_ARTICLES:
            continue
        if run[0].text[0].isupper() and run[-1].text[0].isupper():
            start = run[0].idx
            yield Toponym(start, around.doc[i].idx + len(word), first, i, normalise(run.text), (), line=True)


def _streets(around: Surroundings, found: list[Toponym]) -> Iterator[Toponym]:
    """ "On Kadoro Street", "at Kesh Square and Duro Road": a street of a town, behind a preposition of place; not one that the gazetteer holds."""
    held = {made.last for made in found}
    for i, word in enumerate(around.lower):
        if word not in around.words.streets or not around.texts[i].istitle() or i in held:
            continue
        first = i
        while first > max(0, i - 3) and around.doc[first - 1].pos_ == "PROPN" and around.texts[first - 1][0].isupper():
            first -= 1
        preposition = _preposition(around.doc[i])
        norm = normalise(around.doc[first : i + 1].text)
        if (
            first < i
            and around.annotated.sentence_of[i] >= 0
            and preposition is not None
            and preposition.lower_ in around.words.firmly_locative | {"on", "at", "along", "off"}
            and norm not in around.words.never
            and not (i + 1 < len(around.doc) and around.doc[i + 1].pos_ == "PROPN")
        ):
            start = around.doc[first].idx
            yield Toponym(start, around.doc[i].idx + len(around.texts[i]), first, i, norm, ())
