"""People: adding, changing, granting, ending with a hand-over, standing in."""

import json
from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, house
from tracker.choices import EventKind, Move, Role
from tracker.models import Action, Event, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import actions, moves, people

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)
FIRST, LAST = date(2012, 10, 8), date(2012, 10, 19)


@pytest.fixture
def root(db):
    return factories.person("Rosa Quill", is_staff=True, is_superuser=True)


def end(membership, by, **more):
    return people.end_membership(membership, by=acting(by), at=NOW, **more)


def test_a_membership_with_open_actions_is_not_ended_before_somebody_takes_them(owned, owner, lead):
    with pytest.raises(Refused, match=r"still answers for 1 action\(s\)") as refused:
        end(owner.memberships.get(), lead)
    assert (refused.value.field, owner.memberships.get().ended_at) == ("hand_over_to", None)


def test_open_actions_are_handed_over_when_a_membership_ends(owned, owner, lead):
    end(owner.memberships.get(), lead, hand_over_to=lead, reason="New post.")
    kept = Action.objects.get(pk=owned.pk)
    assert (kept.owner, kept.assigned_on) == (lead, NOW.date())


def test_a_hand_over_is_told_in_both_trails(owned, owner, lead):
    start = len(factories.events())
    end(owner.memberships.get(), lead, hand_over_to=lead, reason="New post.")
    told = list(Event.objects.order_by("id").values_list("kind", "chain__key"))[start:]
    assert told == [("membership_ended", "installation"), ("action_assigned", "authority-RTH")]


def test_a_hand_over_says_why(owned, owner, lead):
    end(owner.memberships.get(), lead, hand_over_to=lead, reason="New post.")
    body = Event.objects.filter(kind=EventKind.ACTION_ASSIGNED).last().bodies.get(position=0).body
    assert json.loads(body)["reason"] == "Ben Moss has left. New post."


def test_closed_actions_stay_with_who_closed_them(owned, owner, lead):
    factories.submitted(owned, by=owner)
    moves.move(owned, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))
    end(owner.memberships.get(), lead)
    assert Action.objects.get(pk=owned.pk).owner == owner


def test_who_keeps_another_role_keeps_their_actions(owned, owner, lead, rotherham):
    people.grant_membership(user=owner, authority=rotherham, role=Role.LEAD, by=acting(lead), at=NOW)
    end(owner.memberships.get(role=Role.OWNER), lead)
    assert Action.objects.get(pk=owned.pk).owner == owner


def test_actions_of_other_authorities_are_not_handed_over(owned, owner, lead, staffordshire):
    people.grant_membership(user=owner, authority=staffordshire, role=Role.OWNER, by=house(), at=NOW)
    end(owner.memberships.get(authority=staffordshire), factories.member("Cato Reed", staffordshire, Role.LEAD))
    assert Action.objects.get(pk=owned.pk).owner == owner


def test_actions_are_handed_only_to_who_may_hold_them(owned, owner, lead, rotherham):
    board = factories.member("Bo Lind", rotherham, Role.BOARD)
    with pytest.raises(Refused, match="no role"):
        end(owner.memberships.get(), lead, hand_over_to=board)
    assert owner.memberships.get().ended_at is None


def test_a_membership_ends_once(owner, lead):
    end(owner.memberships.get(), lead)
    with pytest.raises(Refused, match="ended already"):
        end(owner.memberships.get(), lead)


def test_an_ended_membership_may_be_granted_anew(owner, lead, rotherham):
    end(owner.memberships.get(), lead)
    people.grant_membership(user=owner, authority=rotherham, role=Role.OWNER, by=acting(lead), at=NOW)
    assert Membership.objects.filter(user=owner).count() == 2


def test_the_same_role_is_granted_once(owner, lead, rotherham):
    with pytest.raises(Refused, match="already"):
        people.grant_membership(user=owner, authority=rotherham, role=Role.OWNER, by=acting(lead), at=NOW)


def name_deputy(membership, by, deputy, first=FIRST, last=LAST):
    return people.name_deputy(membership, deputy=deputy, first_day=first, last_day=last, by=acting(by), at=NOW)


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
    end(owner.memberships.get(), lead)
    with pytest.raises(Refused, match="has ended"):
        name_deputy(owner.memberships.get(), owner, lead)


def test_somebody_else_s_deputy_is_named_by_who_keeps_the_people(owner, rotherham):
    board = factories.member("Bo Lind", rotherham, Role.BOARD)
    with pytest.raises(Refused, match="who has access"):
        name_deputy(owner.memberships.get(), board, board)


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


def test_granting_a_role_is_told_with_the_roles_of_who_granted_it(rotherham, lead):
    new = factories.person("Edda Holm")
    people.grant_membership(user=new, authority=rotherham, role=Role.OWNER, by=acting(lead), at=at(2012, 10, 1))
    body = Event.objects.filter(kind="membership_granted").latest("pk").bodies.get(position=0)
    assert json.loads(body.body)["actor"]["roles"] == ["lead"]
