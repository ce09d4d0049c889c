"""The options by which a command is asked for some of the incidents: `asks` gives a command all that a `Question` holds."""

from __future__ import annotations

import datetime
import functools
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, overload

import typer

from reportedly.cli.opening import ledger_at
from reportedly.entries import Box, Question, Sort
from reportedly.records import EVENT_TYPES, STAGES, WEAPON_CATEGORIES

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

F = TypeVar("F", bound=Callable[..., None])
SORTS: tuple[str, ...] = get_args(Sort)
MOST = 1000
"""Incidents on one page."""
WHICH = "Which incidents"
_WORD = re.compile(r"[^\W_]")


def _day(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given.strip()).isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is no date; write it as YYYY-MM-DD, such as 2026-10-12") from error


def moment(given: str | None) -> str | None:
    """A date or a date and time as the ledger writes times: UTC with microseconds. A date means its end.

    Raises:
        typer.BadParameter: it is neither.
    """
    if given is None:
        return None
    words = given.strip()
    try:
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d|\d{4}-?W\d\d-?\d", words):
            end = datetime.time(23, 59, 59, 999_999)
            at = datetime.datetime.combine(datetime.date.fromisoformat(words), end, datetime.UTC)
        else:
            at = datetime.datetime.fromisoformat(words)
            at = at.replace(tzinfo=datetime.UTC) if at.tzinfo is None else at.astimezone(datetime.UTC)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(
            f"{given!r} is no time; write a date (2026-10-12: until its end) or a time in UTC (2026-10-12T08:15)"
        ) from error
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def _box(given: str | None) -> Box | None:
    if given is None:
        return None
    form = "write west,south,east,north in degrees, such as -10.5,4,16,25"
    try:
        west, south, east, north = (float(part) for part in given.split(","))
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is no box; {form}") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise typer.BadParameter(f"{given!r} leaves the map (longitudes -180 to 180, latitudes -90 to 90); {form}")
    if south > north:
        raise typer.BadParameter(f"{given!r} has its south above its north; {form}")
    return Box(west=west, south=south, east=east, north=north)


def _codes(given: Sequence[str] | None, legal: tuple[str, ...], what: str) -> list[str]:
    """The codes of the codebook among `legal`, each once; blanks and hyphens for underscores will do."""
    words = [word.strip() for words in given or () for word in words.split(",")]
    found: dict[str, None] = {}
    for word in words:
        code = word.casefold().replace(" ", "_").replace("-", "_")
        if code not in legal:
            raise typer.BadParameter(f"{word!r} is no {what}; there are: {', '.join(legal)}")
        found[code] = None
    return list(found)


def _types(given: list[str] | None) -> list[str]:
    return _codes(given, EVENT_TYPES, "type of event")


def _stages(given: list[str] | None) -> list[str]:
    return _codes(given, STAGES, "stage")


def _weapons(given: list[str] | None) -> list[str]:
    return _codes(given, WEAPON_CATEGORIES, "category of weapon")


def _sort(given: str) -> str:
    if given not in SORTS:
        raise typer.BadParameter(f"{given!r} is no way to sort; there are: {', '.join(SORTS)} (a hyphen: descending)")
    return given


def _words(given: str | None) -> str | None:
    if given is not None and not _WORD.search(given):
        raise typer.BadParameter(f"{given!r} holds no word; write one or several words, such as 'car bomb'")
    return given


Since = Annotated[
    str | None,
    typer.Option(
        callback=_day, metavar="YYYY-MM-DD", help="It may have happened on this day or later.", rich_help_panel=WHICH
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        callback=_day, metavar="YYYY-MM-DD", help="It may have happened on this day or before.", rich_help_panel=WHICH
    ),
]
PlaceName = Annotated[
    str | None,
    typer.Option(
        callback=_words,
        metavar="NAME",
        help="A country (name or ISO code), a region or a town, in any case: Mali, ml, Gao.",
        rich_help_panel=WHICH,
    ),
]
BoxCorners = Annotated[
    str | None,
    typer.Option(
        callback=_box,
        metavar="W,S,E,N",
        help="A part of the map, in degrees; west may be greater than east, across the date line.",
        rich_help_panel=WHICH,
    ),
]
Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        callback=_types,
        metavar="TYPE",
        help=f"What kind of act; may be given several times: {', '.join(EVENT_TYPES)}.",
        show_default=False,
        rich_help_panel=WHICH,
    ),
]
Stages = Annotated[
    list[str] | None,
    typer.Option(
        "--stage",
        callback=_stages,
        metavar="STAGE",
        help=f"How far it got; may be given several times: {', '.join(STAGES)}.",
        show_default=False,
        rich_help_panel=WHICH,
    ),
]
ActorName = Annotated[
    str | None,
    typer.Option(
        callback=_words, metavar="NAME", help="A part of the name of who did it, in any case.", rich_help_panel=WHICH
    ),
]
Weapons = Annotated[
    list[str] | None,
    typer.Option(
        "--weapon",
        callback=_weapons,
        metavar="CATEGORY",
        help=f"Category of weapon; may be given several times: {', '.join(WEAPON_CATEGORIES)}.",
        show_default=False,
        rich_help_panel=WHICH,
    ),
]
OutletName = Annotated[
    str | None,
    typer.Option(
        callback=_words,
        metavar="NAME",
        help="A part of the name of an outlet that reports it, in any case.",
        rich_help_panel=WHICH,
    ),
]
MinOutlets = Annotated[
    int, typer.Option(min=1, metavar="N", help="Reported by at least so many outlets.", rich_help_panel=WHICH)
]
Words = Annotated[
    str | None,
    typer.Option(
        callback=_words,
        metavar="WORDS",
        help="Words of a sentence that a claim rests on: one sentence holds all of them.",
        rich_help_panel=WHICH,
    ),
]
Order = Annotated[
    str,
    typer.Option(
        callback=_sort, metavar="KEY", help=f"{', '.join(SORTS)}; a hyphen: descending.", rich_help_panel="Order"
    ),
]
PageNumber = Annotated[
    int, typer.Option("--page", min=1, max=10**9, metavar="N", help="Which page.", rich_help_panel="Order")
]
PerPage = Annotated[
    int, typer.Option(min=1, max=MOST, metavar="N", help=f"Lines on a page, up to {MOST}.", rich_help_panel="Order")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        callback=moment,
        metavar="TIME",
        help="What the ledger knew then: a date (until its end) or a time in UTC, 2026-10-12T08:15.",
        rich_help_panel=WHICH,
    ),
]
_OPTIONS: tuple[tuple[str, Any, Any], ...] = (
    ("since", Since, None),
    ("until", Until, None),
    ("place", PlaceName, None),
    ("box", BoxCorners, None),
    ("types", Types, None),
    ("stages", Stages, None),
    ("actor", ActorName, None),
    ("weapons", Weapons, None),
    ("outlet", OutletName, None),
    ("min_outlets", MinOutlets, 1),
    ("text", Words, None),
    ("as_of", AsOf, None),
    ("sort", Order, "-date"),
    ("page", PageNumber, 1),
    ("per_page", PerPage, 20),
)
_PAGING = ("page", "per_page")


@overload
def asks(command: F) -> F: ...
@overload
def asks(*, paging: bool = True, sorting: bool = True) -> Callable[[F], F]: ...
def asks(command: F | None = None, *, paging: bool = True, sorting: bool = True) -> F | Callable[[F], F]:
    """Gives a command that has a parameter ``question: Question`` every option of a question in its place.

    Args:
        command: the command; may be left out: ``@asks`` and ``@asks(paging=False)`` are the same but for the options.
        paging: with ``--page`` and ``--per-page``; without, for what takes all incidents of an answer.
        sorting: with ``--sort``.

    What an option may hold is checked before the command runs (``typer.BadParameter``, exit status 2).
    """
    left_out = (() if paging else _PAGING) + (() if sorting else ("sort",))
    options = [option for option in _OPTIONS if option[0] not in left_out]

    def decorate(wrapped: F) -> F:
        @functools.wraps(wrapped)
        def asked(**given: Any) -> None:
            held = {name: given.pop(name) for name, _, _ in options}
            wrapped(question=_question(held), **given)

        asked.__signature__ = _signature(wrapped, options)  # type: ignore[attr-defined]
        asked.__annotations__ = {p.name: p.annotation for p in asked.__signature__.parameters.values()}  # type: ignore[attr-defined]
        del asked.__wrapped__
        return asked  # type: ignore[return-value]

    return decorate if command is None else decorate(command)


def _signature(wrapped: Callable[..., None], options: Sequence[tuple[str, Any, Any]]) -> inspect.Signature:
    """The command's own parameters, those of a question in the place of `question`; all by keyword."""
    keyword: Literal[inspect._ParameterKind.KEYWORD_ONLY] = inspect.Parameter.KEYWORD_ONLY
    found = []
    for parameter in inspect.signature(wrapped, eval_str=True).parameters.values():
        if parameter.name == "question":
            found += [inspect.Parameter(name, keyword, default=value, annotation=kind) for name, kind, value in options]
        else:
            found.append(parameter.replace(kind=keyword))
    return inspect.Signature(found)


def _question(held: dict[str, Any]) -> Question:
    for name in ("types", "stages", "weapons"):
        held[name] = tuple(held[name] or ())
    question = Question(**held)
    if question.since and question.until and question.since > question.until:
        raise typer.BadParameter(f"--since {question.since} is after --until {question.until}; exchange them")
    return question


@contextmanager
def ledger_as_of(location: str, time: str | None) -> Iterator[Ledger]:
    """The ledger at `location`, opened to be asked: as it is now, or as it was at a time (`Question.as_of`).

    What is wrong with it is one line and exit status 2; what is not in it, 1.
    """
    with ledger_at(location) as ledger:
        if time is None:
            yield ledger
            return
        from reportedly.engines.merging import derive
        from reportedly.ledger.questions import known_at

        with known_at(ledger, time, derive) as past:
            yield past
