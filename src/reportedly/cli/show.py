"""``reportedly show``: one incident, with every claim behind it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reportedly.cli.asking import AsOf, ledger_as_of
from reportedly.cli.incidents import JsonOption
from reportedly.cli.opening import DEFAULT, LedgerOption
from reportedly.cli.output import console_for

EXAMPLES = """Examples:

`reportedly show inc-5bde2bdf7b4af4ffed4f` · an incident as `reportedly incidents` names it; its first six hex digits or more will do

`reportedly show claim-0c1a52b79e2f4ed68a11` · the incident that a claim of `reportedly read` belongs to

`reportedly show 5bde2bdf7b --as-of 2026-10-12T08:15` · what the ledger knew of it then

`reportedly show 5bde2bdf7b --explain` · with the rule and the words behind every value

`reportedly show 5bde2bdf7b --json` · the dossier, as JSON

Exit status: 0; 1 where the ledger holds nothing of that id, or several; 2 where there is no ledger or an option is wrong."""


def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Of an incident (also one that was merged into another), an account, an article's incident or a claim; "
            "or its beginning.",
            show_default=False,
        ),
    ],
    as_of: AsOf = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="For every value, the rule and the words that gave it.")
    ] = False,
    ledger: LedgerOption = DEFAULT,
    json: JsonOption = False,
) -> None:
    """Shows an incident: its grade and why, what does not agree, and each claim with its outlet, date, chain of sources, the
    sentence with its words marked, the hash and address of the page, and when it was recorded."""
    from reportedly.ledger.questions import dossier

    with ledger_as_of(ledger, as_of) as known:
        found = dossier(known, id)
    from reportedly.export.incidents_table import document, show_dossier

    if json:
        sys.stdout.write(document(found))
    else:
        show_dossier(found, console_for(sys.stdout), explain=explain)
