"""The values that the head learns, in the order of its outputs. The names are the codebook's."""

from typing import get_args

from reportedly.records import Certainty, EventType, SourceKind, Stage, Stance

STANCES: tuple[Stance, ...] = get_args(Stance)
KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
EVENTS: tuple[EventType, ...] = get_args(EventType)
STAGES: tuple[Stage, ...] = get_args(Stage)
ARGUMENTS = ("actors", "recipients", "places", "times")
"""What belongs to an act: who, to whom, where, when."""
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
