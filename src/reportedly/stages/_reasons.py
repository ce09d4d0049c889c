"""Why a claim's event has its values: for each the rule and the words, for ``--explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.records import DOUBTFUL, Event, Quantity, Reason
from reportedly.stages.drafts import Annotated, Attributed
from reportedly.stages.gather import Gathered
from reportedly.stages.judge import Judged

UNLIKELY = 0.25
"""Below this probability a value is marked as doubtful; it is never dropped."""


def because(annotated: Annotated, item: Gathered, event: Event, judged: Judged) -> list[Reason]:
    """The reasons for the values of `event`, which was made from `item`, and for its factuality."""
    return [
        Reason(field="event.event_type", value=event.event_type, rule=item.draft.rule, words=event.trigger),
        *_participants(item, event),
        *_circumstances(event),
        *_left_out(annotated, item),
        *_factuality(annotated, judged, event),
    ]


def _participants(item: Gathered, event: Event) -> Iterator[Reason]:
    for number, actor in enumerate(event.actors):
        rule = item.draft.actors[number].rule if number < len(item.draft.actors) else "assemble.actor:claims-it"
        yield Reason(field=f"event.actors.{number}", value=actor.name, rule=rule, words=actor.mention)
    for number, recipient in enumerate(event.recipients):
        rule = item.draft.recipients[number].rule
        yield Reason(field=f"event.recipients.{number}", value=recipient.name, rule=rule, words=recipient.mention)
    for number, weapon in enumerate(event.weapons):
        yield Reason(
            field=f"event.weapons.{number}", value=weapon.category, rule="code.weapon:name", words=weapon.mention
        )


def _circumstances(event: Event) -> Iterator[Reason]:
    for number, place in enumerate(event.places):
        yield Reason(
            field=f"event.places.{number}", value=place.name, rule=f"gather.place:{place.role}", words=place.mention
        )
    if event.date is not None:
        value = f"{event.date.start}/{event.date.end}" if event.date.resolved else "unresolved"
        yield Reason(field="event.date", value=value, rule="date:against-publication", words=event.date.mention)
    for number, quantity in enumerate(event.quantities):
        value = f"{quantity.kind} {_number(quantity)}"
        yield Reason(
            field=f"event.quantities.{number}", value=value, rule=f"count:{quantity.kind}", words=quantity.mention
        )


def _left_out(annotated: Annotated, item: Gathered) -> Iterator[Reason]:
    for doubt in item.doubts:
        words = annotated.article.span(*doubt.at)
        yield Reason(
            field=f"event.{doubt.role}",
            value=f"not {words.text}",
            rule=f"head.unlikely:{doubt.likely:.2f}",
            words=words,
        )


def _number(quantity: Quantity) -> str:
    found = (quantity.best, quantity.low, quantity.high)
    return str(next((number for number in found if number is not None), "unknown"))


def _factuality(annotated: Annotated, judged: Judged, event: Event) -> Iterator[Reason]:
    for reason in judged.because:
        token = annotated.doc[reason.token]
        words = annotated.article.span(token.idx, token.idx + len(token.text))
        yield Reason(field=reason.field, value=reason.value, rule=reason.rule, words=words)
    told = {reason.field: reason.value for reason in judged.because}
    for name in ("stage", "polarity", "certainty"):
        field, value = f"factuality.{name}", str(getattr(judged.factuality, name))
        if told.get(field) != value:  # no word above the trigger says otherwise
            yield Reason(field=field, value=value, rule=f"judge.{name}:as-told", words=event.trigger)


def doubts(around: Sequence[Attributed], judged: Judged, event: Event) -> list[Reason]:
    """What the head finds unlikely, said as a reason; the value stands."""
    found = []
    if around and around[0].likely < UNLIKELY:
        found.append(("attribution", around[0].likely))
    elif around and around[0].stance_likely < UNLIKELY:
        found.append(("attribution.stance", around[0].stance_likely))
    if judged.likely is not None and judged.likely < UNLIKELY:
        found.append(("factuality.stage", judged.likely))
    return [Reason(field=f, value=DOUBTFUL, rule=f"head.doubt:{p:.2f}", words=event.trigger) for f, p in found]
