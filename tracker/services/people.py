"""People and what they may do where: adding, changing, granting, ending, standing in."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_adds_people, check_people, check_site
from tracker.choices import EventKind, Role
from tracker.models import Action, Authority, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import actions, trail
from tracker.services.locking import locked


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    by: Actor,
    at: datetime,
    job_title: str = "",
    organisation: str = "",
    password: str | None = None,
    is_staff: bool = False,
    is_superuser: bool = False,
) -> User:
    """Add a person. Without a password they set one by the link in their first mail. Raises Refused."""
    check_adds_people(by)
    if is_superuser or is_staff:
        check_site(by)
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address is there already.", "email")
    person = User(
        email=email,
        name=name.strip(),
        job_title=job_title,
        organisation=organisation,
        is_staff=is_staff,
        is_superuser=is_superuser,
        joined_at=at,
    )
    person.set_password(password)
    _check_details(person)
    person.save()
    trail.record(EventKind.PERSON_ADDED, person, chain=None, by=by, at=at)
    return person


def _check_details(person: User) -> None:
    """Refuses what a person cannot be called or reached by, naming the first field that is wrong."""
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(sentences[0], field) from error


@transaction.atomic
def change_person(
    person: User,
    *,
    by: Actor,
    at: datetime,
    name: str | None = None,
    job_title: str | None = None,
    organisation: str | None = None,
    is_active: bool | None = None,
    is_staff: bool | None = None,
) -> User:
    """Change somebody's details: one's own name, post and organisation, or anybody's as the site's administrator."""
    own = by.user is not None and by.user.pk == person.pk and is_active is None and is_staff is None
    if not own:
        check_site(by)
    kept = locked(person)
    wanted = {
        "name": name,
        "job_title": job_title,
        "organisation": organisation,
        "is_active": is_active,
        "is_staff": is_staff,
    }
    for field, value in wanted.items():
        if value is not None:
            setattr(kept, field, value)
    _check_details(kept)
    kept.save()
    trail.record(EventKind.PERSON_CHANGED, kept, chain=None, by=by, at=at)
    return kept


@transaction.atomic
def grant_membership(
    *, user: User, authority: Authority, role: Role, by: Actor, at: datetime, sees_confidential: bool = False
) -> Membership:
    """Give a person a role in an authority. Raises Refused where they hold it already."""
    check_people(by, authority)
    if Membership.objects.filter(user=user, authority=authority, role=role, ended_at__isnull=True).exists():
        raise Refused(f"{user.name} is {role.label.lower()} of {authority} already.", "user")
    membership = Membership.objects.create(
        user=user,
        authority=authority,
        role=role,
        sees_confidential=sees_confidential,
        granted_at=at,
        granted_by=by.user,
    )
    trail.record(EventKind.MEMBERSHIP_GRANTED, membership, chain=None, by=by, at=at)
    return membership


@transaction.atomic
def end_membership(
    membership: Membership, *, by: Actor, at: datetime, reason: str = "", hand_over_to: User | None = None
) -> Membership:
    """End a membership. Open actions of somebody who then has none left are handed over in the same step.

    Raises Refused where there are open actions and nobody to take them.
    """
    check_people(by, membership.authority)
    kept = locked(membership)
    if kept.ended_at:
        raise Refused("This membership has ended already.")
    kept.ended_at, kept.ended_by = at, by.user
    kept.save()
    left = _left_behind(kept)
    if left and hand_over_to is None:
        raise Refused(f"{kept.user.name} still answers for {len(left)} action(s): say who takes them.", "hand_over_to")
    trail.record(EventKind.MEMBERSHIP_ENDED, kept, chain=None, by=by, at=at, reason=reason)
    if hand_over_to is not None:
        actions.hand_over(left, to=hand_over_to, by=by, at=at, reason=f"{kept.user.name} has left. {reason}".strip())
    return kept


def _left_behind(membership: Membership) -> list[Action]:
    others = Membership.objects.current().filter(user=membership.user, authority=membership.authority)
    if others.filter(role__in=[Role.LEAD, Role.OWNER, Role.PARTNER]).exists():
        return []
    return list(Action.objects.filter(owner=membership.user, authority=membership.authority).unfinished())


@transaction.atomic
def name_deputy(
    membership: Membership,
    *,
    deputy: User | None,
    first_day: date | None = None,
    last_day: date | None = None,
    by: Actor,
    at: datetime,
) -> Membership:
    """Say who stands in for somebody from the first to the last day, or (without a deputy) that nobody does.

    The deputy must hold a membership of the same authority. Raises Refused.
    """
    if by.user is None or by.user.pk != membership.user_id:
        check_people(by, membership.authority)
    kept = locked(membership)
    if kept.ended_at:
        raise Refused("This membership has ended.")
    if deputy is not None:
        _check_deputy(kept, deputy, first_day, last_day)
    kept.deputy, kept.deputy_from, kept.deputy_to = (deputy, first_day, last_day) if deputy else (None, None, None)
    kept.save()
    trail.record(EventKind.DEPUTY_NAMED, kept, chain=None, by=by, at=at)
    return kept


def _check_deputy(membership: Membership, deputy: User, first_day: date | None, last_day: date | None) -> None:
    if deputy.pk == membership.user_id:
        raise Refused("Nobody is their own deputy.", "deputy")
    if first_day is None or last_day is None or last_day < first_day:
        raise Refused("Give a first and a last day, the last not before the first.", "deputy_to")
    if not Membership.objects.current().filter(user=deputy, authority=membership.authority).exists():
        raise Refused(f"{deputy.name} has no access to {membership.authority}.", "deputy")


def person_of(email: str) -> User | None:
    """The person of that e-mail address, whatever its case; None where there is none."""
    return User.objects.filter(email__iexact=email.strip()).first()
