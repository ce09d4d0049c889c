"""What the stages hand each other before a claim is whole.

Offsets are code points into ``Article.text``; token numbers are into ``Annotated.doc``, whose text has the very same
offsets (``token.idx`` is an offset into the article).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from reportedly.records import Article, Certainty, EventType, Quotation, SourceKind, Stage, Stance, WeaponCategory

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one block."""

    index: int
    tokens: TokenSpan
    block: int
    """Which of ``article.blocks`` it stands in."""
    headline: bool

    @property
    def start(self) -> int:
        """First code point."""
        return int(self.tokens.start_char)

    @property
    def end(self) -> int:
        """One past the last code point that is not white space."""
        return int(self.tokens.start_char) + len(self.tokens.text.rstrip())


@dataclass(frozen=True, slots=True)
class Setting:
    """What a whole article is about, where only some of its sentences are annotated."""

    totals: tuple[int, ...]
    """The weight of each theme, in the order of `theme_weights`."""
    violent_words: int
    long: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its parse. `doc.text` may differ from ``article.text`` in case and in the form of quotation
    marks (and is blank where the article is not), but never in length: offsets are the same."""

    article: Article
    doc: Doc
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...] = field(repr=False)
    """Token number to the index of its sentence, or -1 outside every block."""
    setting: Setting | None = None
    """Null where the whole article is annotated, and tells by itself what it is about."""

    def text(self, start: int, end: int) -> str:
        """The article's own words from `start` to `end`."""
        return self.article.text[start:end]

    def tokens(self, start: int, end: int) -> TokenSpan | None:
        """The tokens that overlap the words from `start` to `end`; None where there are none."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span if span is not None and len(span) else None


@dataclass(frozen=True, slots=True)
class Hop:
    """A source as it is mentioned, before it is resolved: the full noun phrase, or the pronoun that stands for it."""

    start: int
    end: int
    kind: SourceKind | None = None
    """Where the rule that found it knows; else the resolver decides."""
    anonymous: bool | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution: who (a chain of mentions, origin first; empty where the words name nobody), cue, content."""

    chain: tuple[Hop, ...]
    cue: Offsets | None
    cue_lemma: str
    content: tuple[Offsets, ...]
    stance: Stance
    quotation: Quotation
    certainty: Certainty
    rule: str
    """Which rule found it, for ``--explain``."""
    likely: float = 1.0
    """The head's probability that it is one at all; 1 where a rule is sure by itself."""
    stance_likely: float = 1.0
    """The head's probability of its stance."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A noun phrase in a role of an event."""

    token: int
    """Number of its head token."""
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon's words and category."""

    category: WeaponCategory
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event in one sentence before it is dated, placed, counted and judged."""

    event_type: EventType
    token: int
    """Number of the trigger's head token."""
    trigger: Offsets
    sentence: int
    actors: tuple[Argument, ...]
    recipients: tuple[Argument, ...]
    weapons: tuple[WeaponMention, ...]
    rule: str
    strong: bool = False
    """True where the words speak for an incident by themselves; else something beside them must."""
    consequence: bool = False
    """True for what another act brings about: killed, wounded."""
    stage: Stage | None = None
    """The stage that the word itself has: a plot is planned."""
    scope: int | None = None
    """Where the words above the event begin, if not at its own token: "one of 25 plots" begins at plots."""
    results: tuple[int, ...] = ()
    """Tokens of what it brought about, folded into it: their day is its own only where it is told for the first time."""
    anchors: tuple[int, ...] = ()
    """Other tokens whose dependents are the event's: the verb that carries an event noun."""
