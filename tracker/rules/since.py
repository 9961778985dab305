"""What has happened to an action between two moments, as a board asks: new, closed, reopened, its date moved.

An action is told by its state at both moments (as the trail keeps it) and by what was done to it in between: a return
that was followed by a new submission shows in no state, and is movement all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from tracker.choices import Delivery, EventKind, Impact, Status
from tracker.rules.standing import UNRATED

State = Mapping[str, Any]


class Movement(Enum):
    """The ways in which a plan moves between two meetings, in the order in which a paper lists them."""

    NEW = "New in the plan"
    CLOSED = "Signed off and closed"
    REOPENED = "Reopened"
    RETURNED = "Returned to the owner"
    DATED = "Given a first due date"
    DATE_MOVED = "Due date moved"
    OWNER_CHANGED = "Owner changed"
    LOWERED = "Rating lowered by a person"
    LIFTED = "Lowered rating lifted"
    LEFT = "Superseded or no longer applicable"
    RESTORED = "Brought back into the plan"
    RATING_UP = "Delivery rating up"
    RATING_DOWN = "Delivery rating down"
    IMPACT_UP = "Impact rating up"
    IMPACT_DOWN = "Impact rating down"
    FALLEN = "Has become overdue"
    SILENT = "Silent: no news for a while"


class Stood(NamedTuple):
    """How an action stood on a day by the rules: what time alone may change, without anything being done."""

    delivery: Delivery | None = None
    is_overdue: bool = False
    is_silent: bool = False


@dataclass(frozen=True)
class Between:
    """How an action stood at both moments; `before` is None where it was not in the plan yet."""

    before: Stood | None
    after: Stood


@dataclass(frozen=True)
class Told:
    """One action over the time: as it was (None: it was not in the plan yet), as it is, and what was done to it.

    `stood` is there where it is known how it stood at both moments; without it, no rating and no silence is told.
    """

    before: State | None
    after: State
    kinds: frozenset[str]
    stood: Between | None = None

    def was(self, name: str) -> Any:
        """A field as it was; None for an action that was not there."""
        return self.before.get(name) if self.before else None

    def became(self, status: Status, kind: EventKind) -> bool:
        """It has the status now and did not have it then, or was given it again in between."""
        return self.after["status"] == status and (self.was("status") != status or kind in self.kinds)


def _left(told: Told) -> bool:
    return told.after["status"] in UNRATED and told.was("status") not in UNRATED


def _changed(told: Told, name: str) -> bool:
    return told.before is not None and told.was(name) != told.after[name]


# From low to high. Green and grey stand side by side: a start is no better rating. Closed is told as closed.
HEIGHTS = {Delivery.RED: 0, Delivery.AMBER: 1, Delivery.GREY: 2, Delivery.GREEN: 2}
IMPACTS = tuple(Impact)


def _rose(told: Told) -> int:
    """How far the delivery rating rose (below nought: fell) between two ratings that can be compared."""
    if told.stood is None or told.stood.before is None:
        return 0
    before, after = told.stood.before.delivery, told.stood.after.delivery
    return HEIGHTS[after] - HEIGHTS[before] if before in HEIGHTS and after in HEIGHTS else 0


def _gained(told: Told) -> int:
    """How far the impact rating rose (below nought: fell)."""
    before, after = told.was("impact"), told.after.get("impact")
    return IMPACTS.index(Impact(after)) - IMPACTS.index(Impact(before)) if before and after else 0


def _fell_overdue(told: Told) -> bool:
    stood = told.stood
    return bool(stood and stood.after.is_overdue and not (stood.before and stood.before.is_overdue))


Applies = Callable[[Told], bool]
APPLIES: dict[Movement, Applies] = {
    Movement.NEW: lambda told: told.before is None,
    Movement.CLOSED: lambda told: told.became(Status.CLOSED, EventKind.ACTION_SIGNED_OFF),
    Movement.REOPENED: lambda told: EventKind.ACTION_REOPENED in told.kinds,
    Movement.RETURNED: lambda told: EventKind.ACTION_RETURNED in told.kinds,
    Movement.DATED: lambda told: _changed(told, "agreed_due") and not told.was("agreed_due"),
    Movement.DATE_MOVED: lambda told: _changed(told, "agreed_due") and bool(told.was("agreed_due")),
    Movement.OWNER_CHANGED: lambda told: _changed(told, "owner"),
    Movement.LOWERED: lambda told: bool(told.after["lowered_to"]) and not told.was("lowered_to"),
    Movement.LIFTED: lambda told: bool(told.was("lowered_to")) and not told.after["lowered_to"],
    Movement.LEFT: _left,
    Movement.RESTORED: lambda told: EventKind.ACTION_RESTORED in told.kinds and told.after["status"] not in UNRATED,
    Movement.RATING_UP: lambda told: _rose(told) > 0,
    Movement.RATING_DOWN: lambda told: _rose(told) < 0,
    Movement.IMPACT_UP: lambda told: _gained(told) > 0,
    Movement.IMPACT_DOWN: lambda told: _gained(told) < 0,
    Movement.FALLEN: _fell_overdue,
    Movement.SILENT: lambda told: bool(told.stood and told.stood.after.is_silent),
}
# What is known only where it is known how the action stood at both moments.
STANDING = (Movement.RATING_UP, Movement.RATING_DOWN, Movement.FALLEN, Movement.SILENT)


def movements(told: Told) -> tuple[Movement, ...]:
    """Every movement of the action in that time, in the order of the list."""
    return tuple(movement for movement, applies in APPLIES.items() if applies(told))
