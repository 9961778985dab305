"""The board: planning its meetings, calling for updates, its challenges and their answers."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Action, Authority, BoardMeeting, Challenge
from tracker.rules.questions import check_year
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
    """Plan a meeting; `updates_by` calls owners for updates by a day. Raises Refused where that day has one already."""
    check(by, Ability.KEEP_PLAN, authority)
    meeting = BoardMeeting(authority=locked(authority))
    return _settled(EventKind.MEETING_PLANNED, meeting, held_on, updates_by, notes, by, at)


@transaction.atomic
def change_meeting(
    meeting: BoardMeeting,
    *,
    held_on: date,
    updates_by: date | None,
    notes: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> BoardMeeting:
    """Change a meeting's day, its notes, or the day by which updates are called for (None takes the call back).

    Moving that day leaves the call as it was made: what was answered since then counts. Raises Refused and Conflict.
    """
    locked(meeting.authority)
    kept = locked(meeting, version)
    check_change(kept, by)
    kept.version += 1
    return _settled(EventKind.MEETING_CHANGED, kept, held_on, updates_by, notes, by, at)


def _settled(
    kind: EventKind,
    meeting: BoardMeeting,
    held_on: date,
    updates_by: date | None,
    notes: str,
    by: Actor,
    at: datetime,
) -> BoardMeeting:
    check_year(held_on, "held_on")
    if updates_by and updates_by > held_on:
        raise Refused("Call for updates by the day of the meeting or a day before it.", "updates_by")
    others = BoardMeeting.objects.standing().filter(authority=meeting.authority, held_on=held_on)
    if others.exclude(pk=meeting.pk).exists():
        raise Refused("A meeting is planned for this day already: change that one.", "held_on")
    meeting.held_on, meeting.updates_by, meeting.notes = held_on, updates_by, notes.strip()
    meeting.called_at = (meeting.called_at or at) if updates_by else None
    meeting.save()
    trail.record(kind, meeting, chain=meeting.authority, by=by, at=at)
    return meeting


def check_challenge(authority: Authority, by: Actor, *, meeting: BoardMeeting | None = None) -> None:
    """Refuses unless the actor may put a challenge there: at a meeting that has not been cancelled, or at none."""
    check(by, Ability.CHALLENGE, authority)
    if meeting:
        _check_stands(meeting)


def check_change(meeting: BoardMeeting, by: Actor) -> None:
    """Refuses unless the actor may change the meeting: it has not been cancelled."""
    check(by, Ability.KEEP_PLAN, meeting.authority_id)
    _check_stands(meeting)


def _check_stands(meeting: BoardMeeting) -> None:
    if meeting.cancelled_at:
        raise Refused("This meeting was cancelled. Plan another one instead.")


def check_cancel(meeting: BoardMeeting, by: Actor) -> None:
    """Refuses unless the actor may cancel the meeting: it stands, and nothing was challenged at it."""
    check_change(meeting, by)
    if meeting.challenges.exists():
        raise Refused("Challenges were put to this meeting, so it cannot be cancelled. Change its day instead.")


@transaction.atomic
def cancel_meeting(
    meeting: BoardMeeting, *, reason: str, by: Actor, at: datetime, version: int | None = None
) -> BoardMeeting:
    """Cancel a meeting, with its call for updates. It stays to be seen with the reason; its day is free again."""
    kept = locked(meeting, version)
    check_cancel(kept, by)
    if not reason.strip():
        raise Refused("Say why the meeting is cancelled.", "reason")
    kept.cancelled_at, kept.cancelled_by, kept.cancelled_reason = at, by.person(), reason.strip()
    kept.version += 1
    kept.save()
    trail.record(EventKind.MEETING_CANCELLED, kept, chain=kept.authority, by=by, at=at, reason=reason.strip())
    return kept


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
    """Put a challenge about the plan, one action of it, or at one meeting."""
    check_challenge(authority, by, meeting=locked(meeting) if meeting else None)
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
