"""How the numbers of one sentence stand to each other: which sum up, which are parts, which replace what was told before."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from reportedly.records import Claim, Event, Quantity, Span

WHOLE = frozenset({"people", "persons", "dead", "bodies", "others", "victims", "civilians", "casualties"})
"""Words under which all are counted, so that a number beside them of children or of policemen is a part."""
_JOINT = re.compile(
    r"(?:\s+[\w'’-]+){0,3}\s*(?:,\s*(?:and|as well as|along with|plus)?|and|as well as|along with|plus)\s*(?:at least\s*)?",
    re.IGNORECASE,
)
"""Between two numbers of one list."""
_ONLY_COMMA = re.compile(r"[^,]*,\s*")
_PART = re.compile(r"\b(?:including|counting|among(?:st)? (?:them|whom|those)|of (?:them|whom|those))\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of (?:them|whom|those)\b", re.IGNORECASE)
_TOLL = r"(?:tolls?|counts?|tally|figures?|numbers?)"
_MOVES = r"(?:rais|revis|ris|ros|climb|increas|jump|updat|lower|correct|grew|grown|soar|reach|cut)\w*"
_REVISED = re.compile(
    rf"\b{_TOLL}\b[^.;]{{0,80}}\b(?:{_MOVES}|up|down|now|later|since)\b[^.;]{{0,40}}$"
    rf"|\b(?:{_MOVES}|bring\w*|brought|taking|pushing)\b[^.;]{{0,40}}\b{_TOLL}\b[^.;]{{0,60}}$"
    r"|\b(?:now|later)\s+(?:say|says|said|put|puts|believe|confirmed|reported)\b[^;]{0,60}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"[^.;]{0,20}\b(?:up|down) from\b", re.IGNORECASE)
_OWN_FIGURE = re.compile(rf"\b(?:its|their|his|her)\s+(?:own\s+)?(?:\w+\s+)?{_TOLL}\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:initial(?:ly)?|preliminary|at first|previously|first (?:said|put|reported|gave|given|spoke|thought|counted)"
    r"|earlier (?:said|put|reported|reports?|tolls?|figures?|statements?|counts?)|had (?:earlier|first))\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more(?! than)|another|an? further|an? additional)\b", re.IGNORECASE)
_OVER_TIME = re.compile(
    r"\b(?:so far this (?:year|month)|(?:this|last) (?:year|month)|since (?!then\b)(?:\w+ ){0,4}?(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december|\d{4}|start|beginning|war|conflict|uprising|year|month)"
    r"|in the (?:past|last) (?:\w+ )?(?:weeks?|months?|years?))\b",
    re.IGNORECASE,
)
_COUNTED_TOLL = re.compile(rf"\b(?:{_TOLL}|total)\b", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*\d{1,3}\s*)?,?\s*(?:and|along with|as well as)\s*$")


def around(quantity: Quantity, claim: Claim) -> tuple[str, str] | None:
    """The words of the sentence before and after a number; None where the number stands elsewhere."""
    sentence, mention = claim.sentence, quantity.mention
    start, end = mention.start - sentence.start, mention.end - sentence.start
    if start < 0 or sentence.text[start:end] != mention.text:
        return None
    return sentence.text[:start], sentence.text[end:]


def revised(quantity: Quantity, claim: Claim) -> bool:
    """Whether the words say that this number replaces an older one: "the toll was later raised to 14", "14, up from nine"."""
    words = around(quantity, claim)
    if words is None or earlier(quantity, claim):
        return False
    return bool(_REVISED.search(words[0]) or _FROM.match(words[1]))


def earlier(quantity: Quantity, claim: Claim) -> bool:
    """Whether the words say that this number has been replaced: "police first said nine"."""
    words = around(quantity, claim)
    old = None if words is None else _EARLIER.search(words[0])
    if words is None or old is None:
        return False
    return _REVISED.search(words[0][old.end() - len(old[0]) :]) is None


def own_figure(claim: Claim) -> bool:
    """Whether a source revises only what it said itself: "raised its toll"."""
    return _OWN_FIGURE.search(claim.sentence.text) is not None


def increment(quantity: Quantity, claim: Claim) -> bool:
    """Two more people; another four: no number of all."""
    words = around(quantity, claim)
    near = quantity.mention.text if words is None else f"{words[0][-12:]}{quantity.mention.text}{words[1][:6]}"
    return _MORE.search(near) is not None


def over_time(quantity: Quantity, claim: Claim) -> bool:
    """Whether a toll is that of a war or of a year: "bringing to 300 the number killed this year"."""
    words = around(quantity, claim)
    if words is None:
        return False
    before, after = words[0][-80:], words[1][:80]
    return bool(_OVER_TIME.search(after) and _COUNTED_TOLL.search(f"{before}|{after}"))


def part(quantity: Quantity, claim: Claim) -> bool:
    """Three of them; including five policemen."""
    words = around(quantity, claim)
    if words is None:
        return False
    if _OF_THEM.match(words[1]) or _OF_THEM.search(quantity.mention.text):
        return True
    said = _PART.search(words[0][-45:])
    return said is not None and len(words[0][-45:][said.end() :].split()) <= 2


def summed(given: Sequence[Quantity], claim: Claim) -> list[Quantity]:
    """Each list of numbers of one sentence as one number: "12 soldiers and three civilians" are 15. A list of parts is left out, also
    one that comes to the number before it ("seven soldiers, four privates and three officers").

    Args:
        given: numbers of one kind in one claim.
        claim: gives them.
    """
    lists: list[list[Quantity]] = []
    for each in sorted(given, key=lambda q: q.mention.start):
        if lists and _joined(lists[-1][-1], each, claim):
            lists[-1].append(each)
        else:
            lists.append([each])
    lists = [
        [group[0]] if len(group) > 2 and group[0].best == _added([q.best for q in group[1:]]) else group
        for group in lists
    ]
    whole = [group for group in lists if not part(group[0], claim)] or lists
    return [_sum(group, claim) for group in whole]


def _joined(left: Quantity, right: Quantity, claim: Claim) -> bool:
    words = around(left, claim)
    if words is None or around(right, claim) is None or part(right, claim):
        return False
    between = words[1][: right.mention.start - left.mention.end]
    match = _JOINT.fullmatch(between)
    if match is None or (_ONLY_COMMA.fullmatch(between) and left.of is not None and left.of.casefold() in WHOLE):
        return False  # six people, two women and four children
    return (left.of or "").casefold() != (right.of or "").casefold() or left.low == right.low == 1


def _sum(group: Sequence[Quantity], claim: Claim) -> Quantity:
    if len(group) == 1:
        return group[0]
    low, best, high = (_added(values) for values in zip(*((q.low, q.best, q.high) for q in group), strict=True))
    start, end = group[0].mention.start, group[-1].mention.end
    text = claim.sentence.text[start - claim.sentence.start : end - claim.sentence.start]
    exact = low is not None and low == best == high
    return Quantity(
        kind=group[0].kind,
        low=low,
        best=best,
        high=high,
        qualifier="exact" if exact else "at_least" if high is None and low is not None else "about",
        of=None,
        mention=Span(start=start, end=end, text=text),
    )


def _added(values: Sequence[int | None]) -> int | None:
    """The sum, where every one is known."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def with_named(quantity: Quantity, claim: Claim, event: Event) -> Quantity:
    """`quantity` and who is named right before it: "Colonel Jassim and two bodyguards" are three."""
    words = around(quantity, claim)
    if words is None or quantity.qualifier != "exact":
        return quantity
    joint = _AND.search(words[0])
    if joint is None:
        return quantity
    end = claim.sentence.start + joint.start()
    named = [r for r in event.recipients if r.mention.start < end == r.mention.end and _is_name(r.mention.text)]
    if not named:
        return quantity
    start = min(r.mention.start for r in named)
    span = Span(
        start=start,
        end=quantity.mention.end,
        text=claim.sentence.text[start - claim.sentence.start : quantity.mention.end - claim.sentence.start],
    )
    more = {name: None if value is None else value + 1 for name, value in _bounds(quantity).items()}
    return msgspec.structs.replace(quantity, **more, of=None, mention=span)


def _bounds(quantity: Quantity) -> dict[str, int | None]:
    return {"low": quantity.low, "best": quantity.best, "high": quantity.high}


def _is_name(text: str) -> bool:
    """Two capitalised words at its end, and no number or article: one person by name."""
    words = text.split()
    return len(words) > 1 and all(w[:1].isupper() for w in words[-2:]) and words[0].casefold() not in ("the", "a", "an")
