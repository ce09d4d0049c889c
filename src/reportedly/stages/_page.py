"""An HTML page -> the text of its article and what the page says of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import ftfy
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from reportedly.errors import NotAnArticle, NotText

MAX_PAGE = 5_000_000
"""Characters of markup that are given to the extractors, scripts and embedded pictures left out."""
MAX_DEPTH = 250
"""libxml2 drops what is nested deeper than 255 elements, and says nothing."""
EARLIEST, LATEST = "1800-01-01", "2100-12-31"

FEED = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!doctype[^>\[]*(?:\[[^\]]*\])?\s*>|\s)*<(?P<root>[a-z][\w:.-]*)", re.I | re.S)
HEAVY = re.compile(r"<(script|style|svg|noscript|template)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.I | re.S)
DATA_ADDRESS = re.compile(r"data:[\w/+.-]+;base64,[\w+/=%\s]+")
INVISIBLE = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF,
     *range(0xD800, 0xE000), *(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D)), *range(0x7F, 0x80)]
)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>", re.I)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li td tr th dd dt option".split())
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
    pagetype: str | None


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
        html = HEAVY.sub("", DATA_ADDRESS.sub("", html))
    if len(html) > MAX_PAGE:
        raise NotText(sha256, f"the page holds more than {MAX_PAGE / 1e6:g} MB of markup; give one report, not a collection")
    found = None if too_deep(html) else _by_trafilatura(html, url, latest)
    text = found.text if found is not None and found.text else _by_resiliparse(html)
    mend = _mender(text)
    lines = tuple(line for line in (mend(raw) for raw in text.split("\n")) if line)
    if found is None:
        return Page(lines, _title_of(html, mend), None, _host(url), None, None, None)
    return Page(
        lines, _known(found.title, mend) or _title_of(html, mend), _known(found.author, mend),
        _known(found.sitename, mend) or _known(found.hostname, mend) or _host(url), found.date, found.url, found.pagetype,
    )


def _refuse_xml(html: str, sha256: str) -> None:
    """Feeds and other XML are refused before any parser sees them: no entity is ever expanded."""
    root = FEED.match(html[:100_000])
    name = root["root"].lower() if root else "html"
    if name in ("rss", "feed", "rdf:rdf"):
        raise NotAnArticle(sha256, "a feed, not an article; give the address of one report in it")
    if name in ("urlset", "sitemapindex"):
        raise NotAnArticle(sha256, "a site map, not an article; give the address of one report in it")
    declared = html[:1000].lstrip("\ufeff \t\r\n").lower()
    if declared.startswith("<?xml") and name != "html" or re.search(r"<!entity\b", html[:100_000], re.I):
        raise NotAnArticle(sha256, f"XML (<{name}>), not a page; save the report as .html or .txt")


def too_deep(html: str) -> bool:
    """True where more elements are open at once than libxml2 keeps. Void elements and those closed by custom count for nothing."""
    depth = 0
    for match in TAG.finditer(html):
        if match[2].lower() in VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


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
    from html import unescape

    found = TITLE.search(html[:200_000])
    return (mend(unescape(found[1])) or None) if found else None


def _host(url: str | None) -> str | None:
    if not url or "://" not in url:
        return None
    host = urlsplit(url).hostname
    return host.removeprefix("www.") if host else None
