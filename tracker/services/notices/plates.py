"""A person's own plate: what they are asked about, what is overdue, due soon, new or silent, and the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tracker.choices import DueKind, NoticeKind, Status
from tracker.models import Action, BoardMeeting
from tracker.rules.digest import RIDING, Counts, Line, Place, Section
from tracker.rules.digest_words import due_words, shortened
from tracker.rules.london import day_of
from tracker.rules.standing import is_due_soon, is_overdue, is_silent
from tracker.rules.written_dates import counted, long_date
from tracker.services.calls import updated_since
from tracker.services.notices.desk import Desk

__all__ = ["RIDING", "WEEKLY", "Called", "Own", "about", "called", "line", "own"]

WEEKLY = NoticeKind.LEAD_DIGEST
SHOWN = 25  # lines of a section; the rest is counted
THIS_WEEK = 7

News = set[tuple[int, str]]


@dataclass(frozen=True)
class Called:
    """What somebody is asked about before meetings: the sections, the actions in them and how many of those are
    overdue, and the earliest day named.
    """

    sections: tuple[Section, ...] = ()
    actions: frozenset[int] = frozenset()
    overdue: int = 0
    by: date | None = None


def line(
    action: Action, *, says: str, place: Place, news: News, desk: Desk, number: int | None = None, own: bool = False
) -> Line:
    """One line about an action as on the day of the desk; new where the mail goes out because of it."""
    return Line(
        reference=action.reference,
        what=shortened(action.what),
        says=says,
        authority=action.authority.short_name,
        report=about(action),
        place=place,
        number=action.pk if number is None else number,
        own=own,
        new=any(number == action.pk for number, _ in news),
        late=is_overdue(desk.standing(action), as_at=desk.on),
    )


def about(action: Action) -> str:
    """The report an action belongs to, as the mail names it: with its year, since titles come again."""
    report = action.recommendation.report
    return f"{report.title}, {report.series}"


def called(person: int, meetings: Iterable[int], news: News, desk: Desk) -> Called:
    """The person's open actions without an update since these meetings called for one; each is asked about once."""
    sections: list[Section] = []
    seen: set[int] = set()
    days: list[date] = []
    late = 0
    numbers = list(meetings)
    for meeting in BoardMeeting.objects.filter(pk__in=numbers).order_by("updates_by") if numbers else ():
        if meeting.call is None:
            continue
        by, since = meeting.call
        mine = [each for each in desk.mine.get(person, []) if each.authority_id == meeting.authority_id]
        rows = [action for action in _unanswered(mine, since) if action.pk not in seen]
        if rows:
            sections += _section(f"An update is asked for by {long_date(by)}", rows, person, news, desk)
            seen |= {action.pk for action in rows}
            late += sum(_overdue(action, desk) for action in rows)
            days.append(by)
    return Called(tuple(sections), frozenset(seen), late, min(days, default=None))


def _unanswered(mine: list[Action], since: datetime) -> list[Action]:
    rows = [action for action in mine if _is_open(action)]
    told = updated_since(Action.objects.filter(pk__in=[action.pk for action in rows]), since)
    return [action for action in rows if action.pk not in told]


@dataclass(frozen=True)
class Own:
    """What the person works on: the sections that come first, those that come last, and what the subject counts."""

    first: tuple[Section, ...]
    last: tuple[Section, ...]
    counts: Counts


def own(person: int, news: News, desk: Desk, asked: Called) -> Own:
    """Overdue first, then what is due; last what waits for a word, and the rest. Each action stands in one list."""
    left = [a for a in desk.mine.get(person, []) if _is_open(a) and a.pk not in asked.actions]
    given = {number for number, kind in news if kind == DueKind.ASSIGNED}
    overdue, left = _parted(left, lambda action: _overdue(action, desk))
    week, left = _parted(left, lambda action: _within_a_week(action, desk))
    soon, left = _parted(left, lambda action: _soon(action, desk))
    new, left = _parted(left, lambda action: action.pk in given)
    silent, rest = _parted(left, lambda action: _silent(action, desk))
    first = (
        *_section("Overdue", overdue, person, news, desk, late=True),
        *_section("Due this week", week, person, news, desk),
        *_section("Due soon", soon, person, news, desk),
    )
    last = (
        *_section("New to you", new, person, news, desk, brief=True),
        *_section("Waiting for a word from you", silent, person, news, desk),
        *_section("Also yours", rest, person, news, desk, brief=True),
    )
    counts = Counts(
        asked=len(asked.actions),
        asked_overdue=asked.overdue,
        overdue=len(overdue),
        this_week=len(week),
        soon=len(soon),
        new=len(new),
    )
    return Own(first, last, counts)


def _parted(actions: list[Action], which: Callable[[Action], bool]) -> tuple[list[Action], list[Action]]:
    """Those of which it is true, and the others."""
    found = [(action, which(action)) for action in actions]
    return [action for action, true in found if true], [action for action, true in found if not true]


def _section(
    title: str, actions: list[Action], person: int, news: News, desk: Desk, *, late: bool = False, brief: bool = False
) -> tuple[Section, ...]:
    """One section, or none where it would be empty."""
    lines = tuple(_own_line(action, person, news, desk) for action in actions[:SHOWN])
    return (Section(title, lines, len(actions), (Place.HOME, 0), late, brief),) if lines else ()


def _own_line(action: Action, person: int, news: News, desk: Desk) -> Line:
    says = _says(action, person, news, desk)
    return line(action, says=says, place=Place.ACTION, news=news, desk=desk, own=True)


def _says(action: Action, person: int, news: News, desk: Desk) -> str:
    words = [due_words(desk.standing(action), on=desk.on)]
    if action.owner_id != person and action.owner:
        words.append(f"you stand in for {action.owner.name}")
    elif (action.pk, DueKind.ASSIGNED) in news:
        words.append("given to you")
    if _silent(action, desk):
        days = (desk.on - day_of(action.last_heard_at)).days
        words.append(f"no news for {counted(days, 'day', 'days')}")
    return "; ".join(words)


def _is_open(action: Action) -> bool:
    return action.status in (Status.NOT_STARTED, Status.IN_PROGRESS)


def _overdue(action: Action, desk: Desk) -> bool:
    return is_overdue(desk.standing(action), as_at=desk.on)


def _soon(action: Action, desk: Desk) -> bool:
    return is_due_soon(
        desk.standing(action), as_at=desk.on, days=desk.houses[action.authority_id].settings.due_soon_days
    )


def _within_a_week(action: Action, desk: Desk) -> bool:
    return is_due_soon(desk.standing(action), as_at=desk.on, days=THIS_WEEK - 1)


def _silent(action: Action, desk: Desk) -> bool:
    return is_silent(desk.standing(action), as_at=desk.on, days=desk.houses[action.authority_id].settings.silent_days)
