"""Measures of impact: a newer figure keeps the earlier, in a row that owners and boards see too; and both ratings."""

from datetime import date

import pytest

from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Impact, Move
from tracker.rules.refusal import Refused
from tracker.services import measures, moves, ratings

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)
FIRST, SECOND = date(2012, 9, 3), date(2012, 9, 24)


@world
def measure(owned, owner):
    return measures.add_measure(
        owned, name="Seen alone", baseline="40%", target="95%", current="52%", as_at=FIRST, by=acting(owner), at=NOW
    )


def record(measure, by, current="60%", as_at=SECOND):
    return measures.record_figure(measure, current=current, as_at=as_at, by=acting(by), at=NOW)


def test_a_new_figure_keeps_the_one_before(measure, owner):
    kept = record(measure, owner)
    earlier = kept.earlier.get()
    assert (kept.current, kept.as_at) == ("60%", SECOND)
    assert (earlier.figure, earlier.as_at, earlier.replaced_by) == ("52%", FIRST, owner)


def test_a_corrected_figure_of_the_same_day_is_kept_too(measure, owner):
    record(measure, owner, as_at=FIRST)
    assert [figure.figure for figure in measure.earlier.all()] == ["52%"]


def test_a_first_figure_has_nothing_before_it(owned, owner):
    bare = measures.add_measure(owned, name="Timely visits", by=acting(owner), at=NOW)
    assert record(bare, owner).earlier.count() == 0


def test_changing_a_measure_leaves_its_figures(measure, lead):
    kept = measures.change_measure(measure, name="Seen", baseline="41%", target="90%", by=acting(lead), at=NOW)
    assert (kept.name, kept.baseline, kept.target, kept.current) == ("Seen", "41%", "90%", "52%")


def add(action, by, **more):
    return measures.add_measure(action, by=acting(by), at=NOW, **{"name": "Timely visits", **more})


@pytest.mark.parametrize(
    ("act", "field", "match"),
    [
        (lambda m, by: add(m.action, by, name="Seen alone"), "name", "already"),
        (lambda m, by: add(m.action, by, current="5%"), "as_at", "as at which day"),
        (lambda m, by: add(m.action, by, as_at=FIRST), "current", "Enter the figure"),
        (lambda m, by: record(m, by, current=" "), "current", "Enter the figure"),
        (lambda m, by: record(m, by, as_at=date(2012, 10, 2)), "as_at", "still to come"),
        (lambda m, by: record(m, by, as_at=date(2012, 9, 2)), "as_at", "later figure already"),
    ],
)
def test_what_is_wrong_with_a_figure_is_told_at_its_field(measure, owner, act, field, match):
    with pytest.raises(Refused, match=match) as refused:
        act(measure, owner)
    assert refused.value.field == field


def test_a_measure_keeps_its_own_name(measure, owner):
    kept = measures.change_measure(measure, name="Seen alone", baseline="", target="", by=acting(owner), at=NOW)
    assert kept.name == "Seen alone"


def test_an_action_that_left_the_plan_is_measured_and_rated_no_more(measure, owned, lead):
    moves.move(owned, Move.SUPERSEDE, reason="see another", by=acting(lead), at=NOW)
    for act in (
        lambda: record(measure, lead),
        lambda: ratings.rate_impact(owned, impact=Impact.EMERGING, reason="audit", by=acting(lead), at=NOW),
    ):
        with pytest.raises(Refused, match="has left the plan"):
            act()


def test_an_impact_rating_says_by_whom_when_and_on_what_it_rests(owned, lead):
    kept = ratings.rate_impact(owned, impact=Impact.EMERGING, reason="an audit ", by=acting(lead), at=NOW)
    found = kept.impact, kept.impact_reason, kept.impact_by, kept.impact_on
    assert found == (Impact.EMERGING, "an audit", lead, NOW.date())
