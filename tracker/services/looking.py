"""The second looks at a closed action, at 6 and at 12 months: what has held stays closed, what has slipped is reopened."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, Rights
from tracker.choices import CheckOutcome, EventKind, Move, Status
from tracker.models import Action, ActionCheck
from tracker.rules.due_dates import add_months
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import moves, trail
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep

SECOND_LOOK_MONTHS = 12


def check_look(action: Action, rights: Rights) -> None:
    """Refuses what look_again would refuse before anything is entered, with the same sentence."""
    rights.check_whole(Ability.SIGN_OFF)
    if action.status != Status.CLOSED or action.next_check_on is None:
        raise Refused(f"{action} is not waiting to be looked at again.")
    if rights.by.person().pk in (action.owner_id, action.owner_then_id, action.submitted_by_id):
        raise Refused("Somebody who neither owned nor submitted the action has to look at it again.")


@transaction.atomic
def look_again(
    action: Action,
    *,
    outcome: CheckOutcome,
    note: str,
    by: Actor,
    at: datetime,
    new_due: date | None = None,
    version: int | None = None,
) -> ActionCheck:
    """Record a second look at a closed action. What held at 6 months is looked at once more at 12.

    What has slipped needs a new agreed date and is reopened by that move, which tells of itself in the trail.
    """
    kept = locked(action, version)
    check_look(kept, Rights(by, kept, on=day_of(at)))
    if not note.strip():
        raise Refused("Say what was found.", "note")
    if outcome == CheckOutcome.SLIPPED and new_due is None:
        raise Refused("Give a new due date: what has slipped is reopened.", "new_due")
    assert kept.next_check_on is not None  # noqa: S101  check_look has seen to it
    made = ActionCheck.objects.create(
        action=kept,
        due_on=kept.next_check_on,
        done_on=day_of(at),
        done_by=by.person(),
        outcome=outcome,
        note=note.strip(),
    )
    kept.next_check_on = _next_look(kept)
    keep(kept, house=House.of(kept.authority), at=at)
    told = {"outcome": outcome}
    trail.record(
        EventKind.ACTION_CHECKED, kept, made, chain=kept.authority, by=by, at=at, reason=note.strip(), details=told
    )
    if outcome == CheckOutcome.SLIPPED:
        moves.move(kept, Move.REOPEN, reason=note, new_due=new_due, by=by, at=at)
    return made


def _next_look(action: Action) -> date | None:
    second = add_months(day_of(action.closed_at), SECOND_LOOK_MONTHS) if action.closed_at else None
    return second if second and action.next_check_on and action.next_check_on < second else None
