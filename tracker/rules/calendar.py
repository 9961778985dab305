"""A day of a person's calendar, as plain values; how far back days that have passed are still shown."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.rules.digest import Place

KEPT_DAYS = 92  # days that a board's day stays in the calendar after it has passed
LENGTH = 80  # letters of an action's words


@dataclass(frozen=True)
class Entry:
    """One whole day in London: what it is, where its link leads, and which revision of it this is.

    `key` names the thing for ever, so that a calendar program moves the entry and makes no second one. `changed_at`
    and `sequence` follow from the trail: the same plan gives the same file, byte for byte.
    """

    key: str
    on: date
    title: str
    about: str
    place: Place
    number: int
    changed_at: datetime
    sequence: int
