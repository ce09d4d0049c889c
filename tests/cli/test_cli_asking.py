"""The options of a question: what each holds reaches the record, and what is wrong is said with what is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner, Result

from reportedly.cli.asking import asks
from reportedly.entries import Box, Question
from reportedly.records import EVENT_TYPES, STAGES, WEAPON_CATEGORIES

Ask = Callable[..., Result]


@pytest.fixture
def ask() -> Ask:
    """Runs a command that has all the options of a question."""
    app = typer.Typer()

    @app.command()
    @asks
    def command(question: Question, other: str = "x") -> None:
        typer.echo(repr(question))

    return lambda *given: CliRunner().invoke(app, list(given), env={"COLUMNS": "500"})


def test_every_option_reaches_the_question(ask: Ask) -> None:
    """Each in its own field; several of a kind by repeating or by commas, blanks for underscores."""
    result = ask(
        *("--since", "2026-01-02", "--until", "2026-02-03", "--place", "Mali", "--box", "-10.5,4,16,25"),
        *(
            "--type",
            "air strike,bombing",
            "--type",
            "arson",
            "--stage",
            "foiled",
            "--actor",
            "red",
            "--weapon",
            "drone",
        ),
        *("--outlet", "echo", "--min-outlets", "2", "--text", "car bomb", "--sort", "-deaths"),
        *("--page", "3", "--per-page", "7", "--as-of", "2026-10-12", "--other", "y"),
    )
    expected = Question(
        since="2026-01-02",
        until="2026-02-03",
        place="Mali",
        box=Box(west=-10.5, south=4.0, east=16.0, north=25.0),
        types=("air_strike", "bombing", "arson"),
        stages=("foiled",),
        actor="red",
        weapons=("drone",),
        outlet="echo",
        min_outlets=2,
        text="car bomb",
        sort="-deaths",
        page=3,
        per_page=7,
        as_of="2026-10-12T23:59:59.999999Z",
    )
    assert result.stdout.strip() == repr(expected), result.output


def test_without_options_everything_is_asked_for(ask: Ask) -> None:
    """The defaults are the record's own."""
    assert ask().stdout.strip() == repr(Question())


@pytest.mark.parametrize(
    ("given", "time"),
    [
        ("2026-10-12T08:15", "2026-10-12T08:15:00.000000Z"),
        ("2026-10-12 08:15:30.5", "2026-10-12T08:15:30.500000Z"),
        ("2026-10-12T08:15+02:00", "2026-10-12T06:15:00.000000Z"),
        ("2026-10-12T08:15Z", "2026-10-12T08:15:00.000000Z"),
        ("20261012", "2026-10-12T23:59:59.999999Z"),
    ],
)
def test_a_time_is_utc_and_a_date_its_end(ask: Ask, given: str, time: str) -> None:
    """Written as the ledger writes times, so that the two compare."""
    assert f"as_of='{time}'" in ask("--as-of", given).stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--since", "12.10.2026"), "YYYY-MM-DD"),
        (("--until", "2026-13-01"), "YYYY-MM-DD"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), "exchange"),
        (("--as-of", "yesterday"), "2026-10-12T08:15"),
        (("--as-of", "0001-01-01T00:00+23:00"), "UTC"),
        (("--box", "1,2,3"), "west,south,east,north"),
        (("--box", "nan,2,3,4"), "leaves the map"),
        (("--box", "0,91,1,92"), "-90 to 90"),
        (("--box", "0,9,1,2"), "south above"),
        (("--type", "bombings"), ", ".join(EVENT_TYPES)),
        (("--stage", "done"), ", ".join(STAGES)),
        (("--weapon", "gun"), ", ".join(WEAPON_CATEGORIES)),
        (("--sort", "size"), "-last_updated"),
        (("--text", "%!"), "holds no word"),
        (("--actor", ""), "holds no word"),
        (("--min-outlets", "0"), "than or equal to"),
        (("--per-page", "1001"), "than or equal to"),
        (("--page", "0"), "than or equal to"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_right(ask: Ask, given: tuple[str, ...], told: str) -> None:
    """Status 2, and the message shows the form or lists the valid names."""
    result = ask(*given)
    assert result.exit_code == 2
    assert " ".join(told.split()) in " ".join(result.stderr.replace("│", " ").split())


def test_what_takes_all_incidents_has_no_pages() -> None:
    """`paging=False` leaves out page and page length, `sorting=False` the order; the rest stays."""
    app = typer.Typer()

    @app.command()
    @asks(paging=False, sorting=False)
    def command(question: Question) -> None:
        typer.echo(repr(question))

    run = CliRunner().invoke
    assert run(app, ["--type", "arson"]).stdout.strip() == repr(Question(types=("arson",)))
    assert all(run(app, [option, "1"]).exit_code == 2 for option in ("--page", "--per-page", "--sort"))
