"""The words of an argument as MUC-4's fills: without articles and numbers, a person's name apart from what the person is."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

SMALL = {
    word: number
    for number, word in enumerate(
        [
            "ONE",
            "TWO",
            "THREE",
            "FOUR",
            "FIVE",
            "SIX",
            "SEVEN",
            "EIGHT",
            "NINE",
            "TEN",
            "ELEVEN",
            "TWELVE",
            "THIRTEEN",
            "FOURTEEN",
            "FIFTEEN",
            "SIXTEEN",
            "SEVENTEEN",
            "EIGHTEEN",
            "NINETEEN",
            "TWENTY",
        ],
        1,
    )
} | {"BOTH": 2, "DOZEN": 12, "THIRTY": 30, "FORTY": 40, "FIFTY": 50}
DETERMINERS = frozenset(
    [
        "THE",
        "A",
        "AN",
        "HIS",
        "HER",
        "THEIR",
        "ITS",
        "OUR",
        "MY",
        "THIS",
        "THAT",
        "THESE",
        "THOSE",
        "ALL",
        "SOME",
        "ANY",
        "SEVERAL",
        "MANY",
        "VARIOUS",
        "NUMEROUS",
        "OTHER",
        "OTHERS'",
        "ANOTHER",
        "MORE",
        "A-NUMBER",
        "ONLY",
        "ALSO",
        "AS",
        "LEAST",
        "AT",
        "MOST",
        "UP",
        "TO",
        "APPROXIMATELY",
        "ABOUT",
        "ALMOST",
        "NEARLY",
        "AROUND",
        "OVER",
        "THAN",
        "MORE",
        "FEWER",
        "EVEN",
        "OF-THE",
        "EACH",
        "BOTH",
        "FIRST",
        "SECOND",
    ]
)
LONGEST = 5
"""Words of a name."""
TITLES = frozenset(
    [
        "COL",
        "GEN",
        "DR",
        "MSGR",
        "MONSIGNOR",
        "FR",
        "LT",
        "SGT",
        "MAJ",
        "CAPT",
        "ENG",
        "MR",
        "MRS",
        "MISS",
        "MS",
        "PROF",
        "SEN",
        "REP",
        "GOV",
        "CPL",
        "DEP",
    ]
)
PLACED = frozenset(
    ["OF", "IN", "AT", "FROM", "ON", "NEAR", "WITH", "FOR", "WHO", "WHICH", "THAT", "BELONGING", "LOCATED", "TRAVELING"]
)
GENERIC = frozenset(
    [
        "PEOPLE",
        "PERSON",
        "PERSONS",
        "VICTIM",
        "VICTIMS",
        "DEAD",
        "INJURED",
        "WOUNDED",
        "MAN",
        "MEN",
        "WOMAN",
        "WOMEN",
        "MEMBER",
        "MEMBERS",
        "INDIVIDUAL",
        "INDIVIDUALS",
        "CIVILIAN",
        "CIVILIANS",
        "CASUALTIES",
        "CASUALTY",
        "BODY",
        "BODIES",
        "DEATHS",
        "LEADER",
        "OFFICER",
        "OFFICIAL",
        "OTHERS",
        "HOSTAGES",
        "HOSTAGE",
    ]
)
"""Words for people in general."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A phrase without what stands before its first word of substance."""

    text: str
    number: str | None
    """As MUC-4 writes it: ``3``, ``~30``, ``23-``; None where none is given."""


def bare(words: str) -> Bare:
    """The phrase without leading articles, numbers and quantifiers, in capitals."""
    tokens = re.sub(r"-{2,}", "-", re.sub(r"\s+", " ", words)).strip(" ,;:.-").upper().split()
    number, about, least, skip = None, False, False, 0
    for token in tokens:
        value = _value(token)
        if value is None and token not in DETERMINERS and not (token in ("OF", "OR") and skip):
            break  # "one of the houses", "three or four people"
        about |= token in ("APPROXIMATELY", "ABOUT", "ALMOST", "NEARLY", "AROUND")
        least |= token in ("LEAST", "MORE", "OVER") and number is None
        number = value if number is None else number
        skip += 1
    rest = tokens[skip:]
    text = " ".join(rest)
    if text.count('"') % 2:
        text = text.strip('"')
    if text.count("(") != text.count(")"):
        text = re.sub(r"\s*\([^()]*$", "", text)
    if text.count("[") != text.count("]"):
        text = re.sub(r"^[^\[]*\]\s*|\s*\[[^\[\]]*$", "", text)
    shown = None if number is None else f"{'~' if about else ''}{number}{'-' if least else ''}"
    return Bare(text.strip(" ,;:.-"), shown)


def _value(token: str) -> int | None:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})*", token):
        return int(token.replace(",", ""))
    return SMALL.get(token)


def head(text: str) -> str:
    """The head word of a phrase: the last before what places it."""
    tokens = text.split()
    end = next((k for k, token in enumerate(tokens) if k and token in PLACED), len(tokens))
    return tokens[end - 1].strip(',;:()[]"') if tokens else ""


def plural(text: str) -> bool:
    """Whether the head word is one of many."""
    word = head(text)
    if word.endswith(("SS", "US", "AS", "IS")) or word in ("HEADQUARTERS", "BARRACKS"):
        return False
    return word in (
        "PEOPLE",
        "MEN",
        "WOMEN",
        "CHILDREN",
        "POLICEMEN",
        "POLICE",
        "PERSONNEL",
        "TROOPS",
        "POPULATION",
        "PEASANTRY",
    ) or word.endswith(("S", "MEN"))


def named(text: str, roles: Container[str], person: bool = False) -> tuple[str, str]:
    """What a person is and what the person is called: ``("SENATOR", "ANA DE LA TORRE")`` of "SENATOR ANA DE LA TORRE".

    Args:
        text: a phrase in capitals.
        roles: words for what people are, in small letters: a name stands after the last of them.
        person: whether it is known to stand for one person; a name alone is one.
    """
    tokens = [token.strip("()[]\"',;:") for token in re.split(r",| - ", text)[0].split()]
    last = max((k for k, token in enumerate(tokens) if token in TITLES or is_role(token, roles)), default=-1)
    name = tokens[last + 1 :]
    bad = (
        not name
        or len(name) > LONGEST
        or any(token in PLACED or not re.fullmatch(r"[A-Z][A-Z'.-]*", token) for token in name)
    )
    if bad or (last < 0 and not person):
        return text, ""
    return " ".join(tokens[: last + 1]), " ".join(name)


def is_role(token: str, roles: Container[str]) -> bool:
    """Whether a word says what somebody is, or what several are."""
    word = token.lower().removesuffix("'s")
    return (
        word in roles
        or (word.endswith("s") and word[:-1] in roles)
        or (word.endswith("men") and word[:-2] + "an" in roles)
    )
