"""count: Annotated -> the quantities of the article, in order: how many were killed, wounded, arrested.

A mention is the number with its qualifier and the counted noun: "at least 12 soldiers". A bound that the words do not
give is None: "at least 12" has no high, "dozens" only a low. Money, ages, distances, votes, scores are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from reportedly.records import Quantity, QuantityKind
from reportedly.stages import _count_nought as nobody
from reportedly.stages import _numerals as numerals
from reportedly.stages._count_frames import (
    OBJECT,
    PASSIVE,
    SUBJECT,
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
from reportedly.stages._count_scope import PERSON_KINDS, Scopes, named_part, part_of, scopes, together
from reportedly.stages._count_words import CountWords
from reportedly.stages._lowered import lowered
from reportedly.stages._numerals import NumberGrammar, Numeral
from reportedly.stages.drafts import Annotated, Sentence

Hashes = npt.NDArray[np.uint64]
NOUGHT = nobody.NOBODY | nobody.ANYBODY | nobody.HARM_WORDS
SINGLE_DETERMINERS = ("a", "an", "the", "another", "one", "his", "her", "its", "their", "this", "that")
NOT_ONE = re.compile(r"\bnot\s+(?:even\s+)?$")
HYPHENED = re.compile(r"(?:-\w+)+")
LONGEST_SENTENCE = 500
"""In tokens; what is longer is a list or a table, no clause that could say what its figures count."""
FARTHEST = 8
"""How many tokens after a number the noun that it counts may stand."""
LONGEST_NAME = 10
"""The same where the name of a body stands between."""
MODIFIERS = ("compound", "nmod", "amod", "poss")


@dataclass(frozen=True, slots=True)
class _Compiled:
    grammar: NumberGrammar
    tables: FrameTables
    openers: Hashes
    """Words at which a number may begin, as hashes of the string store."""
    persons: Hashes
    scopes: Scopes


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


def _is_one_of_the_best(token: Token) -> bool:
    """ "the faith, one of the oldest in the land": it counts nobody."""
    after = token.doc[token.i + 1 : token.i + 4]
    of_the = [t.lower_ for t in after[:2]] == ["of", "the"]
    return (
        token.lower_ == "one" and of_the and len(after) == 3 and (after[2].tag_ == "JJS" or after[2].lower_ == "most")
    )


@lru_cache(maxsize=4)
def _compile(words: CountWords) -> _Compiled:
    q = words.qualifiers
    grouped = {name: getattr(q, name) for name in ("at_least", "above", "at_most", "below", "about")}
    grammar = numerals.build(words.numbers, words.multipliers, words.vague, words.sets, grouped, q.between_words)
    vague = (w.split()[0] for w in words.vague if not w.startswith("a "))
    openers = {*words.numbers, *words.multipliers, *NOUGHT, *vague, *words.sets, *words.ordinals, "another", "few"}
    return _Compiled(grammar, _tables(words), _hashes(openers), _hashes(words.persons), scopes(words.together))


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
        harm_verbs=words.harm_verbs,
        harms=words.harms,
        state_verbs=words.state_verbs,
        gangs=words.gangs,
        wholes=words.wholes,
        lost=words.lost,
        flight_verbs=words.flight.verbs,
        flight_places=words.flight.places,
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
        if token.lower_ in NOUGHT:
            self._nobody(token)
            return
        if token.lower_ == "another" or token.lower_ in self.words.ordinals:
            self._one_more(token, sentence)
            return
        if token.lower_ == "both" and (token.dep_ in ("preconj", "cc") or _is_both_kinds(token)):
            return
        at = self._opening(token)
        numeral = numerals.read(self.compiled.grammar, self.lower, at, sentence.tokens.start_char)
        if numeral is None or self._is_part(numeral, token):
            return
        self.done = numeral.end
        if self._are_children(token) or _is_one_of_the_best(token):
            return
        node, noun = self._counted(numeral, token, sentence)
        in_set = token.lower_ in self.words.sets
        if in_set and noun is None and token.lower_ != "both":
            noun = token
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
        if kind is None:
            kind = self._part(numeral, node, noun, sentence)
            noun = noun or (named_part(self.doc, self.lower, numeral.end) if kind is not None else None)
        if kind == "events" and (numeral.high == 1 or in_set or self._may_be_a_year(numeral)):
            return  # in one incident; "jailed over 2017 train bombing"
        end = numeral.end if noun is None else max(numeral.end, noun.idx + len(noun))
        both = together(self.compiled.scopes, self.lower, self.doc, numeral.start, end)
        if both is not None and (kind is None or kind in (*PERSON_KINDS, "displaced")):
            self._add("other", numeral, noun, both)
        elif kind is not None:
            self._add(kind, numeral, noun)
            for other in also(node, kind, self.tables) if kind in PERSON_KINDS else ():
                self._add(other, numeral, noun)

    def _are_children(self, token: Token) -> bool:
        """ "a mother of two (small children)": nobody says that anything was done to them."""
        noun = token.head if token.dep_ == "nummod" else token
        return noun.dep_ == "pobj" and noun.head.lower_ == "of" and base(noun.head.head) in self.words.kin

    def _opening(self, token: Token) -> int:
        """Where the number words begin: "a dozen", "half a dozen", "a few hundred"."""
        if token.i and (
            token.lower_ in self.words.multipliers or token.lower_ in ("few", "couple", "pair", "duo", "trio")
        ):
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
        return (
            self._may_be_a_year(numeral)
            and numeral.qualifier == "exact"
            and (token.ent_type_ == "DATE" or token.dep_ == "pobj")
        )

    def _may_be_a_year(self, numeral: Numeral) -> bool:
        """2014; not 2,014. What "over" stands before is known no better than a low bound."""
        figures = self.lower[numeral.core : numeral.end]
        return len(figures) == 4 and figures.isdigit() and 1900 <= int(figures) <= 2099

    def _is_day(self, token: Token) -> bool:
        """August 4, 4 August."""
        around = [self.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(self.doc)]
        if not any(t.lower_ in self.words.months and t.tag_ != "MD" for t in around):
            return False
        dated = token.i > 1 and token.nbor(-2).like_num  # on 3 May 20 people were killed
        counted = token.dep_ == "nummod" and not token.is_digit and token.head.i > token.i  # 3 May two U.S. nuns
        plural = token.head.tag_ in ("NNS", "NNPS")
        return not (dated and ((counted and plural) or (token.i + 1 < len(self.doc) and token.nbor().tag_ == "NNS")))

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
        if (
            top.dep_ in ("nummod", "quantmod", "amod", "det", "predet", "compound", "advmod", "poss")
            and top.head.i > last.i
        ):
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

    def _add(
        self, kind: QuantityKind, numeral: Numeral, noun: Token | None, scope: tuple[int, int] | None = None
    ) -> None:
        """Adds a quantity; `scope` are the words that count two kinds at once."""
        end, of = numeral.end, None
        if noun is not None:
            last = noun.idx + len(noun)
            joined = HYPHENED.match(self.lower, last)  # passers-by
            last = joined.end() if joined is not None else last
            end, of = max(end, last), self.annotated.text(noun.idx, last)
        elif scope is not None:
            end, of = max(end, scope[1]), self.annotated.text(*scope).strip()
        if numeral.low == numeral.high == 1 and NOT_ONE.search(self.lower[max(0, numeral.start - 10) : numeral.start]):
            numeral = replace(numeral, low=0, best=0, high=0)
        mention = self.annotated.article.span(numeral.start, end)
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
        for each in nobody.nought(token, self.tables, self.words.persons):
            numeral = Numeral(each.start, each.end, each.start, 0, 0, 0, "exact")
            self._add(each.kind, numeral, each.noun)
            self.done = max(self.done, each.end)

    def _one_more(self, token: Token, sentence: Sentence) -> None:
        """ "One died and another was hurt", "a fourth was wounded": one more of those counted before."""
        ordinal = token.lower_ != "another"
        if token.dep_ not in (*SUBJECT, *PASSIVE, *OBJECT) or any(t.lower_ == "of" for t in token.rights):
            return
        if ordinal and (token.i == 0 or token.nbor(-1).lower_ != "a"):
            return
        if not any(q.kind in PERSON_KINDS and q.mention.start >= sentence.start for q in self.found):
            return
        kind = governed(token, "", self.tables)
        if kind in PERSON_KINDS:
            start = token.nbor(-1).idx if ordinal else token.idx
            self._add(kind, Numeral(start, token.idx + len(token), start, 1, 1, 1, "exact"), None)

    def _part(self, numeral: Numeral, node: Token, noun: Token | None, sentence: Sentence) -> QuantityKind | None:
        """The kind of the number that this one is a part of."""
        lemma = base(noun) if noun is not None else ""
        if lemma in self.tables.targets or lemma in self.tables.things or lemma in self.tables.event_nouns:
            return None
        while node.dep_ == "conj" and node.head.i < node.i and node.head.pos_ in ("NOUN", "PROPN", "NUM"):
            node = node.head
        first = min(numeral.start, node.left_edge.idx)
        for start in (numeral.start, first):
            kind = part_of(self.found, self.doc, self.lower, (start, numeral.end), sentence.start)
            if kind is not None:
                return kind
        return None

    def person(self, token: Token, sentence: Sentence) -> None:
        """A man was killed: one, where a singular noun plainly means one person."""
        if token.tag_ not in ("NN", "NNP") or token.idx < self.done or token.dep_ in MODIFIERS:
            return
        determiner = next((t for t in token.lefts if t.dep_ in ("det", "poss")), None)
        first = self._first_of_kin(token) if determiner is None else None
        if any(t.dep_ == "nummod" for t in token.lefts) or (
            determiner is None and first is None and not sentence.headline
        ):
            return
        if determiner is not None and determiner.dep_ == "det" and determiner.lower_ not in SINGLE_DETERMINERS:
            return
        start = token.left_edge.idx if determiner is None else determiner.idx
        lemma = token.lemma_.lower()
        kind = kind_of(first or token, first or token, self.tables)
        numeral = Numeral(start, token.idx + len(token), start, 1, 1, 1, "exact")
        kind = kind or self._part(numeral, token, token, sentence)
        if kind == "attackers" and (lemma not in self.tables.attackers or token.dep_ not in ("nsubj", "pobj")):
            return
        if kind is None or kind not in (*PERSON_KINDS, "attackers"):
            return
        for each in (kind, *also(first or token, kind, self.tables)):
            self._add(each, numeral, token)

    def _first_of_kin(self, token: Token) -> Token | None:
        """The mother for the father and the sister of "his mother, father and sister"; "his friend and mentor" is one man.

        The parse may take a list for an apposition.
        """
        kin, first = self.words.kin, token
        while first.lower_ in kin and first.head.i < first.i:
            listed = first.dep_ == "appos" and any(c.dep_ == "conj" for c in first.children)
            if first.dep_ != "conj" and not listed:
                break
            first = first.head
        owned = first.lower_ in kin and any(t.dep_ == "poss" for t in first.lefts)
        return first if owned and first.i != token.i else None


def _is_both_kinds(both: Token) -> bool:
    """ "Both rebels and civilians" are two kinds of people; "both soldiers and a clerk" are three people."""
    second = next((c for c in both.head.children if c.dep_ == "conj"), None) if both.head.tag_ == "NNS" else None
    return (
        second is not None
        and second.tag_ == "NNS"
        and not any(c.dep_ in ("det", "poss", "nummod") for c in second.children)
    )
