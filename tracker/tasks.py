"""What runs in the background: each task takes the clock, calls one verb and tells the log what came of it."""

import logging

from celery import Task
from django.utils import timezone

from config.celery import app
from tracker.access import Actor
from tracker.choices import Channel
from tracker.services import notices

log = logging.getLogger(__name__)


def the_house(request_id: str | None) -> Actor:
    """The installation itself, acting in the task of that id."""
    return Actor(None, Channel.TASK, request_id or "")


@app.task(bind=True)
def plan_notices(self: Task) -> int:
    """Writes down what is newly owed; how many rows that made. Safe to run late, twice and at the same time."""
    planned = notices.plan(by=the_house(self.request.id), at=timezone.now())
    for problem in planned.failed:
        log.error("Cannot be planned: %s", problem)
    log.info("Planned: %s looked at, %s newly owed", planned.looked_at, planned.newly_owed)
    return planned.newly_owed
