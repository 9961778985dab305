"""How a plan came to where it stands, told by its moves, against the trail itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.access import visible_actions, visible_events, visible_happenings
from tracker.choices import Move, Role, Status
from tracker.models import Action
from tracker.rules.london import end_of
from tracker.rules.progress import PHASES, Phase
from tracker.services import actions, extensions, history, moves, plan, progress

pytestmark = pytest.mark.django_db

TODAY = date(2012, 12, 20)


def told(user, on=TODAY):
    return progress.progress_of(visible_actions(user, on), user=user, on=on)


@world
def second_lead(rotherham):
    return factories.member("Greta Holm", rotherham, Role.LEAD)


@world
def lively(owned, owner, lead, second_lead, report):
    """Three actions and a fourth, which between them make every move; one is extended, one reopened with a new date."""
    mine, leads, other = acting(owner), acting(lead), acting(second_lead)
    first, second, third = Action.objects.order_by("reference")
    asked = extensions.ask(first, to_due=date(2012, 12, 17), reason="floods", by=mine, at=at(2012, 9, 20))
    extensions.decide(asked, granted=True, by=leads, at=at(2012, 9, 21))
    moves.move(first, Move.START, by=mine, at=at(2012, 9, 24))
    moves.move(second, Move.SUPERSEDE, reason="A newer one", by=leads, at=at(2012, 10, 15))
    fourth = plan.add_action(second.recommendation, what="Train", by=leads, at=at(2012, 10, 22))
    factories.submitted(first, by=owner)
    moves.move(first, Move.RETURN, reason="Too few files", by=leads, at=at(2012, 11, 5))
    moves.move(first, Move.SUBMIT, by=mine, at=at(2012, 11, 12))
    moves.move(first, Move.RECALL, by=mine, at=at(2012, 11, 12, 13))
    moves.move(first, Move.SUBMIT, by=mine, at=at(2012, 11, 13))
    moves.move(first, Move.SIGN_OFF, by=leads, at=at(2012, 11, 19))
    moves.move(second, Move.RESTORE, reason="After all", by=leads, at=at(2012, 11, 26))
    moves.move(third, Move.SET_ASIDE, reason="The team is gone", by=leads, at=at(2012, 12, 3))
    new_due = date(2013, 2, 1)
    moves.move(first, Move.REOPEN, reason="It slipped", new_due=new_due, by=other, at=at(2012, 12, 10))
    return fourth


def as_the_trail_tells(authority, day):
    """How many actions were in which phase at the day's end, from the bodies of the trail."""
    states = history.states("action", history.resolve(authority, end_of(day))).values()
    found = dict.fromkeys(Phase, 0)
    for state in states:
        found[PHASES[Status(state["status"])]] += 1
    return found


def test_every_point_is_what_the_trail_tells_of_that_day(lively, lead, rotherham):
    found = told(lead)
    past = found.points[: found.looks.present + 1]
    assert [dict(point.counts) for point in past] == [as_the_trail_tells(rotherham, point.on) for point in past]
    assert len(past) > 12


def test_the_agreed_dates_are_those_the_trail_tells_of_that_day(lively, lead, rotherham):
    found = told(lead)
    for point in found.points[: found.looks.present + 1]:
        states = history.states("action", history.resolve(rotherham, end_of(point.on))).values()
        kept = [state for state in states if PHASES[Status(state["status"])] is not Phase.ASIDE]
        due = sum(1 for state in kept if state["agreed_due"] and state["agreed_due"] <= point.on.isoformat())
        assert (point.on, point.due_agreed) == (point.on, due)


def test_the_last_point_is_what_the_rows_say_today(lively, lead):
    now = told(lead).present
    rows = visible_actions(lead, TODAY)
    assert now.counts[Phase.OPEN] == rows.open().count() == 3
    assert (now.counts[Phase.SUBMITTED], now.counts[Phase.ASIDE]) == (rows.awaiting_sign_off().count(), 1)


def test_what_will_be_due_is_looked_at_ahead(lively, lead):
    found = told(lead)
    assert found.points[-1].due_agreed == 1 and found.points[-1].on >= date(2013, 2, 1) > TODAY


def test_actions_without_a_date_are_counted_apart(lively, lead):
    assert told(lead).undated == 2


def test_dates_far_ahead_are_counted_and_not_drawn(owned, lead, report):
    other = Action.objects.order_by("reference")[1]
    actions.set_first_due(other, due=date(2020, 1, 1), reason="agreed", by=acting(lead), at=at(2012, 9, 4))
    assert told(lead).later == 1


def test_an_action_that_came_in_closed_was_closed_from_its_first_day(report, lead):
    Action.objects.filter(reference="RTH-2012-01").update(status=Status.CLOSED, closed_elsewhere=True)
    assert told(lead).points[0].counts[Phase.CLOSED] == 1


def test_an_action_that_came_in_closed_and_was_reopened_was_closed_before(report, lead):
    action = Action.objects.get(reference="RTH-2012-01")
    Action.objects.filter(pk=action.pk).update(status=Status.CLOSED, closed_elsewhere=True)
    by, new_due = acting(lead), date(2013, 1, 7)
    moves.move(action, Move.REOPEN, reason="It slipped", new_due=new_due, by=by, at=at(2012, 10, 15))
    closed = {point.on: point.counts[Phase.CLOSED] for point in told(lead).points}
    assert (closed[date(2012, 10, 14)], closed[date(2012, 10, 21)]) == (1, 0)


def test_where_there_is_nothing_to_see_there_is_no_progress(lively, stranger):
    assert told(stranger) is None


def test_a_partner_s_progress_is_that_of_their_own_actions(lively, lead, rotherham):
    partner = factories.member("Pia Wren", rotherham, Role.PARTNER)
    words = {"what": "Train", "outcome": "", "start_on": None, "partners": [partner]}
    actions.edit(lively, **words, by=acting(lead), at=at(2012, 12, 11))
    assert told(partner).present.total == 1 < told(lead).present.total


def test_a_board_member_sees_the_progress_and_not_the_trail(lively, lead, rotherham):
    member = factories.member("Fay Quist", rotherham, Role.BOARD)
    assert told(member) == told(lead)
    assert not visible_events(member, TODAY).exists()


def test_no_happening_of_a_strangers_action_is_told(lively, stranger):
    assert not visible_happenings(stranger, TODAY, progress.AFTER).exists()


def test_the_number_of_queries_does_not_grow_with_the_plan(lively, report, lead):
    def queries():
        with CaptureQueriesContext(connection) as found:
            told(lead)
        return len(found)

    before = queries()
    for n in range(20):
        plan.add_action(lively.recommendation, what=f"Train {n}", by=acting(lead), at=at(2012, 12, 12))
    assert queries() == before
