"""Document -> Article: the clean text, which spans of it are the article, and what is known of it.

A plain text file is its own clean text, unchanged to the last line end. A page's clean text is its title and the paragraphs
that an extractor finds, a blank line between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from resiliparse.parse.lang import detect_fast

from reportedly import lexicons
from reportedly.errors import NotAnArticle, NotText, ReportedlyError
from reportedly.records import Article, Block, DateKnownFrom, Document, identity
from reportedly.stages._decode import decode
from reportedly.stages._furniture import (
    Furniture,
    Look,
    article_lines,
    byline_of,
    ends_with_stop,
    is_biography,
    is_date_line,
    key,
    looked_up,
)
from reportedly.stages._page import LATEST, Page, read_page
from reportedly.stages._plain import paragraphs
from reportedly.stages._published import published_in

MAX_TEXT = 1_000_000
"""Characters of text: no report is that long, and no parser takes more."""
HEADLINE_WORDS = 25
ENOUGH = 8
"""Words of running text without which a short page is no article."""
TEASER = 4
"""A line of so many words that is one link and no sentence points to another article."""
ENGLISH = 0.12
"""A text of whose words so many are among the commonest English ones is English."""
LAST_LATIN = "\u024f"
AT_END = 4
"""Within so many lines from the end a note on the writer is furniture."""
TOP = 6
"""Within so many lines from the top a writer, a date or the title again is furniture."""
DATELINE = re.compile(r"^[A-Z][^a-z]*(?:,|\()[^.]{0,60}\s(?:--|[—–-])")


@lru_cache(maxsize=1)
def load_furniture() -> Furniture:
    """The words of page furniture that come with the package."""
    return lexicons.load("furniture", Furniture)


def clean(
    document: Document, published: str | None = None, furniture: Furniture | None = None, *, any_language: bool = False
) -> Article:
    """The article of `document`.

    Args:
        document: the bytes as captured.
        published: the day of publication (``YYYY-MM-DD``) where the caller knows it; it wins over the page's.
        furniture: the words of page furniture; those of the package unless given.
        any_language: give the clean text of a page in another language too, its `language` set, where only the text is wanted.

    Raises:
        NotText: binary, in an encoding that nobody can tell, or more than one report can hold.
        NotAnArticle: no article, or one that is not in English.
        ReportedlyError: `published` is no date.
    """
    given = _given(published)
    words = furniture or load_furniture()
    text = decode(document)
    read = _from_plain if document.media_type == "text/plain" else _from_page
    article = read(document, text, given, words)
    if article.language != "en" and not any_language:
        name = words.languages.get(article.language or "", f"another language ({article.language})")
        shown = document.url or "the text"
        raise NotAnArticle(document.sha256, f"{shown} is written in {name}; this version reads English")
    return article


def _refuse_collection(document: Document, text: str) -> None:
    if len(text) > MAX_TEXT:
        shown = document.url or "the text"
        raise NotText(
            document.sha256, f"{shown} has {len(text):,} characters of text; give one report, not a collection"
        )


def _given(published: str | None) -> str | None:
    if published is None:
        return None
    try:
        return date.fromisoformat(published.strip()[:10]).isoformat()
    except ValueError:
        raise ReportedlyError(f"{published!r} is no date; give it as YYYY-MM-DD, for example 2016-04-12") from None


def _from_plain(document: Document, text: str, given: str | None, words: Furniture) -> Article:
    if "\x00" in text:
        raise NotText(document.sha256, f"{document.url or 'the text'} is binary (it has NUL bytes); give a text file")
    _refuse_collection(document, text)
    spans = paragraphs(text)
    lines = [text[start:end] for start, end in spans]
    keep = article_lines(lines, looked_up(words))
    top = [n for n, kept in enumerate(keep) if kept][:TOP]
    byline = None
    for number in dict.fromkeys([*top, *([max(n for n, kept in enumerate(keep) if kept)] if top else [])]):
        writer = byline_of(lines[number])
        byline = byline or writer
        keep[number] = writer is None and not is_date_line(lines[number])
    kept = [span for span, wanted in zip(spans, keep, strict=True) if wanted]
    title = _headline(text, kept)
    blocks = tuple(
        Block(start=start, end=end, kind="headline" if title and number == 0 else "paragraph")
        for number, (start, end) in enumerate(kept)
    )
    _refuse_wordless(document, text, blocks)
    found = published_in(lines[: TOP + 2])
    return _article(
        document,
        text,
        blocks,
        words,
        title=title,
        byline=byline,
        given=given,
        found=found,
        found_in="text",
        outlet=document.outlet,
        url=document.url,
    )


def _headline(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """The first paragraph where it is a headline: short, with longer text under it, and no sentence.

    A final stop makes it a sentence, unless its Words Are Capitals or a dateline follows it.
    """
    if len(spans) < 2:
        return None
    first, second = (text[start:end] for start, end in spans[:2])
    words = first.split()
    stopped = first.rstrip("\"'”’)").endswith(".") and not _title_case(words) and not DATELINE.match(second)
    if not 2 <= len(words) <= HEADLINE_WORDS or first.endswith((",", ";")) or stopped or DATELINE.match(first):
        return None
    if sum(1 for word in words if word.isalpha()) < 2:
        return None
    longer = any(
        len(text[start:end].split()) > len(words) or ends_with_stop(text[start:end]) for start, end in spans[1:4]
    )
    return " ".join(words) if longer else None


def _title_case(words: Sequence[str]) -> bool:
    long = [word.lstrip("\"'“‘(") for word in words if len(word) > 3]
    return len(long) > 2 and sum(word[:1].isupper() for word in long) >= 0.8 * len(long)


def _from_page(document: Document, text: str, given: str | None, words: Furniture) -> Article:
    address = document.url if document.url and "://" in document.url else None
    latest = document.retrieved_at[:10] if document.retrieved_at else LATEST
    look = looked_up(words)
    page = read_page(text, url=address, latest=latest, sha256=document.sha256, look=look)
    _refuse_collection(document, "\n\n".join(page.lines))
    byline, body = _body(page, look)
    _refuse_no_article(document, page, body, words)
    parts = [page.title, *body] if page.title else body
    clean_text = "\n\n".join(parts)
    blocks, at = [], 0
    for number, part in enumerate(parts):
        blocks.append(
            Block(start=at, end=at + len(part), kind="headline" if page.title and number == 0 else "paragraph")
        )
        at += len(part) + 2
    stated, found_in = _stated(page, latest)
    return _article(
        document,
        clean_text,
        tuple(blocks),
        words,
        title=page.title,
        byline=page.author or byline,
        given=given,
        found=stated,
        found_in=found_in,
        outlet=document.outlet or page.outlet,
        url=address or page.url or document.url,
    )


def _stated(page: Page, latest: str) -> tuple[str | None, DateKnownFrom]:
    """The day of publication that the page states, in its markup or at the top of its text, and which of the two."""
    if page.date and page.date <= latest:
        return page.date, "page"
    stated = published_in(page.lines[: TOP + 2])
    return (stated if stated and stated <= latest else None), "text"


def _body(page: Page, look: Look) -> tuple[str | None, list[str]]:
    """The writer that a line at the top or the end names, and the paragraphs of the article."""
    keep = article_lines(page.lines, look)
    kept = [line for line, wanted in zip(page.lines, keep, strict=True) if wanted]
    title = key(page.title) if page.title else None
    byline = None
    body = []
    for number, line in enumerate(kept):
        at_edge = number < TOP or number == len(kept) - 1
        writer = byline_of(line) if at_edge else None
        byline = byline or writer
        if writer or (at_edge and is_date_line(line)) or (number < TOP and title is not None and key(line) == title):
            continue
        if len(line.split()) >= TEASER and not ends_with_stop(line) and _is_link(line, page):
            continue
        body.append(line.removeprefix("- ") if line.startswith("- ") else line)
    signed = page.author or byline
    return byline, [line for n, line in enumerate(body) if n + AT_END < len(body) or not is_biography(line, signed)]


def _refuse_wordless(document: Document, text: str, blocks: Sequence[Block]) -> None:
    if not any(sum(c.isalpha() for c in text[b.start : b.end]) > 2 for b in blocks):
        raise NotAnArticle(document.sha256, f"{document.url or 'the text'} holds no sentence; give a report")


def _refuse_no_article(document: Document, page: Page, body: Sequence[str], words: Furniture) -> None:
    """A page is an article where it holds running text, or at least text that is not mostly links."""
    shown = document.url or "the page"
    running = sum(len(line.split()) for line in body if ends_with_stop(line) and len(line.split()) > 5)
    everything = sum(len(line.split()) for line in body)
    linked = sum(len(line.split()) for line in body if _is_link(line, page))
    if running < ENOUGH and everything < 10 * ENOUGH:
        raise NotAnArticle(document.sha256, f"{shown} holds no article; give the address or file of one report")
    if linked > 0.5 * everything:
        raise NotAnArticle(document.sha256, f"{shown} is a list of links; give the address or file of one report")
    if page.title and key(page.title) in words.no_article and running < 150:
        raise NotAnArticle(document.sha256, f"{shown} is a page called {page.title!r}, not an article; give one report")


def _is_link(line: str, page: Page) -> bool:
    """True where the whole of `line` is one link of the page."""
    return len(line) < 300 and " ".join(line.removeprefix("- ").lower().split()) in page.links


def _article(
    document: Document,
    text: str,
    blocks: tuple[Block, ...],
    words: Furniture,
    *,
    title: str | None,
    byline: str | None,
    given: str | None,
    found: str | None,
    found_in: DateKnownFrom,
    outlet: str | None,
    url: str | None,
) -> Article:
    language = _language(" ".join(text[b.start : b.end] for b in blocks), words)
    spans: list[list[int | str]] = [[b.start, b.end, b.kind] for b in blocks]
    return Article(
        article_id=identity("art", {"document": document.sha256, "text": text, "blocks": spans}),  # type: ignore[dict-item]
        document_sha256=document.sha256,
        text=text,
        blocks=blocks,
        url=url,
        outlet=outlet,
        title=title,
        byline=byline,
        publication_date=given or found,
        date_known_from="given" if given else found_in if found else None,
        language=language,
    )


def _language(text: str, words: Furniture) -> str:
    """The language of `text`, ISO 639-1.

    English is told by the share of its commonest words, which no other language shares; else resiliparse's n-grams decide. A
    text too short for them is taken for English unless its letters are not Latin.
    """
    sample = text[:20_000]
    tokens = re.findall(r"[^\W\d_]+", sample.lower())
    common = frozenset(words.function_words)
    share = sum(token in common for token in tokens) / max(1, len(tokens))
    if share >= ENGLISH:
        return "en"
    letters = [c for c in sample if c.isalpha()]
    foreign = sum(c > LAST_LATIN for c in letters) > 0.4 * len(letters)
    if not foreign and (len(tokens) < 12 or share >= ENGLISH / 2):
        return "en"
    code = str(detect_fast(sample)[0])
    return "en" if code == "unknown" and not foreign else code
