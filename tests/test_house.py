"""The rules of the house that a machine can check, beside ruff, mypy and the import contract (`make check`)."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "reportedly"
MODULES = sorted(SOURCE.rglob("*.py"))
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)((?: \\\n {4}--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Package to version of a lock, where each has at least one hash."""
    return {match[1]: match[2] for match in PINNED.finditer((ROOT / "requirements" / name).read_text("utf-8"))}


def wanted(requirement: str) -> str:
    return re.split(r"[<>=!~\[; ]", requirement.strip(), maxsplit=1)[0].lower()


SETS_ASIDE = SOURCE / "engines" / "_work.py"
"""The one place where any error is caught: a document that breaks the reader is set aside by name, and the run goes on."""


def is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "overload" for part in node.decorator_list)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    """Each module opens with a docstring; each public function and class has one; nothing is caught broadly."""
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree) or not tree.body
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert is_overload(node) or ast.get_docstring(node), f"{node.name} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            names = [part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)] if node.type else [""]
            assert path == SETS_ASIDE or not {"", "Exception", "BaseException"} & set(names), (
                f"a broad except in line {node.lineno}"
            )


@pytest.mark.parametrize("path", sorted((SOURCE / "lexicons").glob("*.*")), ids=lambda path: path.name)
def test_a_lexicon_says_where_its_words_are_from(path: Path) -> None:
    """Language, provenance and licence stand in the head of every lexicon file."""
    head = path.read_text("utf-8")[:2000].casefold()
    assert all(word in head for word in ("language", "provenance", "licence"))


@pytest.mark.parametrize("name", ["runtime.lock", "dev.lock", "train.lock"])
def test_every_package_of_a_lock_is_pinned_with_hashes(name: str) -> None:
    """No line of a lock names a package without a version and a hash, and none names an index."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert lines and sorted(line.split("==")[0] for line in lines) == sorted(pins(name))


def test_the_locks_agree_with_each_other_and_with_the_package() -> None:
    """What runs is what is tested: the runtime lock is part of the other, and fits what pyproject.toml asks for."""
    runtime, everything = pins("runtime.lock"), pins("dev.lock")
    assert runtime.items() <= everything.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = (ROOT / "requirements" / "runtime.in").read_text("utf-8").split()
    optional = project["optional-dependencies"].items()  # what trains a head has a lock of its own
    extras = [requirement for name, extra in optional if name != "train" for requirement in extra]
    asked = {wanted(requirement) for requirement in (*project["dependencies"], *extras)}
    assert asked == {wanted(requirement) for requirement in listed}
    assert asked <= runtime.keys()


def test_every_package_that_is_installed_with_us_is_in_the_notices() -> None:
    """THIRD_PARTY.md names each package of the runtime lock."""
    notices = (ROOT / "THIRD_PARTY.md").read_text("utf-8").casefold()
    assert [name for name in pins("runtime.lock") if not re.search(rf"\b{re.escape(name)}\b", notices)] == []


def test_every_target_of_the_makefile_is_explained() -> None:
    """`make help` lists each target that a person may call."""
    text = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = {frozenset(re.findall(r"^\.PHONY: (\S+)$", text, re.MULTILINE))}
    assert phony == set(re.findall(r"^([a-z-]+):.* ## \S", text, re.MULTILINE))
    assert {"setup", "test", "demo", "eval", "lock", "wheel", "clean", "help"} <= phony


def test_the_licence_is_there_in_full() -> None:
    """The text of the Apache licence, from its head to its appendix."""
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in text and "END OF TERMS AND CONDITIONS" in text
