"""The month of a plan in figures, for board members: counted with the same sets as the page and the pack."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from tracker.choices import EventKind, Status
from tracker.models import Action, Authority, BoardMeeting, Event
from tracker.rules.digest import Figure, Figures, Place
from tracker.rules.london import end_of
from tracker.rules.written_dates import long_date
from tracker.services.notices.desk import Desk


def figures(authorities: Iterable[int], desk: Desk) -> tuple[Figures, ...]:
    """The figures of each of these plans as they are now, with what was closed and reopened in the month before."""
    numbers = list(authorities)
    places = Authority.objects.filter(pk__in=numbers).order_by("short_name") if numbers else ()
    return tuple(_figures(place, desk.on) for place in places)


def _figures(place: Authority, on: date) -> Figures:
    plan = Action.objects.filter(authority=place)
    last = on.replace(day=1) - timedelta(days=1)
    overdue, closed = plan.overdue(on).count(), _happened(place, EventKind.ACTION_SIGNED_OFF, last)
    rows = [*_statement(plan), *_stands_out(plan, overdue, on), Figure(f"Signed off and closed in {last:%B}", closed)]
    reopened = _happened(place, EventKind.ACTION_REOPENED, last)
    rows += [Figure(f"Reopened in {last:%B}", reopened)] if reopened else []
    return Figures(
        place.short_name, place.pk, tuple(rows), next_meeting(place, on), overdue_number=overdue, closed_number=closed
    )


def _statement(plan: Any) -> list[Figure]:
    """The plan by status: every action is in one, so the rows add up to all, as on the board's page."""
    found = dict(plan.order_by().values_list("status").annotate(number=Count("pk")))
    rows = [Figure(str(status.label), found[status]) for status in Status if found.get(status)]
    return [*rows, Figure("All actions", sum(found.values()))]


def _stands_out(plan: Any, overdue: int, on: date) -> list[Figure]:
    """What cuts across the statement; what is nought is left out, except what is overdue."""
    others = (
        Figure("Overdue against the date first set", plan.overdue_against_original(on).count()),
        Figure("Awaiting sign-off, past the due date", plan.awaiting_sign_off_late(on).count()),
        Figure("Open without a due date", plan.undated().count(), Place.UNDATED),
    )
    first = Figure("Overdue", overdue, Place.OVERDUE if overdue else None, late=overdue > 0)
    return [first, *(each for each in others if each.number)]


def _happened(place: Authority, kind: EventKind, last: date) -> int:
    """How often it happened in the month that ends on that day."""
    begins, ends = end_of(last.replace(day=1) - timedelta(days=1)), end_of(last)
    told = Event.objects.filter(chain__authority=place, recorded_at__gt=begins, recorded_at__lte=ends)
    return int(told.filter(kind=kind).count())


def next_meeting(place: Authority, on: date) -> str:
    """The day of the next meeting in words; empty where none is planned."""
    meeting = BoardMeeting.objects.ahead(on).filter(authority=place).order_by("held_on").first()
    return long_date(meeting.held_on) if meeting else ""
