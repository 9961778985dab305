"""Reminding owners of a call for updates that they have not answered: a lead's act, at most once a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor
from tracker.choices import EventKind, NoticeState
from tracker.models import BoardMeeting, Notice
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import board, reference, trail
from tracker.services.calls import unanswered_by
from tracker.services.locking import locked
from tracker.services.notices import occasions


@dataclass(frozen=True)
class Reminded:
    """How many owners are reminded by their next mail, and how many can get none before the day that is named."""

    owners: int
    too_late: int


def check_call_again(meeting: BoardMeeting, by: Actor, *, on: date) -> None:
    """Refuses unless the actor may remind owners on that day: updates are called for, and the day is still to come."""
    board.check_change(meeting, by)
    if meeting.call is None:
        raise Refused("No updates are called for at this meeting.")
    last, called_at = meeting.call
    if last < on:
        raise Refused("The day by which updates were called for has passed. Move it, or ask people yourself.")
    if day_of(called_at) == on:
        raise Refused(
            "Updates were called for today, and owners hear of it in their next mail. They can be reminded from tomorrow."
        )
    if occasions.reminded_on(meeting) == on:
        raise Refused("Owners have been reminded today already. They hear of it in their next mail.")


@transaction.atomic
def call_again(meeting: BoardMeeting, *, by: Actor, at: datetime) -> Reminded:
    """Remind the owners who have not answered, by the next mail that goes to each. Raises Refused."""
    kept, on = locked(meeting), day_of(at)
    check_call_again(kept, by, on=on)
    owners, last = unanswered_by(kept), kept.updates_by
    if not owners or last is None:
        raise Refused("Everybody has answered.")
    found = Reminded(len(owners), _too_late(owners, last, on))
    if found.too_late == found.owners:
        raise Refused("No mail goes to them before that day any more. Ask them yourself, or move the day.")
    if not occasions.called_again(kept, last, on=on):
        raise Refused("Owners have been reminded of this day today already.")
    trail.record(
        EventKind.UPDATES_CALLED_AGAIN, kept, chain=kept.authority, by=by, at=at, details={"owners": found.owners}
    )
    return found


def _too_late(owners: frozenset[int], last: date, on: date) -> int:
    """How many of them have had today's mail, where no other goes by the last day."""
    calendar = reference.calendar()
    if calendar.next_working_day(on) <= last:
        return 0
    if not calendar.is_working_day(on):
        return len(owners)
    return Notice.objects.filter(recipient__in=owners, day=on, state=NoticeState.SENT).count()
