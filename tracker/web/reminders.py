"""The health of reminders as administrators see it: on the site's home page and in the admin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.celery import QUARTER
from tracker.models import Authority
from tracker.rules.reminder_health import planner_is_late
from tracker.services import notices
from tracker.services.notices import Health


@dataclass(frozen=True)
class Reminders:
    """How reminders are, when they are planned next, and whether the planner is late. `whose`: everywhere where empty."""

    health: Health
    next_run: datetime
    late: bool
    whose: tuple[Authority, ...] = ()


def reminders(at: datetime, whose: tuple[Authority, ...] = ()) -> Reminders:
    """As at the moment; of the mail of these councils' people alone, where any are given."""
    found = notices.health(at=at, authorities=[each.pk for each in whose] or None)
    late = planner_is_late(found.last_run, at=at, since=datetime.min.replace(tzinfo=at.tzinfo))
    return Reminders(found, next_run(at), late, whose)


def next_run(at: datetime) -> datetime:
    """When the timetable has the planner run next: at the coming quarter of an hour."""
    begun = timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
    return at - begun + timedelta(seconds=(begun.total_seconds() // QUARTER + 1) * QUARTER)
