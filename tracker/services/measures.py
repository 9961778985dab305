"""Measures of impact: a figure with where it began and where it should go. A newer figure keeps the earlier in a row."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, Rights
from tracker.choices import EventKind
from tracker.models import Action, EarlierFigure, ImpactMeasure, Trailed
from tracker.rules.london import day_of
from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import UNRATED
from tracker.rules.written_dates import short_date
from tracker.services import trail
from tracker.services.locking import locked


def check_measures(action: Action, rights: Rights) -> None:
    """Refuses who may not work on the action, and anybody once it has left the plan. Closed actions are measured on."""
    rights.check(Ability.WORK)
    if action.status in UNRATED:
        raise Refused(f"{action} has left the plan: nothing more is measured.")


def _check_name(action: Action, name: str, own: int = 0) -> str:
    wanted = name.strip()
    if not wanted:
        raise Refused("Give the measure a name.", "name")
    if action.measures.filter(name=wanted).exclude(pk=own).exists():
        raise Refused(f"There is a measure “{wanted}” already: enter its new figure there.", "name")
    return wanted


def _check_figure(current: str, as_at: date | None, on: date) -> None:
    if current.strip() and as_at is None:
        raise Refused("Say as at which day the figure stands.", "as_at")
    if as_at is not None:
        check_year(as_at, "as_at")
        if as_at > on:
            raise Refused("A figure cannot be as at a day still to come.", "as_at")
        if not current.strip():
            raise Refused("Enter the figure as at that day.", "current")


@transaction.atomic
def add_measure(
    action: Action,
    *,
    name: str,
    by: Actor,
    at: datetime,
    baseline: str = "",
    target: str = "",
    current: str = "",
    as_at: date | None = None,
) -> ImpactMeasure:
    """Add a measure of impact. A current figure says as at which day; raises Refused for a name that is there."""
    kept = locked(action)
    check_measures(kept, Rights(by, kept, on=day_of(at)))
    wanted = _check_name(kept, name)
    _check_figure(current, as_at, day_of(at))
    measure = ImpactMeasure.objects.create(
        action=kept,
        name=wanted,
        baseline=baseline.strip(),
        target=target.strip(),
        current=current.strip(),
        as_at=as_at,
    )
    trail.record(EventKind.MEASURE_RECORDED, measure, chain=kept.authority, by=by, at=at)
    return measure


@transaction.atomic
def change_measure(
    measure: ImpactMeasure, *, name: str, baseline: str, target: str, by: Actor, at: datetime
) -> ImpactMeasure:
    """Change what a measure is called, where it began and where it should go; its figures stay."""
    action, kept = locked(measure.action), locked(measure)
    check_measures(action, Rights(by, action, on=day_of(at)))
    kept.name, kept.baseline, kept.target = _check_name(action, name, kept.pk), baseline.strip(), target.strip()
    kept.save()
    trail.record(EventKind.MEASURE_CHANGED, kept, chain=action.authority, by=by, at=at)
    return kept


@transaction.atomic
def record_figure(measure: ImpactMeasure, *, current: str, as_at: date, by: Actor, at: datetime) -> ImpactMeasure:
    """Enter a measure's latest figure, as at a day; the one it had is kept as an earlier figure."""
    action, kept = locked(measure.action), locked(measure)
    check_measures(action, Rights(by, action, on=day_of(at)))
    if not current.strip():
        raise Refused("Enter the figure.", "current")
    _check_figure(current, as_at, day_of(at))
    if kept.as_at is not None and as_at < kept.as_at:
        raise Refused(f"There is a later figure already, as at {short_date(kept.as_at)}.", "as_at")
    rows: list[Trailed] = [kept]
    if kept.current and kept.as_at:
        rows.append(
            EarlierFigure.objects.create(
                measure=kept, figure=kept.current, as_at=kept.as_at, replaced_at=at, replaced_by=by.person()
            )
        )
    kept.current, kept.as_at = current.strip(), as_at
    kept.save()
    trail.record(EventKind.MEASURE_RECORDED, *rows, chain=action.authority, by=by, at=at)
    return kept
