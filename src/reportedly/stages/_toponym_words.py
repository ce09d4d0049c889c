"""One name of a place and the words around it: where the name begins and ends, and what its neighbours say of it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from reportedly.gazetteer import Candidate, Gazetteer, PlaceWords, normalise
from reportedly.stages.drafts import Annotated

ARABIC_ARTICLES = frozenset({"al", "el", "ar", "as", "ad", "az", "an", "ash", "at", "ez", "es", "er", "ed", "esh"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
KNOWN_TOWN = 100_000
LITTLE_TOWN = 50_000
"""What reports call a village has fewer people."""
TOWNS = frozenset({"city", "capital"})
ROUTES = frozenset({"U.S.", "US"})
"""Names of roads, before their number."""
SQUADS = frozenset({"team", "teams", "unit", "units", "officer", "officers"})


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
    """``division``, ``subdivision``, ``town``, ``facility`` or ``feature`` where a word beside it says which."""
    vague: bool = False
    """A direction goes with it: northern Iraq."""
    near: bool = False
    adjective: bool = False
    """A demonym, or a country's short name before a noun ("U.S. officials"): no place where anything is."""
    within: str = ""
    """Normalised name that stands beside it as the larger place: "X, Y", "X in Y"."""
    beside: str = ""
    """Normalised name from which it is measured, too far off to be near: "X, 80 km west of Y"."""
    line: bool = False
    """A road or a border: no point."""


def doc_texts(doc: Doc) -> list[str]:
    """The words of all tokens, each distinct word looked up once: a tenth of what a walk over tokens costs."""
    strings = doc.vocab.strings
    orths: list[int] = doc.to_array("ORTH").tolist()
    words = {orth: strings[orth] for orth in set(orths)}
    return [words[orth] for orth in orths]


class Surroundings:
    """The words of one article, and what stands around a name in them."""

    def __init__(self, annotated: Annotated, gazetteer: Gazetteer) -> None:
        self.annotated = annotated
        self.doc: Doc = annotated.doc
        self.gazetteer = gazetteer
        self.words: PlaceWords = gazetteer.words
        orths = doc_texts(self.doc)
        self.texts = orths
        lowered = {text: text.lower() for text in set(orths)}
        self.lower = [lowered[text] for text in orths]

    def _strong(self, norm: str) -> bool:
        """True for a name that hardly means anything but a place: a country, a state, a capital, a large town."""
        if norm in self.words.never and norm != "us":
            return False
        for place in self.gazetteer.named(norm)[:3]:
            if place.main and (
                place.kind in ("country", "continent", "capital", "sea")
                or (place.kind in ("region", "admin1", "city") and place.population >= KNOWN_TOWN)
            ):
                return True
        return False

    def _firm(self, first: int) -> bool:
        """True where a preposition of place stands before token `first`."""
        before = first - 1
        if self._behind_border(first):
            return True
        while before >= 0 and (self.lower[before] in self.words.opening or self.lower[before] in self.words.directions):
            if self.lower[before] in self.words.firmly_locative:
                return True
            before -= 1
        return before >= 0 and self.lower[before] in self.words.firmly_locative

    def _kind_before(self, first: int) -> bool:
        """ "the village of X", "the state of X"."""
        if first < 2 or self.lower[first - 1] != "of":
            return False
        word = self.lower[first - 2]
        return word in self.words.towns or word in self.words.divisions or word in self.words.subdivisions

    def _behind_border(self, first: int) -> bool:
        """ "the border with X"."""
        return first > 1 and self.lower[first - 1] == "with" and self.lower[first - 2] in self.words.borders

    def _kind_after(self, end: int) -> bool:
        """ "X, a village", "X, a small town near …", "X, some 80 km from …"."""
        if end < len(self.doc) and self.lower[end] == "," and self._is_distance(end + 1):
            return True
        if end + 2 >= len(self.doc) or self.lower[end] != "," or self.lower[end + 1] not in ("a", "an", "the"):
            return False
        for word in self.lower[end + 2 : end + 5]:
            if word in self.words.towns or word in self.words.subdivisions:
                return True
            if not word.isalpha():
                return False
        return False

    def _is_distance(self, i: int) -> bool:
        """ "80 km", "about 12 miles"."""
        words = self.lower[i : i + 4]
        figures = [at for at, word in enumerate(words) if word.replace(",", "").isdigit()]
        return (
            bool(figures)
            and figures[0] < 2
            and figures[0] + 1 < len(words)
            and words[figures[0] + 1] in self.words.units
        )

    def _locative(self, first: int) -> bool:
        before = first - 1
        while before > 0 and (self.lower[before] == "the" or self.lower[before] in self.words.directions):
            before -= 1
        return before >= 0 and self.lower[before] in self.words.locative

    def make(self, first: int, end: int, *, forced: bool = False) -> Toponym | None:
        """A toponym from the tokens from `first` to `end`: opening and closing words that are no name come off."""
        words, lower = self.words, self.lower
        hint, vague = "", False
        if end - first > 1 and self.texts[first] == "the":
            first += 1
        whole_first, whole_end = first, end
        norm = self._norm(first, end)
        candidates = self.gazetteer.named(norm) if norm else ()
        while not candidates and end - first > 1:
            opener, closer = lower[first], lower[end - 1]
            if (
                opener in words.directions
                or (opener in words.opening and not self.doc[first].is_title)
                or opener == "the"
            ):
                vague = vague or opener in words.directions
                first += 1
                whole_first = whole_first if vague else first
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
            candidates = self.gazetteer.named(norm)
        if not norm:
            return None
        if not candidates and lower[first] in ARABIC_ARTICLES and end - first > 2 and lower[first + 1] == "-":
            candidates = self.gazetteer.named(self._norm(first + 2, end))
        return self._finish(whole_first, whole_end, first, end, norm, candidates, hint, vague, forced)

    def _finish(
        self, whole_first: int, whole_end: int, first: int, end: int, norm: str,
        candidates: tuple[Candidate, ...], hint: str, vague: bool, forced: bool,
    ) -> Toponym:  # fmt: skip
        """What stands before and after the name: direction, kind of place, nearness."""
        doc, lower = self.doc, self.lower
        candidates = self._plausible(first, end, candidates)
        if whole_end < len(doc) and lower[whole_end] in self.words.quarters:  # "the America neighbourhood"
            candidates = tuple(place for place in candidates if place.kind not in ("country", "continent"))
        if self._is_village(whole_first, whole_end):
            candidates = tuple(place for place in candidates if place.population < LITTLE_TOWN)
        if candidates and self._is_feature(whole_first, whole_end):
            candidates = tuple(
                place for place in candidates if place.kind in ("region", "sea", "site", "facility", "area")
            )
        belongs = self.as_adjective(norm)
        if belongs:
            candidates = belongs if forced else ()
        whole_first, hint, vague = self._before(whole_first, hint, vague)
        if whole_end < len(doc):
            hint = self._lends(whole_end) or hint or self._hint(lower[whole_end])
        if not hint and not candidates and self._is_feature(whole_first, whole_end):
            hint = "feature"
        line = self._behind_border(whole_first)
        if line:
            whole_first -= 2
        elif whole_end < len(doc) and lower[whole_end] in self.words.borders and doc[whole_end].dep_ == "pobj":
            line = not belongs  # of "the Syrian border" the adjective is no name of a border
            whole_end += line
        last = doc[whole_end - 1]
        adjective = bool(belongs) or (norm in self.words.as_adjective and doc[end - 1].dep_ in MODIFIERS)
        return Toponym(
            start=doc[whole_first].idx, end=last.idx + len(last.text), first=first, last=end - 1, norm=norm,
            candidates=candidates, hint=hint, vague=vague, near=not vague and (self._is_near(whole_first - 1) or self._names_a_road(whole_end)),
            adjective=adjective, line=line,
        )  # fmt: skip

    def _before(self, whole_first: int, hint: str, vague: bool) -> tuple[int, str, bool]:
        """Where the name begins with its direction or part ("northern", "parts of"), what kind of place that makes it, and whether it is vague."""
        doc, lower = self.doc, self.lower
        before = whole_first - 1
        if before >= 0 and lower[before] == "the":
            before -= 1
        if before >= 0 and lower[before] in self.words.directions and not doc[before].is_title:
            vague = True
            whole_first = before
            if before >= 2 and lower[before - 1] == "-" and lower[before - 2] in self.words.directions:
                whole_first = before - 2
        elif before >= 1 and lower[before] == "of":
            if self._is_part(before - 1):
                vague = True
                whole_first = before - 1
            elif lower[before - 1] in self.words.towns:
                hint = "town"
            elif lower[before - 1] in self.words.divisions or lower[before - 1] in self.words.subdivisions:
                hint = self._hint(lower[before - 1])
        elif before >= 0 and lower[before] in self.words.towns:
            hint = hint or "town"
        return whole_first, hint, vague

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

    def _is_village(self, first: int, end: int) -> bool:
        """ "the village of X", "X village"."""
        if end < len(self.doc) and self.lower[end] in self.words.villages:
            return True
        return first > 1 and self.lower[first - 1] == "of" and self.lower[first - 2] == "village"

    def _lends(self, end: int) -> str:
        """ "facility" where the name is that of a camp, a market, a quarter or the like: "the X refugee camp"."""
        words = self.lower[end : end + 2]
        if (words and words[0] in self.words.facilities) or (
            words and words[0] in self.words.quarters and words[0] != "suburb"  # "the X suburb of Y" lies at X
        ):
            return "facility"
        return (
            "facility" if len(words) > 1 and self.doc[end].pos_ != "ADP" and words[1] in self.words.facilities else ""
        )

    def _names_a_road(self, end: int) -> bool:
        """ "the X highway" runs to the town."""
        return end < len(self.doc) and self.lower[end] in self.words.roads

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
        if word == "of" and self._kind_before(i + 1):  # "near the village of X"
            return self._is_near(i - 2)
        if word in self.words.near:
            return True
        if word == "and" and "between" in self.lower[max(i - 5, 0) : i]:
            return True
        if self._is_far(i):
            return False
        before = self.lower[i - 1] if i else ""
        return (
            (word == "of" and before in self.words.near_before_of)
            or (word == "from" and before in self.words.near_before_from)
            or (word == "to" and before in self.words.near_before_to)
        )

    def _is_far(self, i: int) -> bool:
        """ "168 km east of X": more than the 25 km within which UCDP calls a place near."""
        for j in range(i - 1, max(i - 5, 0), -1):
            reach = self.words.units.get(self.lower[j])
            if reach is not None:
                figure = self.lower[j - 1].replace(",", "")
                return figure.isdigit() and int(figure) > reach
        return False

    def _norm(self, first: int, end: int) -> str:
        last = self.doc[end - 1]
        return normalise(self.annotated.article.text[self.doc[first].idx : last.idx + len(last.text)])

    def _plausible(self, first: int, end: int, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Abbreviations of two or three letters must look like one; postal codes of states stand after a comma."""
        if end - first != 1 or not candidates:
            return candidates
        text = self.doc[first].text
        if text.lower() in self.words.capitals_only and not text.isupper():  # "a Car bomb", out of a text in capitals
            return ()
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
        if after < len(doc) and doc[made.last].text in ROUTES and doc[after].text.isdigit():  # "off U.S. 79"
            return True
        if after < len(doc) and lower[after] in words.organisation_after and doc[after].text[:1].isupper():
            return True
        if after < len(doc) and doc[after].text in SQUADS and doc[made.last].text.isupper():  # a SWAT team
            return True
        if self._names_a_group(made.first) or self._is_forename(made):
            return True
        i = made.first - 1
        if i > 0 and lower[i] == "the":
            i -= 1
        if i > 0 and lower[i] in ("of", "for", "in", "and") and doc[i - 1].text[:1].isupper():
            return lower[i - 1] in words.organisation_before or (
                lower[i] != "in" and self._norm(i - 1, i) in ("state", "islamic state")
            )
        return False

    def _is_forename(self, made: Toponym) -> bool:
        """ "Minister Orlando Vasquez": a town's name, no preposition before it, and a name of no kind behind it."""
        i = made.last + 1
        if i >= len(self.doc) or not self.texts[i][0].isupper() or any(p.kind not in TOWNS for p in made.candidates):
            return False
        after = self.doc[i]
        return after.pos_ == "PROPN" and after.ent_type_ in ("", "PERSON") and not self._firm(made.first)

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
