"""A person's days as an iCalendar file (RFC 5545): whole days, in the order of their dates, the same plan the same bytes."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar, Event, Timezone, vDuration

from tracker.rules.calendar import Entry

NAME = "Improvement plan"
# How often a calendar program may ask again, by the property of the standard and by the one that Outlook reads.
EVERY = timedelta(hours=6)
# London's clock by its rule. Whole days need no clock; but a calendar must hold something even when no day is in it.
LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


def calendar_file(entries: Iterable[Entry], *, link: Callable[[Entry], str], host: str) -> bytes:
    """The file; `link` gives the address of an entry, `host` makes its name unique among all calendars."""
    calendar = Calendar()
    for name, value in (
        ("prodid", "-//Improvement tracker//Calendar//EN"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", NAME),
        ("x-wr-timezone", "Europe/London"),
        ("x-published-ttl", vDuration(EVERY).to_ical().decode()),
    ):
        calendar.add(name, value)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add_component(Timezone.from_ical(LONDON))
    for entry in sorted(entries, key=lambda each: (each.on, each.key)):
        calendar.add_component(_event(entry, link(entry), host))
    return calendar.to_ical()


def _event(entry: Entry, address: str, host: str) -> Event:
    event = Event()
    for name, value in (
        ("uid", f"{entry.key}@{host}"),
        ("dtstamp", entry.changed_at),
        ("last-modified", entry.changed_at),
        ("sequence", entry.sequence),
        ("dtstart", entry.on),
        ("dtend", entry.on + timedelta(days=1)),
        ("summary", entry.title),
        ("description", f"{entry.about}\n{address}"),
        ("url", address),
        ("class", "PRIVATE"),
        ("transp", "TRANSPARENT"),
    ):
        event.add(name, value)
    return event
