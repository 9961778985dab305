"""Which notice is owed about a thing on which day.

Crossing a threshold makes a notice owed, not equality with a day: after a gap only the latest threshold is owed, once.
Nothing here remembers what was told; the ledger does, by `Owed.key`. Days are days in Europe/London.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from tracker.choices import DueKind, Status
from tracker.rules.reminder_settings import ReminderSettings, Rhythm
from tracker.rules.standing import OPEN, Standing, late_after
from tracker.rules.working_days import Calendar

__all__ = [
    "TO_OWNER",
    "Owed",
    "ReminderSettings",
    "Watched",
    "WatchedStep",
    "ahead",
    "next_notice_on",
    "owed",
    "owed_and_next",
]

UNFINISHED = OPEN | {Status.SUBMITTED}
# What the owner of an action is told about it; everything else is for those who lead, or for the director.
TO_OWNER = frozenset({DueKind.ASSIGNED, DueKind.BEFORE_DUE, DueKind.DUE_TODAY, DueKind.OVERDUE, DueKind.SILENT})


@dataclass(frozen=True)
class Watched:
    """An action as the notices see it: how it stands, and the days things about it began.

    `accepted_on`: in the plan since. `assigned_on`: given to its present owner. `submitted_on`: the submission that
    awaits sign-off. `extension_asked_on`: the request that awaits a decision. `next_check_on`: to be looked at again.
    """

    standing: Standing
    accepted_on: date
    has_owner: bool = True
    assigned_on: date | None = None
    submitted_on: date | None = None
    extension_asked_on: date | None = None
    next_check_on: date | None = None


@dataclass(frozen=True)
class WatchedStep:
    """A statutory step as the notices see it: the day that counts, and the day it was met."""

    due: date | None
    accepted_on: date
    met_on: date | None = None


class Owed(NamedTuple):
    """A notice that is owed: its kind, the threshold crossed, the day it was crossed, and the day it is about.

    The threshold is a number of days as the settings give it: before the day for BEFORE_DUE and STATUTORY_STEP, after
    it for all other kinds.
    """

    kind: DueKind
    threshold: int
    since: date
    about: date

    @property
    def key(self) -> str:
        """The threshold as the ledger keeps it: it tells the same threshold about another day apart."""
        return f"{self.about.isoformat()}/{self.threshold}"


class Ladder(NamedTuple):
    """Notices that take one another's place, in the order of their days; the last one repeats every so many days."""

    rungs: tuple[Owed, ...]
    every: int | None = None

    def latest(self, as_at: date) -> Owed | None:
        """The last rung reached by that day."""
        reached = [rung for rung in self.rungs if rung.since <= as_at]
        if self.every and len(reached) == len(self.rungs):
            return self._repeated((as_at - self.rungs[-1].since).days // self.every)
        return reached[-1] if reached else None

    def first_after(self, day: date) -> Owed | None:
        """The first rung that is reached after that day."""
        ahead = [rung for rung in self.rungs if rung.since > day]
        if self.every and not ahead:
            return self._repeated((day - self.rungs[-1].since).days // self.every + 1)
        return ahead[0] if ahead else None

    def _repeated(self, times: int) -> Owed:
        last, days = self.rungs[-1], times * (self.every or 0)
        return Owed(last.kind, last.threshold + days, last.since + timedelta(days=days), last.about)


def owed(
    facts: Watched | WatchedStep, *, as_at: date, settings: ReminderSettings, calendar: Calendar
) -> tuple[Owed, ...]:
    """What is owed on that day: of each ladder the latest threshold crossed, whether or not it was told already.

    Nothing is owed for a threshold that had passed before the thing was accepted, except that it was assigned.
    """
    return _reached(_ladders(facts, settings, calendar), facts, as_at)


def owed_and_next(
    facts: Watched | WatchedStep, *, as_at: date, settings: ReminderSettings, calendar: Calendar
) -> tuple[tuple[Owed, ...], date | None]:
    """What is owed on that day, and the first day after it on which something new will be: both in one reckoning."""
    ladders = _ladders(facts, settings, calendar)
    coming = _ahead(ladders, facts, as_at)
    return _reached(ladders, facts, as_at), min((rung.since for rung in coming), default=None)


def _reached(ladders: list[Ladder], facts: Watched | WatchedStep, as_at: date) -> tuple[Owed, ...]:
    reached = (ladder.latest(as_at) for ladder in ladders)
    return tuple(rung for rung in reached if rung and _counts(rung, facts))


def next_notice_on(
    facts: Watched | WatchedStep, *, after: date, settings: ReminderSettings, calendar: Calendar
) -> date | None:
    """The first day after `after` on which something new will be owed, if nothing changes; None if nothing ever."""
    found = ahead(facts, after=after, settings=settings, calendar=calendar)
    return min((rung.since for rung in found), default=None)


def ahead(
    facts: Watched | WatchedStep, *, after: date, settings: ReminderSettings, calendar: Calendar
) -> tuple[Owed, ...]:
    """What will be owed after `after`, if nothing changes: of each ladder its next rung."""
    return _ahead(_ladders(facts, settings, calendar), facts, after)


def _ahead(ladders: list[Ladder], facts: Watched | WatchedStep, after: date) -> tuple[Owed, ...]:
    before_acceptance = max(after, facts.accepted_on - timedelta(days=1))
    found = [ladder.first_after(after) for ladder in ladders if _is_assignment(ladder)]
    found += [ladder.first_after(before_acceptance) for ladder in ladders if not _is_assignment(ladder)]
    return tuple(rung for rung in found if rung)


def _is_assignment(ladder: Ladder) -> bool:
    return ladder.rungs[0].kind is DueKind.ASSIGNED


def _counts(rung: Owed, facts: Watched | WatchedStep) -> bool:
    return rung.kind is DueKind.ASSIGNED or rung.since >= facts.accepted_on


def _ladders(facts: Watched | WatchedStep, settings: ReminderSettings, calendar: Calendar) -> list[Ladder]:
    if isinstance(facts, WatchedStep):
        return _step_ladders(facts, settings, calendar)
    return [*_due_ladders(facts.standing, settings, calendar), *_waiting_ladders(facts, settings)]


def _step_ladders(step: WatchedStep, settings: ReminderSettings, calendar: Calendar) -> list[Ladder]:
    if step.due is None or step.met_on is not None:
        return []
    rungs = _backwards(DueKind.STATUTORY_STEP, step.due, settings, calendar)
    return [Ladder(rungs)] if rungs else []


def _due_ladders(standing: Standing, settings: ReminderSettings, calendar: Calendar) -> tuple[Ladder, ...]:
    """The ladders about an open action's due date: one to its owner, and one for each escalation."""
    last = late_after(standing)
    if standing.status not in OPEN or standing.due is None or last is None:
        return ()
    return _about_due(standing.due, last, settings, calendar)


@lru_cache(maxsize=4096)
def _about_due(due: date, last: date, settings: ReminderSettings, calendar: Calendar) -> tuple[Ladder, ...]:
    """They are the same for all actions of one date, and plans have few dates: those of one report share three."""
    before = _backwards(DueKind.BEFORE_DUE, due, settings, calendar)
    on_the_day = _backwards(DueKind.DUE_TODAY, due, settings, calendar)
    chase = settings.of(DueKind.OVERDUE)
    from_the_first_day = Rhythm(tuple(sorted({1, *chase.days})), chase.every)
    chased = _forwards(DueKind.OVERDUE, last, from_the_first_day)
    escalated = [_forwards(kind, last, settings.of(kind)) for kind in ESCALATIONS]
    return (Ladder((*before, *on_the_day, *chased.rungs), chased.every), *(e for e in escalated if e.rungs))


ESCALATIONS = (DueKind.ESCALATED_TO_LEAD, DueKind.ESCALATED_TO_DIRECTOR)


def _backwards(kind: DueKind, about: date, settings: ReminderSettings, calendar: Calendar) -> tuple[Owed, ...]:
    """The rungs before a day, the farthest first; one that falls on a day off comes on the working day before."""
    farthest_first = reversed(settings.of(kind).days)
    return tuple(
        Owed(kind, n, calendar.working_day_on_or_before(about - timedelta(days=n)), about) for n in farthest_first
    )


@lru_cache(maxsize=4096)
def _forwards(kind: DueKind, about: date, rhythm: Rhythm) -> Ladder:
    """The rungs after a day; a rhythm without days of its own begins with its first repetition.

    Remembered as those about a due date are: most of a plan came in on one day.
    """
    days = rhythm.days or ((rhythm.every,) if rhythm.every else ())
    return Ladder(tuple(Owed(kind, n, about + timedelta(days=n), about) for n in days), rhythm.every)


def _waiting_ladders(facts: Watched, settings: ReminderSettings) -> list[Ladder]:
    """The ladders about something that waits: news, an owner, a date, a decision."""
    begun = ((kind, begins(facts)) for kind, begins in BEGINNINGS.items())
    ladders = (_forwards(kind, about, settings.of(kind)) for kind, about in begun if about)
    return [ladder for ladder in ladders if ladder.rungs]


def _is_open(facts: Watched) -> bool:
    return facts.standing.status in OPEN


def _is_unfinished(facts: Watched) -> bool:
    return facts.standing.status in UNFINISHED


def _last_heard(facts: Watched) -> date:
    return facts.standing.last_heard_on or facts.accepted_on


# The day each waiting is counted from, or None where nothing of the kind is waiting.
BEGINNINGS: dict[DueKind, Callable[[Watched], date | None]] = {
    DueKind.ASSIGNED: lambda f: f.assigned_on if f.has_owner and _is_unfinished(f) else None,
    DueKind.SILENT: lambda f: _last_heard(f) if _is_open(f) else None,
    DueKind.SIGN_OFF_WAITING: lambda f: f.submitted_on if f.standing.status is Status.SUBMITTED else None,
    DueKind.EXTENSION_WAITING: lambda f: f.extension_asked_on if _is_unfinished(f) else None,
    DueKind.CHECK_DUE: lambda f: f.next_check_on if f.standing.status is Status.CLOSED else None,
    DueKind.NO_DATE: lambda f: f.accepted_on if _is_open(f) and f.standing.due is None else None,
    DueKind.NO_OWNER: lambda f: f.accepted_on if _is_unfinished(f) and not f.has_owner else None,
}
