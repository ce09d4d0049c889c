"""What befell each recipient of an incident, as far as the claims tell: numbers, the word for the act, "unhurt"; never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from reportedly.entries import Dossier
from reportedly.export import facts
from reportedly.export.facts import Party
from reportedly.records import Claim, Event, Quantity, Recipient

Effect = Literal["killed", "wounded", "killed and wounded", "damaged", "unhurt", "unknown"]
_UNTOLD = ("denies", "questions", "declines_to_confirm", "warns")
_PEOPLE = (*facts.PEOPLE, "unknown")
_THINGS = ("infrastructure", "vehicle", "place", "organisation")
_DEADLY = ("killing",)
_RUINOUS = ("arson", "sabotage")
"""Types by whose definition a thing is damaged."""
_HARMS = ("killed", "wounded")


def effects(dossier: Dossier, parties: Sequence[Party], words: Mapping[str, Sequence[str]]) -> dict[str, Effect]:
    """Effect by the name of each of `parties`.

    Args:
        dossier: the incident.
        parties: its recipients.
        words: how a word for the act begins that tells an effect: ``killed``, ``wounded``, ``damaged``; words that damage what stands
            ``after`` or ``before`` them; and words for ``unhurt``.
    """
    found: dict[str, set[str]] = {party.name: set() for party in parties}
    if dossier.incident.stage in (*facts.HAPPENED, "attempted"):
        for testimony in facts.affirmed(dossier):
            claim = testimony.claim
            if claim.event is None or claim.attribution.stance in _UNTOLD:
                continue
            for whom in claim.event.recipients:
                if (name := facts.named(whom, found)) is not None:
                    found[name] |= _told(claim, claim.event, whom, words)
    return {name: _effect(told) for name, told in found.items()}


def one(claim: Claim, whom: Recipient, words: Mapping[str, Sequence[str]]) -> Effect:
    """What one claim says befell one of its recipients."""
    if claim.event is None or (claim.factuality is not None and claim.factuality.polarity == "negated"):
        return "unknown"
    return _effect(_told(claim, claim.event, whom, words))


def _effect(told: set[str]) -> Effect:
    harmed = [harm for harm in _HARMS if harm in told]
    if harmed:
        return "killed and wounded" if len(harmed) == len(_HARMS) else "killed" if "killed" in told else "wounded"
    return "damaged" if "damaged" in told else "unhurt" if "unhurt" in told else "unknown"


def _told(claim: Claim, event: Event, whom: Recipient, words: Mapping[str, Sequence[str]]) -> set[str]:
    stage = claim.factuality.stage if claim.factuality else "accomplished"
    if stage not in (*facts.HAPPENED, "attempted"):
        return set()
    done = stage in facts.HAPPENED
    act = event.trigger.text.casefold()
    found = {harm for harm in ("killed", "wounded", "damaged") if done and act.startswith(tuple(words[harm]))}
    if whom.kind not in _PEOPLE:
        found -= {*_HARMS}
        found |= (
            {"damaged"} if done and (event.event_type in _RUINOUS or _blown_up(claim, event, whom, words)) else set()
        )
        return found if whom.kind in _THINGS else set()
    found.discard("damaged")
    counts = _counts(event, whom)
    told = {q.kind for q in counts if facts.best(q)}
    own: set[str] = {kind for kind in _HARMS if kind in told}
    if own:  # "killed two soldiers and wounded five": the numbers say who fared how
        return own
    others = {q.kind for q in event.quantities if q.kind in _HARMS and facts.best(q)}
    if done and event.event_type in _DEADLY and not others:
        found.add("killed")
    found -= others  # the act's word is that of somebody else's number
    return found or ({"unhurt"} if _unhurt(claim, event, whom, words["unhurt"]) else set())


def _blown_up(claim: Claim, event: Event, whom: Recipient, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether the act's word has this thing as its object: right after it, or before a passive."""
    act, start = event.trigger.text.casefold(), claim.sentence.start
    if act in words["before"]:
        return whom.mention.end <= event.trigger.start
    between = claim.sentence.text[event.trigger.end - start : whom.mention.start - start]
    return act in words["after"] and event.trigger.end <= whom.mention.start and not between.strip()


def _counts(event: Event, whom: Recipient) -> list[Quantity]:
    """The numbers of dead and wounded that count this recipient."""
    low = {word.casefold() for word in (*whom.name.split(), *whom.mention.text.split())}
    alone = len([each for each in event.recipients if each.kind in _PEOPLE]) == 1
    alone = alone and whom.kind not in ("person", "government")
    return [q for q in event.quantities if q.kind in _HARMS and _of(q, low) and (alone or _overlap(q, whom))]


def _of(quantity: Quantity, words: set[str]) -> bool:
    """Whether what is counted is called as the recipient is, or not said."""
    return quantity.of is None or {*quantity.of.casefold().split()} <= words


def _overlap(quantity: Quantity, whom: Recipient) -> bool:
    one, other = quantity.mention, whom.mention
    return one.start < other.end and other.start < one.end


def _unhurt(claim: Claim, event: Event, whom: Recipient, words: Sequence[str]) -> bool:
    """Whether nobody was hurt, or the sentence goes on from this recipient to "unhurt" and names no other in between."""
    if any(q.kind == "wounded" and q.best == 0 for q in event.quantities) and not any(
        facts.best(q) for q in event.quantities if q.kind in _HARMS
    ):
        return True
    start = claim.sentence.start
    after = claim.sentence.text[max(0, whom.mention.end - start) :].casefold()
    places = [after.find(word) for word in words if word in after]
    if not places or not start <= whom.mention.start < claim.sentence.end:
        return False
    edge = whom.mention.end + min(places)
    others = [*(each.mention for each in event.recipients), *(each.mention for each in event.quantities)]
    return not any(whom.mention.end <= span.start < edge for span in others)
