"""A date as a person types it: 27 3 2027, 27/3/2027, 27 March 2027, Sept., 2027-03-27. A year has four digits."""

import re
from datetime import date

from tracker.rules.refusal import Refused

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORTEST = 3  # letters: "ma" could be March or May
NOT_A_DAY = "Enter a real date with day, month and year, for example 27 3 2027 or 27 March 2027."
NOT_A_MONTH = "Enter the month as a number or a name, for example 3 or March."
FOUR_DIGITS = "Enter the year with four digits, for example 2027."
_PARTS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\d{1,2}|[a-z]+)[\s./,-]+(\d+)$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


def month_of(text: str) -> int:
    """The month's number, 1 to 12, from its number, its name or the beginning of it. Raises Refused."""
    word = text.strip().rstrip(".").lower()
    if word.isascii() and word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 12:
        return int(word)
    found = [n for n, name in enumerate(MONTHS, 1) if len(word) >= SHORTEST and name.startswith(word)]
    if word == "sept":
        return 9
    if len(found) != 1:
        raise Refused(NOT_A_MONTH)
    return found[0]


def day_of_parts(day: str, month: str, year: str) -> date:
    """The date of the three parts as typed. Raises Refused with the sentence that says which part is wrong."""
    number, full = day.strip(), year.strip()
    if not all(part.isascii() and part.isdecimal() for part in (number, full)):
        raise Refused(NOT_A_DAY)
    if len(full) != 4 or full < "1000":
        raise Refused(FOUR_DIGITS)
    try:
        return date(int(full), month_of(month), int(number))
    except ValueError:
        raise Refused(NOT_A_DAY) from None


def read_day(text: str) -> date:
    """The date typed in one box, day before month. Raises Refused with the sentence that says what is wrong."""
    typed = " ".join(text.lower().split())
    if found := _ISO.match(typed):
        year, month, day = found.groups()
        return day_of_parts(day, month, year)
    found = _PARTS.match(typed)
    if not found:
        raise Refused(NOT_A_DAY)
    return day_of_parts(*found.groups())
