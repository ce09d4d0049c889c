"""Who somebody is, from the words beside a name: "Ana Ruiz, a former judge, was killed"; "the mechanic, Ana Ruiz, was killed"."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from evals._muc4_words import DETERMINERS, PLACED, head, plural

NAME = r"[A-Z][A-Z'-]+(?: (?:(?:DE|LA|DEL|LOS|Y) )*[A-Z][A-Z'.-]*){1,4}"
"""Two words at least: one alone may be anything."""
FORWARD = 3
"""Words before a role that go with it."""
LONGEST = 9
"""Words of an apposition."""
JOINS = frozenset(
    ["AND", "OR", "BUT", "BY", "TO", "THAT", "WAS", "WERE", "IS", "HAS", "HAD", "AGAINST", "KILLED", "TEXT"]
)


def description(name: str, text: str, is_role: Callable[[str], bool]) -> str:
    """What a text says that somebody with a name is; empty where it does not say so beside the name.

    Args:
        name: in capitals.
        text: in capitals, with single spaces.
        is_role: whether a word says what somebody is.
    """
    for found in re.finditer(rf"\b{re.escape(name)}\b", text):
        after = re.match(
            r"[\"\]]?,(?: \d\d,)? (?:(?:A|AN|THE|HIS|HER) )?([A-Z][^,.;:()\[\]]{2,80}?)(?:,|\.| WHO )",
            text[found.end() :],
        )
        if after and len(after[1].split()) <= LONGEST and is_role(head(after[1])) and not plural(after[1]):
            return after[1]
        before = _before(text[: found.start()], is_role)
        if before:
            return before
    return ""


def _before(text: str, is_role: Callable[[str], bool]) -> str:
    """ "FORMER LAW STUDENT" of "…KIDNAPPED A FORMER LAW STUDENT, "."""
    tokens = text[-120:].split(" ")[:-1] if text.endswith(" ") else []
    if not tokens or not is_role(tokens[-1].rstrip(",")) or plural(tokens[-1].rstrip(",")):
        return ""
    out = [tokens[-1].rstrip(",")]
    for token in reversed(tokens[-1 - FORWARD : -1]):
        if not re.fullmatch(r"[A-Z][A-Z'-]+|(?:[A-Z][.])+", token) or token in DETERMINERS | PLACED | JOINS:
            break
        out.insert(0, token)
    return " ".join(out)


def called(what: str, text: str, is_english: Callable[[str], bool], roles: Container[str]) -> str:
    """The name that stands beside a description in a text; empty where none does: "ANA RUIZ" of "the mechanic, Ana Ruiz, was killed".

    Args:
        what: in capitals.
        text: in capitals, with single spaces.
        is_english: whether a word in small letters stands in a dictionary.
        roles: words for what people are, in small letters.
    """
    found = re.search(rf"\b{re.escape(what)},? ({NAME})(?=[,.;]| (?:WAS|WERE|WHO|IN|AT|ON|AND|HAS|HAD)\b)", text)
    found = found or re.search(rf"\b({NAME}), (?:A|AN|THE|ONE OF THE)? ?{re.escape(what)}[,.]", text)
    if found is None or set(found[1].split()) & (PLACED | DETERMINERS | JOINS):
        return ""
    words = [word for word in found[1].split() if word not in ("DE", "LA", "DEL", "LOS", "Y")]
    strange = any(not is_english(word.lower()) for word in words)
    return found[1] if strange and not any(word.lower() in roles for word in words) else ""
