"""``reportedly rebuild``: the ledger made anew from its capture."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli._examining import Examining
from reportedly.cli.opening import DEFAULT, LedgerOption
from reportedly.cli.output import complain
from reportedly.errors import LedgerError, ReportedlyError

if TYPE_CHECKING:
    from reportedly.engines.rebuild import Rebuilt

EXAMPLES = """Examples:

`reportedly rebuild` · makes `reportedly.sqlite` anew from `reportedly.capture`; the old file is kept beside it

`reportedly rebuild --ledger desk.sqlite --jobs 4` · with four worker processes

`reportedly rebuild --ledger desk.sqlite --into postgresql://desk@host/news` · into an empty database

Every document is read again from the bytes as they were received. What cannot be made again is taken over from the old ledger, where that
still holds what was written to it: readings by older versions of reportedly, people's judgements, the times at which things were recorded.
Where nothing was damaged the new ledger has the hash of the old one. Without an old ledger everything is made from the capture alone.

Exit status: 0; 1 where the hash is another than the old ledger's, or something that the reader needs is not installed; 2 where there is
neither ledger nor capture, or the new one cannot be written."""


def rebuild(
    ledger: LedgerOption = DEFAULT,
    into: Annotated[
        str | None,
        typer.Option(metavar="FILE|URL", help="Make it there, and leave the old one as it is.", show_default=False),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Worker processes.")] = 1,
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough",
            help="Where no old ledger tells how a document was read: read also what a cheap look leaves out.",
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as one JSON document.")] = False,
) -> None:
    """Makes a ledger anew from its capture: the bytes of every document as they were received."""
    from reportedly.engines.rebuild import rebuild as run

    try:
        with Examining() as examining:
            done = run(ledger, into=into, jobs=jobs, thorough=thorough, watch=examining.at, say=examining.say)
    except LedgerError as error:
        complain(str(error))
        raise typer.Exit(2) from error
    except ReportedlyError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(done), indent=2).decode() + "\n")
    else:
        for line in _lines(done, into or ledger):
            print(line)
    if done.hash_before is not None and done.hash != done.hash_before:
        raise typer.Exit(1)


def _lines(done: Rebuilt, location: str) -> list[str]:
    rows = [
        (done.remade, "made anew from the captured bytes"),
        (done.new, "of them not in the old ledger, or not as this version makes them"),
        (done.kept_older, "readings of other versions of reportedly, taken over: they cannot be made again"),
        (done.kept_elsewhere, "readings whose bytes are not in the capture folder, taken over"),
        (done.kept_judgements, "judgements of people and of older rules, taken over: they cannot be made again"),
        (
            done.new_judgements,
            "judgements of the software not in the old ledger: newer rules, or accounts not compared until now",
        ),
        (done.left, "readings or judgements left behind: the same version does not make them of the same bytes"),
        (len(done.lost), "lines of the old journal damaged"),
        (len(done.torn), "places in the capture torn"),
    ]
    lines = [f"{number:>9,}  {what}" for number, what in rows if number or what.startswith("made")]
    lines += [f"damaged: {name}" for name in done.lost[:10]] + [f"torn: {place}" for place in done.torn[:10]]
    lines.append(f"ledger hash  {done.hash}")
    if done.hash_before is None:
        lines.append("There was no old ledger to compare it with, or it could not be read.")
    elif done.hash_before == done.hash:
        lines.append("It is that of the old ledger: the same captures, entries and judgements.")
    else:
        lines.append(f"That of the old ledger was {done.hash_before}: the lines above say what differs.")
    if done.backup:
        lines.append(f"The old ledger is now {done.backup}.")
    return [*lines, f"{location} is made anew."]
