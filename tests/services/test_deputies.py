"""Standing in for somebody: who may, from which day to which, and when it ends by itself."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tracker.choices import Role
from tracker.rules.refusal import Refused
from tracker.services import actions, deputies, memberships

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)
FIRST, LAST = date(2012, 10, 8), date(2012, 10, 19)


def name_deputy(membership, by, deputy, first=FIRST, last=LAST):
    return deputies.name_deputy(membership, deputy=deputy, first_day=first, last_day=last, by=acting(by), at=NOW)


def test_an_owner_names_their_own_deputy_who_then_works_on_their_actions(owned, owner, rotherham):
    deputy = factories.member("Dora Vale", rotherham, Role.OWNER)
    name_deputy(owner.memberships.get(), owner, deputy)
    noted = actions.note(owned, text="The audit has begun.", by=acting(deputy), at=at(2012, 10, 8))
    assert noted.written_by == deputy


@pytest.mark.parametrize("moment", [at(2012, 10, 7), at(2012, 10, 19, 23, 0)])
def test_a_deputy_s_days_are_counted_in_london(owned, owner, rotherham, moment):
    """On 19 October 2012 at 23:00 in UTC it is the 20th in London already."""
    deputy = factories.member("Dora Vale", rotherham, Role.OWNER)
    name_deputy(owner.memberships.get(), owner, deputy)
    with pytest.raises(Refused):
        actions.note(owned, text="The audit has begun.", by=acting(deputy), at=moment)


def test_a_deputyship_is_taken_back(owner, lead):
    name_deputy(owner.memberships.get(), lead, lead)
    kept = name_deputy(owner.memberships.get(), lead, None)
    assert (kept.deputy, kept.deputy_from, kept.deputy_to) == (None, None, None)


@pytest.mark.parametrize(("first", "last"), [(None, LAST), (FIRST, None), (LAST, FIRST)])
def test_a_deputy_has_a_first_and_a_last_day(owner, lead, first, last):
    with pytest.raises(Refused, match="first and a last day"):
        name_deputy(owner.memberships.get(), owner, lead, first, last)


def test_nobody_is_their_own_deputy(owner):
    with pytest.raises(Refused, match="own deputy"):
        name_deputy(owner.memberships.get(), owner, owner)


def test_a_deputy_comes_from_the_same_authority(owner, stranger):
    with pytest.raises(Refused, match="has no access to Rotherham"):
        name_deputy(owner.memberships.get(), owner, stranger)


def test_who_has_left_names_no_deputy(owner, lead):
    memberships.end_membership(owner.memberships.get(), by=acting(lead), at=NOW)
    with pytest.raises(Refused, match="has ended"):
        name_deputy(owner.memberships.get(), owner, lead)


def test_somebody_else_s_deputy_is_named_by_who_keeps_the_people(owner, rotherham):
    board = factories.member("Bo Lind", rotherham, Role.BOARD)
    with pytest.raises(Refused, match="who has access"):
        name_deputy(owner.memberships.get(), board, board)


@pytest.mark.parametrize("role", [Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_work_on_actions_stands_in_for_nobody(owner, rotherham, role):
    idle = factories.member("Bo Lind", rotherham, role)
    with pytest.raises(Refused, match="a lead, an owner or a partner") as refused:
        name_deputy(owner.memberships.get(), owner, idle)
    assert refused.value.field == "deputy"


@pytest.mark.parametrize("role", [Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_holds_no_actions_needs_no_deputy(lead, rotherham, role):
    idle = factories.member("Bo Lind", rotherham, role)
    with pytest.raises(Refused, match="nothing to stand in for"):
        name_deputy(idle.memberships.get(), lead, lead)


@pytest.mark.parametrize("role", [Role.LEAD, Role.OWNER, Role.PARTNER])
def test_whoever_may_work_on_actions_may_stand_in(owner, rotherham, role):
    deputy = factories.member("Dora Vale", rotherham, role)
    assert name_deputy(owner.memberships.get(), owner, deputy).deputy == deputy


def test_a_leave_that_is_over_needs_no_deputy(owner, lead):
    with pytest.raises(Refused, match="passed already") as refused:
        name_deputy(owner.memberships.get(), owner, lead, date(2012, 9, 3), date(2012, 9, 30))
    assert refused.value.field == "deputy_to"
