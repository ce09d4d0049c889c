"""Whatever a user can meet (a command, an option, a record field, a legal word, an event type, a stage) is in the documents."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from reportedly import entries, records

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STAGES = ROOT / "src" / "reportedly" / "stages"
NO_STAGE = {"drafts"}
"""Modules of the stages' folder that hold what stages hand each other."""


@pytest.fixture(scope="module")
def make_reference() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_reference"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["make_reference"]


@pytest.fixture(scope="module")
def reference() -> str:
    return (DOCS / "reference.md").read_text("utf-8")


def _prose() -> str:
    return "".join(path.read_text("utf-8") for path in (DOCS / "tutorial.md", DOCS / "desk.md", ROOT / "README.md"))


def test_reference_is_what_the_code_generates(make_reference: ModuleType, reference: str) -> None:
    """The reference on disk is the one that the code gives today; else: python docs/make_reference.py."""
    assert reference == make_reference.reference()


def test_every_record_field_is_in_the_reference(reference: str) -> None:
    """Each field of each record has a row with a meaning under the record's heading."""
    named = {**vars(records), **vars(entries)}.values()
    kinds = [kind for kind in named if isinstance(kind, type) and issubclass(kind, records.Record)]
    assert len(kinds) > 10
    for kind in kinds:
        if kind is records.Record:
            continue
        section = reference.split(f"\n### {kind.__name__}\n")[1].split("\n### ")[0].split("\n## ")[0]
        for field in kind.__struct_fields__:
            rows = [line for line in section.splitlines() if line.startswith(f"| `{field}` |")]
            assert len(rows) == 1, f"{kind.__name__}.{field} is not in docs/reference.md"
            assert rows[0].rsplit("|", 2)[1].strip(), f"{kind.__name__}.{field} has no meaning"


def test_every_event_type_is_in_the_reference(reference: str) -> None:
    """Each event type has its row of names in the other codebooks."""
    for name in records.EVENT_TYPES:
        assert f"\n| `{name}` | " in reference, f"the event type {name} is not in docs/reference.md"


def test_every_legal_word_is_explained(make_reference: ModuleType) -> None:
    """Each word of each Literal but the event types has a meaning in docs/words.toml, and nothing else has one."""
    meanings = make_reference.words()["words"]
    literals = make_reference.literals()
    assert set(meanings) == set(literals)
    for name, legal in literals.items():
        if name != "EventType":
            assert set(meanings[name]) == set(legal), name


def test_no_meaning_is_left_over(make_reference: ModuleType) -> None:
    """docs/words.toml describes no field that is gone."""
    for name, fields in make_reference.words()["fields"].items():
        kind = getattr(records, name, None) or getattr(entries, name)
        assert set(fields) <= set(kind.__struct_fields__), name


def test_every_option_has_help_and_is_in_the_reference(make_reference: ModuleType, reference: str) -> None:
    """Each command and option says what it is for, and the reference prints it."""
    commands = make_reference.commands()
    assert {"read", "demo"} <= set(commands)
    for name, command in commands.items():
        assert command.help, f"reportedly {name} has no help"
        section = reference.split(f"\n### reportedly {name}\n")[1].split("\n### ")[0]
        for option in command.params:
            assert getattr(option, "help", None), f"reportedly {name} {option.name} has no help"
            for spelling in option.opts if option.param_type_name == "option" else ():
                assert spelling in section, f"reportedly {name} {spelling} is not in docs/reference.md"


def test_every_command_and_long_option_is_used_in_prose(make_reference: ModuleType) -> None:
    """Each command and each long option occurs in the tutorial or the README: a table of options teaches nobody."""
    prose = _prose()
    for name, command in make_reference.commands().items():
        assert f"reportedly {name}" in prose, f"neither the tutorial nor the README shows reportedly {name}"
        for option in command.params:
            for spelling in option.opts if option.param_type_name == "option" else ():
                if spelling.startswith("--"):
                    assert spelling in prose, f"neither the tutorial nor the README shows {name} {spelling}"


def test_every_private_module_of_the_stages_is_in_the_house() -> None:
    """Whoever opens the folder finds in house.md which stage a module belongs to; none is named that is not there."""
    behind = (DOCS / "house.md").read_text("utf-8").split("## What lies behind each stage")[1].split("\n## ")[0]
    rows = "\n".join(line for line in behind.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`(_[a-z_]+)`", rows)) == {path.stem for path in STAGES.glob("_[a-z]*.py")}


def test_every_stage_has_its_room_in_the_house() -> None:
    """Each stage's module is a heading of house.md, and each heading's stage is there."""
    house = (DOCS / "house.md").read_text("utf-8")
    rooms = {
        word.strip()
        for line in house.splitlines()
        if line.startswith("### ")
        for word in line[4:].split(":")[0].replace(" and ", ",").split(",")
    }
    stages = {path.stem for path in STAGES.glob("[a-z]*.py")} - NO_STAGE
    assert stages <= rooms, f"house.md has no room for {sorted(stages - rooms)}"
    assert rooms - stages == {"acquire", "tagger", "pipeline", "entries", "engines", "ledger", "export", "cli"}


def test_links_between_documents_lead_somewhere() -> None:
    """A link from one document to another file of the project finds it, and its heading."""
    import re

    for path in [*DOCS.glob("*.md"), ROOT / "README.md"]:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)\s]+)\)", path.read_text("utf-8")):
            name, _, heading = target.partition("#")
            found = (path.parent / name).resolve()
            assert found.exists(), f"{path.name}: {target}"
            if heading:
                anchors = {
                    re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).strip().replace(" ", "-")
                    for line in found.read_text("utf-8").splitlines()
                    if line.startswith("#")
                }
                assert heading in anchors, f"{path.name}: {target}"
