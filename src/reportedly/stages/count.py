"""count: Annotated -> the quantities of the article, in order: how many were killed, wounded, arrested.

A mention is the number with its qualifier and the counted noun: "at least 12 soldiers". A bound that the words do not
give is None: "at least 12" has no high, "dozens" only a low. Money, ages, distances, votes, scores are no quantities.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec
import numpy as np
import numpy.typing as npt
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from reportedly.lexicons import Lexicon
from reportedly.records import Quantity, QuantityKind
from reportedly.stages import _numerals as numerals
from reportedly.stages._count_frames import (
    FrameTables,
    also,
    base,
    beside,
    governed,
    kind_of,
    told_after,
    told_before,
    toll_object,
)
from reportedly.stages._lowered import lowered
from reportedly.stages._numerals import NumberGrammar, Numeral
from reportedly.stages.drafts import Annotated, Sentence


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one kind, by their place in the clause."""

    object: tuple[str, ...]
    subject: tuple[str, ...]
    state: tuple[str, ...]
    of: tuple[str, ...]


class DeathWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that kill only together with certain words."""

    verbs: frozenset[str]
    words: frozenset[str]


class Qualifiers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words before a number that say how exact it is."""

    at_least: tuple[str, ...]
    above: tuple[str, ...]
    at_most: tuple[str, ...]
    below: tuple[str, ...]
    about: tuple[str, ...]
    between_words: tuple[str, ...]


class CountWords(Lexicon, frozen=True, kw_only=True, eq=False):
    """The words of ``lexicons/counts.toml``. Compared by identity, so as to be a key."""

    never_counted: frozenset[str]
    months: frozenset[str]
    attackers: frozenset[str]
    targets: frozenset[str]
    things: frozenset[str]
    persons: frozenset[str]
    refugees: frozenset[str]
    plain_persons: frozenset[str]
    attack_verbs: frozenset[str]
    acts: frozenset[str]
    gangs: frozenset[str]
    target_verbs: frozenset[str]
    thing_verbs: frozenset[str]
    life_verbs: frozenset[str]
    state_verbs: frozenset[str]
    toll_nouns: frozenset[str]
    toll_kinds: dict[str, QuantityKind]
    toll_verbs: frozenset[str]
    event_nouns: dict[str, QuantityKind]
    frames: dict[QuantityKind, Frame]
    to_death: DeathWords
    qualifiers: Qualifiers
    numbers: dict[str, int]
    multipliers: dict[str, int]
    vague: dict[str, int]


Hashes = npt.NDArray[np.uint64]
NOBODY = ("no", "none", "nobody")
SINGLE_DETERMINERS = ("a", "an", "the", "another", "one", "his", "her", "its", "their", "this", "that")
LONGEST_SENTENCE = 500
"""In tokens; what is longer is a list or a table, no clause that could say what its figures count."""
FARTHEST = 8
"""How many tokens after a number the noun that it counts may stand."""
LONGEST_NAME = 10
"""The same where the name of a body stands between."""
MODIFIERS = ("compound", "nmod", "amod", "poss")
PERSON_KINDS = ("killed", "wounded", "kidnapped", "arrested", "missing")


@dataclass(frozen=True, slots=True)
class _Compiled:
    grammar: NumberGrammar
    tables: FrameTables
    openers: Hashes
    """Words at which a number may begin, as hashes of the string store."""
    persons: Hashes


def count(annotated: Annotated, words: CountWords) -> tuple[Quantity, ...]:
    """Every quantity in the sentences of `annotated`, in order."""
    compiled = _compile(words)
    doc = annotated.doc
    columns = doc.to_array(["LOWER", "LIKE_NUM"])
    openers = np.isin(columns[:, 0], compiled.openers) | (columns[:, 1] == 1)
    persons = np.isin(columns[:, 0], compiled.persons)
    if not openers.any() and not persons.any():
        return ()
    reader = _Reader(annotated, words, compiled)
    for number in np.flatnonzero(openers | persons):
        index = annotated.sentence_of[number]
        if index < 0 or len(annotated.sentences[index].tokens) > LONGEST_SENTENCE:
            continue
        if openers[number]:
            reader.number(doc[int(number)], annotated.sentences[index])
        else:
            reader.person(doc[int(number)], annotated.sentences[index])
    return tuple(sorted(reader.found, key=lambda q: (q.mention.start, q.mention.end)))


@lru_cache(maxsize=4)
def _compile(words: CountWords) -> _Compiled:
    q = words.qualifiers
    grouped = {name: getattr(q, name) for name in ("at_least", "above", "at_most", "below", "about")}
    grammar = numerals.build(words.numbers, words.multipliers, words.vague, grouped, q.between_words)
    vague = (w.split()[0] for w in words.vague if not w.startswith("a "))
    openers = {*words.numbers, *words.multipliers, *NOBODY, *vague, "couple", "few"}
    return _Compiled(grammar, _tables(words), _hashes(openers), _hashes(words.persons))


def _hashes(words: set[str] | frozenset[str]) -> Hashes:
    return np.array(sorted(get_string_id(w) for w in words), dtype=np.uint64)


def _tables(words: CountWords) -> FrameTables:
    frames = words.frames.items()

    def table(place: str) -> dict[str, QuantityKind]:
        return {word: kind for kind, frame in frames for word in getattr(frame, place)}

    return FrameTables(
        object=table("object"),
        subject=table("subject"),
        state=table("state"),
        of=table("of"),
        to_death=words.to_death.verbs,
        death_words=words.to_death.words,
        event_nouns=words.event_nouns,
        attackers=words.attackers,
        plain_persons=words.plain_persons,
        refugees=words.refugees,
        targets=words.targets,
        things=words.things,
        life_verbs=words.life_verbs,
        state_verbs=words.state_verbs,
        gangs=words.gangs,
        attack_verbs=words.attack_verbs,
        target_verbs=words.target_verbs,
        acts=words.acts | words.attack_verbs,
        thing_verbs=words.thing_verbs,
        toll_nouns=words.toll_nouns,
        toll_kinds=words.toll_kinds,
        toll_verbs=words.toll_verbs,
    )


class _Reader:
    """Collects the quantities of one article."""

    def __init__(self, annotated: Annotated, words: CountWords, compiled: _Compiled) -> None:
        self.annotated = annotated
        self.doc: Doc = annotated.doc
        self.words = words
        self.compiled = compiled
        self.tables = compiled.tables
        self.lower = lowered(annotated.article.text)
        self.found: list[Quantity] = []
        self.done = -1
        """Where the last number ends: what lies before it has been read."""

    def number(self, token: Token, sentence: Sentence) -> None:
        """Reads the number at `token`, if it is a count of anything."""
        if token.idx < self.done:
            return
        if token.lower_ in NOBODY:
            self._nobody(token)
            return
        at = self._opening(token)
        numeral = numerals.read(self.compiled.grammar, self.lower, at, sentence.tokens.start_char)
        if numeral is None or self._is_part(numeral, token):
            return
        self.done = numeral.end
        node, noun = self._counted(numeral, token, sentence)
        if node is None or (noun is not None and base(noun) in self.words.never_counted):
            return
        if noun is None and self._is_age(numeral):
            return
        if numeral.low == numeral.high == 1 and self._one_of_them(noun, token):
            return
        kind = self._beside(numeral, token, noun)
        if kind is None and noun is None:
            kind = toll_object(node, self.tables)
        kind = kind or kind_of(node, noun, self.tables) or self._before(numeral, token, sentence)
        if kind == "events" and numeral.high == 1:  # in one incident
            return
        if kind is not None:
            self._add(kind, numeral, noun)
            for other in also(node, kind, self.tables) if kind in PERSON_KINDS else ():
                self._add(other, numeral, noun)

    def _opening(self, token: Token) -> int:
        """Where the number words begin: "a dozen", "half a dozen", "a few hundred"."""
        if token.i and (token.lower_ in self.words.multipliers or token.lower_ in ("few", "couple")):
            previous = token.nbor(-1)
            if previous.lower_ in ("a", "an"):
                if token.i > 1 and token.nbor(-2).lower_ == "half":
                    return token.nbor(-2).idx
                return previous.idx
        return token.idx

    def _is_part(self, numeral: Numeral, token: Token) -> bool:
        """$12, 3 March, No. 5, 2014: a figure in something else."""
        before = self.lower[max(0, numeral.core - 4) : numeral.core]
        if (before[-1:] in "$£€#@" and before) or before.endswith(("us$", "no. ", "rs ", "rs.")):
            return bool(before.strip())
        if self._is_day(token):
            return True
        if token.ent_type_ in ("MONEY", "PERCENT", "TIME", "ORDINAL"):
            return True
        if before[-1:] and (before[-1:].isalnum() or before[-1:] in "-/.:,") and not before.endswith("--"):
            return True
        if not self.lower[numeral.core : numeral.end].isdigit() or not 1900 <= (numeral.best or 0) <= 2099:
            return False
        return numeral.qualifier == "exact" and (token.ent_type_ == "DATE" or token.dep_ == "pobj")

    def _is_day(self, token: Token) -> bool:
        """August 4, 4 August."""
        around = (self.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(self.doc))
        return any(t.lower_ in self.words.months and t.tag_ != "MD" for t in around)

    def _is_age(self, numeral: Numeral) -> bool:
        """A name, 26, died: a number between commas."""
        before = self.lower[max(0, numeral.start - 3) : numeral.start].rstrip()
        enclosed = before.endswith(",") and self.lower[numeral.end : numeral.end + 1] in (",", ".", ")")
        return enclosed and numeral.qualifier == "exact" and (numeral.best or 0) < 120

    def _counted(self, numeral: Numeral, token: Token, sentence: Sentence) -> tuple[Token | None, Token | None]:
        """The token that stands for those counted, and the counted noun where there is one."""
        last = token
        while last.i + 1 < sentence.tokens.end and last.nbor().idx < numeral.end:
            last = last.nbor()
        top = last
        for _ in range(4):
            if numeral.core <= top.head.idx < numeral.end and top.head.i != top.i:
                top = top.head
        node = top
        if top.dep_ in ("nummod", "quantmod", "amod", "det", "compound", "advmod", "poss") and top.head.i > last.i:
            node = top.head
            if node.dep_ in ("quantmod",) and node.head.i > node.i:
                node = node.head
        if (
            node.pos_ == "PROPN"
            and node.dep_ in ("nmod", "compound")
            and node.head.tag_ == "NNS"
            and node.i < node.head.i <= last.i + LONGEST_NAME
        ):
            node = node.head  # "five National Front (NF) rebels"
            return node, node
        if last.i < node.i <= last.i + FARTHEST and self._is_noun(node):
            return node, node
        noun = self._of_them(top, numeral.end)
        if noun is not None:
            return top, noun
        return self._next_noun(last, sentence, node, top)

    def _of_them(self, top: Token, end: int) -> Token | None:
        """Dozens of people, 12 of the soldiers."""
        for child in top.children:
            if child.lower_ == "of" and child.i > top.i:
                for below in child.children:
                    if below.idx < end:  # hundreds of thousands
                        return self._of_them(below, end)
                    if below.dep_ == "pobj" and below.pos_ in ("NOUN", "PROPN"):
                        return below
        return None

    def _next_noun(self, last: Token, sentence: Sentence, node: Token, top: Token) -> tuple[Token | None, Token | None]:
        """The noun that follows at once where the parse hangs the number elsewhere."""
        if node.lower_ in self.tables.state:
            return top, None
        if last.i + 1 < sentence.tokens.end:
            following = last.nbor()
            while following.pos_ == "ADJ" and following.i + 1 < sentence.tokens.end and not self._is_state(following):
                following = following.nbor()
            if following.pos_ == "NOUN" and self._is_noun(following):
                return following, following
        return top, None

    def _is_noun(self, token: Token) -> bool:
        return token.pos_ in ("NOUN", "PROPN") and not self._is_state(token)

    def _is_state(self, token: Token) -> bool:
        return token.lower_ in self.tables.state

    def _one_of_them(self, noun: Token | None, token: Token) -> bool:
        """One of 25 plots, one of the attacks, no one: no count of its own."""
        following = self.lower[token.idx + len(token) : token.idx + len(token) + 4]
        if noun is not None and following.startswith(" of "):
            return base(noun) in self.tables.event_nouns or any(t.like_num for t in noun.children)
        return noun is None and token.lower_ == "one" and token.tag_ != "CD"

    def _beside(self, numeral: Numeral, last: Token, noun: Token | None) -> QuantityKind | None:
        """What is said right after the number and its noun."""
        end = noun if noun is not None and noun.i > last.i else last
        following = end.i + 1
        while following < len(self.doc) and self.doc[following].idx < numeral.end:
            following += 1
        if following >= len(self.doc) or (noun is not None and base(noun) in self.tables.event_nouns):
            return None
        told = beside(self.doc[following], self.tables)
        return told or (told_after(self.doc[following], self.tables) if noun is None else None)

    def _before(self, numeral: Numeral, token: Token, sentence: Sentence) -> QuantityKind | None:
        """What is said right before the number and its qualifier."""
        previous = token.i - 1
        while previous >= sentence.tokens.start and self.doc[previous].idx >= numeral.start:
            previous -= 1
        return told_before(self.doc[previous], self.tables) if previous >= sentence.tokens.start else None

    def _add(self, kind: QuantityKind, numeral: Numeral, noun: Token | None) -> None:
        end = max(numeral.end, noun.idx + len(noun)) if noun is not None else numeral.end
        mention = self.annotated.article.span(numeral.start, end)
        of = self.annotated.text(noun.idx, noun.idx + len(noun)) if noun is not None else None
        self.found.append(
            Quantity(
                kind=kind,
                low=numeral.low,
                best=numeral.best,
                high=numeral.high,
                qualifier=numeral.qualifier,
                of=of,
                mention=mention,
            )
        )

    def _nobody(self, token: Token) -> None:
        """No casualties, no one was hurt: nought, of the dead and of the wounded where both are meant."""
        noun: Token | None = None
        end = token.idx + len(token)
        node = token
        if token.lower_ == "no":
            following = token.nbor() if token.i + 1 < len(self.doc) else token
            if following.lower_ == "one":
                node, end = following, following.idx + len(following)
            elif token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
                node = noun = token.head
                end = noun.idx + len(noun)
            else:
                return
        lemma = base(noun) if noun is not None else ""
        kinds: tuple[QuantityKind, ...]
        if lemma in ("casualty", "victim"):
            kinds = ("killed", "wounded")
        elif lemma in ("death", "fatality", "injury", "arrest"):
            kinds = (self.tables.event_nouns[lemma],)
        else:
            personal = noun is None or lemma in self.words.persons or lemma == "people"
            kind = governed(node, lemma, self.tables) if personal else None
            kinds = (kind,) if kind in PERSON_KINDS else ()
        self.done = end
        numeral = Numeral(token.idx, end, token.idx, 0, 0, 0, "exact")
        for kind in kinds:
            self._add(kind, numeral, noun)

    def person(self, token: Token, sentence: Sentence) -> None:
        """A man was killed: one, where a singular noun plainly means one person."""
        if token.tag_ not in ("NN", "NNP") or token.idx < self.done or token.dep_ in MODIFIERS:
            return
        determiner = next((t for t in token.lefts if t.dep_ in ("det", "poss")), None)
        if any(t.dep_ == "nummod" for t in token.lefts) or (determiner is None and not sentence.headline):
            return
        if determiner is not None and determiner.dep_ == "det" and determiner.lower_ not in SINGLE_DETERMINERS:
            return
        start = token.left_edge.idx if determiner is None else determiner.idx
        lemma = token.lemma_.lower()
        kind = kind_of(token, token, self.tables)
        if kind == "attackers" and (lemma not in self.tables.attackers or token.dep_ not in ("nsubj", "pobj")):
            return
        if kind is None or kind not in (*PERSON_KINDS, "attackers"):
            return
        numeral = Numeral(start, token.idx + len(token), start, 1, 1, 1, "exact")
        for each in (kind, *also(token, kind, self.tables)):
            self._add(each, numeral, token)
