"""Those who have left: who is due to lose their name, and replacing it. docs/privacy.md says what stays and why.

The trail's own bodies keep the name of the day on which something was done; the change itself is an event, whose state
holds the pseudonym. It cannot be undone.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from tracker.access import Actor, check_site, works_here_alone
from tracker.choices import DigestChoice, EventKind
from tracker.models import Action, Authority, CalendarFeed, Membership, Notice, SavedFilter, Trailed, User
from tracker.rules.leavers import NOTICE_DAYS, gone_on, no_address, pseudonym
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.locking import locked

# Where the packages for signing in keep what is about a person: addresses, second factors, outside identities.
SIGN_IN_APPS = frozenset({"account", "mfa", "socialaccount", "usersessions"})


@dataclass(frozen=True)
class Leaver:
    """Somebody whose roles have all ended, and the day from which their name is replaced."""

    person: User
    due_on: date


def due(*, by: Actor, months: int, on: date) -> list[Leaver]:
    """Those whose name may be replaced on that day, the longest gone first; nobody where months is not above 0."""
    check_site(by)
    return [each for each in _leavers(months, on) if each.due_on <= on]


def soon_due(authority: Authority | None, *, months: int, on: date) -> list[Leaver]:
    """Those who are due within a month, or are due already: of a council who worked there alone, or (None) everybody."""
    found = [each for each in _leavers(months, on) if each.due_on <= on + timedelta(days=NOTICE_DAYS)]
    if authority is None:
        return found
    here = set(Membership.objects.filter(authority=authority).values_list("user", flat=True))
    own = works_here_alone(here.intersection(each.person.pk for each in found), authority)
    return [each for each in found if each.person.pk in own]


@transaction.atomic
def pseudonymise(person: User, *, months: int, by: Actor, at: datetime) -> User:
    """Replace a leaver's name and address, and close all their doors. Raises Refused for whoever is not due."""
    check_site(by)
    kept = locked(person)
    if kept.pk not in {each.person.pk for each in due(by=by, months=months, on=day_of(at))}:
        raise Refused(
            "This person’s name may not be replaced now: they have a role, a task or have not been gone for long."
        )
    address = kept.email
    kept.name, kept.email, kept.job_title, kept.organisation = pseudonym(kept.pk), no_address(kept.pk), "", ""
    kept.is_active, kept.last_login, kept.digest_choice = False, None, DigestChoice.EACH_DAY
    kept.pseudonymised_at = at
    kept.set_unusable_password()
    kept.save()
    rows: list[Trailed] = [kept, *_without_calendar(kept, at)]
    _forget(kept, address)
    trail.record(EventKind.PERSON_PSEUDONYMISED, *rows, chain=None, by=by, at=at, details={"months": months})
    return kept


def _leavers(months: int, on: date) -> list[Leaver]:
    if months <= 0:
        return []
    rows = _gone().exclude(pk__in=_needed(on)).annotate(last_ended=Max("memberships__ended_at"))
    found = [
        Leaver(each, gone_on(day_of(each.last_ended), day_of(each.last_login) if each.last_login else None, months))
        for each in rows
    ]
    return sorted(found, key=lambda each: (each.due_on, each.person.pk))


def _gone() -> Any:
    """Those who had a role and have none, and have no rights over the site either."""
    standing = Membership.objects.filter(ended_at=None).values("user")
    people = User.objects.filter(pseudonymised_at=None, is_staff=False, is_superuser=False)
    return people.filter(memberships__isnull=False).exclude(pk__in=standing)


def _needed(on: date) -> set[int]:
    """Those whose tasks nobody has taken over yet: unfinished actions, overdue actions told to them, deputies."""
    unfinished = Action.objects.all().unfinished()
    deputising = Membership.objects.filter(ended_at=None, deputy_to__gte=on)
    places = (
        unfinished.values_list("owner", flat=True),
        unfinished.values_list("accountable", flat=True),
        Authority.objects.values_list("director", flat=True),
        deputising.values_list("deputy", flat=True),
    )
    return {number for place in places for number in place if number is not None}


def _without_calendar(person: User, at: datetime) -> list[Trailed]:
    """The person's calendar address, revoked where it stood."""
    feed = CalendarFeed.objects.select_for_update().filter(Q(person=person), token_hash__isnull=False).first()
    if feed is None:
        return []
    feed.token_hash, feed.revoked_at = None, at
    feed.save()
    return [feed]


def _forget(person: User, address: str) -> None:
    """What is kept outside the trail: own filters, ways of signing in, and the address in what a mail server said."""
    SavedFilter.objects.filter(person=person).delete()
    relations: Any = User._meta.related_objects
    for relation in relations:
        if relation.related_model._meta.app_label in SIGN_IN_APPS:
            relation.related_model._default_manager.filter(**{relation.field.name: person}).delete()
    told = re.compile(re.escape(address), re.IGNORECASE)
    for notice in Notice.objects.filter(recipient=person, last_error__icontains=address):
        notice.last_error = told.sub(person.email, notice.last_error)
        notice.save(update_fields=["last_error"])
