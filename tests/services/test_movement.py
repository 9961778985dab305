"""How a plan moved between two moments, read from the trail."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import acting, at, member, peer_review
from tracker.choices import Move, Role
from tracker.models import Action
from tracker.rules.london import end_of
from tracker.rules.refusal import Refused
from tracker.rules.since import Movement
from tracker.services import actions, evidence, extensions, moves, ratings
from tracker.services.movement import movement

pytestmark = pytest.mark.django_db

M = Movement
MEETING, NOW = end_of(date(2012, 10, 1)), at(2012, 11, 30)


def since(authority, lead, then=MEETING, until=NOW):
    return {each.after["reference"]: each.how for each in movement(authority, since=then, until=until, by=acting(lead))}


def test_what_happened_before_is_no_movement(owned, rotherham, lead):
    assert since(rotherham, lead) == {}


def test_everything_is_new_where_the_plan_began_afterwards(owned, rotherham, lead):
    found = since(rotherham, lead, then=end_of(date(2012, 9, 1)))
    assert found == {f"RTH-2012-0{n}": (M.NEW,) for n in (1, 2, 3)}


def test_an_extension_granted_moves_the_date(owned, owner, rotherham, lead):
    asked = extensions.ask(owned, to_due=date(2013, 2, 1), reason="floods", by=acting(owner), at=at(2012, 10, 8))
    extensions.decide(asked, granted=True, by=acting(lead), at=at(2012, 10, 9))
    [moved] = movement(rotherham, since=MEETING, until=NOW, by=acting(lead))
    assert moved.how == (M.DATE_MOVED,)
    assert (moved.told.was("agreed_due"), moved.after["agreed_due"]) == ("2012-12-03", "2013-02-01")


def test_a_return_is_movement_though_the_action_is_submitted_again(owned, owner, rotherham, lead):
    mine, leads = acting(owner), acting(lead)
    evidence.add_note(owned, title="Audit", text="Ten files.", by=mine, at=at(2012, 10, 3))
    kept = moves.move(owned, Move.SUBMIT, by=mine, at=at(2012, 10, 3))
    kept = moves.move(kept, Move.RETURN, reason="Too few.", by=leads, at=at(2012, 10, 5))
    moves.move(kept, Move.SUBMIT, by=mine, at=at(2012, 10, 8))
    assert since(rotherham, lead) == {"RTH-2012-01": (M.RETURNED,)}


def test_several_movements_of_one_action_are_all_told(owned, owner, rotherham, lead):
    kept = actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 10, 8))
    kept = moves.move(kept, Move.START, by=acting(lead), at=at(2012, 10, 9))
    ratings.lower_rating(kept, reason="the supplier is late", by=acting(lead), at=at(2012, 10, 10))
    assert since(rotherham, lead) == {"RTH-2012-01": (M.OWNER_CHANGED, M.LOWERED)}


def test_what_happened_after_the_later_moment_is_left_out(owned, rotherham, lead):
    actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 12, 8))
    assert since(rotherham, lead) == {}


def test_the_meeting_s_own_day_belongs_to_the_time_before(owned, rotherham, lead):
    actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 10, 1, 22))
    assert since(rotherham, lead) == {}


def test_another_council_s_movement_is_not_told(owned, rotherham, lead, staffordshire, stranger):
    peer_review(staffordshire, by=stranger)
    assert set(since(rotherham, lead, then=end_of(date(2012, 9, 1)))) == {f"RTH-2012-0{n}" for n in (1, 2, 3)}


def test_who_sees_the_plan_alone_sees_how_it_moved(owned, rotherham):
    seen = movement(rotherham, since=MEETING, until=NOW, by=acting(member("Fay Quist", rotherham, Role.BOARD)))
    assert seen == []


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR])
def test_who_does_not_see_the_whole_plan_is_refused(owned, rotherham, role):
    with pytest.raises(Refused, match="no access to this plan"):
        movement(rotherham, since=MEETING, until=NOW, by=acting(member("Bea Holt", rotherham, role)))


def test_a_longer_time_asks_no_more_of_the_database(owned, rotherham, lead, owner):
    def asked(until):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            movement(rotherham, since=MEETING, until=until, by=acting(lead))
        return len(queries)

    few = asked(at(2012, 10, 2))
    for number, action in enumerate(Action.objects.all()):
        actions.assign(action, owner=lead, by=acting(lead), at=at(2012, 10, 8 + number))
    assert asked(NOW) == few
