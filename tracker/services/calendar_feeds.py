"""A person's private calendar address: made, made anew, revoked. The secret is told once and kept nowhere."""

import secrets
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from tracker.access import Actor
from tracker.choices import EventKind
from tracker.models import CalendarFeed, User
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.locking import locked

SECRET_BYTES = 24  # 192 bits: nobody guesses it


def _print_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(person: User, *, by: Actor, at: datetime, seen: datetime | None = None) -> str:
    """Make an address, or another in place of the one that was `seen` to stand; returns its secret, this once.

    Raises Refused for anybody else's, and where the standing address is not the one seen: a page sent twice must not
    take back the address it has just shown.
    """
    _check_own(person, by)
    kept = CalendarFeed.objects.filter(person=locked(person)).first() or CalendarFeed(person=person)
    if (kept.made_at if kept.token_hash else None) != seen:
        raise Refused("Your calendar address has changed meanwhile. It was shown when it was made; look again below.")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    kept.token_hash, kept.made_at, kept.revoked_at, kept.fetched_on = _print_of(secret), at, None, None
    kept.save()
    trail.record(EventKind.CALENDAR_MADE, kept, chain=None, by=by, at=at)
    return secret


@transaction.atomic
def revoke(feed: CalendarFeed, *, by: Actor, at: datetime) -> CalendarFeed:
    """End an address of one's own: it answers no more. Raises Refused where it is another's, or ended already."""
    _check_own(feed.person, by)
    kept = locked(feed)
    if kept.token_hash is None:
        raise Refused("You have no calendar address at present.")
    kept.token_hash, kept.revoked_at = None, at
    kept.save()
    trail.record(EventKind.CALENDAR_REVOKED, kept, chain=None, by=by, at=at)
    return kept


def _check_own(person: User, by: Actor) -> None:
    if by.is_house or by.person().pk != person.pk:
        raise Refused("A calendar address is made and revoked by its own person alone.")


def standing_of(person: User) -> CalendarFeed | None:
    """The person's address, as far as it stands."""
    return CalendarFeed.objects.filter(person=person, token_hash__isnull=False).first()


def feed_of(secret: str) -> CalendarFeed | None:
    """Whose calendar a secret opens; None where it opens none, or none any more."""
    return CalendarFeed.objects.filter(token_hash=_print_of(secret)).select_related("person").first()


def fetched(feed: CalendarFeed, *, on: date) -> None:
    """Keep the day on which the address was last asked for, so that its person sees that somebody does."""
    if feed.fetched_on != on:
        CalendarFeed.objects.filter(pk=feed.pk, token_hash=feed.token_hash).update(fetched_on=on)
