"""Which notice is owed on which day: the latest threshold, once, and never silence while overdue."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.bank_holidays import CALENDAR
from tracker.choices import DueKind, Priority, Status
from tracker.rules.notices import Owed, ReminderSettings, Watched, WatchedStep, next_notice_on, owed
from tracker.rules.standing import Standing, is_overdue

DEFAULT = ReminderSettings()
DUE = date(2026, 3, 4)  # a Wednesday
LONG_AGO = date(2025, 9, 1)
ABOUT_DUE = {DueKind.BEFORE_DUE, DueKind.DUE_TODAY, DueKind.OVERDUE}


def days(n, start=DUE):
    return start + timedelta(days=n)


def action(status=Status.IN_PROGRESS, due=DUE, accepted_on=LONG_AGO, heard=DUE, **more):
    """An action that nothing but its due date is owed about, unless something else is given."""
    standing = {name: more.pop(name) for name in ("priority", "chase_from") if name in more}
    return Watched(Standing(status, due, last_heard_on=heard, **standing), accepted_on, **more)


def told(facts, on, of=DEFAULT):
    return {(rung.kind, rung.threshold) for rung in owed(facts, as_at=on, settings=of, calendar=CALENDAR)}


def about_due(facts, on):
    return {rung for rung in told(facts, on) if rung[0] in ABOUT_DUE}


@pytest.mark.parametrize(
    ("n", "kind", "threshold"),
    [
        (-14, DueKind.BEFORE_DUE, 14),
        (-8, DueKind.BEFORE_DUE, 14),
        (-7, DueKind.BEFORE_DUE, 7),
        (-1, DueKind.BEFORE_DUE, 1),
        (0, DueKind.DUE_TODAY, 0),
        (1, DueKind.OVERDUE, 1),
        (2, DueKind.OVERDUE, 2),
        (3, DueKind.OVERDUE, 2),
        (4, DueKind.OVERDUE, 4),
        (8, DueKind.OVERDUE, 8),
        (16, DueKind.OVERDUE, 16),
        (22, DueKind.OVERDUE, 16),
        (23, DueKind.OVERDUE, 23),
        (30, DueKind.OVERDUE, 30),
    ],
)
def test_the_latest_threshold_about_the_due_date_is_owed_alone(n, kind, threshold):
    assert about_due(action(), days(n)) == {(kind, threshold)}


def test_nothing_about_the_due_date_is_owed_before_its_first_threshold():
    assert about_due(action(), days(-15)) == set()


@pytest.mark.parametrize(
    ("due", "on", "kind"),
    [
        (date(2012, 11, 10), date(2012, 11, 8), DueKind.BEFORE_DUE),
        (date(2012, 11, 10), date(2012, 11, 9), DueKind.DUE_TODAY),  # a Saturday: told on Friday
        (date(2012, 11, 10), date(2012, 11, 10), DueKind.DUE_TODAY),
        (date(2012, 11, 10), date(2012, 11, 11), DueKind.OVERDUE),
        (date(2026, 4, 6), date(2026, 4, 2), DueKind.DUE_TODAY),  # Easter Monday: told on Maundy Thursday
    ],
)
def test_a_notice_about_a_date_on_a_day_off_comes_on_the_working_day_before(due, on, kind):
    ((found, _),) = about_due(action(due=due, accepted_on=date(2012, 8, 10)), on)
    assert found is kind


@pytest.mark.parametrize(
    ("kind", "n", "is_told"),
    [
        (DueKind.ESCALATED_TO_LEAD, 7, False),
        (DueKind.ESCALATED_TO_LEAD, 8, True),
        (DueKind.ESCALATED_TO_DIRECTOR, 29, False),
        (DueKind.ESCALATED_TO_DIRECTOR, 30, True),
    ],
)
def test_long_overdue_work_is_told_to_the_lead_and_then_to_the_director(kind, n, is_told):
    assert (kind in {found for found, _ in told(action(), days(n))}) is is_told


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CLOSED, Status.SUPERSEDED, Status.NOT_APPLICABLE])
@pytest.mark.parametrize("n", [-1, 0, 1, 30])
def test_nothing_about_the_due_date_is_owed_unless_the_action_is_open(status, n):
    assert about_due(action(status), days(n)) == set()


@pytest.mark.parametrize(("n", "found"), [(6, set()), (7, set()), (8, {(DueKind.OVERDUE, 1)})])
def test_immediate_is_chased_only_after_the_first_response_period(n, found):
    facts = action(priority=Priority.IMMEDIATE, chase_from=days(7), accepted_on=days(2))
    assert about_due(facts, days(n)) == found


@pytest.mark.parametrize(
    ("accepted", "on", "found"),
    [
        (-6, -6, set()),  # seven days before has passed
        (-7, -7, {(DueKind.BEFORE_DUE, 7)}),
        (0, 0, {(DueKind.DUE_TODAY, 0)}),
        (3, 3, set()),
        (3, 4, {(DueKind.OVERDUE, 4)}),
        (3000, 3000, set()),
    ],
)
def test_thresholds_already_past_at_acceptance_are_not_owed(accepted, on, found):
    assert about_due(action(accepted_on=days(accepted)), days(on)) == found


def test_an_assignment_is_owed_even_if_it_came_before_acceptance():
    assert (DueKind.ASSIGNED, 0) in told(action(accepted_on=days(9), assigned_on=days(5)), days(9))


WAITING = [
    (DueKind.SILENT, action(due=None, heard=DUE), 30, 30),
    (DueKind.SIGN_OFF_WAITING, action(Status.SUBMITTED, submitted_on=DUE), 2, 2),
    (DueKind.SIGN_OFF_WAITING, action(Status.SUBMITTED, submitted_on=DUE), 14, 14),
    (DueKind.EXTENSION_WAITING, action(extension_asked_on=DUE), 7, 7),
    (DueKind.CHECK_DUE, action(Status.CLOSED, next_check_on=DUE), 0, 0),
    (DueKind.NO_DATE, action(due=None, accepted_on=DUE), 7, 7),
    (DueKind.NO_OWNER, action(has_owner=False, accepted_on=DUE), 21, 21),
    (DueKind.ASSIGNED, action(assigned_on=DUE), 0, 0),
]


@pytest.mark.parametrize(("kind", "facts", "n", "threshold"), WAITING)
def test_what_waits_is_owed_from_its_threshold_on(kind, facts, n, threshold):
    assert (kind, threshold) in told(facts, days(n))


@pytest.mark.parametrize(("kind", "facts", "n", "threshold"), WAITING)
def test_what_waits_is_not_owed_the_day_before_its_threshold(kind, facts, n, threshold):
    assert (kind, threshold) not in told(facts, days(n - 1))


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (DueKind.SIGN_OFF_WAITING, action(submitted_on=DUE)),
        (DueKind.EXTENSION_WAITING, action(Status.CLOSED, extension_asked_on=DUE)),
        (DueKind.CHECK_DUE, action(next_check_on=DUE)),
        (DueKind.SILENT, action(Status.SUBMITTED)),
        (DueKind.NO_DATE, action(Status.CLOSED, due=None)),
        (DueKind.NO_DATE, action()),
        (DueKind.NO_OWNER, action()),
        (DueKind.NO_OWNER, action(Status.SUPERSEDED, has_owner=False)),
        (DueKind.ASSIGNED, action(has_owner=False, assigned_on=DUE)),
    ],
)
def test_what_no_longer_waits_is_not_owed(kind, facts):
    assert kind not in {found for found, _ in told(facts, days(60))}


def test_silence_counts_from_acceptance_where_nobody_was_heard():
    assert (DueKind.SILENT, 30) in told(action(heard=None, due=None, accepted_on=DUE), days(30))


STEP = WatchedStep(DUE, LONG_AGO)


@pytest.mark.parametrize(("n", "threshold"), [(-20, 20), (-10, 10), (-5, 5), (-1, 1), (0, 1)])
def test_a_statutory_step_is_told_ahead(n, threshold):
    assert told(STEP, days(n)) == {(DueKind.STATUTORY_STEP, threshold)}


@pytest.mark.parametrize("step", [replace(STEP, met_on=days(-3)), replace(STEP, due=None)])
def test_a_statutory_step_that_is_met_or_undated_is_not_told(step):
    assert told(step, DUE) == set()


def test_every_kind_of_notice_can_be_owed():
    everything = [about for *_, facts, _, _ in WAITING for about in told(facts, days(60))]
    everything += [about for n in range(-20, 40) for facts in (action(), STEP) for about in told(facts, days(n))]
    assert {kind for kind, _ in everything} == set(DueKind)


def test_the_same_threshold_about_another_day_is_another_entry_in_the_ledger():
    assert Owed(DueKind.OVERDUE, 1, days(1), DUE).key != Owed(DueKind.OVERDUE, 1, days(8), days(7)).key


def test_a_threshold_of_an_authority_is_used():
    settings_of_their_own = DEFAULT.changed({"before_due": [3]})
    assert told(action(), days(-3), settings_of_their_own) == {(DueKind.BEFORE_DUE, 3)}


@pytest.mark.parametrize(
    ("after", "on"), [(-40, -14), (-14, -7), (-1, 0), (0, 1), (8, 16), (16, 23), (23, 30), (100, 107)]
)
def test_the_next_notice_is_the_next_threshold(after, on):
    facts = action(heard=days(1000))
    assert next_notice_on(facts, after=days(after), settings=DEFAULT, calendar=CALENDAR) == days(on)


@pytest.mark.parametrize(
    "facts", [action(Status.SUPERSEDED), action(Status.CLOSED), replace(STEP, met_on=DUE), replace(STEP, due=None)]
)
def test_nothing_more_will_be_owed_about_what_is_done(facts):
    assert next_notice_on(facts, after=DUE, settings=DEFAULT, calendar=CALENDAR) is None


NEAR = st.dates(days(-60), days(60))
MAYBE = st.none() | NEAR
ACTIONS = st.builds(
    Watched,
    st.builds(Standing, st.sampled_from(Status), MAYBE, chase_from=MAYBE, last_heard_on=MAYBE),
    NEAR,
    has_owner=st.booleans(),
    assigned_on=MAYBE,
    submitted_on=MAYBE,
    extension_asked_on=MAYBE,
    next_check_on=MAYBE,
)
FACTS = ACTIONS | st.builds(WatchedStep, MAYBE, NEAR, MAYBE)


def owed_on(facts, day):
    return set(owed(facts, as_at=day, settings=DEFAULT, calendar=CALENDAR))


@settings(max_examples=60)
@given(FACTS, NEAR)
def test_the_next_notice_is_the_first_day_on_which_something_new_is_owed(facts, after):
    ahead = (days(n, after) for n in range(1, 260))
    first = next((day for day in ahead if owed_on(facts, day) - owed_on(facts, days(-1, day))), None)
    assert next_notice_on(facts, after=after, settings=DEFAULT, calendar=CALENDAR) == first


def the_last_of_each_kind(found):
    return {kind: max(rung.since for rung in found if rung.kind is kind) for kind in {rung.kind for rung in found}}


@settings(max_examples=60)
@given(FACTS, NEAR, st.sets(st.integers(1, 60)))
def test_daily_runs_and_runs_with_gaps_end_with_the_same_latest_thresholds(facts, start, gap):
    daily = set().union(*(owed_on(facts, days(n, start)) for n in range(61)))
    gappy = set().union(*(owed_on(facts, days(n, start)) for n in range(61) if n not in gap - {60}))
    still = {rung.kind for rung in owed_on(facts, days(60, start))}
    last_daily, last_gappy = the_last_of_each_kind(daily), the_last_of_each_kind(gappy)
    assert {kind: last_daily[kind] for kind in still} == {kind: last_gappy[kind] for kind in still}


@given(FACTS, NEAR)
def test_a_kind_is_owed_once_and_never_before_its_day(facts, day):
    found = owed_on(facts, day)
    assert len({rung.kind for rung in found}) == len(found) and all(rung.since <= day for rung in found)


@given(ACTIONS, NEAR)
def test_of_the_notices_about_the_due_date_only_one_is_owed(facts, day):
    assert len([rung for rung in owed_on(facts, day) if rung.kind in ABOUT_DUE]) <= 1


@given(ACTIONS, NEAR)
def test_only_what_is_overdue_is_chased(facts, day):
    chased = any(rung.kind is DueKind.OVERDUE for rung in owed_on(facts, day))
    assert not chased or is_overdue(facts.standing, as_at=day)


@given(ACTIONS, st.dates(days(-60), days(400)))
def test_there_is_never_silence_of_more_than_eight_days_while_overdue(facts, day):
    week = [rung for rung in owed_on(facts, day) if rung.kind is DueKind.OVERDUE and days(8, rung.since) > day]
    overdue = is_overdue(facts.standing, as_at=day) and day >= days(8, facts.accepted_on)
    assert bool(week) or not overdue
