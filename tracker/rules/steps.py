"""The steps within an action: how far they have come, which are overdue, in which order they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

Key = TypeVar("Key")


class Step(Protocol):
    """What the rules need to know of a step. Dates are days in Europe/London."""

    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Progress:
    """How many of an action's steps are done, and how many of the others are overdue."""

    done: int
    total: int
    overdue: int

    @property
    def open(self) -> int:
        """How many are still to be done."""
        return self.total - self.done

    def __str__(self) -> str:
        late = f", {self.overdue} overdue" if self.overdue else ""
        return f"{self.done} of {self.total} done{late}"


def is_late(step: Step, *, as_at: date) -> bool:
    """Whether the step is not done, has a date, and the day is after it."""
    return step.done_on is None and step.due_on is not None and as_at > step.due_on


def progress(steps: Iterable[Step], *, as_at: date) -> Progress:
    """How far the steps have come on that day; withdrawn ones are not for counting."""
    found = list(steps)
    return Progress(
        sum(step.done_on is not None for step in found), len(found), sum(is_late(step, as_at=as_at) for step in found)
    )


def reordered(order: Sequence[Key], key: Key, place: int) -> list[Key]:
    """The order with one of its keys at a place, counted from 1; a place beyond the ends is the end itself."""
    rest = [each for each in order if each != key]
    at = min(max(place, 1), len(order)) - 1
    return [*rest[:at], key, *rest[at:]]
