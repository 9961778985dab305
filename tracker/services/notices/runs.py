"""The runs of the planner that came to their end, with the putting out of envelopes that belongs to each."""

from datetime import datetime, timedelta

from django.db import transaction

from tracker.access import Actor, check_site
from tracker.models import PlannerRun
from tracker.services.notices.planning import Planned

# A run says that the planner keeps its hours and nothing of any plan: 96 a day are no record to keep for ever.
KEPT = timedelta(days=90)


@transaction.atomic
def ran(planned: Planned, *, by: Actor, at: datetime) -> None:
    """Leave word that everything newly owed is written down and today's envelopes are out; old runs are let go."""
    check_site(by)
    PlannerRun.objects.create(
        ran_at=at, looked_at=planned.looked_at, newly_owed=planned.newly_owed, failures=list(planned.failed)
    )
    PlannerRun.objects.filter(ran_at__lt=at - KEPT).delete()


def last_run() -> datetime | None:
    """When the planner last came to its end; None where it never has."""
    latest = PlannerRun.objects.first()
    return latest.ran_at if latest else None
