"""A plan at one moment, read once through its trail: where each action stood, in the order of references."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tracker.choices import Delivery, Impact
from tracker.models import Authority, Event
from tracker.rules.authority_settings import AuthoritySettings, read_settings
from tracker.rules.london import day_of
from tracker.rules.position import Position, position
from tracker.rules.progress import Point
from tracker.rules.standing import RatingSettings, Standing
from tracker.services import history
from tracker.services.packs.course import Courses
from tracker.services.packs.entries import Entries, Entry
from tracker.services.packs.judging import Case, Judge
from tracker.services.packs.shelves import Shelves

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
    def left(self) -> dict[int, State]:
        """What is left of the bodies that lost words to an erasure, by the number of the body."""
        return history.left_by_erasures(self.through.chain_id)

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
        found = Counter[Delivery | None]()
        for (stood, _, _), times in self.entries.judged():
            found[stood.delivery] += times
        return {rating: found[rating] for rating in (*Delivery, None)}

    @cached_property
    def impact(self) -> dict[Impact, int]:
        """How many actions have which impact rating."""
        found = Counter[Impact]()
        for (_, impact, _), times in self.entries.judged():
            found[impact] += times
        return {rating: found[rating] for rating in Impact}

    def _standings(self, found: Entries, courses: Courses | None) -> Iterator[Standing]:
        """Each action's standing, its entry into the list, and its way into the picture."""
        judge, heard = Judge(self.day, self.thresholds), self.shelves.heard
        for number, body, state in history.latest("action", self.through):
            if state is None:
                state = self.left.get(body, {}).get("state")  # noqa: PLW2901  words of it were erased
            if state is not None:
                case = judge.case(state, heard.get(number))
                found.put(_entry(number, state, case), state)
                if courses:
                    courses.add(number, case.placed)
                yield case.standing


def _entry(number: int, action: State, case: Case) -> Entry:
    return Entry(
        number,
        action["reference"],
        action["recommendation"],
        case.stood,
        Impact(action.get("impact", Impact.NOT_EVIDENCED)),
        case.is_overdue_original,
        case.days_overdue,
    )
