"""Meetings: planned once a day, changed, cancelled with a reason; challenges at them."""

from datetime import date

import pytest

from tests.factories import acting, at, member
from tests.worlds import world
from tracker.choices import Role
from tracker.models import BoardMeeting
from tracker.rules.refusal import Refused
from tracker.services import board

pytestmark = pytest.mark.django_db

NOW, LATER = at(2012, 11, 1), at(2012, 11, 5)
DAY, OTHER, CALLED = date(2012, 12, 3), date(2012, 12, 10), date(2012, 11, 28)


@world
def by(lead):
    return acting(lead)


@world
def meeting(rotherham, by):
    """Planned on 1 November 2012 for 3 December, with a call for updates by 28 November."""
    return board.plan_meeting(rotherham, held_on=DAY, updates_by=CALLED, by=by, at=NOW)


def change(meeting, by, **wanted):
    kept = {"held_on": meeting.held_on, "updates_by": meeting.updates_by, "notes": meeting.notes}
    return board.change_meeting(meeting, by=by, at=LATER, **{**kept, **wanted})


def cancel(meeting, by, reason="The room is closed."):
    return board.cancel_meeting(meeting, reason=reason, by=by, at=LATER)


def test_a_day_has_one_meeting(rotherham, by, meeting):
    with pytest.raises(Refused, match="planned for this day already") as refused:
        board.plan_meeting(rotherham, held_on=DAY, by=by, at=NOW)
    assert refused.value.field == "held_on"


def test_a_meeting_cannot_be_moved_to_the_day_of_another(rotherham, by, meeting):
    other = board.plan_meeting(rotherham, held_on=OTHER, by=by, at=NOW)
    with pytest.raises(Refused, match="planned for this day already"):
        change(other, by, held_on=DAY)


def test_two_councils_may_meet_on_one_day(staffordshire, stranger, meeting):
    board.plan_meeting(staffordshire, held_on=DAY, by=acting(stranger), at=NOW)
    assert BoardMeeting.objects.filter(held_on=DAY).count() == 2


def test_a_call_says_since_when(meeting):
    assert meeting.called_at == NOW


def test_moving_the_day_of_a_call_leaves_the_call_as_it_was_made(meeting, by):
    assert change(meeting, by, updates_by=date(2012, 11, 30)).called_at == NOW


def test_a_call_taken_back_is_made_anew(meeting, by):
    silent = change(meeting, by, updates_by=None)
    assert (silent.called_at, change(silent, by, updates_by=CALLED).called_at) == (None, LATER)


def test_a_call_is_for_a_day_before_the_meeting_when_the_meeting_moves(meeting, by):
    with pytest.raises(Refused, match="by the day of the meeting") as refused:
        change(meeting, by, held_on=date(2012, 11, 20))
    assert refused.value.field == "updates_by"


def test_an_impossible_year_is_refused(rotherham, by):
    with pytest.raises(Refused, match="check the year"):
        board.plan_meeting(rotherham, held_on=date(2312, 12, 3), by=by, at=NOW)


def test_a_cancelled_meeting_says_who_when_and_why_and_frees_its_day(rotherham, lead, by, meeting):
    kept = cancel(meeting, by)
    told = (kept.cancelled_by, kept.cancelled_at, kept.cancelled_reason)
    assert told == (lead, LATER, "The room is closed.")
    board.plan_meeting(rotherham, held_on=DAY, by=by, at=LATER)
    assert rotherham.meetings.standing().count() == 1


def test_a_cancellation_has_a_reason(meeting, by):
    with pytest.raises(Refused, match="Say why") as refused:
        cancel(meeting, by, reason=" ")
    assert refused.value.field == "reason"


@pytest.mark.parametrize("act", [cancel, change])
def test_a_cancelled_meeting_is_neither_cancelled_again_nor_changed(meeting, by, act):
    kept = cancel(meeting, by)
    with pytest.raises(Refused, match="was cancelled"):
        act(kept, by)


def test_nothing_is_put_to_a_cancelled_meeting(rotherham, meeting, by):
    kept = cancel(meeting, by)
    with pytest.raises(Refused, match="was cancelled"):
        board.challenge(rotherham, text="Who checks?", meeting=kept, by=by, at=LATER)


def test_a_meeting_at_which_something_was_asked_stays(rotherham, meeting, by):
    board.challenge(rotherham, text="Who checks?", meeting=meeting, by=by, at=LATER)
    with pytest.raises(Refused, match="Challenges were put to this meeting"):
        cancel(meeting, by)


@pytest.mark.parametrize("role", [Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_a_lead_plans_changes_and_cancels(rotherham, meeting, role):
    somebody = acting(member("Bea Holt", rotherham, role))
    for act in (cancel, change, lambda m, by: board.plan_meeting(rotherham, held_on=OTHER, by=by, at=NOW)):
        with pytest.raises(Refused, match="Only an improvement lead"):
            act(meeting, somebody)


@pytest.mark.parametrize("role", [Role.OWNER, Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_board_members_and_leads_challenge(rotherham, role):
    somebody = acting(member("Bea Holt", rotherham, role))
    with pytest.raises(Refused, match="Only board members and improvement leads"):
        board.challenge(rotherham, text="Who checks?", by=somebody, at=NOW)


def test_meetings_ahead_begin_with_the_next_one_and_those_before_with_the_last(rotherham, by, meeting):
    days = [date(2012, 12, 10), date(2012, 11, 5), date(2012, 10, 1)]
    for day in days:
        board.plan_meeting(rotherham, held_on=day, by=by, at=NOW)
    ahead = [each.held_on for each in rotherham.meetings.ahead(DAY)]
    before = [each.held_on for each in rotherham.meetings.before(DAY)]
    assert (ahead, before) == ([DAY, days[0]], days[1:])
