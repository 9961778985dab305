"""What moves when a publication date is entered or corrected: shown first, and applied only after that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.choices import Basis, Priority, Status
from tracker.rules.due_dates import Anchor, DueDate, Timescale, due_date, first_chase_on
from tracker.rules.standing import Standing, is_overdue
from tracker.rules.working_days import Calendar
from tracker.rules.written_dates import counted

STANDS = frozenset({Basis.CHOSEN, Basis.PRINTED})  # neither depends on the publication date


@dataclass(frozen=True)
class Dated:
    """One action's dates as they stand. `key` is whatever the caller knows the action by, and comes back as it is.

    `accepted_on` and `status` say whether a moved date makes the action overdue; an action that is not accepted yet
    has no `accepted_on`.
    """

    key: Any
    original: date | None
    agreed: date | None
    basis: Basis
    agreed_by_person: bool
    extended: bool
    timescale: Timescale
    heading: str | None = None
    printed: date | None = None
    status: Status = Status.NOT_STARTED
    accepted_on: date | None = None


@dataclass(frozen=True)
class Movement:
    """What would become of one action's dates, and why. `found` carries the new basis, priority and explanation."""

    key: Any
    original_before: date | None
    original_after: date | None
    agreed_before: date | None
    agreed_after: date | None
    becomes_overdue: bool
    explanation: str
    found: DueDate


def movements(
    rows: Iterable[Dated],
    *,
    anchor: Anchor | None,
    calendar: Calendar,
    as_at: date,
    default: Timescale | None = None,
    anchor_before: date | None = None,
    period_days: int = 5,
) -> tuple[Movement, ...]:
    """The rows whose dates move with the new anchor, in their order; the others are left out.

    A date a person chose is never overwritten. The agreed date follows the original only where no person set it and
    no extension was granted. `anchor_before` is the publication date until now, `period_days` the first-response
    period in working days; both only decide what becomes overdue.
    """
    after = _Clock(anchor.on if anchor else None, calendar, as_at, period_days)
    before = replace(after, publication=anchor_before)
    found = []
    for row in rows:
        new = due_date(
            row.timescale, heading=row.heading, anchor=anchor, calendar=calendar, printed=row.printed, default=default
        )
        original, agreed = _moved(row, new, default)
        if (original, agreed) != (row.original, row.agreed):
            late = after.is_late(row, agreed, new.priority) and not before.is_late(row, row.agreed, new.priority)
            found.append(Movement(row.key, row.original, original, row.agreed, agreed, late, new.explanation, new))
    return tuple(found)


def movement_sentence(moved: Iterable[Movement]) -> str:
    """One sentence over all of them: 14 dates move, 3 become overdue. A first date is set and does not move."""
    all_moved = tuple(moved)
    if not all_moved:
        return "No date moves."
    first = sum(movement.original_before is None and movement.agreed_before is None for movement in all_moved)
    overdue = sum(movement.becomes_overdue for movement in all_moved)
    becoming = counted(overdue, "becomes", "become") if overdue else "none becomes"
    kinds = ((first, "date is set", "dates are set"), (len(all_moved) - first, "date moves", "dates move"))
    told = ", ".join(counted(*kind) for kind in kinds if kind[0])
    return f"{told}, {becoming} overdue."


def _moved(row: Dated, new: DueDate, default: Timescale | None) -> tuple[date | None, date | None]:
    """The original and the agreed date once the new date is known."""
    if row.basis in STANDS or (row.basis is Basis.DEFAULT and default is None) or new.on == row.original:
        return row.original, row.agreed
    return new.on, row.agreed if row.agreed_by_person or row.extended else new.on


@dataclass(frozen=True)
class _Clock:
    """What decides whether a date is overdue: the publication date, the day, and the first-response period."""

    publication: date | None
    calendar: Calendar
    as_at: date
    period_days: int

    def is_late(self, row: Dated, due: date | None, priority: Priority) -> bool:
        """Whether the row would be overdue with that date."""
        chase_from = first_chase_on(
            priority=priority,
            due=due,
            publication=self.publication,
            accepted_on=row.accepted_on or self.as_at,
            period_days=self.period_days,
            calendar=self.calendar,
        )
        return is_overdue(Standing(row.status, due, chase_from=chase_from), as_at=self.as_at)
