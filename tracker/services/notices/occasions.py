"""What is owed by the calendar (the week for leads, the month) or because somebody asked: help, an erasure, updates."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import DatabaseError
from django.db.models import OuterRef, Subquery

from tracker.choices import Occasion, Role
from tracker.models import Action, Authority, BoardMeeting, Due, Erasure, Membership, ProgressNote
from tracker.rules.london import day_of
from tracker.rules.working_days import Calendar
from tracker.services.scheduling import Houses

KINDS = frozenset(Occasion.values)
# An owner is asked when the call is made, and once more so many working days before the day it names.
AGAIN = 2
# In the threshold of a reminder that a lead asked for: the day named, and the day of asking.
BY_HAND = "/again/"


def help_asked(note: ProgressNote, *, at: datetime) -> None:
    """Owe the leads word that somebody has asked for help; part of the verb that writes the note."""
    action = note.action
    _owe(_due(action.authority_id, Action.trail_type(), action.pk, Occasion.HELP_ASKED, str(note.pk), day_of(at)))


def erasure_asked(erasure: Erasure) -> None:
    """Owe the other leads word that an erasure after a breach awaits one of them; part of the verb that asks for it."""
    day, about = day_of(erasure.asked_at), (Erasure.trail_type(), erasure.pk)
    _owe(_due(erasure.authority_id, *about, Occasion.ERASURE_ASKED, day.isoformat(), day))


def called_again(meeting: BoardMeeting, by: date, *, on: date) -> bool:
    """Owe the owners who have not answered one more word about the call; False where that was done on this day."""
    threshold = f"{by.isoformat()}{BY_HAND}{on.isoformat()}"
    return _owe(_due(meeting.authority_id, *_about(meeting), Occasion.UPDATE_CALLED, threshold, on))


def reminded_on(meeting: BoardMeeting) -> date | None:
    """The day on which a lead last reminded owners of the call; None where nobody did."""
    subject, number = _about(meeting)
    rows = Due.objects.filter(subject_type=subject, subject_id=number, kind=Occasion.UPDATE_CALLED)
    last = rows.filter(threshold__contains=BY_HAND).order_by("-owed_on").first()
    return last.owed_on if last else None


def _about(meeting: BoardMeeting) -> tuple[str, int]:
    return BoardMeeting.trail_type(), meeting.pk


def plan(houses: Houses, *, at: datetime) -> int:
    """Write down the calls, weeks and months that are owed on the day of `at`; how many rows that made."""
    fresh = _fresh(owed_on(houses, day_of(at), began=began()))
    Due.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def began() -> dict[int, date]:
    """Since when each authority has had a plan, by its number; of each plan one action is read."""
    first = Action.objects.filter(authority=OuterRef("pk")).order_by("accepted_on").values("accepted_on")[:1]
    rows = Authority.objects.order_by().annotate(began=Subquery(first)).filter(began__isnull=False)
    return dict(rows.values_list("pk", "began"))


def owed_on(houses: Houses, on: date, *, began: dict[int, date]) -> list[Due]:
    """The calls, weeks and months that are owed on a day, not written down; `began` says since when plans were there.

    A meeting that makes no sense is told among the houses' problems and holds up no other.
    """
    return [*_calls(houses, on), *_periods(houses, on, began)]


def _fresh(found: list[Due]) -> list[Due]:
    """Those that are not in the ledger yet."""
    about = {"kind__in": {due.kind for due in found}, "threshold__in": {due.threshold for due in found}}
    rows = Due.objects.filter(subject_id__in={due.subject_id for due in found}, **about)
    known = set(rows.values_list("subject_type", "subject_id", "kind", "threshold"))
    return [due for due in found if (due.subject_type, due.subject_id, due.kind, due.threshold) not in known]


def _owe(due: Due) -> bool:
    """Insert a row of the ledger unless it is there."""
    found = {name: getattr(due, name) for name in ("subject_type", "subject_id", "kind", "threshold")}
    _, made = Due.objects.get_or_create(**found, defaults={"authority": due.authority, "owed_on": due.owed_on})
    return made


def _due(authority: int, subject: str, number: int, kind: str, threshold: str, on: date) -> Due:
    return Due(
        authority_id=authority,
        subject_type=subject,
        subject_id=number,
        kind=kind,
        threshold=threshold,
        owed_on=on,
    )


def _calls(houses: Houses, on: date) -> Iterator[Due]:
    """The calls for updates before meetings to come."""
    for meeting in BoardMeeting.objects.ahead(on).filter(updates_by__gte=on).order_by("pk"):
        try:
            if call := _call(meeting, houses.calendar, on):
                yield call
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  one bad row stops nobody; it is counted and told
            houses.problems.append(f"meeting {meeting.pk}: {error}")


def _call(meeting: BoardMeeting, calendar: Calendar, on: date) -> Due | None:
    """The latest threshold of a meeting's call; None where it calls nobody."""
    if meeting.call is None:
        return None
    by, at = meeting.call
    again, called = calendar.working_day_on_or_before(by), day_of(at)
    for _ in range(AGAIN):
        again = calendar.previous_working_day(again)
    days, since = (AGAIN, again) if called < again <= on else (0, called)
    return _due(meeting.authority_id, *_about(meeting), Occasion.UPDATE_CALLED, f"{by.isoformat()}/{days}", since)


def _periods(houses: Houses, on: date, began: dict[int, date]) -> Iterator[Due]:
    """The week of each authority with a lead and the month of each with a board member, where it had a plan before."""
    for kind, role in ((Occasion.WEEK_FOR_LEADS, Role.LEAD), (Occasion.MONTH_FOR_BOARD, Role.BOARD)):
        held = Membership.objects.current().filter(role=role, authority__in=list(began))
        places = list(held.values_list("authority", flat=True).distinct())
        houses.read(places)
        for number in places:
            begins = _week(houses, number, on) if kind == Occasion.WEEK_FOR_LEADS else on.replace(day=1)
            since = _working_day_from(houses.calendar, begins)
            if since <= on and began[number] < begins:
                yield _due(number, Authority.trail_type(), number, kind, begins.isoformat(), since)


def _week(houses: Houses, authority: int, on: date) -> date:
    """The latest day of the authority's weekday, today included."""
    return on - timedelta(days=(on.weekday() - houses[authority].settings.digest_weekday) % 7)


def _working_day_from(calendar: Calendar, day: date) -> date:
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)
