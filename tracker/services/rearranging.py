"""An action split into several, or moved to another recommendation. Its reference, its history and its dates stay."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tracker.access import Actor, Rights
from tracker.choices import Basis, EventKind
from tracker.models import Action, Recommendation
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.services import trail
from tracker.services.locking import locked
from tracker.services.plan import new_action
from tracker.services.scheduling import House, keep

DATES = (
    "original_due",
    "original_basis",
    "agreed_due",
    "overdue_after",
    "due_basis",
    "due_set_by",
    "priority",
    "accepted_on",
)


def check_rearrange(action: Action, rights: Rights) -> None:
    """Refuses who does not keep the plan, and what is not open: what was submitted or closed stands as it was."""
    rights.check_whole(Ability.KEEP_PLAN)
    if action.status not in OPEN:
        raise Refused(
            f"Only an open action is split or moved; the status of {action} is “{action.get_status_display()}”."
        )


@transaction.atomic
def split(
    action: Action,
    *,
    remains: str,
    parts: Sequence[str],
    by: Actor,
    at: datetime,
    with_people: bool = True,
    with_dates: bool = True,
    version: int | None = None,
) -> list[Action]:
    """Make further actions of parts of one, under the same recommendation; the new ones, in their order.

    `remains` is what the action itself goes on with: it keeps its reference, history, steps and evidence. Each of
    `parts` becomes an action with the next reference, with the same people and dates where wanted; else with the dates
    that the report gives. Dates that are carried over count as no extension. Raises Refused, Conflict.
    """
    kept = locked(action, version)
    check_rearrange(kept, Rights(by, kept, on=day_of(at)))
    wanted = [part.strip() for part in parts if part.strip()]
    if not remains.strip():
        raise Refused(f"Say what remains to be done in {kept}.", "remains")
    if not wanted:
        raise Refused("Say what the new action will do.", "part_1")
    report, house = kept.recommendation.report, House.of(kept.authority)
    locked(report)  # two people adding at once would both take the next reference
    kept.what = remains.strip()
    keep(kept, house=house, at=at)
    made = [new_action(kept.recommendation, report, house=house, at=at, what=part) for part in wanted]
    for new in made:
        _take_over(new, kept, with_people=with_people, with_dates=with_dates, house=house, at=at)
    told = {"from": kept.reference, "into": [new.reference for new in made]}
    trail.record(EventKind.ACTION_SPLIT, kept, *made, chain=kept.authority, by=by, at=at, details=told)
    return made


def _take_over(new: Action, old: Action, *, with_people: bool, with_dates: bool, house: House, at: datetime) -> None:
    """Give a new action where it comes from and what it shares with the action it was split from."""
    new.split_from, new.version = old, 0  # saved once more by keep, which makes it the first version
    if with_dates:
        for name in DATES:
            setattr(new, name, getattr(old, name))
        new.due_explanation = f"Split from {old.reference}. {old.due_explanation}".strip()
    if with_people:
        new.owner, new.accountable = old.owner, old.accountable
        new.assigned_on = day_of(at) if old.owner else None
        new.partners.set(old.partners.all())
    keep(new, house=house, at=at)


@transaction.atomic
def move_to(
    action: Action,
    recommendation: Recommendation,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Action:
    """Put an action under another recommendation of its authority; its reference and its dates stay. Raises Refused."""
    kept = locked(action, version)
    check_rearrange(kept, Rights(by, kept, on=day_of(at)))
    before = kept.recommendation
    if recommendation.report.authority_id != kept.authority_id:
        raise Refused("An action stays within its council: choose one of its recommendations.", "recommendation")
    if recommendation.pk == before.pk:
        raise Refused(f"{kept} stands under this recommendation already.", "recommendation")
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.recommendation, kept.moved_from, kept.moved_reason = recommendation, before, reason.strip()
    if kept.agreed_due is not None and _clock(recommendation) != _clock(before):
        _hold_dates(kept, before, by)
    keep(kept, house=House.of(kept.authority), at=at)
    told = {"from": f"{before.report}, recommendation {before.number}"}
    trail.record(EventKind.ACTION_MOVED, kept, chain=kept.authority, by=by, at=at, reason=reason.strip(), details=told)
    return kept


def _clock(recommendation: Recommendation) -> tuple[int, str, str]:
    """What a date computed from a recommendation hangs on."""
    return recommendation.report_id, recommendation.timescale, recommendation.heading


def _hold_dates(action: Action, before: Recommendation, by: Actor) -> None:
    """The dates were counted from another report or timescale: from now on they stand by a person's decision."""
    action.original_basis = action.due_basis = Basis.CHOSEN
    action.due_set_by = by.person()
    action.due_explanation = (
        f"{action.due_explanation.rstrip()} Kept by {by.person().name} when the action was moved from "
        f"{before.report}, recommendation {before.number}."
    ).strip()
