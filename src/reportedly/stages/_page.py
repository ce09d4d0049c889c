"""An HTML page -> the text of its article and what the page says of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import ftfy
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from reportedly.errors import NotAnArticle, NotText

MAX_PAGE = 5_000_000
"""Characters of markup that are read, scripts and embedded pictures left out."""
MAX_DEPTH = 240
"""libxml2 drops what is nested deeper than 255 elements, and says nothing."""
DEEPEST = 5_000
"""Beyond this depth every parser takes quadratic time."""
MAX_ELEMENTS = 60_000
"""Beyond so many elements trafilatura takes too long; resiliparse does not."""
EARLIEST, LATEST = "1800-01-01", "2100-12-31"

PROLOGUE = re.compile(r"\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!doctype[^>\[]*+(?:\[[^\]]*+\]\s*)?+>\s*+)*+", re.I)
ROOT = re.compile(r"<([a-z][\w:.-]*)", re.I)
HEAVY = ("script", "style", "svg", "noscript", "template")
DATA_ADDRESS = re.compile(r"data:[\w/+.-]{1,60};base64,[\w+/=%]++")
INVISIBLE = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF,
     *range(0xD800, 0xE000), *(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)), *range(0x7F, 0x80)]
)
TAG = re.compile(r"<(?:(?P<close>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>[^<>]*)>|!--)", re.I)
VOID = frozenset(
    ["area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source",
     "td", "th", "tr", "track", "wbr"]
)
"""Elements that are empty or that the next of their kind closes."""
MOJIBAKE = re.compile(r"â€|Ã[\u0080-\u00bf€™‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜›œžŸ]|Â[\u00a0-\u00bf]|Ð[\u0080-\u00bf]|ï»¿")


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page."""

    lines: tuple[str, ...]
    """Its paragraphs, as an extractor gives them."""
    title: str | None
    author: str | None
    outlet: str | None
    date: str | None
    url: str | None
    links: frozenset[str]
    """The words of its links."""


def read_page(html: str, *, url: str | None, latest: str | None, sha256: str) -> Page:
    """The article on a page.

    trafilatura reads it, without the comments; where it gives nothing, or the page is nested too deep for libxml2, resiliparse does.

    Args:
        html: the decoded page.
        url: where it is from, if it has an address.
        latest: the last day that is believed as a date of publication.
        sha256: the document's hash, for the errors.

    Raises:
        NotAnArticle: a feed or another kind of XML.
        NotText: more markup than is read.
    """
    html = html.replace("\x00", "")
    _refuse_xml(html, sha256)
    if len(html) > MAX_PAGE:
        html = _lightened(html)
    if len(html) > MAX_PAGE:
        raise NotText(sha256, f"the page holds more than {MAX_PAGE / 1e6:g} MB of markup; give one report, not a collection")
    shape = shape_of(html)
    if shape.depth > DEEPEST:
        raise NotText(sha256, f"the page nests {shape.depth} elements in each other; save the report as .txt")
    fits = shape.depth <= MAX_DEPTH and shape.elements <= MAX_ELEMENTS
    found = _by_trafilatura(html, url, latest) if fits else None
    text = found.text if found is not None and found.text else _by_resiliparse(html)
    mend = _mender(text)
    lines = tuple(line for line in (mend(raw) for raw in text.split("\n")) if line)
    links = link_texts(html)
    if found is None:
        return Page(lines, _title_of(html, mend), None, _host(url), None, None, links)
    return Page(
        lines, _known(found.title, mend) or _title_of(html, mend), _known(found.author, mend),
        _known(found.sitename, mend) or _known(found.hostname, mend) or _host(url), found.date, found.url, links,
    )


def _refuse_xml(html: str, sha256: str) -> None:
    """Feeds and other XML are refused before any parser sees them: no entity is ever expanded."""
    head = html[:100_000].lstrip("\ufeff")
    prologue = PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    found = ROOT.match(head, start)
    root = found[1].lower() if found else ""
    if root in ("rss", "feed", "rdf:rdf"):
        raise NotAnArticle(sha256, "a feed, not an article; give the address of one report in it")
    if root in ("urlset", "sitemapindex"):
        raise NotAnArticle(sha256, "a site map, not an article; give the address of one report in it")
    if "<!entity" in head[:start].lower() or (head.lstrip()[:5].lower() == "<?xml" and root != "html"):
        raise NotAnArticle(sha256, "XML, not a page; save the report as .html or .txt")


@dataclass(frozen=True, slots=True)
class Shape:
    """How big a page's tree is."""

    elements: int
    depth: int


def shape_of(html: str) -> Shape:
    """How many elements `html` has and how many are open at once, scripts and comments left out.

    Those that may stay open (a paragraph, a list item) count for no depth. One pass, in linear time.
    """
    elements = depth = deepest = at = 0
    while match := TAG.search(html, at):
        at = match.end()
        name = (match["name"] or "").lower()
        if not name or (name in HEAVY and not match["close"] and name != "noscript"):
            end = html.find(f"</{name}" if name else "-->", at)
            at = len(html) if end < 0 else end + 2
            continue
        if match["close"]:
            depth -= depth > 0 and name not in VOID
            continue
        elements += 1
        if name not in VOID and not match["rest"].endswith("/"):
            depth += 1
            deepest = max(deepest, depth)
    return Shape(elements, deepest)


def _lightened(html: str) -> str:
    """`html` without its scripts, styles, drawings and embedded pictures; JSON-LD stays, for the date."""
    html = DATA_ADDRESS.sub("", html)
    kept = []
    at = 0
    for match in re.finditer(r"<(script|style|svg)\b[^<>]*>", html, re.I):
        if match.start() < at or "ld+json" in match.group():
            continue
        kept.append(html[at : match.start()])
        end = html.find(f"</{match[1]}", match.end())
        at = len(html) if end < 0 else html.find(">", end) + 1 or len(html)
    return "".join([*kept, html[at:]])


def link_texts(html: str) -> frozenset[str]:
    """The words of every link of a page, two words or more, in lower case."""
    found = set()
    for piece in re.split(r"<a(?=[\s>])[^<>]*>", html, flags=re.I)[1:]:
        end = piece.find("</a")
        if 0 <= end < 4000:
            words = unescape(re.sub(r"<[^<>]*>", " ", piece[:end])).lower().split()
            if len(words) > 1:
                found.add(" ".join(words))
    return frozenset(found)


def _by_trafilatura(html: str, url: str | None, latest: str | None) -> trafilatura.settings.Document | None:
    logging.getLogger("trafilatura").disabled = True  # its complaints are ours to make, as a refusal
    return trafilatura.bare_extraction(
        html, url=url, include_comments=False, with_metadata=True,
        date_extraction_params={
            "extensive_search": False, "original_date": True, "min_date": EARLIEST, "max_date": latest or LATEST,
        },
    )


def _by_resiliparse(html: str) -> str:
    text: str = extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False, preserve_formatting=True)
    return text


def _mender(text: str) -> Callable[[str], str]:
    """What makes a line of this page clean: one space between words, nothing invisible, mojibake undone where there is some."""
    broken = MOJIBAKE.search(text) is not None

    def mend(line: str) -> str:
        if broken:
            line = ftfy.fix_text(line, uncurl_quotes=False, unescape_html=False, fix_character_width=False, normalization=None)
        return " ".join(line.translate(INVISIBLE).split())

    return mend


def _known(value: str | None, mend: Callable[[str], str]) -> str | None:
    return (mend(value) or None) if value else None


TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.I | re.S)


def _title_of(html: str, mend: Callable[[str], str]) -> str | None:
    """The page's ``<title>`` as plain text, entities undone."""
    found = TITLE.search(html[:200_000])
    return (mend(unescape(found[1])) or None) if found else None


def _host(url: str | None) -> str | None:
    if not url or "://" not in url:
        return None
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None
