"""code: threats against people, and robberies at gunpoint."""

from __future__ import annotations

import pytest

from reportedly.pipeline import Reader
from tests.conftest import typed_article

TOLD = {
    "Two men riding a motorcycle threatened two clerks during the funeral.": [
        ("attack", "threatened", "Two men", "two clerks")
    ],
    "The judge was threatened on Tuesday.": [("attack", "threatened", "", "The judge")],
    "Gunmen threatened the mayor's wife with a pistol.": [
        ("armed_assault", "threatened", "Gunmen", "the mayor's wife")
    ],
    "The bishop received a death threat from the rebels.": [("killing", "threatened", "the rebels", "The bishop")],
    "Rebels made death threats against the teachers of Olmo.": [
        ("killing", "threatened", "Rebels", "teachers of Olmo")
    ],
    "The death threats against the bishop were made by telephone.": [("killing", "threatened", "", "the bishop")],
    "He called the threats against Father Olmo a disgrace.": [("attack", "threatened", "", "Olmo")],
    "Gunmen held up a bank in the capital.": [("looting", "accomplished", "Gunmen", "a bank")],
    "Masked men robbed a bank in the capital.": [("looting", "accomplished", "Masked men", "a bank")],
    "A man robbed a shop in Leeds.": [],
    "The deal is a threat to peace.": [],
    "Climate change is a threat against the poor harvest.": [],
    "The minister was threatened by the flood of imports.": [],
    "The president threatened his rivals with the sack.": [],
    "The storm threatened residents of the coast.": [],
}


@pytest.mark.parametrize("text", TOLD)
def test_who_threatens_whom(reader: Reader, text: str) -> None:
    """The type, how far it got, the first actor and the first recipient of each claim."""
    (reading,) = reader.read([typed_article(text)])
    found = [
        (
            claim.event.event_type,
            claim.factuality.stage,
            claim.event.actors[0].name if claim.event.actors else "",
            claim.event.recipients[0].name if claim.event.recipients else "",
        )
        for claim in reading.claims
        if claim.event is not None and claim.factuality is not None
    ]
    assert found == TOLD[text]
