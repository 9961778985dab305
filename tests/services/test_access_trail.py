"""No way of changing who has access leaves the trail without a line."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import factories
from tests.factories import acting, at, house
from tests.signing_in import SECRET, recovery_codes, with_factor
from tracker.access import visible
from tracker.choices import Role
from tracker.models import Event, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import (
    deputies,
    memberships,
    own_data,
    people,
    second_factors,
    sign_ins,
    single_sign_on,
    verification,
)

pytestmark = pytest.mark.django_db
NOW = at(2012, 10, 1)
# Fields that open or close a door, or say who somebody is.
ACCESS = {
    User: {"email", "name", "job_title", "organisation", "is_active", "is_staff", "is_superuser"},
    Membership: {
        *("user", "authority", "role", "sees_confidential", "granted_at", "granted_by", "ended_at", "ended_by"),
        *("deputy", "deputy_from", "deputy_to"),
    },
}
CHANGES = {
    "grant": lambda t, **m: memberships.grant_membership(user=t.new, authority=t.rotherham, role=Role.BOARD, **m),
    "change": lambda t, **m: memberships.change_membership(t.held, role=Role.AUDITOR, **m),
    "confidential": lambda t, **m: memberships.change_membership(t.held, role=Role.BOARD, sees_confidential=True, **m),
    "end": lambda t, **m: memberships.end_membership(t.held, **m),
    "deputy": lambda t, **m: deputies.name_deputy(
        t.lead.memberships.get(), deputy=t.owner, first_day=date(2012, 10, 1), last_day=date(2012, 10, 9), **m
    ),
    "no deputy": lambda t, **m: deputies.name_deputy(
        t.lead.memberships.get(), deputy=None, first_day=None, last_day=None, **m
    ),
    "name": lambda t, **m: people.change_person(t.new, name="Ida Marsh", **m),
    "staff": lambda t, **m: people.change_person(t.new, is_staff=True, **m),
    "closed": lambda t, **m: people.change_person(t.new, is_active=False, **m),
    "opened": lambda t, **m: people.change_person(t.shut, is_active=True, **m),
    "factor set up": lambda t, **m: second_factors.set_up(t.owner, secret=SECRET, **{**m, "by": acting(t.owner)}),
    "factor switched off": lambda t, **m: second_factors.switch_off(t.guarded, **{**m, "by": acting(t.guarded)}),
    "recovery codes renewed": lambda t, **m: second_factors.renew_codes(t.guarded, **{**m, "by": acting(t.guarded)}),
    "recovery code used": lambda t, **m: second_factors.spend_code(
        t.guarded, code=recovery_codes(t.guarded)[0], **{**m, "by": acting(t.guarded)}
    ),
    "factor taken off": lambda t, **m: second_factors.take_off(t.guarded, reason="new telephone", **m),
    "council's sign-in linked": lambda t, **m: single_sign_on.link(
        t.owner, provider="council", subject="7", **{**m, "by": acting(t.owner)}
    ),
    "signed out everywhere": lambda t, **m: sign_ins.sign_out_everywhere(t.owner, **{**m, "by": acting(t.owner)}),
    "administrator of the site": lambda t, **m: people.add_person(
        email="sol@example.org", name="Sol Ames", is_staff=True, is_superuser=True, **m
    ),
}


class There:
    """The people whom the changes are about."""

    def __init__(self, rotherham, lead, owner):
        self.rotherham, self.lead, self.owner = rotherham, lead, owner
        self.new, self.shut = factories.person("Ida Thorn"), factories.person("Una Bell")
        people.change_person(self.shut, is_active=False, by=house(), at=NOW)
        self.guarded = with_factor(factories.person("Jo Hale"), second_factors)
        self.held = factories.member("Bo Quist", rotherham, Role.BOARD).memberships.get()


@pytest.mark.parametrize("kind", ACCESS)
def test_the_trail_keeps_every_field_that_gives_access(kind):
    assert ACCESS[kind] <= set(kind.TRAIL_FIELDS)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_access_is_one_line_of_the_trail_that_tells_it_all(rotherham, lead, owner, change):
    there = There(rotherham, lead, owner)
    before = Event.objects.count()
    CHANGES[change](there, by=house(), at=NOW)
    assert (Event.objects.count() - before, list(verification.verify())) == (1, [])


DOORS = ["factor set up", "factor switched off", "recovery codes renewed", "recovery code used", "factor taken off"]
DOORS += ["council's sign-in linked", "signed out everywhere"]


@pytest.mark.parametrize("change", DOORS)
def test_what_happened_at_somebody_s_door_they_may_see_and_no_lead_of_theirs(rotherham, lead, owner, change):
    there = There(rotherham, lead, owner)
    CHANGES[change](there, by=house(), at=NOW)
    event = Event.objects.latest("pk")
    person = User.objects.get(pk=event.subject_id)
    seen = [event in visible(Event, who, NOW.date()) for who in (there.lead, person)]
    own = own_data.held_about(person, NOW.date())["trail"]
    assert (seen, own[-1]["what"]) == ([False, False], event.get_kind_display())


@pytest.mark.parametrize("change", DOORS)
def test_no_secret_of_a_door_stands_in_the_trail(rotherham, lead, owner, change):
    there = There(rotherham, lead, owner)
    codes = recovery_codes(there.guarded)
    CHANGES[change](there, by=house(), at=NOW)
    told = "".join(Event.objects.latest("pk").bodies.values_list("body", flat=True))
    assert not [secret for secret in (SECRET, *codes) if secret in told]


@pytest.mark.parametrize("field", sorted(ACCESS[User] - {"email", "name"}))
def test_access_changed_without_a_line_of_the_trail_is_found(lead, field):
    value = True if field in ("is_staff", "is_superuser") else False if field == "is_active" else "Other"
    User.objects.filter(pk=lead.pk).update(**{field: value})
    assert [field in finding.sentence for finding in verification.verify()] == [True]


def test_no_command_makes_an_administrator_behind_the_trail():
    with pytest.raises((CommandError, AttributeError)):
        call_command("createsuperuser", interactive=False, email="x@example.org", name="X Y")


def test_a_lead_changes_nobody_s_flags(lead, owner):
    with pytest.raises(Refused):
        people.change_person(owner, is_staff=True, by=acting(lead), at=NOW)
