"""A small picture of a disagreement: for one incident, who gives which number of killed or wounded."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from reportedly.export import phrases
from reportedly.export.evidence import inert
from reportedly.records import Article, Quantity, QuantityKind

_KINDS: tuple[QuantityKind, ...] = ("killed", "wounded", "arrested", "kidnapped", "missing", "displaced")
_WIDTH, _LEFT, _RIGHT, _ROW = 340, 150, 290, 17


@dataclass(frozen=True, slots=True)
class _Line:
    who: str
    many: Quantity
    low: int
    high: int


def chart(group: phrases.Group, article: Article) -> str:
    """Dot plots, one for each kind of number that the claims of `group` give more than one value of; else nothing."""
    return "".join(_plot(kind, _lines(group, article, kind)) for kind in _KINDS)


def _lines(group: phrases.Group, article: Article, kind: QuantityKind) -> list[_Line]:
    found: dict[tuple[str, str], _Line] = {}
    for _, claim in group.claims:
        if claim.event is None or claim.factuality is None or claim.factuality.polarity == "negated":
            continue
        chain = claim.attribution.chain
        who = " → ".join(hop.name for hop in chain) if chain else phrases.outlet(article)
        for many in claim.event.quantities:
            known = [value for value in (many.low, many.best, many.high) if value is not None]
            if many.kind == kind and known:
                line = _Line(inert(who), many, min(known), max(known))
                found.setdefault((line.who, phrases.number(many)), line)
    return list(found.values())


def _plot(kind: str, lines: list[_Line]) -> str:
    if len({phrases.number(line.many) for line in lines}) < 2:
        return ""
    top = max(line.high for line in lines) or 1
    height = _ROW * len(lines) + 4
    rows = "".join(_row(position, line, top) for position, line in enumerate(lines))
    said = "; ".join(f"{line.who}: {phrases.number(line.many)}" for line in lines)
    return (
        f'<figure class="says"><figcaption>Who says what: {kind}</figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(said)}">'
        f'<line class="axis" x1="{_LEFT}" x2="{_LEFT}" y1="0" y2="{height}"/>{rows}</svg></figure>'
    )


def _row(position: int, line: _Line, top: int) -> str:
    middle = _ROW * position + _ROW / 2 + 2
    left, right = (_LEFT + 6 + (_RIGHT - _LEFT - 6) * value / top for value in (line.low, line.high))
    name = line.who if len(line.who) <= 26 else line.who[:25] + "…"
    bound = "open" if line.many.qualifier in ("at_least", "at_most", "about") else "dot"
    span = (
        ""
        if right - left < 1
        else (f'<line class="range" x1="{left:.1f}" x2="{right:.1f}" y1="{middle:.1f}" y2="{middle:.1f}"/>')
    )
    return (
        f'<text x="{_LEFT - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(name)}</text>{span}'
        f'<circle class="{bound}" cx="{right:.1f}" cy="{middle:.1f}" r="4"/>'
        f'<text x="{right + 9:.1f}" y="{middle + 4:.1f}">{escape(phrases.number(line.many))}</text>'
    )
