"""Both ratings of an action: delivery lowered by a person, and impact with what it rests on."""

from datetime import datetime

from django.db import transaction

from tracker.access import Actor, Rights
from tracker.choices import Delivery, EventKind, Impact
from tracker.models import Action
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import UNRATED, check_lowered
from tracker.services import trail
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep


def _told(kind: EventKind, action: Action, *, by: Actor, at: datetime, reason: str) -> Action:
    keep(action, house=House.of(action.authority), at=at)
    trail.record(kind, action, chain=action.authority, by=by, at=at, reason=reason)
    return action


def check_lower(action: Action, rights: Rights) -> None:
    """Refuses who does not keep the plan, and where there is nothing to lower: only green and grey become amber."""
    rights.check_whole(Ability.KEEP_PLAN)
    if action.lowered_to:
        raise Refused("The rating has been lowered already.")
    check_lowered(action.delivery_on(rights.on), Delivery.AMBER)


def check_lift(action: Action, rights: Rights) -> None:
    """Refuses who does not keep the plan, and where nothing has been lowered."""
    rights.check_whole(Ability.KEEP_PLAN)
    if not action.lowered_to:
        raise Refused("The rating has not been lowered.")


def check_impact(action: Action, rights: Rights) -> None:
    """Refuses who does not keep the plan, and where the action has left it. A closed action's impact is rated on."""
    rights.check_whole(Ability.KEEP_PLAN)
    if action.status in UNRATED:
        raise Refused(f"{action} has left the plan: its impact is not rated.")


@transaction.atomic
def lower_rating(action: Action, *, reason: str, by: Actor, at: datetime, version: int | None = None) -> Action:
    """Lower the delivery rating to amber with a reason; it stays so until a person lifts it."""
    kept = locked(action, version)
    check_lower(kept, Rights(by, kept, on=day_of(at)))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.lowered_to, kept.lowered_reason, kept.lowered_by = Delivery.AMBER, reason.strip(), by.person()
    return _told(EventKind.RATING_LOWERED, kept, by=by, at=at, reason=reason)


@transaction.atomic
def lift_rating(action: Action, *, reason: str, by: Actor, at: datetime, version: int | None = None) -> Action:
    """Let the computed rating speak again."""
    kept = locked(action, version)
    check_lift(kept, Rights(by, kept, on=day_of(at)))
    kept.lowered_to, kept.lowered_reason, kept.lowered_by = "", "", None
    return _told(EventKind.RATING_LIFTED, kept, by=by, at=at, reason=reason)


@transaction.atomic
def rate_impact(
    action: Action, *, impact: Impact, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Action:
    """Say how far children can be shown to have gained, and on what that rests."""
    kept = locked(action, version)
    check_impact(kept, Rights(by, kept, on=day_of(at)))
    if not reason.strip():
        raise Refused("Say what the rating rests on.", "reason")
    kept.impact, kept.impact_reason = impact, reason.strip()
    kept.impact_by, kept.impact_on = by.person(), day_of(at)
    return _told(EventKind.IMPACT_RATED, kept, by=by, at=at, reason=reason)
