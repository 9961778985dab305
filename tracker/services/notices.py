"""The ledger of notices: the planner writes down what is owed. Senders come later; the broker is never asked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check_site
from tracker.models import Action, Authority, Due, Extension, StatutoryStep
from tracker.rules.london import day_of
from tracker.rules.notices import Owed, Watched, WatchedStep, owed
from tracker.services.scheduling import House, schedule


@dataclass(frozen=True)
class Planned:
    """What one run of the planner came to: things looked at, rows newly owed, and what could not be planned."""

    looked_at: int
    newly_owed: int
    failed: tuple[str, ...]


def plan(*, by: Actor, at: datetime) -> Planned:
    """Write down everything newly owed on the day of `at`. Safe to run twice, together and late.

    An action is looked at only when its bookmark has passed; one that cannot be planned is told and holds up no other.
    """
    check_site(by)
    on, looked, new, failed = day_of(at), 0, 0, []
    for authority in Authority.objects.filter(actions__next_notice_on__lte=on).distinct():
        house = House.of(authority)
        waiting = Action.objects.filter(authority=authority, next_notice_on__lte=on)
        for key in list(waiting.values_list("pk", flat=True)):
            looked += 1
            try:
                new += _plan_action(key, house, on)
            except Exception as error:  # noqa: BLE001  one bad row stops nobody; it is counted and told
                failed.append(f"action {key}: {error}")
    made, steps = _plan_steps(on)
    return Planned(looked + steps, new + made, tuple(failed))


@transaction.atomic
def _plan_action(key: int, house: House, on: date) -> int:
    action = Action.objects.select_for_update().get(pk=key)
    asked = Extension.objects.filter(action=action, granted__isnull=True, withdrawn=False).first()
    facts = action.watched(extension_asked_on=day_of(asked.asked_at) if asked else None)
    made = _write(action.authority_id, Action.trail_type(), action.pk, facts, house, on)
    schedule(action, house=house, on=date.fromordinal(on.toordinal() + 1))
    action.save(update_fields=["next_notice_on"])
    return made


def _plan_steps(on: date) -> tuple[int, int]:
    made, houses = 0, dict[int, House]()
    steps = list(StatutoryStep.objects.filter(met_on__isnull=True).select_related("report__authority"))
    for step in steps:
        authority = step.report.authority
        if authority.pk not in houses:
            houses[authority.pk] = House.of(authority)
        facts = WatchedStep(step.due, day_of(step.report.accepted_at), step.met_on)
        made += _write(authority.pk, StatutoryStep.trail_type(), step.pk, facts, houses[authority.pk], on)
    return made, len(steps)


def _write(authority: int, kind: str, key: int, facts: Watched | WatchedStep, house: House, on: date) -> int:
    """Insert what is owed and not yet in the ledger; how many rows that made."""
    found = owed(facts, as_at=on, settings=house.settings.reminders, calendar=house.calendar)
    rows = [_due(authority, kind, key, each) for each in found]
    known = Due.objects.filter(subject_type=kind, subject_id=key)
    before = known.count()
    Due.objects.bulk_create(rows, ignore_conflicts=True)
    return int(known.count() - before)


def _due(authority: int, kind: str, key: int, each: Owed) -> Due:
    return Due(
        authority_id=authority,
        subject_type=kind,
        subject_id=key,
        kind=each.kind,
        threshold=each.key,
        owed_on=each.since,
    )
