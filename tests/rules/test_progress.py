"""Where a plan stood on past days, against a count day by day, and the days on which dates were agreed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.choices import Status
from tracker.rules.progress import PHASES, Course, Granted, Phase, Point, agreed_of, phases_of, points

DAY = date(2026, 3, 2)
OPEN, SUBMITTED, CLOSED, ASIDE = Phase.OPEN, Phase.SUBMITTED, Phase.CLOSED, Phase.ASIDE


def day(n):
    return DAY + timedelta(days=n)


def noon(n):
    return datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=n)


def course(*phases, original=None, agreed=None):
    """An action that came into the plan on DAY and changed its phase so many days later."""
    told = tuple((day(n), phase) for n, phase in phases) or ((DAY, OPEN),)
    return Course(told, original, ((date.min, agreed or original),))


def closed_on(courses, *days):
    return [point.counts[CLOSED] for point in points(courses, [day(n) for n in days])]


def test_every_status_has_its_phase():
    assert set(PHASES) == set(Status) and set(PHASES.values()) == set(Phase)


def test_an_action_counts_from_the_day_it_came_into_the_plan():
    assert [point.total for point in points([course()], [day(-1), day(0)])] == [0, 1]


def test_a_move_counts_from_its_own_day():
    assert closed_on([course((0, OPEN), (5, CLOSED))], 4, 5, 6) == [0, 1, 1]


def test_what_was_reopened_since_was_closed_then():
    assert closed_on([course((0, OPEN), (5, CLOSED), (9, OPEN))], 4, 5, 8, 9) == [0, 1, 1, 0]


def test_of_two_moves_on_one_day_the_last_counts():
    assert closed_on([course((0, OPEN), (5, CLOSED), (5, OPEN))], 5, 6) == [0, 0]


def test_what_is_set_aside_leaves_the_count_and_what_was_due():
    gone = course((0, OPEN), (5, ASIDE), original=day(2))
    before, after = points([gone], [day(4), day(5)])
    assert (before.total, before.due_original) == (1, 1)
    assert (after.total, after.due_original, after.due_agreed) == (0, 0, 0)


@pytest.mark.parametrize(("n", "due"), [(1, 0), (2, 1), (3, 1)])
def test_what_is_due_counts_from_the_day_itself(n, due):
    assert points([course(original=day(2))], [day(n)])[0].due_original == due


def test_what_was_due_before_the_plan_was_kept_here_counts_from_its_first_day():
    old = course(original=date(2012, 8, 10))
    assert [point.due_original for point in points([old], [day(-1), day(0)])] == [0, 1]


def test_an_extension_takes_an_action_out_of_what_was_due_from_the_day_it_was_agreed():
    extended = Course(((DAY, OPEN),), day(3), ((date.min, day(3)), (day(6), day(9))))
    found = points([extended], [day(n) for n in (2, 3, 5, 6, 8, 9)])
    assert [point.due_agreed for point in found] == [0, 1, 1, 0, 0, 1]
    assert [point.due_original for point in found] == [0, 1, 1, 1, 1, 1]


def test_a_plan_of_nothing_is_drawn_as_nothing():
    assert points([], [DAY]) == (Point(DAY, dict.fromkeys(Phase, 0), 0, 0),)


OFFSET = st.integers(0, 40)
DUES = st.none() | st.integers(-20, 60).map(day)
COURSES = st.builds(
    lambda since, moves, original, agreed: Course(
        ((day(since), OPEN), *((day(n), phase) for n, phase in sorted(moves, key=lambda m: m[0]) if n >= since)),
        original,
        ((date.min, original), *((day(n), due) for n, due in sorted(agreed, key=lambda m: m[0]))),
    ),
    OFFSET,
    st.lists(st.tuples(OFFSET, st.sampled_from(Phase)), max_size=5),
    DUES,
    st.lists(st.tuples(OFFSET, DUES), max_size=3),
)
DAYS = st.lists(st.integers(-30, 70).map(day), min_size=1, max_size=12, unique=True).map(sorted)


def last_told(changes, on):
    """The value of the last change on or before the day; the naive way."""
    told = None
    for since, value in changes:
        if since <= on:
            told = value
    return told


def counted(courses, on):
    """The point of a day, one action at a time."""
    phases = [(each, last_told(each.phases, on)) for each in courses]
    kept = [each for each, phase in phases if phase in (OPEN, SUBMITTED, CLOSED)]
    agreed = [last_told(each.agreed, on) for each in kept]
    return Point(
        on,
        {phase: sum(found is phase for _, found in phases) for phase in Phase},
        sum(each.original is not None and each.original <= on for each in kept),
        sum(due is not None and due <= on for due in agreed),
    )


@given(st.lists(COURSES, max_size=8), DAYS)
def test_the_points_are_those_of_a_count_day_by_day(courses, days):
    assert points(courses, days) == tuple(counted(courses, on) for on in days)


@given(st.lists(COURSES, max_size=8), DAYS)
def test_no_more_is_due_than_there_is(courses, days):
    assert all(max(point.due_original, point.due_agreed) <= point.total for point in points(courses, days))


def test_the_first_phase_is_the_one_it_came_in_with():
    found = phases_of(DAY, [(noon(4), SUBMITTED), (noon(6), CLOSED)], first=OPEN, last=CLOSED, on=day(9))
    assert found == ((DAY, OPEN), (day(4), SUBMITTED), (day(6), CLOSED))


def test_a_move_late_in_a_summer_evening_falls_on_its_day_in_london():
    late = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    assert phases_of(DAY, [(late, CLOSED)], first=OPEN, last=CLOSED, on=day(200))[-1] == (date(2026, 6, 2), CLOSED)


def test_what_the_record_says_today_is_the_last_word():
    assert phases_of(DAY, [], first=OPEN, last=CLOSED, on=day(9)) == ((DAY, OPEN), (day(9), CLOSED))


def test_without_an_extension_the_date_was_always_the_one_it_is():
    assert agreed_of(day(3), day(3), granted=[], reopened=[]) == ((date.min, day(3)),)


def test_before_an_extension_the_date_was_the_one_it_was_extended_from():
    granted = [Granted(noon(2), day(5), day(9)), Granted(noon(8), day(9), day(30))]
    found = agreed_of(day(5), day(30), granted=granted, reopened=[])
    assert found == ((date.min, day(5)), (day(2), day(9)), (day(8), day(30)))


def test_a_reopening_brings_the_date_that_the_next_extension_was_granted_from():
    granted = [Granted(noon(20), day(25), day(40))]
    found = agreed_of(day(5), day(40), granted=granted, reopened=[noon(10)])
    assert found == ((date.min, day(5)), (day(10), day(25)), (day(20), day(40)))


def test_the_last_date_is_the_one_that_holds_now():
    found = agreed_of(day(5), day(50), granted=[Granted(noon(2), day(5), day(9))], reopened=[noon(10)])
    assert found == ((date.min, day(5)), (day(2), day(9)), (day(10), day(50)))
