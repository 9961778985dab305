"""What a digest says: which kinds make one go out, its sections and their order, what its subject counts.

One mail a person a day at most. It goes when something is newly owed, and then lists all that is on the person's plate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from itertools import groupby

from tracker.choices import DigestChoice, DueKind, NoticeKind, Occasion
from tracker.rules.working_days import Calendar

# Told whatever a person has chosen.
ALWAYS = frozenset({DueKind.OVERDUE, DueKind.ESCALATED_TO_LEAD, DueKind.ESCALATED_TO_DIRECTOR})
# These wait for the week's digest and make no mail go out by themselves.
RIDING = frozenset({DueKind.NO_DATE, DueKind.NO_OWNER})
# Once each, at the time they are for; no choice of days applies to them. A breach waits for no Monday.
TIMED = frozenset({Occasion.ERASURE_ASKED, Occasion.UPDATE_CALLED, Occasion.WEEK_FOR_LEADS, Occasion.MONTH_FOR_BOARD})
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


# Told when they come, whatever a person has chosen.
UNCHOSEN = ALWAYS | TIMED | RIDING


def opening_day(on: date, calendar: Calendar) -> date:
    """The first working day of the week of that day: Monday, or where that is a day off, the next that is not."""
    monday = on - timedelta(days=on.weekday())
    return monday if calendar.is_working_day(monday) else calendar.next_working_day(monday)


def timing(kind: str, choice: str, *, owed_on: date, on: date, opening: date) -> Timing:
    """When a person who has chosen so is told of that kind. What is overdue is told on the day, whatever is chosen.

    Once a week is on the `opening` day of the week; what was owed before it is told on a later day of the week too,
    so that a morning without mail does not cost a week.
    """
    if not is_told(kind, choice):
        return Timing.NEVER
    held_back = kind not in UNCHOSEN and choice == DigestChoice.WEEKLY
    return Timing.LATER if held_back and on != opening and not owed_on < opening <= on else Timing.TODAY


def is_told(kind: str, choice: str) -> bool:
    """Whether a person who has chosen so is told of that kind by mail at all."""
    return kind in UNCHOSEN or choice != DigestChoice.OVERDUE_ONLY


def envelope(kinds: frozenset[str]) -> NoticeKind:
    """The one envelope of the day that carries these kinds: the week's and the month's take the digest's place."""
    return next((found for kind, found in ENVELOPES if kind in kinds), NoticeKind.DIGEST)


class Place(Enum):
    """Where a line leads; the site knows the address of each."""

    ACTION = auto()
    SIGN_OFF = auto()
    EXTENSION = auto()
    ERASURE = auto()
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
    EXTENSIONS = auto()
    HOME = auto()


@dataclass(frozen=True)
class Line:
    """One thing on the plate: what it is, the words of its days, and where the link leads.

    `own`: the reader works on it and may answer in two taps. `new`: it is why the mail went out. `late`: overdue.
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
    late: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its lines; `total` counts those that are left out as well, and `more` is where all of them stand.

    `late`: what is in it is overdue. `brief`: nothing has to be done about it now, so a line is enough for each.
    """

    title: str
    lines: tuple[Line, ...]
    total: int
    more: tuple[Place, int] | None = None
    late: bool = False
    brief: bool = False

    @property
    def left_out(self) -> int:
        """How many there are beside the lines."""
        return self.total - len(self.lines)

    @property
    def only_group(self) -> tuple[str, str] | None:
        """The one authority and report that its lines belong to; None where there are several."""
        return _only_group(self.lines)

    def groups(self) -> Iterator[tuple[str, str, list[Line]]]:
        """The lines by authority and report, in the order they have."""
        for (authority, report), lines in groupby(self.lines, key=lambda line: (line.authority, line.report)):
            yield authority, report, list(lines)


def _only_group(lines: Iterable[Line]) -> tuple[str, str] | None:
    groups = {(line.authority, line.report) for line in lines}
    return groups.pop() if len(groups) == 1 else None


@dataclass(frozen=True)
class Figure:
    """A number with its words, and the list of exactly what it counts, where there is one."""

    words: str
    number: int
    at: Place | None = None
    late: bool = False


@dataclass(frozen=True)
class Figures:
    """A plan in figures, and the first lines of what is overdue in it; `number` is the authority's."""

    authority: str
    number: int
    rows: tuple[Figure, ...]
    next_meeting: str = ""
    overdue: Section | None = None
    overdue_number: int = 0
    closed_number: int = 0


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
    """What the subject counts, each as long as the list of it: what is asked about before a meeting, the reader's own
    actions beside that, what waits for the reader's decision, what they answer for, and the plan they lead.
    """

    asked: int = 0
    asked_overdue: int = 0
    overdue: int = 0
    this_week: int = 0
    soon: int = 0
    new: int = 0
    waiting: int = 0
    late: int = 0
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

    @property
    def first(self) -> Line | None:
        """The line that comes first."""
        return next((line for section in self.sections for line in section.lines), None)

    @property
    def has_news(self) -> bool:
        """Whether some lines in it are new and some are not, so that the mark tells them apart."""
        return len({line.new for section in self.sections for line in section.lines}) == 2

    @property
    def only_group(self) -> tuple[str, str] | None:
        """The one authority and report that all lines belong to; None where there are several, or no lines."""
        if len(self.figures) > 1:
            return None
        lists = [*self.sections, *(each.overdue for each in self.figures if each.overdue)]
        return _only_group(line for section in lists for line in section.lines)
