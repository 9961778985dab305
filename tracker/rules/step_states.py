"""How a step of the statutory clock stands on a day."""

from datetime import date
from enum import Enum


class StepState(Enum):
    """Met (in time or late), still ahead, behind without a word that it was done, or without a date."""

    MET = "met"
    AHEAD = "ahead"
    BEHIND = "behind"
    UNKNOWN = "unknown"


def state_of(due: date | None, met_on: date | None, *, as_at: date) -> StepState:
    """A step that was met is met, whatever its date; one due today is still ahead."""
    if met_on is not None:
        return StepState.MET
    if due is None:
        return StepState.UNKNOWN
    return StepState.AHEAD if due >= as_at else StepState.BEHIND
