"""Both ratings of an action: delivery lowered by a person, and impact with the measures it rests on."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check, check_action
from tracker.choices import Delivery, EventKind, Impact
from tracker.models import Action, ImpactMeasure
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import check_lowered, delivery
from tracker.services import trail
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep


def _told(kind: EventKind, action: Action, *, by: Actor, at: datetime, reason: str) -> Action:
    keep(action, house=House.of(action.authority), at=at)
    trail.record(kind, action, chain=action.authority, by=by, at=at, reason=reason)
    return action


@transaction.atomic
def lower_rating(action: Action, *, reason: str, by: Actor, at: datetime, version: int | None = None) -> Action:
    """Lower the delivery rating to amber with a reason; it stays so until a person lifts it."""
    check(by, Ability.KEEP_PLAN, action.authority_id)
    kept = locked(action, version)
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    house = House.of(kept.authority)
    check_lowered(delivery(kept.standing, as_at=day_of(at), settings=house.settings.rating), Delivery.AMBER)
    kept.lowered_to, kept.lowered_reason, kept.lowered_by = Delivery.AMBER, reason.strip(), by.person()
    return _told(EventKind.RATING_LOWERED, kept, by=by, at=at, reason=reason)


@transaction.atomic
def lift_rating(action: Action, *, reason: str, by: Actor, at: datetime, version: int | None = None) -> Action:
    """Let the computed rating speak again."""
    check(by, Ability.KEEP_PLAN, action.authority_id)
    kept = locked(action, version)
    if not kept.lowered_to:
        raise Refused("The rating has not been lowered.")
    kept.lowered_to, kept.lowered_reason, kept.lowered_by = "", "", None
    return _told(EventKind.RATING_LIFTED, kept, by=by, at=at, reason=reason)


@transaction.atomic
def rate_impact(
    action: Action, *, impact: Impact, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Action:
    """Say how far children can be shown to have gained, and on what that rests."""
    check(by, Ability.KEEP_PLAN, action.authority_id)
    kept = locked(action, version)
    if not reason.strip():
        raise Refused("Say what the rating rests on.", "reason")
    kept.impact = impact
    return _told(EventKind.IMPACT_RATED, kept, by=by, at=at, reason=reason)


@transaction.atomic
def record_measure(
    action: Action,
    *,
    name: str,
    by: Actor,
    at: datetime,
    baseline: str | None = None,
    target: str | None = None,
    current: str | None = None,
    as_at: date | None = None,
) -> ImpactMeasure:
    """Keep a measure of impact, or its latest figure; what is None stays. A current figure says as at which day."""
    kept = locked(action)
    check_action(by, Ability.WORK, kept, on=day_of(at))
    if not name.strip():
        raise Refused("Give the measure a name.", "name")
    if current and as_at is None:
        raise Refused("Say as at which day the figure stands.", "as_at")
    given = {"baseline": baseline, "target": target, "current": current, "as_at": as_at}
    values = {field: value for field, value in given.items() if value is not None}
    measure, _ = ImpactMeasure.objects.update_or_create(action=kept, name=name.strip(), defaults=values)
    trail.record(EventKind.MEASURE_RECORDED, measure, chain=kept.authority, by=by, at=at)
    return measure
