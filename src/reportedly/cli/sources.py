"""``reportedly sources``: who is quoted, by which outlets, how often, on what."""

from __future__ import annotations

import sys

from rich.text import Text

from reportedly.cli.asking import asks, ledger_as_of
from reportedly.cli.incidents import JsonOption
from reportedly.cli.opening import DEFAULT, LedgerOption
from reportedly.cli.output import console_for
from reportedly.entries import Question, SourcePage

EXAMPLES = """Examples:

`reportedly sources` · who is quoted most

`reportedly sources --place Mali --since 2026-01-01` · on what happened there, since then

`reportedly sources --outlet "daily courier" --type bombing --per-page 50` · in incidents of a kind that an outlet reports

`reportedly sources --as-of 2026-10-12 --json` · what the ledger knew then, as JSON

Exit status: 0, also where none is found; 2 where there is no ledger or an option is wrong."""


@asks(sorting=False)
def sources(question: Question, ledger: LedgerOption = DEFAULT, json: JsonOption = False) -> None:
    """Lists those whom the claims rest on, most quoted first: what they are, in how many claims of how many incidents, by which
    outlets, on what kinds of act and with what stance. The options choose incidents; the sources are those of their claims."""
    from reportedly.ledger.questions import held, source_page

    with ledger_as_of(ledger, question.as_of) as known:
        found = source_page(known, question)
        if not json and not found.total:
            from reportedly.cli._nothing import nothing

            words = nothing(held(known, question), question, ledger)
    if json:
        from reportedly.export.incidents_table import document

        sys.stdout.write(document(found))
    elif found.total:
        _print(found)
    else:
        print(words)


def _print(found: SourcePage) -> None:
    from reportedly.export.incidents_table import show_sources

    console = console_for(sys.stdout)
    total = f"{found.total:,} source{'s' if found.total != 1 else ''}"
    if not found.sources:
        print(f"Page {found.page} is past the end: {total} on {-(-found.total // found.per_page)} pages.")
        return
    show_sources(found, console)
    first = (found.page - 1) * found.per_page + 1
    last = first + len(found.sources) - 1
    more = f" The next ones: --page {found.page + 1}." if last < found.total else ""
    console.print(Text(f"\n{first:,}–{last:,} of {total}, most quoted first.{more}", "bold"))
