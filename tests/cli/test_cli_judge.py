"""``reportedly judge``: a person joins, takes apart, takes back, and sees what that changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typed_accounts import day, entry, place
from typer.testing import Result

from reportedly.engines.merging import merge
from reportedly.entries import Question
from reportedly.ledger import linking
from reportedly.ledger.questions import dossiers
from reportedly.ledger.store import open_ledger

Run = Callable[..., Result]
WHO = ("--by", "Ana Ruiz", "--why", "one blast")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A ledger with two reports of one bombing, and one of another place."""
    path = tmp_path / "desk.sqlite"
    with open_ledger(path, create=True) as ledger:
        ledger.append(
            [
                entry("a", "A bomb went off in Hallic.", {"killed": 9}),
                entry("b", "In Hallic nine people died when a bomb exploded.", {"killed": 9}),
                entry(
                    "c",
                    "There was a blast in Farwell.",
                    {"places": (place("Farwell", lat=47.0),), "date": day("2025-03-04")},
                ),
            ]
        )
        merge(ledger)
    return path


def parts(desk: Path) -> list[tuple[str, ...]]:
    """The accounts of each incident, the largest first."""
    with open_ledger(desk, read_only=True) as ledger:
        found = [tuple(sorted(d.incident.account_ids)) for d in dossiers(ledger, Question())]
    return sorted(found, key=lambda names: (-len(names), names))


def incident(account: str) -> str:
    return account.replace("acc-", "inc-")


def test_two_incidents_become_one_and_come_apart_again(run: Run, desk: Path) -> None:
    """Each step says what it changed, and undoing restores what was."""
    before = parts(desk)
    (a, b), (c,) = before
    joined = run("judge", "same", incident(a), incident(c), *WHO, "--ledger", desk)
    assert joined.exit_code == 0, joined.output
    assert joined.stdout.count("before: ") == 2 and joined.stdout.count("now: ") == 1 and "by Ana Ruiz" in joined.stdout
    assert parts(desk) == [tuple(sorted((a, b, c)))]
    name = re.search(r"jud-[0-9a-f]+", joined.stdout)
    assert name is not None
    undone = run("judge", "undo", name[0], "--by", "Ben Osk", "--why", "two blasts", "--ledger", desk)
    assert undone.exit_code == 0, undone.output
    assert parts(desk) == before
    again = run("judge", "undo", name[0], "--by", "Ben Osk", "--why", "two blasts", "--ledger", desk)
    assert again.exit_code == 1 and "taken back already" in again.stderr


def test_an_incident_is_taken_apart_by_two_of_its_accounts(run: Run, desk: Path) -> None:
    """The software joined them; nothing of what it said is lost."""
    (a, b), _ = parts(desk)
    assert run("judge", "different", a, b, *WHO, "--ledger", desk).exit_code == 0
    assert len(parts(desk)) == 3
    listed = run("judge", "list", a, "--ledger", desk)
    assert "by software" in listed.stdout and "different" in listed.stdout and "by Ana Ruiz" in listed.stdout
    with open_ledger(desk, read_only=True) as ledger:
        (mine,) = linking.by_people(ledger)
    assert (mine.kind, mine.why, mine.left, mine.right) == ("different", "one blast", a, b)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("same", "A", "A", *WHO), 1, "name two accounts"),
        (("same", "A", "C", "--by", "Ana Ruiz"), 2, "--why"),
        (("same", "A", *WHO), 2, "two ids"),
        (("same", "A", "C", "--by", "software", "--why", "x"), 2, "names a person"),
        (("same", "A", "inc-ffffffffffffffff", *WHO), 1, "holds nothing"),
        (("undo", "jud-ffffffffffffffff", *WHO), 1, "judge list"),
    ],
)
def test_what_cannot_be_judged_is_one_clear_line(
    run: Run, desk: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    """Nothing is recorded then."""
    (a, _), (c,) = parts(desk)
    given = [incident(a) if x == "A" else incident(c) if x == "C" else x for x in arguments]
    result = run("judge", *given, "--ledger", desk)
    assert result.exit_code == status and words in result.output
    with open_ledger(desk, read_only=True) as ledger:
        assert linking.by_people(ledger) == ()


def test_control_characters_do_not_reach_the_terminal(run: Run, desk: Path) -> None:
    """A reason is only text."""
    (a, _), (c,) = parts(desk)
    result = run("judge", "same", incident(a), incident(c), "--by", "Ana", "--why", "x\x1b[2Jy", "--ledger", desk)
    assert result.exit_code == 0 and "\x1b" not in result.stdout
