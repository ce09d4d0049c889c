"""How incidents, a dossier and sources look on a terminal. Every word of a report is made inert before it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from reportedly.entries import (
    Contradiction,
    Dossier,
    Incident,
    Judgement,
    Page,
    Range,
    SourceLine,
    SourcePage,
    Testimony,
)
from reportedly.export import phrases
from reportedly.export.evidence import inert
from reportedly.export.table import sentence
from reportedly.records import Record

SHORT = 10
"""Hex digits of an id in a list; `show` takes them."""
SHOWN = 3
"""Outlets, types and stances of a source in a list; the rest are counted."""
_DISPUTE = {"disagreement": "disputed", "update": "updated", "scope": "counted differently"}
_ESCAPED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A))}
_INDENT = "    "
_NOTHING = Text("")


def document(record: Record) -> str:
    """The record as one JSON document, in the order of its fields, with nothing in it that a terminal would act on."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1).decode().translate(_ESCAPED) + "\n"


def show_page(page: Page, console: Console) -> None:
    """Prints a page of incidents: when, what and where, who by, the dead, how many outlets and origins, the id."""
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("when", max_width=14)
    table.add_column("incident", ratio=1, overflow="fold")
    table.add_column("dead", justify="right", no_wrap=True)
    table.add_column("outlets /\norigins", justify="right", no_wrap=True)
    table.add_column("id", no_wrap=True)
    for incident in page.incidents:
        table.add_row(
            Text(_when(incident)),
            _what(incident),
            Text(number(incident.killed)),
            Text(f"{incident.number_of_outlets} / {incident.number_of_origins}"),
            Text(short(incident.incident_id), "cyan"),
        )
    console.print(table)


def short(identity: str) -> str:
    """The beginning of an id, without its kind."""
    return identity.rpartition("-")[2][:SHORT]


def number(many: Range) -> str:
    """*12*, *12 (9–15)*, *≥ 12*, *12 (≥ 9)*; *?* where no source gives one."""
    low, best, high = many.low, many.best, many.high
    if low is not None and high is None and best in (None, low):
        return f"≥ {low:,}"
    if best is not None and low is not None and high is None:
        return f"{best:,} (≥ {low:,})"
    if best is None and low is None and high is not None:
        return f"≤ {high:,}"
    bounds = f"{low:,}–{high:,}" if low is not None and high is not None and low != high else ""
    if best is None:
        return bounds or ("?" if low is None else f"{low:,}")
    return f"{best:,} ({bounds})" if bounds else f"{best:,}"


def _when(incident: Incident) -> str:
    return "not known" if incident.date is None else phrases.date(incident.date).removesuffix(" (day)")


def _where(incident: Incident) -> str:
    return "place not known" if incident.place is None else phrases.place(incident.place)


def _stage(incident: Incident) -> list[str]:
    """How far it got, where that is not simply that it happened."""
    words = [] if incident.stage == "accomplished" else [phrases.plain(incident.stage)]
    words += ["denied that it happened"] if incident.negated else []
    return words + (["several events told as one"] if incident.event_clarity == 2 else [])


def _what(incident: Incident) -> Text:
    line = Text().append(phrases.plain(incident.event_type).capitalize(), "bold")
    for word in _stage(incident):
        line.append(" · ").append(word, "bold yellow")
    line.append(f"\n{_where(incident)}")
    if incident.actors:
        line.append("\nby ", "dim").append(_some([phrases.actor(who) for who in incident.actors], "; "))
    for kind, words in _disputes(incident.contradictions):
        line.append(f"\n≠ {words}", "bold red" if kind == "disagreement" else "magenta")
    return line


def _disputes(contradictions: Sequence[Contradiction]) -> Iterator[tuple[str, str]]:
    """*disputed: killed 8 or 12*, each kind and field once."""
    for one in contradictions:
        values = list(dict.fromkeys(inert(phrases.plain(side.value)) for side in one.sides))
        join = " → " if one.kind == "update" else " or "
        said = "whether it happened" if one.field == "polarity" else f"{phrases.plain(one.field)} {join.join(values)}"
        yield one.kind, f"{_DISPUTE[one.kind]}: {said}"


# One incident ---------------------------------------------------------------------------------------------------------


def show_dossier(dossier: Dossier, console: Console, *, explain: bool = False) -> None:
    """Prints an incident with its grade, its contradictions and every claim behind it, article by article.

    Args:
        dossier: the incident.
        console: where to; its width and its colours are kept to.
        explain: under each claim, for every value the rule and the words that gave it.
    """
    incident = dossier.incident
    _print(Text(inert(incident.title), "bold"), console)
    _print(Text(_counts(dossier), "dim"), console)
    _print(Text(incident.incident_id, "cyan"), console)
    console.print()
    for label, words in _facts(incident):
        _print(Text(words), console, Text(f"{label:<9} ", "dim"), Text(" " * 10))
    _print_grade(incident, console)
    _print_contradictions(incident, dossier.testimonies, console)
    _print_claims(dossier.testimonies, console, explain)
    _print_judgements(dossier, console)


def _counts(dossier: Dossier) -> str:
    incident = dossier.incident
    parts = [
        phrases.counted(len(dossier.testimonies), "claim"),
        phrases.counted(incident.number_of_articles, "article"),
        phrases.counted(incident.number_of_outlets, "outlet"),
        phrases.counted(incident.number_of_origins, "independent origin"),
    ]
    if incident.first_reported:
        parts.append(f"first reported {incident.first_reported}")
    if incident.last_updated and incident.last_updated != incident.first_reported:
        parts.append(f"last {incident.last_updated}")
    return " · ".join(inert(part) for part in parts)


def _facts(incident: Incident) -> Iterator[tuple[str, str]]:
    yield "what", ", ".join([phrases.plain(incident.event_type), *(_stage(incident) or [incident.stage])])
    yield "when", "not known" if incident.date is None else phrases.date(incident.date)
    place = incident.place
    point = f" at {place.lat:.4f}, {place.lon:.4f}" if place and place.lat is not None and place.lon is not None else ""
    yield "where", _where(incident) + (point if place and place.where_prec <= 2 else "")
    if incident.actors:
        yield "by", "; ".join(phrases.actor(who) for who in incident.actors)
    if incident.recipients:
        yield "against", "; ".join(inert(name) for name in incident.recipients)
    if incident.weapons:
        yield "with", ", ".join(incident.weapons)
    for label, many in (("dead", incident.killed), ("wounded", incident.wounded)):
        yield label, number(many).replace("?", "no source gives a number")


def _print_grade(incident: Incident, console: Console) -> None:
    grade = incident.grade
    hanging = Text(" " * 10)
    _print(Text(f"{grade.reliability}{grade.credibility}", "bold"), console, Text(f"{'grade':<9} ", "dim"))
    for reason in grade.reasons:
        _print(Text(inert(reason)), console, hanging, hanging)
    for place, origin in enumerate(incident.origins):
        _print(Text(inert(origin)), console, Text(f"{'origins' if not place else '':<9} ", "dim"), hanging)


def _print_contradictions(incident: Incident, testimonies: Sequence[Testimony], console: Console) -> None:
    if not incident.contradictions:
        return
    console.print()
    console.print(Rule(Text("What does not agree", "bold"), align="left", style="dim"))
    told = {one.claim.claim_id: one for one in testimonies}
    for contradiction, (kind, words) in zip(incident.contradictions, _disputes(incident.contradictions), strict=True):
        _print(Text(words, "bold red" if kind == "disagreement" else "magenta"), console, Text("≠ "), Text("  "))
        for side in contradiction.sides:
            teller = told.get(side.claim_id)
            who = phrases.chain(teller.claim, teller.article) if teller else inert(side.outlet or "an outlet not named")
            line = Text().append(inert(phrases.plain(side.value)), "bold").append(f"  {who}")
            line.append(
                f"  {inert(side.outlet or 'outlet not known')}, {side.publication_date or 'date not known'}", "dim"
            )
            line.append(f"  “{inert(' '.join(side.words.text.split()))}”")
            _print(line, console, Text(_INDENT), Text(_INDENT * 2))


def _print_claims(testimonies: Sequence[Testimony], console: Console, explain: bool) -> None:
    coloured = console.color_system is not None and not console.no_color
    outlets = {one.article.article_id: _published(one) for one in testimonies}
    count = 0
    for _, group in groupby(testimonies, key=lambda one: (one.capture.capture_id, one.article.article_id)):
        told = list(group)
        console.print()
        _print_article(told[0], outlets, console)
        for testimony in told:
            count += 1
            _print_claim(count, testimony, console, coloured, explain)


def _published(testimony: Testimony) -> str:
    article = testimony.article
    return f"{phrases.outlet(article)}, {article.publication_date or 'date not known'}"


def _print_article(testimony: Testimony, outlets: dict[str, str], console: Console) -> None:
    article, capture, hanging = testimony.article, testimony.capture, Text(_INDENT)
    head = Text().append(_published(testimony), "bold").append(f" · {phrases.title(article)}")
    _print(head, console, Text("── ", "dim"), Text("   "))
    if testimony.reprint_of is not None:
        of = outlets.get(testimony.reprint_of, testimony.reprint_of)
        _print(Text(f"reprint of {of}: no further source", "yellow"), console, hanging, hanging)
    for label, words in (
        ("address", inert(capture.url or "none (standard input)")),
        ("page", f"SHA-256 {capture.document_sha256}"),
        ("recorded", f"{testimony.recorded_at} by {inert(testimony.origin.software)}"),
    ):
        _print(Text(words, "dim"), console, Text(f"{_INDENT}{label:<9} ", "dim"), Text(" " * 14))


def _print_claim(count: int, testimony: Testimony, console: Console, coloured: bool, explain: bool) -> None:
    claim, hanging, bar = testimony.claim, Text(_INDENT), Text.assemble(_INDENT, ("│ ", "dim"))
    who = Text().append(phrases.chain(claim, testimony.article), "bold")
    who.append(f"  {phrases.plain(claim.attribution.stance)}", "cyan")
    notes = [f"{claim.attribution.quotation} quotation"] if claim.attribution.quotation in ("direct", "mixed") else []
    who.append(f"  {', '.join([*notes, *(['headline'] if claim.headline else [])])}", "dim")
    _print(who, console, Text(f"{count:>3} ", "dim"), hanging)
    if claim.event is not None:
        what = Text().append(phrases.plain(claim.event.event_type), "bold red")
        what.append("".join(f" · {word}" for word in phrases.factuality(claim)))
        _print(what, console, hanging, hanging)
        details = Text("   ").join(
            Text.assemble((f"{label} ", "dim"), words) for label, words in phrases.details(claim)
        )
        if details:
            _print(details, console, hanging, hanging)
    _print(sentence(claim, coloured), console, bar, bar)
    _print(Text(claim.claim_id, "dim"), console, hanging, hanging)
    for reason in testimony.reasons if explain else ():
        line = Text.assemble(("why ", "dim"), f"{reason.field} = {inert(reason.value)}", (f"  {reason.rule}", "dim"))
        line.append(f"  “{inert(reason.words.text)}”" if reason.words is not None else "")
        _print(line, console, hanging, hanging)


def _print_judgements(dossier: Dossier, console: Console) -> None:
    if not dossier.judgements:
        return
    console.print()
    console.print(Rule(Text("Why these reports are taken for one incident", "bold"), align="left", style="dim"))
    tellers = {one.account_id: _published(one) for one in dossier.testimonies}
    taken_back = {one.retracts for one in dossier.judgements if one.retracts}
    for judgement in dossier.judgements:
        style = "dim strike" if judgement.judgement_id in taken_back else ""
        _print(_judged(judgement, tellers, taken_back), console, Text("  "), Text(_INDENT * 2), style)


def _judged(judgement: Judgement, tellers: dict[str, str], taken_back: set[str]) -> Text:
    left, right = (tellers.get(name, name) for name in (judgement.left, judgement.right))
    verb = "taken back: " if judgement.retracts else ""
    line = Text().append(f"{verb}{judgement.kind}", "bold").append(f"  {left} and {right}")
    score = "" if judgement.score is None else f", score {judgement.score:.2f}"
    line.append(f"  by {inert(judgement.by)}, {judgement.at[:10]}{score}: ", "dim").append(inert(judgement.why))
    if judgement.judgement_id in taken_back:
        line.append("  (taken back)", "yellow")
    return line.append(f"  {judgement.judgement_id}", "dim")


# Sources --------------------------------------------------------------------------------------------------------------


def show_sources(page: SourcePage, console: Console) -> None:
    """Prints a page of sources: who, in how many claims and incidents, by which outlets, on what, and how."""
    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("source", ratio=3, overflow="fold")
    table.add_column("claims", justify="right", no_wrap=True)
    table.add_column("incidents", justify="right", no_wrap=True)
    table.add_column("quoted by", ratio=3, overflow="fold")
    table.add_column("on what, how", ratio=4, overflow="fold")
    for source in page.sources:
        table.add_row(
            _source(source),
            f"{source.number_of_claims:,}",
            f"{source.number_of_incidents:,}",
            Text(_some([inert(name) for name in source.outlets])),
            _on_what(source),
        )
    console.print(table)


def _source(source: SourceLine) -> Text:
    line = Text().append(inert(source.name), "bold")
    notes = [inert(source.role)] if source.role and source.role.casefold() not in source.name.casefold() else []
    notes += [source.kind] + (["unnamed"] if source.anonymous else [])
    return line.append(f"\n{', '.join(notes)}", "dim")


def _on_what(source: SourceLine) -> Text:
    line = Text(_some([f"{phrases.plain(name)} {many:,}" for name, many in source.event_types]))
    return line.append(f"\n{_some([f'{phrases.plain(name)} {many:,}' for name, many in source.stances])}", "dim")


def _some(names: Sequence[str], between: str = ", ") -> str:
    rest = len(names) - SHOWN
    return between.join(names[:SHOWN]) + (f" and {rest} more" if rest > 0 else "") if names else "not known"


def _print(row: Text, console: Console, first: Text = _NOTHING, others: Text = _NOTHING, style: str = "") -> None:
    """Prints `row` wrapped, with `first` before its first line and `others` before the rest; no blanks at line ends."""
    for place, line in enumerate(row.wrap(console, max(console.width - len(first), 16))):
        line.rstrip()
        line.stylize(style)
        console.print(Text.assemble(others if place else first, line), soft_wrap=True)
