"""Dates as sentences write them, and sentences that count."""

from datetime import date


def short_date(day: date) -> str:
    """10 November 2012."""
    return f"{day.day} {day:%B %Y}"


def long_date(day: date) -> str:
    """Saturday 10 November 2012."""
    return f"{day:%A} {short_date(day)}"


def counted(number: int, one: str, many: str) -> str:
    """1 date, 2 dates."""
    return f"{number} {one if number == 1 else many}"
