"""Rows about people beside the table of roles: who keeps them, who reads the plan, who leads, what is held."""

from datetime import date

import pytest

from tests import factories
from tests.worlds import world
from tracker import access
from tracker.choices import Role

pytestmark = pytest.mark.django_db

TODAY = date(2012, 9, 10)


@world
def everybody(rotherham):
    """Somebody for each role, in Rotherham."""
    return {role: factories.member(f"{role.label} Vane", rotherham, role) for role in Role}


def test_the_whole_plan_is_read_by_leads_owners_board_members_and_auditors(rotherham, everybody):
    readers = {everybody[role] for role in (Role.LEAD, Role.OWNER, Role.BOARD, Role.AUDITOR)}
    assert set(access.plan_readers(rotherham)) == readers


def test_the_leads_are_those_who_may_sign_in(rotherham, everybody):
    closed = factories.member("Greta Moor", rotherham, Role.LEAD)
    factories.people.change_person(closed, is_active=False, by=factories.house(), at=factories.at(2012, 9, 2))
    assert set(access.leads_of(rotherham)) == {everybody[Role.LEAD]}


@pytest.mark.parametrize("role", Role)
def test_what_is_held_is_counted_by_who_keeps_the_people_alone(everybody, owned, role):
    counted = list(access.held_actions(everybody[role], TODAY))
    assert (owned in counted) == (role in (Role.LEAD, Role.ADMINISTRATOR))


def test_what_is_held_elsewhere_is_nobody_s_to_count(stranger, owned):
    assert not access.held_actions(stranger, TODAY).exists()


@pytest.mark.parametrize("role", Role)
def test_people_are_kept_as_the_check_says(rotherham, everybody, role):
    assert access.can_people(everybody[role], rotherham) == (role in (Role.LEAD, Role.ADMINISTRATOR))
