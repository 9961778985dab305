"""When an action falls due, and why: chosen beats printed, printed beats computed, computed beats a default.

Calendar months, always counted from the anchor and clamped to the month's end. A date on a day off is not moved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tracker.choices import Basis, Priority
from tracker.rules.questions import question_due, question_publication
from tracker.rules.timescales import (
    Timescale,
    Unit,
    is_priority_heading,
    parse_timescale,
    under_heading,
    without_tail,
)
from tracker.rules.working_days import Calendar
from tracker.rules.written_dates import long_date

__all__ = [
    "Anchor",
    "Chosen",
    "DueDate",
    "Timescale",
    "Unit",
    "add_months",
    "due_date",
    "first_chase_on",
    "parse_timescale",
    "question_due",
    "question_publication",
]


@dataclass(frozen=True)
class Anchor:
    """The day that timescales are counted from, and where it comes from ("published on …, as printed in …")."""

    on: date
    words: str


@dataclass(frozen=True)
class Chosen:
    """A person's decision about the date; `on` is None where they decided that there is to be none yet."""

    on: date | None
    by: str
    reason: str


@dataclass(frozen=True)
class DueDate:
    """A due date, what it rests on, how the action ranks, and one sentence that explains it."""

    on: date | None
    basis: Basis
    priority: Priority
    explanation: str


@dataclass(frozen=True)
class Reckoned:
    """What a timescale comes to: a day or none, what the day rests on, and the words that explain it."""

    on: date | None
    basis: Basis
    words: str


Count = Callable[[date, int, Calendar], date]


def add_months(day: date, n: int) -> date:
    """The day n calendar months later, clamped to the month's end: 31 August + 6 months is 28 or 29 February."""
    return day + relativedelta(months=n)


COUNTED: dict[Unit, tuple[str, Count]] = {
    Unit.MONTHS: ("calendar month", lambda start, n, calendar: add_months(start, n)),
    Unit.WEEKS: ("week", lambda start, n, calendar: start + timedelta(weeks=n)),
    Unit.DAYS: ("calendar day", lambda start, n, calendar: start + timedelta(days=n)),
    Unit.WORKING_DAYS: ("working day", lambda start, n, calendar: calendar.add_working_days(start, n)),
}


def due_date(
    timescale: Timescale,
    *,
    heading: str | None = None,
    anchor: Anchor | None,
    calendar: Calendar,
    printed: date | None = None,
    chosen: Chosen | None = None,
    default: Timescale | None = None,
) -> DueDate:
    """The due date of one recommendation, by the strongest source there is.

    `printed` is a day printed for it in the report; `default` is the authority's own for reports of this family and
    is used only where the report states no timescale. Without an anchor nothing can be counted: no date, and the
    explanation says what is waited for.
    """
    timescale = under_heading(timescale, heading)
    reported = _reported(timescale, anchor, calendar, printed, default)
    found = _chosen(chosen, reported, calendar) if chosen else reported
    return DueDate(found.on, found.basis, _priority(timescale, heading), f"{_capital(found.words)}.")


def first_chase_on(
    *,
    priority: Priority,
    due: date | None,
    publication: date | None,
    accepted_on: date,
    period_days: int = 5,
    calendar: Calendar,
) -> date | None:
    """The day after which an action counts as overdue and is chased: the due date, None where there is none.

    For "Immediately" not before the end of the first-response period: `period_days` working days from publication,
    or from acceptance where that is later.
    """
    if due is None or priority is not Priority.IMMEDIATE:
        return due
    start = max(publication or accepted_on, accepted_on)
    return max(due, calendar.add_working_days(start, period_days))


def _priority(timescale: Timescale, heading: str | None) -> Priority:
    if timescale.unit is Unit.IMMEDIATE:
        return Priority.IMMEDIATE
    return Priority.HIGH if is_priority_heading(heading) else Priority.NORMAL


def _reported(
    timescale: Timescale, anchor: Anchor | None, calendar: Calendar, printed: date | None, default: Timescale | None
) -> Reckoned:
    """What the date is without a person's choice."""
    if timescale.unit is Unit.NOT_STATED and printed is None and default:
        return _by_default(default, anchor, calendar)
    counted = _reckon(timescale, anchor, calendar)
    return _printed(printed, counted, calendar) if printed else counted


def _reckon(timescale: Timescale, anchor: Anchor | None, calendar: Calendar) -> Reckoned:
    """What the timescale itself comes to."""
    shown = timescale.words
    if timescale.unit is Unit.NOT_STATED:
        return Reckoned(None, Basis.NONE, "the report states no timescale; a person sets the date")
    if timescale.unit is Unit.ON_DATE and timescale.on:
        words = f"the report says “{shown}” = {_result(timescale.on, calendar)}"
        return Reckoned(timescale.on, Basis.PRINTED, words)
    if timescale.unit is not Unit.IMMEDIATE and timescale.unit not in COUNTED:
        return Reckoned(None, Basis.NONE, f"the report says “{shown}”, which names no day; a person sets the date")
    return _count(timescale, without_tail(shown), anchor, calendar) if anchor else _waiting(timescale)


def _waiting(timescale: Timescale) -> Reckoned:
    """A timescale that cannot be counted yet, and what is waited for."""
    joined = "on" if timescale.unit is Unit.IMMEDIATE else "of"
    words = f"{without_tail(timescale.words)} {joined} publication; the publication date is not known yet"
    return Reckoned(None, Basis.NONE, words)


def _count(timescale: Timescale, shown: str, anchor: Anchor, calendar: Calendar) -> Reckoned:
    """A timescale counted from the anchor."""
    if timescale.unit is Unit.IMMEDIATE:
        words = f"{shown}: {anchor.words}, and due on that day = {_result(anchor.on, calendar)}"
        return Reckoned(anchor.on, Basis.COMPUTED, words)
    name, add = COUNTED[timescale.unit]
    count = timescale.count or 0
    on = add(anchor.on, count, calendar)
    rule = f"{count} {name}{'' if count == 1 else 's'}{_where(timescale.unit, on, calendar)}"
    return Reckoned(on, Basis.COMPUTED, f"{shown}: {anchor.words}, + {rule} = {_result(on, calendar)}")


def _where(unit: Unit, on: date, calendar: Calendar) -> str:
    """Which working days are meant, and whether their bank holidays may still change."""
    if unit is not Unit.WORKING_DAYS:
        return ""
    open_end = f" (the bank holidays of {on.year} are not yet proclaimed)" if calendar.is_provisional(on.year) else ""
    return f" in England and Wales{open_end}"


def _by_default(default: Timescale, anchor: Anchor | None, calendar: Calendar) -> Reckoned:
    found = _reckon(default, anchor, calendar)
    words = f"the report states no timescale; the authority's own default is used: {found.words}"
    return Reckoned(found.on, Basis.DEFAULT if found.on else Basis.NONE, words)


def _printed(printed: date, counted: Reckoned, calendar: Calendar) -> Reckoned:
    words = f"printed in the report: {_result(printed, calendar)}{_difference(printed, counted)}"
    return Reckoned(printed, Basis.PRINTED, words)


def _chosen(chosen: Chosen, reported: Reckoned, calendar: Calendar) -> Reckoned:
    day = _result(chosen.on, calendar) if chosen.on else "no due date"
    reason = f", because: {chosen.reason.rstrip(' .')}" if chosen.reason.strip() else ""
    return Reckoned(chosen.on, Basis.CHOSEN, f"{day}, chosen by {chosen.by}{reason}{_difference(chosen.on, reported)}")


def _difference(used: date | None, other: Reckoned) -> str:
    """What a weaker source would have given, where that is another day."""
    if other.on is None or other.on == used:
        return ""
    return f"; without that, {other.words[:1].lower()}{other.words[1:]}"


def _result(on: date, calendar: Calendar) -> str:
    """The day with its weekday, and a note where it is a day off."""
    name = calendar.name_of(on)
    return f"{long_date(on)} ({name}; it is not moved)" if name else long_date(on)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
