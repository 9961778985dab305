"""Settling rows of the ledger: everybody has been told, or the reason has gone."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from tracker.models import Due

AT_ONCE = 1000  # rows in one statement; SQLite takes only so many values


def settle(dues: Iterable[int], at: datetime) -> None:
    """Settle these rows; part of the verb that found them done.

    They are locked in the order of their numbers, so that planner, posters and senders wait for one another instead of
    standing in each other's way.
    """
    numbers = iter(sorted(set(dues)))
    while batch := list(islice(numbers, AT_ONCE)):
        rows = Due.objects.filter(pk__in=batch, settled_at=None).order_by("pk")
        found = list(rows.select_for_update().values_list("pk", flat=True)) if len(batch) > 1 else batch
        Due.objects.filter(pk__in=found, settled_at=None).update(settled_at=at)
