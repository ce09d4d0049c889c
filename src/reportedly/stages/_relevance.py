"""The words that `sift` works with, and how much of an article's wording is about what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec
from spacy.strings import get_string_id

from reportedly.lexicons import Lexicon
from reportedly.stages._words import CodeWords
from reportedly.stages.drafts import Annotated

VIOLENCE, JUSTICE, CAUSES, CRIME = "violence", "justice", "causes", "crime"
PEACEFUL = 4
"""The first theme that is not of violence."""
SIBILANTS = ("s", "x", "z", "ch", "sh")
LONG = 5
"""From so many sentences on, an article as a whole is about something."""


class Graded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one subject."""

    plain: tuple[str, ...]
    """They name it by themselves."""
    loose: tuple[str, ...]
    """They do so only together."""


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases in which a trigger is a figure of speech."""

    phrases: tuple[str, ...]


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One list; the key says what kind of words they are."""

    words: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()

    def all(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.words, *self.verbs, *self.heads, *self.actors, *self.objects))


class Relevance(Lexicon, frozen=True):
    """``relevance.toml``."""

    veto: Phrases
    subjects: Mapping[str, Graded]
    causes: Graded
    violence: Graded
    justice: Graded
    crime: Graded
    law: Listed
    qualified: Listed
    unreal: Listed
    transitive: Listed
    harmless: Listed
    abstract: Listed
    spoken: Listed
    stopped: Listed
    deliberate: Listed
    disastrous: Listed
    prospect: Listed
    instruments: Listed
    works: Listed
    permitting: Listed
    habit: Listed
    forces: Listed
    ambiguous: Listed
    unmistakable: Listed
    anybody: Listed


class SiftWords:
    """The lexicon with its indexes."""

    def __init__(self, relevance: Relevance, code: CodeWords) -> None:
        self.relevance, self.code = relevance, code
        listed = {
            name: value.all()
            for name in Relevance.__struct_fields__
            if isinstance(value := getattr(relevance, name), Listed)
        }
        self.law, self.qualified, self.unreal, self.works = (
            listed["law"],
            listed["qualified"],
            listed["unreal"],
            listed["works"],
        )
        self.permitting, self.habit, self.prospect, self.anybody = (
            listed["permitting"],
            listed["habit"],
            listed["prospect"],
            listed["anybody"],
        )
        self.transitive, self.harmless, self.abstract, self.forces = (
            listed["transitive"],
            listed["harmless"],
            listed["abstract"],
            listed["forces"],
        )
        self.ambiguous = listed["ambiguous"]
        self.instruments, self.spoken, self.stopped = listed["instruments"], listed["spoken"], listed["stopped"]
        self.deliberate, self.disastrous, self.unmistakable = (
            listed["deliberate"],
            listed["disastrous"],
            listed["unmistakable"],
        )

    @cached_property
    def veto(self) -> re.Pattern[str]:
        """All figurative phrases in one pattern."""
        phrases = sorted(self.relevance.veto.phrases, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in phrases) + r")\b")

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Violence, justice, causes, crime, then the subjects."""
        return (VIOLENCE, JUSTICE, CAUSES, CRIME, *self.relevance.subjects)

    @cached_property
    def weights(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """Hash of a word to (number of the theme, weight)."""
        return {get_string_id(word): found for word, found in theme_weights(self.relevance).items()}


def theme_weights(words: Relevance) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Word to (number of the theme, weight): violence, justice, causes, crime, then the subjects."""
    lists = (words.violence, words.justice, words.causes, words.crime, *words.subjects.values())
    out: dict[str, list[tuple[int, int]]] = {}
    for number, graded in enumerate(lists):
        seen: set[str] = set()
        for weight, listed in ((2, graded.plain), (1, graded.loose)):
            for form in (form for word in listed for form in _forms(word)):
                if form not in seen:
                    out.setdefault(form, []).append((number, weight))
                    seen.add(form)
    return out


def _forms(word: str) -> tuple[str, ...]:
    """A word and its plural."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, f"{word[:-1]}ies"
    return word, f"{word}es" if word.endswith(SIBILANTS) else f"{word}s"


class Scene:
    """What the sentences of an article are about, in weights of words; the events' own words count for nothing."""

    def __init__(self, annotated: Annotated, words: SiftWords, triggers: Iterable[int]) -> None:
        self.themes = words.themes
        self.weights: list[list[int]] = [[0] * len(self.themes) for _ in annotated.sentences]
        self.violent_words = self._count(annotated, words.weights, frozenset(triggers))
        self.totals: list[int] = [sum(column) for column in zip(*self.weights, strict=True)] or [0] * len(self.themes)
        self.long = len(annotated.sentences) > LONG
        if annotated.setting is not None:
            self.totals, self.long = list(annotated.setting.totals), annotated.setting.long
            self.violent_words = max(self.violent_words, annotated.setting.violent_words)

    def _count(
        self, annotated: Annotated, weights: Mapping[int, Sequence[tuple[int, int]]], triggers: frozenset[int]
    ) -> int:
        found = 0
        sentence_of = annotated.sentence_of
        for number, key in enumerate(annotated.doc.to_array("LOWER").tolist()):
            hits = weights.get(key)
            if hits is not None and sentence_of[number] >= 0 and number not in triggers:
                row = self.weights[sentence_of[number]]
                somebody = annotated.doc[number].ent_type_ == "PERSON"
                for theme, weight in hits:
                    if theme < PEACEFUL or not somebody:  # "Mrs Song" sings nothing
                        row[theme] += weight
                    found += theme < 2
        return found

    def near(self, sentence: int, theme: str) -> float:
        """The weight of `theme` in a sentence, with half of what stands in its neighbours."""
        number = self.themes.index(theme)
        around = sum(self.weights[i][number] for i in (sentence - 1, sentence + 1) if 0 <= i < len(self.weights))
        return self.weights[sentence][number] + around / 2

    def weight(self, sentence: int, theme: str) -> float:
        """As `near`, and more where a long article as a whole is about `theme`."""
        return self.near(sentence, theme) + (2 if self.is_about(theme) else 0)

    def within(self, sentence: int, theme: str) -> int:
        """The weight of `theme` in a sentence."""
        return self.weights[sentence][self.themes.index(theme)]

    def total(self, theme: str) -> int:
        """The weight of `theme` in the article."""
        return self.totals[self.themes.index(theme)]

    def subject(self, sentence: int) -> tuple[str, float]:
        """The peaceful subject that has most weight near a sentence, and its weight; in a long article its overall subject counts too."""
        names = self.themes[PEACEFUL:]
        scored = [(self.weight(sentence, name), -i, name) for i, name in enumerate(names)]
        weight, _, name = max(scored)
        return name, weight

    def is_about(self, theme: str) -> bool:
        """Whether a long article is about `theme` rather than about violence."""
        return self.long and self.total(theme) > 2 * self.total(VIOLENCE) + 6
