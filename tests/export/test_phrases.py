"""Phrases: a code or a bound in words that cannot be misread."""

from __future__ import annotations

import pytest
from typed_reading import claims, span

from reportedly.export import phrases
from reportedly.records import EventDate, Quantity


@pytest.mark.parametrize(
    ("first", "last", "prec", "words"),
    [
        ("2016-02-03", "2016-02-03", 1, "2016-02-03 (day)"),
        ("2016-02-01", "2016-02-29", 4, "February 2016 (month)"),
        ("2016-02-01", "2016-02-28", 4, "2016-02-01 – 2016-02-28 (month)"),
        ("2016-01-01", "2016-12-31", 5, "2016 (more than a month)"),
        (None, "2016-05-01", 5, "until 2016-05-01 (more than a month)"),
    ],
)
def test_a_date_names_its_days_and_its_precision(first: str | None, last: str, prec: int, words: str) -> None:
    """A whole month or year is named as such; anything else gives both days."""
    when = EventDate(start=first, end=last, date_prec=prec, resolved=True, mention=span("Monday"))
    assert phrases.date(when) == words


def test_an_unresolved_date_keeps_its_words() -> None:
    """A date that nothing resolves is shown as the words, and as unresolved."""
    when = EventDate(start=None, end=None, date_prec=None, resolved=False, mention=span("Monday"))
    assert phrases.date(when) == "“Monday” (unresolved)"


@pytest.mark.parametrize(
    ("low", "best", "high", "qualifier", "words"),
    [
        (12, 12, 12, "exact", "killed 12"),
        (12, 12, None, "at_least", "killed ≥ 12"),
        (None, 40, 40, "at_most", "killed ≤ 40"),
        (14, None, 40, "range", "killed 14–40"),
        (300, 300, 300, "about", "killed about 300"),
        (0, 0, 0, "exact", "killed 0"),
        (None, None, None, "range", "killed unknown"),
        (1200, 1200, 1200, "exact", "killed 1,200"),
    ],
)
def test_a_quantity_says_its_bounds(
    low: int | None, best: int | None, high: int | None, qualifier: str, words: str
) -> None:
    """At least, at most, about and a range are told apart; an unknown number is never 0."""
    many = Quantity(
        kind="killed",
        low=low,
        best=best,
        high=high,
        qualifier=qualifier,
        of=None,
        mention=span("12 soldiers"),  # type: ignore[arg-type]
    )
    assert phrases.quantity(many) == words


def test_groups_number_the_claims_as_they_are_shown() -> None:
    """Claims are numbered through the groups, from 1; incidents stand in the order of the text."""
    found = phrases.groups(tuple(reversed(claims())))
    assert [number for group in found for number, _ in group.claims] == [1, 2, 3, 4]
    assert [group.incident_id for group in found] == ["i-1", "i-2"]
