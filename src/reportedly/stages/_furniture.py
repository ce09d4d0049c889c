"""Which lines of a page or a file are not the article: menus, share bars, subscription boxes, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportedly.lexicons import Lexicon

NUMBER = re.compile(r"(?<!\d)\d++(?:[.,]\d++)*[km]?\b")
OUTER = " \t\r\n\f\v\u00a0\u200b\u200e\u200f\ufeff.,:;!?…|•·-–—*_=+<>«»‹›→←↑↓▶►\"'“”‘’#[]"
STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
BYLINE = re.compile(
    r"^(?:written |reported |story )?by:?\s+(?P<names>[A-Z][\w.’'-]*(?:(?:\s+|,\s*|\s*&\s*|\s+and\s+)[A-Z][\w.’'-]*){0,8})"
    r"(?:\s+(?:in|for|at|\|)\s+[A-Z].{0,60}|\s*[,|–—-]\s*.{0,80})?$",
    re.I,
)
DESK = re.compile(
    r",[^,]*\b(?:editor|correspondent|reporter|writer|bureau|chief|analyst|staff|desk|agency|news)\b.*$", re.I
)
NAME = re.compile(r"^(?:[A-Z][\w.’'-]*|and|&|de|van|von|al|bin|el|la)$")
DATE_LINE = re.compile(
    r"^(?:(?:published|posted|updated|last updated|first published|date)\s*(?:on|at)?:?\s*)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
    r"(?:[T ,|@•-]*(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4}|[+-]\d\d:?\d\d)?)?\.?$",
    re.I,
)
PROFESSION = re.compile(
    r"\b(?:is|was|has been|covers|writes|reports|joined)\b.{0,60}?\b(?:writer|reporter|editor|correspondent|journalist|columnist|author|"
    r"producer|intern|contributor|politics|news|professor|photographer)\b",
    re.I,
)
CONTACT = re.compile(
    r"\b(?:follow|find|contact|e-?mail|reach)\s+(?:him|her|them|me|[A-Z]\w+)\s+(?:on|at)\s+(?:twitter|x|facebook|instagram|threads|bluesky|@|[\w.]+@)"
    r"|\bsend (?:your )?tips to\b|\bcan be reached (?:at|by e-?mail)\b|\bfollow @?\w+ on (?:twitter|facebook|instagram)\b",
    re.I,
)
REFERENCE = re.compile(r"^[A-Z][A-Z0-9]*+(?:-[A-Z0-9]++)*-\d++(?:\s+\([^()]*\))?$")
"""An archive's number for the report."""
REAL_WORDS = 12


class Furniture(Lexicon, frozen=True):
    """``furniture.toml``: lines that are no part of an article. See the comments there."""

    comments: tuple[str, ...]
    related: tuple[str, ...]
    lines: tuple[str, ...]
    short: int
    openings: tuple[str, ...]
    tag: int
    tags: tuple[str, ...]
    within: tuple[str, ...]
    no_article: tuple[str, ...]
    function_words: tuple[str, ...]
    languages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """The furniture's words, ready to be looked up."""

    comments: frozenset[str]
    related: frozenset[str]
    lines: frozenset[str]
    short: int
    openings: tuple[str, ...]
    tag: int
    tags: tuple[str, ...]
    within: re.Pattern[str]


@lru_cache(maxsize=4)
def _look(words: tuple[tuple[str, ...], ...], short: int, tag: int) -> Look:
    comments, related, lines, openings, tags, within = words
    return Look(
        comments=frozenset(map(key, comments)),
        related=frozenset(map(key, related)),
        lines=frozenset(map(key, lines)),
        short=short,
        openings=openings,
        tag=tag,
        tags=tags,
        within=re.compile("|".join(map(re.escape, within))),
    )


def looked_up(words: Furniture) -> Look:
    """`words` as sets."""
    return _look(
        (words.comments, words.related, words.lines, words.openings, words.tags, words.within), words.short, words.tag
    )


def key(line: str) -> str:
    """`line` as the lexicon writes it: lower case, numbers ``#``, no outer punctuation."""
    plain = " ".join(line.lower().replace("’", "'").split())
    return NUMBER.sub("#", plain).strip(OUTER) if not plain.strip("#").isdigit() else "#"


def ends_with_stop(line: str) -> bool:
    """True where `line` ends as a sentence does."""
    return STOP.search(line.rstrip()) is not None


def is_real(line: str) -> bool:
    """True for a line that is plainly running text: a dozen words and a final stop."""
    return ends_with_stop(line) and len(line.split()) >= REAL_WORDS


def byline_of(line: str) -> str | None:
    """The writers whom a line such as “By Jane Doe, Diplomatic Editor” names, or None."""
    if len(line) > 160 or len(line.split()) > 16:
        return None
    match = BYLINE.match(line.strip())
    if match is None:
        return None
    names = DESK.sub("", match["names"]).strip(" ,&")
    parts = names.replace(",", " ").split()
    if not 2 <= len(parts) <= 10 and not (len(parts) == 1 and len(line.split()) == 2):
        return None
    return names if all(NAME.match(part) for part in parts) else None


def is_biography(line: str, byline: str | None) -> bool:
    """True for a note on a writer: “Jane Doe is a reporter for…”, “Follow her on…”, “Send tips to…”."""
    if len(line.split()) > 80:
        return False
    if CONTACT.search(line):
        return True
    names = re.split(r"\s*(?:[;,&]|\band\b)\s*", byline) if byline else []
    return PROFESSION.search(line) is not None and any(name and line.startswith(name) for name in names)


def is_date_line(line: str) -> bool:
    """True for a line that holds a date and nothing else."""
    return len(line) < 70 and DATE_LINE.match(line.strip()) is not None


def is_furniture(line: str, look: Look) -> bool:
    """True where `line` by itself is no part of an article."""
    words = len(line.split())
    if words > look.short:
        return False
    small = key(line)
    if (not small and not any(c.isalnum() for c in line)) or REFERENCE.match(line):
        return True
    if small in look.lines or small in look.comments:
        return True
    plain = line.strip().lower().replace("’", "'").lstrip(OUTER)
    plain = NUMBER.sub("#", plain)
    if plain.startswith(look.openings) or look.within.search(plain):
        return True
    return words <= look.tag and not ends_with_stop(line) and plain.startswith(look.tags)


def article_lines(lines: Sequence[str], look: Look) -> list[bool]:
    """For each of `lines` (paragraphs, in order) whether it is the article.

    The comments end it, once there has been some of it. A heading of related stories takes the short lines with it that follow.
    """
    keep = [False] * len(lines)
    begun = listing = False
    for number, line in enumerate(lines):
        small = key(line) if len(line) < 200 else ""
        if small in look.comments:
            if begun:
                break
            continue
        if small in look.related:
            listing = True
            continue
        real = is_real(line)
        if listing and not real and not (begun and ends_with_stop(line) and len(line.split()) > 5):
            continue
        listing = False
        if is_furniture(line, look):
            continue
        keep[number] = True
        begun = begun or real
    return keep
