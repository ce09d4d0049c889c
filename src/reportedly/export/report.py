"""One self-contained page for a question: incidents as a list, a map and a timeline, and for each of them who says what.

Everything that comes from a report is escaped text; no address is a link. The page asks for nothing outside itself, and its
Content-Security-Policy allows its own style and script by their hashes only. Without a script it is the list, with every
dossier open, under a still map and timeline.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources

import msgspec

from reportedly.entries import Dossier, Incident, Question
from reportedly.export import phrases
from reportedly.export.report_dossier import item
from reportedly.export.report_facts import LOOKS, embedded, question_words, row, sign, text
from reportedly.export.report_map import drawing, facts, spots, table, tray
from reportedly.export.report_timeline import Timeline
from reportedly.records import Json

_FACETS = (("type", "Type"), ("stage", "Stage"), ("weapon", "Weapon"), ("outlet", "Outlet"), ("actor", "Actor"))
_SIGNS = """<svg class="store" aria-hidden="true"><circle id="sign-done" r="6"/>\
<g id="sign-stopped"><circle r="5.5"/><path d="M-4 4L4 -4"/></g><circle id="sign-ahead" r="5.5" stroke-dasharray="2.6 2"/>\
<path id="sign-denied" d="M-5 -5L5 5M-5 5L5 -5"/><path id="cut-done"/><path id="cut-stopped" d="M-3.6 3.6L3.6 -3.6"/>\
<path id="cut-ahead"/><path id="cut-denied" d="M-4 -4L4 4M-4 4L4 -4"/></svg>"""


class Colophon(msgspec.Struct, frozen=True, kw_only=True):
    """What the foot of the page says of its making."""

    ledger_hash: str | None
    """Of the whole ledger when the page was made."""
    software: str
    made_at: str
    """UTC, ISO 8601."""
    total: int
    """Incidents that answer the question; the page may hold fewer."""


def page(dossiers: Iterable[Dossier], question: Question, colophon: Colophon, *, title: str | None = None) -> str:
    """The page as one HTML document.

    Args:
        dossiers: in the order of the list; their articles may come without text.
        question: what they answer.
        colophon: where they are from.
        title: the heading; where none is given, *What is reported*.
    """
    held: list[Incident] = []
    items: list[str] = []
    claims = 0
    for number, dossier in enumerate(dossiers):  # one at a time: only the finished lines are kept
        items.append(item(dossier, number))
        held.append(dossier.incident)
        claims += len(dossier.testimonies)
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    heading = text(title or "What is reported")
    tally = f"{phrases.counted(len(held), 'incident')}, {phrases.counted(claims, 'claim')}"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{heading} · reportedly</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        _SIGNS,
        '<a class="skip" href="#list">To the list of incidents</a>',
        f'<header><p class="brand">reportedly</p><h1 dir="auto">{heading}</h1><p class="asked">{text(question_words(question))} · {tally}{_cut(held, colophon)}</p></header>',
        *_filters(held),
        *_main(held, items),
        *_footer(question, colophon, len(held)),
        f'<script type="application/json" id="facts">{_facts(held)}</script>',
        f"<script>{script}</script>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(parts)


@lru_cache(maxsize=2)
def _asset(name: str) -> str:
    return (resources.files("reportedly.export") / name).read_text("utf-8")


def _hash(words: str) -> str:
    digest = base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _cut(held: Sequence[Incident], colophon: Colophon) -> str:
    if len(held) >= colophon.total:
        return ""
    return f' · <b class="x">the first {len(held):,} of {colophon.total:,} that answer the question</b>'


def _facts(held: Sequence[Incident]) -> str:
    looks: dict[str, Json] = {drawn: words for drawn, words in LOOKS.items() if words}
    return embedded(
        {
            "rows": [row(incident) for incident in held],
            "map": facts(spots(held)),
            "time": Timeline(held).facts(),
            "looks": looks,
        }
    )


def _filters(held: Sequence[Incident]) -> Iterator[str]:
    yield '<form id="filters" role="search" aria-label="Filter the incidents" hidden>'
    yield '<label class="q"><span class="away">Words in titles, names and sentences</span><input type="search" name="q" placeholder="Words in titles, names, sentences"></label>'
    for name, label in _FACETS:
        values = _values(held, name)
        if values:
            yield f'<details class="facet" data-facet="{name}"><summary>{label}<b></b></summary><div role="group" aria-label="{label}">'
            for value, count in values:
                yield f'<label><input type="checkbox" value="{text(value)}"><span dir="auto">{text(value)}</span><i>{count}</i></label>'
            yield "</div></details>"
    yield '<label class="day">from <input type="date" name="from"></label><label class="day">until <input type="date" name="until"></label>'
    yield '<label class="check"><input type="checkbox" name="contested"> contested only</label></form>'
    yield '<div id="chosen" hidden><p id="count" role="status" aria-live="polite"></p><ul aria-label="Filters in force"></ul><button type="button" id="all">Show all</button></div>'


def _values(held: Sequence[Incident], facet: str) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for incident in held:
        facts = row(incident)
        found = facts.get(facet)
        counted.update(
            [found]
            if isinstance(found, str)
            else [v for v in found if isinstance(v, str)]
            if isinstance(found, list)
            else []
        )
        if facet == "stage" and incident.negated:
            counted["denied"] += 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _main(held: Sequence[Incident], items: Sequence[str]) -> Iterator[str]:
    found, timeline = spots(held), Timeline(held)
    yield '<main><div class="views">'
    yield '<section id="where" aria-labelledby="where-h"><h2 id="where-h">Where <small>Borders: Natural Earth; they imply no endorsement</small></h2>'
    yield f'<div class="map">{drawing(found)}<div id="tools" role="group" aria-label="Map" hidden></div><p id="scale" aria-hidden="true" hidden></p></div>'
    yield _legend()
    yield tray(found)
    yield table(found)
    yield "</section>"
    yield '<section id="when" aria-labelledby="when-h"><h2 id="when-h">When <small>above the line: day known · below it: may have been then</small></h2>'
    yield f'<div class="time">{timeline.drawing()}</div>'
    if timeline.undated:
        yield f'<p class="undated"><span class="n">No date known</span> <b>{timeline.undated}</b></p>'
    yield timeline.table()
    yield "</section></div>"
    yield '<section id="list" aria-labelledby="list-h" tabindex="-1"><h2 id="list-h">Incidents</h2>'
    yield '<p class="empty" hidden>Nothing is left by these filters. “Show all” takes them away.</p>' if held else ""
    yield "<ol>" if held else '<p class="none">No incident answers the question.</p><ol>'
    yield from items
    yield "</ol></section>"
    yield '<section id="pane" aria-label="The chosen incident" tabindex="-1" hidden></section>'
    yield "</main>"


def _legend() -> str:
    looks = "".join(f"<li>{sign(drawn)}{words}</li>" for drawn, words in LOOKS.items())
    return (
        f'<ul class="legend" aria-label="Signs">{looks}<li><svg class="sign vague" viewBox="-8 -8 16 16" aria-hidden="true">'
        '<circle r="6.5"/></svg>somewhere within (place not exact)</li><li><span class="swatch" aria-hidden="true"></span>country only</li>'
        '<li><svg class="sign ringed" viewBox="-8 -8 16 16" aria-hidden="true"><circle r="6.5"/></svg>contested</li></ul>'
    )


def _footer(question: Question, colophon: Colophon, number: int) -> Iterator[str]:
    known = (
        f"what the ledger knew on {question.as_of}"
        if question.as_of
        else "what the ledger knew when this page was made"
    )
    rows = [
        ("Question", f"{question_words(question)} · sorted by {question.sort}"),
        ("As of", known),
        ("Held here", f"{number:,} of {colophon.total:,} incidents"),
        ("Ledger", colophon.ledger_hash or "not given"),
        ("Made", f"{colophon.made_at} by {colophon.software}"),
    ]
    yield "<footer><p>This page says what reports say, and who says it; not what is so. Places and dates are as exact as their sources.</p><dl>"
    yield from (f"<dt>{label}</dt><dd>{text(words)}</dd>" for label, words in rows)
    yield "</dl></footer>"
