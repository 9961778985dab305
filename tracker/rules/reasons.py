"""In words: why a mail goes out, by the rows of the ledger it tells; and why somebody gets none."""

from collections.abc import Callable
from datetime import date
from enum import Enum

from tracker.choices import DueKind, Occasion
from tracker.rules.written_dates import counted, short_date

Words = Callable[[int, str], str]


def _days(number: int) -> str:
    return counted(number, "day", "days")


# By kind: the number of the threshold, and the day it is about as it is written, become a reason.
WORDS: dict[str, Words] = {
    DueKind.ASSIGNED: lambda n, day: f"given to its owner on {day}",
    DueKind.BEFORE_DUE: lambda n, day: f"due on {day}: reminder {_days(n)} before",
    DueKind.DUE_TODAY: lambda n, day: f"due on {day}: reminder on the day",
    DueKind.OVERDUE: lambda n, day: f"overdue: reminder {_days(n)} after {day}",
    DueKind.ESCALATED_TO_LEAD: lambda n, day: f"overdue: {_days(n)} after {day} the accountable lead is told",
    DueKind.ESCALATED_TO_DIRECTOR: lambda n, day: f"overdue: {_days(n)} after {day} the director is told",
    DueKind.SILENT: lambda n, day: f"no news since {day}: reminder after {_days(n)}",
    DueKind.SIGN_OFF_WAITING: lambda n, day: f"awaits sign-off since {day}{_after(n)}",
    DueKind.EXTENSION_WAITING: lambda n, day: f"an extension awaits a decision since {day}{_after(n)}",
    DueKind.STATUTORY_STEP: lambda n, day: f"due on {day}: reminder {_days(n)} before",
    DueKind.CHECK_DUE: lambda n, day: f"closed, to be looked at again since {day}",
    DueKind.NO_DATE: lambda n, day: f"no due date since {day}{_after(n)}",
    DueKind.NO_OWNER: lambda n, day: f"no owner since {day}{_after(n)}",
    Occasion.HELP_ASKED: lambda n, day: "help is asked for",
    Occasion.ERASURE_ASKED: lambda n, day: f"an erasure after a breach awaits a decision since {day}",
    Occasion.UPDATE_CALLED: lambda n, day: f"an update is asked for by {day}{_again(n)}",
    Occasion.WEEK_FOR_LEADS: lambda n, day: f"the leads’ week that begins on {day}",
    Occasion.MONTH_FOR_BOARD: lambda n, day: f"the board’s month before {day}",
}


def _after(number: int) -> str:
    return f": reminder after {_days(number)}" if number else ""


def _again(number: int) -> str:
    return f", {counted(number, 'working day', 'working days')} before" if number else ""


def in_words(kind: str, threshold: str) -> str:
    """Why a row of the ledger is owed; `threshold` as the ledger keeps it ("2012-12-03/14", "2012-12-03", or a number)."""
    about, _, number = threshold.partition("/")
    try:
        day = short_date(date.fromisoformat(about))
    except ValueError:
        day = ""
    return WORDS[kind](int(number) if number.isdecimal() else 0, day)


class Silence(Enum):
    """Why somebody for whom the ledger holds something gets no mail; the first that applies is told."""

    LEFT = "has left or may not sign in: the leads are told in their place"
    HOUR = "the hour of the council has not come"
    HAD = "has had the mail of the day already"
    FAILED = "the mail of the day could not be delivered"
    CHOSEN = "has chosen to hear of it on Monday"
    NEVER = "has chosen to hear of what is overdue alone"
    RIDES = "hears of it in the week’s digest: it makes no mail go out by itself"
    NOTHING = "nothing is left to say"
    TOLD = "has been told before"
