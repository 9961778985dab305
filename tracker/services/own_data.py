"""What is held about one person, for that person: read through what they may see, and told by the trail when it is taken.

Of others it holds their names alone, where they stand in the person's own records. What the person wrote in a plan that
they may see no longer is counted, not shown: it is the council's, and may speak of others.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q

from tracker.access import Actor, own_notices, visible
from tracker.choices import EventKind
from tracker.models import (
    Action,
    CalendarFeed,
    Event,
    Evidence,
    Membership,
    ProgressNote,
    SavedFilter,
    User,
)
from tracker.models.trailed import Plain, plain
from tracker.rules.refusal import Refused
from tracker.services import second_factors, trail
from tracker.services.locking import locked

Line = dict[str, Plain]
Tables = dict[str, list[Line]]
ABOUT_THEM = (
    *("name", "email", "job_title", "organisation", "is_active", "is_staff", "is_superuser"),
    *("joined_at", "last_login", "digest_choice"),
)


def held_about(person: User, on: date) -> Tables:
    """Every table of what is held about the person and may be theirs, by name; dates as ISO, moments in UTC."""
    return {
        "profile": [_line(person, ABOUT_THEM)],
        "roles": [_role(each) for each in _memberships(person)],
        "named_as": _named_as(person),
        "second_factor": _second_factor(person),
        "sign_in": _sign_in(person),
        "actions": [_action(each, person) for each in _actions(person, on)],
        "notes": [_note(each) for each in _notes(person, on)],
        "evidence": [_piece(each) for each in _evidence(person, on)],
        "mails": [_line(each, ("kind", "day", "state", "subject", "sent_at")) for each in own_notices(person)],
        "calendar": _lines(CalendarFeed.objects.filter(person=person), ("made_at", "revoked_at", "fetched_on")),
        "saved_filters": _lines(SavedFilter.objects.filter(person=person), ("name", "query")),
        "trail": [_happened(each, person) for each in _events(person)],
        "not_shown": _not_shown(person, on),
    }


@transaction.atomic
def exported(person: User, *, name: str, digest: str, by: Actor, at: datetime) -> Event:
    """Tell the trail that somebody took what is held about them, under which hash (SHA-256). Raises Refused for others."""
    if by.is_house or by.person().pk != person.pk:
        raise Refused("What is held about somebody is given to that person alone.")
    details = {"name": name, "sha256": digest}
    return trail.record(EventKind.DATA_EXPORTED, locked(person), chain=None, by=by, at=at, details=details)


def _line(row: Any, names: Iterable[str]) -> Line:
    return {name: plain(getattr(row, name)) for name in names}


def _lines(rows: Iterable[Any], names: Iterable[str]) -> list[Line]:
    wanted = tuple(names)
    return [_line(row, wanted) for row in rows]


def _memberships(person: User) -> Any:
    rows = Membership.objects.filter(user=person).order_by("granted_at", "pk")
    return rows.select_related("authority", "granted_by", "ended_by", "deputy")


def _role(row: Membership) -> Line:
    names = ("role", "sees_confidential", "granted_at", "ended_at", "deputy_from", "deputy_to")
    people = {"granted_by": row.granted_by, "ended_by": row.ended_by, "deputy": row.deputy}
    named: Mapping[str, Plain] = {key: who.name if who else None for key, who in people.items()}
    return {"council": row.authority.short_name, **_line(row, names), **named}


def _named_as(person: User) -> list[Line]:
    """Where the person is director, and for whom they stand in or stood in."""
    directs = person.directs.order_by("short_name").values_list("short_name", flat=True)
    standing = (
        Membership.objects.filter(deputy=person).order_by("deputy_from", "pk").select_related("authority", "user")
    )
    empty: Line = {"for": None, "deputy_from": None, "deputy_to": None}
    return [
        *({"council": council, "what": "director", **empty} for council in directs),
        *(
            {
                "council": row.authority.short_name,
                "what": "deputy",
                "for": row.user.name,
                **_line(row, ("deputy_from", "deputy_to")),
            }
            for row in standing
        ),
    ]


def _second_factor(person: User) -> list[Line]:
    """That there is one and since when; never a secret, and of the recovery codes how many are left."""
    timed = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    left = second_factors.codes_left(person)
    return [
        {
            "what": "authenticator app",
            "set_up_at": plain(row.created_at),
            "last_used_at": plain(row.last_used_at),
            "recovery_codes_left": left,
        }
        for row in timed
    ]


def _sign_in(person: User) -> list[Line]:
    """What the sign-in packages keep of the person: addresses, and the numbers that councils' own sign-ins gave."""
    addresses = EmailAddress.objects.filter(user=person).order_by("pk").values_list("email", flat=True)
    linked = SocialAccount.objects.filter(user=person).order_by("pk")
    empty: Line = {"linked_at": None, "last_used_at": None}
    return [
        *({"what": "address", "where": "this site", "value": address, **empty} for address in addresses),
        *(
            {
                "what": "number",
                "where": row.provider,
                "value": row.uid,
                "linked_at": plain(row.date_joined),
                "last_used_at": plain(row.last_login),
            }
            for row in linked
        ),
    ]


def _actions(person: User, on: date) -> Any:
    mine = Q(owner=person) | Q(accountable=person) | Q(partners=person)
    return visible(Action, person, on).filter(mine).distinct().order_by("reference")


def _action(row: Action, person: User) -> Line:
    part = "owner" if row.owner_id == person.pk else "accountable" if row.accountable_id == person.pk else "partner"
    return {"part": part, **_line(row, ("reference", "what", "status", "agreed_due"))}


def _notes(person: User, on: date) -> Any:
    mine = visible(ProgressNote, person, on).filter(written_by=person)
    return mine.select_related("action").order_by("written_at", "pk")


def _note(row: ProgressNote) -> Line:
    return {"action": row.action.reference, **_line(row, ("written_at", "kind", "text"))}


def _evidence(person: User, on: date) -> Any:
    mine = visible(Evidence, person, on).filter(added_by=person)
    return mine.select_related("action").order_by("received_at", "pk")


def _piece(row: Evidence) -> Line:
    """What is kept about a piece of evidence, not the piece."""
    names = ("kind", "title", "received_at", "about_on", "confidential", "size", "sha256", "withdrawn_at", "erased_at")
    return {"action": row.action.reference, **_line(row, names)}


def _events(person: User) -> Any:
    roles = Membership.objects.filter(user=person).values("pk")
    about = Q(subject_type=User.trail_type(), subject_id=person.pk)
    about |= Q(subject_type=Membership.trail_type(), subject_id__in=roles)
    return Event.objects.filter(Q(actor_id=person.pk) | about).select_related("chain").order_by("pk")


def _happened(event: Event, person: User) -> Line:
    """That it happened, by their doing or about them; what the line holds stays in the trail, for who may read it."""
    acted = "you" if event.actor_id == person.pk else "somebody else"
    return {
        "trail": event.chain.key,
        "number": event.sequence,
        "at": plain(event.recorded_at),
        "what": event.get_kind_display(),
        "by": acted,
        "way": event.get_channel_display(),
    }


def _not_shown(person: User, on: date) -> list[Line]:
    """How much they wrote that they may see no longer."""
    kept = {
        "notes": ProgressNote.objects.filter(written_by=person).count() - _notes(person, on).count(),
        "evidence": Evidence.objects.filter(added_by=person).count() - _evidence(person, on).count(),
    }
    return [{"what": what, "number": number} for what, number in kept.items() if number]
