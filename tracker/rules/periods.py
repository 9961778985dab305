"""The days on which a picture over time looks: ends of weeks, months, quarters or years, with today among them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


class Pace(Enum):
    """How far two looks lie apart."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


# How many looks of a pace one picture holds; the last pace takes whatever is left.
MOST = {Pace.WEEK: 53, Pace.MONTH: 36, Pace.QUARTER: 40, Pace.YEAR: 200}
MONTHS = {Pace.MONTH: 1, Pace.QUARTER: 3, Pace.YEAR: 12}
FEWEST = 6  # a plan that has just begun gets room to grow
AHEAD = timedelta(days=182)  # how far a short history looks ahead; a longer one looks as far ahead as back


@dataclass(frozen=True)
class Looks:
    """The days looked at, in order; `present` is the place of the present day. Each but today is the end of a period."""

    pace: Pace
    days: tuple[date, ...]
    present: int


def looks(first: date, on: date, last: date | None) -> Looks:
    """The days for a history from `first` to the present day `on`, and dates that reach to `last` (None: none do)."""
    until = min(max(last or on, on), on + max(AHEAD, on - first))
    pace = next(each for each in Pace if len(_ends(first, until, each)) <= MOST[each] or each is Pace.YEAR)
    past = [end for end in _ends(first, on, pace) if end < on]
    ahead = [end for end in _ends(on, until, pace) if end > on] if until > on else []
    following = _after(ahead[-1] if ahead else on, pace)
    while len(past) + 1 + len(ahead) < FEWEST:
        ahead.append(next(following))
    return Looks(pace, (*past, on, *ahead), len(past))


def end_of_period(day: date, pace: Pace) -> date:
    """The last day of the week (a Sunday), month, quarter or year in which the day lies."""
    if pace is Pace.WEEK:
        return day + timedelta(days=6 - day.weekday())
    months = MONTHS[pace]
    month = (day.month - 1) // months * months + months
    return date(day.year, month, monthrange(day.year, month)[1])


def _after(day: date, pace: Pace) -> Iterator[date]:
    """The ends of periods after the day, one after the other."""
    while True:
        day = end_of_period(day + timedelta(days=1), pace)
        yield day


def _ends(first: date, last: date, pace: Pace) -> list[date]:
    """The end of every period that touches the days from first to last."""
    found = [end_of_period(first, pace)]
    following = _after(found[0], pace)
    while found[-1] < last:
        found.append(next(following))
    return found
