"""Rows by what they are to a person: the actions they answer for, what is said about those, the boards they follow."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from tracker.access.rows import _authorities_with, _own, visible_actions, visible_authorities
from tracker.models import Action, Authority, BoardMeeting, Due, Notice, User
from tracker.rules.notices import TO_OWNER
from tracker.rules.roles import Ability


def own_actions(user: User, on: date) -> Any:
    """The actions the person owns, or whose owner they stand in for on that day."""
    return visible_actions(user, on).filter(_own(user, on))


def board_authorities(user: User, on: date) -> QuerySet[Authority]:
    """The authorities whose whole plan the person sees, and with it the board's page; a partner sees none."""
    return visible_authorities(user, on).filter(pk__in=_authorities_with(user, Ability.SEE_PLAN))


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
