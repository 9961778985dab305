"""The actions of a moment, in the order of their references: columns of numbers, each entry made when it is asked for.

Of a long plan a hundred thousand objects would be most of what a pack holds in memory. The states are kept in a file
without a name, for every table and section asks for them again, and all of a pack is told from one reading.
"""

import marshal
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from typing import Any, NamedTuple
from weakref import finalize

from tracker.choices import Delivery, Impact
from tracker.rules.since import Stood

State = dict[str, Any]
AHEAD = 1 << 16  # bytes of the file read together: most states are asked for in the order in which they stand
Judgement = tuple[Stood, Impact, bool]


class Entry(NamedTuple):
    """An action at the moment: its number, and what is counted of it by the rules."""

    number: int
    reference: str
    recommendation: int
    stood: Stood
    impact: Impact
    is_overdue_original: bool
    days_overdue: int

    @property
    def delivery(self) -> Delivery | None:
        """Its delivery rating by the rules; None where it has none."""
        return self.stood.delivery


class Entries(Mapping[int, Entry]):
    """Entries by the number of the action. They come in one after the other, ascending; once read, none comes in."""

    def __init__(self) -> None:
        self._numbers, self._recommendations = array("q"), array("q")
        self._references: list[str] = []
        self._days_overdue = array("i")
        # How each stands and its impact: a place in the list of all such judgements, of which there are few.
        self._judgements, self._judged = list[Judgement](), array("H")
        self._places: dict[Judgement, int] = {}
        self._order = array("q")
        self._states = TemporaryFile(buffering=AHEAD)  # noqa: SIM115  closed with this object
        self._ends = array("q", [0])
        finalize(self, self._states.close)

    def put(self, entry: Entry, state: State) -> None:
        """Take the next one in, with the whole of its state."""
        self._ends.append(self._ends[-1] + self._states.write(marshal.dumps(state)))
        self._numbers.append(entry.number)
        self._recommendations.append(entry.recommendation)
        self._references.append(entry.reference)
        self._days_overdue.append(entry.days_overdue)
        self._judged.append(self._place_of((entry.stood, entry.impact, entry.is_overdue_original)))

    def _place_of(self, judgement: Judgement) -> int:
        if judgement not in self._places:
            self._places[judgement] = len(self._judgements)
            self._judgements.append(judgement)
        return self._places[judgement]

    def settle(self) -> None:
        """All are in: set them in the order of the references."""
        self._order = array("q", sorted(range(len(self._numbers)), key=self._references.__getitem__))

    def state(self, number: int) -> State:
        """The whole state of one of them, as the trail told it. Raises KeyError."""
        place = self._place(number)
        self._states.seek(self._ends[place])
        told = self._states.read(self._ends[place + 1] - self._ends[place])
        state: State = marshal.loads(told)  # noqa: S302  our own file
        return state

    def in_order(self) -> Iterator[Entry]:
        """Every entry in the order of the references."""
        return map(self._at, self._order)

    def judged(self) -> Iterator[tuple[Judgement, int]]:
        """How entries stand and their impact, and of how many that is so."""
        yield from ((self._judgements[place], times) for place, times in Counter(self._judged).items())

    def _place(self, number: int) -> int:
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        return place

    def _at(self, place: int) -> Entry:
        judgement, days = self._judgements[self._judged[place]], self._days_overdue[place]
        about = self._numbers[place], self._references[place], self._recommendations[place]
        return Entry(*about, *judgement, days)

    def __getitem__(self, number: int) -> Entry:
        return self._at(self._place(number))

    def __iter__(self) -> Iterator[int]:
        return (self._numbers[place] for place in self._order)

    def __len__(self) -> int:
        return len(self._numbers)
