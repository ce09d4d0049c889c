"""date: Annotated -> the date mentions of the article, in order, resolved against its publication date.

A mention's words are the date without its preposition. What cannot be resolved (a relative date where the publication
date is not known, "two weeks earlier" with nothing to stand on, a day that no calendar has) is kept with its words and
``resolved: false``. Precision codes are UCDP's (``docs/reference.md``).

`expressions` finds more: times of day, durations, what comes back. They date no event; but "in the past three days" is a duration that
is anchored, and therefore a date as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day

from reportedly.records import Article, EventDate, Span
from reportedly.stages._calendar import Stretch
from reportedly.stages._date_anchors import Pending, anchored
from reportedly.stages._date_checks import Reading, is_date, is_name, tense
from reportedly.stages._date_grammar import UNDATED, Grammar
from reportedly.stages._date_measures import Kind, Measure, kind_of, measure
from reportedly.stages._date_rules import Context, resolve
from reportedly.stages._date_words import DateWords, dated, whole
from reportedly.stages._lowered import lowered
from reportedly.stages.drafts import Annotated

__all__ = ["DateWords", "Expression", "date", "expressions"]
TELLS_NO_DAY = frozenset(rule for rule, _ in UNDATED)


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of any kind."""

    kind: Kind
    mention: Span
    date: EventDate | None
    """What it says of the day of an event; None where it says nothing of it: a duration, a time of day, "recently"."""
    named: Stretch | None
    """The days that its own words name: the month of "since January"."""
    measure: Measure


def date(annotated: Annotated, words: DateWords) -> tuple[EventDate, ...]:
    """Every date mention in the sentences of `annotated`, in order."""
    return tuple(found.date for found in _found(annotated, words, dated(words)) if found.date is not None)


def expressions(annotated: Annotated, words: DateWords) -> tuple[Expression, ...]:
    """Every time expression in the sentences of `annotated`, in order."""
    return tuple(_found(annotated, words, whole(words)))


def _found(annotated: Annotated, words: DateWords, grammar: Grammar) -> Iterator[Expression]:
    lower = lowered(annotated.article.text)
    published = annotated.article.publication_date
    today = Day.fromisoformat(published) if published else None
    earlier: list[Stretch] = []
    for sentence in annotated.sentences:
        here: list[Stretch] = []
        if grammar.anchor.search(lower, sentence.tokens.start_char, sentence.tokens.end_char):
            reader = Reading(annotated, sentence, lower, today, words)
            pending, found = list(_matches(reader, grammar)), list[Expression]()
            for number, item in enumerate(pending):
                found.append(_read(reader, item, pending[number + 1 :], (*earlier, *here)))
                if found[-1].named is not None and found[-1].kind in ("date", "time"):
                    here.append(found[-1].named)
            yield from _with_hours(annotated.article, found)
        earlier = [] if sentence.headline else here


def _matches(reader: Reading, grammar: Grammar) -> Iterator[Pending]:
    """What the grammar matches in the sentence and the checks let pass."""
    start, end = reader.sentence.tokens.start_char, reader.sentence.tokens.end_char
    for match in grammar.any_rule.finditer(reader.lower, start, end):
        rule, pattern = grammar.rules[match.lastgroup or ""]
        parts = pattern.match(reader.lower, match.start(), end)
        if parts is None or rule == "name":
            continue
        first, last = parts.span()
        groups = {key: value for key, value in parts.groupdict().items() if value is not None}
        if is_name(reader, first, last) or not is_date(reader, rule, groups, first, last):
            continue
        context = Context(reader.today, tense(reader, first), reader.words)
        yield Pending(rule, groups, first, last, resolve(rule, groups, context))


def _read(reader: Reading, item: Pending, following: Sequence[Pending], before: Sequence[Stretch]) -> Expression:
    first, last, found = item.first, item.last, item.found
    named = anchored(reader, item, following, before) if found.unit else found.stretch
    while last > first and not reader.article.text[last - 1].strip():
        last -= 1
    mention, lower = reader.article.span(first, last), reader.lower[first:last]
    day = None if item.rule in TELLS_NO_DAY else _event_date(mention, _since(reader, first, last, named))
    kind = kind_of(item.rule, lower, reader.words, anchored=named is not None)
    told = Measure() if item.rule == "anchored" and named else measure(item.rule, item.groups, lower, reader.words)
    return Expression(kind, mention, day, named, told)


def _with_hours(article: Article, found: Iterable[Expression]) -> Iterator[Expression]:
    """ "16:00 on Monday" is an hour of that Monday, and "16:00 Monday" one expression."""
    hour: Expression | None = None
    for item in found:
        if hour is not None:
            between = article.text[hour.mention.end : item.mention.start].split()
            if item.kind == "date" and between in ([], [","], ["on"], [",", "on"]):
                hour = replace(hour, named=item.named)
                if not between:
                    hour = replace(hour, mention=article.span(hour.mention.start, item.mention.end), date=item.date)
            yield hour
            if hour.date is not None:
                hour = None
                continue
        hour = item if item.measure.clock else None
        if hour is None:
            yield item
    if hour is not None:
        yield hour


def _event_date(mention: Span, stretch: Stretch | None) -> EventDate:
    if stretch is None:
        return EventDate(start=None, end=None, date_prec=None, resolved=False, mention=mention)
    return EventDate(
        start=stretch.first.isoformat(),
        end=stretch.last.isoformat(),
        date_prec=stretch.date_prec,
        resolved=True,
        mention=mention,
    )


def _since(reader: Reading, first: int, last: int, stretch: Stretch | None) -> Stretch | None:
    """A date after "since" opens a stretch that runs to the publication date; in "since 2009, when …" what was then is told, too."""
    if stretch is None or reader.today is None or reader.before(first) != "since" or stretch.first > reader.today:
        return stretch
    if reader.lower[last : last + 6].lstrip(" ,").startswith("when"):
        return stretch
    return Stretch(stretch.first, reader.today)
