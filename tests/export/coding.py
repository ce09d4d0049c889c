"""What the tests of the codes share: an incident whose claims say what the test says."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from typed_dossiers import made

from reportedly.entries import Dossier
from reportedly.records import (
    EventType,
    Quantity,
    QuantityKind,
    Recipient,
    RecipientKind,
    Span,
    Weapon,
    WeaponCategory,
)


def at(sentence: str, words: str) -> Span:
    """Where `words` stand in `sentence`."""
    start = sentence.index(words)
    return Span(start=start, end=start + len(words), text=words)


def whom(sentence: str, words: str, kind: RecipientKind) -> Recipient:
    """A recipient of `sentence`."""
    return Recipient(name=words, canonical_id=None, kind=kind, mention=at(sentence, words))


def number(sentence: str, words: str, kind: QuantityKind, best: int, of: str | None = None) -> Quantity:
    """A number of `sentence`."""
    mention = at(sentence, words)
    return Quantity(kind=kind, low=best, best=best, high=best, qualifier="exact", of=of, mention=mention)


def armed(*weapons: tuple[WeaponCategory, str]) -> dict[str, Any]:
    """Weapons of an incident and of its claims, for `said`."""
    mention = Span(start=0, end=1, text="x")
    told = tuple(Weapon(category=category, name=name, mention=mention) for category, name in weapons)
    return {"weapons": told}


def said(
    sentence: str, trigger: str, event_type: EventType = "bombing", *, stage: str = "accomplished", **event: Any
) -> Dossier:
    """An incident of one claim: `sentence`, with what its event holds.

    Args:
        sentence: the claim's words.
        trigger: its word for the act.
        event_type: of the event.
        stage: how far it got.
        event: further fields of the event.
    """
    base = made(event_type, stage, killed=None)  # type: ignore[arg-type]
    first = base.testimonies[0]
    assert first.claim.event is not None and first.claim.factuality is not None
    usual: dict[str, Any] = {"recipients": (), "quantities": (), "weapons": ()}
    told = replace(first.claim.event, trigger=at(sentence, trigger), event_type=event_type, **(usual | event))
    span = Span(start=0, end=len(sentence), text=sentence)
    claim = replace(first.claim, sentence=span, event=told, factuality=replace(first.claim.factuality, stage=stage))
    incident = replace(
        base.incident,
        recipients=tuple(each.name for each in told.recipients),
        weapons=tuple(dict.fromkeys(each.category for each in told.weapons)),
    )
    return replace(base, incident=incident, testimonies=(replace(first, claim=claim),))
