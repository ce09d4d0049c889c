"""Where persons are named: what the named-entity model saw, put right by titles, offices and the parse, and what it missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.symbols import ADJ, DET, NOUN, PROPN, VERB
from spacy.tokens import Token

from reportedly.stages._mentions import words_of

if TYPE_CHECKING:
    from reportedly.stages._walk import Walk

PARTICLES = frozenset({"van", "von", "den", "der", "de", "della", "dos", "bin", "ibn"})
"""What never ends a name."""
Spans = dict[int, tuple[int, int, str | None]]
"""Persons' names: first token of name or title to (first of the name, one past its last, gender by title)."""


def name_spans(walk: Walk) -> None:
    """Fills ``walk.spans``: persons' names by the named-entity model, by title, and those that it missed."""
    spans, doc = walk.spans, walk.doc
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            _from_entity(walk, ent.start, ent.end)
    _office_names(walk)
    taken = {at for begin, end, _ in spans.values() for at in range(begin, end)}
    surnames = {doc[end - 1].text for _, end, _ in spans.values()}
    size, done = len(doc), -1
    for at in (doc.to_array("POS") == PROPN).nonzero()[0].tolist():
        if at < done or at in taken:
            continue
        if at not in spans and doc[at].lower_.rstrip(".") in walk.nouns.honorific:
            _after_title(walk, doc[at], spans)
        done = at + 1
        while done < size and doc[done].pos == PROPN and done not in taken:
            done += 1
        if 1 < done - at < 5:
            listed = at > 1 and doc[at - 1].text in (",", "and") and at - 2 in taken
            if _missed(walk, at, done, surnames, spans, listed=listed):
                taken.update(range(at, done))


def _from_entity(walk: Walk, begin: int, end: int) -> None:
    """A person that the named-entity model saw, without title, possessive and what is no name."""
    doc, nouns = walk.doc, walk.nouns
    end = next((at for at in range(begin + 1, end) if doc[at].text in ("'s", "’s")), end)
    while end > begin and not doc[end - 1].is_alpha and doc[end - 1].text != ".":
        end -= 1
    end = next((at for at in range(begin + 1, end) if doc[at].text == "-" and doc[at - 1].whitespace_), end)
    if doc[end - 1].lower_ in nouns.outlet_last or (end - begin > 1 and doc[begin].lower_ in nouns.outlet_first):
        return
    begin -= _names_lost_before(walk, begin)
    end += _names_lost_after(walk, end)
    while (
        begin < end - 2
        and begin
        and doc[begin].lower_ in nouns.portfolios
        and doc[begin - 1].lower_ in ("of", "for", "the")
    ):
        begin += 1
    opening = begin
    while begin < end - 1 and (
        _title(doc[begin], walk) or doc[begin].lower_ == "the" or doc[begin].lower_ in nouns.person
    ):
        begin += 1
    if end - begin == 1 and doc[begin].text.isupper() and _honorific(doc[begin], walk):
        return
    while opening > 0 and _honorific(doc[opening - 1], walk):
        opening -= 1
    if end < len(doc) and doc[end].lower_ in nouns.after_place:
        return
    if opening == begin and opening and doc[opening - 1].lower_ in nouns.before_place:
        return
    if end > begin and not _known_body(walk, begin, end) and walk.text[doc[begin].idx].isupper():
        walk.spans[opening] = (begin, end, _gender(walk, opening, begin))


def _names_lost_before(walk: Walk, begin: int) -> int:
    """How many proper nouns stand between a title and the name that the model saw."""
    doc = walk.doc
    for lost in range(1, 4):
        at = begin - lost
        if (
            at < 1
            or doc[at].pos != PROPN
            or _title(doc[at], walk)
            or at in walk.scene.inside
            or doc[at].lower_ in walk.nouns.portfolios
        ):
            return 0
        if _title(doc[at - 1], walk):
            return lost
    return 0


def _middle_name(walk: Walk, token: Token) -> bool:
    """True for a capitalised noun between two parts of a name, as where a text of capitals hides which word is one."""
    low = token.lower_
    capital = token.is_alpha and walk.text[token.idx].isupper() and not token.ent_type_
    return (
        capital
        and token.pos in (NOUN, PROPN)
        and low not in walk.nouns.person
        and low not in walk.nouns.honorific
        and low not in walk.nouns.worth
    )


def _names_lost_after(walk: Walk, end: int) -> int:
    """How many proper nouns the name goes on for, by the parse, beyond what the model saw of it."""
    doc, nouns = walk.doc, walk.nouns
    last = doc[end - 1]
    if end + 1 < len(doc) and doc[end + 1].ent_type_ == "PERSON" and _middle_name(walk, doc[end]):
        stop = end + 1
        while stop < len(doc) and doc[stop].ent_type_ == "PERSON":
            stop += 1
        return stop - end
    if last.lower_ in PARTICLES:  # "Luc van" of "Luc van den Brande"
        stop = next((at for at in range(end, len(doc)) if doc[at].lower_ not in PARTICLES), end)
        return stop + 1 - end if stop < len(doc) and doc[stop].pos == PROPN and doc[stop].is_title else 0
    if last.dep_ != "compound" or not end <= last.head.i < end + 3 or end == len(doc):
        return 0
    stop = last.head.i + 1
    for at in range(end, stop):
        token = doc[at]
        low = token.lower_
        if (
            token.pos != PROPN
            or not token.text[0].isupper()
            or token.ent_type_ in ("DATE", "TIME", "GPE", "LOC", "NORP")
            or at in walk.scene.inside
        ):
            return 0
        if (
            low in nouns.worth
            or low in nouns.person
            or low in nouns.members
            or low in nouns.after_place
            or low in nouns.force_kind
            or low in nouns.honorific
        ):
            return 0
    return stop - end


def _office_names(walk: Walk) -> None:
    """Names after a whole office: "Minister of the Interior Radka Voss", "Director of National Security James Hale"."""
    doc, nouns = walk.doc, walk.nouns
    for token in doc:
        if (
            token.i + 4 >= len(doc)
            or token.lower_ not in nouns.official
            or doc[token.i + 1].lower_ not in ("of", "for")
        ):
            continue
        if not token.text[0].isupper():
            continue
        at = token.i + 2
        while at < len(doc) and (
            doc[at].lower_ == "the"
            or doc[at].lower_ in nouns.portfolios
            or doc[at].ent_type_ in ("GPE", "LOC", "NORP")
            or at in walk.scene.inside
        ):
            at += 1
        end = at
        while (
            end < len(doc)
            and doc[end].pos == PROPN
            and doc[end].text[0].isupper()
            and doc[end].lower_ not in nouns.worth
        ):
            end += 1
        if (
            1 < end - at < 5
            and at > token.i + 2
            and doc[at].dep_ == "compound"
            and not any(b < end and e > at for b, e, _ in walk.spans.values())
        ):
            walk.spans[at] = (at, end, None)


def _missed(walk: Walk, begin: int, end: int, surnames: set[str], spans: Spans, *, listed: bool) -> bool:
    """A person whom the named-entity model did not see as one: known by the surname, a role beside it, or both."""
    doc = walk.doc
    opening = begin
    while begin < end - 1 and (
        _title(doc[begin], walk)
        or (doc[begin].lower_ in walk.nouns.person and doc[begin].lower_ not in walk.nouns.ambiguous)
    ):
        begin += 1
    names = end - begin
    if any(at in walk.scene.inside for at in range(begin, end)) or opening in spans or names > 3:
        return False
    if (
        not all(walk.text[doc[at].idx].isupper() for at in range(begin, end))
        or doc[end - 1].lower_ in walk.nouns.force_kind
    ):
        return False
    if doc[begin].lower_ in walk.nouns.force_kind or doc[end - 1].lower_ in walk.nouns.stand_for:
        return False
    titled = begin > opening
    last = doc[end - 1]
    if names == 2 and (
        (
            titled
            and last.ent_type_ in ("ORG", "")
            and doc[opening].is_sent_start
            and doc[opening].lower_ not in walk.nouns.ambiguous
        )
        or (
            last.dep_ == "appos"
            and last.head.lower_ in walk.nouns.person
            and last.head.tag_ == "NN"
            and doc[opening - 1].text == ","
        )
    ):
        spans[begin] = (begin, end, _gender(walk, opening, begin))
        return True
    before = doc[opening - 1].lower_ if opening else ""
    if names > 1 and (
        doc[end - 1].text in surnames
        or (doc[begin].lower_ in walk.nouns.given_gender and doc[begin].ent_type_ not in ("GPE", "LOC", "FAC"))
        or (before in walk.nouns.person and doc[opening - 1].tag_ not in ("NNS", "NNPS"))
        or (doc[begin].ent_type_ not in ("GPE", "LOC", "FAC") and doc[begin].ent_iob_ != "I" and titled)
        or (doc[begin].ent_type_ not in ("GPE", "LOC", "FAC") and listed)
        or (doc[begin].ent_type_ not in ("GPE", "LOC", "FAC") and role_after(walk, end) is not None)
    ):
        spans[begin] = (begin, end, _gender(walk, opening, begin))
        return True
    return False


def _after_title(walk: Walk, token: Token, spans: Spans) -> None:
    """A name that only its title shows: "Mr Okoro"."""
    doc = walk.doc
    begin = end = token.i + 1
    while end < len(doc) and doc[end].pos == PROPN and doc[end].text[0].isupper() and end - begin < 4:
        end += 1
    taken = any(begin <= b < end for b, _, _ in spans.values())
    if end > begin and not taken and not _known_body(walk, begin, end) and walk.text[token.idx].isupper():
        spans[token.i] = (begin, end, _gender(walk, token.i, begin))


def _title(token: Token, walk: Walk) -> bool:
    low = token.lower_.rstrip(".")
    return low in walk.nouns.honorific or low in walk.nouns.official


def _honorific(token: Token, walk: Walk) -> bool:
    return token.lower_.rstrip(".") in walk.nouns.honorific and token.text[0].isupper()


def _known_body(walk: Walk, begin: int, end: int) -> bool:
    """True where the name is that of a body or place that the lexicon knows, whole."""
    first = walk.scene.inside.get(begin)
    return first is not None and walk.scene.starts[first][0] >= end


def _gender(walk: Walk, opening: int, begin: int) -> str | None:
    for at in range(opening, begin):
        low = walk.doc[at].lower_.rstrip(".")
        if low in walk.nouns.male:
            return "m"
        if low in walk.nouns.female:
            return "f"
    return None


def role_after(walk: Walk, end: int) -> tuple[str, int, int] | None:
    """The role in apposition: "…, Norland's head of customs," or "…, the district police chief"."""
    doc, nouns = walk.doc, walk.nouns
    if end + 1 >= len(doc) or doc[end].text != ",":
        return None
    at = end + 1
    if doc[at].pos == DET or doc[at].lower_ in ("a", "an", "the"):
        at += 1
    begin, role = at, -1
    while at < len(doc) and at - begin < 14:
        token = doc[at]
        low = token.lower_
        if token.is_punct and low != "-":
            break
        if token.is_sent_start and at > begin:
            return None
        if (
            (token.pos == VERB and token.dep_ not in ("amod", "compound"))
            or token.dep_ == "aux"
            or low in ("who", "which")
            or (low == "and" and not _links_modifiers(token))
        ):
            break
        if low in nouns.person and role < 0:
            role = at
        elif role < 0 and low in ("of", "in", "for", "at", "with"):
            return None
        at += 1
    if role < 0 or (doc[role].pos == PROPN and doc[role].ent_type_ == "ORG" and doc[role].ent_iob_ == "I"):
        return None
    if any(number in walk.spans for number in range(begin, at + 1)):
        return None
    return words_of(doc, walk.text, begin, at), begin, at


def _links_modifiers(token: Token) -> bool:
    """True for the "and" of "chemical and biological weapons"."""
    return token.head.pos == ADJ and any(c.dep_ == "conj" and c.pos == ADJ for c in token.head.children)
