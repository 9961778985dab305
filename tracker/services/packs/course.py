"""How the plan came to where it stood at the moment: the points of the picture of progress, from the trail."""

from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cached_property

from tracker.models import Event
from tracker.rules.periods import looks
from tracker.rules.progress import PHASES, Granted, Heights, Phase, Point
from tracker.services import history
from tracker.services.progress import AFTER, MoveMade, Placed, course


class Courses:
    """The ways of a plan's actions up to an event and its day, summed up as the actions are read; none is kept."""

    def __init__(self, through: Event, day: date) -> None:
        self.through, self.day = through, day
        self._heights = Heights()
        self._first, self._last = day, date.min  # of the days on which anything is seen
        self._unmoved = Counter[Placed]()  # those that nobody has moved yet, by what they have in common

    def add(self, number: int, row: Placed) -> None:
        """The way of the action of that number."""
        if number in self._moved or number in self._granted:
            self._add(row, self._moved.get(number, []), self._granted.get(number, []))
        else:
            self._unmoved[row] += 1

    def _add(self, row: Placed, moved: list[MoveMade], granted: list[Granted], times: int = 1) -> None:
        self._heights.add(course(row, moved, granted, self.day), times)
        self._first = min(self._first, row.since)
        if PHASES[row.status] is not Phase.ASIDE:
            self._last = max(self._last, *(due for due in row.dues if due), date.min)

    def points(self) -> tuple[Point, ...]:
        """The plan on the days of its past that a picture looks at, the moment's own day, and days to come."""
        while self._unmoved:
            row, times = self._unmoved.popitem()
            self._add(row, [], [], times)
        last = self._last if self._last > date.min else None
        return self._heights.at(looks(self._first, self.day, last).days)

    @cached_property
    def _moved(self) -> dict[int, list[MoveMade]]:
        found: dict[int, list[MoveMade]] = defaultdict(list)
        for number, kind, at in history.moves(self.through):
            if kind in AFTER:
                found[number].append((kind, at))
        return found

    @cached_property
    def _granted(self) -> dict[int, list[Granted]]:
        found: dict[int, list[Granted]] = defaultdict(list)
        for last in history.latest("extension", self.through):
            state = last.state
            if state and state["granted"]:
                days = (date.fromisoformat(state[name]) for name in ("from_due", "to_due"))
                found[state["action"]].append(Granted(datetime.fromisoformat(state["decided_at"]), *days))
        for some in found.values():
            some.sort(key=lambda each: each.at)
        return found
