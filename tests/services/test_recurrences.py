"""What was raised before: proposed from the words, settled by a lead, shown with its years."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, member
from tests.worlds import world
from tracker.choices import EventKind, Role
from tracker.models import Event, Recurrence, Theme
from tracker.rules.refusal import Refused
from tracker.services import recurrences, themes

pytestmark = pytest.mark.django_db
NOW = at(2018, 9, 3)


@world
def keeper(staffordshire):
    return member("Una Swift", staffordshire, Role.LEAD)


@world
def seeds(staffordshire, keeper):
    """Staffordshire's letter of 2010, inspection of 2012 and visit of 2018."""
    names = ("unannounced", "protection-of-children-staffordshire", "focused-visit")
    return [factories.accepted_seed(name, staffordshire, by=acting(keeper), moment=NOW) for name in names]


def item(report, number):
    return report.recommendations.get(number=number)


def test_the_three_seed_reports_show_that_caseloads_were_raised_again_and_again(staffordshire, seeds):
    """Read by eye: pressure of work in 2010, caseloads in 2012, workloads twice in 2018."""
    found = {(pair.earlier.pk, pair.later.pk) for pair in recurrences.open_pairs(staffordshire)}
    of_2010, of_2012, of_2018 = seeds
    work = [item(of_2010, 4), item(of_2012, 7), item(of_2018, 2), item(of_2018, 3)]
    assert {(work[1].pk, work[2].pk), (work[1].pk, work[3].pk), (work[0].pk, work[3].pk)} <= found


def test_what_was_settled_is_not_proposed_again(staffordshire, seeds, keeper):
    first = recurrences.open_pairs(staffordshire)[0]
    recurrences.settle(first.earlier, first.later, confirmed=False, by=acting(keeper), at=NOW)
    assert (first.earlier, first.later) not in [(p.earlier, p.later) for p in recurrences.open_pairs(staffordshire)]


def test_the_earlier_report_is_the_earlier_one_in_whatever_order_they_are_given(seeds, keeper):
    kept = recurrences.settle(item(seeds[2], 2), item(seeds[1], 7), confirmed=True, by=acting(keeper), at=NOW)
    assert (kept.earlier.report, kept.later.report) == (seeds[1], seeds[2])


def test_what_people_confirmed_is_told_as_one_group_the_earliest_first(seeds, keeper):
    work = [item(seeds[0], 4), item(seeds[1], 7), item(seeds[2], 2)]
    for one, other in ((work[0], work[1]), (work[1], work[2])):
        recurrences.settle(one, other, confirmed=True, by=acting(keeper), at=NOW)
    assert recurrences.raised_before([work[2]]) == {work[2].pk: work}


def test_what_people_refused_binds_nothing(seeds, keeper):
    recurrences.settle(item(seeds[0], 4), item(seeds[1], 7), confirmed=False, by=acting(keeper), at=NOW)
    assert recurrences.raised_before([item(seeds[1], 7)]) == {}


def test_an_answer_can_be_changed_and_the_trail_keeps_both(seeds, keeper):
    pair = item(seeds[0], 4), item(seeds[1], 7)
    for answer in (True, False):
        recurrences.settle(*pair, confirmed=answer, by=acting(keeper), at=NOW)
    told = Event.objects.filter(kind=EventKind.RECURRENCE_SETTLED).count()
    assert (Recurrence.objects.get().confirmed, told) == (False, 2)


@pytest.mark.parametrize(("which", "sentence"), [(1, "same report"), (0, "said of them already")])
def test_a_settlement_that_makes_no_sense_is_refused(seeds, keeper, which, sentence):
    one = item(seeds[1], 7)
    other = item(seeds[which], 4)
    if which == 0:
        recurrences.settle(one, other, confirmed=True, by=acting(keeper), at=NOW)
    with pytest.raises(Refused) as refusal:
        recurrences.settle(one, other, confirmed=True, by=acting(keeper), at=NOW)
    assert sentence in refusal.value.sentence


def test_recommendations_of_two_councils_are_never_bound(seeds, keeper, rotherham):
    other = factories.peer_review(rotherham, by=member("Vera Holt", rotherham, Role.LEAD)).recommendations.first()
    with pytest.raises(Refused):
        recurrences.settle(item(seeds[1], 7), other, confirmed=True, by=acting(keeper), at=NOW)


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ({"publication_date": date(2012, 12, 14)}, date(2012, 12, 14)),
        ({}, date(2012, 11, 14)),
        ({"inspection_end": None, "inspection_start": None}, date(2012, 12, 31)),
    ],
)
def test_a_report_is_put_in_order_by_the_best_day_that_is_known(seeds, dates, day):
    for name, value in dates.items():
        setattr(seeds[1], name, value)
    assert recurrences.raised_on(seeds[1]) == day


def test_themes_of_a_whole_report_are_settled_in_one_line_of_the_trail(seeds, keeper):
    chosen = {each.pk: [Theme.objects.first()] for each in seeds[1].recommendations.all()}
    themes.settle(seeds[1], chosen, by=acting(keeper), at=NOW)
    event = Event.objects.get(kind=EventKind.RECOMMENDATION_THEMED)
    assert event.bodies.count() == len(chosen)


def test_themes_that_are_so_already_leave_no_line(seeds, keeper):
    chosen = {item(seeds[1], 1).pk: [Theme.objects.first()]}
    for _ in range(2):
        themes.settle(seeds[1], chosen, by=acting(keeper), at=NOW)
    assert Event.objects.filter(kind=EventKind.RECOMMENDATION_THEMED).count() == 1


def test_themes_of_another_report_are_refused(seeds, keeper):
    with pytest.raises(Refused):
        themes.settle(seeds[1], {item(seeds[0], 1).pk: []}, by=acting(keeper), at=NOW)


def test_every_recommendation_of_the_three_gets_a_proposal(seeds):
    rows = [row for report in seeds for row in report.recommendations.all()]
    assert sum(1 for codes in themes.proposals(rows).values() if codes) == len(rows)
