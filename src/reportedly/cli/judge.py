"""``reportedly judge``: what a person decides about incidents, on record and undone at any time."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.opening import DEFAULT, LedgerOption, ledger_at
from reportedly.errors import NotInLedger

if TYPE_CHECKING:
    from reportedly.entries import Dossier, Judgement
    from reportedly.ledger.store import Ledger

EXAMPLES = """Examples:

`reportedly judge same inc-5bde2bdf7b inc-0c1a52b79e --by "Ana Ruiz" --why "one blast: the market and the square are one place"` · two incidents become one

`reportedly judge different acc-1f0a93b1 acc-3be3b8aa --by "Ana Ruiz" --why "the second bomb went off in the evening"` · two accounts of one incident come apart

`reportedly judge list inc-5bde2bdf7b` · every judgement behind an incident, the software's too, with its id and reason

`reportedly judge undo jud-24bbf25d3fb79f1e6f0c --by "Ana Ruiz" --why "the police corrected the date"` · takes a judgement back

Nothing is overwritten: each judgement is appended with who, when and why, and stands until another takes it back. It goes before the
software's, and holds for later reports and newer versions too.

Exit status: 0; 1 where the ledger holds nothing of that id; 2 where there is no ledger or an option is wrong."""


class Action(StrEnum):
    """What is to be done."""

    same = "same"
    different = "different"
    undo = "undo"
    list = "list"


def judge(
    action: Annotated[Action, typer.Argument(show_default=False, help="same, different, undo or list.")],
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID…",
            show_default=False,
            help="For same and different: two ids of incidents or accounts, or their beginnings. For undo: a judgement. For list: an incident.",
        ),
    ],
    why: Annotated[str | None, typer.Option("--why", help="The reason, in one line.", show_default=False)] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who judges.", envvar="REPORTEDLY_JUDGE", show_default=False)
    ] = None,
    ledger: LedgerOption = DEFAULT,
) -> None:
    """Says that two incidents are one, or that two accounts are not of one incident; lists and takes back what was said."""
    wanted = 2 if action in (Action.same, Action.different) else 1
    if len(ids) != wanted:
        raise typer.BadParameter(f"{action.value} takes {'two ids' if wanted == 2 else 'one id'}, not {len(ids)}")
    if action is Action.list:
        with ledger_at(ledger) as held:
            _list(held, ids[0])
        return
    who, reason = " ".join((by or "").split()), " ".join((why or "").split())
    if not who or not reason:
        raise typer.BadParameter("a judgement needs --by NAME and --why REASON: they stay on record")
    if who == "software":
        raise typer.BadParameter("--by names a person; the software judges by itself")
    with ledger_at(ledger, read_only=False) as held:
        if action is Action.undo:
            _undo(held, ids[0], who, reason)
        else:
            _judge(held, action, (ids[0], ids[1]), who, reason)


def _judge(ledger: Ledger, action: Action, ids: tuple[str, str], who: str, reason: str) -> None:
    from reportedly.engines._people import judged, pairs_of
    from reportedly.ledger import linking
    from reportedly.ledger.questions import dossier
    from reportedly.ledger.store import now

    found = dossier(ledger, ids[0]), dossier(ledger, ids[1])
    named = [_named(one, given) for one, given in zip(found, ids, strict=True)]
    if named[0] == named[1]:
        raise NotInLedger(f"{ids[0]} and {ids[1]} mean the same; name two accounts of it: {_accounts(found[0])}")
    accounts = linking.accounts(ledger, {name for names in named for name in names})
    sides = [[accounts[name] for name in names] for names in named]
    if not set(named[0]).isdisjoint(named[1]):
        raise NotInLedger(
            f"one of {ids[0]} and {ids[1]} is part of the other; name two accounts: {_accounts(found[0])}"
        )
    pairs = pairs_of(*sides) if action is Action.same else pairs_of(*sides)[:1]
    made = judged("same" if action is Action.same else "different", pairs, who, reason, now())
    _record(ledger, made, list(accounts))


def _undo(ledger: Ledger, name: str, who: str, reason: str) -> None:
    from reportedly.engines._people import carried, taken_back
    from reportedly.ledger import linking
    from reportedly.ledger.store import now

    people = linking.by_people(ledger)
    begun = [j for j in people if len(name) > len("jud-123456") - 1 and j.judgement_id.startswith(name)]
    judgement = linking.judgement(ledger, name) or (begun[0] if len(begun) == 1 else None)
    if judgement is None:
        raise NotInLedger(f"no judgement {name}; `reportedly judge list ID` shows those of an incident")
    if judgement.retracts:
        raise NotInLedger(f"{name} took another judgement back; judge the two anew instead")
    if any(j.retracts == judgement.judgement_id for j in people):
        raise NotInLedger(f"{name} is taken back already")
    (today,) = carried(ledger, [judgement])
    held = linking.accounts(ledger, (today.left, today.right))
    _record(ledger, (taken_back(judgement, who, reason, now()),), list(held))


def _record(ledger: Ledger, made: tuple[Judgement, ...], accounts: list[str]) -> None:
    """Appends, and says what it changed."""
    from reportedly.engines.merging import retold

    before = _incidents(ledger, accounts)
    retold(ledger, made, accounts)
    after = _incidents(ledger, accounts)
    for judgement in made:
        print(f"recorded {_line(judgement)}")
    if list(before) == list(after):
        print("no incident changes")
    for title, told in (("before", before), ("now", after)):
        for line in told.values() if list(before) != list(after) else ():
            print(_plain(f"{title}: {line}"))


def _incidents(ledger: Ledger, accounts: list[str]) -> dict[tuple[str, ...], str]:
    """The incidents of some accounts, by their accounts, each in one line."""
    from reportedly.ledger import linking
    from reportedly.ledger.questions import dossier

    names = sorted(set(linking.incidents_of(ledger, accounts).values()))
    found = [dossier(ledger, name).incident for name in names]
    return {
        tuple(sorted(one.account_ids)): f"{one.incident_id} {one.title}, {one.number_of_articles} article"
        f"{'' if one.number_of_articles == 1 else 's'}"
        for one in found
    }


def _list(ledger: Ledger, name: str) -> None:
    from reportedly.ledger import linking
    from reportedly.ledger.questions import dossier

    found = dossier(ledger, name)
    mine = frozenset(_named(found, name))
    about = [j for j in linking.judgements_about(ledger, found.incident.account_ids) if mine & {j.left, j.right}]
    gone = {j.retracts: j for j in about if j.retracts}
    for judgement in about:
        end = gone.get(judgement.judgement_id)
        sys.stdout.write(_line(judgement) + (f" [taken back by {end.judgement_id}]" if end else "") + "\n")
    if not about:
        print(f"nothing was judged about {found.incident.incident_id}: it rests on one account")


def _named(found: Dossier, given: str) -> tuple[str, ...]:
    """The accounts that an id means: one, or all of an incident."""
    if given.strip().lower().startswith("acc-"):
        return tuple(a for a in found.incident.account_ids if a.startswith(given.strip().lower()))
    return found.incident.account_ids


def _accounts(found: Dossier) -> str:
    told = {one.account_id: one.article.outlet or one.capture.url or "?" for one in found.testimonies}
    return ", ".join(f"{account} ({outlet})" for account, outlet in sorted(told.items()))


def _line(judgement: Judgement) -> str:
    score = f" {judgement.score:.2f}" if judgement.score is not None else ""
    what = f"takes back {judgement.retracts}" if judgement.retracts else f"{judgement.kind}{score}"
    return _plain(
        f"{judgement.judgement_id} {what}: {judgement.left} and {judgement.right}, by {judgement.by} "
        f"{judgement.at[:19]}: {judgement.why}"
    )


def _plain(line: str) -> str:
    """Without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
