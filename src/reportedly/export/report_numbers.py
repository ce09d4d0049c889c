"""Who gives which number of dead or wounded: a dot for each source, over all articles of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.entries import Testimony
from reportedly.export import phrases
from reportedly.export.evidence import inert
from reportedly.export.report_facts import text
from reportedly.records import Quantity

_WIDTH, _LEFT, _RIGHT, _ROW, _MOST = 460, 210, 400, 19, 14


@dataclass(frozen=True, slots=True)
class _Line:
    who: str
    many: Quantity
    low: int
    high: int


def charts(testimonies: Sequence[Testimony]) -> str:
    """A plot for killed and one for wounded, where the claims give more than one value; else nothing. Reprints are left out."""
    return "".join(_plot(kind, _lines(testimonies, kind)) for kind in ("killed", "wounded"))


def _lines(testimonies: Sequence[Testimony], kind: str) -> list[_Line]:
    found: dict[tuple[str, str], _Line] = {}
    for one in testimonies:
        claim = one.claim
        if one.reprint_of is not None:
            continue
        if claim.event is None or claim.factuality is None or claim.factuality.polarity == "negated":
            continue
        outlet = phrases.outlet(one.article)
        who = " ← ".join([outlet, *(inert(hop.name) for hop in reversed(claim.attribution.chain))])
        for number in claim.event.quantities:
            known = [value for value in (number.low, number.best, number.high) if value is not None]
            if number.kind == kind and known:
                found.setdefault((who, phrases.number(number)), _Line(who, number, min(known), max(known)))
    return list(found.values())


def _plot(kind: str, lines: list[_Line]) -> str:
    if len({phrases.number(line.many) for line in lines}) < 2:
        return ""
    shown = lines[:_MOST]
    top = max(line.high for line in shown) or 1
    height = _ROW * len(shown) + 4
    said = "; ".join(f"{line.who}: {phrases.number(line.many)}" for line in lines)
    rest = f" (the first {_MOST} of {len(lines)})" if len(lines) > _MOST else ""
    return (
        f"<figure><figcaption>Who says how many were {kind}{rest}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{text(said)}">'
        f'<path class="axis" d="M{_LEFT} 0V{height}"/>'
        + "".join(_row(position, line, top) for position, line in enumerate(shown))
        + "</svg></figure>"
    )


def _row(position: int, line: _Line, top: int) -> str:
    y = _ROW * position + _ROW // 2 + 2
    left, right = (round(_LEFT + 8 + (_RIGHT - _LEFT - 8) * value / top) for value in (line.low, line.high))
    name = line.who if len(line.who) <= 32 else line.who[:31] + "…"
    bound = "open" if line.many.qualifier in ("at_least", "at_most", "about") else "dot"
    span = f'<path class="range" d="M{left} {y}H{right}"/>' if right > left else ""
    return (
        f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{text(name)}</text>{span}'
        f'<circle class="{bound}" cx="{right}" cy="{y}" r="4.5"/><text x="{right + 9}" y="{y + 4}">{text(phrases.number(line.many))}</text>'
    )
