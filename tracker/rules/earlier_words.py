"""The words that an action has had, as its trail tells them, and what is left of what was told when some are erased."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tracker.choices import Basis

# What a person has written about an action: in the action itself, and as the reason of what was done to it.
NAMES = {
    "what": "What we will do",
    "outcome": "Desired outcome",
    "moved_reason": "Why it was moved here",
    "last_move_reason": "Reason for a move",
    "lowered_reason": "Why the rating was lowered",
    "impact_reason": "What the impact rating rests on",
    "due_explanation": "Why this date",
    "reason": "Reason given",
}
FIELDS = tuple(name for name in NAMES if name != "reason")  # those of the action itself
LONG = 12  # one word of so many characters, or several words, are known again within others


def words_in(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The words in what an event told of an action: the name of each, as in NAMES, and the words.

    Of the explanations of its date only those that quote a person.
    """
    state = told.get("state") or {}
    for name in NAMES:
        words = told.get("reason") if name == "reason" else state.get(name)
        if words and not (name == "due_explanation" and state.get("due_basis") != Basis.CHOSEN):
            yield name, words


def holds(text: str, words: str) -> bool:
    """Whether a text is these words or has them in it; one short word is no part of others."""
    if text == words:
        return True
    long = len(words) >= LONG or len(words.split()) > 1
    return long and re.search(rf"(?<!\w){re.escape(words.strip(' .'))}(?!\w)", text) is not None


def cleaned(text: str, erased: Collection[str], *, title: str) -> str:
    """The text, or `title` where it holds erased words."""
    return title if any(holds(text, words) for words in erased) else text


def without(told: Mapping[str, Any], erased: Collection[str], *, title: str) -> dict[str, Any]:
    """What was told of an action, or of an erasure of its words, with `title` in the place of words that hold erased ones.

    Codes, names and references stay, even where they read the same: a past moment is judged by them.
    """
    left, state, details = dict(told), told.get("state") or {}, told.get("details") or {}
    if told.get("reason"):
        left["reason"] = cleaned(told["reason"], erased, title=title)
    if fields := [name for name in FIELDS if state.get(name)]:
        left["state"] = {**state, **{name: cleaned(state[name], erased, title=title) for name in fields}}
    if "instead" in details:
        told_instead = [without(each, erased, title=title) for each in details["instead"]]
        left["details"] = {**details, "instead": told_instead}
    return left
