"""group: acts that one report joins or tells apart by who did them, to whom, and in what row of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from spacy.language import Language

from reportedly.pipeline import Reader
from reportedly.records import Reading
from tests.conftest import typed_article

Read = Callable[..., Reading]
PUBLISHED = "2025-03-05"  # a Wednesday
JOINED: list[tuple[str, Sequence[str], Sequence[str], str]] = [
    (
        "who was held hostage is who was kidnapped",
        ("Two teachers were kidnapped in Kolva on Monday.", "The rebels held them hostage for three days, he said."),
        ("kidnapped", "held them hostage"),
        "aa",
    ),
    (
        "the attackers are those of the attack just told",
        ("Gunmen attacked a convoy near Kolva.", "The attackers then opened fire on a bus, police said."),
        ("attacked", "opened fire"),
        "aa",
    ),
    (
        "a murdered leader is one whose murder was told",
        (
            "Maria Paz was killed on Monday.",
            "Farm workers in Brend, where the murdered leader grew up, went on strike.",
        ),
        ("killed", "murdered"),
        "aa",
    ),
    (
        "an army may be the rebels' own",
        (
            "Lord's Resistance Army rebels killed a farmer and two of his brothers in Kitgum.",
            "The farmer and his brothers were killed by the Lord's Resistance Army near a well.",
        ),
        ("killed a farmer", "killed by"),
        "aa",
    ),
    (
        "another bomb that leads the report is what it is about",
        ("Another bomb exploded at a market in Kolva.", "Several men threw a bomb at the stalls, police said."),
        ("exploded", "threw"),
        "aa",
    ),
    (
        "who was wounded elsewhere was wounded in what was just told",
        (
            "Gunmen attacked a convoy near Kolva on Monday.",
            "Elsewhere, a car bomb exploded in the town of Marend. Four people were injured and a house was damaged.",
        ),
        ("attacked", "exploded", "injured"),
        "abb",
    ),
    (
        "what they confessed to are two acts, each done to its own",
        ("Four men confessed to the murder of Ana Ruiz and to the bombing of the Central Bank.",),
        ("murder", "bombing"),
        "ab",
    ),
    (
        "a row of two crimes, without a second preposition",
        (
            "A judge acquitted him of masterminding the murder of Carlos Hoyos and the kidnapping of Mayor Andrea Prado.",
        ),
        ("murder", "kidnapping"),
        "ab",
    ),
    (
        "meanwhile somebody else was attacked",
        (
            "Gunmen attacked a convoy near Kolva.",
            "Gunmen killed three farmers. Meanwhile, gunmen shot two teachers.",
        ),
        ("killed three", "shot two"),
        "ab",
    ),
    (
        "two murders in one town",
        (
            "Radio announcer Diego Vargas was killed in Marend on Monday.",
            "It came hours after gunmen shot Judge Hector Prado in Marend.",
        ),
        ("killed", "shot"),
        "ab",
    ),
]


@pytest.fixture(scope="module")
def read(parser: Language) -> Read:
    """Reads a text typed by hand, as the pipeline does."""
    reader = Reader()
    reader.__dict__["parser"] = parser

    def go(*paragraphs: str) -> Reading:
        return next(iter(reader.read([typed_article("\n\n".join(paragraphs), PUBLISHED, None)])))

    return go


def incidents(reading: Reading, *words: str) -> str:
    """The incident of the claim that each of `words` begins with the trigger of, numbered a, b, c by first mention."""
    seen: dict[str | None, str] = {}
    told = [(claim.event.trigger, claim.incident_id) for claim in reading.claims if claim.event]
    out = ""
    for word in words:
        at = reading.article.text.index(word)
        found = [incident for trigger, incident in told if trigger.start < at + len(word) and at < trigger.end]
        assert found, f"no claim at {word!r}: {[trigger.text for trigger, _ in told]}"
        out += seen.setdefault(found[0], "abcdefgh"[len(seen)])
    return out


@pytest.mark.parametrize(("paragraphs", "words", "wanted"), [row[1:] for row in JOINED], ids=[row[0] for row in JOINED])
def test_acts_are_joined_or_told_apart(
    read: Read, paragraphs: Sequence[str], words: Sequence[str], wanted: str
) -> None:
    assert incidents(read(*paragraphs), *words) == wanted
