"""What runs in the background: each task takes the clock, calls one verb and tells the log what came of it."""

import logging
from threading import Lock
from typing import Any

from celery import Task
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from config.celery import PACKER_EVERY, QUARTER, SENDER_EVERY, app
from tracker import packing
from tracker.access import Actor
from tracker.choices import Channel
from tracker.delivery import AT_ONCE, deliver
from tracker.models import Pack
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import leavers, notices, packs
from tracker.web.pack_letters import tell_of

log = logging.getLogger(__name__)

# A database that is being restarted is asked again a little later; after that the timetable brings the task back.
RETRY: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),
    "max_retries": 5,
    "retry_backoff": 2,
    "retry_backoff_max": 60,
}
MOST_SENDERS = 4
# A worker makes one pack at a time, however many threads it has: the others are left to the mails.
ONE_PACKER = Lock()


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


@app.task(bind=True, **RETRY)
def make_packs(self: Task) -> int:
    """Asks for the packs of the meetings to come, and makes what waits, one after the other; how many were made or failed."""
    if not ONE_PACKER.acquire(blocking=False):
        return 0
    try:
        return _make_packs(the_house(self.request.id))
    finally:
        ONE_PACKER.release()


def _make_packs(house: Actor) -> int:
    packs.schedule(by=house, at=timezone.now())
    count = 0
    while pack := packs.claim(by=house, at=timezone.now()):
        count += _make(pack, house)
    return count


def _make(pack: Pack, house: Actor) -> int:
    try:
        packing.make(pack, by=house, clock=timezone.now)
    except packs.Lost as lost:
        log.warning("Pack %s: %s", pack.pk, lost.sentence)
        return 0
    tell_of(pack, at=timezone.now())
    log.info("Pack %s: done", pack.pk)
    return 1


@app.task(bind=True, **RETRY)
def pseudonymise_leavers(self: Task) -> int:
    """Replaces the names of those who left long ago; how many. Safe to run together: each is looked at under its lock."""
    house, at, months = the_house(self.request.id), timezone.now(), settings.LEAVER_MONTHS
    count = 0
    for each in leavers.due(by=house, months=months, on=day_of(at)):
        try:
            leavers.pseudonymise(each.person, months=months, by=house, at=at)
        except Refused as refusal:  # something has changed since they were looked for
            log.warning("Leaver %s: %s", each.person.pk, refusal.sentence)
        else:
            count += 1
    log.info("Leavers: %s", count)
    return count


def hurry_packs() -> None:
    """Wake a packer at once. Without a broker the timetable does it within the minute."""
    try:
        make_packs.apply_async(expires=PACKER_EVERY, retry=False)
    except Exception:  # whatever a broker's library raises: what was asked for stands in the database
        log.warning("The broker was not reached; the pack is made at the next full minute.", exc_info=True)
