"""Days as names of files write them, and as programs stamp them into files: "2023-05-12", "D:20230512093000Z"."""

import re
from datetime import date

from tracker.extraction.dates import MONTHS

EARLIEST, LATEST = 1990, 2099  # years that a report may be of
GAP = r"(?:[-._,/\s]{1,2})"
NAMED = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
DAY, NUMBER, YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
NTH = r"(?:st|nd|rd|th)?"
CLOCK = r"(?:\d{4}|\d{6})?"  # the hour, behind eight figures
WAYS = [  # the first that fits a place is taken
    re.compile(rf"(?<!\d){way}(?!\d)", re.IGNORECASE)
    for way in (
        rf"{YEAR}{GAP}{NUMBER}{GAP}{DAY}",
        rf"{DAY}{GAP}{NUMBER}{GAP}{YEAR}",
        rf"{DAY}{NTH}{GAP}?{NAMED}{GAP}?{YEAR}",
        rf"(?<![a-z]){NAMED}{GAP}{DAY}{NTH}{GAP}{YEAR}",
        rf"{YEAR}(?P<month>\d\d)(?P<day>\d\d){CLOCK}",
        rf"(?P<day>\d\d)(?P<month>\d\d){YEAR}",
    )
]
STAMP = re.compile(r"\W{0,3}(?:D\W{0,2})?(\d{4})[-/.: ]?(\d\d)[-/.: ]?(\d\d)", re.IGNORECASE)
SPOKEN = re.compile(rf"\b{NAMED}\s+{DAY}\b.{{0,20}}?\b{YEAR}\b", re.IGNORECASE)
SLASHED = re.compile(r"\W{0,3}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
LONGEST = 300  # characters that are looked at


def days_in(name: str) -> list[date]:
    """Every day in a name, in order; figures alone are read day first. What is no day (31-06-2023) is passed over."""
    found: dict[int, tuple[int, date]] = {}
    for way in WAYS:
        for match in way.finditer(name[:LONGEST]):
            day = _day(match["year"], match["month"], match["day"])
            if day and not any(start < match.end() and match.start() < end for start, (end, _) in found.items()):
                found[match.start()] = (match.end(), day)
    return [day for _, (_, day) in sorted(found.items())]


def day_of_stamp(stamp: str) -> date | None:
    """The day of a program's stamp as it is written, whatever the hour and the zone; None where it names none.

    Broken ones are understood as far as they are clear: "03/04/2023" is April in one program and March in another.
    """
    text = stamp[:LONGEST].strip()
    if match := STAMP.match(text):
        return _day(*match.groups())
    if match := SPOKEN.search(text):
        return _day(match["year"], match["month"], match["day"])
    if match := SLASHED.match(text):
        one, other, year = match.groups()
        return _only(_day(year, other, one), _day(year, one, other))
    return next(iter(days_in(text)), None)


def _only(one: date | None, other: date | None) -> date | None:
    return one if not other or one == other else other if not one else None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    try:
        made = date(int(year), number, int(day))
    except ValueError:
        return None
    return made if EARLIEST <= made.year <= LATEST else None
