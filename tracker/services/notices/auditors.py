"""The head of the trail to auditors: one mail a month, so that a chain rewritten later contradicts what stands in inboxes.

An envelope of its own beside the day's digest; no choice of digests stops it. What it says is decided when it is sent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tracker.choices import NoticeKind, NoticeState, Role
from tracker.models import Chain, Membership, Notice, User
from tracker.rules.digest import Counts, Digest, Head
from tracker.rules.london import day_of
from tracker.services.scheduling import Houses

KIND = NoticeKind.HEAD_TO_AUDITORS
# Where the first working day was missed it goes on a later one, up to this day of the month.
LATEST = 10
LAPSED = "It could not be delivered on its day; the next working day’s takes its place. "


@transaction.atomic
def post_heads(houses: Houses, *, at: datetime, whatever_the_hour: bool = False) -> int:
    """Put out an envelope for each auditor who has not had this month's head; how many. Call it on working days alone.

    One that could not be delivered on its day is closed and another put out, while the month is young. An address that
    the server has refused for good is not tried again. Safe to run twice, together and late.
    """
    on = day_of(at)
    _close_past(on)
    if on.day > LATEST:
        return 0
    rows = _auditing(None).exclude(user__in=_had(on)).values_list("user", "authority").order_by("user")
    people = sorted({user for user, place in rows if whatever_the_hour or houses.hour_has_come(place, at)})
    fresh = [Notice(recipient_id=person, kind=KIND, day=on, posted_at=at) for person in people]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _had(on: date) -> Any:
    """Who has an envelope of this month that was sent, is under way, or was refused for good."""
    this_month = Notice.objects.filter(kind=KIND, day__gte=on.replace(day=1), day__lte=on)
    lapsed = Q(state=NoticeState.FAILED, last_error__startswith=LAPSED)
    return this_month.exclude(lapsed).exclude(state=NoticeState.SKIPPED, day__lt=on).values("recipient")


def _close_past(on: date) -> None:
    for notice in Notice.objects.unsent().filter(kind=KIND, day__lt=on):
        mine = Notice.objects.filter(pk=notice.pk, state=notice.state)
        mine.update(state=NoticeState.FAILED, claimed_until=None, last_error=LAPSED + notice.last_error)


def heads_for(envelopes: Iterable[Notice], *, at: datetime) -> dict[int, Digest | None]:
    """What each of these envelopes says that is for an auditor, by its number; None where nobody is one any more."""
    mine = {notice.pk: notice for notice in envelopes if notice.kind == KIND}
    return {number: _digest(notice.recipient_id, None, at) for number, notice in mine.items()}


def heads_ahead(
    houses: Houses, *, at: datetime, places: Collection[int] | None, whatever_the_hour: bool
) -> list[tuple[Notice, Digest, frozenset[int]]]:
    """What the first working day of a month puts out: envelopes (not stored), what they say, and of which authorities.

    Nothing on other days. `places`: of these authorities alone. Otherwise as post_heads.
    """
    on = day_of(at)
    first = on.replace(day=1)
    if on != (first if houses.calendar.is_working_day(first) else houses.calendar.next_working_day(first)):
        return []
    audited: dict[User, set[int]] = defaultdict(set)
    held = _auditing(places).exclude(user__in=_had(on)).select_related("user").order_by("user__name")
    for membership in held:
        audited[membership.user].add(membership.authority_id)
    going = {
        person: theirs
        for person, theirs in audited.items()
        if whatever_the_hour or any(houses.hour_has_come(place, at) for place in theirs)
    }
    told = [(person, _digest(person.pk, places, at), frozenset(theirs)) for person, theirs in going.items()]
    return [(Notice(recipient=person, kind=KIND, day=on), says, of) for person, says, of in told if says]


def _auditing(places: Collection[int] | None) -> Any:
    """Who audits what, of these authorities or of all, where there is a trail."""
    held = Membership.objects.current().filter(role=Role.AUDITOR, authority__chain__length__gt=0)
    return held if places is None else held.filter(authority__in=places)


def _digest(person: int, places: Collection[int] | None, at: datetime) -> Digest | None:
    held = _auditing(places).filter(user=person)
    chains = Chain.objects.filter(authority__in=held.values("authority")).select_related("authority")
    heads = tuple(
        Head(str(chain.authority), chain.key, chain.length, chain.head, at)
        for chain in chains.order_by("authority__short_name")
    )
    named = tuple(head.authority for head in heads)
    return Digest(KIND, day_of(at), named, Counts(), heads=heads) if heads else None
