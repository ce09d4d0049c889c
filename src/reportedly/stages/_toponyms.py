"""Which words of an article name a place: from the parser's names and from the gazetteer, by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.attrs import ORTH
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from reportedly.gazetteer import Candidate, Gazetteer, PlaceWords, normalise
from reportedly.stages.drafts import Annotated

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NAME_LABELS = frozenset({"PERSON", "ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "NORP"})
LINKS = frozenset({"of", "and", "the", "de", "la", "le", "du", "da", "del", "al", "el", "upon", "-", "–", "'", "des", "di", "sur"})
ARABIC_ARTICLES = frozenset({"al", "el", "ar", "as", "ad", "az", "an", "ash", "at"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
LONGEST = 6
KNOWN_TOWN = 100_000


@dataclass(slots=True)
class Toponym:
    """A name of a place, as it stands: offsets of the whole and of the name proper, and what may be meant."""

    start: int
    end: int
    first: int
    """Number of the first token of the name proper."""
    last: int
    """Number of its last token."""
    norm: str
    candidates: tuple[Candidate, ...]
    hint: str = ""
    """``division``, ``subdivision`` or ``town`` where a word beside it says which."""
    vague: bool = False
    """A direction goes with it: northern Iraq."""
    near: bool = False
    adjective: bool = False
    """A demonym, or a country's short name before a noun ("U.S. officials"): no place where anything is."""
    within: str = ""
    """Normalised name that stands beside it as the larger place: "X, Y", "X in Y"."""


def find(annotated: Annotated, gazetteer: Gazetteer, *, adjectives: bool = False) -> list[Toponym]:
    """Every name of a place in the article's blocks, in order.

    Args:
        adjectives: also demonyms and adjectives ("Iraqi"), which are no place mentions in the ledger.
    """
    finder = _Finder(annotated, gazetteer)
    return finder.all(adjectives)


def toponym(annotated: Annotated, gazetteer: Gazetteer, start: int, end: int) -> Toponym | None:
    """The name at exactly these offsets, with what it may mean; None where there is no word."""
    span = annotated.tokens(start, end)
    if span is None:
        return None
    finder = _Finder(annotated, gazetteer)
    made = finder.make(span.start, span.end, forced=True)
    if made is None:
        return None
    made.start, made.end = start, end
    norm = normalise(annotated.text(start, end))
    if norm != made.norm and not made.candidates:  # a part of a token: "U.S." in "U.S.-led"
        made.norm, made.candidates = norm, gazetteer.lookup(norm) or finder.as_adjective(norm)
    return made


def bound(annotated: Annotated, found: list[Toponym], gazetteer: Gazetteer) -> None:
    """Notes for each name of `found` (in order) the larger place that stands beside it."""
    _Finder(annotated, gazetteer).contain(found)


def doc_texts(doc: Doc) -> list[str]:
    """The words of all tokens, each distinct word looked up once: a tenth of what a walk over tokens costs."""
    strings = doc.vocab.strings
    orths: list[int] = doc.to_array([ORTH]).tolist()  # type: ignore[attr-defined]
    words = {orth: strings[orth] for orth in set(orths)}
    return [words[orth] for orth in orths]


class _Finder:
    """One walk over one article."""

    def __init__(self, annotated: Annotated, gazetteer: Gazetteer) -> None:
        self.annotated = annotated
        self.doc: Doc = annotated.doc
        self.gazetteer = gazetteer
        self.words: PlaceWords = gazetteer.words
        orths = doc_texts(self.doc)
        self.texts = orths
        lowered = {text: text.lower() for text in set(orths)}
        self.lower = [lowered[text] for text in orths]

    def all(self, adjectives: bool) -> list[Toponym]:
        """Names that the parser tags as places, then names that the gazetteer holds, then those seen elsewhere."""
        doc = self.doc
        taken = bytearray(len(doc))
        found: list[Toponym] = []
        people = self._people()
        blocked = bytearray(len(doc))
        for ent in doc.ents:
            if ent.label_ in PLACE_LABELS or self._is_place_after_all(ent):
                for made in self._from_entity(ent):
                    if self._is_part_of_name(made) or (made.norm in people and not self._firm(made.first)):
                        continue
                    for i in range(made.first, made.last + 1):
                        taken[i] = 1
                    found.append(made)
            elif ent.label_ in NAME_LABELS:
                for i in range(ent.start, self._released(ent)):
                    blocked[i] = 1
        known = {made.norm for made in found}
        for made in self._from_gazetteer(taken, blocked, people, known):
            found.append(made)
        if adjectives:
            found.extend(self._adjectives(taken))
        found.sort(key=lambda made: (made.start, made.end))
        self.contain(found)
        return found

    def _released(self, ent: TokenSpan) -> int:
        """Where a name that is no place ends: before "in" or a comma ("the college in Mosul" is tagged as one)."""
        for i in range(ent.start + 1, ent.end):
            if self.lower[i] in ("in", ","):
                return i
        return int(ent.end)

    def _people(self) -> frozenset[str]:
        """Single words that are part of a person's name of several words."""
        parts: set[str] = set()
        for ent in self.doc.ents:
            if ent.label_ == "PERSON" and len(ent) > 1:
                parts.update(normalise(token.text) for token in ent)
        return frozenset(parts)

    def _is_place_after_all(self, ent: TokenSpan) -> bool:
        """A name tagged as something else that is plainly a place: a known name after "in", or before ", Syria"."""
        if ent.label_ not in NAME_LABELS or len(ent) > 4:
            return False
        norm = normalise(ent.text)
        if norm in self.words.never and norm not in self.words.after_preposition:
            return False
        if ent.label_ == "NORP":
            return self.gazetteer.demonym(norm) is None and norm not in self.words.adjectives and self._strong(norm)
        if not self.gazetteer.lookup(norm):
            return False
        if self._firm(ent.start) or self._kind_before(ent.start):
            return True
        if ent.end + 1 < len(self.doc) and self.lower[ent.end] == ",":
            after = self.doc[ent.end + 1]
            if after.ent_type_ == "GPE" and self._strong(normalise(after.text)):
                return True
        if not self._strong(norm):
            return False
        after = self.lower[ent.end] if ent.end < len(self.doc) else ""
        return ent.label_ == "ORG" or self._locative(ent.start) or after in ("'s", "’s")

    def _strong(self, norm: str) -> bool:
        """True for a name that hardly means anything but a place: a country, a state, a capital, a large town."""
        if norm in self.words.never and norm != "us":
            return False
        for place in self.gazetteer.lookup(norm)[:3]:
            if place.main and (
                place.kind in ("country", "continent", "capital", "sea")
                or (place.kind in ("region", "admin1", "city") and place.population >= KNOWN_TOWN)
            ):
                return True
        return False

    def _kind_before(self, first: int) -> bool:
        """ "the village of X", "the state of X"."""
        if first < 2 or self.lower[first - 1] != "of":
            return False
        word = self.lower[first - 2]
        return word in self.words.towns or word in self.words.divisions or word in self.words.subdivisions

    def _firm(self, first: int) -> bool:
        """True where a preposition of place stands before token `first`."""
        before = first - 1
        while before >= 0 and (self.lower[before] in self.words.opening or self.lower[before] in self.words.directions):
            if self.lower[before] in self.words.firmly_locative:
                return True
            before -= 1
        return before >= 0 and self.lower[before] in self.words.firmly_locative

    def _locative(self, first: int) -> bool:
        before = first - 1
        while before > 0 and (self.lower[before] == "the" or self.lower[before] in self.words.directions):
            before -= 1
        return before >= 0 and self.lower[before] in self.words.locative

    def _from_entity(self, ent: TokenSpan) -> Iterator[Toponym]:
        """The names in one entity: commas part it ("Mosul, Iraq")."""
        start = ent.start
        for i in range(ent.start, ent.end + 1):
            if i == ent.end or self.lower[i] in (",", "(", ")", ";", "/"):
                if i > start:
                    made = self.make(start, i)
                    if made is not None and self._worth(made, ent):
                        yield made
                start = i + 1

    def _worth(self, made: Toponym, ent: TokenSpan) -> bool:
        """False for what the tagger alone believes in and nothing else supports."""
        if made.adjective and made.norm not in self.words.as_adjective:
            return False
        if made.norm == "us":
            return bool(made.candidates)
        if made.norm in self.words.islamic_state or (
            made.norm in self.words.never
            and not (made.norm in self.words.after_preposition and self._locative(made.first))
        ):
            return False
        if made.candidates:
            return True
        if ent.label_ not in ("GPE", "LOC") or not ent.text[:1].isupper() or ent.text.isupper():
            return False
        after = self.doc[ent.end] if ent.end < len(self.doc) else None
        return self._firm(ent.start) or self._kind_before(made.first) or (
            after is not None and after.lower_ == "," and ent.end + 1 < len(self.doc)
            and self.doc[ent.end + 1].ent_type_ == "GPE"
        )  # fmt: skip

    def make(self, first: int, end: int, *, forced: bool = False) -> Toponym | None:
        """A toponym from the tokens from `first` to `end`: opening and closing words that are no name come off."""
        words, lower = self.words, self.lower
        hint, vague = "", False
        if end - first > 1 and self.texts[first] == "the":
            first += 1
        whole_first, whole_end = first, end
        norm = self._norm(first, end)
        candidates = self.gazetteer.lookup(norm) if norm else ()
        while not candidates and end - first > 1:
            opener, closer = lower[first], lower[end - 1]
            if opener in words.directions or (opener in words.opening and not self.doc[first].is_title) or opener == "the":
                vague = vague or opener in words.directions
                first += 1
            elif closer in words.closing:
                hint = self._hint(closer) or hint
                if end == whole_end and closer == self.texts[end - 1]:  # "Anbar province", but "Cook County"
                    whole_end -= 1
                end -= 1
            elif lower[first] in words.opening:
                first += 1
            else:
                break
            norm = self._norm(first, end)
            candidates = self.gazetteer.lookup(norm)
        if not norm:
            return None
        if not candidates and lower[first] in ARABIC_ARTICLES and end - first > 2 and lower[first + 1] == "-":
            candidates = self.gazetteer.lookup(self._norm(first + 2, end))
        return self._finish(whole_first, whole_end, first, end, norm, candidates, hint, vague, forced)

    def _finish(
        self, whole_first: int, whole_end: int, first: int, end: int, norm: str,
        candidates: tuple[Candidate, ...], hint: str, vague: bool, forced: bool,
    ) -> Toponym:  # fmt: skip
        """What stands before and after the name: direction, kind of place, nearness."""
        doc, lower = self.doc, self.lower
        candidates = self._plausible(first, end, candidates)
        if candidates and self._is_feature(whole_first, whole_end):
            candidates = tuple(place for place in candidates if place.kind in ("region", "sea", "site"))
        belongs = self.as_adjective(norm)
        adjective = bool(belongs)
        if belongs:
            candidates = belongs if forced else ()
        before = whole_first - 1
        if before >= 0 and lower[before] == "the":
            before -= 1
        if before >= 0 and lower[before] in self.words.directions and not doc[before].is_title:
            vague = True
            whole_first = before
            if before >= 2 and lower[before - 1] == "-" and lower[before - 2] in self.words.directions:
                whole_first = before - 2
            before = whole_first - 1
        elif before >= 1 and lower[before] == "of":
            vague = vague or self._is_part(before - 1)
            if vague:
                whole_first = before - 1
            elif lower[before - 1] in self.words.towns:
                hint = "town"
            elif lower[before - 1] in self.words.divisions or lower[before - 1] in self.words.subdivisions:
                hint = self._hint(lower[before - 1])
        elif before >= 0 and lower[before] in self.words.towns:
            hint = hint or "town"
        if whole_end < len(doc):
            hint = hint or self._hint(lower[whole_end])
        last = doc[whole_end - 1]
        adjective = adjective or (norm in self.words.as_adjective and doc[end - 1].dep_ in MODIFIERS)
        return Toponym(
            start=doc[whole_first].idx, end=last.idx + len(last.text), first=first, last=end - 1, norm=norm,
            candidates=candidates, hint=hint, vague=vague, near=not vague and self._is_near(whole_first - 1),
            adjective=adjective,
        )  # fmt: skip

    def _is_feature(self, first: int, end: int) -> bool:
        """Water or a height beside the name: "the Euphrates river", "Lake Hazar"."""
        after = self.lower[end] if end < len(self.doc) else ""
        return after in self.words.features or (first > 0 and self.lower[first - 1] in self.words.features)

    def _hint(self, word: str) -> str:
        if word in self.words.divisions:
            return "division"
        if word in self.words.subdivisions:
            return "subdivision"
        return "town" if word in self.words.towns else ""

    def _is_part(self, i: int) -> bool:
        """ "the south of France": a part word after "the", and no distance before it."""
        return self.lower[i] in self.words.parts and i > 0 and self.lower[i - 1] == "the"

    def _is_near(self, i: int) -> bool:
        """ "near X", "the outskirts of X", "20 km from X", "close to X"."""
        if i >= 0 and self.lower[i] == "the":
            i -= 1
        if i < 0:
            return False
        word = self.lower[i]
        if word in self.words.near:
            return True
        before = self.lower[i - 1] if i else ""
        return (
            (word == "of" and before in self.words.near_before_of)
            or (word == "from" and before in self.words.near_before_from)
            or (word == "to" and before in self.words.near_before_to)
        )

    def _norm(self, first: int, end: int) -> str:
        last = self.doc[end - 1]
        return normalise(self.annotated.article.text[self.doc[first].idx : last.idx + len(last.text)])

    def _plausible(self, first: int, end: int, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Abbreviations of two or three letters must look like one; postal codes of states stand after a comma."""
        if end - first != 1 or not candidates:
            return candidates
        text = self.doc[first].text
        if len(text.replace(".", "")) > 2:
            return candidates
        if not (text.replace(".", "").isupper() or "." in text):
            return ()
        if "." in text or text in ("US", "UK", "EU", "DC", "LA"):
            return candidates
        return candidates if first and self.lower[first - 1] == "," else ()

    def as_adjective(self, norm: str) -> tuple[Candidate, ...]:
        """The place that a demonym or adjective belongs to."""
        name = self.words.adjectives.get(norm)
        if name:
            return self.gazetteer.lookup(name)
        iso = self.gazetteer.demonym(norm)
        place = self.gazetteer.country(iso) if iso else None
        return (place,) if place else ()

    def _is_part_of_name(self, made: Toponym) -> bool:
        """The place only lends its name: "Kabul University", "Bank of England"."""
        doc, lower, words = self.doc, self.lower, self.words
        after = made.last + 1
        if after < len(doc) and lower[after] in words.organisation_after and doc[after].text[:1].isupper():
            return True
        if self._names_a_group(made.first):
            return True
        i = made.first - 1
        if i > 0 and lower[i] == "the":
            i -= 1
        if i > 0 and lower[i] in ("of", "for", "in", "and") and doc[i - 1].text[:1].isupper():
            return lower[i - 1] in words.organisation_before or (
                lower[i] != "in" and self._norm(i - 1, i) in ("state", "islamic state")
            )
        return False

    def _names_a_group(self, first: int) -> bool:
        """ "Islamic State of Iraq and Syria", "al-Qaeda in the Islamic Maghreb": the place belongs to the name."""
        joined = False
        for i in range(first - 1, max(first - 9, -1), -1):
            word = self.lower[i]
            if word in self.words.groups:
                return joined and (word != "state" or (i > 0 and self.lower[i - 1] == "islamic"))
            if word in ("in", "of"):
                joined = True
            elif word not in ("the", "and", "greater", "islamic") and not self.texts[i][0].isupper():
                return False
        return False

    def _from_gazetteer(
        self, taken: bytearray, blocked: bytearray, people: frozenset[str], known: set[str]
    ) -> Iterator[Toponym]:
        """Capitalised words that the tagger left, or named otherwise, and that the gazetteer knows."""
        sentence_of = self.annotated.sentence_of
        for i, text in enumerate(self.texts):
            if taken[i] or blocked[i] or sentence_of[i] < 0 or not (text[0].isupper() or self._opens(i)):
                continue
            made = self._longest(i, taken, blocked)
            if made is None or not self._supported(made, taken, people, known):
                continue
            yield made
            for j in range(made.first, made.last + 1):
                taken[j] = 1

    def _opens(self, i: int) -> bool:
        """ "al-" and the like: a name may begin with one."""
        return self.lower[i] in ARABIC_ARTICLES and i + 2 < len(self.lower) and self.lower[i + 1] == "-"

    def _longest(self, first: int, taken: bytearray, blocked: bytearray) -> Toponym | None:
        """The longest name in the gazetteer that begins at token `first`."""
        doc = self.doc
        end = first + 1
        ends = [end]
        while end < len(doc) and end - first < LONGEST and not taken[end] and not blocked[end]:
            if self.texts[end][0].isupper():
                ends.append(end + 1)
            elif self.lower[end] not in LINKS:
                break
            end += 1
        for stop in reversed(ends):
            norm = self._norm(first, stop)
            if self.gazetteer.lookup(norm):
                made = self.make(first, stop)
                return made if made is not None and made.candidates else None
        return None

    def _supported(self, made: Toponym, taken: bytearray, people: frozenset[str], known: set[str]) -> bool:
        """What speaks for a name that only the gazetteer takes for a place."""
        doc, words = self.doc, self.words
        firm = self._firm(made.first)
        if (made.adjective and made.norm not in words.as_adjective) or (
            made.norm in words.never
            and made.norm != "us"
            and not (made.norm in words.after_preposition and (firm or self._names_its_state(made)))
        ):
            return False
        if self._is_part_of_name(made):
            return False
        token = doc[made.last]
        if made.norm in people and not firm:
            return False
        if made.norm in known:
            return True
        after = made.last + 1
        if after < len(doc) and doc[after].text[:1].isupper() and token.pos_ == "PROPN" and not doc[after].is_sent_start:
            return False
        before = doc[made.first - 1] if made.first else None
        if before is not None and before.text[:1].isupper() and before.pos_ == "PROPN" and not token.is_sent_start:
            return False
        shouted = token.is_upper and made.first == made.last and len(token.text) <= 5 and not token.is_sent_start
        if shouted and not self._strong(made.norm):
            return False
        if (firm or self._kind_before(made.first)) and token.pos_ in ("PROPN", "NOUN", "ADJ"):
            return True
        if token.pos_ != "PROPN":
            return False
        if self._strong(made.norm):
            return True
        best = max(place.population for place in made.candidates)
        placed = self._locative(made.first) or (
            made.first > 1 and self.lower[made.first - 1] in ("and", ",", "or", "/") and bool(taken[made.first - 2])
        )
        return (placed and made.candidates[0].main and best >= 1000) or self._names_its_state(made)

    def _names_its_state(self, made: Toponym) -> bool:
        """ "Wainwright, Alta.", "Reading in England": the larger place stands behind and holds a place of the name."""
        i = made.last + 1
        if i + 1 >= len(self.doc) or self.lower[i] not in (",", "in") or not self.doc[i + 1].text[:1].isupper():
            return False
        end = i + 2
        while end < min(i + 4, len(self.doc)) and self.doc[end].text[:1].isupper():
            end += 1
        for stop in range(end, i + 1, -1):
            for larger in self.gazetteer.lookup(self._norm(i + 1, stop))[:3]:
                if larger.kind in ("country", "admin1") and any(
                    place.country == larger.country and larger.admin1_code in (None, place.admin1_code)
                    for place in made.candidates
                ):
                    return True
        return False

    def _adjectives(self, taken: bytearray) -> Iterator[Toponym]:
        """Demonyms and adjectives of places."""
        checked: dict[str, tuple[Candidate, ...]] = {}
        for i, text in enumerate(self.texts):
            if not text[0].isupper() or taken[i] or self.annotated.sentence_of[i] < 0:
                continue
            candidates = checked.get(text)
            if candidates is None:
                candidates = checked[text] = self.as_adjective(normalise(text))
            if candidates:
                start = self.doc[i].idx
                yield Toponym(start, start + len(text), i, i, normalise(text), candidates, adjective=True)

    def contain(self, found: list[Toponym]) -> None:
        """Notes the larger place: "X, Y", "X (Y)", "X in Y", and "Y's X"."""
        for one, other in pairwise(found):
            gap = self.lower[one.last + 1 : other.first]
            if gap and gap[0] in ("'s", "’s", "'") and len(gap) < 4 and not one.adjective:
                other.within = one.norm
                continue
            if not gap or len(gap) > 5:
                continue
            bare = [word for word in gap if word not in self.words.opening and word not in self.words.closing
                    and word not in self.words.directions]  # fmt: skip
            if bare in (["in"], [","], ["("], [",", "in"]) and not other.adjective:
                one.within = other.norm

