"""What is owed by the calendar or because somebody asked: help, a call for updates, the week for leads, the month."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.db.models import Exists, OuterRef

from tracker.choices import Occasion, Role
from tracker.models import Action, Authority, BoardMeeting, Due, Membership, ProgressNote
from tracker.rules.london import day_of
from tracker.rules.working_days import Calendar
from tracker.services.scheduling import Houses

KINDS = frozenset(Occasion.values)
# An owner is asked when the call is made, and once more so many working days before the day it names.
AGAIN = 2


def help_asked(note: ProgressNote, *, at: datetime) -> None:
    """Owe the leads word that somebody has asked for help; part of the verb that writes the note."""
    action = note.action
    asked = _due(action.authority_id, Action.trail_type(), action.pk, Occasion.HELP_ASKED, str(note.pk), day_of(at))
    Due.objects.bulk_create([asked], ignore_conflicts=True)


def plan(houses: Houses, *, at: datetime) -> tuple[int, list[str]]:
    """Write down the calls, weeks and months that are owed on the day of `at`.

    Gives how many rows that made, and what could not be planned: it holds up nothing else.
    """
    on, problems = day_of(at), list[str]()
    found = [*_calls(houses.calendar, on, problems), *_periods(houses, on)]
    fresh = _fresh(found)
    Due.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh), problems


def _fresh(found: list[Due]) -> list[Due]:
    """Those that are not in the ledger yet."""
    kinds, subjects = {due.kind for due in found}, {due.subject_id for due in found}
    rows = Due.objects.filter(kind__in=kinds, subject_id__in=subjects, threshold__in={due.threshold for due in found})
    known = set(rows.values_list("subject_type", "subject_id", "kind", "threshold"))
    return [due for due in found if (due.subject_type, due.subject_id, due.kind, due.threshold) not in known]


def _due(authority: int, subject: str, number: int, kind: str, threshold: str, on: date) -> Due:
    return Due(
        authority_id=authority,
        subject_type=subject,
        subject_id=number,
        kind=kind,
        threshold=threshold,
        owed_on=on,
    )


def _calls(calendar: Calendar, on: date, problems: list[str]) -> Iterator[Due]:
    """The calls for updates before meetings to come."""
    for meeting in BoardMeeting.objects.ahead(on).filter(updates_by__gte=on).order_by("pk"):
        try:
            if call := _call(meeting, calendar, on):
                yield call
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  one bad row stops nobody; it is counted and told
            problems.append(f"meeting {meeting.pk}: {error}")


def _call(meeting: BoardMeeting, calendar: Calendar, on: date) -> Due | None:
    """The latest threshold of a meeting's call; None where it calls nobody."""
    if meeting.call is None:
        return None
    by, at = meeting.call
    again, called = calendar.working_day_on_or_before(by), day_of(at)
    for _ in range(AGAIN):
        again = calendar.previous_working_day(again)
    days, since = (AGAIN, again) if called < again <= on else (0, called)
    subject = (BoardMeeting.trail_type(), meeting.pk)
    return _due(meeting.authority_id, *subject, Occasion.UPDATE_CALLED, f"{by.isoformat()}/{days}", since)


def _periods(houses: Houses, on: date) -> Iterator[Due]:
    """The week of each authority with a lead and the month of each with a board member, where it had a plan before."""
    for kind, role in ((Occasion.WEEK_FOR_LEADS, Role.LEAD), (Occasion.MONTH_FOR_BOARD, Role.BOARD)):
        held = Membership.objects.current().filter(role=role)
        begun: dict[date, list[int]] = defaultdict(list)
        for number in held.order_by("authority").values_list("authority", flat=True).distinct():
            begun[_week(houses, number, on) if kind == Occasion.WEEK_FOR_LEADS else on.replace(day=1)].append(number)
        for begins, numbers in begun.items():
            since = _working_day_from(houses.calendar, begins)
            for number in _planning_before(begins, numbers) if since <= on else ():
                yield _due(number, Authority.trail_type(), number, kind, begins.isoformat(), since)


def _planning_before(day: date, authorities: Collection[int]) -> Iterable[int]:
    """Those of the authorities that had an action in their plan before the day; one row of each is looked at."""
    earlier = Action.objects.filter(authority=OuterRef("pk"), accepted_on__lt=day)
    return Authority.objects.filter(Exists(earlier), pk__in=authorities).order_by("pk").values_list("pk", flat=True)


def _week(houses: Houses, authority: int, on: date) -> date:
    """The latest day of the authority's weekday, today included."""
    return on - timedelta(days=(on.weekday() - houses[authority].settings.digest_weekday) % 7)


def _working_day_from(calendar: Calendar, day: date) -> date:
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)
