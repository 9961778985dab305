"""What a plan's words seem to hold of a child, looked through again before a pack leaves the house."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Action
from tracker.rules.pack import Scope
from tracker.services import actions, board, evidence, extensions, identities, packs

pytestmark = pytest.mark.django_db
BIRTH = "Jayden, DOB 12/03/2011"
NOW = at(2012, 10, 1)


@world
def carrying(owned, owner, rotherham):
    """A note, evidence of both kinds, an extension and a challenge that hold a date of birth."""
    member, by = factories.member("Bo Lind", rotherham, Role.BOARD), acting(owner)
    actions.note(owned, text=BIRTH, by=by, at=NOW)
    evidence.add_note(owned, title=BIRTH, text="Seen.", by=by, at=NOW)
    evidence.add_note(owned, title="Seen", text=BIRTH, confidential=False, by=by, at=NOW)
    extensions.ask(owned, to_due=date(2013, 2, 1), reason=BIRTH, by=by, at=NOW)
    board.challenge(rotherham, text=BIRTH, action=owned, by=acting(member), at=NOW)
    return owned


def places(carried):
    return [(each.reference, each.place) for each in carried]


OPEN = [
    ("RTH-2012-01", "a challenge of 1 October 2012"),
    ("RTH-2012-01", "a note of 1 October 2012"),
    ("RTH-2012-01", "an extension of 1 October 2012"),
    ("RTH-2012-01", "evidence of 1 October 2012"),
]


def test_every_place_of_a_plan_is_told(carrying):
    found = identities.identities_now(Action.objects.all())
    assert sorted(places(found)) == sorted([*OPEN, OPEN[-1]])


def test_what_a_board_does_not_see_is_left_out_of_what_it_is_given(carrying):
    assert places(identities.identities_now(Action.objects.all(), confidential=False)) == OPEN


def test_an_identity_is_told_by_its_kind_and_first_letters(carrying):
    told = str(identities.identities_now(Action.objects.all())[0])
    assert "a child’s date of birth (“1•/0•/2•••”)" in told and "12/03/2011" not in told


def test_the_past_is_looked_through_as_it_was(carrying, rotherham, lead):
    moments, by = (at(2012, 9, 30), NOW), acting(lead)
    then, now = (packs.plan_as_at(rotherham, Scope(moment), by=by, at=NOW) for moment in moments)
    assert identities.identities_then(then) == []
    assert places(identities.identities_then(now, confidential=False)) == OPEN


def test_actions_of_others_are_left_out(carrying):
    assert identities.identities_now(Action.objects.exclude(pk=carrying.pk)) == []


def test_a_plan_takes_as_many_queries_however_much_hangs_on_it(carrying, owner, django_assert_num_queries):
    for number in range(5):
        actions.note(carrying, text=f"Begun {number}.", by=acting(owner), at=NOW)
    with django_assert_num_queries(len(identities.WORDS) + 1):
        identities.identities_now(Action.objects.all())
