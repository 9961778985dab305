"""Looking through who has access: confirmed by a named person now and then, told by the trail, asked for when long ago."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min

from tracker.access import Actor, check_people
from tracker.choices import EventKind
from tracker.models import Authority, Event, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import reference, trail


@dataclass(frozen=True)
class Review:
    """When the list was last looked through (in UTC), and by whom."""

    at: datetime
    by: User | None


def fingerprint(memberships: Iterable[Membership]) -> str:
    """What a list of a council's roles says, in one word: it differs where somebody's access has changed meanwhile."""
    said = sorted(
        f"{each.pk} {each.role} {each.sees_confidential} {each.deputy_id} {each.deputy_from} {each.deputy_to}"
        f" {each.user.is_active}"
        for each in memberships
        if not each.ended_at
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@transaction.atomic
def confirm(authority: Authority, *, seen: str, by: Actor, at: datetime) -> Event:
    """Say that a named person has looked through the list of who has access; `seen` is the list's fingerprint.

    Raises Refused where the list has changed since it was shown.
    """
    check_people(by, authority)
    by.person()
    current = list(Membership.objects.filter(authority=authority, ended_at=None).select_related("user"))
    if seen != fingerprint(current):
        raise Refused("Somebody’s access has changed since you opened the list. Look through it again.")
    details = {"memberships": sorted(each.pk for each in current)}
    return trail.record(EventKind.ACCESS_REVIEWED, authority, chain=authority, by=by, at=at, details=details)


@transaction.atomic
def saved(authority: Authority, *, name: str, digest: str, by: Actor, at: datetime) -> Event:
    """Tell the trail that the list of who has access was saved as a file, under which hash (SHA-256)."""
    check_people(by, authority)
    details = {"name": name, "sha256": digest}
    return trail.record(EventKind.ACCESS_LIST_SAVED, authority, chain=authority, by=by, at=at, details=details)


def last_review(authority: Authority) -> Review | None:
    """The last time somebody confirmed the list; None where nobody has."""
    told = (
        Event.objects.filter(kind=EventKind.ACCESS_REVIEWED, chain__authority=authority).order_by("-sequence").first()
    )
    return Review(told.recorded_at, User.objects.filter(pk=told.actor_id or 0).first()) if told else None


def due(authorities: Collection[Authority], at: datetime) -> dict[Authority, datetime | None]:
    """Of these councils those whose list is to be looked through again, each with when it last was (None: never).

    Where it never was, the days count from the first role that was granted.
    """
    told = Event.objects.filter(kind=EventKind.ACCESS_REVIEWED, chain__authority__in=authorities).order_by()
    looked = dict(
        told.values("chain__authority").annotate(last=Max("recorded_at")).values_list("chain__authority", "last")
    )
    granted = Membership.objects.filter(authority__in=authorities).order_by()
    begun = dict(granted.values("authority").annotate(first=Min("granted_at")).values_list("authority", "first"))
    found: dict[Authority, datetime | None] = {}
    for each in authorities:
        since = looked.get(each.pk) or begun.get(each.pk)
        days = reference.settings_of(each).access_review_days
        if since and at - since > timedelta(days=days):
            found[each] = looked.get(each.pk)
    return found
