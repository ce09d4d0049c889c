"""The only place that knows the order in which a report becomes claims.

(screen ->) clean -> annotate -> resolve -> code -> attribute -> date, locate, count -> gather -> sift -> fill -> assemble (judge) -> group
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Token

from reportedly import lexicons
from reportedly._gazetteer_larger import larger_path, read_record
from reportedly.acquire import acquire
from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.records import Article, Block, Origin, Reading
from reportedly.stages._count_words import CountWords
from reportedly.stages._gather_words import GatherWords
from reportedly.stages._kinds import kinded
from reportedly.stages._phrases import offsets
from reportedly.stages._words import CodeWords, EventTypes, Nouns, Triggers, WeaponNames
from reportedly.stages.annotate import MODEL, annotate, load_parser
from reportedly.stages.assemble import Assembler, cue_tokens
from reportedly.stages.attribute import ReportingCues, attribute
from reportedly.stages.clean import clean, load_furniture
from reportedly.stages.code import code
from reportedly.stages.count import count
from reportedly.stages.date import DateWords, date
from reportedly.stages.drafts import Annotated
from reportedly.stages.fill import fill
from reportedly.stages.gather import Mentions, gather
from reportedly.stages.group import group
from reportedly.stages.judge import JudgeWords, Operators
from reportedly.stages.locate import locate
from reportedly.stages.resolve import Names, load_names, resolve
from reportedly.stages.screen import Glance, Screened, ScreenWords
from reportedly.stages.sift import Relevance, SiftWords, sift
from reportedly.tagger import Head, Tags
from reportedly.tagger.runtime import WEIGHTS, open_head

LARGE = 100_000
HEAD = "REPORTEDLY_HEAD"
LEAST = 0.2
"""The head tells of a cue from this probability on; *attribute* decides."""
BATCH = 16
"""So many articles go through the parser together; a reading does not depend on it."""


@dataclass(frozen=True)
class Words:
    """Every lexicon, loaded once."""

    cues: ReportingCues
    names: Names
    code: CodeWords
    dates: DateWords
    counts: CountWords
    judging: JudgeWords
    sifting: SiftWords
    types: EventTypes


def load_words() -> Words:
    """Loads and validates the lexicons.

    Raises:
        LexiconError: a file breaks its own rules.
    """
    coding = CodeWords(
        lexicons.load("triggers", Triggers), lexicons.load("nouns", Nouns), lexicons.load("weapons", WeaponNames)
    )
    return Words(
        cues=lexicons.load("reporting_cues", ReportingCues),
        names=load_names(),
        code=coding,
        dates=lexicons.load("dates", DateWords),
        counts=lexicons.load("counts", CountWords),
        judging=JudgeWords(lexicons.load("operators", Operators)),
        sifting=SiftWords(lexicons.load("relevance", Relevance), coding),
        types=lexicons.load("event_types", EventTypes),
    )


class Reader:
    """Reads articles. Models and lexicons are loaded once, when they are first needed."""

    @cached_property
    def parser(self) -> Language:
        """The English pipeline."""
        return load_parser()

    @cached_property
    def head(self) -> Head:
        """The learned head: the one that ships, or that of the folder which ``REPORTEDLY_HEAD`` names."""
        return open_head(Path(os.environ[HEAD]) if os.environ.get(HEAD) else WEIGHTS)

    @cached_property
    def words(self) -> Words:
        """The lexicons."""
        return load_words()

    @cached_property
    def screen_words(self) -> ScreenWords:
        """The words of the cheap first pass."""
        return ScreenWords(
            lexicons.load("screen", Screened), self.words.sifting.relevance, load_furniture().function_words
        )

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places of the world."""
        return open_gazetteer()

    @cached_property
    def gather_words(self) -> GatherWords:
        """What *gather* needs of the lexicons."""
        lists, places = self.words.code.lists, self.gazetteer.words
        return GatherWords(
            aftermath=lists["aftermath"],
            kinds=places.kinds,
            lines=places.lines,
            aiming=lists["aimed_at"],
            people=frozenset(self.words.code.people),
            buildings=self.words.code.things["infrastructure"],
            areas=self.words.code.things["area"] | places.quarters | places.roads | places.kinds,
            offices=places.offices,
            tellings=lists["tellings"],
            lives=lists["lives"],
            occurs=lists["occurs"],
            suffering=lists["suffering"],
        )

    @cached_property
    def families(self) -> dict[str, str]:
        """Event type to its family."""
        return {name: row.family for name, row in self.words.types.types.items()}

    @cached_property
    def origin(self) -> Origin:
        """What a reading is made with; a larger gazetteer is named where there is one."""
        larger = larger_path()
        beside = f"; gazetteer {read_record(larger).version}" if larger is not None else ""
        return Origin(
            software=f"reportedly {version('reportedly')}",
            model=f"{MODEL} {version(MODEL)}; head {self.head.version}{beside}",
            lexicons=lexicons.version(),
        )

    def load(self) -> None:
        """Loads everything now rather than when it is first needed.

        Raises:
            SetupError: the English model is not installed.
            LexiconError: a lexicon file breaks its own rules.
        """
        for part in (self.parser, self.head, self.words, self.gazetteer, self.families, self.screen_words.automaton):
            assert part is not None

    def read(self, articles: Iterable[Article], statements: bool = False) -> Iterator[Reading]:
        """A reading of each article, in order.

        Args:
            articles: clean articles; see `clean`.
            statements: also the attributed statements that are about no incident; what nobody asks for is not looked for, which saves much time.
        """
        waiting = iter(articles)
        while batch := list(islice(waiting, BATCH)):
            with self.parser.memory_zone():  # what spaCy learned of these texts goes with them
                readings = [
                    self.understand(a, statements=statements)
                    for a in annotate(batch, self.parser, self.is_place, BATCH)
                ]
            yield from readings

    def glimpse(self, glances: Sequence[Glance]) -> list[bool]:
        """Of each first look, whether its sentences by themselves tell of an incident."""
        articles = [_excerpt(glance.sentences) for glance in glances]
        with self.parser.memory_zone():
            seen = annotate(articles, self.parser, self.is_place, BATCH)
            return [
                bool(self.understand(replace(annotated, setting=glance.setting), listen=False).claims)
                for annotated, glance in zip(seen, glances, strict=True)
            ]

    def is_place(self, word: str) -> bool:
        """Whether a word in lower case is a country, a nationality or a city of over 100,000."""
        if self.gazetteer.demonym(word):
            return True
        return any(c.main and (c.kind == "country" or c.population > LARGE) for c in self.gazetteer.lookup(word))

    def tags(self, annotated: Annotated) -> Tags:
        """What the learned head says of an article."""
        article = annotated.article
        return self.head.tags(article.text, [(block.start, block.end) for block in article.blocks], LEAST)

    def understand(self, annotated: Annotated, listen: bool = True, statements: bool = False) -> Reading:
        """Every stage after the parse, on one article.

        Args:
            annotated: the parsed article.
            listen: whether the learned head is heard beside the rules.
            statements: also the attributed statements that are about no incident.
        """
        words = self.words
        resolved = resolve(annotated, words.names)

        def kind_of(token: Token) -> str | None:
            return resolved.entity(*offsets(token)).actor_kind

        drafts = code(annotated, words.code, kind_of)
        tags = self.tags(annotated) if listen and (drafts or statements) else None
        drafts = kinded(annotated, drafts, tags) if tags is not None else drafts
        told_in = [annotated.sentences[draft.sentence] for draft in drafts]
        matter = None if statements else [(sentence.start, sentence.end) for sentence in told_in]
        attributions = attribute(annotated, words.cues, tags, matter) if drafts or statements else ()
        cues, vague = cue_tokens(annotated, attributions, words.judging)
        mentions = Mentions((), (), ())
        if drafts:
            mentions = Mentions(
                date(annotated, words.dates), locate(annotated, self.gazetteer), count(annotated, words.counts)
            )
        kept = sift(
            annotated,
            gather(annotated, drafts, mentions, cues, vague, self.gather_words),
            words.sifting,
            kind_of,
            tags,
        )
        if tags is not None:
            kept = fill(annotated, kept, mentions, tags, words.code, self.gather_words)
        assembler = Assembler(annotated, attributions, resolved, words.code, words.judging, tags)
        assembled = assembler.claims(kept, cues)
        grouped = group([a.claim for a in assembled], self.families, {a.claim.claim_id: a.reference for a in assembled})
        return Reading(
            article=annotated.article,
            claims=grouped.claims,
            statements=assembler.statements(grouped.claims) if statements else (),
            reasons={a.claim.claim_id: (*a.reasons, grouped.reasons[a.claim.claim_id]) for a in assembled},
            origin=self.origin,
        )


def _excerpt(sentences: Sequence[str]) -> Article:
    """Sentences as an article, each a paragraph of its own."""
    blocks, at = [], 0
    for sentence in sentences:
        blocks.append(Block(start=at, end=at + len(sentence)))
        at += len(sentence) + 2
    text = "\n\n".join(sentences)
    return Article(article_id="", document_sha256="", text=text, blocks=tuple(blocks), language="en")


_reader = Reader()


def read(source: str | Path, *, published: str | None = None) -> Reading:
    """Reads one report, whole: its claims, and the statements that are about no incident.

    Args:
        source: a file (.txt, .html), an address (https://…), or ``-`` for standard input.
        published: its publication date (``YYYY-MM-DD``), where the report does not give it.

    Raises:
        RejectedDocument: it cannot be read; the message says why and what to do.
    """
    article = clean(acquire(source), published)
    return next(iter(_reader.read([article], statements=True)))
