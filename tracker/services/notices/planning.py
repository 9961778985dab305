"""The planner: writes down what is newly owed, in batches, each action looked at only when its bookmark has passed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction

from tracker.access import Actor, check_site
from tracker.models import Action, Due, Extension, StatutoryStep
from tracker.rules.london import day_of
from tracker.rules.notices import Owed, WatchedStep, owed, owed_and_next
from tracker.services.notices import occasions
from tracker.services.notices.settling import settle
from tracker.services.scheduling import Houses

BATCH = 2000  # actions in one transaction
# A step further from its day than this owes nothing new: no notice comes so early, and the last comes on the day.
STEPS_WITHIN = timedelta(days=1100)
# What the rules need to know of an action, and nothing of its words.
FIELDS = (
    "authority",
    "owner",
    "status",
    "priority",
    "agreed_due",
    "original_due",
    "overdue_after",
    "start_on",
    "lowered_to",
    "accepted_on",
    "assigned_on",
    "submitted_at",
    "next_check_on",
    "last_heard_at",
)
# In SQL by hand: one composed statement for all rows would take most of the planner's time. PostgreSQL is handed the rows
# as columns, SQLite one after the other.
INSERT = (
    f"INSERT INTO {Due._meta.db_table} (authority_id, subject_type, subject_id, kind, threshold, owed_on)"  # noqa: S608
    " {} ON CONFLICT DO NOTHING"
)
EACH = INSERT.format("VALUES (%s, %s, %s, %s, %s, %s)")
AT_ONCE = INSERT.format(
    "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::date[])"
)


@dataclass(frozen=True)
class Planned:
    """What one run of the planner came to: things looked at, rows newly owed, and what could not be planned."""

    looked_at: int
    newly_owed: int
    failed: tuple[str, ...]


@dataclass
class Run:
    """One run: its day and moment, the houses it has read, and what it has come to so far."""

    at: datetime
    everything: bool = False
    houses: Houses = field(default_factory=Houses)
    looked_at: int = 0
    newly_owed: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def on(self) -> date:
        """The day in London."""
        return day_of(self.at)


def plan(*, by: Actor, at: datetime, everything: bool = False) -> Planned:
    """Write down everything newly owed on the day of `at`. Safe to run twice, together and late.

    An action is looked at only when its bookmark has passed (with `everything`: always); what cannot be planned is
    told and holds up nothing else. An action that somebody is changing at this moment waits for the next run.
    """
    check_site(by)
    run = Run(at, everything)
    last: int | None = 0
    while last is not None:
        last = _plan_actions(run, last)
    _plan_steps(run)
    run.newly_owed += occasions.plan(run.houses, at=at)
    run.failed += run.houses.problems
    return Planned(run.looked_at, run.newly_owed, tuple(run.failed))


@transaction.atomic
def _plan_actions(run: Run, after: int) -> int | None:
    """Plan the next batch of actions; the number of its last action, or None where there was none."""
    passed = Action.objects.all() if run.everything else Action.objects.filter(next_notice_on__lte=run.on)
    rows = passed.filter(pk__gt=after).select_for_update(skip_locked=True).only(*FIELDS).order_by("pk")
    actions = list(rows[:BATCH])
    if not actions:
        return None
    run.houses.read(action.authority_id for action in actions)
    asked = asked_on(action.pk for action in actions)
    found: dict[int, tuple[Owed, ...]] = {}
    bookmarks: dict[date | None, list[int]] = defaultdict(list)
    for action in actions:
        try:
            house = run.houses[action.authority_id]
            facts = action.watched(extension_asked_on=asked.get(action.pk))
            found[action.pk], bookmark = owed_and_next(
                facts, as_at=run.on, settings=house.settings.reminders, calendar=house.calendar
            )
            bookmarks[bookmark].append(action.pk)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  one bad row stops nobody; it is counted and told
            found.pop(action.pk, None)
            run.failed.append(f"action {action.pk}: {error}")
    places = {action.pk: action.authority_id for action in actions}
    _write(run, Action.trail_type(), found, places)
    for day, numbers in bookmarks.items():
        Action.objects.filter(pk__among=numbers).update(next_notice_on=day)
    run.looked_at += len(actions)
    last: int = actions[-1].pk
    return last


def asked_on(actions: Iterable[int]) -> dict[int, date]:
    """The day on which an extension was asked for that awaits its decision, by the action's number."""
    waiting = Extension.objects.filter(action__among=list(actions), granted__isnull=True, withdrawn=False)
    return {number: day_of(moment) for number, moment in waiting.values_list("action", "asked_at")}


@transaction.atomic
def _plan_steps(run: Run) -> None:
    steps = StatutoryStep.objects.coming(run.on, within=STEPS_WITHIN).select_related("report").order_by("pk")
    found: dict[int, tuple[Owed, ...]] = {}
    places: dict[int, int] = {}
    for step in steps:
        run.looked_at += 1
        try:
            house = run.houses[step.report.authority_id]
            facts = step_watched(step)
            found[step.pk] = owed(facts, as_at=run.on, settings=house.settings.reminders, calendar=house.calendar)
            places[step.pk] = step.report.authority_id
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  one bad row stops nobody; it is counted and told
            run.failed.append(f"step {step.pk}: {error}")
    _write(run, StatutoryStep.trail_type(), found, places)


def step_watched(step: StatutoryStep) -> WatchedStep:
    """A statutory step as the rules see it."""
    return WatchedStep(step.due, day_of(step.report.accepted_at), step.met_on)


def _write(run: Run, kind: str, found: dict[int, tuple[Owed, ...]], places: dict[int, int]) -> None:
    """Insert what is owed and not yet in the ledger, and settle what a later threshold has taken the place of."""
    known = _known(kind, found)
    present = {(number, each.kind, each.key): each for number, rungs in found.items() for each in rungs}
    fresh = [
        (places[number], kind, number, name.value, key, each.since)
        for (number, name, key), each in present.items()
        if (number, name, key) not in known
    ]
    past = [pk for key, (pk, settled) in known.items() if not settled and key not in present and _by_days(key)]
    settle(past, run.at)
    if fresh:
        _insert(fresh)
    run.newly_owed += len(fresh)


def _insert(rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(AT_ONCE, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(EACH, rows)


def _known(kind: str, numbers: Iterable[int]) -> dict[tuple[int, Any, str], tuple[int, bool]]:
    rows = Due.objects.filter(subject_type=kind, subject_id__among=list(numbers))
    told = rows.values_list("subject_id", "kind", "threshold", "pk", "settled_at")
    return {(number, kind, key): (pk, settled is not None) for number, kind, key, pk, settled in told}


def _by_days(key: tuple[int, Any, str]) -> bool:
    return key[1] not in occasions.KINDS
