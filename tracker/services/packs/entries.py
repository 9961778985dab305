"""The actions of a moment, in the order of their references: columns of numbers, each entry made when it is asked for.

Of a long plan a hundred thousand objects would be most of what a pack holds in memory.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.choices import Delivery, Impact
from tracker.rules.since import Stood


class Entry(NamedTuple):
    """An action at the moment: its number, where its body stands, and what is counted of it."""

    number: int
    reference: str
    body: int
    recommendation: int
    stood: Stood
    impact: Impact

    @property
    def delivery(self) -> Delivery | None:
        """Its delivery rating by the rules; None where it has none."""
        return self.stood.delivery


class Entries(Mapping[int, Entry]):
    """Entries by the number of the action. They come in one after the other, ascending; once read, none comes in."""

    def __init__(self) -> None:
        self._numbers, self._bodies, self._recommendations = array("q"), array("q"), array("q")
        self._references: list[str] = []
        # How each stands and its impact: a place in the list of all such pairs, of which there are few.
        self._pairs, self._paired = list[tuple[Stood, Impact]](), array("H")
        self._places: dict[tuple[Stood, Impact], int] = {}
        self._order = array("q")

    def put(self, entry: Entry) -> None:
        """Take the next one in."""
        self._numbers.append(entry.number)
        self._bodies.append(entry.body)
        self._recommendations.append(entry.recommendation)
        self._references.append(entry.reference)
        self._paired.append(self._place_of((entry.stood, entry.impact)))

    def _place_of(self, pair: tuple[Stood, Impact]) -> int:
        if pair not in self._places:
            self._places[pair] = len(self._pairs)
            self._pairs.append(pair)
        return self._places[pair]

    def settle(self) -> None:
        """All are in: set them in the order of the references."""
        self._order = array("q", sorted(range(len(self._numbers)), key=self._references.__getitem__))

    def __getitem__(self, number: int) -> Entry:
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        about = self._references[place], self._bodies[place], self._recommendations[place]
        return Entry(number, *about, *self._pairs[self._paired[place]])

    def __iter__(self) -> Iterator[int]:
        return (self._numbers[place] for place in self._order)

    def __len__(self) -> int:
        return len(self._numbers)
