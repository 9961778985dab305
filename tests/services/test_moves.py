"""The whole life of an action: every move by who may make it, and what each leaves behind."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, CheckOutcome, Move, Role, Status
from tracker.models import Action, Membership
from tracker.rules.refusal import Refused
from tracker.services import actions, evidence, looking, moves

pytestmark = pytest.mark.django_db

SIGNED_OFF = at(2012, 11, 2)
NEW_DUE = date(2013, 3, 1)


@world
def second(rotherham):
    """Greta Field, another lead in Rotherham."""
    return factories.member("Greta Field", rotherham, Role.LEAD)


@world
def submitted(owned, owner):
    return factories.submitted(owned, by=owner)


@world
def closed(submitted, lead):
    return moves.move(submitted, Move.SIGN_OFF, by=acting(lead), at=SIGNED_OFF)


def reopened(action, by, **more):
    wanted = {"reason": "it slipped", "new_due": NEW_DUE, **more}
    return moves.move(action, Move.REOPEN, by=acting(by), at=at(2013, 1, 7), **wanted)


def refused(action, move, by, match, **more):
    before = Action.objects.filter(pk=action.pk).values().get(), factories.events()
    with pytest.raises(Refused, match=match):
        moves.move(action, move, by=acting(by), at=at(2012, 11, 5), **more)
    return (Action.objects.filter(pk=action.pk).values().get(), factories.events()) == before


def test_starting_tells_since_when_work_has_been_done(owned, owner):
    kept = moves.move(owned, Move.START, by=acting(owner), at=at(2012, 10, 1))
    assert (kept.status, kept.started_on) == (Status.IN_PROGRESS, date(2012, 10, 1))


def test_submitting_without_evidence_is_refused(owned, owner):
    assert refused(owned, Move.SUBMIT, owner, "Attach evidence first")


def test_submitting_on_withdrawn_evidence_is_refused(owned, owner):
    piece = evidence.add_note(owned, text="Ten files.", title="Audit", by=acting(owner), at=at(2012, 10, 1))
    evidence.withdraw(piece, reason="wrong files", by=acting(owner), at=at(2012, 10, 2))
    assert refused(owned, Move.SUBMIT, owner, "Attach evidence first")


def test_submitting_an_action_that_was_never_started_starts_it_too(submitted):
    kept = Action.objects.get(pk=submitted.pk)
    assert (kept.status, kept.started_on) == (Status.SUBMITTED, date(2012, 11, 1))


def test_a_submission_says_who_and_when(submitted, owner):
    assert (submitted.submitted_by, submitted.submitted_at) == (owner, at(2012, 11, 1))


def test_signing_off_is_refused_to_the_owner(submitted, owner):
    assert refused(submitted, Move.SIGN_OFF, owner, "Only an improvement lead")


def test_signing_off_is_refused_to_a_lead_who_owns_the_action(submitted, lead):
    actions.assign(submitted, owner=lead, by=acting(lead), at=at(2012, 11, 2))
    assert refused(submitted, Move.SIGN_OFF, lead, "you own this action")


def test_signing_off_is_refused_to_the_lead_who_submitted(owned, lead):
    factories.submitted(owned, by=lead)
    assert refused(owned, Move.SIGN_OFF, lead, "you submitted this action")


@pytest.mark.parametrize("which", [Move.RETURN, Move.REOPEN])
def test_returning_and_reopening_are_refused_to_the_lead_who_submitted(owned, lead, which):
    factories.submitted(owned, by=lead)
    assert refused(owned, which, lead, "you submitted this action", reason="x", new_due=NEW_DUE)


def test_a_lead_signs_off_and_looks_again_six_months_on(closed, lead):
    found = closed.status, closed.closed_by, closed.next_check_on
    assert found == (Status.CLOSED, lead, date(2013, 5, 2))


def test_what_holds_at_six_months_is_looked_at_again_at_twelve(closed, lead):
    looked(closed, lead, at(2013, 5, 3))
    assert Action.objects.get(pk=closed.pk).next_check_on == date(2013, 11, 2)


def test_after_twelve_months_nobody_looks_again(closed, lead):
    looked(closed, lead, at(2013, 5, 3))
    looked(closed, lead, at(2013, 11, 4))
    kept = Action.objects.get(pk=closed.pk)
    assert (kept.next_check_on, kept.checks.count()) == (None, 2)
    with pytest.raises(Refused, match="not waiting"):
        looked(closed, lead, at(2013, 11, 5))


def looked(action, lead, moment, **more):
    wanted = {"outcome": CheckOutcome.HELD, "note": "Ten files were read.", **more}
    return looking.look_again(action, by=acting(lead), at=moment, **wanted)


def test_a_look_keeps_the_day_it_was_due_and_the_day_it_was_done(closed, lead):
    check = looked(closed, lead, at(2013, 5, 9), outcome=CheckOutcome.SLIPPED, new_due=date(2013, 9, 2))
    assert (check.due_on, check.done_on, check.outcome) == (date(2013, 5, 2), date(2013, 5, 9), CheckOutcome.SLIPPED)


def test_a_look_says_what_was_found(closed, lead):
    with pytest.raises(Refused, match="what was found"):
        looked(closed, lead, at(2013, 5, 3), note=" ")


def test_an_open_action_is_not_looked_at_again(owned, lead):
    with pytest.raises(Refused, match="not waiting"):
        looked(owned, lead, at(2013, 5, 3))


def test_a_submission_is_returned_with_a_reason(submitted, lead):
    kept = moves.move(submitted, Move.RETURN, by=acting(lead), at=SIGNED_OFF, reason="two files are missing")
    found = kept.status, kept.submitted_at, kept.last_move_reason
    assert found == (Status.IN_PROGRESS, None, "two files are missing")


def test_a_return_without_a_reason_is_refused(submitted, lead):
    assert refused(submitted, Move.RETURN, lead, "Give a reason", reason=" ")


def test_an_owner_takes_a_submission_back(submitted, owner):
    kept = moves.move(submitted, Move.RECALL, by=acting(owner), at=SIGNED_OFF)
    assert (kept.status, kept.submitted_by) == (Status.IN_PROGRESS, None)


def test_a_reopened_action_has_a_new_date_and_its_original_stays(closed, lead):
    kept = reopened(closed, lead)
    found = kept.status, kept.original_due, kept.agreed_due, kept.overdue_after, kept.due_basis
    assert found == (Status.IN_PROGRESS, date(2012, 12, 3), NEW_DUE, NEW_DUE, Basis.CHOSEN)


def test_a_reopened_action_is_neither_submitted_nor_closed_nor_to_be_looked_at(closed, lead):
    kept = reopened(closed, lead)
    assert {kept.submitted_at, kept.submitted_by, kept.closed_at, kept.closed_by, kept.next_check_on} == {None}


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"new_due": None}, "new due date"),
        ({"reason": ""}, "reason"),
        ({"new_due": date(2013, 1, 6)}, "today or later"),
    ],
)
def test_reopening_without_a_reason_or_a_date_to_come_is_refused(closed, lead, more, match):
    with pytest.raises(Refused, match=match):
        reopened(closed, lead, **more)
    assert Action.objects.get(pk=closed.pk).status == Status.CLOSED


def test_reopening_for_today_is_possible(closed, lead):
    assert reopened(closed, lead, new_due=date(2013, 1, 7)).agreed_due == date(2013, 1, 7)


def test_reopening_is_refused_to_a_lead_who_owns_the_action(closed, lead, second):
    actions.assign(closed, owner=second, by=acting(lead), at=SIGNED_OFF)
    with pytest.raises(Refused, match="you own"):
        reopened(closed, second)


@pytest.mark.parametrize(
    ("aside", "status"), [(Move.SUPERSEDE, Status.SUPERSEDED), (Move.SET_ASIDE, Status.NOT_APPLICABLE)]
)
def test_an_action_set_aside_comes_back_as_it_was(owned, lead, owner, aside, status):
    gone = moves.move(owned, aside, by=acting(lead), at=at(2012, 10, 1), reason="see RTH-2012-02")
    assert (gone.status, gone.next_notice_on) == (status, None)
    back = moves.move(owned, Move.RESTORE, by=acting(lead), at=at(2012, 10, 2), reason="still needed")
    assert (back.status, back.agreed_due) == (Status.NOT_STARTED, date(2012, 12, 3))


def test_an_action_begun_before_it_was_superseded_comes_back_in_progress(owned, lead, owner):
    moves.move(owned, Move.START, by=acting(owner), at=at(2012, 9, 30))
    moves.move(owned, Move.SUPERSEDE, by=acting(lead), at=at(2012, 10, 1), reason="see RTH-2012-02")
    back = moves.move(owned, Move.RESTORE, by=acting(lead), at=at(2012, 10, 2), reason="still needed")
    assert back.status == Status.IN_PROGRESS


def test_a_submitted_action_that_is_superseded_is_submitted_no_more(submitted, lead):
    kept = moves.move(submitted, Move.SUPERSEDE, by=acting(lead), at=SIGNED_OFF, reason="see RTH-2012-02")
    assert kept.submitted_at is None


def test_every_move_writes_a_line_of_its_own_kind(owned, owner, lead):
    mine, leads = acting(owner), acting(lead)
    start = len(factories.events())
    moves.move(owned, Move.START, by=mine, at=at(2012, 10, 1))
    factories.submitted(owned, by=owner)
    moves.move(owned, Move.RECALL, by=mine, at=at(2012, 11, 2))
    moves.move(owned, Move.SUBMIT, by=mine, at=at(2012, 11, 3))
    moves.move(owned, Move.RETURN, by=leads, at=at(2012, 11, 4), reason="r")
    moves.move(owned, Move.SUBMIT, by=mine, at=at(2012, 11, 5))
    moves.move(owned, Move.SIGN_OFF, by=leads, at=at(2012, 11, 6))
    reopened(owned, lead)
    moves.move(owned, Move.SUPERSEDE, by=leads, at=at(2013, 1, 8), reason="r")
    moves.move(owned, Move.RESTORE, by=leads, at=at(2013, 1, 9), reason="r")
    moves.move(owned, Move.SET_ASIDE, by=leads, at=at(2013, 1, 10), reason="r")
    told = [kind for kind in factories.events()[start:] if kind.startswith("action_")]
    assert set(told) == set(moves.EVENTS.values())


def test_the_moves_offered_are_those_that_are_open(submitted, owner, lead, second):
    on = date(2012, 11, 5)
    offered = {who.name: moves.moves_open_to(submitted, by=acting(who), on=on) for who in (owner, lead)}
    assert offered == {
        "Ben Moss": (Move.RECALL,),
        "Amina Lark": (Move.RECALL, Move.RETURN, Move.SIGN_OFF, Move.SUPERSEDE, Move.SET_ASIDE),
    }


def test_a_lead_who_stands_in_for_the_owner_is_told_of_the_same_moves(submitted, owner, lead):
    Membership.objects.filter(user=owner).update(
        deputy=lead, deputy_from=date(2012, 11, 1), deputy_to=date(2012, 11, 9)
    )
    assert Move.SIGN_OFF in moves.moves_open_to(submitted, by=acting(lead), on=date(2012, 11, 5))


def test_the_house_makes_no_move(owned):
    with pytest.raises(Refused, match="named person"):
        moves.move(owned, Move.START, by=factories.house(), at=at(2012, 10, 1))


def test_a_note_with_a_move_is_kept_with_it(owned, owner):
    moves.move(owned, Move.START, note="We have begun.", by=acting(owner), at=at(2012, 10, 1))
    assert owned.notes.get().text == "We have begun."


def test_giving_an_action_away_does_not_open_its_sign_off(owned, owner, lead, rotherham):
    mine = actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 10, 1))
    deputy = factories.member("Dora Vale", rotherham, Role.LEAD)
    factories.submitted(mine, by=deputy)
    actions.assign(mine, owner=owner, by=acting(lead), at=at(2012, 11, 2))
    with pytest.raises(Refused, match="you own this action"):
        moves.move(mine, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 3))


def test_somebody_who_owned_an_action_does_not_look_at_it_again(owned, owner, lead, rotherham):
    second = factories.member("Dora Vale", rotherham, Role.LEAD)
    actions.assign(owned, owner=lead, by=acting(second), at=at(2012, 10, 1))
    factories.submitted(owned, by=lead)
    moves.move(owned, Move.SIGN_OFF, by=acting(second), at=at(2012, 11, 3))
    with pytest.raises(Refused, match="neither owned nor submitted"):
        looking.look_again(owned, outcome=CheckOutcome.HELD, note="fine", by=acting(lead), at=at(2013, 5, 3))
