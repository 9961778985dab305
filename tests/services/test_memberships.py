"""Memberships: granting, ending with a hand-over, and what else a role that goes leaves to be settled."""

import json
from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, house
from tracker.choices import EventKind, Move, Role
from tracker.models import Action, Event, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import actions, deputies, memberships, moves, reference, verification

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)


def end(membership, by, **more):
    return memberships.end_membership(membership, by=acting(by), at=NOW, **more)


def test_a_membership_with_open_actions_is_not_ended_before_somebody_takes_them(owned, owner, lead):
    with pytest.raises(Refused, match=r"still answers for 1 open action:") as refused:
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
    memberships.grant_membership(user=owner, authority=rotherham, role=Role.LEAD, by=acting(lead), at=NOW)
    end(owner.memberships.get(role=Role.OWNER), lead)
    assert Action.objects.get(pk=owned.pk).owner == owner


def test_actions_of_other_authorities_are_not_handed_over(owned, owner, lead, staffordshire):
    memberships.grant_membership(user=owner, authority=staffordshire, role=Role.OWNER, by=house(), at=NOW)
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
    memberships.grant_membership(user=owner, authority=rotherham, role=Role.OWNER, by=acting(lead), at=NOW)
    assert Membership.objects.filter(user=owner).count() == 2


def test_the_same_role_is_granted_once(owner, lead, rotherham):
    with pytest.raises(Refused, match="already"):
        memberships.grant_membership(user=owner, authority=rotherham, role=Role.OWNER, by=acting(lead), at=NOW)


def test_granting_a_role_is_told_with_the_roles_of_who_granted_it(rotherham, lead):
    new = factories.person("Edda Holm")
    memberships.grant_membership(user=new, authority=rotherham, role=Role.OWNER, by=acting(lead), at=at(2012, 10, 1))
    body = Event.objects.filter(kind="membership_granted").latest("pk").bodies.get(position=0)
    assert json.loads(body.body)["actor"]["roles"] == ["lead"]


def change(membership, by, role, **more):
    return memberships.change_membership(membership, role=role, by=acting(by), at=NOW, **more)


def body_of(kind):
    return json.loads(Event.objects.filter(kind=kind).latest("pk").bodies.get(position=0).body)


def test_a_role_is_changed_and_the_trail_keeps_the_one_before(owner, lead):
    kept = change(owner.memberships.get(), lead, Role.AUDITOR, reason="New post.")
    told = body_of(EventKind.MEMBERSHIP_CHANGED)
    assert (kept.role, told["reason"], told["details"]["role_before"]) == (Role.AUDITOR, "New post.", "owner")


def test_confidential_packs_are_granted_and_taken_away(rotherham, lead):
    held = factories.member("Bo Lind", rotherham, Role.BOARD).memberships.get()
    assert change(held, lead, Role.BOARD, sees_confidential=True).sees_confidential
    assert not change(held, lead, Role.BOARD, sees_confidential=False).sees_confidential


@pytest.mark.parametrize("role", [each for each in Role if each != Role.BOARD])
def test_confidential_packs_are_granted_to_board_members_alone(rotherham, role):
    new = factories.person("Ida Thorn")
    held = memberships.grant_membership(
        user=new, authority=rotherham, role=role, sees_confidential=True, by=house(), at=NOW
    )
    assert not held.sees_confidential


def test_nobody_changes_their_own_role(lead, rotherham):
    factories.member("Greta Moor", rotherham, Role.LEAD)
    with pytest.raises(Refused, match="their own role"):
        change(lead.memberships.get(), lead, Role.AUDITOR)


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR])
def test_nobody_gives_themselves_a_role(rotherham, role):
    ned = factories.member("Ned Ash", rotherham, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="gives themselves a role"):
        memberships.grant_membership(user=ned, authority=rotherham, role=role, by=acting(ned), at=NOW)


def test_the_site_s_administrator_may_begin_with_a_role_of_their_own(rotherham):
    root = factories.person("Rosa Quill", is_superuser=True)
    granted = memberships.grant_membership(user=root, authority=rotherham, role=Role.LEAD, by=acting(root), at=NOW)
    assert granted.granted_by == root


def test_nothing_to_change_is_refused(owner, lead):
    with pytest.raises(Refused, match="nothing would change"):
        change(owner.memberships.get(), lead, Role.OWNER)


def test_a_role_held_already_is_not_made_a_second_time(owner, lead, rotherham):
    memberships.grant_membership(user=owner, authority=rotherham, role=Role.BOARD, by=acting(lead), at=NOW)
    with pytest.raises(Refused, match="already") as refused:
        change(owner.memberships.get(role=Role.OWNER), lead, Role.BOARD)
    assert refused.value.field == "role"


def test_a_membership_that_has_ended_is_not_changed(owner, lead):
    end(owner.memberships.get(), lead)
    with pytest.raises(Refused, match="has ended"):
        change(owner.memberships.get(), lead, Role.AUDITOR)


def test_the_last_lead_cannot_be_ended(lead):
    with pytest.raises(Refused, match="the only improvement lead of Rotherham"):
        end(lead.memberships.get(), lead)


def test_the_last_lead_cannot_become_something_else(lead, rotherham):
    ned = factories.member("Ned Ash", rotherham, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="the only improvement lead of Rotherham"):
        change(lead.memberships.get(), ned, Role.OWNER)


def test_a_lead_whose_account_is_closed_does_not_count_as_one(lead, rotherham):
    factories.member("Greta Moor", rotherham, Role.LEAD)
    factories.people.change_person(lead, is_active=False, by=house(), at=NOW)
    with pytest.raises(Refused, match="the only improvement lead"):
        memberships.end_membership(Membership.objects.get(user__name="Greta Moor"), by=house(), at=NOW)


def test_one_of_two_leads_may_go(lead, rotherham):
    greta = factories.member("Greta Moor", rotherham, Role.LEAD)
    assert end(lead.memberships.get(), greta).ended_at == NOW


def test_whoever_may_hold_actions_no_more_hands_them_over_when_the_role_changes(owned, owner, lead):
    with pytest.raises(Refused, match="say who takes over"):
        change(owner.memberships.get(), lead, Role.BOARD)
    change(owner.memberships.get(), lead, Role.BOARD, hand_over_to=lead)
    assert Action.objects.get(pk=owned.pk).owner == lead


def test_whoever_may_still_hold_actions_keeps_them_when_the_role_changes(owned, owner, lead):
    change(owner.memberships.get(), lead, Role.PARTNER)
    assert Action.objects.get(pk=owned.pk).owner == owner


def test_nobody_takes_over_from_themselves(owned, owner, lead):
    with pytest.raises(Refused, match="Choose somebody else") as refused:
        change(owner.memberships.get(), lead, Role.BOARD, hand_over_to=owner)
    assert refused.value.field == "hand_over_to"


def test_what_a_lead_who_leaves_was_accountable_for_is_handed_over_too(owned, owner, lead, rotherham):
    greta = factories.member("Greta Moor", rotherham, Role.LEAD)
    actions.edit(owned, what="Read them", outcome="", start_on=None, accountable=greta, by=acting(lead), at=NOW)
    end(greta.memberships.get(), lead, hand_over_to=lead)
    kept = Action.objects.get(pk=owned.pk)
    assert (kept.accountable, kept.owner) == (lead, owner)


def test_nobody_relies_on_a_deputy_who_has_left(owner, lead, rotherham):
    deputy = factories.member("Dora Vale", rotherham, Role.OWNER)
    days = {"first_day": date(2012, 10, 8), "last_day": date(2012, 10, 19)}
    deputies.name_deputy(owner.memberships.get(), deputy=deputy, by=acting(owner), at=NOW, **days)
    end(deputy.memberships.get(), lead)
    assert owner.memberships.get().deputy is None
    assert [each.sentence for each in verification.verify() if not each.lawful] == []


def test_whoever_holds_no_actions_any_more_needs_no_deputy(owner, lead):
    days = {"first_day": date(2012, 10, 8), "last_day": date(2012, 10, 19)}
    deputies.name_deputy(owner.memberships.get(), deputy=lead, by=acting(owner), at=NOW, **days)
    assert change(owner.memberships.get(), lead, Role.AUDITOR).deputy is None


def test_nothing_is_escalated_to_a_director_who_sees_the_plan_no_more(owner, lead, rotherham):
    reference.set_director(rotherham, director=owner, by=acting(lead), at=NOW)
    end(owner.memberships.get(), lead)
    rotherham.refresh_from_db()
    assert rotherham.director is None
    assert [each.sentence for each in verification.verify() if not each.lawful] == []


def test_a_director_who_still_sees_the_plan_stays(owner, lead, rotherham):
    reference.set_director(rotherham, director=owner, by=acting(lead), at=NOW)
    change(owner.memberships.get(), lead, Role.BOARD)
    rotherham.refresh_from_db()
    assert rotherham.director == owner


def test_what_would_follow_is_told_before_and_changes_nothing(owned, owner, lead):
    told = memberships.what_follows(owner.memberships.get(), becomes=None, by=acting(lead), on=NOW.date())
    assert ([each.pk for each in told.held], owner.memberships.get().ended_at) == ([owned.pk], None)


def test_what_would_follow_is_told_to_nobody_who_does_not_keep_the_people(owner, stranger):
    with pytest.raises(Refused):
        memberships.what_follows(owner.memberships.get(), becomes=None, by=acting(stranger), on=NOW.date())


def invite(by, authority, email="ida.thorn@example.org", name="Ida Thorn", **more):
    return memberships.invite(
        email=email, name=name, authority=authority, role=Role.BOARD, by=acting(by), at=NOW, **more
    )


def test_inviting_somebody_new_adds_them_and_grants_the_role(rotherham, lead):
    before = len(factories.events())
    invited = invite(lead, rotherham, job_title="Chair", organisation="The board")
    assert invited.is_new and factories.events()[before:] == ["person_added", "membership_granted"]
    assert (invited.membership.user.job_title, invited.membership.role) == ("Chair", Role.BOARD)


def test_inviting_somebody_who_is_there_leaves_their_own_name_and_details(rotherham, lead, stranger):
    invited = invite(lead, rotherham, email="Cato.Reed@EXAMPLE.org", name="Somebody Else", job_title="Spy")
    stranger.refresh_from_db()
    assert (invited.is_new, invited.membership.user, stranger.name, stranger.job_title) == (
        False,
        stranger,
        "Cato Reed",
        "",
    )


@pytest.mark.parametrize("email", ["cato.reed@example.org", "nobody.yet@example.org"])
def test_an_invitation_without_a_name_is_refused_alike_whether_or_not_there_is_an_account(
    rotherham, lead, stranger, email
):
    with pytest.raises(Refused, match="Enter their name") as refused:
        invite(lead, rotherham, email=email, name=" ")
    assert refused.value.field == "name"


def test_nobody_is_added_where_the_role_is_refused(rotherham, stranger):
    with pytest.raises(Refused, match="who has access"):
        invite(stranger, rotherham)
    assert not User.objects.filter(name="Ida Thorn").exists()
