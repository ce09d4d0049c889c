"""Which words of an article name a place: from the parser's names and from the gazetteer, by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span as TokenSpan

from reportedly.gazetteer import Candidate, Gazetteer, normalise
from reportedly.stages._toponym_unknown import with_unknown
from reportedly.stages._toponym_words import ARABIC_ARTICLES, Surroundings, Toponym
from reportedly.stages.drafts import Annotated

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NAME_LABELS = frozenset({"PERSON", "ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "NORP"})
LINKS = frozenset({"of", "and", "the", "de", "la", "le", "du", "da", "del", "al", "el", "upon", "-", "–", "'", "des", "di", "sur",
                   "ez", "az", "es", "ar", "as", "e"})  # fmt: skip
LONGEST = 6


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
        made.norm, made.candidates = norm, gazetteer.named(norm) or finder.as_adjective(norm)
    return made


def bound(annotated: Annotated, found: list[Toponym], gazetteer: Gazetteer) -> None:
    """Notes for each name of `found` (in order) the larger place that stands beside it."""
    _Finder(annotated, gazetteer).contain(found)


class _Finder(Surroundings):
    """One walk over one article."""

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
                    if self._is_part_of_name(made) or self._is_surname(made, people):
                        continue
                    for i in range(made.first, made.last + 1):
                        taken[i] = 1
                    found.append(made)
            elif ent.label_ in NAME_LABELS and not self._in_headline(ent.start):
                for i in range(ent.start, self._released(ent)):
                    blocked[i] = 1
        known = {made.norm for made in found}
        for made in self._from_gazetteer(taken, blocked, people, known):
            found.append(made)
        found = with_unknown(self, found)
        if adjectives:
            found.extend(self._adjectives(taken))
        found.sort(key=lambda made: (made.start, made.end))
        self.contain(found)
        return found

    def _in_headline(self, i: int) -> bool:
        """True in a headline, where the parser's names run too far ("Chad Border Chief")."""
        sentence = self.annotated.sentence_of[i]
        return sentence >= 0 and self.annotated.sentences[sentence].headline

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

    def _is_surname(self, made: Toponym, people: frozenset[str]) -> bool:
        """A part of a person's name; "in Marten" may still be a town, "in the Marten shooting" is what was done to him."""
        last = self.doc[made.last]
        loose = not self._firm(made.first) or (last.dep_ == "compound" and last.head.pos_ == "NOUN")
        return made.norm in people and loose

    def _is_place_after_all(self, ent: TokenSpan) -> bool:
        """A name tagged as something else that is plainly a place: a known name after "in", or before ", Syria"."""
        if ent.label_ not in NAME_LABELS or len(ent) > 4:
            return False
        norm = normalise(ent.text)
        if norm in self.words.never and norm not in self.words.after_preposition:
            return False
        if ent.label_ == "NORP":
            return self.gazetteer.demonym(norm) is None and norm not in self.words.adjectives and self._strong(norm)
        if not self.gazetteer.named(norm):
            return False
        if self._firm(ent.start) or self._kind_before(ent.start):
            return True
        if ent.end + 1 < len(self.doc) and self.lower[ent.end] == ",":
            after = self.doc[ent.end + 1]
            if after.ent_type_ == "GPE" and self._strong(normalise(after.text)):
                return True
        if not self._strong(norm):
            return False
        follower = self.lower[ent.end] if ent.end < len(self.doc) else ""
        return ent.label_ == "ORG" or self._locative(ent.start) or follower in ("'s", "’s")

    def _from_entity(self, ent: TokenSpan) -> Iterator[Toponym]:
        """The names in one entity: commas part it ("Mosul, Iraq")."""
        start = ent.start
        for i in range(ent.start, ent.end + 1):
            if i == ent.end or self.lower[i] in (",", "(", ")", ";", "/"):
                if i > start:
                    made = self._whole(start, i, ent) if i == ent.end else None
                    made = made or self.make(start, i)
                    if made is not None and self._worth(made, ent):
                        yield made
                start = i + 1

    def _whole(self, start: int, end: int, ent: TokenSpan) -> Toponym | None:
        """ "San José Villanueva", of which the tagger took the last name off; None where the name ends as it says."""
        grown = end
        while (
            grown < len(self.doc)
            and self.doc[grown - 1].dep_ == "compound"
            and self.doc[grown - 1].head.i == grown
            and self.doc[grown].pos_ == "PROPN"
            and not self.doc[grown].ent_type_
            and self.texts[grown][0].isupper()
            and self.lower[grown] not in self.words.closing
            and self.lower[grown] not in self.words.organisation_after
        ):
            grown += 1
        made = self.make(start, grown) if grown > end and self._firm(start) else None
        return made if made is not None and self._worth(made, ent) else None

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
        written = self.annotated.article.text
        if not any(written[token.idx].isupper() for token in ent):  # the bush north of the town
            return False
        if made.candidates:
            return True
        if self.lower[ent.start] in self.words.titles:  # "President Ruiz"
            return False
        if ent.label_ not in ("GPE", "LOC") or not ent.text[:1].isupper() or ent.text.isupper():
            return False
        after = self.doc[ent.end] if ent.end < len(self.doc) else None
        return self._firm(ent.start) or self._kind_before(made.first) or self._kind_after(ent.end) or (
            after is not None and after.lower_ == "," and ent.end + 1 < len(self.doc)
            and self.doc[ent.end + 1].ent_type_ == "GPE"
        )  # fmt: skip

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
            if self.gazetteer.named(norm):
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
        if self._is_surname(made, people):
            return False
        if made.norm in known:
            return True
        after = made.last + 1
        if (
            after < len(doc)
            and doc[after].text[:1].isupper()
            and token.pos_ == "PROPN"
            and not doc[after].is_sent_start
        ):
            return False
        if (
            after + 2 < len(doc)
            and self.lower[after] in ARABIC_ARTICLES
            and self.lower[after + 1] == "-"
            and doc[after + 2].text[:1].isupper()
        ):  # "Bab al-Noor" is no Bab
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
            for larger in self.gazetteer.named(self._norm(i + 1, stop))[:3]:
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
        """Notes the larger place: "X, Y", "X (Y)", "X in Y", "Y's X", "X, a suburb of Y", "X, 12 km north of Y"."""
        for one, other in pairwise(found):
            gap = self.lower[one.last + 1 : other.first]
            if gap and gap[0] in ("'s", "’s", "'") and len(gap) < 4 and not one.adjective:
                other.within = one.norm
                continue
            if self._measured(one, other, gap) or not gap or len(gap) > 6:
                continue
            if gap[0] in self.words.quarters and gap[1:] in (["of"], ["in"]) and other.candidates:
                one.within, one.candidates = other.norm, ()  # a quarter of that town, whatever else bears its name
                continue
            if gap[0] in self.words.named_kinds:  # "X district of Y", "the X mountains in Y"
                gap = ["in"] if gap[1:] == ["of"] else gap[1:]
            bare = [word for word in gap if word not in self.words.opening and word not in self.words.closing
                    and word not in self.words.directions and word not in self.words.roads]  # fmt: skip
            if one.hint == "facility":
                bare = [
                    word
                    for word in bare
                    if word not in self.words.facilities and word not in ("refugee", "displacement")
                ]
            if bare in (["in"], [","], ["("], [",", "in"]) and not other.adjective:
                one.within = other.norm

        for one, other in reversed(list(pairwise(found))):
            if self.lower[one.last + 1 : other.first] == ["and"] and self.lower[one.first - 1] == "between":
                self._share(one, other)

    def _share(self, one: Toponym, other: Toponym) -> None:
        """ "between X and Y": what is beside the one is beside the other, which tells its country."""
        for known, unknown in ((one, other), (other, one)):
            if not unknown.candidates and not unknown.within:
                unknown.beside = known.norm if known.candidates else known.within

    def _measured(self, one: Toponym, other: Toponym, gap: list[str]) -> bool:
        """ "X, a suburb of Y" lies in Y or beside it; "X, 12 km north of Y" too, unless it is too far to be near."""
        if not gap or gap[0] != "," or gap[-1] not in ("of", "from", "near") or len(gap) > 14 or "," in gap[1:]:
            return False
        if any(word in self.words.units for word in gap):
            if self._is_far(other.first - 1) or self._is_far(other.first - 3):
                one.beside = other.norm
            else:
                one.within = other.norm
            return True
        if (
            len(gap) > 3
            and gap[1] in ("a", "an", "the", "on", "in")
            and (gap[-2] in self.words.towns or gap[-2:] == ["outskirts", "of"])
        ):
            one.within = other.norm
            return True
        return False
