"""The words that an action has had, as its trail tells them, and what is left of what was told when some are erased."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

# What a person has written about an action: in the action itself, and as the reason of what was done to it.
NAMES = {
    "what": "What we will do",
    "outcome": "Desired outcome",
    "moved_reason": "Why it was moved here",
    "last_move_reason": "Reason for a move",
    "lowered_reason": "Why the rating was lowered",
    "impact_reason": "What the impact rating rests on",
    "reason": "Reason given",
}
LONG = 12  # so many characters are looked for within other words too, such as the explanation of a date


def words_in(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The words in what an event told of an action: the name of each, as in NAMES, and the words."""
    state = told.get("state") or {}
    for name in NAMES:
        words = told.get("reason") if name == "reason" else state.get(name)
        if words:
            yield name, words


def holds(text: str, words: str) -> bool:
    """Whether a text is these words or, where they are long enough to be known again, has them in it."""
    return text == words or (len(words) >= LONG and words in text)


def without(told: Any, erased: Collection[str], *, instead: str) -> Any:
    """What was told, as deep as it goes, with `instead` in the place of every text that holds erased words."""
    if isinstance(told, str):
        return instead if any(holds(told, words) for words in erased) else told
    if isinstance(told, Mapping):
        return {name: without(value, erased, instead=instead) for name, value in told.items()}
    if isinstance(told, list):
        return [without(value, erased, instead=instead) for value in told]
    return told
