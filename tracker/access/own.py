"""Rows by what they are to a person: the actions they answer for, what is said about those, the boards they follow."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tracker.access.rows import _authorities_with, _own, visible_actions, visible_authorities
from tracker.choices import Role
from tracker.models import Action, Authority, BoardMeeting, Due, Membership, Notice, User
from tracker.rules.notices import TO_OWNER
from tracker.rules.roles import WORKING, Ability


def own_actions(user: User, on: date) -> Any:
    """The actions the person owns, or whose owner they stand in for on that day."""
    return visible_actions(user, on).filter(_own(user, on))


def answering(
    people: Collection[int], on: date, roles: Collection[Role] = WORKING
) -> dict[tuple[int, int], frozenset[int]]:
    """Who of these people answers on that day for whom: by authority and holder of such a role, they or a deputy."""
    rows = Membership.objects.current().filter(role__in=roles)
    themselves = rows.filter(user__in=people).values_list("authority", "user", "user")
    away = rows.filter(deputy__in=people, deputy_from__lte=on, deputy_to__gte=on)
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for authority, owner, person in [*themselves, *away.values_list("authority", "user", "deputy")]:
        found[authority, owner].add(person)
    return {key: frozenset(who) for key, who in found.items()}


def board_authorities(user: User, on: date) -> QuerySet[Authority]:
    """The authorities whose whole plan the person sees, and with it the board's page; a partner sees none."""
    return visible_authorities(user, on).filter(pk__in=_authorities_with(user, Ability.SEE_PLAN))


def led_authorities(user: User, on: date) -> QuerySet[Authority]:
    """The authorities whose plan the person keeps."""
    return visible_authorities(user, on).filter(pk__in=_authorities_with(user, Ability.KEEP_PLAN))


def meetings_calling(user: User, on: date) -> Any:
    """The meetings to come that call the person for updates: those of every authority where they own an action.

    A partner who owns an action is called too: they see the day, and not the board's page.
    """
    authorities = own_actions(user, on).open().values("authority")
    return BoardMeeting.objects.ahead(on).filter(authority__in=authorities, called_at__isnull=False)


def own_notices(user: User) -> QuerySet[Notice]:
    """The envelopes addressed to the person."""
    return Notice.objects.filter(recipient=user)


def own_dues(user: User, on: date) -> QuerySet[Due]:
    """What is owed to the owner about the person's own actions."""
    mine = own_actions(user, on).values("pk")
    return Due.objects.filter(subject_type=Action.trail_type(), subject_id__in=mine, kind__in=TO_OWNER)
