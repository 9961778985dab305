"""What awaits a word from a person: the actions that their mail asks about and of which nothing was heard since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from tracker.access import own_actions, own_notices
from tracker.choices import NoticeState
from tracker.models import Action, User
from tracker.rules.london import day_of, start_of
from tracker.rules.standing import is_due_soon, is_overdue, is_silent
from tracker.services.scheduling import House, Houses


@dataclass(frozen=True)
class Asked:
    """When a person was last asked how things stand, by a mail or not, and about which actions it newly told."""

    at: datetime
    by_mail: bool = False
    told: frozenset[int] = frozenset()


def last_asked(person: User, *, at: datetime) -> Asked:
    """The person's latest mail; where none was sent, the beginning of today stands in."""
    sent = own_notices(person).filter(state=NoticeState.SENT, sent_at__lte=at).order_by("-sent_at").first()
    if sent is None or sent.sent_at is None:
        return Asked(start_of(day_of(at)))
    told = sent.dues.filter(subject_type=Action.trail_type()).values_list("subject_id", flat=True)
    return Asked(sent.sent_at, True, frozenset(told))


def awaited(person: User, asked: Asked, *, on: date) -> list[Action]:
    """The person's own open actions unheard of since they were asked, the oldest date first.

    Those that are overdue, due soon or silent by their council's settings, and those that the mail newly told of.
    """
    rows = own_actions(person, on).open().filter(last_heard_at__lt=asked.at)
    told = rows.select_related("authority", "recommendation__report")
    houses = Houses()
    ordered = told.order_by(F("overdue_after").asc(nulls_last=True), "reference")
    return [action for action in ordered if action.pk in asked.told or _asks(action, houses[action.authority_id], on)]


def _asks(action: Action, house: House, on: date) -> bool:
    standing, settings = action.standing, house.settings
    soon = is_due_soon(standing, as_at=on, days=settings.due_soon_days)
    return soon or is_overdue(standing, as_at=on) or is_silent(standing, as_at=on, days=settings.silent_days)
