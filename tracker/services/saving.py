"""Saving many new records at once: a plan of thousands of rows comes in while everybody else waits to write."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection

from tracker.models import Trailed

Row = TypeVar("Row", bound=Trailed)
CHUNK = 200


def save_new(rows: Sequence[Row]) -> Sequence[Row]:
    """Save new records of one kind, each with its number afterwards. Raises Refused as saving one of them would."""
    if rows and connection.features.can_return_rows_from_bulk_insert:
        for row in rows:
            row.check_fit()
        model = type(rows[0])
        model._default_manager.bulk_create(rows, batch_size=CHUNK)
        nothing = {each.name: each.related_model._default_manager.none() for each in model._meta.many_to_many}
        for row in rows:  # nothing hangs on what is new, so the trail need not ask
            row._prefetched_objects_cache = dict(nothing)  # type: ignore[attr-defined]
        return rows
    for row in rows:  # an older SQLite cannot tell the numbers of many
        row.save()
    return rows
