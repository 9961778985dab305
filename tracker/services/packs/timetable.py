"""The packs that the house makes by itself: one for each meeting of a board, so many working days before it."""

import logging
from datetime import date, datetime, timedelta

from tracker.access import Actor, check_site
from tracker.models import Action, BoardMeeting, Pack
from tracker.rules.london import day_of, end_of
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.rules.working_days import Calendar
from tracker.services.packs.requests import ask
from tracker.services.scheduling import Houses

log = logging.getLogger(__name__)
AHEAD = timedelta(days=60)  # more than the most working days that can be set


def schedule(*, by: Actor, at: datetime) -> list[Pack]:
    """Ask for the pack of every meeting whose day for it has come, without confidential evidence. Safe to run together.

    Not before the hour at which the council wants its mail, because the leads are told when it is there.
    A meeting that was planned later than that gets its pack at once; a board without any action gets none.
    """
    check_site(by)
    on, houses = day_of(at), Houses()
    ahead = BoardMeeting.objects.ahead(on).filter(held_on__lte=on + AHEAD, pack=None).select_related("authority")
    plans = set(Action.objects.filter(authority__in=ahead.values("authority")).values_list("authority", flat=True))
    owed = [each for each in ahead if each.authority_id in plans and _has_come(each, houses, at)]
    return [pack for meeting in owed if (pack := _asked(meeting, by, at))]


def _has_come(meeting: BoardMeeting, houses: Houses, at: datetime) -> bool:
    days = houses[meeting.authority_id].settings.pack_days
    first = before(meeting.held_on, days, houses.calendar)
    return days > 0 and day_of(at) >= first and houses.hour_has_come(meeting.authority_id, at)


def before(day: date, working_days: int, calendar: Calendar) -> date:
    """So many working days before a day."""
    for _ in range(working_days):
        day = calendar.previous_working_day(day)
    return day


def _asked(meeting: BoardMeeting, by: Actor, at: datetime) -> Pack | None:
    last = BoardMeeting.objects.before(meeting.held_on).filter(authority=meeting.authority).first()
    since = end_of(last.held_on) if last and end_of(last.held_on) < at else None
    for scope in (Scope(at, since), Scope(at)):
        try:
            return ask(meeting.authority, scope, by=by, at=at, meeting=meeting)
        except Refused as refused:  # the last meeting may lie before the trail began
            log.info("No pack for the meeting of %s on %s: %s", meeting.authority, meeting, refused.sentence)
    return None
