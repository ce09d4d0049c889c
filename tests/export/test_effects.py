"""What befell each recipient: by its own numbers and the word for the act; never by somebody else's fate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coding import number, said, whom
from msgspec.structs import replace
from shapes import row

from reportedly.entries import Dossier
from reportedly.export.columns import shape
from reportedly.export.tables import claim_rows, incident_row
from reportedly.export.targets import targets


def befell(dossier: Dossier) -> list[str]:
    return [target.effect for target in targets(dossier)]


def test_each_has_the_number_that_counts_it() -> None:
    """Of one act two fared differently."""
    words = "The blast killed two soldiers and wounded five pupils near a bank."
    dossier = said(
        words,
        "killed",
        recipients=(
            whom(words, "two soldiers", "military"),
            whom(words, "five pupils", "civilians"),
            whom(words, "a bank", "infrastructure"),
        ),
        quantities=(
            number(words, "two soldiers", "killed", 2, "soldiers"),
            number(words, "five pupils", "wounded", 5, "pupils"),
        ),
    )
    assert befell(dossier) == ["killed", "wounded", "unknown"]
    columns = [column.name for column in shape("claims").columns]
    assert next(claim_rows(dossier))[columns.index("recipient_effects")] == ("killed", "wounded", "unknown")
    assert dict(zip((c.name for c in shape("incidents").columns), incident_row(dossier), strict=True))[
        "recipient_effects"
    ] == (
        "killed",
        "wounded",
        "unknown",
    )


def test_dead_and_wounded_of_one_kind() -> None:
    """Who is counted under both is both."""
    words = "The blast killed three shoppers and wounded nine."
    numbers = (number(words, "three shoppers", "killed", 3, "shoppers"), number(words, "nine", "wounded", 9))
    dossier = said(words, "killed", recipients=(whom(words, "three shoppers", "civilians"),), quantities=numbers)
    assert befell(dossier) == ["killed and wounded"]


def test_the_toll_of_others_is_not_one_mans() -> None:
    """A mayor who was attacked is not among the dead because some are counted."""
    words = "They attacked the mayor and three bystanders died."
    dossier = said(
        words,
        "attacked",
        "attack",
        recipients=(whom(words, "the mayor", "government"),),
        quantities=(number(words, "three bystanders", "killed", 3, "bystanders"),),
    )
    assert befell(dossier) == ["unknown"]


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "words", "recipient", "wanted"),
    [
        ("They murdered the judge.", "murdered", "killing", "the judge", "government", "killed"),
        ("They wounded the judge.", "wounded", "attack", "the judge", "government", "wounded"),
        ("They attacked the judge.", "attacked", "attack", "the judge", "government", "unknown"),
        ("They destroyed the mill.", "destroyed", "sabotage", "the mill", "infrastructure", "damaged"),
        ("They torched the mill.", "torched", "arson", "the mill", "infrastructure", "damaged"),
        ("They blew up the mill.", "blew up", "bombing", "the mill", "infrastructure", "damaged"),
        ("It blew up near the mill.", "blew up", "bombing", "the mill", "infrastructure", "unknown"),
        ("The mill was blown up.", "blown up", "bombing", "The mill", "infrastructure", "damaged"),
        ("The judge escaped unhurt as they fired.", "fired", "attack", "The judge", "government", "unhurt"),
    ],
)
def test_the_word_for_the_act(sentence: str, trigger: str, kind: Any, words: str, recipient: Any, wanted: str) -> None:
    """Where it tells what befell somebody, it does; a blast beside a mill has not damaged it as far as is said."""
    assert befell(said(sentence, trigger, kind, recipients=(whom(sentence, words, recipient),))) == [wanted]


@pytest.mark.parametrize("stage", ["planned", "foiled", "threatened", "hypothetical"])
def test_what_did_not_happen_befell_nobody(stage: str) -> None:
    """A plan to murder has killed nobody."""
    words = "They would have murdered the judge."
    dossier = said(words, "murdered", "killing", stage=stage, recipients=(whom(words, "the judge", "government"),))
    assert befell(dossier) == ["unknown"]


def test_who_was_tried_to_be_killed_was_not() -> None:
    """Of an attempt the word for the act tells nothing."""
    words = "They tried and murdered the judge not."
    dossier = said(
        words, "murdered", "killing", stage="attempted", recipients=(whom(words, "the judge", "government"),)
    )
    assert befell(dossier) == ["unknown"]


def test_unhurt_is_who_stands_before_it() -> None:
    """The word belongs to the recipient that it follows, not to one named before."""
    words = "They shot at the driver, and the judge escaped unhurt."
    harmed = (whom(words, "the driver", "civilians"), whom(words, "the judge", "government"))
    assert befell(said(words, "shot at", "attack", recipients=harmed)) == ["unknown", "unhurt"]


def test_nobody_was_hurt() -> None:
    """A number of wounded that is 0, with no dead, says so of people and not of walls."""
    words = "A grenade was thrown at shoppers by a church; nobody was hurt."
    harmed = (whom(words, "shoppers", "civilians"), whom(words, "a church", "infrastructure"))
    dossier = said(words, "thrown", recipients=harmed, quantities=(number(words, "nobody", "wounded", 0),))
    assert befell(dossier) == ["unhurt", "unknown"]


def test_a_denied_death_is_none() -> None:
    """What is negated, or denied by who says it, tells nothing."""
    words = "They murdered the judge."
    dossier = said(words, "murdered", "killing", recipients=(whom(words, "the judge", "government"),))
    first = dossier.testimonies[0]
    denied = replace(first.claim, attribution=replace(first.claim.attribution, stance="denies"))
    assert befell(replace(dossier, testimonies=(replace(first, claim=denied),))) == ["unknown"]


def test_gtd_knows_of_damage(tmp_path: Path) -> None:
    """1 where a thing was damaged, with its name; nothing where no report says so."""
    words = "They destroyed the mill."
    (tmp_path / "a").mkdir()
    found = row(
        tmp_path, "gtd", said(words, "destroyed", "sabotage", recipients=(whom(words, "the mill", "infrastructure"),))
    )
    assert (found["property"], found["propcomment"]) == ("1", "the mill")
    other = row(tmp_path / "a", "gtd", said(words, "destroyed", "attack"))
    assert (other["property"], other["propcomment"]) == (None, None)


def test_the_incidents_shorter_name_is_the_claims_longer_one() -> None:
    """An incident tells recipients without article and number; their claims are found all the same."""
    words = "They murdered two Turkish reporters."
    dossier = said(words, "murdered", "killing", recipients=(whom(words, "two Turkish reporters", "civilians"),))
    shorter = replace(dossier, incident=replace(dossier.incident, recipients=("Turkish reporters",)))
    assert [(t.party.kind, t.gtd, t.effect, t.country) for t in targets(shorter)] == [("civilians", 10, "killed", "TR")]
