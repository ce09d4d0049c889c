"""Writes ``docs/reference.md`` from the code, the lexicon of event types and ``docs/words.toml``.

    python docs/make_reference.py            writes the file
    python docs/make_reference.py --check    exits with 1 where the file is not what would be written

A field, a legal word, a command or an option without a description is an error: nothing is left out of the reference.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import typer.main
from typer.testing import CliRunner

from reportedly import entries, lexicons, records
from reportedly.cli import app

HERE = Path(__file__).parent
TARGET = HERE / "reference.md"
COLUMNS = 100
"""The width of the commands' help."""
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
MODULES = (records, entries)
"""Where records are."""
STANDARDS = ("plover", "cameo", "acled", "gtd", "muc4")


class Undocumented(Exception):
    """Something in the code has no description; the message names it."""


@dataclass(frozen=True)
class Field:
    """One field of a record, as its source gives it."""

    name: str
    type: str
    default: str | None
    text: str


def words() -> dict[str, Any]:
    """``docs/words.toml``."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


def literals() -> dict[str, tuple[str, ...]]:
    """Name to legal words, for every ``Name = Literal[...]`` of the records, in their order."""
    return {
        node.targets[0].id: get_args(getattr(module, node.targets[0].id))
        for module in MODULES
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Subscript)
        and ast.unparse(node.value.value) == "Literal"
    }


def record_fields() -> Iterator[tuple[str, str, list[Field]]]:
    """Name, docstring and fields of every record.

    Raises:
        Undocumented: a field has neither a docstring nor an entry in ``words.toml``.
    """
    extra = words()["fields"]
    nodes = [node for module in MODULES for node in ast.parse(inspect.getsource(module)).body]
    for node in nodes:
        if isinstance(node, ast.ClassDef) and node.name != "Record":
            doc = " ".join((ast.get_docstring(node) or "").split())
            if not doc:
                raise Undocumented(f"the record {node.name} has no docstring")
            yield node.name, doc, list(_fields(node, extra.get(node.name, {})))


def _fields(node: ast.ClassDef, extra: dict[str, str]) -> Iterator[Field]:
    for item, following in zip(node.body, [*node.body[1:], None], strict=True):
        if not (isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)):
            continue
        own = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        text = str(following.value.value) if own else extra.get(item.target.id)  # type: ignore[union-attr]
        if not text:
            raise Undocumented(f"{node.name}.{item.target.id}: write a docstring, or a line in docs/words.toml")
        default = ast.unparse(item.value) if item.value is not None else None
        yield Field(item.target.id, ast.unparse(item.annotation), default, " ".join(text.split()))


def event_types() -> dict[str, dict[str, str]]:
    """Event type to its description and its names in the other codebooks.

    Raises:
        Undocumented: a type of the records is missing from the lexicon, or has no description.
    """
    table = tomllib.loads((lexicons.folder() / "event_types.toml").read_text("utf-8"))["types"]
    for name in records.EVENT_TYPES:
        if not table.get(name, {}).get("description"):
            raise Undocumented(f"event_types.toml describes no {name}")
    return {name: table[name] for name in records.EVENT_TYPES}


def commands() -> dict[str, Any]:
    """The commands of the program, in the order of its help; those of a group by both words (``gazetteer build``)."""
    found: dict[str, Any] = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        found[name] = command
        found.update({f"{name} {inner}": below for inner, below in getattr(command, "commands", {}).items()})
    return found


def help_of(*command: str) -> str:
    """What ``reportedly COMMAND --help`` prints, 100 columns wide and without colours."""
    environment = {"COLUMNS": str(COLUMNS), "TERMINAL_WIDTH": str(COLUMNS), "NO_COLOR": "1", "TERM": "dumb"}
    result = CliRunner().invoke(app, [*command, "--help"], env=environment, prog_name="reportedly")
    if result.exit_code:
        raise Undocumented(f"reportedly {' '.join(command)} --help fails: {result.output}")
    return "\n".join(line.rstrip() for line in COLOUR.sub("", result.output).strip("\n").splitlines())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _records_part() -> Iterator[str]:
    for name, doc, fields in record_fields():
        yield f"### {name}\n\n{doc}\n"
        yield "| field | type | meaning |\n|---|---|---|"
        for field in fields:
            shown = field.type if field.default is None else f"{field.type} = {field.default}"
            yield f"| `{field.name}` | `{_cell(shown)}` | {_cell(field.text)} |"
        yield ""


def _words_part() -> Iterator[str]:
    meanings = words()["words"]
    for name, legal in literals().items():
        yield f"### {name}\n"
        if name == "EventType":
            yield "See [the event types](#event-types).\n"
            continue
        yield "| word | meaning |\n|---|---|"
        for word in legal:
            if word not in meanings.get(name, {}):
                raise Undocumented(f"{name} {word!r}: write a line in docs/words.toml")
            yield f"| `{word}` | {meanings[name][word]} |"
        yield ""


def _types_part() -> Iterator[str]:
    yield "| type | meaning | PLOVER | CAMEO | ACLED sub-event | GTD attack type | MUC-4 |\n|---|---|---|---|---|---|---|"
    for name, row in event_types().items():
        yield f"| `{name}` | {row['description']} | " + " | ".join(row.get(key) or "–" for key in STANDARDS) + " |"
    yield ""


def _commands_part() -> Iterator[str]:
    for command in ((), *(tuple(name.split()) for name in commands())):
        yield f"### {' '.join(('reportedly', *command))}\n\n```text\n{help_of(*command)}\n```\n"


def reference() -> str:
    """The whole of ``reference.md``."""
    return "\n".join(
        [
            "# Reference\n",
            "Generated by `docs/make_reference.py` from the code; do not edit. The words are explained in the "
            "[glossary](glossary.md), the way through the code in [house.md](house.md).\n",
            "## Records\n",
            "Every record is frozen and is written to JSON in the order of its fields. Offsets are half-open Unicode code "
            "points into `Article.text`; an unknown value is null.\n",
            *_records_part(),
            "## Event types\n",
            "What kind of act, whatever stage it reached, and what the other codebooks call it. A dash: they have no "
            "name for it.\n",
            *_types_part(),
            "## Legal words\n",
            *_words_part(),
            "## Commands\n",
            *_commands_part(),
        ]
    )


def main() -> None:
    """Writes the reference, or with ``--check`` says whether it is up to date."""
    fresh = reference()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(fresh, "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != fresh:
        sys.exit(f"{TARGET} is out of date; run: python docs/make_reference.py")


if __name__ == "__main__":
    main()
