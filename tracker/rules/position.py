"""Where a plan stands on a day: the statement of totals, whose parts add up to all actions, and what stands out in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.choices import Status
from tracker.rules.standing import OPEN, Standing, is_overdue, is_overdue_against_original, late_after


@dataclass(frozen=True)
class Extended:
    """Extensions granted: how many, on how many actions, and the most that one action had."""

    granted: int
    actions: int
    most: int


@dataclass(frozen=True)
class Position:
    """A plan on a day. `by_status` is the partition: every action is in one status, so its counts add up to `total`.

    The other counts cut across it: `overdue` against the agreed date, `overdue_original` against the one first set,
    `late_sign_off` submitted and past the date, `undated` open without a date.
    """

    by_status: Mapping[Status, int]
    overdue: int
    overdue_original: int
    late_sign_off: int
    undated: int

    @property
    def total(self) -> int:
        """All actions."""
        return sum(self.by_status.values())


def position(plan: Iterable[Standing], *, as_at: date) -> Position:
    """Count a plan on a day; each row is looked at once, so that a long plan may come as a stream."""
    statuses, crossing = Counter[Status](), Counter[str]()
    for row in plan:
        statuses[row.status] += 1
        for name, applies in CROSSING.items():
            crossing[name] += applies(row, as_at)
    return Position(
        by_status={status: statuses[status] for status in Status}, **{name: crossing[name] for name in CROSSING}
    )


def _waits_late(row: Standing, as_at: date) -> bool:
    last = late_after(row)
    return row.status is Status.SUBMITTED and last is not None and as_at > last


CROSSING: dict[str, Callable[[Standing, date], bool]] = {
    "overdue": lambda row, as_at: is_overdue(row, as_at=as_at),
    "overdue_original": lambda row, as_at: is_overdue_against_original(row, as_at=as_at),
    "late_sign_off": _waits_late,
    "undated": lambda row, as_at: row.status in OPEN and row.due is None,
}


def extended(times: Sequence[int]) -> Extended:
    """Sum up extensions from how many each extended action was granted."""
    return Extended(granted=sum(times), actions=len(times), most=max(times, default=0))
