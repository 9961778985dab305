"""The second look that finds a slip, and moves made on an owner's behalf."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import CheckOutcome, EventKind, Move, Role, Status
from tracker.models import Action, ActionCheck, Event
from tracker.rules.refusal import Refused
from tracker.services import evidence, looking, moves

pytestmark = pytest.mark.django_db

LATER = at(2013, 5, 3)


@world
def closed(owned, owner, lead):
    factories.submitted(owned, by=owner)
    return moves.move(owned, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))


def slipped(action, by, **more):
    wanted = {"outcome": CheckOutcome.SLIPPED, "note": "Four of ten.", "new_due": date(2013, 9, 2), **more}
    return looking.look_again(action, by=acting(by), at=LATER, **wanted)


def test_what_has_slipped_is_reopened_with_its_new_date_and_the_original_stays(closed, lead):
    slipped(closed, lead)
    kept = Action.objects.get(pk=closed.pk)
    found = kept.status, kept.agreed_due, kept.original_due, kept.next_check_on, kept.last_move_reason
    assert found == (Status.IN_PROGRESS, date(2013, 9, 2), date(2012, 12, 3), None, "Four of ten.")


def test_a_slip_is_told_by_the_look_and_by_the_reopening(closed, lead):
    slipped(closed, lead)
    assert factories.events()[-2:] == [EventKind.ACTION_CHECKED, EventKind.ACTION_REOPENED]


@pytest.mark.parametrize("new_due", [None, date(2013, 5, 2)])
def test_a_slip_without_a_date_to_come_leaves_nothing_behind(closed, lead, new_due):
    with pytest.raises(Refused) as refused:
        slipped(closed, lead, new_due=new_due)
    assert (refused.value.field, ActionCheck.objects.count()) == ("new_due", 0)
    assert Action.objects.get(pk=closed.pk).status == Status.CLOSED


def test_what_was_found_stands_in_the_trail(closed, lead):
    looking.look_again(closed, outcome=CheckOutcome.HELD, note="Nine of ten.", by=acting(lead), at=LATER)
    body = Event.objects.order_by("-id").first().bodies.get(position=0).body
    assert '"outcome":"held"' in body and "Nine of ten." in body


@world
def ready(owned, owner):
    """An action with evidence, ready to be submitted."""
    evidence.add_note(owned, title="Audit", text="Twenty files.", by=acting(owner), at=at(2012, 10, 1))
    return owned


def submitted_for(action, by, whom):
    return moves.move(
        action, Move.SUBMIT, note="Told by telephone.", on_behalf_of=whom, by=acting(by), at=at(2012, 11, 1)
    )


def test_a_lead_submits_on_the_owner_s_behalf_and_both_names_are_kept(ready, lead, owner):
    kept = submitted_for(ready, lead, owner)
    assert (kept.submitted_by, kept.submitted_for, kept.notes.get().on_behalf_of) == (lead, owner, owner)
    assert f'"on_behalf_of":"{owner.name}"' in Event.objects.order_by("-id").first().bodies.get(position=0).body


def test_whoever_submitted_for_the_owner_does_not_sign_it_off(ready, lead, owner):
    kept = submitted_for(ready, lead, owner)
    with pytest.raises(Refused, match="you submitted this action"):
        moves.move(kept, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))


def test_a_submission_taken_back_was_made_for_nobody(ready, lead, owner):
    kept = submitted_for(ready, lead, owner)
    assert moves.move(kept, Move.RECALL, by=acting(owner), at=at(2012, 11, 2)).submitted_for is None


def test_a_sign_off_is_made_on_nobody_s_behalf(ready, lead, owner, rotherham):
    second = factories.member("Greta Field", rotherham, Role.LEAD)
    kept = submitted_for(ready, lead, owner)
    with pytest.raises(Refused, match="not made on another's behalf"):
        moves.move(kept, Move.SIGN_OFF, on_behalf_of=owner, by=acting(second), at=at(2012, 11, 2))


def test_an_owner_submits_on_nobody_s_behalf(ready, lead, owner):
    with pytest.raises(Refused, match="Only an improvement lead"):
        submitted_for(ready, owner, lead)
