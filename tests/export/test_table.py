"""The table: everything that the codebook knows of a claim, readable with and without colour."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from rich.console import Console
from typed_reading import article, claims, reading

from reportedly.export.table import show, summary
from reportedly.records import Reading


def printed(what: Reading, width: int = 80, colour: bool = False, **options: bool) -> str:
    stream = io.StringIO()
    system = "truecolor" if colour else None
    console = Console(file=stream, width=width, color_system=system, force_terminal=colour, highlight=False)  # type: ignore[arg-type]
    show(what, console, **options)
    return stream.getvalue()


def words_of(shown: str) -> str:
    """What is printed as one line of words, without the bar beside a sentence."""
    return " ".join(shown.replace("│", " ").split())


def test_a_claim_shows_chain_stance_event_stage_where_when_and_how_many() -> None:
    """An analyst finds the route, the stance, the act, how far it got, the place, the day, the number, the source's role."""
    shown = words_of(printed(reading()))
    for words in (
        "Ivo Tarn (army spokesman) asserts",
        "Ana Ruiz (nurse) → Radio Uno asserts",
        "bombing · accomplished",
        "Red Dawn Front denies",
        "accomplished · negated",
        "attack · foiled · possible",
        "killed ≥ 12 soldiers",
        "where Quellin, Ostreva, XQ (exact place)",
        "when 2025-03-10 (day)",
        "car bomb (explosive)",
        "Meridian Post · 2025-03-11",
        "4 claims in 2 incidents",
        "by Red Dawn Front (denied)",
    ):
        assert words in shown


def test_evidence_is_marked_with_signs_where_there_is_no_colour() -> None:
    """Piped output has no escape codes; the trigger, the cue, the source and the rest are told apart by signs."""
    shown = words_of(printed(reading()))
    assert "\x1b" not in shown
    assert "a {car bomb} *blew up* at the depot in {Quellin}, [army spokesman Ivo Tarn] _said_." in shown
    assert "marked: [source] _cue_ *event*" in shown


def test_colour_changes_no_word() -> None:
    """With colour the same words stand there, without the signs."""
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", printed(reading(), colour=True))
    assert "a car bomb blew up at the depot" in words_of(coloured)


@pytest.mark.parametrize("width", [24, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """The table keeps to the width that there is, down to a very narrow one, and leaves no blanks at line ends."""
    lines = printed(reading(), width=width, explain=True, statements=True).splitlines()
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_hostile_text_is_inert() -> None:
    """Escape codes, markup and overrides in a report come out as plain text."""
    text = "Blast [red]hits[/red]\n\nGunmen \x1b[31mshot\x07 a \u202eman, [bold]police[/bold] :smile: said."
    hop = claims()[3].attribution.chain[0]
    claim = claims()[3]
    start = text.index("Gunmen")
    sentence = msgspec.structs.replace(claim.sentence, start=start, end=len(text), text=text[start:])
    attribution = msgspec.structs.replace(
        claim.attribution, chain=(msgspec.structs.replace(hop, name="[red]P\x1b[2J"),)
    )
    hostile = reading(
        article=article(text, outlet="\x1b]0;owned\x07"),
        statements=(),
        claims=(msgspec.structs.replace(claim, sentence=sentence, attribution=attribution),),
    )
    shown = printed(hostile, colour=False)
    assert not set("\x1b\x07\u202e") & set(shown)
    assert "[bold]police[/bold] :smile:" in words_of(shown)
    assert "[red]P" in shown


def test_explain_gives_rule_and_words() -> None:
    """With `explain`, a value is followed by the rule that gave it and the words that it stands on."""
    assert "why factuality.stage = accomplished" in printed(reading(), explain=True)
    assert "why" not in printed(reading())


def test_a_report_without_a_claim_says_so() -> None:
    """A report about no incident has its head and one clear line."""
    assert "no claim of an incident" in printed(reading(claims=(), statements=()))


def test_a_summary_has_a_line_for_each_report() -> None:
    """The summary counts claims and incidents of each report and of all."""
    stream = io.StringIO()
    summary([reading(), reading(claims=())], Console(file=stream, width=100, color_system=None))
    shown = stream.getvalue()
    assert shown.count("Meridian Post") == 2
    assert "4 claims in 2 incidents, 2 reports" in shown
