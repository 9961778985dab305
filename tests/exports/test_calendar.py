"""The calendar as a file: read back by the standard's own reader, whole days, escaped and folded, the same every time."""

import re
from datetime import UTC, date, datetime

import icalendar
import pytest

from tracker.exports.calendar import calendar_file
from tracker.rules.calendar import Entry
from tracker.rules.digest import Place

CHANGED = datetime(2012, 9, 4, 12, 0, tzinfo=UTC)
ODD = "Due: RTH-2012-01 see, hear; and “write” \\ down – " + "every child " * 12


def entry(key="action-7", on=date(2012, 12, 3), title=ODD, sequence=2):
    return Entry(key, on, title, "Rotherham: Inspection; part 2, 2012", Place.ACTION, 7, CHANGED, sequence)


def written(*entries):
    return calendar_file(
        entries, link=lambda each: f"https://tracker.example.org/actions/{each.number}/", host="h.example"
    )


def read(data):
    return icalendar.Calendar.from_ical(data)


def event(data):
    return read(data).events[0]


def test_words_come_back_as_they_were():
    assert (
        str(event(written(entry()))["summary"]),
        "Inspection; part 2, 2012" in event(written(entry()))["description"],
    ) == (
        ODD,
        True,
    )


def test_no_line_is_longer_than_75_bytes_and_every_one_ends_as_the_standard_says():
    data = written(entry())
    assert max(len(line) for line in data.split(b"\r\n")) <= 75 and b"\n" not in data.replace(b"\r\n", b"")


def test_an_entry_is_one_whole_day():
    found = event(written(entry()))
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2012, 12, 3), date(2012, 12, 4))


def test_an_entry_has_no_hour_that_a_time_zone_could_move():
    assert b"DTSTART;VALUE=DATE:20121203" in written(entry())


def test_an_entry_keeps_its_name_when_its_date_moves():
    names = {str(event(written(entry(on=day)))["uid"]) for day in (date(2012, 12, 3), date(2013, 1, 31))}
    assert names == {"action-7@h.example"}


@pytest.mark.parametrize(
    ("name", "value"), [("sequence", 2), ("url", "https://tracker.example.org/actions/7/"), ("class", "PRIVATE")]
)
def test_an_entry_says(name, value):
    assert event(written(entry()))[name] == value


@pytest.mark.parametrize("name", ["dtstamp", "last-modified"])
def test_an_entry_was_last_changed_when_the_trail_says_so(name):
    assert event(written(entry()))[name].dt == CHANGED


def test_the_same_days_in_any_order_give_the_same_bytes():
    first, second = entry(), entry("board-1", date(2012, 12, 14), "Board: Rotherham")
    assert written(first, second) == written(second, first)


@pytest.mark.parametrize("entries", [(), (entry(),)])
def test_the_reader_of_the_standard_finds_nothing_wrong(entries):
    found = read(written(*entries))
    assert [component.errors for component in found.walk()] == [[] for _ in found.walk()]


def test_a_calendar_without_days_is_one_all_the_same():
    assert ([each.name for each in read(written()).subcomponents], read(written()).events) == (["VTIMEZONE"], [])


@pytest.mark.parametrize(
    ("day", "hours"),
    [(datetime(2013, 3, 31, 0, 59), 0), (datetime(2013, 3, 31, 2, 1), 1), (datetime(2012, 10, 28, 3), 0)],
)
def test_london_s_clock_changes_on_the_last_sundays_of_march_and_october(day, hours):
    zone = read(written()).timezones[0].to_tz()
    assert day.replace(tzinfo=zone).utcoffset().total_seconds() == hours * 3600


def test_the_calendar_names_itself_and_how_often_it_is_worth_asking():
    data = written().decode()
    assert re.search(r"X-WR-CALNAME:Improvement plan\r\n", data) and "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in data
