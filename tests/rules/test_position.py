"""Where a plan stands: a statement whose parts add up, and counts that cut across it."""

from datetime import date, timedelta

import pytest

from tracker.choices import Status
from tracker.rules.position import Extended, extended, position
from tracker.rules.standing import Standing

TODAY = date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def of(status, due=None, original=None):
    return Standing(status=status, due=due, original_due=original or due)


PLAN = [
    of(Status.NOT_STARTED, YESTERDAY),
    of(Status.NOT_STARTED, TODAY),
    of(Status.IN_PROGRESS),
    of(Status.IN_PROGRESS, TOMORROW, original=YESTERDAY),
    of(Status.SUBMITTED, YESTERDAY),
    of(Status.SUBMITTED, TODAY),
    of(Status.SUBMITTED),
    of(Status.CLOSED, YESTERDAY),
    of(Status.SUPERSEDED),
    of(Status.NOT_APPLICABLE),
]


@pytest.fixture
def found():
    return position(PLAN, as_at=TODAY)


def test_every_action_is_in_one_row_so_the_rows_add_up(found):
    assert sum(found.by_status.values()) == found.total == len(PLAN)


def test_the_statement_has_a_row_for_every_status_even_without_an_action():
    assert dict(position([], as_at=TODAY).by_status) == dict.fromkeys(Status, 0)


def test_the_rows_are_the_statuses(found):
    assert list(found.by_status.values()) == [2, 2, 3, 1, 1, 1]


def test_an_extended_action_is_overdue_against_its_original_date_alone(found):
    assert (found.overdue, found.overdue_original) == (1, 2)


def test_what_is_submitted_past_its_date_is_counted_apart_and_never_overdue(found):
    assert (found.late_sign_off, found.overdue) == (1, 1)


def test_only_open_actions_count_as_undated(found):
    assert found.undated == 1


@pytest.mark.parametrize(("on", "overdue"), [(YESTERDAY, 0), (TODAY, 1), (TOMORROW, 2)])
def test_the_day_itself_is_not_overdue_and_the_next_one_is(on, overdue):
    assert position(PLAN, as_at=on).overdue == overdue


@pytest.mark.parametrize(
    ("times", "told"), [([], Extended(0, 0, 0)), ([1], Extended(1, 1, 1)), ([1, 3, 2], Extended(6, 3, 3))]
)
def test_extensions_are_counted_with_their_actions_and_the_most_on_one(times, told):
    assert extended(times) == told
