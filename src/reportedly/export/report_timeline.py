"""The timeline of a report. Above the line: incidents of which the day is known. Below it, pale: those that may have been then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportedly.entries import Incident
from reportedly.export.report_facts import Bin, bins, days, text
from reportedly.records import Json

_WIDTH, _LEFT, _UP, _DOWN = 640, 34, 84, 40


class Timeline:
    """The columns of a timeline and what stands in them.

    Args:
        incidents: those of the page.
    """

    def __init__(self, incidents: Sequence[Incident]) -> None:
        spans = [days(incident) for incident in incidents]
        self._spans = [span for span in spans if span is not None]
        self.undated = len(spans) - len(self._spans)
        self.unit, self.bins = bins(self._spans)
        self._known = [sum(_within(span, column) for span in self._spans) for column in self.bins]
        self._perhaps = [
            sum(_touches(span, column) and not _within(span, column) for span in self._spans) for column in self.bins
        ]

    def facts(self) -> dict[str, Json]:
        """What the page's script must know to draw it anew."""
        columns: list[Json] = [[one.first.isoformat(), one.last.isoformat(), one.label] for one in self.bins]
        return {"unit": self.unit, "bins": columns}

    def drawing(self) -> str:
        """The timeline as SVG."""
        head = '<svg id="time" role="group" tabindex="0" aria-label="Timeline. Left and right arrow keys move by a column, with Shift they widen the selection; Escape undoes it."'
        if not self.bins:
            return f'{head} viewBox="0 0 {_WIDTH} 20"><text x="4" y="14">No incident has a known date.</text></svg>'
        step = (_WIDTH - _LEFT) / len(self.bins)
        top = max(1, *self._known)
        low = max(1, *self._perhaps)
        bars = "".join(self._bar(number, step, top, low) for number in range(len(self.bins)))
        return (
            f'{head} viewBox="0 0 {_WIDTH} {_UP + _DOWN + 34}">'
            f'<text x="{_LEFT - 6}" y="14" text-anchor="end">{top}</text><text x="{_LEFT - 6}" y="{_UP + 8}" text-anchor="end">0</text>'
            f'{bars}<path class="axis" d="M{_LEFT} {_UP + 4}H{_WIDTH}"/>{self._ticks(step)}</svg>'
        )

    def _bar(self, number: int, step: float, top: int, low: int) -> str:
        x, wide = _LEFT + number * step, max(0.8, step - min(2.0, step / 5))
        up, down = self._known[number] / top * (_UP - 6), self._perhaps[number] / low * (_DOWN - 10)
        column = self.bins[number]
        title = f"<title>{text(column.label)}: {self._known[number]}, and {self._perhaps[number]} that may have been then</title>"
        return (
            f'<g>{title}<rect class="bar" x="{x:.1f}" y="{_UP + 4 - up:.1f}" width="{wide:.1f}" height="{up:.1f}"/>'
            f'<rect class="maybe" x="{x:.1f}" y="{_UP + 4}" width="{wide:.1f}" height="{down:.1f}"/></g>'
        )

    def _ticks(self, step: float) -> str:
        every = max(1, -(-len(self.bins) // 6))
        return "".join(
            f'<text x="{_LEFT + number * step:.1f}" y="{_UP + _DOWN + 26}">{text(self.bins[number].label.removeprefix("week of "))}</text>'
            for number in range(0, len(self.bins), every)
        )

    def table(self) -> str:
        """The timeline as a table; columns without an incident are left out."""
        rows = "".join(
            f'<tr data-from="{column.first}" data-until="{column.last}"><th scope="row">{text(column.label)}</th><td>{known}</td><td>{perhaps}</td></tr>'
            for column, known, perhaps in zip(self.bins, self._known, self._perhaps, strict=True)
            if known or perhaps
        )
        return (
            '<details class="table"><summary>The timeline as a table</summary><table><thead><tr>'
            f'<th scope="col">{self.unit.capitalize()}</th><th scope="col">Incidents</th><th scope="col">May have been then</th>'
            f'</tr></thead><tbody id="days">{rows}</tbody></table></details>'
        )


def _within(span: tuple[date, date], column: Bin) -> bool:
    return column.first <= span[0] and span[1] <= column.last


def _touches(span: tuple[date, date], column: Bin) -> bool:
    return span[0] <= column.last and column.first <= span[1]
