"""What a digest says: which kinds make one go out, its sections and their order, the words of its days, its subject.

One mail a person a day at most. It goes when something is newly owed, and then lists all that is on the person's plate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from itertools import groupby

from tracker.choices import DigestChoice, DueKind, NoticeKind, Occasion, Priority
from tracker.rules.standing import Standing, days_overdue, is_overdue
from tracker.rules.written_dates import counted, long_date, short_date

MONDAY = 0
WEEK = 7
LENGTH = 160  # letters of an action's words; the page has them all
# Told whatever a person has chosen.
ALWAYS = frozenset({DueKind.OVERDUE, DueKind.ESCALATED_TO_LEAD, DueKind.ESCALATED_TO_DIRECTOR})
# These wait for the week's digest and make no mail go out by themselves.
RIDING = frozenset({DueKind.NO_DATE, DueKind.NO_OWNER})
# Once each, at the time they are for; no choice of days applies to them.
TIMED = frozenset({Occasion.UPDATE_CALLED, Occasion.WEEK_FOR_LEADS, Occasion.MONTH_FOR_BOARD})
# How many days after it was owed a week's or a month's digest is still worth sending.
LASTS = {Occasion.WEEK_FOR_LEADS: 4, Occasion.MONTH_FOR_BOARD: 10}
ENVELOPES: tuple[tuple[str, NoticeKind], ...] = (
    (Occasion.WEEK_FOR_LEADS, NoticeKind.LEAD_DIGEST),
    (Occasion.MONTH_FOR_BOARD, NoticeKind.BOARD_DIGEST),
    (Occasion.UPDATE_CALLED, NoticeKind.CALL_FOR_UPDATES),
)


class Timing(Enum):
    """When a person is told of a kind: today, on another day, or never."""

    TODAY = auto()
    LATER = auto()
    NEVER = auto()


def timing(kind: str, choice: str, *, on: date) -> Timing:
    """When a person who has chosen so is told of that kind. What is overdue is told on the day, whatever is chosen."""
    if kind in ALWAYS or kind in TIMED or choice == DigestChoice.EACH_DAY:
        return Timing.TODAY
    if choice == DigestChoice.WEEKLY:
        return Timing.TODAY if on.weekday() == MONDAY else Timing.LATER
    return Timing.NEVER


def envelope(kinds: frozenset[str]) -> NoticeKind:
    """The one envelope of the day that carries these kinds: the week's and the month's take the digest's place."""
    return next((found for kind, found in ENVELOPES if kind in kinds), NoticeKind.DIGEST)


class Place(Enum):
    """Where a line leads; the site knows the address of each."""

    ACTION = auto()
    SIGN_OFF = auto()
    EXTENSION = auto()
    LOOK_AGAIN = auto()
    OWNER = auto()
    FIRST_DATE = auto()
    REPORT = auto()
    MEETING = auto()
    BOARD = auto()
    OVERDUE = auto()
    SILENT = auto()
    UNOWNED = auto()
    UNDATED = auto()
    SUBMITTED = auto()
    HOME = auto()


@dataclass(frozen=True)
class Line:
    """One thing on the plate: what it is, the words of its days, and where the link leads.

    `own`: the reader works on it and may answer in two taps. `new`: it is why the mail went out.
    """

    reference: str
    what: str
    says: str
    authority: str
    report: str
    place: Place
    number: int
    own: bool = False
    new: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its lines; `total` counts those that are left out as well, and `more` is where all of them stand."""

    title: str
    lines: tuple[Line, ...]
    total: int
    more: tuple[Place, int] | None = None

    @property
    def left_out(self) -> int:
        """How many there are beside the lines."""
        return self.total - len(self.lines)

    def groups(self) -> Iterator[tuple[str, str, list[Line]]]:
        """The lines by authority and report, in the order they have."""
        for (authority, report), lines in groupby(self.lines, key=lambda line: (line.authority, line.report)):
            yield authority, report, list(lines)


@dataclass(frozen=True)
class Figures:
    """The month of one authority in figures, each with its words; `number` is the authority's."""

    authority: str
    number: int
    rows: tuple[tuple[str, int], ...]
    next_meeting: str = ""


@dataclass(frozen=True)
class Head:
    """Where the trail of one authority stood at a moment (with a time zone): the hash of its last event of so many."""

    authority: str
    chain: str
    events: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class Counts:
    """What the subject counts: of the reader's own actions, what waits for the reader, and the plan they lead."""

    overdue: int = 0
    this_week: int = 0
    new: int = 0
    waiting: int = 0
    in_plan: int = 0


@dataclass(frozen=True)
class Digest:
    """All that a mail says to one person on one day."""

    kind: NoticeKind
    day: date
    places: tuple[str, ...]
    counts: Counts
    sections: tuple[Section, ...] = ()
    figures: tuple[Figures, ...] = ()
    called_by: date | None = None
    heads: tuple[Head, ...] = ()


def shortened(words: str) -> str:
    """The beginning of an action's words, cut between two words."""
    plain = " ".join(words.split())
    return plain if len(plain) <= LENGTH else plain[: LENGTH - 1].rsplit(" ", 1)[0] + "…"


def due_words(facts: Standing, *, on: date) -> str:
    """When an action is due, as people say it, on that day."""
    if facts.due is None:
        return "no due date yet"
    if is_overdue(facts, as_at=on):
        return f"{counted(days_overdue(facts, as_at=on), 'day', 'days')} overdue, due {short_date(facts.due)}"
    if facts.priority is Priority.IMMEDIATE and facts.due <= on:
        return f"immediate, from {short_date(facts.due)}"
    return _ahead((facts.due - on).days, facts.due)


def _ahead(days: int, due: date) -> str:
    if days == 0:
        return f"due today, {long_date(due)}"
    if days == 1:
        return f"due tomorrow, {long_date(due)}"
    return f"due in {days} days, on {long_date(due)}"


def places_in_words(places: tuple[str, ...]) -> str:
    """One name, two names, or how many councils."""
    return " and ".join(places) if len(places) <= 2 else f"{len(places)} councils"


def subject(digest: Digest) -> str:
    """The subject line, which says the number: "3 overdue, 2 due this week – Rotherham"."""
    where = places_in_words(digest.places)
    if digest.kind == NoticeKind.BOARD_DIGEST:
        return f"The improvement plan in {_month_before(digest.day)} – {where}"
    if digest.heads:
        return f"The head of the trail, {short_date(digest.day)} – {where}"
    said = ", ".join(_said(digest.counts)) or _quiet(digest)
    lead = {NoticeKind.LEAD_DIGEST: "Your week: ", NoticeKind.CALL_FOR_UPDATES: _asked(digest)}.get(digest.kind, "")
    return f"{lead}{said} – {where}"


def _said(counts: Counts) -> Iterator[str]:
    if counts.overdue:
        yield f"{counts.overdue} overdue"
    if counts.this_week:
        yield f"{counts.this_week} due this week"
    if counts.new and not counts.overdue:
        yield f"{counts.new} new to you"
    if counts.waiting:
        yield f"{counts.waiting} waiting for you"
    if counts.in_plan:
        yield f"{counts.in_plan} overdue in the plan"


def _quiet(digest: Digest) -> str:
    lines = sum(section.total for section in digest.sections)
    return counted(lines, "action", "actions") if lines else "nothing needs you"


def _asked(digest: Digest) -> str:
    return f"Update asked for by {short_date(digest.called_by)}: " if digest.called_by else "Update asked for: "


def _month_before(day: date) -> str:
    last = date.fromordinal(day.replace(day=1).toordinal() - 1)
    return f"{last:%B %Y}"
