"""When reminders are not well: the planner has not run for too long, or the digests of the day lie unsent."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from tracker.rules.london import LONDON

# The planner runs every quarter of an hour.
PLANNER_PATIENCE = timedelta(hours=2)
# How long after its time a digest may lie unsent.
DIGEST_PATIENCE = timedelta(hours=4)


def planner_is_late(last_run: datetime | None, *, at: datetime, since: datetime) -> bool:
    """Whether the planner has not come to its end for two hours; before its first run, `since` stands in."""
    return at - (last_run or since) > PLANNER_PATIENCE


def hour_on(day: date, hour: int) -> datetime:
    """An hour of London's clock on a day."""
    return datetime.combine(day, time(hour), LONDON)


def digest_time(posted_at: datetime, *, hours: Iterable[datetime], runs: Iterable[datetime]) -> datetime:
    """The moment from which a digest's lateness counts: the latest of its `hours` that had come when it was put out.

    Where the planner had looked between that hour and the putting out (`runs`: when it ran that day), the news is
    younger than the hour, and what counts is when it was put out.
    """
    hour = max((each for each in hours if each <= posted_at), default=posted_at)
    return posted_at if any(hour <= run < posted_at for run in runs) else hour


def digest_is_late(since: datetime, *, at: datetime) -> bool:
    """Whether a digest that is still unsent should have gone."""
    return at - since > DIGEST_PATIENCE
