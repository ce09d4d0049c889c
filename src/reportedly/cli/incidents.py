"""``reportedly incidents``: which incidents the ledger holds, a page at a time."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.text import Text

from reportedly.cli.asking import asks, ledger_as_of
from reportedly.cli.opening import DEFAULT, LedgerOption
from reportedly.cli.output import console_for
from reportedly.entries import Page, Question

EXAMPLES = """Examples:

`reportedly incidents` · the latest, twenty at a time

`reportedly incidents --place Mali --since 2026-01-01 --type bombing --type shelling` · by place, time and kind of act

`reportedly incidents --actor "red front" --min-outlets 2 --sort -deaths` · who is named, told by two outlets or more, most dead first

`reportedly incidents --text "car bomb" --box 35,30,50,38` · words of one sentence, in a part of the map

`reportedly incidents --as-of 2026-10-12 --json` · what the ledger knew at the end of that day, as JSON

`reportedly show ID` then shows one of them with every claim behind it.

Exit status: 0, also where none is found; 2 where there is no ledger or an option is wrong."""

_SORTED = {
    "date": "earliest first",
    "-date": "latest first",
    "deaths": "fewest dead first",
    "-deaths": "most dead first",
    "outlets": "fewest outlets first",
    "-outlets": "most outlets first",
    "first_reported": "first reported first",
    "-last_updated": "last reported first",
}
JsonOption = Annotated[bool, typer.Option("--json", help="The record itself, as one JSON document.")]


@asks
def incidents(question: Question, ledger: LedgerOption = DEFAULT, json: JsonOption = False) -> None:
    """Lists incidents: when and where, what, who by, how many dead, told by how many outlets from how many origins, and what is
    disputed. Every condition must hold."""
    from reportedly.ledger.questions import held, page

    with ledger_as_of(ledger, question.as_of) as known:
        found = page(known, question)
        if not json and not found.total:
            from reportedly.cli._nothing import nothing

            words = nothing(held(known, question), question, ledger)
    if json:
        from reportedly.export.incidents_table import document

        sys.stdout.write(document(found))
    elif found.total:
        _print(found, question)
    else:
        print(words)


def _print(found: Page, question: Question) -> None:
    from reportedly.export.incidents_table import short, show_page

    console = console_for(sys.stdout)
    if not found.incidents:
        print(f"Page {found.page} is past the end: {_total(found)} on {-(-found.total // found.per_page)} pages.")
        return
    show_page(found, console)
    first = (found.page - 1) * found.per_page + 1
    last = first + len(found.incidents) - 1
    said = f"\n{first:,}–{last:,} of {_total(found)}, {_SORTED[question.sort]}"
    said += f", as known at {question.as_of}" if question.as_of else ""
    more = f" The next ones: --page {found.page + 1}." if last < found.total or found.at_least else ""
    console.print(Text(f"{said}.{more}", "bold"))
    console.print(Text(f"Who says so: reportedly show {short(found.incidents[0].incident_id)}", "dim"))


def _total(found: Page) -> str:
    bound = "at least " if found.at_least else ""
    return f"{bound}{found.total:,} incident{'s' if found.total != 1 else ''}"
