"""Dates as sentences write them, and sentences that count."""

from datetime import date, datetime

from tracker.rules.london import LONDON, day_of


def short_date(day: date) -> str:
    """10 November 2012."""
    return f"{day.day} {day:%B %Y}"


def long_date(day: date) -> str:
    """Saturday 10 November 2012."""
    return f"{day:%A} {short_date(day)}"


def clock_time(at: datetime) -> str:
    """9:05am, in London's time; the moment carries a time zone."""
    there = at.astimezone(LONDON)
    return f"{there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"


def moment_in_words(at: datetime) -> str:
    """10 November 2012 at 9:05am, in London's time; the moment carries a time zone."""
    return f"{short_date(day_of(at))} at {clock_time(at)}"


def counted(number: int, one: str, many: str) -> str:
    """1 date, 2 dates."""
    return f"{number} {one if number == 1 else many}"
