"""The steps within an action: added, changed, put in another order, ticked, withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, Rights
from tracker.choices import EventKind
from tracker.models import Action, ActionStep, User
from tracker.rules.london import day_of
from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.rules.steps import reordered
from tracker.services import trail
from tracker.services.actions import check_behalf, for_whom
from tracker.services.locking import locked


def check_steps(action: Action, rights: Rights) -> None:
    """Refuses who may not work on the action, and anybody while it is not open: others rest on its steps then."""
    rights.check(Ability.WORK)
    if action.status not in OPEN:
        raise Refused(f"The steps of {action} stand as they are while it is “{action.get_status_display()}”.")


def _checked(action: Action, on_behalf_of: User | None, by: Actor, at: datetime) -> None:
    check_steps(action, Rights(by, action, on=day_of(at)))
    check_behalf(action, on_behalf_of, by, on=day_of(at))


def _check_words(text: str, due_on: date | None) -> None:
    if not text.strip():
        raise Refused("Say what the step is.", "text")
    if due_on is not None:
        check_year(due_on, "due_on")


def _check_standing(step: ActionStep) -> None:
    if step.withdrawn_on is not None:
        raise Refused("This step has been withdrawn.")


@transaction.atomic
def add_step(
    action: Action, *, text: str, due_on: date | None, by: Actor, at: datetime, on_behalf_of: User | None = None
) -> ActionStep:
    """Add a step to an action, after those it has."""
    kept = locked(action)
    _checked(kept, on_behalf_of, by, at)
    _check_words(text, due_on)
    last = kept.steps.standing().order_by("-position").first()
    step: ActionStep = ActionStep.objects.create(
        action=kept, position=last.position + 1 if last else 1, text=text.strip(), due_on=due_on
    )
    trail.record(EventKind.STEP_ADDED, step, chain=kept.authority, by=by, at=at, details=for_whom(on_behalf_of))
    return step


@transaction.atomic
def change_step(
    step: ActionStep,
    *,
    text: str,
    due_on: date | None,
    by: Actor,
    at: datetime,
    place: int | None = None,
    on_behalf_of: User | None = None,
) -> ActionStep:
    """Change a step's words or date, or put it at a place among the others (counted from 1; None leaves it)."""
    action, kept = locked(step.action), locked(step)
    _checked(action, on_behalf_of, by, at)
    _check_standing(kept)
    _check_words(text, due_on)
    kept.text, kept.due_on = text.strip(), due_on
    kept.save()
    moved = [] if place is None else _put(action, kept, place)
    kept.refresh_from_db()
    others = [each for each in moved if each.pk != kept.pk]
    trail.record(
        EventKind.STEP_CHANGED, kept, *others, chain=action.authority, by=by, at=at, details=for_whom(on_behalf_of)
    )
    return kept


def _put(action: Action, step: ActionStep, place: int) -> list[ActionStep]:
    """The steps that change their place, saved; no two ever share one, not even on the way."""
    standing = {each.pk: each for each in action.steps.standing().order_by("position")}
    order = reordered(list(standing), step.pk, place)
    return _renumbered([standing[pk] for pk in order])


def _renumbered(order: Sequence[ActionStep]) -> list[ActionStep]:
    moved = [(each, place) for place, each in enumerate(order, 1) if each.position != place]
    beyond = max((each.position for each in order), default=0) + len(order)
    for each, place in moved:
        each.position = beyond + place
        each.save(update_fields=["position"])
    for each, place in moved:
        each.position = place
        each.save(update_fields=["position"])
    return [each for each, _ in moved]


@transaction.atomic
def tick_step(step: ActionStep, *, done: bool, by: Actor, at: datetime, on_behalf_of: User | None = None) -> ActionStep:
    """Tick a step, or take the tick back. Ticking what is ticked changes nothing: a form may be sent twice."""
    action, kept = locked(step.action), locked(step)
    _checked(action, on_behalf_of, by, at)
    _check_standing(kept)
    if (kept.done_on is not None) == done:
        return kept
    kept.done_on, kept.done_by, kept.done_for = (day_of(at), by.person(), on_behalf_of) if done else (None, None, None)
    kept.save()
    kind = EventKind.STEP_DONE if done else EventKind.STEP_UNDONE
    trail.record(kind, kept, chain=action.authority, by=by, at=at, details=for_whom(on_behalf_of))
    return kept


@transaction.atomic
def withdraw_step(
    step: ActionStep, *, reason: str, by: Actor, at: datetime, on_behalf_of: User | None = None
) -> ActionStep:
    """Withdraw a step with a reason: it counts no longer, and stays to be seen; the others close up."""
    action, kept = locked(step.action), locked(step)
    _checked(action, on_behalf_of, by, at)
    _check_standing(kept)
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.withdrawn_on, kept.withdrawn_by, kept.withdrawn_reason = day_of(at), by.person(), reason.strip()
    kept.save()
    moved = _renumbered(list(action.steps.standing().order_by("position")))
    trail.record(
        EventKind.STEP_WITHDRAWN,
        kept,
        *moved,
        chain=action.authority,
        by=by,
        at=at,
        reason=reason.strip(),
        details=for_whom(on_behalf_of),
    )
    return kept
