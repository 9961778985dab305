"""Dates and runs of days as reports print them: "2 July to 11 July 2012", "13 and 14 July 2010"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
DAY = rf"{WEEKDAY}(?:the\s+)?(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:\s+(?:of\s+)?({MONTH}))?(?:,?\s+(\d{{4}})\b)?"
PART = re.compile(DAY, re.IGNORECASE)
BETWEEN = r"\s*(?:\bto\b|\buntil\b|\band\b|&|,|[-\u2010-\u2015])\s*"
UNNAMED = DAY.replace("(\\d", "(?:\\d").replace(f"({MONTH})", MONTH)  # the same without groups
RUN = re.compile(rf"{UNNAMED}(?:{BETWEEN}{UNNAMED}){{0,9}}", re.IGNORECASE)
FIGURES = r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)"
NUMERIC = re.compile(rf"{FIGURES}(?:{BETWEEN}{FIGURES})?", re.IGNORECASE)
EARLIEST, LATEST = 1990, 2100  # years a report may bear; anything else is a misprint


@dataclass(frozen=True)
class Days:
    """A first and a last day (the same for a single date) and the printed words."""

    first: date
    last: date
    quote: str


def runs_of_days(text: str) -> Iterator[Days]:
    """Every date or run of days in the text that names at least a month and a year, in order.

    A missing month or year is the next one printed; a run printed with one year that would end before it begins
    is taken to begin in the year before. Days that do not exist (31 June) are passed over. A run whose printed
    years put its end before its beginning is given as it stands, for the caller to doubt.
    """
    found = sorted([*RUN.finditer(text), *NUMERIC.finditer(text)], key=lambda match: match.start())
    for match in found:
        days = _numeric(match) if match.re is NUMERIC else _written(match[0])
        if days:
            yield days


def first_run(text: str) -> Days | None:
    """The first date or run of days in the text, or None."""
    return next(runs_of_days(text), None)


def only_date(text: str) -> date | None:
    """The date, where the text is one date and nothing else."""
    days = first_run(text)
    return days.first if days and days.first == days.last and days.quote == text.strip().rstrip(".") else None


def _written(quote: str) -> Days | None:
    parts = _with_last_year([match.groups() for match in PART.finditer(quote)])
    while parts and not (parts[-1][1] and parts[-1][2]):
        parts.pop()  # "11 July 2012 and 3 others": what follows the last whole date is no part of the run
    if not parts:
        return None
    day, month, year = parts[0]
    last = _day(*parts[-1])
    first = _day(day, month or _after(parts, 1), year or _after(parts, 2))
    if first and last and first > last and not year:
        first = _day(day, month or _after(parts, 1), str(last.year - 1))
    return Days(first, last, _as_far(quote, parts[-1])) if first and last else None


def _with_last_year(parts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """ "2 July 2018 to 13 July": a last day without a year is of the year printed before it."""
    if len(parts) > 1 and parts[-1][1] and not parts[-1][2] and parts[-2][1] and parts[-2][2]:
        return [*parts[:-1], (parts[-1][0], parts[-1][1], parts[-2][2])]
    return parts


def _after(parts: list[tuple[str, ...]], place: int) -> str:
    return next(part[place] for part in parts if part[place])


def _as_far(quote: str, part: tuple[str, ...]) -> str:
    end = max(quote.rindex(part[2]) + len(part[2]), quote.rindex(part[1]) + len(part[1]))
    return quote[:end].strip()


def _day(day: str, month: str, year: str) -> date | None:
    return _exists(int(day), MONTHS.index(month[:3].lower()) + 1, int(year))


def _numeric(match: re.Match[str]) -> Days | None:
    first, last = (_figured(match.groups()[place : place + 3]) for place in (0, 3))
    return Days(first, last or first, match[0]) if first and (last or not match[4]) else None


def _figured(part: tuple[str, ...]) -> date | None:
    return _exists(int(part[0]), int(part[1]), int(part[2])) if part[0] else None


def _exists(day: int, month: int, year: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
