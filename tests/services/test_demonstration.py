"""What a demonstration begins with: its people, five plans in the lead's name, and nothing twice."""

import pytest

from tests import factories
from tests.factories import SEEDS, house
from tracker.access import visible_actions
from tracker.choices import IntakeState, Role
from tracker.models import Action, Authority, Intake, Membership, Report, User
from tracker.rules.refusal import Refused
from tracker.services import demonstration, intake, trail

NOW = factories.at(2026, 3, 2)
PATHS = sorted(SEEDS.glob("*.txt"))


def begin(at=NOW):
    return demonstration.begin_people(by=house(), at=at), demonstration.begin_plan(PATHS, by=house(), at=at)


@pytest.fixture
def begun(db, monkeypatch):
    """A demonstration that has begun; the reports are read in this process."""
    monkeypatch.setattr(intake, "read_bytes", factories.read_here)
    return begin()


def test_every_seed_is_accepted_as_a_plan(begun):
    assert len(begun[1]) == Report.objects.count() == len(PATHS)


def test_the_lead_sees_every_action_of_the_three_authorities(begun):
    lead = User.objects.get(email=demonstration.LEAD.email)
    assert visible_actions(lead, NOW.date()).count() == Action.objects.count() > 0


def test_the_plans_were_accepted_by_the_lead_and_not_by_the_house(begun):
    assert set(Report.objects.values_list("accepted_by__email", flat=True)) == {demonstration.LEAD.email}


def test_the_owner_begins_with_a_few_actions(begun):
    assert Action.objects.filter(owner__email=demonstration.OWNER.email).count() == demonstration.OWNED


def test_no_date_is_supplied_that_a_report_does_not_print(begun):
    assert not Report.objects.exclude(publication_set_by=None).exists()


def test_a_second_beginning_adds_nothing(begun):
    assert begin() == ([], [])


def test_a_report_that_the_lead_has_put_aside_stays_aside(db, monkeypatch):
    monkeypatch.setattr(intake, "read_bytes", factories.read_here)
    demonstration.begin_people(by=house(), at=NOW)
    lead = factories.acting(User.objects.get(email=demonstration.LEAD.email))
    data, rotherham = PATHS[1].read_bytes(), Authority.objects.get(code="RTH")
    kept = intake.receive(data, name=PATHS[1].name, authority=rotherham, by=lead, at=NOW)
    intake.set_aside(kept, reason="not now", by=lead, at=NOW)
    demonstration.begin_plan(PATHS[1:2], by=house(), at=NOW)
    assert Intake.objects.get().state == IntakeState.SET_ASIDE


def test_the_administrator_is_made_once_and_sees_no_plan(db):
    (welcome,) = demonstration.begin_administrator(by=house(), at=NOW)
    again = demonstration.begin_administrator(by=house(), at=NOW)
    assert (again, Membership.objects.filter(user=welcome.person).count()) == ([], 0)


def test_the_shown_password_is_the_persons(db):
    (welcome,) = demonstration.begin_administrator(by=house(), at=NOW)
    assert User.objects.get().check_password(welcome.password)


def test_a_new_password_takes_the_place_of_the_old(begun):
    old = {each.person.email: each.password for each in begun[0]}
    renewed = demonstration.new_passwords(by=house(), at=NOW)
    assert [
        (each.person.check_password(each.password), each.password != old[each.person.email]) for each in renewed
    ] == [(True, True)] * len(old)


def test_passwords_differ():
    assert len({demonstration.password() for _ in range(50)}) == 50


@pytest.mark.parametrize("verb", [demonstration.begin_people, demonstration.new_passwords])
def test_a_real_installation_takes_no_demonstration(unbegun, verb):
    trail.begin(demonstration=False, by=house(), at=NOW)
    with pytest.raises(Refused, match="real installation"):
        verb(by=house(), at=NOW)


def test_only_an_administrator_of_the_site_begins_a_demonstration(lead):
    with pytest.raises(Refused, match="administrator of the site"):
        demonstration.begin_people(by=factories.acting(lead), at=NOW)


def test_the_lead_leads_and_the_owner_owns(begun):
    held = set(Membership.objects.values_list("user__email", "authority__code", "role"))
    leads = {(demonstration.LEAD.email, code, Role.LEAD) for code in ("RTH", "STF", "WSX")}
    assert held == leads | {(demonstration.OWNER.email, "RTH", Role.OWNER)}
