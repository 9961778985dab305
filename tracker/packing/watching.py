"""Watches what is written of a pack: that whoever makes it is seen to live, and that every table adds up to the totals."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from tracker.rules.pack import Contents, Row

T = TypeVar("T")
OFTEN = 200  # rows between two signs of life
ROWS = ("actions", "updates", "evidence", "extensions", "recommendations", "movement", "events", "sections")
Say = Callable[[str, int], None]


class Watched:
    """Contents whose rows are counted whenever somebody reads them to the end."""

    def __init__(self, contents: Contents, say: Say) -> None:
        self._told, self._say, self._now = contents, say, ("", 0)
        self._found: dict[str, set[int]] = {}
        self._sums: Counter[str] = Counter()
        counting: dict[str, Any] = {name: self._counting(name, getattr(contents, name)) for name in ROWS}
        self.contents = replace(contents, **counting)

    def begin(self, words: str, step: int) -> None:
        """Say what is done from here on."""
        self._now = (words, step)
        self._say(*self._now)

    def _counting(self, name: str, rows: Callable[[], Iterator[T]]) -> Callable[[], Iterator[T]]:
        def counted() -> Iterator[T]:
            count, sums = 0, Counter[str]()
            for count, row in enumerate(rows(), 1):  # noqa: B007  the count is what is wanted at the end
                sums.update(dict(PARTS[name](row)) if name in PARTS else {})
                if count % OFTEN == 0:
                    self._say(*self._now)
                yield row
            self._found.setdefault(name, set()).add(count)
            self._sums.update({key: number for key, number in sums.items() if key not in self._sums})

        return counted

    def disagreements(self) -> list[str]:
        """Where what was written does not add up, each in a sentence."""
        total, sequence = self._told.position.total, self._told.cover.sequence
        expected = {"actions": total, "sections": total, "events": sequence}
        wrong = [
            f"The {name} written are {'and then '.join(map(str, sorted(found)))}, and should be {number}."
            for name, found in sorted(self._found.items())
            for number in [expected.get(name, min(found))]
            if found != {number}
        ]
        return wrong + [sentence for sentence in self._sums_wrong() if sentence]

    def _sums_wrong(self) -> Iterator[str]:
        found, told = self._sums, self._told
        if "actions" in self._found:
            for status, number in told.position.by_status.items():
                yield _differ(f"rows of actions {str(status.label).lower()}", found[f"status {status.value}"], number)
            yield _differ("rows of overdue actions", found["overdue"], told.position.overdue)
            yield _differ("extensions of the actions", found["extensions"], told.extended.granted)
        if "extensions" in self._found:
            yield _differ("rows of granted extensions", found["granted"], told.extended.granted)
        if {"actions", "updates"} <= set(self._found):
            yield _differ("updates of the actions", found["updates"], min(self._found["updates"]))


def _differ(what: str, found: int, told: int) -> str:
    return "" if found == told else f"The {what} add up to {found}, the totals say {told}."


def _of_action(row: Row) -> dict[str, int]:
    computed: dict[str, Any] = row["computed"]
    return {
        f"status {row['action']['status']}": 1,
        "overdue": int(computed["overdue"]),
        "extensions": computed["extensions"],
        "updates": computed["updates"],
    }


PARTS: dict[str, Callable[[Any], dict[str, int]]] = {
    "actions": _of_action,
    "extensions": lambda row: {"granted": int(row["extension"]["granted"] is True)},
}
