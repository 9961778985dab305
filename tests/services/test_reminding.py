"""Reminding owners of a call for updates: a lead's act, once a day, for those alone who have not answered."""

from datetime import date

import pytest

from tests.factories import acting, at, member
from tests.mornings import kinds, morning
from tests.worlds import world
from tracker.choices import EventKind, NoticeKind, NoticeState, Occasion, Role
from tracker.models import Action, Due, Event, Notice
from tracker.rules.refusal import Refused
from tracker.services import actions, board, reference, reminding

pytestmark = pytest.mark.django_db

# Updates are called for on Monday 3 December 2012, by Wednesday the 12th, for the board of Friday the 14th.


@world
def second(rotherham):
    return member("Dora Field", rotherham, Role.OWNER)


@world
def meeting(owned, rotherham, lead, second):
    """A call that two owners have been told of."""
    reference.change_settings(rotherham, settings={"digest_weekday": 4}, by=acting(lead), at=at(2012, 9, 1))
    other = Action.objects.exclude(pk=owned.pk).order_by("pk").first()
    actions.assign(other, owner=second, by=acting(lead), at=at(2012, 9, 4))
    Action.objects.update(next_notice_on=None)
    made = board.plan_meeting(
        rotherham, held_on=date(2012, 12, 14), updates_by=date(2012, 12, 12), by=acting(lead), at=at(2012, 12, 3, 15)
    )
    morning(2012, 12, 4)
    Action.objects.update(next_notice_on=None)
    return made


def remind(meeting, lead, *moment):
    return reminding.call_again(meeting, by=acting(lead), at=at(*moment))


def called(*day, hour=9):
    return {name for name, letter in morning(*day, hour=hour).items() if Occasion.UPDATE_CALLED in kinds(letter)}


def test_who_has_not_answered_is_called_again_by_the_next_mail(meeting, lead, owner, second):
    remind(meeting, lead, 2012, 12, 5, 11)
    assert called(2012, 12, 5, hour=12) == {owner.name, second.name}


def test_who_has_answered_is_left_alone(meeting, lead, owned, owner, second):
    actions.note(owned, text="Going well.", by=acting(owner), at=at(2012, 12, 4, 15))
    told = remind(meeting, lead, 2012, 12, 5, 11)
    assert (told.owners, called(2012, 12, 5, hour=12)) == (1, {second.name})


def test_who_answers_before_the_mail_goes_is_not_told(meeting, lead, owned, owner, second):
    remind(meeting, lead, 2012, 12, 5, 7)
    actions.note(owned, text="Going well.", by=acting(owner), at=at(2012, 12, 5, 8))
    assert called(2012, 12, 5) == {second.name}


def test_without_a_reminder_nobody_is_called_on_that_day(meeting):
    assert called(2012, 12, 5) == set()


def test_a_second_reminder_on_one_day_is_refused(meeting, lead):
    remind(meeting, lead, 2012, 12, 5, 11)
    with pytest.raises(Refused, match="reminded today already"):
        remind(meeting, lead, 2012, 12, 5, 15)
    assert Due.objects.filter(kind=Occasion.UPDATE_CALLED, threshold__contains="/again/").count() == 1


def test_another_day_brings_another_reminder(meeting, lead, owner, second):
    remind(meeting, lead, 2012, 12, 5, 7)
    morning(2012, 12, 5)
    remind(meeting, lead, 2012, 12, 6, 7)
    assert called(2012, 12, 6) == {owner.name, second.name}


def test_a_reminder_is_a_line_of_the_trail_with_how_many(meeting, lead):
    remind(meeting, lead, 2012, 12, 5, 11)
    event = Event.objects.latest("id")
    assert (event.kind, '"owners":2' in event.bodies.get().body) == (EventKind.UPDATES_CALLED_AGAIN, True)


def test_on_the_day_of_the_call_its_own_mail_is_enough(meeting, lead):
    with pytest.raises(Refused, match="called for today"):
        remind(meeting, lead, 2012, 12, 3, 16)


def test_after_the_day_that_was_named_nobody_is_reminded(meeting, lead):
    with pytest.raises(Refused, match="has passed"):
        remind(meeting, lead, 2012, 12, 13)


def test_on_the_last_day_the_lead_is_told_how_many_have_had_today_s_mail(meeting, lead, owner):
    told = {"state": NoticeState.SENT, "sent_at": at(2012, 12, 12, 8), "message_id": "<1@example.org>"}
    Notice.objects.create(
        recipient=owner, kind=NoticeKind.DIGEST, day=date(2012, 12, 12), posted_at=at(2012, 12, 12, 8), **told
    )
    found = remind(meeting, lead, 2012, 12, 12, 11)
    assert (found.owners, found.too_late) == (2, 1)


def test_where_no_mail_goes_before_the_day_the_lead_is_told_to_ask(meeting, lead):
    """On the last day itself both have had their mail of the morning."""
    remind(meeting, lead, 2012, 12, 11, 15)
    assert called(2012, 12, 12) != set()
    with pytest.raises(Refused, match="Ask them yourself"):
        remind(meeting, lead, 2012, 12, 12, 11)


def test_where_everybody_has_answered_there_is_nobody_to_remind(meeting, lead):
    for action in Action.objects.filter(owner__isnull=False):
        actions.note(action, text="Going well.", by=acting(action.owner), at=at(2012, 12, 4, 15))
    with pytest.raises(Refused, match="Everybody has answered"):
        remind(meeting, lead, 2012, 12, 5)


def test_a_meeting_without_a_call_reminds_nobody(rotherham, lead, report):
    made = board.plan_meeting(rotherham, held_on=date(2012, 12, 14), by=acting(lead), at=at(2012, 12, 3))
    with pytest.raises(Refused, match="No updates are called for"):
        remind(made, lead, 2012, 12, 5)


def test_a_cancelled_meeting_reminds_nobody(meeting, lead):
    board.cancel_meeting(meeting, reason="called off", by=acting(lead), at=at(2012, 12, 4))
    with pytest.raises(Refused, match="cancelled"):
        remind(meeting, lead, 2012, 12, 5)


def test_an_owner_reminds_nobody(meeting, owner):
    with pytest.raises(Refused, match="Only an improvement lead"):
        remind(meeting, owner, 2012, 12, 5)
