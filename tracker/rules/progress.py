"""Where a plan stood on each of several days, and what was due by then. Plain values in, points out.

An action's place on a past day is what it was on that day: what was returned or reopened since was closed or submitted
then. A due date that was agreed later counts from the day it was agreed on; the original date counts throughout.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import accumulate
from typing import TypeVar

from tracker.choices import Status
from tracker.rules.london import day_of
from tracker.rules.standing import OPEN

T = TypeVar("T")


class Phase(Enum):
    """The four heights of the picture: every status belongs to one."""

    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    ASIDE = "aside"


PHASES: dict[Status, Phase] = {
    **dict.fromkeys(OPEN, Phase.OPEN),
    Status.SUBMITTED: Phase.SUBMITTED,
    Status.CLOSED: Phase.CLOSED,
    Status.SUPERSEDED: Phase.ASIDE,
    Status.NOT_APPLICABLE: Phase.ASIDE,
}


@dataclass(frozen=True)
class Course:
    """One action's way through the plan.

    `phases`: from which day on it was in which phase; the first is the day it came into the plan. `agreed`: from which
    day on which date was agreed, the first without a beginning (date.min). Both in order; of several on one day the
    last counts.
    """

    phases: tuple[tuple[date, Phase], ...]
    original: date | None
    agreed: tuple[tuple[date, date | None], ...]


@dataclass(frozen=True)
class Point:
    """The plan at the end of a day: how many actions stood where, and how many not set aside were due by then."""

    on: date
    counts: Mapping[Phase, int]
    due_original: int
    due_agreed: int

    @property
    def total(self) -> int:
        """All actions that count: open, submitted and closed."""
        return sum(number for phase, number in self.counts.items() if phase is not Phase.ASIDE)


@dataclass(frozen=True)
class Granted:
    """An extension that moved the agreed date: when it was granted, from which date to which."""

    at: datetime
    from_due: date
    to_due: date


class Heights:
    """A plan's heights, summed up action by action; the days to look at are chosen when all are in."""

    def __init__(self) -> None:
        self._steps = {kind: Counter[date]() for kind in (*Phase, "original", "agreed")}

    def add(self, course: Course, times: int = 1) -> None:
        """The share of so many actions that went this way."""
        for kind, since, until in _stretches(course):
            self._steps[kind][since] += times
            self._steps[kind][until] -= times

    def at(self, days: Sequence[date]) -> tuple[Point, ...]:
        """The plan at the end of each of the days, which are in order and none twice."""
        heights = {kind: _summed(found, days) for kind, found in self._steps.items()}
        return tuple(
            Point(day, {phase: heights[phase][n] for phase in Phase}, heights["original"][n], heights["agreed"][n])
            for n, day in enumerate(days)
        )


def points(courses: Iterable[Course], days: Sequence[date]) -> tuple[Point, ...]:
    """The plan of these actions at the end of each of the days, which are in order and none twice."""
    heights = Heights()
    for course in courses:
        heights.add(course)
    return heights.at(days)


def _stretches(course: Course) -> Iterable[tuple[Phase | str, date, date]]:
    """From which day until before which the action adds one to a height."""
    for since, until, phase in _spans(course.phases):
        yield phase, since, until
        if phase is Phase.ASIDE:
            continue
        if course.original:
            yield "original", min(max(since, course.original), until), until
        for begun, ended, due in _spans(course.agreed):
            if due and max(since, begun, due) < min(until, ended):
                yield "agreed", max(since, begun, due), min(until, ended)


def _spans(changes: Sequence[tuple[date, T]]) -> Iterable[tuple[date, date, T]]:
    """Each change with the day before which the next one ends it; the last has no end."""
    ends = [*(day for day, _ in changes[1:]), date.max]
    return ((day, end, value) for (day, value), end in zip(changes, ends, strict=True))


def _summed(steps: Mapping[date, int], days: Sequence[date]) -> list[int]:
    """The sum of the steps up to each of the days."""
    rises = [0] * (len(days) + 1)  # the last is for what comes after all of them
    for day, step in steps.items():
        rises[bisect_left(days, day)] += step
    return list(accumulate(rises[:-1]))


def phases_of(
    since: date, moves: Sequence[tuple[datetime, Phase]], *, first: Phase, last: Phase, on: date
) -> tuple[tuple[date, Phase], ...]:
    """The phases of an action that came into the plan on `since` as `first` and is `last` on the day `on`.

    `moves` are its changes in order, each with the phase after it. What the record says today is the last word.
    """
    changes = [(since, first), *((max(since, day_of(at)), phase) for at, phase in moves)]
    if changes[-1][1] is not last:
        changes.append((max(on, changes[-1][0]), last))
    return tuple(changes)


def agreed_of(
    original: date | None, agreed: date | None, *, granted: Sequence[Granted], reopened: Sequence[datetime]
) -> tuple[tuple[date, date | None], ...]:
    """Which date was agreed from which day on, told by what moves one: an extension granted, an action reopened.

    The date before the first of them is the one it was extended from, or the original; the last is the date now.
    """
    moves: list[tuple[datetime, Granted | None]] = sorted(
        [*((each.at, each) for each in granted), *((at, None) for at in reopened)], key=lambda move: move[0]
    )
    if not moves:
        return ((date.min, agreed),)
    first = moves[0][1]
    before = first.from_due if first else original
    # A date agreed at a reopening is the one that the next extension was granted from.
    following = [each.from_due if each else agreed for _, each in moves[1:]]
    after = [each.to_due if each else later for (_, each), later in zip(moves, [*following, agreed], strict=True)]
    return ((date.min, before), *((day_of(at), due) for (at, _), due in zip(moves, [*after[:-1], agreed], strict=True)))
