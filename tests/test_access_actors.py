"""Who acts: a person who has signed in, or the house; and who may take a pack of the whole plan."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import factories
from tracker import access
from tracker.access import Actor
from tracker.choices import Channel, Role
from tracker.models import Action
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import evidence, memberships

pytestmark = pytest.mark.django_db

TODAY = date(2012, 10, 8)


def lets_through(check, *args, **more):
    try:
        check(*args, **more)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "granted", "confidential", "wanted"),
    [
        (Role.LEAD, False, True, True),
        (Role.AUDITOR, False, True, True),
        (Role.BOARD, False, False, True),
        (Role.BOARD, False, True, False),
        (Role.BOARD, True, True, True),
        (Role.OWNER, True, False, False),
        (Role.PARTNER, True, False, False),
        (Role.ADMINISTRATOR, True, False, False),
    ],
)
def test_a_pack_goes_to_the_board_in_public_and_in_confidence_as_granted(
    rotherham, role, granted, confidential, wanted
):
    person = factories.person("Sam Birch")
    memberships.grant_membership(
        user=person,
        authority=rotherham,
        role=role,
        sees_confidential=granted,
        by=factories.house(),
        at=factories.at(2012, 9, 1),
    )
    by = factories.acting(person)
    assert lets_through(access.check_pack, by, rotherham, confidential=confidential) == wanted


def test_the_house_takes_any_pack(rotherham):
    assert lets_through(access.check_pack, factories.house(), rotherham, confidential=True)


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.ADMIN, Channel.API])
def test_the_house_never_acts_on_a_page(channel):
    with pytest.raises(ValueError, match="signed in"):
        Actor(None, channel)


def test_the_house_is_not_stopped_by_the_table(owned, owner):
    by, at = factories.house(), factories.at(2012, 10, 1)
    piece = evidence.add_note(owned, text="Ten files.", title="Audit", by=factories.acting(owner), at=at)
    access.check(by, Ability.KEEP_PLAN, owned.authority)
    access.check_action(by, Ability.WORK, owned, on=TODAY)
    access.check_evidence(by, piece, on=TODAY)
    access.check_site(by)
    assert by.is_house


def test_the_house_is_refused_where_a_person_has_to_answer():
    with pytest.raises(Refused, match="named person"):
        factories.house().person()


def test_nobody_acts_without_signing_in():
    with pytest.raises(Refused, match="Sign in"):
        Actor(AnonymousUser(), Channel.WEB)


def test_who_has_not_signed_in_can_do_nothing_and_sees_nothing(owned):
    nobody = AnonymousUser()
    found = access.can(nobody, Ability.SEE_PLAN, owned.authority), access.visible(Action, nobody, TODAY).exists()
    assert found == (False, False)
