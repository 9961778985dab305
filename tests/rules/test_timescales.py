"""Timescales as reports print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.due_dates import Unit, parse_timescale
from tracker.rules.timescales import is_priority_heading

COUNTED = [
    ("within 3 months", Unit.MONTHS, 3),
    ("Within three months:", Unit.MONTHS, 3),
    ("Within three  months of publication of this report:", Unit.MONTHS, 3),
    ("within six months of the report", Unit.MONTHS, 6),
    ("Within the next twelve months", Unit.MONTHS, 12),
    ("within a month", Unit.MONTHS, 1),
    ("within two calendar months", Unit.MONTHS, 2),
    ("within one year", Unit.MONTHS, 12),
    ("within 6 weeks", Unit.WEEKS, 6),
    ("within 28 days", Unit.DAYS, 28),
    ("within 10 working days", Unit.WORKING_DAYS, 10),
    ("within seventy days", Unit.IN_WORDS, None),
    ("within 0 months", Unit.IN_WORDS, None),
    ("immediately", Unit.IMMEDIATE, None),
    ("Immediately:", Unit.IMMEDIATE, None),
    ("With immediate effect", Unit.IMMEDIATE, None),
    ("Immediately upon publication", Unit.IMMEDIATE, None),
]
PRINTED = [
    ("by September 2013", date(2013, 9, 30)),
    ("by the end of September 2013", date(2013, 9, 30)),
    ("by end Sept 2013", date(2013, 9, 30)),
    ("By February 2012", date(2012, 2, 29)),
    ("By February 2013", date(2013, 2, 28)),
    ("by 1 May 2014", date(2014, 5, 1)),
    ("no later than 31st March 2014", date(2014, 3, 31)),
    ("by Friday 25 November 2022", date(2022, 11, 25)),
    ("by 05/04/2014", date(2014, 4, 5)),
    ("by 29 February 2012", date(2012, 2, 29)),
]
NO_DAY = [
    "by the end of the year",
    "by the end of term",
    "as soon as possible",
    "within 24 hours",
    "by September",
    "by 29 February 2013",
    "by 31 Smarch 2013",
    "by 01/13/2014",
    "within three months of the director's appointment",
    "within three months of receiving this report",
    "before 1 May 2014",
    "immediately, and by September 2013",
]


@pytest.mark.parametrize(("words", "unit", "count"), COUNTED)
def test_a_counted_timescale_has_a_unit_and_a_count(words, unit, count):
    found = parse_timescale(words)
    assert (found.unit, found.count, found.on) == (unit, count, None)


@pytest.mark.parametrize(("words", "on"), PRINTED)
def test_a_printed_day_is_read_as_printed(words, on):
    found = parse_timescale(words)
    assert (found.unit, found.on) == (Unit.ON_DATE, on)


@pytest.mark.parametrize("words", NO_DAY)
def test_words_that_name_no_day_are_kept_as_words(words):
    found = parse_timescale(words)
    assert (found.unit, found.on, found.words) == (Unit.IN_WORDS, None, words)


@pytest.mark.parametrize("words", [None, "", "  ", ":"])
def test_nothing_printed_is_not_stated(words):
    assert parse_timescale(words).unit is Unit.NOT_STATED


def test_the_heading_priority_and_immediate_action_means_immediately():
    assert parse_timescale(None, heading="Priority and immediate action:").unit is Unit.IMMEDIATE


def test_a_printed_timescale_is_stronger_than_the_heading_above_it():
    assert parse_timescale("within 3 months", heading="Priority and immediate action").unit is Unit.MONTHS


def test_areas_for_priority_action_set_no_timescale():
    assert parse_timescale(None, heading="Areas for priority action").unit is Unit.NOT_STATED


@pytest.mark.parametrize(
    ("heading", "raises"),
    [
        ("Areas for priority action", True),
        ("Area for Priority Action", True),
        ("Priority and immediate action", True),
        ("Areas for development", False),
        (None, False),
    ],
)
def test_some_headings_raise_the_priority(heading, raises):
    assert is_priority_heading(heading) is raises


def test_the_tables_cover_every_unit():
    found = {parse_timescale(words).unit for words in [None, *NO_DAY, *(row[0] for row in COUNTED + PRINTED)]}
    assert found == set(Unit)


@given(st.text(max_size=60))
def test_any_words_are_read_without_an_error_and_a_count_is_there_for_counted_units_only(words):
    found = parse_timescale(words)
    counted = found.unit in {Unit.MONTHS, Unit.WEEKS, Unit.DAYS, Unit.WORKING_DAYS}
    assert ((found.count is not None), (found.on is not None)) == (counted, found.unit is Unit.ON_DATE)
