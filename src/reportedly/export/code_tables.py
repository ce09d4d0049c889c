"""The tables of the codebook page by which codes are given: acts, weapons and targets, as the exports themselves read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportedly.export.acts import NONE, Act, acts
from reportedly.export.arms import weapons
from reportedly.export.columns import Codes, codes, shape
from reportedly.export.targets import Sort, lexicon

_ASKS = (
    ("types", "type"),
    ("stages", "stage"),
    ("weapons", "weapons only"),
    ("named", "a weapon named"),
    ("only_named", "weapons named only"),
    ("words", "the word for the act begins"),
)


class CodeTable(NamedTuple):
    """A table with what is said above it."""

    title: str
    about: str
    rows: Sequence[Sequence[str]]
    """The first is the heading."""


def code_tables(name: str) -> Iterator[CodeTable]:
    """The tables by which shape `name` is filled; none for a shape without codes."""
    if name in ("incidents", "acled", "gtd", "plover"):
        yield _types()
        yield _acts()
    if name in ("incidents", "gtd"):
        yield _weapons()
    if name in ("incidents", "acled", "gtd", "plover"):
        yield _targets()


def _types() -> CodeTable:
    rows: list[tuple[str, ...]] = [("event type", "CAMEO", "PLOVER", "mode", "ACLED", "GTD")]
    rows += [(f"`{name}`", *_usual(name, code)) for name, code in codes().items()]
    about = "What each event type is called where nothing in the table of acts says otherwise. An empty cell: no code."
    return CodeTable("Table of event types", about, rows)


def _usual(name: str, code: Codes) -> tuple[str, ...]:
    mode = shape("plover").maps["mode"].get(name, "")
    acled = "by who took it" if name == "territory_change" else code.acled
    return code.cameo, code.plover, mode, acled, code.gtd


def _acts() -> CodeTable:
    rows: list[tuple[str, ...]] = [("why", "where", "CAMEO", "PLOVER", "mode", "ACLED", "GTD")]
    rows += [(row.why, _asks(row), *_given(row)) for row in acts()]
    about = (
        "Where weapons, words, recipients or the stage tell more than the event type. The first row that fits and gives a code counts, "
        "for each codebook by itself. An empty cell leaves the code as it is; none takes it away."
    )
    return CodeTable("Table of acts", about, rows)


def _asks(row: Act) -> str:
    found = [f"{said}: {', '.join(getattr(row, field))}" for field, said in _ASKS if getattr(row, field)]
    found += ["done to soldiers, police or an armed group only"] if row.fighters else []
    found += ["somebody is reported dead or wounded"] if row.harm else []
    return "; ".join(found)


def _given(row: Act) -> tuple[str, ...]:
    given = (row.cameo, row.plover, row.mode, row.acled, row.gtd)
    return tuple("none" if code == NONE else code or "" for code in given)


def _weapons() -> CodeTable:
    table = weapons()
    rows: list[tuple[str, ...]] = [("weapon", "GTD weapon type", "subtype")]
    rows += [(f"category `{name}`", _type(kind), "") for name, kind in table.categories.items()]
    rows += [(f"act `{name}`", _type(act.type), _subtype(act.subtype)) for name, act in table.acts.items()]
    rows += [(", ".join(row.words), _type(row.type), _subtype(row.subtype)) for row in table.names]
    return CodeTable("Table of weapons", "By category, by act, and by the name that a report uses.", rows)


def _type(number: int) -> str:
    return f"{number} {weapons().types[str(number)]}" if number else ""


def _subtype(number: int | None) -> str:
    return f"{number} {weapons().subtypes[str(number)]}" if number else ""


def _targets() -> CodeTable:
    rows: list[tuple[str, ...]] = [("words for the recipient", "GTD target type", "subtype", "ACLED", "PLOVER")]
    rows += [(f"{', '.join(row.words)}{_only(row)}", *_sorts(row)) for row in lexicon().rows]
    rows += [(f"kind `{kind}`", *_sorts(row)) for kind, row in lexicon().kinds.items()]
    about = (
        "By the last words of the phrase (the police station in Sol), in the singular or plural, and by a title before a name; of several "
        "wordings the first that tells. A house, car or office is counted with its owner, without a subtype. Words of unarmed occupations "
        "do not count for those whom the ledger takes for soldiers, police or an armed group. The kind counts where no words tell."
    )
    return CodeTable("Table of targets", about, rows)


def _only(row: Sort) -> str:
    return f" (only of kind {', '.join(row.kinds)})" if row.kinds else ""


def _sorts(row: Sort) -> tuple[str, ...]:
    kind = f"{row.gtd} {lexicon().types[str(row.gtd)]}"
    subtype = f"{row.subtype} {lexicon().subtypes[str(row.subtype)]}" if row.subtype else ""
    return kind, subtype, row.inter, row.sector
