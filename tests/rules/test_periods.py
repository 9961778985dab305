"""The days on which a picture over time looks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.periods import AHEAD, FEWEST, MOST, Pace, end_of_period, looks

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("pace", "end"),
    [
        (Pace.WEEK, date(2026, 11, 29)),
        (Pace.MONTH, date(2026, 11, 30)),
        (Pace.QUARTER, date(2026, 12, 31)),
        (Pace.YEAR, date(2026, 12, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(pace, end):
    assert end_of_period(TODAY, pace) == end_of_period(end, pace) == end


def test_a_sunday_ends_its_own_week():
    assert end_of_period(date(2026, 11, 29), Pace.WEEK) == date(2026, 11, 29)


def test_a_plan_that_began_today_looks_at_today_and_leaves_room():
    found = looks(TODAY, TODAY, None)
    assert (found.pace, found.days[0], found.present, len(found.days)) == (Pace.WEEK, TODAY, 0, FEWEST)


def test_two_months_are_told_week_by_week():
    found = looks(date(2026, 9, 28), TODAY, None)
    assert found.days[:2] == (date(2026, 10, 4), date(2026, 10, 11)) and found.days[-1] == TODAY


def test_two_years_are_told_month_by_month():
    found = looks(date(2024, 12, 5), TODAY, None)
    assert (found.pace, found.days[0], found.days[-1]) == (Pace.MONTH, date(2024, 12, 31), TODAY)


def test_fourteen_years_are_told_year_by_year():
    found = looks(date(2012, 8, 10), TODAY, None)
    assert (found.pace, len(found.days)) == (Pace.YEAR, 15)


def test_a_short_history_looks_half_a_year_ahead_and_no_further():
    found = looks(date(2026, 11, 2), TODAY, date(2040, 1, 1))
    assert TODAY < found.days[-1] <= end_of_period(TODAY + AHEAD, found.pace)


PAST = st.dates(date(2000, 1, 1), TODAY)
REACH = st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(PAST, REACH)
def test_days_are_in_order_with_today_in_its_place(first, last):
    found = looks(first, TODAY, last)
    assert list(found.days) == sorted({*found.days}) and found.days[found.present] == TODAY


@given(PAST, REACH)
def test_a_picture_is_neither_crowded_nor_empty(first, last):
    found = looks(first, TODAY, last)
    assert FEWEST <= len(found.days) <= MOST[found.pace] + 1


@given(PAST, REACH)
def test_the_first_look_is_within_one_period_of_the_beginning(first, last):
    found = looks(first, TODAY, last)
    assert first <= found.days[0] <= min(TODAY, end_of_period(first, found.pace))


@given(PAST, st.dates(TODAY, TODAY + timedelta(days=180)))
def test_dates_in_the_coming_months_are_all_looked_at(first, last):
    assert looks(first, TODAY, last).days[-1] >= last
