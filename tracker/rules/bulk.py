"""What may be done to several actions at once: how many, of which councils, from when a date is counted, undone until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.rules.due_dates import COUNTED, Anchor, Unit
from tracker.rules.refusal import Refused
from tracker.rules.working_days import Calendar
from tracker.rules.written_dates import counted

MOST = 500
UNDO_WITHIN = timedelta(hours=1)
LONGEST: dict[Unit, int] = {Unit.DAYS: 1000, Unit.WORKING_DAYS: 700, Unit.WEEKS: 150, Unit.MONTHS: 36}


def check_rows(count: int, authorities: Collection[object]) -> None:
    """Refuses no rows at all, more than MOST, or rows of several authorities: each has a trail of its own."""
    if not count:
        raise Refused("Tick at least one action.")
    if count > MOST:
        raise Refused(f"At most {MOST} actions can be changed at once. Narrow the list first.")
    if len(authorities) > 1:
        raise Refused("These actions belong to several councils, each with a trail of its own. Change one at a time.")


def check_not_printed(timescale: str, *, published: bool) -> None:
    """Refuses a date where the report prints a timescale that only waits for the publication date."""
    if timescale and not published:
        raise Refused(f"Its report says “{timescale}”: it gets its date when the publication date is entered.")


def undo_until(made_at: datetime) -> datetime:
    """The moment until which a bulk change can be undone."""
    return made_at + UNDO_WITHIN


def check_undo(*, made_at: datetime, undone_at: datetime | None, at: datetime) -> None:
    """Refuses what is undone already, and what was done more than an hour before `at`."""
    if undone_at is not None:
        raise Refused("This has been undone already.")
    if at > undo_until(made_at):
        raise Refused("This was done more than an hour ago. Change each action on its own page.")


@dataclass(frozen=True)
class Period:
    """So many days, working days, weeks or calendar months after publication."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        longest = LONGEST[self.unit]
        if not 1 <= self.count <= longest:
            raise Refused(f"Enter a number from 1 to {longest}.", "count")

    @property
    def words(self) -> str:
        """6 calendar months, 1 working day."""
        name = COUNTED[self.unit][0]
        return counted(self.count, name, f"{name}s")

    def due(self, anchor: Anchor | None, calendar: Calendar) -> date:
        """The day it comes to. Raises Refused where the publication date is not known."""
        if anchor is None:
            raise Refused("The publication date of its report is not known yet: there is nothing to count from.")
        return COUNTED[self.unit][1](anchor.on, self.count, calendar)

    def reason(self, anchor: Anchor | None, reason: str) -> str:
        """The reason as it is kept with the date: why, and what it was counted from."""
        counted_from = f"counted as {self.words} from publication ({anchor.words})" if anchor else ""
        return f"{reason.strip().rstrip('.')}; {counted_from}"
