"""The table for a terminal: claim by claim, grouped by incident, with the evidence marked in the sentence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from reportedly.export import phrases
from reportedly.export.evidence import Part, inert, marks, pieces
from reportedly.records import Claim, Reading

STYLES: dict[Part, str] = {
    "trigger": "bold red",
    "cue": "bold cyan",
    "source": "bold blue",
    "quantity": "bold magenta",
    "date": "yellow",
    "place": "green",
    "weapon": "red",
    "actor": "underline",
    "recipient": "underline",
}
SIGNS: dict[Part, tuple[str, str]] = {"trigger": ("*", "*"), "cue": ("_", "_"), "source": ("[", "]")}
"""What marks evidence where there is no colour; every other part stands in braces."""
_INDENT = "    "
_NOTHING = Text("")
_STANCE_STYLE = {"denies": "bold red", "declines_to_confirm": "yellow", "questions": "yellow"}
_NAMES: dict[Part, str] = {
    "source": "source",
    "cue": "cue",
    "trigger": "event",
    "actor": "who",
    "recipient": "whom",
    "weapon": "weapon",
    "place": "where",
    "date": "when",
    "quantity": "how many",
}


def show(reading: Reading, console: Console, *, statements: bool = False, explain: bool = False) -> None:
    """Prints one reading on `console`.

    Args:
        reading: what to print.
        console: where to; its width and its colours are kept to.
        statements: also the statements that are about no incident.
        explain: under each claim, for every value the rule and the words that gave it.
    """
    chosen = reading.claims + (reading.statements if statements else ())
    coloured = console.color_system is not None and not console.no_color
    for line in _head(reading) + ([_legend(coloured)] if chosen else []):
        _print_wrapped(line, console)
    console.print()
    for group in phrases.groups(chosen):
        console.print(Rule(Text(phrases.headline(group), "bold"), align="left", style="dim"))
        for number, claim in group.claims:
            _print_claim(number, claim, reading, console, coloured, explain)
    closing = phrases.tally([reading])
    if statements:
        closing += f", {phrases.counted(len(reading.statements), 'other statement')}"
    _print_wrapped(Text(closing, "bold"), console)


def summary(readings: Sequence[Reading], console: Console) -> None:
    """Prints one line a report: outlet, date, headline, how many claims of how many incidents."""
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, justify, ratio in (
        ("outlet", "left", 3),
        ("published", "left", None),
        ("report", "left", 8),
        ("claims", "right", None),
        ("incidents", "right", None),
    ):
        table.add_column(name, justify=justify, ratio=ratio, overflow="fold", no_wrap=ratio is None)  # type: ignore[arg-type]
    for reading in readings:
        article = reading.article
        incidents = len({claim.incident_id for claim in reading.claims})
        table.add_row(
            Text(phrases.outlet(article)),
            article.publication_date or "not known",
            Text(phrases.title(article)),
            str(len(reading.claims)),
            str(incidents),
            style="" if reading.claims else "dim",
        )
    console.print(table)
    console.print()
    console.print(Text(phrases.tally(readings), "bold"))


def _head(reading: Reading) -> list[Text]:
    article = reading.article
    how = {"given": "date given", "page": "date from the page", "text": "date from the text"}
    when = article.publication_date or "date not known"
    known = f" ({how[article.date_known_from]})" if article.publication_date and article.date_known_from else ""
    byline = [inert(article.byline)] if article.byline else []
    return [
        Text(phrases.title(article), "bold"),
        Text(" · ".join([phrases.outlet(article), f"{when}{known}", *byline]), "dim"),
    ]


def _legend(coloured: bool) -> Text:
    if coloured:
        line = Text().append("marked:", "dim")
        for part, name in _NAMES.items():
            line.append("  ").append(name, STYLES[part])
        return line
    return Text("marked: [source]  _cue_  *event*  {who, whom, weapon, where, when, how many}")


def _print_claim(number: int, claim: Claim, reading: Reading, console: Console, coloured: bool, explain: bool) -> None:
    hanging, bar = Text(_INDENT), Text.assemble(_INDENT, ("│ ", "dim"))
    _print_wrapped(_who(claim, reading), console, Text(f"{number:>3} ", "dim"), hanging)
    if claim.event is not None:
        _print_wrapped(_what(claim), console, hanging, hanging)
        if phrases.details(claim):
            _print_wrapped(_details(claim), console, hanging, hanging)
    _print_wrapped(sentence(claim, coloured), console, bar, bar)
    for line in _reasons(claim, reading) if explain else ():
        _print_wrapped(line, console, hanging, hanging)
    console.print()


def _print_wrapped(row: Text, console: Console, first: Text = _NOTHING, others: Text = _NOTHING) -> None:
    """Prints `row` wrapped, with `first` before its first line and `others` before the rest; no blanks at line ends."""
    for place, line in enumerate(row.wrap(console, max(console.width - len(first), 16))):
        line.rstrip()
        console.print(Text.assemble(others if place else first, line), soft_wrap=True)


def _who(claim: Claim, reading: Reading) -> Text:
    stance = claim.attribution.stance
    line = Text().append(phrases.chain(claim, reading.article), "bold")
    line.append("  ")
    line.append(phrases.plain(stance), _STANCE_STYLE.get(stance, "cyan"))
    quotation = claim.attribution.quotation
    notes = [f"{quotation} quotation"] if quotation in ("direct", "mixed") else []
    notes += ["headline"] if claim.headline else []
    notes += phrases.doubts(claim, reading)
    if notes:
        line.append(f"  {', '.join(notes)}", "dim")
    return line


def _what(claim: Claim) -> Text:
    assert claim.event is not None
    line = Text().append(phrases.plain(claim.event.event_type), "bold red")
    for word in phrases.factuality(claim):
        line.append(" · ")
        line.append(word, "bold" if word == "negated" else "")
    return line


def _details(claim: Claim) -> Text:
    line = Text()
    for position, (label, words) in enumerate(phrases.details(claim)):
        line.append("   " if position else "")
        line.append(f"{label} ", "dim")
        line.append(words)
    return line


def sentence(claim: Claim, coloured: bool) -> Text:
    """The claim's sentence with its evidence marked: in styles, or in signs where there is no colour."""
    span = claim.sentence
    line = Text()
    found = [mark for mark in marks(claim) if mark.part != "content"]
    cut = pieces(span.start, span.end, found)
    for part, run in itertools.groupby(cut, key=lambda piece: piece.marks[0].part if piece.marks else None):
        words = inert("".join(span.text[piece.start - span.start : piece.end - span.start] for piece in run))
        if part is None:
            line.append(words)
        elif coloured:
            line.append(words, STYLES[part])
        else:
            before, after = SIGNS.get(part, ("{", "}"))
            core = words.strip()
            line.append(words.replace(core, f"{before}{core}{after}", 1) if core else words)
    return line


def _reasons(claim: Claim, reading: Reading) -> list[Text]:
    rows = []
    for reason in reading.reasons.get(claim.claim_id, ()):
        line = Text().append("why ", "dim")
        line.append(f"{reason.field} = {inert(reason.value)}")
        line.append(f"  {reason.rule}", "dim")
        if reason.words is not None:
            line.append(f"  “{inert(reason.words.text)}”")
        rows.append(line)
    return rows
