"""Who a person is, read once for a whole list: the same answers as asking for each row."""

from datetime import date

import pytest

from tests import factories
from tests.plenty import plenty
from tests.worlds import world
from tracker.access import Seat, can, can_action, stands_as_owner
from tracker.models import Action
from tracker.rules.roles import ALL, Ability
from tracker.services import deputies

pytestmark = pytest.mark.django_db

DAY = date(2013, 6, 12)
WHO = ["lead", "second", "owner", "partner", "board", "auditor", "administrator"]


@world
def council(rotherham):
    """A council with one of each role; the partner stands in for the owner, and is a partner in another action."""
    made = plenty(rotherham, "rotherham")
    made.report.recommendations.last().actions.get().partners.add(made.partner)
    deputies.name_deputy(
        made.owner.memberships.get(),
        deputy=made.partner,
        first_day=date(2013, 6, 10),
        last_day=DAY,
        by=factories.acting(made.lead),
        at=factories.at(2013, 6, 4),
    )
    return made


def answers(seat, on, person, about):
    return {action.pk: about(seat, action, person, on) for action in Action.objects.all()}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("day", [DAY, date(2013, 6, 13)])
def test_whoever_works_on_an_action_is_said_to_work_on_it(council, who, day):
    person = getattr(council, who)
    seat = Seat.of(person, day)
    rows = list(Action.objects.all())
    assert [seat.works_on(row) for row in rows] == [can_action(person, Ability.WORK, row, on=day) for row in rows]


@pytest.mark.parametrize("who", WHO)
def test_whoever_stands_as_owner_is_said_to_do_so(council, who):
    person = getattr(council, who)
    seat = Seat.of(person, DAY)
    rows = list(Action.objects.all())
    assert [seat.stands_as_owner(row) for row in rows] == [stands_as_owner(person, row, DAY) for row in rows]


@pytest.mark.parametrize("ability", Ability)
@pytest.mark.parametrize("who", WHO)
def test_an_ability_reaches_as_far_as_asking_says(council, who, ability):
    person = getattr(council, who)
    seat = Seat.of(person, DAY)
    assert (seat.reach(council.authority.pk, ability) is ALL) == can(person, ability, council.authority)


def test_a_seat_takes_one_query(council, django_assert_num_queries):
    with django_assert_num_queries(1):
        Seat.of(council.partner, DAY)


def test_nothing_reaches_an_authority_without_a_role(council, staffordshire):
    assert Seat.of(council.lead, DAY).whole(Ability.KEEP_PLAN) == [council.authority.pk]
