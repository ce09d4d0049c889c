"""The shape of the reporting-cue lexicon, and how a word of the text is looked up in it."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec
from spacy.tokens import Token

from reportedly.lexicons import Lexicon
from reportedly.records import Certainty, Stance

Pos = Literal["verb", "noun", "adjective", "adverb", "phrase"]
Kind = Literal["speech", "thought", "intention", "evidence", "question"]
Takes = Literal[
    "clause",
    "infinitive",
    "gerund",
    "object",
    "quotation",
    "hearer",
    "accusation",
    "naming",
    "citation",
    "responsibility",
    "impersonal",
    "impression",
    "description",
]


class ReportingCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that says that somebody says, thinks or means to do something."""

    lemma: str
    pos: Pos
    kind: Kind
    stance: Stance
    certainty: Certainty
    """The source's own, where nothing negates it."""
    takes: tuple[Takes, ...]
    """The shapes of content; `description`: object and "as"; `hearer`: its object is told, not said; `accusation`: object and of/for/with;
    `naming`: object and predicate; `citation`: its object is the origin; `impersonal`: "it emerged that"; `impression`: its subject says nothing, it is the outlet that
    says what "seems"."""
    prepositions: tuple[str, ...] = ()
    """Prepositions that lead in a content: warn *of*, call *for*."""


class ReportingCues(Lexicon, frozen=True, dict=True):
    """The words of *attribute*: ``lexicons/reporting_cues.toml``."""

    cues: tuple[ReportingCue, ...]
    outlet_words: tuple[str, ...]
    """A name or noun phrase that holds one of these is an outlet."""
    institution_words: tuple[str, ...]
    """A capitalised hearer with one of these is an organisation, and no outlet."""
    audience_words: tuple[str, ...]
    """Hearers that are no station on the way to us."""
    document_words: tuple[str, ...]
    issuing_verbs: tuple[str, ...]
    """How a document is put out."""
    mute_nouns: tuple[str, ...]
    """Where somebody is found, and never the antecedent of "who"."""
    anonymous_nouns: tuple[str, ...]
    collective_nouns: tuple[str, ...]
    """Who can stand before or after the colon of a headline, beside persons, names, outlets and documents."""
    person_nouns: tuple[str, ...]
    deed_words: tuple[str, ...]
    """What one claims responsibility for by claiming it."""
    second_cues: tuple[str, ...]
    """Cues that so often follow another with the same speaker that they never belong to its content."""
    unsaid_verbs: tuple[str, ...]
    """What a source may do "without": how it spoke, not what it said."""
    making_verbs: tuple[str, ...]
    """Verbs whose subject owns the claim, the fear, the plan that they govern."""
    interview_words: tuple[str, ...]
    headline_labels: tuple[str, ...]
    """What stands before the colon of a headline and is nobody."""
    share_nouns: tuple[str, ...]
    """What one has none of by denying a deed: a part, a role, a hand."""
    fault_words: tuple[str, ...]
    """What one is not by denying a deed: responsible, involved."""
    declining_verbs: tuple[str, ...]
    silent_subjects: tuple[str, ...]
    silent_verbs: tuple[str, ...]
    """What is done without a word, though the head may hear one."""
    refusing_verbs: tuple[str, ...]
    plea_nouns: tuple[str, ...]
    """What one refuses by denying or rejecting it, and says nothing of what was asked."""
    trial_nouns: tuple[str, ...]
    """What a court, or the police, do to somebody: "his conviction for murder" is none of his words."""
    quashing_verbs: tuple[str, ...]
    """What a court does that undoes one of these."""
    common_outlets: tuple[str, ...]
    """Those of `outlet_words` that are common nouns, and name an outlet without a capital."""
    fact_cues: tuple[str, ...]
    """Cues whose content is so even where they are negated: "did not know that"."""
    denial_words: tuple[str, ...]
    """What must be heard, or a "not", before words deny anything."""

    @cached_property
    def words(self) -> dict[tuple[str, str], ReportingCue]:
        """Cues of one word, by part of speech and lemma."""
        return {(cue.pos, cue.lemma): cue for cue in self.cues if " " not in cue.lemma}

    @cached_property
    def phrases(self) -> dict[str, tuple[tuple[str, ReportingCue], ...]]:
        """Cues of a verb and another word, by the verb."""
        out: dict[str, tuple[tuple[str, ReportingCue], ...]] = {}
        for cue in self.cues:
            first, _, rest = cue.lemma.partition(" ")
            if rest and cue.pos == "verb":
                out[first] = (*out.get(first, ()), (rest, cue))
        return out

    @cached_property
    def outlets(self) -> frozenset[str]:
        """`outlet_words` for look-up."""
        return frozenset(self.outlet_words)

    @cached_property
    def lowly_outlets(self) -> frozenset[str]:
        """`common_outlets` for look-up."""
        return frozenset(self.common_outlets)

    @cached_property
    def refusing(self) -> frozenset[str]:
        """`refusing_verbs` for look-up."""
        return frozenset(self.refusing_verbs)

    @cached_property
    def pleas(self) -> frozenset[str]:
        """`plea_nouns` for look-up."""
        return frozenset(self.plea_nouns)

    @cached_property
    def trials(self) -> frozenset[str]:
        """`trial_nouns` for look-up."""
        return frozenset(self.trial_nouns)

    @cached_property
    def quashing(self) -> frozenset[str]:
        """`quashing_verbs` for look-up."""
        return frozenset(self.quashing_verbs)

    @cached_property
    def institutions(self) -> frozenset[str]:
        """`institution_words` for look-up."""
        return frozenset(self.institution_words)

    @cached_property
    def audiences(self) -> frozenset[str]:
        """`audience_words` for look-up."""
        return frozenset(self.audience_words)

    @cached_property
    def documents(self) -> frozenset[str]:
        """`document_words` for look-up."""
        return frozenset(self.document_words)

    @cached_property
    def mute(self) -> frozenset[str]:
        """`mute_nouns` for look-up."""
        return frozenset(self.mute_nouns)

    @cached_property
    def issuing(self) -> frozenset[str]:
        """`issuing_verbs` for look-up."""
        return frozenset(self.issuing_verbs)

    @cached_property
    def nameless(self) -> frozenset[str]:
        """`anonymous_nouns` for look-up."""
        return frozenset(self.anonymous_nouns)

    @cached_property
    def persons(self) -> frozenset[str]:
        """`person_nouns` for look-up."""
        return frozenset(self.person_nouns)

    @cached_property
    def deeds(self) -> frozenset[str]:
        """`deed_words` for look-up."""
        return frozenset(self.deed_words)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The nouns that can be the source of a headline."""
        nouns = (*self.collective_nouns, *self.person_nouns, *self.anonymous_nouns, *self.document_words)
        return frozenset((*nouns, *self.outlet_words))

    @cached_property
    def seconds(self) -> frozenset[str]:
        """`second_cues` for look-up."""
        return frozenset(self.second_cues)

    @cached_property
    def unsaid(self) -> frozenset[str]:
        """`unsaid_verbs` for look-up."""
        return frozenset(self.unsaid_verbs)

    @cached_property
    def making(self) -> frozenset[str]:
        """`making_verbs` for look-up."""
        return frozenset(self.making_verbs)

    @cached_property
    def interviews(self) -> frozenset[str]:
        """`interview_words` for look-up."""
        return frozenset(self.interview_words)

    @cached_property
    def labels(self) -> frozenset[str]:
        """`headline_labels` for look-up."""
        return frozenset(self.headline_labels)

    @cached_property
    def shares(self) -> frozenset[str]:
        """`share_nouns` for look-up."""
        return frozenset(self.share_nouns)

    @cached_property
    def at_fault(self) -> frozenset[str]:
        """`fault_words` for look-up."""
        return frozenset(self.fault_words)

    @cached_property
    def declining(self) -> frozenset[str]:
        """`declining_verbs` for look-up."""
        return frozenset(self.declining_verbs)

    @cached_property
    def mute_acts(self) -> frozenset[str]:
        """`silent_verbs` for look-up."""
        return frozenset(self.silent_verbs)

    @cached_property
    def facts(self) -> frozenset[str]:
        """`fact_cues` for look-up."""
        return frozenset(self.fact_cues)

    @cached_property
    def denials(self) -> frozenset[str]:
        """`denial_words` for look-up, with every cue that denies."""
        return frozenset((*self.denial_words, *(cue.lemma for cue in self.cues if cue.stance == "denies")))

    @cached_property
    def silent(self) -> frozenset[str]:
        """`silent_subjects` for look-up."""
        return frozenset(self.silent_subjects)


MISTAKEN = {"hoped": "hope", "hoping": "hope", "hopes": "hope"}
"""Forms that the model's lemmatiser gives to another verb."""
PARTS: dict[str, str] = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADJ": "adjective",
    "ADV": "adverb",
}


def cue_of(token: Token, cues: ReportingCues) -> ReportingCue | None:
    """The entry for `token` as it is used here; None where it is no reporting word."""
    part = PARTS.get(token.pos_)
    if part is None:
        return None
    lemma = MISTAKEN.get(token.lower_) or token.lemma_.lower()
    if part == "verb" and lemma in cues.phrases:
        for rest, cue in cues.phrases[lemma]:
            if any(child.lower_ == rest and child.i > token.i and child.dep_ != "pobj" for child in token.children):
                return cue
    if part == "noun" and token.pos_ == "PROPN" and not token.is_lower:
        return None
    found = cues.words.get((part, lemma))
    if found is None and part == "adjective":
        found = cues.words.get(("verb", lemma)) if token.tag_ in ("VBN", "VBD", "VBG") else None
    return found
