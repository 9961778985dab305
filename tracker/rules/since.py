"""What has happened to an action between two moments, as a board asks: new, closed, reopened, its date moved.

An action is told by its state at both moments (as the trail keeps it) and by what was done to it in between: a return
that was followed by a new submission shows in no state, and is movement all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tracker.choices import EventKind, Status
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


@dataclass(frozen=True)
class Told:
    """One action over the time: as it was (None: it was not in the plan yet), as it is, and what was done to it."""

    before: State | None
    after: State
    kinds: frozenset[str]

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
}


def movements(told: Told) -> tuple[Movement, ...]:
    """Every movement of the action in that time, in the order of the list."""
    return tuple(movement for movement, applies in APPLIES.items() if applies(told))
