"""The month of a plan in figures, for board members: counted with the same sets as the page and the pack."""

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.choices import EventKind
from tracker.models import Action, Authority, BoardMeeting, Event
from tracker.rules.digest import Figures
from tracker.rules.london import end_of
from tracker.rules.written_dates import long_date
from tracker.services.notices.desk import Desk


def figures(authorities: Iterable[int], desk: Desk) -> tuple[Figures, ...]:
    """The figures of each of these plans as they are now, with what was closed and reopened in the month before."""
    numbers = list(authorities)
    places = Authority.objects.filter(pk__in=numbers).order_by("short_name") if numbers else ()
    return tuple(Figures(place.short_name, place.pk, _rows(place, desk.on), _next(place, desk.on)) for place in places)


def _rows(place: Authority, on: date) -> tuple[tuple[str, int], ...]:
    plan = Action.objects.filter(authority=place)
    last = on.replace(day=1) - timedelta(days=1)
    begins, ends = end_of(last.replace(day=1) - timedelta(days=1)), end_of(last)
    happened = Event.objects.filter(chain__authority=place, recorded_at__gt=begins, recorded_at__lte=ends)
    return (
        ("Actions in the plan", plan.count()),
        ("Open", plan.open().count()),
        ("Overdue", plan.overdue(on).count()),
        ("Overdue against the date first set", plan.overdue_against_original(on).count()),
        ("Awaiting sign-off", plan.awaiting_sign_off().count()),
        ("Without a due date", plan.undated().count()),
        (f"Signed off and closed in {last:%B}", happened.filter(kind=EventKind.ACTION_SIGNED_OFF).count()),
        (f"Reopened in {last:%B}", happened.filter(kind=EventKind.ACTION_REOPENED).count()),
    )


def _next(place: Authority, on: date) -> str:
    meeting = BoardMeeting.objects.ahead(on).filter(authority=place).order_by("held_on").first()
    return long_date(meeting.held_on) if meeting else ""
