"""A plan at one moment, read once through its trail: where each action stood, in the order of references."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tracker.choices import Delivery, Impact, Priority, Status
from tracker.models import Authority, Event
from tracker.rules.authority_settings import AuthoritySettings, read_settings
from tracker.rules.london import day_of
from tracker.rules.position import Position, position
from tracker.rules.progress import Point
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
from tracker.services import history
from tracker.services.packs.course import Courses
from tracker.services.packs.entries import Entries, Entry
from tracker.services.packs.shelves import Shelves
from tracker.services.progress import Placed

State = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """An authority's plan after an event of its chain. `at` is the moment asked for, `house` the installation's event.

    `pictured`: its way there is told too.
    """

    authority: Authority
    at: datetime
    through: Event
    house: Event
    pictured: bool = True

    @cached_property
    def day(self) -> date:
        """The day in London."""
        return day_of(self.at)

    @cached_property
    def council(self) -> State:
        """The authority's own state of that moment: how it was called, what it had set."""
        return history.last_state("authority", self.authority.pk, self.house)

    @cached_property
    def settings(self) -> AuthoritySettings:
        """The authority's settings of that moment."""
        return read_settings(dict(self.council.get("settings", {})))

    @cached_property
    def thresholds(self) -> RatingSettings:
        """The thresholds of the delivery rating at that moment."""
        return self.settings.rating

    @cached_property
    def shelves(self) -> Shelves:
        """What hangs on the actions."""
        return Shelves(self.through, self.at)

    @cached_property
    def _read(self) -> tuple[Entries, Position, tuple[Point, ...]]:
        found = Entries()
        courses = Courses(self.through, self.day) if self.pictured else None
        counted = position(self._standings(found, courses), as_at=self.day)
        found.settle()
        return found, counted, courses.points() if courses and found else ()

    @property
    def entries(self) -> Entries:
        """Every action by its number, in the order of the references."""
        return self._read[0]

    @property
    def position(self) -> Position:
        """The statement of totals, and what stands out."""
        return self._read[1]

    @property
    def progress(self) -> tuple[Point, ...]:
        """The points of the picture of progress; () for no plan, and where its way is not told."""
        return self._read[2]

    @cached_property
    def ratings(self) -> dict[Delivery | None, int]:
        """How many actions have which delivery rating."""
        found = Counter(entry.delivery for entry in self.entries.values())
        return {rating: found[rating] for rating in (*Delivery, None)}

    @cached_property
    def impact(self) -> dict[Impact, int]:
        """How many actions have which impact rating."""
        found = Counter(entry.impact for entry in self.entries.values())
        return {rating: found[rating] for rating in Impact}

    def _standing(self, number: int, action: State) -> Standing:
        """The facts that the rules judge the action by at that moment."""
        heard = self.shelves.heard.get(number)
        return _facts(action, date.fromordinal(heard) if heard else None)

    def _standings(self, found: Entries, courses: Courses | None) -> Iterator[Standing]:
        """Each action's standing, its entry into the list, and its way into the picture."""
        for last in history.latest("action", self.through):
            if last.state is not None:
                standing = self._standing(last.number, last.state)
                found.put(self._entry(last.number, last.state, standing), last.state)
                if courses:
                    since = date.fromisoformat(last.state["accepted_on"])
                    courses.add(Placed(last.number, since, standing.status, standing.original_due, standing.due))
                yield standing

    def _entry(self, number: int, action: State, standing: Standing) -> Entry:
        limits = self.thresholds
        return Entry(
            number,
            action["reference"],
            action["recommendation"],
            Stood(
                delivery(standing, as_at=self.day, settings=limits),
                is_overdue(standing, as_at=self.day),
                is_silent(standing, as_at=self.day, days=limits.silent_days),
            ),
            Impact(action.get("impact", Impact.NOT_EVIDENCED)),
            is_overdue_against_original(standing, as_at=self.day),
            days_overdue(standing, as_at=self.day),
        )


def _facts(action: State, last_heard_on: date | None) -> Standing:
    def day(name: str) -> date | None:
        return date.fromisoformat(action[name]) if action[name] else None

    return Standing(
        status=Status(action["status"]),
        due=day("agreed_due"),
        original_due=day("original_due"),
        start_on=day("start_on"),
        priority=Priority(action["priority"]),
        chase_from=day("overdue_after"),
        last_heard_on=last_heard_on or day("accepted_on"),
        lowered_to=Delivery(action["lowered_to"]) if action["lowered_to"] else None,
    )
