"""The runs of the planner that came to their end, with the putting out of envelopes that belongs to each."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from tracker.access import Actor, check_site
from tracker.models import PlannerRun
from tracker.services.notices.planning import Planned

# A run says that the planner keeps its hours and nothing of any plan: 96 a day are no record to keep for ever.
KEPT = timedelta(days=90)
MOST = 100  # failures kept of a run: a fault in every row must not fill the ledger each quarter of an hour


@transaction.atomic
def ran(planned: Planned, *, problems: Iterable[str] = (), by: Actor, at: datetime) -> None:
    """Leave word that everything newly owed is written down and today's envelopes are out; old runs are let go.

    `problems` are what could not be put out, beside what could not be planned.
    """
    check_site(by)
    failures = _shortened([*planned.failed, *problems])
    PlannerRun.objects.create(ran_at=at, looked_at=planned.looked_at, newly_owed=planned.newly_owed, failures=failures)
    PlannerRun.objects.filter(ran_at__lt=at - KEPT).delete()


def _shortened(failed: list[str]) -> list[str]:
    more = len(failed) - MOST
    return [*failed[:MOST], f"and {more} more"] if more > 0 else failed


def last_run() -> datetime | None:
    """When the planner last came to its end; None where it never has."""
    latest = PlannerRun.objects.first()
    return latest.ran_at if latest else None
