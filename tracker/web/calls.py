"""Calls for updates before a meeting: what they ask of one person, and who has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from tracker.access import meetings_calling, own_actions
from tracker.models import Action, BoardMeeting, User
from tracker.services.calls import updated_since


@dataclass(frozen=True)
class Call:
    """A meeting's call for updates, the open actions it asks about, and those of them without one since."""

    meeting: BoardMeeting
    asked: tuple[Action, ...]
    waiting: tuple[Action, ...]

    @property
    def answered(self) -> int:
        """How many actions have had an update since the call."""
        return len(self.asked) - len(self.waiting)

    def owners(self) -> list["Owner"]:
        """The owners some of whose actions have no update yet, by name."""
        rows = sorted(self.waiting, key=lambda action: (str(action.owner), action.reference))
        return [Owner(owner, tuple(mine)) for owner, mine in groupby(rows, key=lambda action: action.owner)]

    @property
    def people(self) -> int:
        """How many owners are asked."""
        return len({action.owner_id for action in self.asked})


@dataclass(frozen=True)
class Owner:
    """An owner who has not answered for these actions."""

    person: User | None
    actions: tuple[Action, ...]


def call_of(meeting: BoardMeeting, actions: Any) -> Call | None:
    """What a meeting asks about among these actions (a query set): the open ones that have an owner. None: no call."""
    if meeting.called_at is None:
        return None
    rows = actions.open().filter(authority=meeting.authority_id, owner__isnull=False)
    told = updated_since(rows, meeting.called_at)
    asked = tuple(rows.select_related("owner", "authority").order_by("reference"))
    return Call(meeting, asked, tuple(action for action in asked if action.pk not in told))


def calls_to(person: User, on: date) -> list[Call]:
    """The calls that ask this person about open actions of their own, the next meeting first."""
    meetings: Iterable[BoardMeeting] = meetings_calling(person, on).select_related("authority")
    calls = (call_of(meeting, own_actions(person, on)) for meeting in meetings)
    return [call for call in calls if call and call.asked]
