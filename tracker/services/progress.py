"""How a plan came to where it stands: the history of its actions, told by when which move was made, and no body read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from tracker.access import visible, visible_happenings
from tracker.choices import EventKind, Status
from tracker.models import Extension, User
from tracker.rules.periods import Looks, looks
from tracker.rules.progress import PHASES, Course, Granted, Phase, Point, agreed_of, phases_of, points
from tracker.rules.workflow import MOVES
from tracker.services.moves import EVENTS

# The phase an action is in after each kind of move, and the one it was in before: a plan that was brought in from
# elsewhere began with actions under way or closed.
AFTER: dict[str, Phase] = {kind.value: PHASES[MOVES[move].to] for move, kind in EVENTS.items()}
BEFORE: dict[str, Phase] = {kind.value: PHASES[MOVES[move].before[0]] for move, kind in EVENTS.items()}
REOPENED = EventKind.ACTION_REOPENED.value


@dataclass(frozen=True)
class Progress:
    """A plan on several days: up to `looks.present` as it was, from there on only what will be due.

    `first` is the day of its first action; `later` the number of actions due after the last day looked at, by the
    dates agreed now; `undated` those without any date. Neither counts what was set aside.
    """

    looks: Looks
    points: tuple[Point, ...]
    first: date
    later: int
    undated: int

    @property
    def present(self) -> Point:
        """The plan today."""
        return self.points[self.looks.present]


MoveMade = tuple[str, datetime]  # a move of an action: its kind, the moment


class Placed(NamedTuple):
    """An action as the picture needs it: in the plan since a day, its status, and both dates."""

    since: date
    status: Status
    original: date | None
    agreed: date | None

    @property
    def dues(self) -> tuple[date | None, date | None]:
        """Both dates."""
        return self.original, self.agreed


def progress_of(actions: Any, *, user: User, on: date) -> Progress | None:
    """How these actions, which the person may see, came to where they stand; None where there are none. Four queries."""
    read = actions.order_by().values_list("pk", "accepted_on", "status", "original_due", "agreed_due")
    rows = {number: Placed(since, Status(status), *dues) for number, since, status, *dues in read}
    if not rows:
        return None
    moved, granted = _moves(actions, user, on), _granted(actions, user, on)
    courses = [course(row, moved[number], granted[number], on) for number, row in rows.items()]
    kept = [row.dues for row in rows.values() if PHASES[row.status] is not Phase.ASIDE]
    first = min(min(row.since for row in rows.values()), on)
    days = looks(first, on, max((due for dues in kept for due in dues if due), default=None))
    return Progress(
        looks=days,
        points=points(courses, days.days),
        first=first,
        later=sum(1 for _, agreed in kept if agreed and agreed > days.days[-1]),
        undated=sum(1 for _, agreed in kept if agreed is None),
    )


def _moves(actions: Any, user: User, on: date) -> dict[int, list[MoveMade]]:
    found: dict[int, list[MoveMade]] = defaultdict(list)
    told = visible_happenings(user, on, AFTER).filter(subject_id__in=actions.order_by().values("pk"))
    for number, kind, at in told:
        found[number].append((kind, at))
    return found


def _granted(actions: Any, user: User, on: date) -> dict[int, list[Granted]]:
    found: dict[int, list[Granted]] = defaultdict(list)
    rows = visible(Extension, user, on).filter(granted=True, action__in=actions.order_by().values("pk"))
    for number, *extension in rows.order_by("decided_at").values_list("action", "decided_at", "from_due", "to_due"):
        found[number].append(Granted(*extension))
    return found


def course(row: Placed, moved: list[MoveMade], granted: list[Granted], on: date) -> Course:
    """One action's way through the plan up to the day `on`, by its moves and extensions, in order."""
    last = PHASES[row.status]
    first = BEFORE[moved[0][0]] if moved else last
    reopened = [at for kind, at in moved if kind == REOPENED]
    return Course(
        phases=phases_of(row.since, [(at, AFTER[kind]) for kind, at in moved], first=first, last=last, on=on),
        original=row.original,
        agreed=agreed_of(row.original, row.agreed, granted=granted, reopened=reopened),
    )
