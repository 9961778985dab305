"""The rating that the database counts by is the rating that the rule gives."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.worlds import world
from tracker.choices import Delivery, Status
from tracker.models import Action, Authority
from tracker.rules.london import LONDON, end_of
from tracker.rules.standing import is_silent

pytestmark = pytest.mark.django_db

TODAY = factories.at(2012, 11, 12).date()
DUE = (None, -1, 0, 5, 6, 14, 15)
GRACE = (0, 1)
STARTS = (None, -1, 0)
HEARD = (0, 6, 7, 29, 30)


def day(offset):
    return None if offset is None else TODAY + timedelta(days=offset)


def row(report, who, number, *, status, due, grace, start, heard, lowered):
    """An action as the constraints allow it, and as it was never made by a verb."""
    owner, lead = who
    sent = status in (Status.SUBMITTED, Status.CLOSED)
    done = status == Status.CLOSED
    return Action(
        authority=report.authority,
        recommendation=report.recommendations.first(),
        reference=f"T-{number:05}",
        what="see every child alone",
        status=status,
        original_due=day(due),
        agreed_due=day(due),
        overdue_after=None if due is None else day(due + grace),
        start_on=day(start),
        accepted_on=TODAY - timedelta(days=90),
        last_heard_at=heard,
        lowered_to=Delivery.AMBER if lowered else "",
        lowered_reason="the supplier is late" if lowered else "",
        lowered_by=lead if lowered else None,
        submitted_at=factories.at(2012, 11, 1) if sent else None,
        submitted_by=owner if sent else None,
        closed_at=factories.at(2012, 11, 2) if done else None,
        closed_by=lead if done else None,
    )


def keep(rows):
    Action.objects.bulk_create(rows)
    return Action.objects.filter(reference__startswith="T-").select_related("authority")


def differing(rows, on):
    """The references whose rating in the database is another than the rule's."""
    counted = dict(rows.rated(on).values_list("reference", "rating"))
    told = {action.reference: action.delivery_on(on) for action in rows}
    assert counted
    return {reference for reference, rating in told.items() if counted[reference] != rating}


def noon(days_ago):
    return end_of(TODAY - timedelta(days=days_ago)).replace(hour=12)


@world
def every_combination(report, owner, lead):
    """Every status with every distance of due date, start and last news that a threshold could turn on."""
    table = [
        *product(Status, DUE, (0,), STARTS, HEARD, (False,)),
        *product(Status, DUE, GRACE, (None, -1), (0, 30), (False, True)),
    ]
    return keep(
        row(
            report,
            (owner, lead),
            number,
            status=status,
            due=due,
            grace=grace,
            start=start,
            heard=noon(heard),
            lowered=lowered,
        )
        for number, (status, due, grace, start, heard, lowered) in enumerate(table)
    )


LIMITS = ({}, {"due_soon_days": 5}, {"silent_days": 7}, {"due_soon_days": 1, "silent_days": 90})


def test_every_combination_is_rated_as_the_rule_rates_it_whatever_the_thresholds(every_combination, rotherham):
    found = {}
    for limits in LIMITS:
        Authority.objects.filter(pk=rotherham.pk).update(settings=limits)
        found[str(limits)] = differing(every_combination.all(), TODAY)
    assert found == {str(limits): set() for limits in LIMITS}


def test_every_combination_is_silent_as_the_rule_says_whatever_the_threshold(every_combination, rotherham):
    found = {}
    for days in (30, 7):
        Authority.objects.filter(pk=rotherham.pk).update(settings={"silent_days": days})
        by_rule = {a.pk for a in every_combination.all() if is_silent(a.standing, as_at=TODAY, days=days)}
        found[days] = by_rule ^ set(every_combination.silent(TODAY).values_list("pk", flat=True))
    assert found == {30: set(), 7: set()}


def test_the_combinations_hold_every_rating_and_none_and_take_two_queries(every_combination):
    with CaptureQueriesContext(connection) as queries:
        found = {*every_combination.rated(TODAY).values_list("rating", flat=True)}
    assert (found, len(queries)) == ({*Delivery, None}, 2)


def test_every_combination_is_rated_as_the_rule_rates_it_on_any_day(every_combination):
    found = {offset: differing(every_combination.all(), day(offset)) for offset in (-40, -1, 1, 40)}
    assert found == dict.fromkeys(found, set())


def test_each_authority_is_rated_by_its_own_thresholds(report, staffordshire, stranger, owner, lead):
    other = factories.peer_review(staffordshire, by=stranger)
    Authority.objects.filter(pk=staffordshire.pk).update(settings={"due_soon_days": 2})
    Authority.objects.filter(code="WSX").update(settings={"due_soon_days": 60})
    facts = {"status": Status.IN_PROGRESS, "due": 6, "grace": 0, "start": None, "heard": noon(0), "lowered": False}
    rows = keep([row(report, (owner, lead), 1, **facts), row(other, (owner, lead), 2, **facts)])
    assert dict(rows.rated(TODAY).values_list("reference", "rating")) == {"T-00001": "amber", "T-00002": "green"}


@given(
    st.lists(
        st.builds(
            dict,
            status=st.sampled_from(Status),
            due=st.none() | st.integers(-60, 60),
            grace=st.integers(0, 9),
            start=st.none() | st.integers(-60, 60),
            heard=st.datetimes(
                factories.at(2012, 8, 1).replace(tzinfo=None), factories.at(2012, 11, 14).replace(tzinfo=None)
            ).map(lambda moment: moment.replace(tzinfo=LONDON)),
            lowered=st.booleans(),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_action_is_rated_as_the_rule_rates_it(report, owner, lead, facts):
    Action.objects.filter(reference__startswith="T-").delete()
    assert differing(keep(row(report, (owner, lead), n, **each) for n, each in enumerate(facts)), TODAY) == set()
