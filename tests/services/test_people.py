"""People: adding them, changing their details, finding them, writing on their behalf."""

import json

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import EventKind
from tracker.models import Event, User
from tracker.rules.refusal import Refused
from tracker.services import actions, people

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)


@world
def root(db):
    return factories.person("Rosa Quill", is_staff=True, is_superuser=True)


def add(by, email="ida.thorn@example.org", name="Ida Thorn", **more):
    return people.add_person(email=email, name=name, by=by, at=NOW, **more)


@pytest.mark.parametrize("email", ["BEN.MOSS@example.org", " ben.moss@example.org "])
def test_one_person_has_one_address_whatever_its_case(owner, lead, email):
    with pytest.raises(Refused, match="already") as refused:
        add(acting(lead), email=email)
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("more", "field"), [({"email": "no address"}, "email"), ({"name": " "}, "name"), ({"name": "x" * 151}, "name")]
)
def test_a_person_who_cannot_be_called_or_reached_is_refused_in_words(lead, more, field):
    with pytest.raises(Refused) as refused:
        add(acting(lead), **more)
    assert (refused.value.field, User.objects.filter(name="Ida Thorn").exists()) == (field, False)


def test_a_person_without_a_password_cannot_sign_in_with_one(lead):
    assert not add(acting(lead)).has_usable_password()


def test_a_lead_makes_nobody_an_administrator_of_the_site(lead, root):
    with pytest.raises(Refused, match="administrator of the site"):
        add(acting(lead), is_superuser=True)
    assert add(acting(root), is_superuser=True).is_superuser


def test_people_change_their_own_post_and_nothing_more(owner):
    changed = people.change_person(owner, job_title="Service manager", by=acting(owner), at=NOW)
    assert (changed.job_title, changed.name) == ("Service manager", "Ben Moss")
    with pytest.raises(Refused, match="administrator of the site"):
        people.change_person(owner, is_staff=True, by=acting(owner), at=NOW)


def test_only_the_site_s_administrator_stops_somebody_signing_in(owner, lead, root):
    with pytest.raises(Refused):
        people.change_person(owner, is_active=False, by=acting(lead), at=NOW)
    assert not people.change_person(owner, is_active=False, by=acting(root), at=NOW).is_active


def test_a_change_that_leaves_no_name_is_refused(owner):
    with pytest.raises(Refused) as refused:
        people.change_person(owner, name="", by=acting(owner), at=NOW)
    assert refused.value.field == "name"


def test_a_person_is_found_by_their_address_whatever_its_case(owner):
    assert (people.person_of(" Ben.Moss@EXAMPLE.org"), people.person_of("nobody@example.org")) == (owner, None)


def test_a_lead_writes_on_the_owner_s_behalf_and_the_trail_says_both_names(owned, owner, lead):
    noted = actions.note(owned, text="He rang.", on_behalf_of=owner, by=acting(lead), at=NOW)
    state = json.loads(Event.objects.get(kind=EventKind.NOTE_ADDED).bodies.get().body)["state"]
    assert (state["written_by"], state["on_behalf_of"]) == (lead.pk, owner.pk) == (noted.written_by_id, owner.pk)


def test_nobody_but_a_lead_writes_on_another_s_behalf(owned, owner):
    with pytest.raises(Refused, match="on another's behalf"):
        actions.note(owned, text="I rang.", on_behalf_of=owner, by=acting(owner), at=NOW)


def test_a_lead_writes_on_behalf_of_the_owner_alone(owned, lead, stranger):
    with pytest.raises(Refused, match="does not own"):
        actions.note(owned, text="He rang.", on_behalf_of=stranger, by=acting(lead), at=NOW)
