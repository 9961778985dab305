"""The ledger of notices: the planner writes down what is owed. Senders come later; the broker is never asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check_site
from tracker.models import Action, Authority, Due, Extension, PlannerRun, StatutoryStep
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

    An action is looked at only when its bookmark has passed; what cannot be planned is told and holds up nothing else.
    """
    check_site(by)
    on, new, failed = day_of(at), 0, []
    waiting = _waiting(on)
    houses: dict[int, House] = {}
    for plan_one, key, authority in waiting:
        try:
            if authority not in houses:
                houses[authority] = House.of(Authority.objects.get(pk=authority))
            new += plan_one(key, houses[authority], on)
        except Exception as error:  # noqa: BLE001  one bad row stops nobody; it is counted and told
            failed.append(f"{plan_one.__name__.removeprefix('_plan_')} {key}: {error}")
    PlannerRun.objects.create(ran_at=at, looked_at=len(waiting), newly_owed=new, failures=failed)
    return Planned(len(waiting), new, tuple(failed))


def last_run() -> datetime | None:
    """When the planner last came to its end; None where it never has."""
    latest = PlannerRun.objects.first()
    return latest.ran_at if latest else None


PlanOne = Callable[[int, House, date], int]


def _waiting(on: date) -> list[tuple[PlanOne, int, int]]:
    """Each action whose bookmark has passed and each step not met: how to plan it, its number and its authority."""
    actions = Action.objects.filter(next_notice_on__lte=on).order_by("pk").values_list("pk", "authority")
    steps = StatutoryStep.objects.filter(met_on__isnull=True).order_by("pk").values_list("pk", "report__authority")
    found: list[tuple[PlanOne, int, int]] = [(_plan_action, *row) for row in actions]
    return [*found, *((_plan_step, *row) for row in steps)]


@transaction.atomic
def _plan_action(key: int, house: House, on: date) -> int:
    action = Action.objects.select_for_update().get(pk=key)
    asked = Extension.objects.filter(action=action, granted__isnull=True, withdrawn=False).first()
    facts = action.watched(extension_asked_on=day_of(asked.asked_at) if asked else None)
    made = _write(action.authority_id, Action.trail_type(), action.pk, facts, house, on)
    schedule(action, house=house, on=date.fromordinal(on.toordinal() + 1))
    action.save(update_fields=["next_notice_on"])
    return made


@transaction.atomic
def _plan_step(key: int, house: House, on: date) -> int:
    step = StatutoryStep.objects.select_related("report").get(pk=key)
    facts = WatchedStep(step.due, day_of(step.report.accepted_at), step.met_on)
    return _write(step.report.authority_id, StatutoryStep.trail_type(), step.pk, facts, house, on)


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
