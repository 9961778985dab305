"""How the actions of a moment stand by the rules. Each case is judged once, for in a long plan many actions stand alike."""

from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from tracker.choices import Delivery, Priority, Status
from tracker.rules.since import Stood
from tracker.rules.standing import (
    RatingSettings,
    Standing,
    days_overdue,
    delivery,
    is_overdue,
    is_overdue_against_original,
    is_silent,
)
from tracker.services.progress import Placed

State = dict[str, Any]
MANY = 10_000  # cases kept in memory; of more, those not met for longest are judged again
# All that the rules ask of an action's state, in the order in which `_judged` takes it.
ASKED = itemgetter(
    "status",
    "priority",
    "lowered_to",
    "accepted_on",
    "agreed_due",
    "original_due",
    "start_on",
    "overdue_after",
)


class Case(NamedTuple):
    """Actions that stand alike: the facts that the rules judge them by, their place in the picture, and the judgement."""

    standing: Standing
    placed: Placed
    stood: Stood
    is_overdue_original: bool
    days_overdue: int


class Judge:
    """Judges the actions of a plan on a day, by an authority's thresholds."""

    def __init__(self, day: date, limits: RatingSettings) -> None:
        self.day, self.limits = day, limits
        self._case = lru_cache(MANY)(self._judged)

    def case(self, action: State, heard: int | None) -> Case:
        """How an action stands by its state; `heard` is the ordinal of the day a person was last heard on it, or None."""
        return self._case(heard, ASKED(action))

    def _judged(self, heard: int | None, asked: tuple[Any, ...]) -> Case:
        status, priority, lowered_to, accepted_on, *days = asked
        since = date.fromisoformat(accepted_on)
        due, original, start, chase_from = (date.fromisoformat(day) if day else None for day in days)
        standing = Standing(
            status=Status(status),
            due=due,
            original_due=original,
            start_on=start,
            priority=Priority(priority),
            chase_from=chase_from,
            last_heard_on=date.fromordinal(heard) if heard else since,
            lowered_to=Delivery(lowered_to) if lowered_to else None,
        )
        stood = Stood(
            delivery(standing, as_at=self.day, settings=self.limits),
            is_overdue(standing, as_at=self.day),
            is_silent(standing, as_at=self.day, days=self.limits.silent_days),
        )
        return Case(
            standing,
            Placed(since, standing.status, original, due),
            stood,
            is_overdue_against_original(standing, as_at=self.day),
            days_overdue(standing, as_at=self.day),
        )
