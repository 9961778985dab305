"""A bulk change undone within the hour: each action gets back what it had, where nobody has changed it meanwhile."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.access import Actor, assignable_people, check
from tracker.choices import BulkKind, DueKind, EventKind
from tracker.models import Action, BulkChange, Due, EventBody, Extension, User
from tracker.rules.bulk import check_undo
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.services import history, trail
from tracker.services.bulk import EVENTS, FIELDS, Foreseen
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep

State = dict[str, Any]
DATE_NOTICES = (
    DueKind.BEFORE_DUE,
    DueKind.DUE_TODAY,
    DueKind.OVERDUE,
    DueKind.ESCALATED_TO_LEAD,
    DueKind.ESCALATED_TO_DIRECTOR,
)


def check_may_undo(change: BulkChange, *, by: Actor, at: datetime) -> None:
    """Refuses who does not keep the plan, what is undone already, and what was done more than an hour ago."""
    check(by, Ability.KEEP_PLAN, change.authority_id)
    check_undo(made_at=change.made_at, undone_at=change.undone_at, at=at)


def foresee_undo(change: BulkChange, *, by: Actor, at: datetime) -> list[Foreseen]:
    """What undo would do, with nothing written. Raises Refused where it would be refused as a whole."""
    check_may_undo(change, by=by, at=at)
    rows = Action.objects.filter(pk__in=change.numbers).select_related("authority", "owner").order_by("reference")
    return _given_back(change, list(rows))


@transaction.atomic
def undo(change: BulkChange, *, by: Actor, at: datetime) -> BulkChange:
    """Give each action back what it had. What somebody has changed since is left, and `left` says why.

    Raises Refused after the hour, a second time, and where nothing is left to give back.
    """
    check_may_undo(change, by=by, at=at)
    rows = Action.objects.select_for_update().filter(pk__in=change.numbers).order_by("pk")
    actions = list(rows.prefetch_related("partners", "authority", "owner", "recommendation__report"))
    kept = locked(change)
    check_may_undo(kept, by=by, at=at)
    found = _given_back(kept, actions)
    changed = [each.action for each in found if each.changes]
    if not changed:
        raise Refused("Nothing is left to undo: every one of these actions has been changed since.")
    kept.undone_at, kept.undone_by = at, by.person()
    kept.left = {str(each.action.pk): each.refusal for each in found if not each.changes}
    kept.save()
    house = House.of(kept.authority)
    for row in changed:
        keep(row, house=house, at=at)
    trail.record(EventKind.BULK_UNDONE, kept, *changed, chain=kept.authority, by=by, at=at)
    return kept


def _given_back(change: BulkChange, actions: Sequence[Action]) -> list[Foreseen]:
    """Each action with its former fields put back in memory, or the reason why it is left."""
    then = _states_then(change)
    why_left = {BulkKind.OWNER: _owner_moved_on, BulkKind.FIRST_DUE: _date_moved_on}[BulkKind(change.kind)]
    reasons = why_left(change, actions)
    found = []
    for action in actions:
        refusal = _changed_since(action, then.get(action.pk, {}), change) or reasons(action)
        if not refusal:
            _put_back(action, change.before[str(action.pk)])
        found.append(Foreseen(action, "", refusal))
    return found


def _states_then(change: BulkChange) -> dict[int, State]:
    """The state of each action as the bulk change left it, told by the trail."""
    bodies = EventBody.objects.filter(
        event__subject_type=BulkChange.trail_type(),
        event__subject_id=change.pk,
        event__kind=EVENTS[BulkKind(change.kind)],
        subject_type=Action.trail_type(),
    )
    rows = list(bodies.values_list("subject_id", "pk", "body"))
    left = {} if all(body for _, _, body in rows) else history.left_by_erasures(change.authority.chain.pk)
    told = {number: json.loads(body) if body else left.get(pk, {}) for number, pk, body in rows}
    return {number: each["state"] for number, each in told.items() if each}


def _changed_since(action: Action, then: State, change: BulkChange) -> str:
    present = action.trail_state()
    if any(present[name] != then.get(name) for name in FIELDS[change.kind]):
        what = "owner" if change.kind == BulkKind.OWNER else "due date"
        return f"Its {what} has been changed since."
    if present["status"] != then.get("status"):
        return f"Its status has changed since: {action.get_status_display()}."
    return ""


Reasons = Callable[[Action], str]


def _owner_moved_on(change: BulkChange, actions: Iterable[Action]) -> Reasons:
    """An owner who has worked on it keeps it; a former owner who may own nothing here any more gets nothing back."""
    former = {state["owner"] for state in change.before.values()} - {None}
    gone = former - set(assignable_people(change.authority).filter(pk__in=former).values_list("pk", flat=True))
    names = dict(User.objects.filter(pk__in=gone).values_list("pk", "name"))

    def why(action: Action) -> str:
        owner = change.before[str(action.pk)]["owner"]
        if action.last_heard_at > change.made_at:
            return "Somebody has worked on it since."
        return f"{names[owner]} may own no action here any more." if owner in gone else ""

    return why


def _date_moved_on(change: BulkChange, actions: Iterable[Action]) -> Reasons:
    """A date that somebody has been told of, or has asked to move, stands."""
    numbers = change.numbers
    asked = set(Extension.objects.filter(action__in=numbers).values_list("action", flat=True))
    notices = Due.objects.filter(
        subject_type=Action.trail_type(), subject_id__in=numbers, kind__in=DATE_NOTICES, told__isnull=False
    )
    told = set(notices.values_list("subject_id", flat=True))

    def why(action: Action) -> str:
        if action.pk in asked:
            return "An extension of its date has been asked for since."
        if action.pk in told:
            return "A notice about its date has been sent since."
        return "" if action.status in OPEN else "It is no longer open."

    return why


def _put_back(action: Action, before: State) -> None:
    for name, value in before.items():
        field: Any = Action._meta.get_field(name)
        setattr(action, field.attname, field.to_python(value))
