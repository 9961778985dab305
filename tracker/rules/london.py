"""Days and moments in the house's time zone: every day of the tracker is a day in Europe/London."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The day in London on which a moment (with a time zone) falls."""
    return at.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first moment of a day in London."""
    return datetime.combine(day, time.min, LONDON)


def end_of(day: date) -> datetime:
    """The last moment of a day in London: what "as at" that day means."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON) - timedelta(microseconds=1)
