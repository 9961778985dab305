"""Celery: the application, its manners and its timetable.

What is owed stands in the database; the broker only wakes a worker. So every task may come late, twice or not at all.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

QUARTER = 15 * 60  # seconds
SENDER_EVERY = 5 * 60  # seconds
PLANNER = "tracker.tasks.plan_notices"
SENDER = "tracker.tasks.send_notices"
PACKER = "tracker.tasks.make_packs"
PACKER_EVERY = 60  # seconds
LEAVERS = "tracker.tasks.pseudonymise_leavers"


def broker_url(redis_url: str) -> str:
    """The broker's address as Celery writes it; without a server the tasks stay in this process's memory."""
    return redis_url.replace("unix://", "redis+socket://", 1) or "memory://"


app = Celery("tracker", broker=broker_url(settings.REDIS_URL))
app.conf.update(
    timezone=settings.TIME_ZONE,
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    # A task is struck off when it is done, so that a worker's death brings it back after the visibility timeout.
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={"visibility_timeout": QUARTER},
    broker_connection_retry_on_startup=True,
    # Each run looks at everything owed by then, so one that has waited until the next is of no use.
    beat_schedule={
        "the planner": {"task": PLANNER, "schedule": crontab(minute="*/15"), "options": {"expires": QUARTER}},
        # Between the planner's runs: what was put off, and what a sender that died has left.
        "the sender": {"task": SENDER, "schedule": crontab(minute="*/5"), "options": {"expires": SENDER_EVERY}},
        # At night, when nobody looks: it cannot be undone, and who is due has been shown for a month.
        "the leavers": {"task": LEAVERS, "schedule": crontab(hour=3, minute=20), "options": {"expires": QUARTER}},
        "the packer": {"task": PACKER, "schedule": crontab(), "options": {"expires": PACKER_EVERY}},
    },
)
app.autodiscover_tasks(["tracker"])


@beat_init.connect
def plan_at_once(**signal: Any) -> None:
    """The planner runs when the scheduler starts: a machine that slept does not wait for the next quarter."""
    app.send_task(PLANNER, expires=QUARTER)
