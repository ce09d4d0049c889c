"""What the parser gets wrong and is mended: our own sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.pipeline import Reader
from reportedly.stages.drafts import Annotated
from tests.conftest import typed_article

Annotate = Callable[..., Annotated]


def test_an_act_bears_the_name_of_its_place(reader: Reader) -> None:
    """The model takes Manchester for a person there; a murder has the name of the murdered, who is a person."""
    for text, whom, where in (
        ("The Manchester suicide bombing shocked the country.", [], ["Manchester"]),
        ("The Kennedy assassination shocked the country.", ["Kennedy"], []),
    ):
        (reading,) = reader.read([typed_article(text)])
        (event,) = [claim.event for claim in reading.claims if claim.event]
        assert ([r.name for r in event.recipients], [p.name for p in event.places]) == (whom, where)


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("The army has been accused by rights groups of burning villages.", [("burn", "villages")]),
        ("The army was accused of bombing schools.", [("bomb", "schools")]),
        (
            "The rebels were accused of shelling hospitals and burning homes.",
            [("shell", "hospitals"), ("burn", "homes")],
        ),
        ("The council spoke of burning villages.", []),
        ("She saw burning villages.", []),
    ],
)
def test_what_somebody_is_accused_of_is_a_deed(annotated: Annotate, text: str, deeds: list[tuple[str, str]]) -> None:
    """Its object hangs on it, and it on "accused of"; burning villages elsewhere are villages that burn."""
    doc = annotated(text).doc
    found = [t for t in doc if t.dep_ == "dobj" and t.head.tag_ == "VBG" and t.head.dep_ in ("pcomp", "conj")]
    assert [(t.head.lemma_, t.text) for t in found] == deeds
    assert all(t.head.head.lower_ in ("of", "shelling") and t.sent.text == text for t in found)


def test_a_wanted_man_acts_himself(reader: Reader) -> None:
    """ "A man wanted for violating his parole killed two officers": the parser gives the deed to the parole."""
    (reading,) = reader.read([typed_article("A man wanted for violating his parole killed two officers on Monday.")])
    (event,) = [claim.event for claim in reading.claims if claim.event]
    assert ([a.name for a in event.actors], [r.name for r in event.recipients]) == (["A man"], ["two officers"])


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Gunmen killed a judge, a clerk, a sheriff's deputy and an agent.", 4),
        ("The blast killed a teacher, a priest and three soldiers.", 3),
        ("The blast killed a teacher, a mother of two.", 1),
    ],
)
def test_a_list_is_no_description(annotated: Annotate, text: str, whom: int) -> None:
    """ "A teacher, a priest and three soldiers": the priest is somebody else."""
    doc = annotated(text).doc
    first = next(token for token in doc if token.dep_ == "dobj")
    assert 1 + len([t for t in first.subtree if t.dep_ == "conj"]) == whom


def test_what_was_plotted_beside_a_murder_was_plotted(annotated: Annotate) -> None:
    """ "He admitted to having plotted to kill a guard and then attack a base"."""
    doc = annotated(
        "A man who admitted to having plotted to execute a guard and then attack a police station was held."
    ).doc
    attack = next(token for token in doc if token.lower_ == "attack")
    assert attack.head.lower_ == "execute"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("ON 4 MAY THE ULMO BANK WAS BOMBED.", True),
        ("THE MINISTER SAID THAT ON 4 MAY GUERRILLAS KILLED TWO NUNS.", True),
        ("THE MINISTER SAID THAT GUERRILLAS MAY HAVE KILLED TWO NUNS.", False),
        ("THE MINISTER SAID THAT 24 MAY HAVE DIED IN THE BOMBED BANK.", None),
    ],
)
def test_a_day_of_may_leaves_nothing_open(reader: Reader, text: str, sure: bool | None) -> None:
    """The month, before a finite verb; "24 may have died" is the other word."""
    (reading,) = reader.read([typed_article(text)])
    months = {claim.event.date.mention.text for claim in reading.claims if claim.event and claim.event.date}
    certain = {claim.factuality.certainty == "certain" for claim in reading.claims if claim.factuality}
    assert bool(months) is (sure is True)
    assert sure is None or certain == {sure}


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("The judge appointed to investigate the killings was threatened on Tuesday.", "threatened"),
        ("The boy shot in the market died on Monday.", "died"),
        ("The man arrested him and was shot.", "arrested"),
        ("For two weeks, prosecutors charged the guard with murder and Orlin fired his chief.", "charged"),
    ],
)
def test_a_participle_says_who(annotated: Annotate, text: str, root: str) -> None:
    """ "The judge appointed to …" is no sentence yet: its verb comes later."""
    assert next(token.text for token in annotated(text).doc if token.dep_ == "ROOT") == root
