"""The tutorials are true: their Python runs in one namespace, their commands run, and both print what they say.

A stated output is compared by its words, whatever the white space; ``…`` stands for anything or nothing. A console block without an output states
only that its commands succeed. Of the shell this knows ``export NAME=value`` and ``NAME=$(COMMAND | grep -o 'RE' | head -n 1)``.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Template

import pytest
from typer.testing import CliRunner

from reportedly.cli import app

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(python|console|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXPORT = re.compile(r"export (\w+)=(\S+)")
FOUND = re.compile(r"(\w+)=\$\((reportedly .*) \| grep -o '([^']+)' \| (head|tail) -n 1\)")
NOW = re.compile(r"(\w+)=\$\(date -u \+(\S+)\)")


@dataclass(frozen=True)
class Step:
    """One thing to do, and what should be printed; None where the tutorial does not say."""

    line: int
    kind: str
    text: str
    expected: str | None


def steps(tutorial: str) -> list[Step]:
    """The Python blocks and single commands of the tutorial, in order."""
    found: list[Step] = []
    for block in BLOCK.finditer(tutorial):
        kind, text = block.groups()
        line = tutorial.count("\n", 0, block.start()) + 2
        if kind == "python":
            found.append(Step(line, kind, text, None))
        elif kind == "text":
            assert found[-1].kind == "python", f"line {line}: an output without a python block before it"
            found[-1] = Step(found[-1].line, "python", found[-1].text, text)
        else:
            for command in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                words, _, output = command.partition("\n")
                found.append(Step(line, kind, words, output if output.strip() else None))
    return found


def matches(expected: str, printed: str) -> bool:
    """Whether `printed` is `expected`, white space aside, with ``…`` for anything."""

    def tight(text: str) -> str:
        return " ".join(text.split())

    pattern = r".*?".join(re.escape(part) for part in re.split(r"\s*…\s*", tight(expected)))
    return re.fullmatch(pattern, tight(printed), re.DOTALL) is not None


def run_shell(words: str, shell: dict[str, str]) -> str:
    """What one line of a console block prints; `shell` holds its variables."""
    if match := EXPORT.fullmatch(words):
        shell[match[1]] = match[2]
    elif match := NOW.fullmatch(words):
        time.sleep(1 - time.time() % 1)
        shell[match[1]] = datetime.now(UTC).strftime(match[2])
    elif match := FOUND.fullmatch(words):
        found = re.findall(match[3], run_command(match[2], shell))
        assert found, f"$ {words}\nfinds nothing"
        shell[match[1]] = found[0 if match[4] == "head" else -1]
    else:
        return run_command(words, shell)
    return ""


def run_command(words: str, shell: dict[str, str]) -> str:
    """What a ``reportedly`` command prints on standard output."""
    program, *written = shlex.split(Template(words).substitute(shell))
    arguments = [
        found for word in written for found in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]
    assert program == "reportedly", f"the tutorial runs {program}; only reportedly can be tested"
    result = CliRunner().invoke(
        app, arguments, env={"COLUMNS": "120", "NO_COLOR": "1", **shell}, prog_name="reportedly"
    )
    assert result.exit_code == 0, f"$ {words}\n{result.output}\n{result.exception!r}"
    return result.stdout


def run_python(step: Step, namespace: dict[str, object]) -> str:
    """What a block prints; an error names the line of the tutorial."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n" * (step.line - 1) + step.text, "the tutorial", "exec"), namespace)
    return printed.getvalue()


@pytest.mark.parametrize(("page", "least"), [("docs/tutorial.md", 15), ("docs/desk.md", 20), ("README.md", 3)])
def test_the_tutorial_is_true(page: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of the tutorials and of the README runs, in order, and prints what stands under it."""
    (tmp_path / "src").symlink_to(ROOT / "src", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    found = steps((ROOT / page).read_text("utf-8"))
    assert len(found) > least
    namespace: dict[str, object] = {"__name__": "tutorial"}
    shell: dict[str, str] = {}
    wrong = []
    for step in found:
        printed = run_python(step, namespace) if step.kind == "python" else run_shell(step.text, shell)
        if step.expected is not None and not matches(step.expected, printed):
            wrong.append(f"{page}:{step.line}: stated\n{step.expected}\nprinted\n{printed}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a b\nc", "a  b c\n", True),
        ("a … c", "a c", True),
        ("a … c", "a b b c", True),
        ("…\n14 | …\n…", "14 | police\n5 | x", True),
        ("…14…", "x 14 y", True),
        ("…14…", "x 15 y", False),
        ("14", "14 15", False),
    ],
)
def test_outputs_are_compared_by_their_words(expected: str, printed: str, same: bool) -> None:
    """The comparison itself tells a right output from a wrong one."""
    assert matches(expected, printed) is same
