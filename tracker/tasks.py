"""What runs in the background: each task takes the clock, calls one verb and tells the log what came of it."""

import logging
from typing import Any

from celery import Task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from config.celery import QUARTER, SENDER_EVERY, app
from tracker.access import Actor
from tracker.choices import Channel
from tracker.delivery import AT_ONCE, deliver
from tracker.services import notices

log = logging.getLogger(__name__)

# A database that is being restarted is asked again a little later; after that the timetable brings the task back.
RETRY: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),
    "max_retries": 5,
    "retry_backoff": 2,
    "retry_backoff_max": 60,
}
MOST_SENDERS = 4


def the_house(request_id: str | None) -> Actor:
    """The installation itself, acting in the task of that id."""
    return Actor(None, Channel.TASK, request_id or "")


@app.task(bind=True, **RETRY)
def plan_notices(self: Task) -> int:
    """Writes down what is newly owed and puts today's envelopes out; how many rows that made. Safe to run together."""
    house, at = the_house(self.request.id), timezone.now()
    planned = notices.plan(by=house, at=at)
    for problem in planned.failed:
        log.error("Cannot be planned: %s", problem)
    problems: list[str] = []
    posted = notices.post(by=house, at=at, problems=problems)
    notices.ran(planned, problems=problems, by=house, at=at)
    log.info("Planned: %s looked at, %s newly owed, %s envelopes", planned.looked_at, planned.newly_owed, posted)
    for _ in range(min(MOST_SENDERS, -(-posted // AT_ONCE))):
        send_notices.apply_async(expires=QUARTER)
    return planned.newly_owed


@app.task(bind=True, **RETRY)
def send_notices(self: Task) -> int:
    """Sends what waits until nothing is left that can be sent now, or the next sender is due; how many mails."""
    house, begun, total = the_house(self.request.id), timezone.now(), 0
    while (timezone.now() - begun).total_seconds() < SENDER_EVERY:
        done = deliver(by=house, clock=timezone.now)
        total += done.sent
        if done.away or not done.tried:
            break
    log.info("Sent: %s", total)
    return total
