"""The words that `judge` works with (``lexicons/operators.toml``), and how one of them is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, TypeVar

from reportedly.lexicons import Lexicon
from reportedly.records import Certainty, Stage

WordLists = Mapping[str, tuple[str, ...]]
Effect = Stage | Literal["negated"]
"""What a word makes of the event below it."""
Value = TypeVar("Value", bound=str)


class Operators(Lexicon, frozen=True):
    """``operators.toml``: what words above an event make of it."""

    verbs: Mapping[Effect, tuple[str, ...]]
    nouns: Mapping[Stage, tuple[str, ...]]
    modifiers: Mapping[Stage, tuple[str, ...]]
    adjectives: Mapping[Effect, tuple[str, ...]]
    modals: Mapping[Stage, tuple[str, ...]]
    conditions: WordLists
    certainty: Mapping[Certainty, tuple[str, ...]]
    modal_certainty: Mapping[Certainty, tuple[str, ...]]
    perfect_certainty: Mapping[Certainty, tuple[str, ...]]
    implicative: WordLists
    classes: WordLists


class JudgeWords:
    """The operators, turned over: word to effect."""

    def __init__(self, operators: Operators) -> None:
        self.operators = operators

    @cached_property
    def verbs(self) -> Mapping[str, Effect]:
        """Verb lemma to stage, or ``negated``."""
        return _turned(self.operators.verbs)

    @cached_property
    def nouns(self) -> Mapping[str, Stage]:
        """Noun lemma to stage."""
        return _turned(self.operators.nouns)

    @cached_property
    def modifiers(self) -> Mapping[str, Stage]:
        """Adjective or participle before a noun to stage."""
        return _turned(self.operators.modifiers)

    @cached_property
    def adjectives(self) -> Mapping[str, Effect]:
        """Adjective above a clause to stage, or ``negated``."""
        return _turned(self.operators.adjectives)

    @cached_property
    def modals(self) -> Mapping[str, Stage]:
        """Modal verb to stage."""
        return _turned(self.operators.modals)

    @cached_property
    def certainty(self) -> Mapping[str, Certainty]:
        """Word to certainty."""
        return _turned(self.operators.certainty)

    @cached_property
    def modal_certainty(self) -> Mapping[str, Certainty]:
        """Modal verb before an infinitive to certainty."""
        return _turned(self.operators.modal_certainty)

    @cached_property
    def perfect_certainty(self) -> Mapping[str, Certainty]:
        """Modal verb before "have" to certainty."""
        return _turned(self.operators.perfect_certainty)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Words that open a condition."""
        return frozenset(self.operators.conditions["words"])

    @cached_property
    def implicative(self) -> frozenset[str]:
        """Verbs under which an infinitive happened."""
        return frozenset(self.operators.implicative["verbs"])

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """Words by what they do: carrying, occurring, lasting …"""
        return {name: frozenset(words) for name, words in self.operators.classes.items()}


def _turned(lists: Mapping[Value, tuple[str, ...]]) -> Mapping[str, Value]:
    return {word: value for value, words in lists.items() for word in words}
