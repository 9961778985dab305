"""Overdue, due soon, silent, and the delivery rating."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.choices import Delivery, Priority, Status
from tracker.rules.refusal import Refused
from tracker.rules.standing import (
    RATINGS,
    Completion,
    RatingSettings,
    Standing,
    Timeliness,
    check_lowered,
    completion,
    days_overdue,
    delivery,
    is_due_soon,
    is_overdue,
    is_overdue_against_original,
    is_silent,
)

DAY = date(2026, 3, 2)
OPEN = [Status.NOT_STARTED, Status.IN_PROGRESS]
NOT_OPEN = [status for status in Status if status not in OPEN]
FACTS = Standing(Status.IN_PROGRESS, due=DAY, original_due=DAY, last_heard_on=DAY)


def days(n):
    return DAY + timedelta(days=n)


@pytest.mark.parametrize(("n", "overdue"), [(-1, False), (0, False), (1, True)])
@pytest.mark.parametrize("status", OPEN)
def test_an_open_action_is_overdue_from_the_day_after_its_date(status, n, overdue):
    assert is_overdue(FACTS._replace(status=status), as_at=days(n)) is overdue


@pytest.mark.parametrize("status", NOT_OPEN)
def test_an_action_that_is_not_open_is_never_overdue(status):
    assert not is_overdue(FACTS._replace(status=status), as_at=days(500))


def test_an_action_without_a_date_is_never_overdue():
    assert not is_overdue(FACTS._replace(due=None), as_at=days(500))


@pytest.mark.parametrize(("n", "overdue"), [(6, False), (7, False), (8, True)])
def test_immediate_is_overdue_only_after_the_first_response_period(n, overdue):
    facts = FACTS._replace(priority=Priority.IMMEDIATE, chase_from=days(7))
    assert is_overdue(facts, as_at=days(n)) is overdue


@pytest.mark.parametrize(("n", "overdue"), [(-31, False), (-30, False), (-29, True)])
def test_an_extended_action_is_overdue_against_its_original_date(n, overdue):
    facts = FACTS._replace(original_due=days(-30))
    assert is_overdue_against_original(facts, as_at=days(n)) is overdue


def test_an_extended_action_in_date_is_not_overdue_against_the_agreed_date():
    assert not is_overdue(FACTS._replace(original_due=days(-30)), as_at=DAY)


@pytest.mark.parametrize("n", [-1, 0, 1])
def test_without_an_extension_both_dates_give_the_same_answer(n):
    assert is_overdue_against_original(FACTS, as_at=days(n)) is is_overdue(FACTS, as_at=days(n))


def test_an_action_without_an_original_date_is_not_overdue_against_it():
    assert not is_overdue_against_original(FACTS._replace(original_due=None, due=None), as_at=days(9))


@pytest.mark.parametrize(("n", "soon"), [(-15, False), (-14, True), (-1, True), (0, True), (1, False)])
def test_due_soon_is_within_fourteen_days_and_on_the_day_itself(n, soon):
    assert is_due_soon(FACTS, as_at=days(n)) is soon


@pytest.mark.parametrize("status", NOT_OPEN)
def test_an_action_that_is_not_open_is_not_due_soon(status):
    assert not is_due_soon(FACTS._replace(status=status), as_at=DAY)


@pytest.mark.parametrize(("n", "silent"), [(29, False), (30, True), (31, True)])
def test_silent_is_thirty_days_without_news(n, silent):
    assert is_silent(FACTS, as_at=days(n)) is silent


@pytest.mark.parametrize("facts", [FACTS._replace(last_heard_on=None), FACTS._replace(status=Status.SUBMITTED)])
def test_silence_needs_an_open_action_and_a_day_to_count_from(facts):
    assert not is_silent(facts, as_at=days(90))


@pytest.mark.parametrize(("n", "count"), [(-1, 0), (0, 0), (1, 1), (40, 40)])
def test_days_overdue_count_from_the_agreed_date(n, count):
    assert days_overdue(FACTS, as_at=days(n)) == count


AHEAD = FACTS._replace(due=days(60), original_due=days(60))
IDLE = AHEAD._replace(status=Status.NOT_STARTED)


@pytest.mark.parametrize(
    ("facts", "rating"),
    [
        (FACTS._replace(status=Status.CLOSED, due=days(-9)), Delivery.BLUE),
        (AHEAD._replace(status=Status.CLOSED, lowered_to=Delivery.AMBER), Delivery.BLUE),
        (FACTS._replace(due=days(-1)), Delivery.RED),
        (FACTS._replace(due=days(-1), lowered_to=Delivery.AMBER), Delivery.RED),
        (FACTS, Delivery.AMBER),
        (FACTS._replace(due=days(14)), Delivery.AMBER),
        (FACTS._replace(due=days(15)), Delivery.GREEN),
        (AHEAD._replace(last_heard_on=days(-30)), Delivery.AMBER),
        (AHEAD._replace(last_heard_on=days(-29)), Delivery.GREEN),
        (IDLE._replace(start_on=days(-1)), Delivery.AMBER),
        (IDLE._replace(start_on=DAY), Delivery.GREY),
        (AHEAD._replace(start_on=days(-1)), Delivery.GREEN),
        (AHEAD._replace(lowered_to=Delivery.AMBER), Delivery.AMBER),
        (AHEAD._replace(due=None), Delivery.GREY),
        (IDLE, Delivery.GREY),
        (AHEAD, Delivery.GREEN),
        (AHEAD._replace(status=Status.SUBMITTED), Delivery.GREEN),
        (FACTS._replace(status=Status.SUPERSEDED), None),
        (FACTS._replace(status=Status.NOT_APPLICABLE), None),
    ],
)
def test_the_first_rating_that_applies_is_the_rating(facts, rating):
    assert delivery(facts, as_at=DAY) is rating


def test_every_rating_has_its_rule():
    assert [rating for rating, _ in RATINGS] == list(Delivery)


@pytest.mark.parametrize("chosen", [RatingSettings(due_soon_days=60), RatingSettings(silent_days=0)])
def test_the_thresholds_are_the_authoritys_own(chosen):
    assert delivery(AHEAD, as_at=DAY, settings=chosen) is Delivery.AMBER


@pytest.mark.parametrize("computed", [Delivery.GREEN, Delivery.GREY])
def test_a_person_may_lower_green_and_grey_to_amber(computed):
    assert check_lowered(computed, Delivery.AMBER) is None


@pytest.mark.parametrize("computed", [Delivery.AMBER, Delivery.RED, Delivery.BLUE, None])
def test_a_rating_that_is_no_better_than_amber_is_not_lowered(computed):
    with pytest.raises(Refused, match="never raised"):
        check_lowered(computed, Delivery.AMBER)


@pytest.mark.parametrize("lowered_to", [rating for rating in Delivery if rating is not Delivery.AMBER])
def test_a_person_gives_no_other_rating_than_amber(lowered_to):
    with pytest.raises(Refused, match="computed"):
        check_lowered(Delivery.GREEN, lowered_to)


ON_TIME, LATE, NO_DATE = Timeliness.ON_TIME, Timeliness.LATE, Timeliness.NO_DATE


@pytest.mark.parametrize(
    ("submitted_on", "original", "agreed", "found"),
    [
        (DAY, DAY, DAY, Completion(ON_TIME, ON_TIME)),
        (days(1), DAY, DAY, Completion(LATE, LATE)),
        (days(1), DAY, days(30), Completion(LATE, ON_TIME)),
        (DAY, None, None, Completion(NO_DATE, NO_DATE)),
        (days(31), None, days(30), Completion(NO_DATE, LATE)),
    ],
)
def test_a_submission_is_on_time_or_late_against_both_dates(submitted_on, original, agreed, found):
    assert completion(submitted_on, original, agreed) == found


NEAR = st.none() | st.dates(days(-60), days(60))


@given(st.builds(Standing, st.sampled_from(Status), NEAR, NEAR, NEAR, st.sampled_from(Priority), NEAR, NEAR))
def test_red_is_overdue_and_nothing_else(facts):
    assert (delivery(facts, as_at=DAY) is Delivery.RED) is is_overdue(facts, as_at=DAY)


@given(st.builds(Standing, st.sampled_from(Status), NEAR, NEAR, NEAR, st.sampled_from(Priority), NEAR, NEAR))
def test_nothing_is_overdue_and_due_soon_at_once(facts):
    assert not (is_overdue(facts, as_at=DAY) and is_due_soon(facts, as_at=DAY))
