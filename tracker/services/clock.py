"""The statutory clock of a report: making its steps, counting them anew, setting a date, saying that one was met."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import EventKind, Family
from tracker.models import Report, StatutoryStep
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.statutory import StatutoryDue, steps_for
from tracker.services import reference, trail
from tracker.services.locking import locked

LETTERS = frozenset(
    {Family.JTAI, Family.ILACS_FOCUSED_VISIT, Family.ILACS_MONITORING_VISIT, Family.UNANNOUNCED_ASSESSMENT}
)


def steps_of(
    report: Report, *, priority_action: bool, statement_asked: bool, printed: date | None, sent_to: str = ""
) -> list[StatutoryStep]:
    """Make the steps that a report accepted as a plan owes; the caller's event tells of them.

    `printed` is the day the report prints for the statement or plan, `sent_to` whom it says that it goes to.
    """
    due_steps = owed(report, priority_action=priority_action, statement_asked=statement_asked, printed=printed)
    return [
        StatutoryStep.objects.create(
            report=report,
            step=due.step,
            sent_to=sent_to if due.printed else "",
            printed=due.printed,
            computed=due.computed,
            explanation=due.explanation,
            source=due.source,
        )
        for due in due_steps
    ]


def owed(
    report: Report, *, priority_action: bool, statement_asked: bool, printed: date | None
) -> tuple[StatutoryDue, ...]:
    """The steps a report owes by its family and what it says, saved or not; see rules.statutory."""
    family = Family(report.family)
    return steps_for(
        family,
        received=report.received_on,
        published=report.publication_date,
        letter=family in LETTERS,
        priority_action=priority_action,
        statement_asked=statement_asked,
        printed=printed,
        calendar=reference.calendar(),
    )


def count_anew(report: Report) -> list[StatutoryStep]:
    """Compute the steps' dates again after a date of the report changed; gives those that changed, saved."""
    steps = {step.step: step for step in report.statutory_steps.select_for_update()}
    printed = next((step.printed for step in steps.values() if step.printed), None)
    changed = []
    # Which steps are owed was settled at acceptance; only their dates are counted anew.
    for due in owed(report, priority_action=True, statement_asked=True, printed=printed):
        step = steps.get(due.step)
        if step and (step.computed, step.explanation) != (due.computed, due.explanation):
            step.computed, step.explanation = due.computed, due.explanation
            step.save()
            changed.append(step)
    return changed


@transaction.atomic
def choose_date(step: StatutoryStep, *, on: date | None, reason: str, by: Actor, at: datetime) -> StatutoryStep:
    """Set a person's date for a step, which beats the printed and the computed one; None takes it back."""
    check(by, Ability.KEEP_PLAN, step.report.authority_id)
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept = locked(step)
    kept.chosen, kept.chosen_reason = on, reason if on else ""
    kept.save()
    _record(kept, by, at, reason)
    return kept


@transaction.atomic
def mark_met(step: StatutoryStep, *, on: date | None, note: str = "", by: Actor, at: datetime) -> StatutoryStep:
    """Say on which day a step was met, or (None) that it was not after all."""
    check(by, Ability.KEEP_PLAN, step.report.authority_id)
    kept = locked(step)
    kept.met_on, kept.met_note = on, note
    kept.save()
    _record(kept, by, at, note)
    return kept


def _record(step: StatutoryStep, by: Actor, at: datetime, reason: str) -> None:
    trail.record(EventKind.STATUTORY_STEP_CHANGED, step, chain=step.report.authority, by=by, at=at, reason=reason)
