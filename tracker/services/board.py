"""The board: planning its meetings, calling for updates, its challenges and their answers."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Action, Authority, BoardMeeting, Challenge
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import trail
from tracker.services.locking import locked


@transaction.atomic
def plan_meeting(
    authority: Authority,
    *,
    held_on: date,
    by: Actor,
    at: datetime,
    updates_by: date | None = None,
    notes: str = "",
) -> BoardMeeting:
    """Plan a meeting, or change the one planned for that day; `updates_by` calls owners for updates by a day."""
    check(by, Ability.KEEP_PLAN, authority)
    if updates_by and updates_by > held_on:
        raise Refused("Call for updates by a day before the meeting.", "updates_by")
    known = BoardMeeting.objects.select_for_update().filter(authority=authority, held_on=held_on).first()
    meeting = known or BoardMeeting(authority=authority, held_on=held_on)
    if updates_by != meeting.updates_by:
        meeting.updates_by, meeting.called_at = updates_by, at if updates_by else None
    meeting.notes = notes
    meeting.save()
    trail.record(EventKind.MEETING_PLANNED, meeting, chain=authority, by=by, at=at)
    return meeting


@transaction.atomic
def challenge(
    authority: Authority,
    *,
    text: str,
    by: Actor,
    at: datetime,
    action: Action | None = None,
    meeting: BoardMeeting | None = None,
) -> Challenge:
    """Put a challenge about the plan or one action of it."""
    check(by, Ability.CHALLENGE, authority)
    if not text.strip():
        raise Refused("Write the challenge.", "text")
    if {row.authority_id for row in (action, meeting) if row} - {authority.pk}:
        raise Refused("The action or meeting belongs to another authority.")
    put = Challenge.objects.create(
        authority=authority, action=action, meeting=meeting, text=text.strip(), raised_at=at, raised_by=by.person()
    )
    trail.record(EventKind.CHALLENGE_RAISED, put, chain=authority, by=by, at=at)
    return put


@transaction.atomic
def answer(challenge: Challenge, *, text: str, by: Actor, at: datetime) -> Challenge:
    """Answer a challenge; the answer is the lead's, once."""
    check(by, Ability.KEEP_PLAN, challenge.authority_id)
    kept = locked(challenge)
    if kept.answered_at:
        raise Refused("This challenge has been answered already.")
    if not text.strip():
        raise Refused("Write the answer.", "answer")
    kept.answer, kept.answered_at, kept.answered_by = text.strip(), at, by.person()
    kept.save()
    trail.record(EventKind.CHALLENGE_ANSWERED, kept, chain=kept.authority, by=by, at=at)
    return kept
