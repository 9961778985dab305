"""The figures of a board's page, each with the list behind it, and the plan's movement in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tracker.choices import Status
from tracker.models import Action, Authority
from tracker.rules.authority_settings import read_settings
from tracker.rules.position import Extended, Position
from tracker.rules.since import STANDING, Movement, State
from tracker.rules.standing import is_overdue, is_silent
from tracker.rules.written_dates import counted, short_date
from tracker.services.movement import Moved


@dataclass(frozen=True)
class Figure:
    """A count in words, and the address of the list it counts."""

    words: str
    number: int
    address: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One action in a list of movement."""

    number: int
    reference: str
    what: str
    detail: str


@dataclass(frozen=True)
class Group:
    """The actions that moved in one way."""

    words: str
    lines: tuple[Line, ...]


def _listing(authority: Authority) -> Callable[..., str]:
    """Addresses of the list of actions, narrowed to the authority."""
    return lambda **narrowed: f"{reverse('actions')}?{urlencode({'authority': authority.pk, **narrowed})}"


def totals(authority: Authority, found: Position) -> list[Figure]:
    """The statement of totals: one figure a status; together they are all actions."""
    listed = _listing(authority)
    return [Figure(str(status.label), number, listed(status=status)) for status, number in found.by_status.items()]


def exceptions(authority: Authority, found: Position, extended: Extended, asked: int) -> list[Figure]:
    """What stands out: counts that cut across the totals."""
    listed = _listing(authority)
    note = f"on {counted(extended.actions, 'action', 'actions')}" if extended.granted else ""
    if extended.most > 1:
        note += f", up to {extended.most} times on one"
    submitted = found.by_status[Status.SUBMITTED]
    waits = f"of {submitted} awaiting sign-off" if submitted else ""
    return [
        Figure("Overdue against the agreed date", found.overdue, listed(when="overdue")),
        Figure("Overdue against the original date", found.overdue_original, listed(when="original")),
        Figure("Awaiting sign-off past the due date", found.late_sign_off, listed(when="waited"), waits),
        Figure("Open without a due date", found.undated, listed(when="none")),
        Figure("Extensions granted", extended.granted, listed(when="extended"), note),
        Figure("Extensions asked for, awaiting a decision", asked, listed(when="asked")),
    ]


def moved_groups(moved: Sequence[Moved], names: dict[int, str]) -> list[Group]:
    """The movement by its ways, in the order of the rule; `names` are those of owners, by number."""
    return [
        Group(way.value, tuple(_line(each, way, names) for each in moved if way in each.how))
        for way in Movement
        if way not in STANDING
    ]


def owners_in(moved: Iterable[Moved]) -> set[int]:
    """The numbers of all owners that the movement names."""
    return {each.told.was("owner") for each in moved} | {each.after["owner"] for each in moved}


def _line(moved: Moved, way: Movement, names: dict[int, str]) -> Line:
    detail = DETAILS[way](moved, names) if way in DETAILS else ""
    return Line(moved.number, moved.after["reference"], moved.after["what"], detail)


def _day(state_day: str | None) -> str:
    return short_date(date.fromisoformat(state_day)) if state_day else "no date"


def _name(number: int | None, names: dict[int, str]) -> str:
    return names.get(number, "somebody who is no longer here") if number else "nobody"


def _reason(state: State, move: str) -> str:
    """The reason of the last move, where it was this one."""
    return str(state["last_move_reason"]) if state["last_move"] == move else ""


Detail = Callable[[Moved, dict[int, str]], str]
DETAILS: dict[Movement, Detail] = {
    Movement.REOPENED: lambda m, names: _reason(m.after, "reopen"),
    Movement.RETURNED: lambda m, names: _reason(m.after, "return"),
    Movement.DATED: lambda m, names: _day(m.after["agreed_due"]),
    Movement.DATE_MOVED: lambda m, names: f"from {_day(m.told.was('agreed_due'))} to {_day(m.after['agreed_due'])}",
    Movement.OWNER_CHANGED: lambda m, names: (
        f"from {_name(m.told.was('owner'), names)} to {_name(m.after['owner'], names)}"
    ),
    Movement.LOWERED: lambda m, names: str(m.after["lowered_reason"]),
    Movement.LEFT: lambda m, names: f"{Status(m.after['status']).label}: {m.after['last_move_reason']}",
    Movement.RESTORED: lambda m, names: _reason(m.after, "restore"),
}


def standing_groups(actions: Iterable[Action], authority: Authority, *, since: date, on: date) -> list[Group]:
    """What time alone has done by that day: actions overdue that were not on the day `since`, and silent ones."""
    rows = sorted(actions, key=lambda action: action.reference)
    days = read_settings(authority.settings).rating.silent_days
    fallen = [a for a in rows if is_overdue(a.standing, as_at=on) and not is_overdue(a.standing, as_at=since)]
    silent = [a for a in rows if is_silent(a.standing, as_at=on, days=days)]
    return [
        Group("Has become overdue", tuple(_standing(a, f"due {_day_or_none(a.agreed_due)}") for a in fallen)),
        Group(f"Silent: no news for {days} days or more", tuple(_standing(a, "") for a in silent)),
    ]


def _day_or_none(day: date | None) -> str:
    return short_date(day) if day else "without a date"


def _standing(action: Any, detail: str) -> Line:
    return Line(action.pk, action.reference, action.what, detail)
