"""The moves of an action: each changes its status by the table in rules.workflow, and says so in the trail."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, Rights
from tracker.choices import Basis, EventKind, Move, NoteKind, Status
from tracker.models import Action, ProgressNote, Trailed, User
from tracker.rules.due_dates import add_months
from tracker.rules.london import day_of
from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.workflow import MOVES, Capacity, Need, check_move, needs, open_moves
from tracker.rules.written_dates import long_date
from tracker.services import trail
from tracker.services.actions import check_behalf, for_whom
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep

EVENTS: dict[Move, EventKind] = {
    Move.START: EventKind.ACTION_STARTED,
    Move.SUBMIT: EventKind.ACTION_SUBMITTED,
    Move.RECALL: EventKind.ACTION_RECALLED,
    Move.RETURN: EventKind.ACTION_RETURNED,
    Move.SIGN_OFF: EventKind.ACTION_SIGNED_OFF,
    Move.REOPEN: EventKind.ACTION_REOPENED,
    Move.SUPERSEDE: EventKind.ACTION_SUPERSEDED,
    Move.SET_ASIDE: EventKind.ACTION_SET_ASIDE,
    Move.RESTORE: EventKind.ACTION_RESTORED,
}
WORK = (Move.START, Move.SUBMIT)
# The moves an owner makes; a lead may make them on the owner's behalf.
FOR_OWNERS = tuple(move for move, rule in MOVES.items() if Capacity.OWNER in rule.who)
CHECK_AFTER_MONTHS = 6


def _ability(move: Move) -> Ability:
    """What a person must be able to do for a move: work on the action, or decide about it as a lead."""
    return Ability.WORK if Capacity.OWNER in MOVES[move].who else Ability.SIGN_OFF


def _capacities(rights: Rights) -> set[Capacity]:
    found = set()
    if rights.whole(Ability.SIGN_OFF):
        found.add(Capacity.LEAD)
    if rights.owns:
        found.add(Capacity.OWNER)
    return found


def moves_open_to(action: Action, *, by: Actor, on: date) -> tuple[Move, ...]:
    """The moves the person may make now, in the order of the table; a page offers these."""
    person = by.person()
    return open_moves(
        status=Status(action.status),
        capacities=_capacities(Rights(by, action, on=on)),
        is_owner=person.pk in (action.owner_id, action.owner_then_id),
        is_submitter=action.submitted_by_id == person.pk,
    )


def check_may_move(
    action: Action,
    move: Move,
    *,
    by: Actor,
    on: date,
    reason: str = "",
    new_due: date | None = None,
    rights: Rights | None = None,
) -> Status:
    """The status a move leads to; raises Refused with the very sentence the verb would give.

    `rights` are the actor's about this action, where a page has read them already.
    """
    known = rights or Rights(by, action, on=on)
    known.check(_ability(move))
    person = by.person()
    return check_move(
        move,
        status=Status(action.status),
        capacities=_capacities(known),
        is_owner=person.pk in (action.owner_id, action.owner_then_id),
        is_submitter=action.submitted_by_id == person.pk,
        has_evidence=Need.EVIDENCE in needs(move) and action.evidence.standing().exists(),
        reason=reason,
        new_due=new_due,
        started=action.started_on is not None,
    )


@transaction.atomic
def move(
    action: Action,
    which: Move,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    note: str = "",
    new_due: date | None = None,
    on_behalf_of: User | None = None,
    version: int | None = None,
) -> Action:
    """Make a move. `reason` is demanded by some moves, `new_due` by a reopening; `note` is kept as a progress note.

    A lead may make an owner's move on their behalf; the trail says both names. Raises Refused where the move is not
    open or lacks something, Conflict where the action has changed meanwhile.
    """
    kept = locked(action, version)
    before = Status(kept.status)
    if on_behalf_of is not None:
        _check_for_another(kept, which, on_behalf_of, by, at)
    kept.status = check_may_move(kept, which, by=by, on=day_of(at), reason=reason, new_due=new_due)
    kept.last_move, kept.last_move_reason, kept.last_heard_at = which, reason.strip(), at
    if before == Status.NOT_STARTED and which in WORK:
        kept.started_on = day_of(at)
    CONSEQUENCES.get(which, _nothing)(kept, by, at, new_due)
    if which == Move.SUBMIT:
        kept.submitted_for = on_behalf_of
    keep(kept, house=House.of(kept.authority), at=at)
    rows: list[Trailed] = [kept]
    if note.strip():
        rows.append(
            ProgressNote.objects.create(
                action=kept,
                kind=NoteKind.UPDATE,
                text=note.strip(),
                written_at=at,
                written_by=by.person(),
                on_behalf_of=on_behalf_of,
            )
        )
    told = {"from": before, **for_whom(on_behalf_of)}
    trail.record(EVENTS[which], *rows, chain=kept.authority, by=by, at=at, reason=reason.strip(), details=told)
    return kept


def _check_for_another(action: Action, which: Move, on_behalf_of: User, by: Actor, at: datetime) -> None:
    if which not in FOR_OWNERS:
        raise Refused(f"“{which.label}” is not made on another's behalf.", "on_behalf_of")
    check_behalf(action, on_behalf_of, by, on=day_of(at))


Consequence = Callable[[Action, Actor, datetime, date | None], None]


def _nothing(action: Action, by: Actor, at: datetime, new_due: date | None) -> None:
    """Most moves change the status alone."""


def _submitted(action: Action, by: Actor, at: datetime, new_due: date | None) -> None:
    action.submitted_at, action.submitted_by, action.owner_then = at, by.person(), action.owner


def _not_submitted(action: Action, by: Actor, at: datetime, new_due: date | None) -> None:
    action.submitted_at = action.submitted_by = action.submitted_for = action.owner_then = None


def _closed(action: Action, by: Actor, at: datetime, new_due: date | None) -> None:
    action.closed_at, action.closed_by = at, by.person()
    action.next_check_on = add_months(day_of(at), CHECK_AFTER_MONTHS)


def _reopened(action: Action, by: Actor, at: datetime, new_due: date | None) -> None:
    if new_due:
        check_year(new_due, "new_due")
    if new_due is None or new_due < day_of(at):
        raise Refused("The new due date must be today or later.", "new_due")
    action.closed_at = action.closed_by = action.next_check_on = None
    action.submitted_at = action.submitted_by = action.submitted_for = action.owner_then = None
    action.closed_elsewhere = False
    action.agreed_due = action.overdue_after = new_due
    action.due_basis, action.due_set_by = Basis.CHOSEN, by.person()
    action.due_explanation = f"{long_date(new_due)}, agreed when the action was reopened by {by.person().name}."


CONSEQUENCES: dict[Move, Consequence] = {
    Move.SUBMIT: _submitted,
    Move.RECALL: _not_submitted,
    Move.RETURN: _not_submitted,
    Move.SIGN_OFF: _closed,
    Move.REOPEN: _reopened,
    Move.SUPERSEDE: _not_submitted,
    Move.SET_ASIDE: _not_submitted,
}
