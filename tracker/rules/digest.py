"""What a digest says: which kinds make one go out, its sections and their order, the words of its days, its subject.

One mail a person a day at most. It goes when something is newly owed, and then lists all that is on the person's plate.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from itertools import groupby

from tracker.choices import DigestChoice, DueKind, NoticeKind, Occasion, Priority
from tracker.rules.identities import identities_in
from tracker.rules.standing import OPEN, Standing, days_overdue, is_overdue, late_after
from tracker.rules.working_days import Calendar
from tracker.rules.written_dates import counted, long_date, short_date

LENGTH = 160  # letters of an action's words; the page has them all
WITHHELD = "The words of this action stand on the site alone: they seem to identify a child."
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


def shortened(words: str, most: int = LENGTH) -> str:
    """The beginning of an action's words, at most so many letters, cut between two words.

    Words that seem to identify a child are not given at all: what has left the house cannot be erased.
    """
    plain = " ".join(words.split())
    if identities_in(plain):
        return WITHHELD
    cut = plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return cut[:1].upper() + cut[1:]


def due_words(facts: Standing, *, on: date) -> str:
    """When an action is due, as people say it, on that day."""
    last = late_after(facts)
    if facts.due is None or last is None:
        return "no due date yet"
    if is_overdue(facts, as_at=on):
        return f"{counted(days_overdue(facts, as_at=on), 'day', 'days')} overdue, due {short_date(facts.due)}"
    if facts.status not in OPEN and facts.due < on:
        return f"was due on {short_date(facts.due)}"
    if facts.priority is Priority.IMMEDIATE and facts.due <= on:
        return f"to be done immediately; overdue after {long_date(last)}"
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
    if digest.heads:
        return f"The head of the trail, {short_date(digest.day)} – {where}"
    said = ", ".join(_said(digest)) or _quiet(digest)
    lead = {NoticeKind.LEAD_DIGEST: "Your week: ", NoticeKind.BOARD_DIGEST: f"{_month_before(digest.day)}: "}
    return f"{lead.get(digest.kind, '')}{said} – {where}"


def _said(digest: Digest) -> Iterator[str]:
    counts = digest.counts
    if counts.asked:
        by = f" by {digest.called_by.day} {digest.called_by:%B}" if digest.called_by else ""
        late = f" ({counts.asked_overdue} overdue)" if counts.asked_overdue else ""
        yield f"{counted(counts.asked, 'update', 'updates')} asked for{by}{late}"
    if counts.overdue:
        yield f"{counts.overdue} overdue"
    if counts.this_week:
        yield f"{counts.this_week} due this week"
    if counts.soon and not counts.overdue and not counts.this_week:
        yield f"{counts.soon} due soon"
    if counts.new and not counts.overdue:
        yield f"{counts.new} new to you"
    if counts.waiting:
        yield f"{counts.waiting} waiting for you"
    if counts.late:
        yield f"{counts.late} long overdue"
    if counts.in_plan:
        yield f"{counts.in_plan} overdue in the plan"
    if digest.kind == NoticeKind.BOARD_DIGEST:
        yield f"{sum(each.overdue_number for each in digest.figures)} overdue in the plan"
        yield f"{sum(each.closed_number for each in digest.figures)} closed in the month"


def _quiet(digest: Digest) -> str:
    lines = sum(section.total for section in digest.sections)
    return counted(lines, "action", "actions") if lines else "nothing needs you"


def _month_before(day: date) -> str:
    last = date.fromordinal(day.replace(day=1).toordinal() - 1)
    return f"{last:%B %Y}"


def opening(digest: Digest) -> str:
    """The first sentence, which mail programs show beside the subject: what to do first, and about what."""
    first = digest.first
    if digest.counts.asked:
        return "The board asks how things stand. Choose an answer below each action, or open it to write more."
    if first is None:
        return "This is how the plan stands at the beginning of the month." if digest.figures else "Nothing needs you."
    named = f"“{first.reference}”" if first.place is Place.REPORT else first.reference
    return f"Start with {named}: {first.says}."
