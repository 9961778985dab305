"""How the actions of a moment are judged: as the rules say, and those that stand alike once."""

from datetime import date

import pytest

from tracker.choices import Delivery, Priority, Status
from tracker.rules.since import Stood
from tracker.rules.standing import RatingSettings, Standing
from tracker.services.packs import judging
from tracker.services.packs.judging import Judge
from tracker.services.progress import Placed

DAY = date(2013, 3, 1)
STATE = {
    "reference": "RTH-2012-01",
    "status": "in_progress",
    "priority": "normal",
    "lowered_to": "",
    "accepted_on": "2012-12-10",
    "agreed_due": "2013-02-01",
    "original_due": "2013-01-01",
    "start_on": None,
    "overdue_after": "2013-02-03",
}
HEARD = date(2013, 2, 20).toordinal()


@pytest.fixture
def judge():
    return Judge(DAY, RatingSettings())


def test_every_fact_of_the_state_reaches_the_rules(judge):
    assert judge.case({**STATE, "start_on": "2012-12-20", "lowered_to": "amber"}, HEARD).standing == Standing(
        status=Status.IN_PROGRESS,
        due=date(2013, 2, 1),
        original_due=date(2013, 1, 1),
        start_on=date(2012, 12, 20),
        priority=Priority.NORMAL,
        chase_from=date(2013, 2, 3),
        last_heard_on=date(2013, 2, 20),
        lowered_to=Delivery.AMBER,
    )


def test_an_overdue_action_is_red_by_the_days_since_its_date(judge):
    case = judge.case(STATE, HEARD)
    assert case[2:] == (Stood(Delivery.RED, is_overdue=True), True, 28)


def test_its_place_in_the_picture_has_both_dates(judge):
    assert judge.case(STATE, HEARD).placed == Placed(
        date(2012, 12, 10), Status.IN_PROGRESS, date(2013, 1, 1), date(2013, 2, 1)
    )


@pytest.mark.parametrize(
    ("heard", "silent"), [(None, True), (date(2013, 1, 30).toordinal(), True), (HEARD, False)], ids=str
)
def test_who_was_never_heard_counts_from_the_day_it_was_accepted(judge, heard, silent):
    assert judge.case(STATE, heard).stood.is_silent is silent


def test_a_rating_lowered_by_a_person_is_amber(judge):
    late = {"agreed_due": "2013-09-01", "original_due": "2013-09-01", "overdue_after": None}
    assert judge.case({**STATE, **late}, HEARD).stood.delivery is Delivery.GREEN
    assert judge.case({**STATE, **late, "lowered_to": "amber"}, HEARD).stood.delivery is Delivery.AMBER


def test_actions_that_stand_alike_are_judged_once(judge):
    other = {**STATE, "reference": "RTH-2012-02", "what": "Train everybody"}
    assert judge.case(other, HEARD) is judge.case(STATE, HEARD)


def test_of_many_cases_those_not_met_for_longest_are_judged_again(monkeypatch):
    monkeypatch.setattr(judging, "MANY", 1)
    judge = Judge(DAY, RatingSettings())
    before = judge.case(STATE, HEARD)
    judge.case({**STATE, "status": "closed"}, HEARD)
    assert judge.case(STATE, HEARD) is not before
    assert judge.case(STATE, HEARD) == before
