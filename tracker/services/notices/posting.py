"""Putting envelopes into the ledger: one a person for today, from the hour on that their council has chosen."""

import logging
from collections.abc import Collection
from datetime import date, datetime

from django.db import DatabaseError, transaction
from django.db.models import Q

from tracker.access import Actor, check_site
from tracker.choices import NoticeState
from tracker.models import DIGESTS, Due, Notice
from tracker.rules.digest import envelope
from tracker.rules.london import day_of
from tracker.services.notices.addressing import Addressed, address
from tracker.services.notices.auditors import post_heads
from tracker.services.notices.settling import settle
from tracker.services.scheduling import Houses

log = logging.getLogger(__name__)

LAPSED = "It could not be delivered on its day; what it held goes into the next digest. "
NOTHING = Addressed({}, [])
MISSED = "Not sent on its day; what it held goes into the next digest."


def post(*, by: Actor, at: datetime, whatever_the_hour: bool = False, problems: list[str] | None = None) -> int:
    """Put an envelope for today into the ledger for everybody to whom something is newly owed; how many were new.

    Early in a month each auditor's with the head of the trail is among them.

    Nothing on a day off, nor before the hour of the council whose news it is. Envelopes of days gone by are closed:
    what they held is still owed. Safe to run twice, together and late. A council that cannot be addressed holds up no
    other and is told in `problems`.
    """
    check_site(by)
    on, houses = day_of(at), Houses()
    _close_past(on)
    if not houses.calendar.is_working_day(on):
        return 0
    heads = post_heads(houses, at=at, whatever_the_hour=whatever_the_hour)
    waiting = set(Due.objects.filter(settled_at=None, owed_on__lte=on).values_list("authority", flat=True).distinct())
    houses.read(waiting)
    places = waiting if whatever_the_hour else {each for each in waiting if houses.hour_has_come(each, at)}
    found = _addressed(sorted(places), on, [] if problems is None else problems) if places else NOTHING
    return heads + (_post(found, on, at) if found.to or found.done else 0)


def _addressed(places: list[int], on: date, problems: list[str]) -> Addressed:
    """What these councils owe to whom."""
    try:
        return address(on=on, authorities=places)
    except DatabaseError:
        raise
    except Exception as error:  # whose it is shows when they are addressed in smaller lots
        if len(places) > 1:
            middle = len(places) // 2
            return Addressed.together(_addressed(half, on, problems) for half in (places[:middle], places[middle:]))
        log.exception("What is owed in authority %s cannot be addressed", places[0])
        problems.append(f"authority {places[0]}: {error}")
        return NOTHING


@transaction.atomic
def _post(found: Addressed, on: date, at: datetime) -> int:
    settle(found.done, at)
    kinds = {person: frozenset(owing.kind for owing in found.triggers(person)) for person in found.to}
    wanted = {person: envelope(held) for person, held in kinds.items() if held}
    known = _known(wanted, on)
    fresh = [
        Notice(recipient_id=person, kind=kind, day=on, posted_at=at)
        for person, kind in sorted(wanted.items())
        if person not in known
    ]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    again = [person for person, state in known.items() if state == NoticeState.SKIPPED]
    reopened = Notice.objects.filter(_todays(on), recipient__in=again, state=NoticeState.SKIPPED)
    return len(fresh) + reopened.update(state=NoticeState.OWED, last_error="", posted_at=at)


def _todays(on: date) -> Q:
    return Q(day=on, kind__in=DIGESTS)


def _known(people: Collection[int], on: date) -> dict[int, str]:
    rows = Notice.objects.filter(_todays(on), recipient__in=list(people))
    return dict(rows.values_list("recipient", "state"))


def _close_past(on: date) -> None:
    """Envelopes whose day is over are given up; one that was tried has failed, one that was not is skipped."""
    past = Notice.objects.unsent().filter(day__lt=on, kind__in=DIGESTS)
    for row in past.filter(attempts__gt=0):
        Notice.objects.filter(pk=row.pk, state=row.state).update(
            state=NoticeState.FAILED, claimed_until=None, last_error=LAPSED + row.last_error
        )
    past.filter(attempts=0).update(state=NoticeState.SKIPPED, claimed_until=None, last_error=MISSED)
