"""A record under its lock, and the refusal of a change that was made to an older version of it."""

from typing import TypeVar

from tracker.models import Trailed
from tracker.rules.refusal import Refused

Row = TypeVar("Row", bound=Trailed)


class Conflict(Refused):
    """Somebody else changed the record meanwhile; `current` is the record as it stands."""

    def __init__(self, current: Trailed) -> None:
        super().__init__(f"Somebody else has changed {current} since you opened it. Look at both versions and decide.")
        self.current = current


def locked(row: Row, version: int | None = None) -> Row:
    """The record anew, locked until the transaction ends.

    With the version the person was looking at, raises Conflict where the record has gone on since.
    """
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and version != getattr(fresh, "version", version):
        raise Conflict(fresh)
    return fresh
