"""Page and pack count alike: a pack of the present is compared with the rows that pages, lists and digests count by."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from tracker.choices import Delivery, Impact, Status
from tracker.models import Action, Authority, Chain, Event, Extension
from tracker.rules.agreement import Tally, differences, parts_missing
from tracker.rules.london import day_of
from tracker.rules.pack import Contents
from tracker.rules.position import Position, extended
from tracker.services.packs.plan import Plan
from tracker.services.packs.requests import READING


def disagreements(plan: Plan, told: Contents, *, at: datetime) -> list[str]:
    """Where a pack's totals contradict one another or, where it tells of the present, the pages; each in a sentence.

    Where the plan moves while this is read, the two tell of different moments, and only the pack itself is looked at.
    """
    tally = Tally(told.position, told.extended, told.ratings, told.impact)
    found = parts_missing(tally)
    length = _length(plan)
    if plan.present.day == day_of(at) and _nothing_since(plan):
        page = tally_of(plan.authority, plan.present.day)
        found += differences(tally, page) if length == _length(plan) else []
    return found


def tally_of(authority: Authority, on: date) -> Tally:
    """What the pages count of a plan on a day."""
    actions, granted = Action.objects.filter(authority=authority), Extension.objects.filter(granted=True)
    times = granted.filter(action__authority=authority).order_by().values("action").annotate(times=Count("pk"))
    statuses = _counted(actions, "status")
    ratings = _counted(actions.rated(on), "rating")
    impact = _counted(actions, "impact")
    return Tally(
        Position(
            by_status={status: statuses[status] for status in Status},
            overdue=actions.overdue(on).count(),
            overdue_original=actions.overdue_against_original(on).count(),
            late_sign_off=actions.awaiting_sign_off_late(on).count(),
            undated=actions.undated().count(),
        ),
        extended(list(times.values_list("times", flat=True))),
        {rating: ratings[rating] for rating in (*Delivery, None)},
        {rating: impact[rating] for rating in Impact},
    )


def _counted(actions: Any, field: str) -> Counter[str | None]:
    return Counter(dict(actions.order_by().values_list(field).annotate(number=Count("pk"))))


def _nothing_since(plan: Plan) -> bool:
    later = Event.objects.filter(chain=plan.through.chain_id, sequence__gt=plan.through.sequence)
    return not later.exclude(kind__in=READING).exists()


def _length(plan: Plan) -> int:
    return Chain.objects.values_list("length", flat=True).get(pk=plan.through.chain_id)
