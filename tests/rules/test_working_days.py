"""Working days in England and Wales, and the calendar as it was known on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.bank_holidays import CALENDAR
from tracker.rules.working_days import Calendar, Holiday

DAYS = st.dates(date(2009, 1, 1), date(2030, 12, 31))
COUNTS = st.integers(0, 120)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2012, 11, 9), None),
        (date(2012, 11, 10), "a Saturday"),
        (date(2012, 11, 11), "a Sunday"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
    ],
)
def test_a_day_off_says_what_it_is(day, name):
    assert CALENDAR.name_of(day) == name


@pytest.mark.parametrize("day", [date(2041, 12, 25), date(2041, 4, 19)])
def test_christmas_day_and_good_friday_hold_in_years_no_list_has_reached(day):
    assert not Calendar(()).is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2011, 4, 29),
        date(2012, 6, 4),
        date(2012, 6, 5),
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    ],
)
def test_one_off_and_moved_bank_holidays_are_days_off(day):
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2022, 5, 30), date(2012, 5, 28)])
def test_the_day_a_holiday_moved_from_is_a_working_day(day):
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    ("known_on", "works"),
    [(date(2022, 9, 9), True), (date(2022, 9, 10), False), (date(2022, 9, 11), False)],
)
def test_a_holiday_counts_from_the_day_it_was_announced(known_on, works):
    assert CALENDAR.as_known_on(known_on).is_working_day(date(2022, 9, 19)) is works


def test_a_year_with_a_provisional_holiday_is_provisional():
    calendar = Calendar(
        (
            Holiday(date(2031, 8, 25), "Summer bank holiday", None, True),
            Holiday(date(2031, 1, 1), "New Year's Day", None, False),
        )
    )
    assert calendar.is_provisional(2031)


def test_a_year_without_a_known_holiday_is_provisional():
    assert Calendar(()).is_provisional(2050)


def test_a_proclaimed_year_is_not_provisional():
    assert not CALENDAR.is_provisional(2022)


def test_the_start_is_day_nought_even_on_a_day_off():
    assert CALENDAR.add_working_days(date(2012, 11, 10), 0) == date(2012, 11, 10)


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add_working_days(date(2012, 11, 9), -1)


@pytest.mark.parametrize(
    ("day", "before", "on_or_before", "after"),
    [
        (date(2012, 11, 10), date(2012, 11, 9), date(2012, 11, 9), date(2012, 11, 12)),
        (date(2012, 11, 9), date(2012, 11, 8), date(2012, 11, 9), date(2012, 11, 12)),
        (date(2026, 4, 6), date(2026, 4, 2), date(2026, 4, 2), date(2026, 4, 7)),
    ],
)
def test_the_neighbouring_working_days_of_a_day(day, before, on_or_before, after):
    found = (
        CALENDAR.previous_working_day(day),
        CALENDAR.working_day_on_or_before(day),
        CALENDAR.next_working_day(day),
    )
    assert found == (before, on_or_before, after)


@given(DAYS, st.integers(1, 120))
def test_adding_working_days_lands_on_a_working_day(start, n):
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(start, n))


@given(DAYS, COUNTS)
def test_the_days_added_are_the_days_between(start, n):
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, n)) == n


@given(DAYS, DAYS)
def test_the_days_between_change_their_sign_with_the_direction(start, end):
    assert CALENDAR.working_days_between(start, end) == -CALENDAR.working_days_between(end, start)


@given(DAYS)
def test_the_working_day_on_or_before_is_never_far_and_never_later(day):
    assert timedelta(0) <= day - CALENDAR.working_day_on_or_before(day) <= timedelta(days=5)
