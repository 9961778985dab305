"""Calls for updates: which of the actions asked about have had one since the call was made."""

from datetime import datetime
from typing import Any

from tracker.choices import EventKind
from tracker.models import Action, BoardMeeting, Event, Evidence, ProgressNote

# What those who work on an action do to it. A lead who returns or reopens it asks for news and brings none.
WORK = (EventKind.ACTION_STARTED, EventKind.ACTION_SUBMITTED, EventKind.ACTION_RECALLED)


def unanswered_by(meeting: BoardMeeting) -> frozenset[int]:
    """The owners of open actions that have had no update since the meeting called for one; none where it does not."""
    if meeting.call is None:
        return frozenset()
    rows = Action.objects.open().filter(authority=meeting.authority_id, owner__isnull=False)
    told = updated_since(rows, meeting.call[1])
    return frozenset(owner for pk, owner in rows.values_list("pk", "owner") if owner and pk not in told)


def updated_since(actions: Any, since: datetime) -> frozenset[int]:
    """The numbers of those actions (a query set) of which a note, evidence or a move of their owner tells since then.

    Three queries, however many actions there are. Evidence that was withdrawn tells nothing.
    """
    keys = actions.values("pk")
    notes = ProgressNote.objects.filter(action__in=keys, written_at__gte=since)
    evidence = Evidence.objects.standing().filter(action__in=keys, received_at__gte=since)
    moves = Event.objects.filter(
        subject_type=Action.trail_type(), subject_id__in=keys, kind__in=WORK, recorded_at__gte=since
    )
    found = [rows.values_list(name, flat=True) for rows, name in ((notes, "action"), (evidence, "action"))]
    return frozenset([*found[0], *found[1], *moves.values_list("subject_id", flat=True)])
