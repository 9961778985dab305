"""The planner: writes down what is owed, once, however often, late or together it runs."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, house
from tests.worlds import world
from tracker.choices import DueKind
from tracker.models import Action, Authority, Due
from tracker.rules.refusal import Refused
from tracker.services import clock, extensions, notices, reference
from tracker.services.notices import planning

pytestmark = pytest.mark.django_db


def plan(*day):
    return notices.plan(by=house(), at=at(*day))


def owed_about(action, kind):
    dues = Due.objects.filter(subject_type="action", subject_id=action.pk, kind=kind)
    return [due.threshold for due in dues.order_by("owed_on")]


@world
def alone(owned):
    """The action due on 3 December 2012 and no other in the plan."""
    Action.objects.exclude(pk=owned.pk).update(next_notice_on=None)
    return owned


def test_a_run_writes_down_what_is_owed(alone):
    done = plan(2012, 9, 4)
    assert (done.looked_at, done.newly_owed, done.failed) == (1, 1, ())
    assert owed_about(alone, DueKind.ASSIGNED) == ["2012-09-04/0"]


def test_a_second_run_of_the_day_writes_nothing(alone):
    plan(2012, 9, 4)
    assert (plan(2012, 9, 4).newly_owed, Due.objects.count()) == (0, 1)


def test_a_run_that_looks_at_everything_again_writes_nothing_twice(alone):
    plan(2012, 11, 19)
    before = Due.objects.count()
    Action.objects.filter(pk=alone.pk).update(next_notice_on=date(2012, 9, 4))
    assert (plan(2012, 11, 19).newly_owed, Due.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("day", "kind", "threshold"),
    [
        ((2012, 11, 19), DueKind.BEFORE_DUE, "2012-12-03/14"),
        ((2012, 11, 26), DueKind.BEFORE_DUE, "2012-12-03/7"),
        ((2012, 11, 30), DueKind.BEFORE_DUE, "2012-12-03/1"),
        ((2012, 12, 3), DueKind.DUE_TODAY, "2012-12-03/0"),
        ((2012, 12, 4), DueKind.OVERDUE, "2012-12-03/1"),
    ],
)
def test_the_planner_wakes_on_the_day_of_each_threshold(alone, day, kind, threshold):
    """The day before Monday 3 December 2012 is a Sunday: that notice is owed on the Friday."""
    for number in range(1, 31):
        plan(2012, 11, number)
    for number in range(1, 5):
        plan(2012, 12, number)
    due = Due.objects.get(kind=kind, threshold=threshold)
    assert due.owed_on == date(*day)


def test_after_missed_days_only_the_latest_threshold_is_owed(alone):
    plan(2012, 12, 3)
    plan(2012, 12, 7)
    assert owed_about(alone, DueKind.OVERDUE) == ["2012-12-03/4"]


def test_overdue_work_is_chased_further_and_further_apart_and_never_no_more(alone):
    for day in range(4, 32):
        plan(2012, 12, day)
    for day in range(1, 7):
        plan(2013, 1, day)
    days = [int(threshold.rsplit("/", 1)[1]) for threshold in owed_about(alone, DueKind.OVERDUE)]
    assert days == [1, 2, 4, 8, 16, 23, 30]


def test_a_submitted_action_is_chased_no_more(alone, owner):
    factories.submitted(alone, by=owner)
    plan(2012, 12, 7)
    assert (owed_about(alone, DueKind.OVERDUE), owed_about(alone, DueKind.SIGN_OFF_WAITING)) == ([], ["2012-11-01/35"])


def test_an_extension_that_waits_is_owed_to_who_decides(alone, owner):
    extensions.ask(alone, to_due=date(2013, 2, 1), reason="floods", by=acting(owner), at=at(2012, 11, 1))
    plan(2012, 11, 3)
    assert owed_about(alone, DueKind.EXTENSION_WAITING) == ["2012-11-01/2"]


def test_an_undated_action_without_an_owner_is_owed_weekly(action):
    Action.objects.exclude(pk=action.pk).update(next_notice_on=None)
    plan(2012, 9, 10)
    assert (owed_about(action, DueKind.NO_DATE), owed_about(action, DueKind.NO_OWNER)) == (
        ["2012-09-03/7"],
        ["2012-09-03/7"],
    )


def test_one_broken_row_does_not_stop_the_others(report):
    broken, *others = Action.objects.order_by("pk")
    Action.objects.filter(pk=broken.pk).update(status="nonsense")
    done = plan(2012, 9, 10)
    assert (done.looked_at, [told.split(":")[0] for told in done.failed]) == (3, [f"action {broken.pk}"])
    about = Due.objects.filter(subject_type="action").values_list("subject_id", flat=True)
    assert set(about) == {other.pk for other in others}


def test_an_authority_whose_settings_are_broken_is_reminded_by_the_house_s_and_it_is_told(report):
    Authority.objects.filter(pk=report.authority_id).update(settings={"bogus": 1})
    done = plan(2012, 9, 10)
    assert done.failed == ("The settings of Rotherham make no sense: There is no setting called “bogus”.",)
    assert {due.subject_id for due in Due.objects.filter(kind=DueKind.NO_OWNER)} == {a.pk for a in Action.objects.all()}


@world
def inspected(rotherham, lead):
    """The Rotherham seed, accepted on the day it was published; its actions sleep, its two steps do not."""
    report = factories.accepted_seed("rotherham", rotherham, by=acting(lead), moment=at(2012, 8, 10))
    Action.objects.update(next_notice_on=None)
    return report


def steps_owed():
    return list(Due.objects.filter(subject_type="statutorystep").values_list("subject_id", "threshold"))


def test_a_statutory_step_is_owed_before_its_day(inspected):
    """Thirty working days from 10 August 2012, with the bank holiday of 27 August, end on 24 September."""
    first = inspected.statutory_steps.get(step="publish_report")
    plan(2012, 9, 14)
    assert steps_owed() == [(first.pk, "2012-09-24/10")]


def test_a_step_that_is_met_is_owed_no_more(inspected, lead):
    first = inspected.statutory_steps.get(step="publish_report")
    clock.mark_met(first, on=date(2012, 9, 3), by=acting(lead), at=at(2012, 9, 3))
    plan(2012, 9, 14)
    assert steps_owed() == []


def test_a_broken_statutory_step_is_told_and_stops_no_other(inspected, monkeypatch):
    broken, sound = inspected.statutory_steps.order_by("pk")
    inspected.statutory_steps.update(chosen=date(2012, 9, 24), chosen_reason="agreed")
    read = planning.step_watched

    def fails_for_one(step):
        if step.pk == broken.pk:
            raise ValueError("no sense")
        return read(step)

    monkeypatch.setattr(planning, "step_watched", fails_for_one)
    done = plan(2012, 9, 14)
    assert [told.split(":")[0] for told in done.failed] == [f"step {broken.pk}"]
    assert steps_owed() == [(sound.pk, "2012-09-24/10")]


def test_the_authority_s_own_days_are_kept(rotherham, lead, owner):
    settings = {"reminders": {"before_due": ["21"]}}
    reference.change_settings(rotherham, settings=settings, by=acting(lead), at=at(2012, 9, 1))
    action = factories.peer_review(rotherham, by=lead).recommendations.first().actions.get()
    factories.owned(action, owner, by=lead)
    plan(2012, 11, 12)
    assert owed_about(action, DueKind.BEFORE_DUE) == ["2012-12-03/21"]


def test_the_planner_is_run_by_the_house_and_the_site_s_administrators_alone(lead):
    with pytest.raises(Refused, match="administrator of the site"):
        notices.plan(by=acting(lead), at=at(2012, 9, 4))
