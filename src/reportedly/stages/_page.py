"""An HTML page -> the text of its article and what the page says of it."""

from __future__ import annotations

import html as markup
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import ftfy
from lxml import etree
from resiliparse.extract.html2text import extract_plain_text

from reportedly.errors import NotAnArticle, NotText
from reportedly.stages._furniture import Look, ends_with_stop, is_real, key

if TYPE_CHECKING:
    from trafilatura.settings import Document as TrafilaturaDocument

MAX_PAGE = 5_000_000
"""Characters of markup that are read, scripts and embedded pictures left out."""
MAX_DEPTH = 240
"""libxml2 drops what is nested deeper than 255 elements, and says nothing."""
DEEPEST = 5_000
"""Beyond this depth every parser takes quadratic time."""
MAX_ELEMENTS = 30_000
MAX_WEIGHT = 1_000_000
"""Beyond so many elements, or depths of elements in sum, trafilatura takes too long; resiliparse does not."""
LONGEST_NAME = 1_000
EXTRACTOR_GIVES_UP = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    AssertionError,
    etree.LxmlError,
)
"""What trafilatura raises on pages that it did not foresee (metadata of the wrong shape); resiliparse reads those."""
EARLIEST, LATEST = "1800-01-01", "2100-12-31"

PROLOGUE = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!doctype[^>\[]*+(?:\[[^\]]*+\]\s*)?+>\s*+)*+", re.I
)
ROOT = re.compile(r"<([a-z][\w:.-]*)", re.I)
DATA_ADDRESS = re.compile(r"data:[\w/+.-]{1,60};base64,[\w+/=%]++")
INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        0xFEFF,
        *range(0xD800, 0xE000),
        *(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)),
        *range(0x7F, 0x80),
    ]
)
TAG = re.compile(r"<(?:(?P<close>/?)(?P<name>[a-z][a-z0-9-]*+)(?P<rest>[^<>]*+)>|!--)", re.I)
"""Nothing that it took is given back: a name of many thousand letters that no ``>`` ends is passed over once."""
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
CLOSED_BY_NEXT = frozenset(["p", "li", "td", "th", "tr", "dd", "dt", "option"])
"""Elements whose closing tag may be left out: the next of their kind closes them."""
SKIPPED = frozenset(["script", "style", "svg", "template"])
NO_LETTER = re.compile(r"&#(?:\d{12,}|[xX][0-9a-fA-F]{12,});?")
MOJIBAKE = re.compile(r"â€|Ã[\u0080-\u00bf€™‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜›œžŸ]|Â[\u00a0-\u00bf]|Ð[\u0080-\u00bf]|ï»¿")


for _extractor in ("trafilatura", "htmldate"):
    logging.getLogger(_extractor).setLevel(logging.CRITICAL)  # what they complain of is ours to say, as a refusal


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


def read_page(html: str, *, url: str | None, latest: str | None, sha256: str, look: Look) -> Page:
    """The article on a page.

    trafilatura reads it, without the comments; where it gives nothing, or the page is nested too deep for libxml2, resiliparse does.

    Args:
        html: the decoded page.
        url: where it is from, if it has an address.
        latest: the last day that is believed as a date of publication.
        sha256: the document's hash, for the errors.
        look: the words of page furniture, for the heading of the comments.

    Raises:
        NotAnArticle: a feed or another kind of XML.
        NotText: more markup than is read.
    """
    html = NO_LETTER.sub("\ufffd", html.replace("\x00", ""))
    _refuse_xml(html, sha256)
    if len(html) > MAX_PAGE:
        html = _lightened(html)
    if len(html) > MAX_PAGE:
        raise NotText(
            sha256, f"the page holds more than {MAX_PAGE / 1e6:g} MB of markup; give one report, not a collection"
        )
    shape = shape_of(html)
    if shape.depth > DEEPEST:
        raise NotText(sha256, f"the page nests {shape.depth} elements in each other; save the report as .txt")
    fits = shape.depth <= MAX_DEPTH and shape.elements <= MAX_ELEMENTS and shape.weight <= MAX_WEIGHT
    found = _by_trafilatura(html, url, latest) if fits else None
    text = found.text if found is not None and found.text else _by_resiliparse(html)
    mend = _mender(text)
    lines = _without_comments([line for line in (mend(raw) for raw in text.split("\n")) if line], html, look)
    links = link_texts(html)
    if found is None:
        return Page(lines, _title_of(html, mend), None, _host(url), None, None, links)
    return Page(
        lines,
        _known(found.title, mend) or _title_of(html, mend),
        _known(found.author, mend),
        _known(found.sitename, mend) or _known(found.hostname, mend) or _host(url),
        _outside(found.date, lines, html),
        found.url,
        links,
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
    weight: int
    """The depths of all elements together."""


def shape_of(html: str) -> Shape:
    """How big a tree `html` makes, scripts and comments left out. One pass, in linear time."""
    opened: list[str] = []
    elements = deepest = weight = at = 0
    while match := TAG.search(html, at):
        at = match.end()
        name = (match["name"] or "").lower()
        if not name or (name in SKIPPED and not match["close"]):
            end = html.find(f"</{name}" if name else "-->", at)
            at = len(html) if end < 0 else end + 2
        elif match["close"]:
            _close(opened, name)
        else:
            elements += 1
            if name in VOID or match["rest"].endswith("/"):
                continue
            if name in CLOSED_BY_NEXT and name in opened[-2:] and "table" not in opened[-2:]:
                _close(opened, name)
            opened.append(name)
            weight += len(opened)
            deepest = max(deepest, len(opened))
    return Shape(elements, deepest, weight)


def _close(opened: list[str], name: str) -> None:
    """Takes `name`, and what stands open in it, off the elements that are open; a tag that closes nothing is passed over."""
    for back in range(1, min(len(opened), 40) + 1):
        if opened[-back] == name:
            del opened[-back:]
            return


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
            words = _unescaped(re.sub(r"<[^<>]*>", " ", piece[:end])).lower().split()
            if len(words) > 1:
                found.add(" ".join(words))
    return frozenset(found)


def _by_trafilatura(html: str, url: str | None, latest: str | None) -> TrafilaturaDocument | None:
    import trafilatura  # costs a fifth of a second, which a plain text need not wait for

    dates = {"extensive_search": False, "original_date": True, "min_date": EARLIEST, "max_date": latest or LATEST}
    try:
        found = trafilatura.bare_extraction(
            html, url=url, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    except EXTRACTOR_GIVES_UP:
        return None
    return None if isinstance(found, dict) else found  # a dict only where one is asked for


def _outside(day: str | None, lines: Sequence[str], html: str) -> str | None:
    """`day` where it is more than a figure in a sentence: as a last resort htmldate takes any date in the text for the page's."""
    if day is None:
        return None
    year, month, number = day.split("-")
    orders = ((year, month, number), (number, month, year), (month, number, year))
    forms = {f"{a}{sep}{b}{sep}{c}" for a, b, c in orders for sep in "-/."}
    told = sum(line.count(form) for line in lines if _is_sentence(line) for form in sorted(forms))
    return None if told and sum(html.count(form) for form in sorted(forms)) <= told else day


def _is_sentence(line: str) -> bool:
    return ends_with_stop(line) and len(line.split()) > 5


def _by_resiliparse(html: str) -> str:
    text: str = extract_plain_text(
        html, main_content=True, alt_texts=False, list_bullets=False, preserve_formatting=True
    )
    return text


def _mender(text: str) -> Callable[[str], str]:
    """What makes a line of this page clean: one space between words, nothing invisible, mojibake undone where there is some."""
    broken = MOJIBAKE.search(text) is not None

    def mend(line: str) -> str:
        if broken:
            line = ftfy.fix_text(
                line, uncurl_quotes=False, unescape_html=False, fix_character_width=False, normalization=None
            )
        return " ".join(line.translate(INVISIBLE).split())

    return mend


def _without_comments(lines: list[str], html: str, look: Look) -> tuple[str, ...]:
    """`lines` without those that stand on the page only after the heading of the comments.

    Extractors drop that heading and keep a comment under it. A heading with none of the article before it is a button.
    """
    for match in HEADING.finditer(html):
        if key(_unescaped(ANY_TAG.sub("", match[1]))) not in look.comments:
            continue
        before, after = _squeezed(html[: match.start()]), _squeezed(html[match.end() :])
        stands = ["".join(line.split()) in before for line in lines]
        if any(first and is_real(line) for first, line in zip(stands, lines, strict=True)):
            pairs = zip(stands, lines, strict=True)
            return tuple(line for first, line in pairs if first or "".join(line.split()) not in after)
    return tuple(lines)


def _squeezed(html: str) -> str:
    """The text of some markup without its tags and without white space."""
    return "".join(_unescaped(ANY_TAG.sub("", html)).translate(INVISIBLE).split())


def _known(value: str | None, mend: Callable[[str], str]) -> str | None:
    """`value` mended, unless it is too long to be a name or a title."""
    return (mend(value) or None) if value and len(value) <= LONGEST_NAME else None


def _unescaped(text: str) -> str:
    """`text` with its entities undone; a number too long for any letter is U+FFFD, as in a browser."""
    return markup.unescape(NO_LETTER.sub("\ufffd", text))


HEADING = re.compile(r"<h[1-6]\b[^<>]*>(.{1,400}?)</h[1-6]", re.I | re.S)
ANY_TAG = re.compile(r"<[^<>]*>")
TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.I | re.S)


def _title_of(html: str, mend: Callable[[str], str]) -> str | None:
    """The page's ``<title>`` as plain text, entities undone."""
    found = TITLE.search(html[:200_000])
    return _known(_unescaped(found[1]), mend) if found else None


def _host(url: str | None) -> str | None:
    if not url or "://" not in url:
        return None
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None
