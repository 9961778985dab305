"""What has changed between the recommendations that were accepted and a later reading of the report."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

ALIKE = 0.6  # of their words in common, in their order: below this two items are two recommendations
WORD = re.compile(r"\w+")
PARTS = ("text", "heading", "timescale", "addressee")


class Change(StrEnum):
    """How a printed item stands to what was accepted."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Known:
    """A recommendation as it was accepted, and the items the machine had read before a person corrected them.

    `key` is whatever the caller knows it by. Words that are not printed are empty.
    """

    key: Any
    text: str
    read: tuple[dict[str, Any], ...] = ()
    heading: str = ""
    timescale: str = ""
    addressee: str = ""


@dataclass(frozen=True)
class Difference:
    """One line of the comparison: what was accepted, what is read now, and which of its parts differ."""

    change: Change
    known: Known | None
    later: dict[str, Any] | None
    parts: tuple[str, ...] = ()


def differences(
    known: Sequence[Known], later: Sequence[dict[str, Any]], *, left_out: Iterable[str] = ()
) -> list[Difference]:
    """Each item of the later reading beside what was accepted, in the later reading's order, then what is gone.

    An item a person left out at acceptance (`left_out`, their words) is not proposed again. What the machine reads as
    it did before is the same, whatever a person made of it then.
    """
    pairs = _matched(known, later)
    dropped = {_plain(text) for text in left_out}
    found = []
    for place, item in enumerate(later):
        before = pairs.get(place)
        if before is not None:
            parts = tuple(_changed(before, item))
            found.append(Difference(Change.CHANGED if parts else Change.SAME, before, item, parts))
        elif _plain(item["text"]) not in dropped:
            found.append(Difference(Change.NEW, None, item))
    kept = {id(each) for each in pairs.values()}
    return found + [Difference(Change.GONE, each, None) for each in known if id(each) not in kept]


def _matched(known: Sequence[Known], later: Sequence[dict[str, Any]]) -> dict[int, Known]:
    """Which accepted recommendation each item of the reading is: the most alike first, each taken once."""
    scores = [
        (_alike(each, item), -abs(place - row), row, place)
        for row, each in enumerate(known)
        for place, item in enumerate(later)
    ]
    pairs: dict[int, Known] = {}
    taken: set[int] = set()
    for score, _, row, place in sorted(scores, reverse=True):
        if score >= ALIKE and row not in taken and place not in pairs:
            pairs[place] = known[row]
            taken.add(row)
    return pairs


def _alike(known: Known, item: dict[str, Any]) -> float:
    """How alike the words are, from 0 to 1, and 2 for words that are the same."""
    texts = _known_words(known, "text")
    if _plain(item["text"]) in map(_plain, texts):
        return 2.0
    words = WORD.findall(item["text"].lower())
    return max(SequenceMatcher(None, WORD.findall(text.lower()), words, autojunk=False).ratio() for text in texts)


def _changed(known: Known, item: dict[str, Any]) -> Iterator[str]:
    for name in PARTS:
        if _plain(item.get(name) or "") not in map(_plain, _known_words(known, name)):
            yield name


def _known_words(known: Known, name: str) -> list[str]:
    return [getattr(known, name), *(item.get(name) or "" for item in known.read)]


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
