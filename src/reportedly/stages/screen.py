"""screen: can a page hold an incident? The cheap first pass, before the costly clean text and parse.

The page's light text is searched for the words of ``screen.toml``, all at once (Aho and Corasick, 1975). A page that has enough of them
is read; one that has none is not; of the others the sentences that hold some are given back, for a look at them alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import cached_property
from typing import Literal

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind
from resiliparse.extract.html2text import extract_plain_text

from reportedly.lexicons import Lexicon
from reportedly.records import Document
from reportedly.stages._decode import decode
from reportedly.stages._page import DEEPEST, shape_of
from reportedly.stages._relevance import LONG, Relevance, theme_weights
from reportedly.stages.drafts import Setting

DIFFERENT, MANY, SENTENCES = 2, 3, 4
"""So many different plain or telling words, plain ones in all, or sentences with such words, and a page is read."""
ENOUGH = 2
"""The weight from which on a sentence is looked at."""
MOST = 6
"""So many sentences of a page are looked at."""
FIRST_SUBJECT = 4
"""Before it stand violence, justice, causes and crime."""
WINDOW = 400
"""Characters on either side of a word: a sentence is never taken to be longer."""
FEW = 30
"""Below so many words no language is told."""
ENGLISH = 0.06
"""Half of the share of function words by which `clean` knows English; below it a text is in another language."""
SENTENCE_END = re.compile(
    r"(?:[!?]|(?<!\b[A-Za-z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr|Mt|No|vs))(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col|Sgt|Maj|Rev))\.)['\"”’)]*\s+|\n\s*\n",
    re.I,
)
"""Where a sentence ends; not after an initial, a title or the U.S."""
BLANK = {number: " " for number in range(128) if not chr(number).isalpha()} | dict.fromkeys(
    map(ord, "“”‘’–—…\u00a0"), " "
)
TELLING = 3
WEIGHTS = {"faint": 1, "loose": 2, "telling": TELLING, "plain": TELLING, "harmless": 0}


class Screened(Lexicon, frozen=True):
    """``screen.toml``."""

    plain: tuple[str, ...]
    telling: tuple[str, ...]
    loose: tuple[str, ...]
    faint: tuple[str, ...]
    harmless: tuple[str, ...]


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """What a first look at a page says."""

    verdict: Literal["read", "skip", "look"]
    """look: read it only where `sentences` by themselves tell of an incident."""
    why: str
    sentences: tuple[str, ...] = ()
    setting: Setting | None = None
    """What the whole page is about."""


class ScreenWords:
    """The lexicon, compiled.

    Args:
        lexicon: the words of incidents.
        relevance: the words of themes.
        function_words: the commonest words of English, by which it is known.
    """

    def __init__(self, lexicon: Screened, relevance: Relevance, function_words: Collection[str]) -> None:
        self.themes = theme_weights(relevance)
        self.number_of_themes = FIRST_SUBJECT + len(relevance.subjects)
        self.function_words = frozenset(function_words)
        entries = {entry: kind for kind in WEIGHTS for entry in getattr(lexicon, kind)}
        self.plain = tuple(kind == "plain" for kind in entries.values())
        self.weights = tuple(WEIGHTS[kind] for kind in entries.values())
        self.open_ended = tuple(entry.endswith("*") for entry in entries)
        self._patterns = [" " + entry.rstrip("*").translate(BLANK) for entry in entries]

    @cached_property
    def automaton(self) -> AhoCorasick:
        """All entries, each after a blank; of two that begin together the longer one is found."""
        return AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)


def screen(document: Document, words: ScreenWords) -> Glance:
    """What a first look at `document` says.

    Raises:
        NotText: in an encoding that nobody can tell.
    """
    if _is_too_deep(document):
        return Glance(verdict="read", why="nested too deep: to be refused by name")
    text = light_text(document)
    if document.media_type == "text/plain" and "\x00" in text:
        return Glance(verdict="read", why="binary: to be refused by name")
    flat = " " + _lowered(text).translate(BLANK) + " "
    hits = _hits(flat, words)
    if not hits:
        return Glance(verdict="skip", why="no word of an incident")
    if _is_foreign(flat, words):
        return Glance(verdict="skip", why="not in English")
    setting = _setting(text, flat, words)
    peaceful = _is_peaceful(setting)
    sentences = _sentences(text, hits, words)
    if not sentences:
        return Glance(verdict="skip", why="hardly a word of an incident")
    if not peaceful and (_has_enough(hits, words) or len(sentences) >= SENTENCES):
        return Glance(verdict="read", why="words of incidents")
    return Glance(
        verdict="look", why="no incident in the sentences that have its words", sentences=sentences, setting=setting
    )


def _is_too_deep(document: Document) -> bool:
    """Whether a page nests more than `clean` reads: every parser takes quadratic time over it."""
    if document.media_type == "text/plain" or document.content.count(b"<") <= DEEPEST:
        return False
    return shape_of(decode(document)).depth > DEEPEST


def light_text(document: Document) -> str:
    """The text of `document` as far as it can be had in a millisecond or two."""
    text = decode(document)
    if document.media_type == "text/plain":
        return text
    light: str = extract_plain_text(text.replace("\x00", ""), main_content=True, alt_texts=False)
    return light


def _lowered(text: str) -> str:
    """`text` in lower case, of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _hits(flat: str, words: ScreenWords) -> list[tuple[int, int]]:
    """Where an entry stands, and its number; those that count for nothing are left out."""
    return [
        (start, number)
        for number, start, end in words.automaton.find_matches_as_indexes(flat)
        if words.weights[number] and (words.open_ended[number] or not flat[end].isalpha())
    ]


def _is_foreign(flat: str, words: ScreenWords) -> bool:
    sample = flat[:8_000].split()
    return len(sample) >= FEW and sum(word in words.function_words for word in sample) < ENGLISH * len(sample)


def _has_enough(hits: list[tuple[int, int]], words: ScreenWords) -> bool:
    """Whether the words speak for an incident by themselves: two different ones, or a plain one again and again."""
    telling = [number for _, number in hits if words.weights[number] == TELLING]
    return len(set(telling)) >= DIFFERENT or sum(words.plain[number] for number in telling) >= MANY


def _setting(text: str, flat: str, words: ScreenWords) -> Setting:
    """What the page is about, in weights of words."""
    totals = [0] * words.number_of_themes
    violent = 0
    for word in flat.split():
        for theme, weight in words.themes.get(word, ()):
            totals[theme] += weight
            violent += theme < 2
    return Setting(tuple(totals), violent, len(SENTENCE_END.findall(text)) > LONG)


def _is_peaceful(setting: Setting) -> bool:
    """Whether the page is about a peaceful subject rather than about violence, by the measure of `sift`."""
    return setting.long and max(setting.totals[FIRST_SUBJECT:]) > 2 * setting.totals[0] + 6


def _sentences(text: str, hits: list[tuple[int, int]], words: ScreenWords) -> tuple[str, ...]:
    """The sentences with enough of the words, those with most first, each on one line."""
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for start, number in hits:
        by_sentence.setdefault(bisect_right(ends, start), []).append((start, number))
    weighed = [
        (-sum(words.weights[number] for number in {number for _, number in found}), sentence)
        for sentence, found in by_sentence.items()
    ]
    out = []
    for weight, sentence in sorted(weighed)[:MOST]:
        if -weight >= ENOUGH:
            found = by_sentence[sentence]
            first = max(ends[sentence - 1] if sentence else 0, found[0][0] - WINDOW)
            last = min(ends[sentence] if sentence < len(ends) else len(text), found[-1][0] + WINDOW)
            out.append(" ".join(text[first:last].split()))
    return tuple(out)
