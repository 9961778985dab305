"""Standing in for somebody who is away: from the first day to the last, both included."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, assignable_people, check_people
from tracker.choices import EventKind
from tracker.models import Membership, User
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import WORKING
from tracker.services import trail
from tracker.services.locking import locked


def check_deputy(membership: Membership, by: Actor) -> None:
    """Refuses unless the actor may say who stands in here: the person themselves, or who keeps the people."""
    if by.user is None or by.user.pk != membership.user_id:
        check_people(by, membership.authority)
    if membership.ended_at:
        raise Refused("This membership has ended.")


def check_needs_deputy(membership: Membership) -> None:
    """Refuses where there is nothing to stand in for: a deputy does what the role does with actions."""
    if membership.role not in WORKING:
        role = str(membership.get_role_display()).lower()
        raise Refused(f"In the role of {role} nobody holds actions, so there is nothing to stand in for.")


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

    The deputy must hold a role of the same authority that may work on actions. Raises Refused.
    """
    kept = locked(membership)
    check_deputy(kept, by)
    if deputy is not None:
        check_needs_deputy(kept)
        _check_days(first_day, last_day, day_of(at))
        _check_may_stand_in(kept, deputy)
    kept.deputy, kept.deputy_from, kept.deputy_to = (deputy, first_day, last_day) if deputy else (None, None, None)
    kept.save()
    trail.record(EventKind.DEPUTY_NAMED, kept, chain=None, by=by, at=at)
    return kept


def _check_days(first: date | None, last: date | None, on: date) -> None:
    if first is None or last is None or last < first:
        raise Refused("Give a first and a last day, the last not before the first.", "deputy_to")
    if last < on:
        raise Refused("The last day has passed already.", "deputy_to")


def _check_may_stand_in(membership: Membership, deputy: User) -> None:
    authority = membership.authority
    if deputy.pk == membership.user_id:
        raise Refused("Nobody is their own deputy.", "deputy")
    if not Membership.objects.current().filter(user=deputy, authority=authority).exists():
        raise Refused(f"{deputy.name} has no access to {authority}.", "deputy")
    if not assignable_people(authority).filter(pk=deputy.pk).exists():
        raise Refused(
            f"{deputy.name} may not work on actions of {authority}. A deputy is a lead, an owner or a partner.",
            "deputy",
        )
