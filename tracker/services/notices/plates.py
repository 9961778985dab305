"""A person's own plate: what they are asked about, what is overdue, due soon, new or silent, and the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tracker.choices import DueKind, NoticeKind, Status
from tracker.models import Action, BoardMeeting
from tracker.rules.digest import RIDING, Counts, Line, Place, Section, due_words, shortened
from tracker.rules.london import day_of
from tracker.rules.standing import is_due_soon, is_overdue, is_silent
from tracker.rules.written_dates import counted, long_date
from tracker.services.calls import updated_since
from tracker.services.notices.desk import Desk

__all__ = ["RIDING", "WEEKLY", "Called", "Own", "about", "called", "line", "own"]

WEEKLY = NoticeKind.LEAD_DIGEST
SHOWN = 25  # lines of a section; the rest is counted
LATER = 10
THIS_WEEK = 7

News = set[tuple[int, str]]


@dataclass(frozen=True)
class Called:
    """What somebody is asked about before meetings: the sections, and the actions in them."""

    sections: tuple[Section, ...] = ()
    actions: frozenset[int] = frozenset()


def line(action: Action, *, says: str, place: Place, news: News, number: int | None = None, own: bool = False) -> Line:
    """One line about an action; new where the mail goes out because of it."""
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
    )


def about(action: Action) -> str:
    """The report an action belongs to, as the mail names it."""
    return str(action.recommendation.report.title)


def called(person: int, meetings: Iterable[int], desk: Desk) -> tuple[Called, date | None]:
    """The person's open actions without an update since these meetings called for one; the earliest day named."""
    sections, seen, days, numbers = [], set(), [], list(meetings)
    for meeting in BoardMeeting.objects.filter(pk__in=numbers).order_by("updates_by") if numbers else ():
        if meeting.call is None:
            continue
        by, since = meeting.call
        mine = [each for each in desk.mine.get(person, []) if each.authority_id == meeting.authority_id]
        lines = _unanswered(mine, since, desk)
        if lines:
            title = f"An update is asked for by {long_date(by)}"
            sections.append(Section(title, tuple(lines[:SHOWN]), len(lines)))
            seen |= {each.number for each in lines}
            days.append(by)
    return Called(tuple(sections), frozenset(seen)), min(days, default=None)


def _unanswered(mine: list[Action], since: datetime, desk: Desk) -> list[Line]:
    rows = [action for action in mine if _is_open(action)]
    told = updated_since(Action.objects.filter(pk__in=[action.pk for action in rows]), since)
    return [_own_line(action, set(), desk) for action in rows if action.pk not in told]


@dataclass(frozen=True)
class Own:
    """What the person works on: the sections that come first, those that come last, and what the subject counts."""

    first: tuple[Section, ...]
    last: tuple[Section, ...]
    counts: Counts


def own(person: int, news: News, desk: Desk, asked: Called) -> Own:
    """Overdue and due soon first; then what waits for a word, and the rest."""
    every = [action for action in desk.mine.get(person, []) if _is_open(action)]
    rows = [action for action in every if action.pk not in asked.actions]
    overdue = [action for action in rows if _overdue(action, desk)]
    soon = [action for action in rows if _soon(action, desk)]
    new = {number for number, kind in news if kind == DueKind.ASSIGNED}
    waiting = [a for a in rows if a not in overdue and a not in soon and (a.pk in new or _silent(a, desk))]
    later = [action for action in rows if action not in overdue and action not in soon and action not in waiting]
    first = (*_section("Overdue", overdue, news, desk), *_section("Due soon", soon, news, desk))
    last = (
        *_section("Waiting for a word from you", waiting, news, desk),
        *_section("Also yours", later, news, desk, LATER),
    )
    counts = Counts(
        overdue=sum(_overdue(action, desk) for action in every),
        this_week=sum(_within_a_week(action, desk) for action in every),
        new=len(new & {action.pk for action in every}),
    )
    return Own(first, last, counts)


def _section(title: str, actions: list[Action], news: News, desk: Desk, most: int = SHOWN) -> tuple[Section, ...]:
    """One section, or none where it would be empty."""
    lines = tuple(_own_line(action, news, desk) for action in actions[:most])
    return (Section(title, lines, len(actions), (Place.HOME, 0)),) if lines else ()


def _own_line(action: Action, news: News, desk: Desk) -> Line:
    return line(action, says=_says(action, news, desk), place=Place.ACTION, news=news, own=True)


def _says(action: Action, news: News, desk: Desk) -> str:
    words = [due_words(action.standing, on=desk.on)]
    if (action.pk, DueKind.ASSIGNED) in news:
        words.insert(0, "given to you")
    if _silent(action, desk):
        days = (desk.on - day_of(action.last_heard_at)).days
        words.append(f"no news for {counted(days, 'day', 'days')}")
    return "; ".join(words)


def _is_open(action: Action) -> bool:
    return action.status in (Status.NOT_STARTED, Status.IN_PROGRESS)


def _overdue(action: Action, desk: Desk) -> bool:
    return is_overdue(action.standing, as_at=desk.on)


def _soon(action: Action, desk: Desk) -> bool:
    return is_due_soon(action.standing, as_at=desk.on, days=desk.houses[action.authority_id].settings.due_soon_days)


def _within_a_week(action: Action, desk: Desk) -> bool:
    return is_due_soon(action.standing, as_at=desk.on, days=THIS_WEEK - 1)


def _silent(action: Action, desk: Desk) -> bool:
    return is_silent(action.standing, as_at=desk.on, days=desk.houses[action.authority_id].settings.silent_days)
