"""Numbers in words and figures, with what is said about how exact they are.

Works on lower-cased text. "At least 12" has a low and no high, "up to 40" a high and no low, "dozens" a low alone,
"10 to 15" both bounds and no best figure: what the words do not give is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.records import Qualifier

LARGEST = 2_000_000_000
MOST_WORDS = 12
"""How many words a number in words may have after its first."""
_OF = re.compile(r"\s+of\b")
_MODEL = re.compile(r"\b(?:ak|mig|rpg|boeing|airbus|galil|glock|caliber|calibre|[mg](?= ))(?: ?- ?| )$")
"""What a number after it is the model of: AK 47, M 16."""
LOOK_BACK = 40
"""How many characters before a number may hold its qualifier."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number: its place with the qualifier, its place without, and its bounds."""

    start: int
    end: int
    core: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    """The compiled patterns and tables."""

    number: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    vague: Mapping[str, int]
    sets: Mapping[str, int]
    """Nouns that are a number: a couple, a trio; both."""
    kinds: Mapping[str, str]
    """Qualifying words to at_least, above, at_most, below, about."""


def build(
    numbers: Mapping[str, int],
    multipliers: Mapping[str, int],
    vague: Mapping[str, int],
    sets: Mapping[str, int],
    qualifiers: Mapping[str, Sequence[str]],
    between: Iterable[str],
) -> NumberGrammar:
    """Compiles the grammar from the lexicon's tables."""
    figure = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
    word = _choice(numbers)
    times = _choice(multipliers)
    more = rf"(?:-|[ ])(?:{word}|{times}(?:[ ]and(?=[ ]{word}))?)\b"
    written = rf"(?:{word}|an?(?=[ ]{times}\b)|half[ ]a(?=[ ]dozen\b))(?:{more}){{0,{MOST_WORDS}}}"
    one = rf"(?:(?:{figure})(?:[ ](?:{times})\b)*|{written})"
    loose = _choice(vague)
    pair = rf"(?P<a>{one})(?:(?P<joint>[ ]?-[ ]?|[ ](?:to|or|and)[ ])(?P<b>{one}))?"
    number = rf"(?P<vague>{loose}\b)|(?P<set>(?:a[ ])?(?P<of>{_choice(sets)})\b)|{pair}"
    kinds = {words: kind for kind, group in qualifiers.items() for words in group}
    lead = rf"(?<!\w)(?P<q>{_choice(kinds)}|between|anywhere\s+between|(?:(?:anywhere|anything|ranging)\s+)?from)\s+(?:{_choice(between)}\s+)?$"
    return NumberGrammar(
        re.compile(number.replace("[ ]", r"\s")),
        re.compile(lead),
        re.compile(r"\s+or\s+(more|so)\b"),
        numbers,
        multipliers,
        vague,
        sets,
        kinds,
    )


def _choice(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest_first) + ")"


def read(grammar: NumberGrammar, text: str, at: int, floor: int) -> Numeral | None:
    """The number that begins at `at`, if one does, with its qualifier, which begins no earlier than `floor`."""
    match = grammar.number.match(text, at)
    if match is None or _continues(text, match.end()) or _MODEL.search(text[max(0, at - LOOK_BACK) : at]):
        return None
    lead = grammar.before.search(text[max(floor, at - LOOK_BACK) : at])
    start = at if lead is None else max(floor, at - LOOK_BACK) + lead.start()
    said = " ".join(lead["q"].split()) if lead is not None else ""
    if match["vague"]:
        low = grammar.vague[" ".join(match["vague"].split())]
        return Numeral(start if said in grammar.kinds else at, match.end(), at, low, None, None, "range")
    if match["set"]:
        many, known = grammar.sets[match["of"]], said in grammar.kinds
        if match["of"] == "couple" and _OF.match(text, match.end()):
            return Numeral(start if known else at, match.end(), at, None, many, None, "about")
        return Numeral(start if known else at, match.end(), at, many, many, many, "exact")
    first = value(grammar, match["a"])
    if match["b"] is not None:
        return _pair(grammar, match, start, at, said, first)
    if first is None:
        return None
    return _single(grammar, text, (start, match.end(), at), said, first)


def _continues(text: str, end: int) -> bool:
    """24-year-old, 3rd, 5:30, 12%: the figure is part of something else."""
    tail = text[end : end + 2]
    if not tail:
        return False
    return tail[0].isalnum() or tail[0] == "%" or (len(tail) == 2 and tail[0] in "-:./" and tail[1].isalnum())


def _pair(
    grammar: NumberGrammar, match: re.Match[str], start: int, at: int, said: str, first: int | None
) -> Numeral | None:
    second = value(grammar, match["b"])
    joint = match["joint"].strip()
    if first is None or second is None:
        return None
    if said == "from" and joint == "to":  # rose from 10 to 15: the second is the number now
        return Numeral(match.start("b"), match.end(), match.start("b"), second, second, second, "exact")
    if joint == "and" and not said.endswith("between"):
        return _single(grammar, match.string, (start, match.end("a"), at), said, first)
    if first >= second:
        return None
    return Numeral(start if said.endswith(("between", " from")) else at, match.end(), at, first, None, second, "range")


def _single(grammar: NumberGrammar, text: str, place: tuple[int, int, int], said: str, number: int) -> Numeral:
    start, end, core = place
    kind = grammar.kinds.get(said, "")
    more = grammar.after.match(text, end)
    if more is not None and not kind:
        end = more.end()
        kind = "at_least" if more[1] == "more" else "about"
    if not kind:
        return Numeral(core, end, core, number, number, number, "exact")
    if kind in ("at_least", "above"):
        least = number + (kind == "above")
        return Numeral(start, end, core, least, least, None, "at_least")
    if kind in ("at_most", "below"):
        most = number - (kind == "below")
        return Numeral(start, end, core, None, most, most, "at_most")
    return Numeral(start, end, core, None, number, None, "about")


def value(grammar: NumberGrammar, words: str) -> int | None:
    """The value of a number in words or figures; None where it is no whole number or too large to be one."""
    total = current = 0.0
    for word in re.split(r"[\s-]+", words):
        if word == "and":
            continue
        if word in ("a", "an"):
            current = current or 1
        elif word == "half":
            current = 0.5
        elif word in grammar.numbers:
            current += grammar.numbers[word]
        elif word in grammar.multipliers:
            current = (current or 1) * grammar.multipliers[word]
            if grammar.multipliers[word] >= 1000:
                total, current = total + current, 0
        else:
            current += float(word.replace(",", ""))
        if current > LARGEST:
            return None
    whole = total + current
    return int(whole) if whole == int(whole) and whole <= LARGEST else None
