"""``reportedly doctor``: is what the ledger holds what was written to it?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli._examining import Examining
from reportedly.cli.opening import DEFAULT, LedgerOption, ledger_at
from reportedly.cli.output import complain
from reportedly.entries import Health, Problem
from reportedly.errors import LedgerDamaged, LedgerError

if TYPE_CHECKING:
    from reportedly.ledger._check_rows import Watch

EXAMPLES = """Examples:

`reportedly doctor` · examines `reportedly.sqlite` and the captures beside it

`reportedly doctor --ledger desk.sqlite --deep` · also makes the incidents anew, in a copy, and compares them

`reportedly doctor --ledger desk.sqlite --upgrade` · first brings a ledger of an older version up to this one

`reportedly doctor --json` · the findings as one JSON document: ledger_hash, schema, counts, problems

`reportedly doctor --json | jq -r .ledger_hash` · one hash for all that the ledger holds, to compare two ledgers or to write down

Without --upgrade it never writes, and another process may write meanwhile. Every row is held against the record that it was made from, every record against
its hash and the chain of hashes, the captures against their bytes. Of visits and refusals no hash is kept: a change of those is not found.

Exit status: 0 where nothing harmful is found; 1 where something is, with what to do; 2 where there is no ledger."""


def doctor(
    ledger: LedgerOption = DEFAULT,
    deep: Annotated[
        bool, typer.Option("--deep", help="Also make everything derived (incidents …) anew in a copy and compare.")
    ] = False,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="First bring a ledger that an older version made up to this one.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON document.")] = False,
) -> None:
    """Examines a ledger: its schema, the database itself, the chain of hashes, every record and row, the captures. Says what is wrong
    and what to do."""
    if upgrade:
        _upgraded(ledger)
    with Examining() as examining:
        health = _examined(ledger, deep, examining.at)
    if json:
        import msgspec

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(health), indent=2).decode() + "\n")
    else:
        for line in _lines(health, ledger):
            print(line)
    if any(not problem.harmless for problem in health.problems):
        raise typer.Exit(1)


def _upgraded(location: str) -> None:
    with ledger_at(location, read_only=False) as opened:
        if opened.upgraded_from:
            complain(f"{location} was made by an older version ({opened.upgraded_from}) and is upgraded")


def _examined(location: str, deep: bool, watch: Watch) -> Health:
    """What is found. A ledger that is too damaged to be opened is a finding; none at all is exit status 2."""
    from reportedly.ledger.check import check  # a third of a second that `--help` does not wait for
    from reportedly.ledger.store import open_ledger

    try:
        with open_ledger(location, read_only=True) as opened:
            if not deep:
                return check(opened, watch=watch)
            from reportedly.engines.merging import merge

            return check(opened, merge=merge, watch=watch)
    except LedgerDamaged as error:
        todo = "run `reportedly rebuild`: it makes the ledger anew from its capture"
        return Health(
            ledger_hash="",
            schema="",
            counts={},
            problems=(Problem(kind="integrity", what=str(error), todo=todo),),
        )
    except LedgerError as error:
        complain(str(error))
        raise typer.Exit(2) from error


def _lines(health: Health, location: str) -> list[str]:
    """The findings for a reader."""
    harmful = [problem for problem in health.problems if not problem.harmless]
    lines = [f"{number:>12,}  {name}" for name, number in health.counts.items()]
    if health.ledger_hash:
        lines += [f"      schema  {health.schema}", f" ledger hash  {health.ledger_hash}"]
    for problem in sorted(health.problems, key=lambda one: one.harmless):
        mark = "note" if problem.harmless else "WRONG"
        lines += ["", f"{mark} ({problem.kind}): {_safe(problem.what)}", f"  to do: {_safe(problem.todo)}"]
    lines.append("")
    if harmful:
        lines.append(f"{location}: {len(harmful)} harmful finding{'s' if len(harmful) > 1 else ''}.")
    else:
        lines.append(f"{location} is sound: it holds what was written to it.")
    return lines


def _safe(words: str) -> str:
    """A line for a terminal: what a damaged record holds must not move its cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in words)
