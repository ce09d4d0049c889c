"""One self-contained page: each article with its words marked, its claims beside it. The same for a notebook.

Everything that comes from a report is escaped text: no link, no attribute and no style is taken over from it. The page
asks for nothing outside itself, and its Content-Security-Policy allows its own style and script by their hashes only.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib import resources

from reportedly.export import phrases
from reportedly.export.chart import chart
from reportedly.export.evidence import Mark, Part, Piece, inert, marks, pieces
from reportedly.records import Article, Claim, Reading

_LEGEND: tuple[tuple[Part, str], ...] = (
    ("source", "who says it"),
    ("cue", "how"),
    ("trigger", "what happened"),
    ("actor", "who"),
    ("recipient", "whom"),
    ("weapon", "with what"),
    ("place", "where"),
    ("date", "when"),
    ("quantity", "how many"),
)
_TONE = {
    "denies": " no",
    "negated": " no",
    "declines_to_confirm": " doubt",
    "questions": " doubt",
    "possible": " doubt",
    "probable": " doubt",
    "certainty unknown": " doubt",
}


def page(readings: Sequence[Reading], *, statements: bool = False, explain: bool = False) -> str:
    """A whole HTML document with a section for each reading.

    Args:
        readings: one or more.
        statements: also the statements that are about no incident.
        explain: with each claim, for every value the rule and the words that gave it.
    """
    style, script = _asset("frame.css") + _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    titles = [phrases.title(reading.article) for reading in readings]
    heading = titles[0] if len(titles) == 1 else phrases.tally(readings)
    sections = [
        _section(reading, f"r{number}", statements, explain) for number, reading in enumerate(readings, start=1)
    ]
    origins = sorted({f"{r.origin.software}, {r.origin.model}, lexicons {r.origin.lexicons}" for r in readings})
    several = f"<span>{escape(phrases.tally(readings))}</span> " if len(readings) > 1 else ""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(heading)} · reportedly</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f'<p class="brand"><b>reportedly</b> {several}'
            '<span class="help">Point at a claim, or reach it with Tab and the arrow keys: its words light up. '
            "Click or Enter keeps it.</span></p>",
            *(_contents(readings, titles) if len(readings) > 1 else ()),
            "<main>",
            *sections,
            "</main>",
            f"<footer>Read by {escape(inert('; '.join(origins)))}. What is marked is what the report says, not what is so."
            "</footer>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def fragment(reading: Reading) -> str:
    """A reading as a notebook shows it: a piece of HTML with its own style, which touches nothing around it."""
    identity = f"{reading.article.article_id} {reading.article.text}".encode("utf-8", "replace")
    body = _section(reading, f"r-{hashlib.sha256(identity).hexdigest()[:12]}", False, False)
    return f"<style>{_asset('page.css')}</style>{body}<script>{_asset('page.js')}</script>"


@lru_cache(maxsize=3)
def _asset(name: str) -> str:
    return (resources.files("reportedly.export") / name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _text(words: str) -> str:
    return escape(inert(words))


def _days(words: str) -> str:
    """`words` escaped, with no line break inside a date."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", r"<time>\g<0></time>", escape(words))


def _contents(readings: Sequence[Reading], titles: Sequence[str]) -> Iterator[str]:
    yield '<nav aria-label="Reports"><ol>'
    for number, (reading, title) in enumerate(zip(readings, titles, strict=True), start=1):
        where = f"{phrases.outlet(reading.article)}, {reading.article.publication_date or 'date not known'}"
        yield (
            f'<li><a href="#r{number}">{escape(title)}</a> '
            f"<small>{escape(where)} · {escape(phrases.tally([reading]))}</small></li>"
        )
    yield "</ol></nav>"


def _section(reading: Reading, name: str, statements: bool, explain: bool) -> str:
    chosen = reading.claims + (reading.statements if statements else ())
    found = phrases.groups(chosen)
    numbered = [pair for group in found for pair in group.claims]
    return "\n".join(
        [
            f'<section class="reportedly" id="{name}" aria-label="{escape(phrases.title(reading.article))}">',
            *_header(reading, name),
            '<div class="columns">',
            *_article(reading.article, numbered, name),
            f'<div class="claims" id="{name}-claims" role="region" aria-label="Claims">',
            *(line for group in found for line in _incident(group, reading, name, explain)),
            *([] if found else ['<p class="empty">No sentence of this report makes a claim about an incident.</p>']),
            "</div>",
            "</div>",
            "</section>",
        ]
    )


def _header(reading: Reading, name: str) -> Iterator[str]:
    article = reading.article
    how = {"given": "given", "page": "from the page", "text": "from the text", None: ""}[article.date_known_from]
    when = f"{article.publication_date} ({how})" if article.publication_date and how else article.publication_date
    parts = [f"<b>{escape(phrases.outlet(article))}</b>", _text(when or "date not known")]
    parts += [_text(article.byline)] if article.byline else []
    yield "<header>"
    yield f'<p class="from">{" · ".join(parts)}</p>'
    if not any(block.kind == "headline" for block in article.blocks):
        yield f'<h2 class="title">{escape(phrases.title(article))}</h2>'
    skip = f'<a class="skip" href="#{name}-claims">To the claims: </a>'
    yield f'<p class="tally">{skip}{escape(phrases.tally([reading]))}</p>'
    keys = "".join(f'<li><mark data-part="{part}">{words}</mark></li>' for part, words in _LEGEND)
    yield f'<ul class="legend" aria-label="What the marks mean">{keys}</ul>'
    yield "</header>"


def _article(article: Article, numbered: Sequence[tuple[int, Claim]], name: str) -> Iterator[str]:
    found = [mark for number, claim in numbered for mark in marks(claim, number)]
    found.sort(key=lambda mark: mark.start)
    direction = ' dir="auto"'
    language = f' lang="{escape(article.language)}"' if article.language else ""
    yield f'<article class="text"{language}>'
    anchored: set[int] = set()
    for block in article.blocks:
        tag = "h3" if block.kind == "headline" else "p"
        inside = [mark for mark in found if mark.start < block.end and mark.end > block.start]
        cut = pieces(block.start, block.end, inside)
        words = "".join(_piece(piece, article, name, anchored) for piece in cut)
        yield f"<{tag}{direction}>{words}</{tag}>"
    yield "</article>"


def _piece(piece: Piece, article: Article, name: str, anchored: set[int]) -> str:
    raw = article.text[piece.start : piece.end]
    words = "\n".join(_text(line) for line in raw.split("\n"))
    if not piece.marks:
        return words
    parts: dict[int, Part] = {}
    for mark in piece.marks:
        parts.setdefault(mark.claim, mark.part)
    claims = " ".join(f"{number}:{part}" for number, part in sorted(parts.items()))
    new = [mark for mark in piece.marks if _opens(mark, piece) and mark.claim not in anchored]
    if new:  # the first trigger of a claim is its anchor in the text, and a stop for the Tab key
        anchored.update(mark.claim for mark in new)
        anchors = "".join(f'<a id="{name}-t{mark.claim}"></a>' for mark in new[1:])
        first = new[0].claim
        words = f'{anchors}<a id="{name}-t{first}" href="#{name}-c{first}">{words}</a>'
    return f'<mark data-part="{piece.marks[0].part}" data-claims="{claims}">{words}</mark>'


def _opens(mark: Mark, piece: Piece) -> bool:
    return mark.part == "trigger" and mark.start >= piece.start


def _incident(group: phrases.Group, reading: Reading, name: str, explain: bool) -> Iterator[str]:
    many = phrases.counted(len(group.claims), "claim" if group.incident_id else "statement")
    yield "<section>"
    yield f'<h4 class="incident"><span>{_days(phrases.headline(group))}</span> <small>{many}</small></h4>'
    yield chart(group, reading.article)
    yield "<ol>"
    for number, claim in group.claims:
        yield from _card(number, claim, reading, name, explain)
    yield "</ol>"
    yield "</section>"


def _card(number: int, claim: Claim, reading: Reading, name: str, explain: bool) -> Iterator[str]:
    yield f'<li class="card" id="{name}-c{number}" data-claim="{number}" tabindex="0">'
    target = f"{name}-t{number}" if claim.event is not None else name
    yield f'<a class="number" href="#{target}" tabindex="-1" aria-label="Claim {number}: to its words">{number}</a>'
    yield f'<p class="who">{_who(claim, reading)}</p>'
    if claim.event is not None:
        chips = "".join(
            f' <span class="chip{_TONE.get(word, " plain" if word == "accomplished" else "")}">{escape(word)}</span>'
            for word in phrases.factuality(claim)
        )
        yield f'<p class="what"><b>{escape(phrases.plain(claim.event.event_type))}</b>{chips}</p>'
    else:
        yield f'<p class="what">“{_text(" … ".join(span.text for span in claim.content))}”</p>'
    rows = "".join(f"<dt>{label}</dt><dd>{_days(words)}</dd>" for label, words in phrases.details(claim))
    yield f"<dl>{rows}</dl>" if rows else ""
    if explain:
        yield _reasons(claim, reading)
    yield "</li>"


def _who(claim: Claim, reading: Reading) -> str:
    article, attribution = reading.article, claim.attribution
    hops = []
    for station in attribution.chain:
        full = phrases.hop(station)
        named = inert(station.name)
        notes = full[len(named) :]
        hops.append(f"<b>{escape(named)}</b>" + (f'<span class="role">{escape(notes)}</span>' if notes else ""))
    if not hops:
        hops = [f'<b>{escape(phrases.outlet(article))}</b><span class="role"> (own voice)</span>']
    joined = ' <span class="arrow" role="img" aria-label="through">→</span> '.join(hops)
    aside = [f"{attribution.quotation} quotation"] if attribution.quotation in ("direct", "mixed") else []
    aside += ["headline"] if claim.headline else []
    aside += phrases.doubts(claim, reading)
    stance = attribution.stance
    return f'{joined} <span class="stance{_TONE.get(stance, "")}">{escape(phrases.plain(stance))}</span>' + (
        f' <span class="role">· {", ".join(aside)}</span>' if aside else ""
    )


def _reasons(claim: Claim, reading: Reading) -> str:
    rows = []
    for reason in reading.reasons.get(claim.claim_id, ()):
        field = reason.field.removeprefix("attribution.").removeprefix("event.").removeprefix("factuality.")
        words = f" “{_text(reason.words.text)}”" if reason.words is not None else ""
        value = f"{_text(phrases.plain(reason.value))}{words} <code>{_text(reason.rule)}</code>"
        rows.append(f"<dt>{_text(phrases.plain(field))}</dt><dd>{value}</dd>")
    return f'<details><summary>Why</summary><dl class="why">{"".join(rows)}</dl></details>' if rows else ""
