"""How a step of the statutory clock stands on a day."""

from datetime import date, timedelta

import pytest

from tracker.rules.step_states import StepState, state_of

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(("n", "state"), [(-1, StepState.BEHIND), (0, StepState.AHEAD), (1, StepState.AHEAD)])
def test_a_step_is_behind_from_the_day_after_its_date(n, state):
    assert state_of(DAY + timedelta(days=n), None, as_at=DAY) is state


@pytest.mark.parametrize("due", [None, DAY - timedelta(days=9), DAY + timedelta(days=9)])
def test_a_step_that_was_done_is_met_whatever_its_date(due):
    assert state_of(due, DAY, as_at=DAY) is StepState.MET


def test_a_step_without_a_date_is_neither_ahead_nor_behind():
    assert state_of(None, None, as_at=DAY) is StepState.UNKNOWN
