"""``reportedly ingest``: many reports into a ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.opening import DEFAULT, LedgerOption, ledger_at
from reportedly.cli.output import complain

if TYPE_CHECKING:
    from reportedly.engines.ingest import Summary

EXAMPLES = """Examples:

`reportedly ingest reports/` · every report below a folder, into the ledger `reportedly.sqlite`

`reportedly ingest "news/2026-10-*.html" crawl.warc.gz wire.jsonl --ledger desk.sqlite` · patterns, web archives, JSON lines (url, outlet, published, text or html)

`reportedly ingest https://example.org/feed.xml` · the reports that a feed or sitemap names; robots.txt is kept

`reportedly ingest archive/ --jobs 4` · four worker processes

`reportedly ingest archive/ --thorough` · also the pages that a cheap first look leaves out (it loses about one incident in a hundred)

`reportedly ingest archive/ --json` · the summary as JSON

The same command again goes on where an interrupted one stopped; what the ledger holds already is not read twice. A newer version of
reportedly reads it anew and keeps its reading beside the older one. Then ask: `reportedly incidents`.

Exit status: 0; 2 where something was refused (the rest is in the ledger all the same), an option is wrong or the ledger cannot be used;
1 where something that the reader needs is not installed; 130 after an interrupt."""


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns, .warc, .jsonl, feeds, sitemaps, addresses (https://…), or - for standard input.",
            metavar="SOURCES",
            show_default=False,
        ),
    ],
    ledger: LedgerOption = DEFAULT,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Worker processes.")] = 1,
    thorough: Annotated[
        bool,
        typer.Option("--thorough", help="Read also what a cheap first look would leave out; several times slower."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON document.")] = False,
) -> None:
    """Reads many reports into a ledger that is only ever appended to. Each is captured as it was received before it is read; one article is
    one transaction, and what is in the ledger stays there whatever happens next."""
    with ledger_at(ledger, create=True, read_only=False) as opened:
        from reportedly.acquire.sources import survey
        from reportedly.acquire.web import Web
        from reportedly.cli._progress import Progress
        from reportedly.engines.ingest import ingest as run
        from reportedly.errors import LedgerError, ReportedlyError

        if opened.upgraded_from:
            complain(f"{ledger} was made by an older version ({opened.upgraded_from}) and is upgraded")
        try:
            with Progress(survey(sources)) as progress:
                web = Web(visits=opened.last_visit)
                summary = run(opened, sources, jobs=jobs, thorough=thorough, watch=progress, web=web)
        except KeyboardInterrupt:
            complain("interrupted; what was read is in the ledger. The same command again goes on from here")
            raise typer.Exit(130) from None
        except LedgerError:
            raise
        except ReportedlyError as error:
            complain(str(error))
            raise typer.Exit(1) from error
    _print(summary, ledger, json=json)
    if summary.refused:
        raise typer.Exit(2)


def _print(summary: Summary, ledger: str, *, json: bool) -> None:
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(summary), indent=2).decode() + "\n")
        return
    for line in _lines(summary, ledger):
        print(line)


def _lines(summary: Summary, ledger: str) -> list[str]:
    refused = ", ".join(f"{number:,} at {stage}" for stage, number in summary.refused_by_stage.items())
    rows = [
        ("read", summary.read, f"{summary.claims:,} claims"),
        ("already known", summary.known, ""),
        ("no incident", summary.no_incident, ""),
        ("screened out", summary.screened, "no word of an incident, or hardly one; --thorough reads them too"),
        ("refused", summary.refused, refused),
        ("passed over", sum(summary.passed_over.values()), ", ".join(summary.passed_over)),
    ]
    lines = [f"{name:>14}  {number:>9,}  {more}".rstrip() for name, number, more in rows if number or name == "read"]
    rate = f", {summary.documents / summary.seconds:,.1f} a second" if summary.seconds else ""
    lines.append(f"{summary.documents:,} documents in {_time(summary.seconds)}{rate}.")
    if summary.resumed:
        lines.append(f"{summary.resumed:,} of them had been captured by a run that was interrupted.")
    if summary.beside_older:
        lines.append(
            f"{summary.beside_older:,} readings stand beside older ones of the same documents; nothing was overwritten."
        )
    if summary.failures:
        lines.append(
            f"On {summary.failures:,} the reader itself failed: please report it, with the lines above and, if you may, the documents."
        )
    if summary.uncompared:
        lines.append(f"{summary.uncompared:,} pairs of accounts were not compared: too many could be of one incident.")
    more = summary.incidents - summary.incidents_before
    lines.append(
        f"The ledger {ledger} now tells of {summary.incidents:,} incidents ({more:+,}). To see them: reportedly incidents{_option(ledger)}"
    )
    return lines


def _option(ledger: str) -> str:
    return "" if ledger == DEFAULT else f" --ledger {ledger}"


def _time(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"
