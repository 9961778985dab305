"""What an owner may answer in two taps, when there is nothing to answer, and for how long a call for help stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.choices import NoteKind, Status
from tracker.rules.refusal import Refused
from tracker.rules.standing import OPEN

# The answers of a digest, in the order of its links, in the words of whoever gives them.
ANSWERS = {NoteKind.ON_TRACK: "On track", NoteKind.NO_CHANGE: "Nothing changed", NoteKind.HELP: "I need help"}
# That nothing has changed leaves a call for help as it was; every other note is taken as its answer.
LEAVES_HELP = frozenset({NoteKind.NO_CHANGE})

CLOSED: dict[str, str] = {
    Status.SUBMITTED: "It is submitted as complete and awaits sign-off.",
    Status.CLOSED: "It is signed off and closed.",
    Status.SUPERSEDED: "It has been superseded.",
    Status.NOT_APPLICABLE: "It is no longer applicable.",
}


@dataclass(frozen=True)
class Said:
    """A note as the rules see it: its kind and words, the day in London, by whom and on whose behalf (numbers)."""

    kind: str
    text: str
    on: date
    by: int
    behalf: int | None = None


class SaidAlready(Refused):
    """The same person has said the same on the same day, and nothing has been said since."""


def nothing_to_answer(status: str) -> str:
    """Why nobody is asked about an action of that status any more, in a sentence; empty where somebody is."""
    return "" if status in OPEN else CLOSED[status]


def check_news(note: Said, last: Said | None) -> None:
    """Refuses a note that repeats the last one on the action: the same kind by the same person on the same day.

    More words about it are news; none, or the same ones, are a second tap on the same button. Raises SaidAlready.
    """
    if last is None or (note.kind, note.on, note.by, note.behalf) != (last.kind, last.on, last.by, last.behalf):
        return
    if note.text in ("", last.text):
        raise SaidAlready("You have said this already today. It is kept, and nothing more is needed.", "text")


def standing_help(kinds: Sequence[str]) -> int | None:
    """The place of the note that asks for help and is not answered yet, among the notes of an action, newest first.

    Of several calls in a row it is the first that was made: help is asked for since then. None: nobody asks.
    """
    found = None
    for place, kind in enumerate(kinds):
        if kind == NoteKind.HELP:
            found = place
        elif kind not in LEAVES_HELP:
            break
    return found
