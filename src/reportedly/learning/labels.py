"""The values that the head learns, in the order of its outputs. The names are the codebook's."""

from typing import get_args

from reportedly.records import Certainty, EventType, SourceKind, Stage, Stance

STANCES: tuple[str, ...] = get_args(Stance)
KINDS: tuple[str, ...] = get_args(SourceKind)
EVENTS: tuple[str, ...] = get_args(EventType)
STAGES: tuple[str, ...] = get_args(Stage)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
