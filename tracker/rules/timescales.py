"""A timescale as a report prints it ("Within three months:") read into a unit and a count."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto


class Unit(Enum):
    """What a timescale is counted in, or why it cannot be counted."""

    IMMEDIATE = auto()
    MONTHS = auto()
    WEEKS = auto()
    DAYS = auto()
    WORKING_DAYS = auto()
    ON_DATE = auto()
    NOT_STATED = auto()
    IN_WORDS = auto()  # words that name no day that can be computed


@dataclass(frozen=True)
class Timescale:
    """A timescale: its unit, the count for a counted unit, the day for a printed one, and the words as printed."""

    unit: Unit
    count: int | None
    on: date | None
    words: str


# fmt: off
COUNTS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
NUMBERS = {word: number for number, word in enumerate(COUNTS, start=1)}
NUMBERS |= {"a": 1, "an": 1, "twenty-four": 24, "thirty": 30, "forty": 40, "sixty": 60}
MONTHS = {name[:length].lower(): n for n, name in enumerate(month_name) if n for length in (3, 4, len(name))}
UNITS = {
    "month": (Unit.MONTHS, 1),
    "calendar month": (Unit.MONTHS, 1),
    "year": (Unit.MONTHS, 12),
    "week": (Unit.WEEKS, 1),
    "day": (Unit.DAYS, 1),
    "calendar day": (Unit.DAYS, 1),
    "working day": (Unit.WORKING_DAYS, 1),
}

# Counted from anything but the report's publication ("of the director's appointment") is not ours to compute.
REPORT = r"(?:this|the) (?:inspection )?(?:report|letter)"
PUBLICATION = rf"(?:the )?(?:date of )?(?:the )?publication(?: date)?(?: of {REPORT})?"
TAIL = rf"(?: (?:of|from|after|on|upon) (?:{PUBLICATION}|(?:the )?(?:date of )?{REPORT}))?"
IMMEDIATELY = re.compile(r"(?:immediate(?:ly)?(?: actions?)?|with immediate effect)" + TAIL)
WITHIN = re.compile(
    r"(?P<head>(?:with)?in (?:the next )?(?P<count>\d{1,3}|[a-z]+(?:-[a-z]+)?) "
    r"(?P<unit>(?:working |calendar )?day|(?:calendar )?month|week|year)s?)" + TAIL
)
BY = r"(?:by|no later than) (?:the )?(?P<end>end (?:of )?)?"
BY_DAY = re.compile(
    BY + r"(?:[a-z]+day,? )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[a-z]+),? (?P<year>(?:19|20)\d\d)"
)
BY_NUMBERS = re.compile(BY + r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)")
BY_MONTH = re.compile(BY + r"(?P<month>[a-z]+),? (?P<year>(?:19|20)\d\d)")

PRIORITY_AND_IMMEDIATE = re.compile(r"\bpriority and immediate actions?\b")
PRIORITY_ACTION = re.compile(r"\bareas? for priority action\b")


def parse_timescale(words: str | None, *, heading: str | None = None) -> Timescale:
    """Read a timescale as printed. Nothing printed is NOT_STATED; words that name no day are IN_WORDS.

    Where nothing is printed, the heading "Priority and immediate action" means immediately.
    Days are read as printed, day before month.
    """
    shown = _tidy(words)
    if not shown:
        return under_heading(Timescale(Unit.NOT_STATED, None, None, ""), heading)
    plain = shown.lower()
    if IMMEDIATELY.fullmatch(plain):
        return Timescale(Unit.IMMEDIATE, None, None, shown)
    return _counted(plain, shown) or _printed_day(plain, shown) or Timescale(Unit.IN_WORDS, None, None, shown)


def under_heading(timescale: Timescale, heading: str | None) -> Timescale:
    """The timescale a heading gives to an item that prints none of its own; any other comes back as it is."""
    if timescale.unit is Unit.NOT_STATED and _says(PRIORITY_AND_IMMEDIATE, heading):
        return Timescale(Unit.IMMEDIATE, None, None, _tidy(heading))
    return timescale


def is_priority_heading(heading: str | None) -> bool:
    """True for a heading that raises the priority of what stands under it; it sets no date by itself."""
    return _says(PRIORITY_ACTION, heading) or _says(PRIORITY_AND_IMMEDIATE, heading)


def without_tail(words: str) -> str:
    """The words "Within three months of publication" without their "of publication"."""
    found = WITHIN.match(words.lower())
    return words[: found.end("head")] if found else words


def _tidy(words: str | None) -> str:
    """One line without the colon or stop it ends with."""
    return " ".join((words or "").split()).strip(" :;.,–-")


def _says(pattern: re.Pattern[str], heading: str | None) -> bool:
    return bool(pattern.search(_tidy(heading).lower()))


def _counted(plain: str, shown: str) -> Timescale | None:
    found = WITHIN.fullmatch(plain)
    number = _number(found["count"]) if found else None
    if not found or not number:
        return None
    unit, times = UNITS[found["unit"]]
    return Timescale(unit, number * times, None, shown)


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _printed_day(plain: str, shown: str) -> Timescale | None:
    found = BY_DAY.fullmatch(plain) or BY_NUMBERS.fullmatch(plain) or BY_MONTH.fullmatch(plain)
    on = _day(found.groupdict()) if found else None
    return Timescale(Unit.ON_DATE, None, on, shown) if on else None


def _day(parts: dict[str, str | None]) -> date | None:
    """The day that was printed, or the last day of a month printed alone; None where there is no such day."""
    month, year = parts["month"] or "", int(parts["year"] or 0)
    number = int(month) if month.isdigit() else MONTHS.get(month, 0)
    if not 1 <= number <= 12:
        return None
    last = monthrange(year, number)[1]
    day = int(parts.get("day") or last)
    return date(year, number, day) if 1 <= day <= last else None
