"""The moves of an action: from where, by whom, with what."""

from datetime import date
from pathlib import Path

import pytest

from tracker.choices import Move, Status
from tracker.rules.refusal import Refused
from tracker.rules.workflow import (
    FIELDS,
    MET,
    MOVES,
    Capacity,
    Need,
    check_move,
    diagram,
    moves_table,
    needs,
    open_moves,
)

PAGE = Path(__file__).parent.parent.parent / "docs" / "workflow.md"
LEAD, OWNER = Capacity.LEAD, Capacity.OWNER
EVERYTHING = {"has_evidence": True, "reason": "The audit shows it.", "new_due": date(2026, 9, 1)}
LEADS_ONLY = {Move.RETURN, Move.SIGN_OFF, Move.REOPEN, Move.SUPERSEDE, Move.SET_ASIDE, Move.RESTORE}
BY_ANOTHER = [Move.RETURN, Move.SIGN_OFF, Move.REOPEN]
OUTCOMES = {
    (Status.NOT_STARTED, Move.START): Status.IN_PROGRESS,
    (Status.NOT_STARTED, Move.SUBMIT): Status.SUBMITTED,
    (Status.NOT_STARTED, Move.SUPERSEDE): Status.SUPERSEDED,
    (Status.NOT_STARTED, Move.SET_ASIDE): Status.NOT_APPLICABLE,
    (Status.IN_PROGRESS, Move.SUBMIT): Status.SUBMITTED,
    (Status.IN_PROGRESS, Move.SUPERSEDE): Status.SUPERSEDED,
    (Status.IN_PROGRESS, Move.SET_ASIDE): Status.NOT_APPLICABLE,
    (Status.SUBMITTED, Move.RECALL): Status.IN_PROGRESS,
    (Status.SUBMITTED, Move.RETURN): Status.IN_PROGRESS,
    (Status.SUBMITTED, Move.SIGN_OFF): Status.CLOSED,
    (Status.SUBMITTED, Move.SUPERSEDE): Status.SUPERSEDED,
    (Status.SUBMITTED, Move.SET_ASIDE): Status.NOT_APPLICABLE,
    (Status.CLOSED, Move.REOPEN): Status.IN_PROGRESS,
    (Status.SUPERSEDED, Move.RESTORE): Status.IN_PROGRESS,
    (Status.NOT_APPLICABLE, Move.RESTORE): Status.IN_PROGRESS,
}


def a_status_for(move):
    return MOVES[move].before[0]


def test_every_move_has_its_rule():
    assert set(MOVES) == set(Move)


def test_every_need_can_be_met_and_has_its_field():
    assert set(MET) == set(FIELDS) == set(Need)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_a_move_leads_where_the_table_says_and_is_refused_elsewhere(move, status):
    wanted = OUTCOMES.get((status, move))
    if wanted is None:
        with pytest.raises(Refused, match="is open only while the status is"):
            check_move(move, status=status, capacities={LEAD}, **EVERYTHING)
    else:
        assert check_move(move, status=status, capacities={LEAD}, **EVERYTHING) is wanted


@pytest.mark.parametrize("move", Move)
def test_owners_work_on_an_action_and_leads_decide_about_it(move):
    allowed = move in open_moves(status=a_status_for(move), capacities={OWNER})
    assert allowed is (move not in LEADS_ONLY)


@pytest.mark.parametrize("move", Move)
def test_nobody_moves_an_action_they_have_nothing_to_do_with(move):
    with pytest.raises(Refused, match="is open to an improvement lead"):
        check_move(move, status=a_status_for(move), capacities=(), **EVERYTHING)


@pytest.mark.parametrize("move", BY_ANOTHER)
def test_a_lead_does_not_decide_about_what_they_submitted(move):
    with pytest.raises(Refused, match="you submitted this action"):
        check_move(move, status=a_status_for(move), capacities={LEAD}, is_submitter=True, **EVERYTHING)


@pytest.mark.parametrize("move", BY_ANOTHER)
def test_a_lead_does_not_decide_about_what_they_own(move):
    with pytest.raises(Refused, match="you own this action"):
        check_move(move, status=a_status_for(move), capacities={LEAD, OWNER}, is_owner=True, **EVERYTHING)


def test_whoever_submitted_may_take_the_submission_back():
    found = check_move(Move.RECALL, status=Status.SUBMITTED, capacities={OWNER}, is_owner=True, is_submitter=True)
    assert found is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("move", "missing", "field"),
    [
        (Move.SUBMIT, {"has_evidence": False}, None),
        (Move.SIGN_OFF, {"has_evidence": False}, None),
        (Move.RETURN, {"reason": " "}, "reason"),
        (Move.REOPEN, {"reason": ""}, "reason"),
        (Move.REOPEN, {"new_due": None}, "new_due"),
        (Move.SUPERSEDE, {"reason": ""}, "reason"),
        (Move.SET_ASIDE, {"reason": ""}, "reason"),
        (Move.RESTORE, {"reason": ""}, "reason"),
    ],
)
def test_a_move_without_what_it_needs_is_refused_at_its_field(move, missing, field):
    with pytest.raises(Refused) as refused:
        check_move(move, status=a_status_for(move), capacities={LEAD}, **{**EVERYTHING, **missing})
    assert (refused.value.field, refused.value.sentence[-1]) == (field, ".")


@pytest.mark.parametrize("move", [Move.START, Move.RECALL])
def test_some_moves_need_nothing(move):
    assert needs(move) == ()


@pytest.mark.parametrize(("started", "to"), [(True, Status.IN_PROGRESS), (False, Status.NOT_STARTED)])
def test_an_action_brought_back_is_in_progress_only_if_work_had_begun(started, to):
    found = check_move(Move.RESTORE, status=Status.SUPERSEDED, capacities={LEAD}, reason="Needed.", started=started)
    assert found is to


@pytest.mark.parametrize("status", Status)
def test_the_open_moves_are_those_that_would_not_be_refused(status):
    assert set(open_moves(status=status, capacities={LEAD})) == {move for start, move in OUTCOMES if start is status}


def test_a_lead_who_owns_a_submitted_action_may_take_it_back_but_not_sign_it_off():
    found = open_moves(status=Status.SUBMITTED, capacities={LEAD, OWNER}, is_owner=True)
    assert found == (Move.RECALL, Move.SUPERSEDE, Move.SET_ASIDE)


def test_a_refusal_names_the_statuses_from_which_the_move_is_open():
    with pytest.raises(Refused) as refused:
        check_move(Move.SUBMIT, status=Status.CLOSED, capacities={OWNER}, has_evidence=True)
    assert refused.value.sentence == (
        "“Submit as complete” is open only while the status is “Not started” or “In progress”; it is “Closed”."
    )


@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_reached_and_left(status):
    reached = {to for rule in MOVES.values() for to in (rule.to, rule.to_unstarted)}
    left = {before for rule in MOVES.values() for before in rule.before}
    assert status in reached & left


def test_the_page_shows_the_moves_as_they_are():
    page = PAGE.read_text(encoding="utf-8")
    assert f"```mermaid\n{diagram()}\n```" in page


def test_the_page_shows_who_may_make_a_move_as_it_is():
    assert moves_table() in PAGE.read_text(encoding="utf-8")
