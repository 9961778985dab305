"""When the planner is late, and from when a digest's lateness counts."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.rules.reminder_health import digest_is_late, digest_time, hour_on, planner_is_late

NOW = datetime(2012, 11, 15, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("ago", "late"), [(120, False), (121, True)])
def test_a_planner_is_late_after_two_hours(ago, late):
    assert planner_is_late(NOW - ago * MINUTE, at=NOW, since=NOW) is late


@pytest.mark.parametrize(("ago", "late"), [(120, False), (121, True)])
def test_a_planner_that_never_ran_is_late_two_hours_after_the_start(ago, late):
    assert planner_is_late(None, at=NOW, since=NOW - ago * MINUTE) is late


@pytest.mark.parametrize(("minutes", "late"), [(239, False), (240, False), (241, True)])
def test_a_digest_is_late_after_four_hours(minutes, late):
    assert digest_is_late(NOW, at=NOW + minutes * MINUTE) is late


def test_an_hour_is_londons_on_both_sides_of_the_clock_change():
    days = [datetime(2012, 10, 26).date(), datetime(2012, 10, 29).date()]
    assert [hour_on(day, 8).astimezone(UTC).hour for day in days] == [7, 8]


def clock(hour, minute=0):
    return datetime(2012, 11, 15, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("posted", "runs", "counts_from"),
    [
        (clock(8, 5), [], clock(8)),  # put out at its hour
        (clock(11), [clock(7, 45)], clock(8)),  # the planner itself was late
        (clock(13, 45), [clock(8), clock(13, 30)], clock(13, 45)),  # the news is younger than the hour
        (clock(7), [], clock(7)),  # before any hour
    ],
)
def test_a_digest_s_time_is_its_hour_unless_its_news_is_younger(posted, runs, counts_from):
    assert digest_time(posted, hours=[clock(8), clock(18)], runs=runs) == counts_from
