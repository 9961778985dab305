"""Cases of the board's verbs: meetings planned, changed and cancelled, challenges put and answered."""

from datetime import date

from tests.services.verb_case import LATER, Case, with_a_call
from tracker.choices import EventKind
from tracker.services import board, reminding

K = EventKind
CASES: dict[str, Case] = {
    "board.plan_meeting": Case(
        K.MEETING_PLANNED,
        "boardmeeting",
        lambda t, **m: board.plan_meeting(t.authority, held_on=LATER, updates_by=date(2013, 9, 20), **m),
    ),
    "board.change_meeting": Case(
        K.MEETING_CHANGED,
        "boardmeeting",
        lambda t, **m: board.change_meeting(t.meeting, held_on=LATER, updates_by=None, notes="Room 2", **m),
    ),
    "board.cancel_meeting": Case(
        K.MEETING_CANCELLED,
        "boardmeeting",
        lambda t, **m: board.cancel_meeting(t.meeting, reason="planned by mistake", **m),
    ),
    "reminding.call_again": Case(
        K.UPDATES_CALLED_AGAIN,
        "boardmeeting",
        lambda t, **m: reminding.call_again(t.called, **m),
        before=with_a_call,
    ),
    "board.challenge": Case(
        K.CHALLENGE_RAISED,
        "challenge",
        lambda t, **m: board.challenge(t.authority, text="Who checks?", action=t.action, meeting=t.meeting, **m),
        who="board",
    ),
    "board.answer": Case(
        K.CHALLENGE_ANSWERED, "challenge", lambda t, **m: board.answer(t.challenge, text="We audit.", **m)
    ),
}
