"""What to say to somebody who asked and found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.entries import Question
from reportedly.export.evidence import inert

if TYPE_CHECKING:
    from reportedly.ledger.questions import Holdings


def nothing(held: Holdings, question: Question, location: str) -> str:
    """A few lines: what the ledger holds, and what to try.

    Args:
        held: what it holds.
        question: what was asked.
        location: of the ledger, as it was named.
    """
    at = f" at {question.as_of}" if question.as_of else ""
    if not held.incidents:
        todo = "" if question.as_of else f"; feed it with: reportedly ingest SOURCES --ledger {location}"
        return inert(
            f"The ledger held no incident{at}." if question.as_of else f"The ledger holds no incident yet{todo}"
        )
    span = f", from {held.first} to {held.last}" if held.first and held.last else ""
    lines = [f"No incident fits. The ledger holds {held.incidents:,} of them{at}{span}, with {held.claims:,} claims."]
    for facet, names in held.names.items():
        if names:
            shown = ", ".join(name.upper() if facet == "country" else name for name in names)
            lines.append(
                f"{ {'country': 'Countries', 'actor': 'Actors', 'outlet': 'Outlets'}[facet] } named most: {shown}."
            )
    lines.append("Leave a condition out, or write a shorter part of a name.")
    return "\n".join(inert(line) for line in lines)
