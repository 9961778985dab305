"""Working days in England and Wales.

Source: SI 2007/462 reg 1(2). A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday
in England and Wales.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from dateutil.easter import easter

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Holiday:
    """A bank holiday: the day, its name, the day it was announced (None: always known), and whether it may change."""

    on: date
    name: str
    announced: date | None
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of England and Wales, and what can be counted with them."""

    holidays: tuple[Holiday, ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Reckoned once: it is asked for with every date that is remembered."""
        return hash(self.holidays)

    def as_known_on(self, day: date) -> "Calendar":
        """The calendar as it was on that day: holidays announced later are left out."""
        return Calendar(tuple(h for h in self.holidays if h.announced is None or h.announced <= day))

    def is_provisional(self, year: int) -> bool:
        """True where a holiday of that year is provisional, or where none is known."""
        return self._provisional_years.get(year, True)

    def name_of(self, day: date) -> str | None:
        """What makes the day a day off: "a Saturday", "a Sunday" or the holiday's name; None for a working day."""
        if day.weekday() >= SATURDAY:
            return f"a {day:%A}"
        return self._names.get(day) or _fixed_name(day)

    def is_working_day(self, day: date) -> bool:
        """True for a working day (SI 2007/462 reg 1(2))."""
        return self.name_of(day) is None

    def add_working_days(self, start: date, n: int) -> date:
        """The nth working day after `start`, which is day 0 and may be a day off. ValueError where n is below 0."""
        if n < 0:
            raise ValueError("working days are counted forwards")
        return start if n == 0 else next(islice(self._working_days(start, DAY), n - 1, None))

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative where `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def working_day_on_or_before(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before it."""
        return day if self.is_working_day(day) else self.previous_working_day(day)

    def previous_working_day(self, day: date) -> date:
        """The last working day before `day`."""
        return next(self._working_days(day, -DAY))

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return next(self._working_days(day, DAY))

    def _working_days(self, start: date, step: timedelta) -> Iterator[date]:
        """The working days after (or, with a negative step, before) `start`, one by one."""
        day = start
        while True:
            day += step
            if self.is_working_day(day):
                yield day

    @cached_property
    def _names(self) -> dict[date, str]:
        return {holiday.on: holiday.name for holiday in self.holidays}

    @cached_property
    def _provisional_years(self) -> dict[int, bool]:
        """Each year with a holiday, and whether any of its holidays is provisional."""
        years = {holiday.on.year for holiday in self.holidays}
        return {year: any(h.provisional for h in self.holidays if h.on.year == year) for year in years}


def _fixed_name(day: date) -> str | None:
    """The two days that the regulation names itself, so that they hold in years no list has reached."""
    if (day.month, day.day) == (12, 25):
        return "Christmas Day"
    return "Good Friday" if day.month in (3, 4) and day == easter(day.year) - 2 * DAY else None
