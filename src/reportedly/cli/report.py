"""``reportedly report``: one page for a question, which opens offline."""

from __future__ import annotations

import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.asking import asks, ledger_as_of
from reportedly.cli.opening import DEFAULT, LedgerOption
from reportedly.cli.output import complain, opened
from reportedly.entries import Question

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

EXAMPLES = """Examples:

`reportedly report -o report.html` · everything in the ledger, the newest incidents first

`reportedly report -o march.html --since 2025-03-01 --until 2025-03-31 --title "March"` · a month

`reportedly report -o niger.html --place Niger --type bombing --as-of 2025-04-01` · as it was known on a day

`reportedly report -o all.html --limit 5000` · more incidents than a page usually holds

Exit status: 0; 2 where more incidents answer than the page may hold, an option is wrong, or the ledger or the file cannot be used."""
MOST = 2000
"""Incidents on a page where `--limit` does not say otherwise: about 8 MB. A browser opens it in a second or two."""


@asks(paging=False)
def report(
    question: Question,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The page: a file, written whole or not at all.", show_default=False)
    ],
    ledger: LedgerOption = DEFAULT,
    title: Annotated[
        str | None, typer.Option("--title", help="The heading of the page.", metavar="WORDS", show_default=False)
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", min=1, help="Incidents that the page may hold. If more answer, nothing is written.", metavar="N"
        ),
    ] = MOST,
) -> None:
    """Writes one self-contained page that opens offline: the incidents as a list, a map and a timeline that filter each
    other, and for each incident who says what, in which words."""
    with ledger_as_of(ledger, question.as_of) as held:
        _write(held, question, output, title=title, limit=limit)


def _write(held: Ledger, question: Question, output: Path, *, title: str | None, limit: int) -> None:
    import msgspec  # what follows is not waited for by `--help`

    from reportedly.export.report import Colophon, page
    from reportedly.ledger import questions
    from reportedly.ledger.check import ledger_hash

    first = questions.page(held, msgspec.structs.replace(question, page=1, per_page=1))
    if first.total > limit:
        many = f"{'at least ' if first.at_least else ''}{first.total:,}"
        complain(
            f"{many} incidents answer the question, and a page holds {limit:,}: narrow it (--since, --place, --type, "
            f"--min-outlets), or allow as many with --limit {first.total}"
        )
        raise typer.Exit(2)
    made = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    software = f"reportedly {version('reportedly')}"
    colophon = Colophon(ledger_hash=ledger_hash(held), software=software, made_at=made, total=first.total)
    whole = page(questions.dossiers(held, question), question, colophon, title=title)
    with opened(output) as stream:
        stream.write(whole)
    noun = "incident" if first.total == 1 else "incidents"
    complain(f"{output}: {first.total:,} {noun}, {len(whole.encode()) / 1e6:.1f} MB")
