"""assemble: who tells of a deed of his own owns up to it, who says that he will do it threatens; and who asks, or answers, is no source of what is asked."""

from __future__ import annotations

import pytest

from reportedly.pipeline import Reader
from tests.conftest import typed_article

STANCES = {
    "In a letter from prison, Orrin Dass wrote that he had killed the judge.": ("admits", "Orrin Dass"),
    "The mercenary told the court that he had shot the unarmed man.": ("admits", "mercenary"),
    "The ministry said its aircraft had mistakenly bombed a wedding party.": ("admits", "ministry"),
    "Police said they shot the gunman.": ("asserts", "Police"),
    "The widow said he had shot two people.": ("asserts", "widow"),
    '"I did it, I set the fire," the accused shouted in the courtroom.': ("admits", "the accused"),
    "A spokesman for the Red Lance telephoned the paper to say it had kidnapped the consul.": (
        "claims_responsibility",
        "Red Lance",
    ),
    "A man who spoke for Thorn said that his group had bombed the train.": ("claims_responsibility", ""),
    "The group has threatened to execute its hostages.": ("warns", "group"),
    "The rebel leader vowed to attack the capital.": ("warns", "rebel leader"),
    "The widow wants to know whether her husband was tortured.": ("questions", "widow"),
    "The tribunal must determine whether the colonel ordered the shooting.": ("questions", "tribunal"),
    "The committee is examining how soldiers shot a farmer.": ("questions", "committee"),
    "The army spokesman, asked if the bridge had been blown up, nodded.": ("confirms", "army spokesman"),
    '"No comment," said the colonel when asked about the bombing of the mill.': ("declines_to_confirm", "colonel"),
    "Rights groups challenged the claim that the men were shot.": ("questions", "Rights groups"),
    "Two rival gangs each claimed to have shot the councillor.": ("claims_responsibility", "Two rival gangs"),
}


@pytest.mark.parametrize("text", STANCES)
def test_the_stance_of_a_claim_goes_by_whose_deed_it_is(reader: Reader, text: str) -> None:
    """One claim, its stance and who says it; "" where any name will do."""
    (reading,) = reader.read([typed_article(text)])
    (claim,) = reading.claims
    stance, name = STANCES[text]
    assert claim.attribution.stance == stance
    assert not name or claim.attribution.chain[0].name == name


def test_a_station_is_neither_a_telephone_nor_in_what_is_said(reader: Reader) -> None:
    """Nobody told the telephone; and "the Popular Fist" stands in what the caller says, whatever the head takes it for."""
    texts = {
        "It was us who shelled the bridge, an insurgent spokesman said by telephone.": ["an insurgent spokesman"],
        "An anonymous caller told the agency that the Popular Fist was behind the murder of the editor.": [
            "An anonymous caller",
            "agency",
        ],
    }
    for text, chain in texts.items():
        (reading,) = reader.read([typed_article(text)])
        assert [hop.name for hop in reading.claims[0].attribution.chain] == chain


def test_whoever_looks_into_an_act_did_not_do_it(reader: Reader) -> None:
    """Nor did a statement: it claims an attack for others."""
    for text in (
        "The police looked into the shooting of the priest.",
        "The army looked into the killing of nine farmers.",
        "The rebels' website carried a statement claiming the attack on the depot.",
    ):
        (reading,) = reader.read([typed_article(text)])
        assert [claim.event.actors for claim in reading.claims if claim.event is not None] == [()], text
