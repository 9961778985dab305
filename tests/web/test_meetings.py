"""Meetings: planned with a question about odd days, changed with both versions shown, cancelled; who has not answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.boards import board_council
from tests.factories import acting
from tracker.choices import Role
from tracker.models import BoardMeeting
from tracker.rules.london import day_of
from tracker.services import actions, board


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today(now):
    return day_of(now)


@pytest.fixture
def there(rotherham, now):
    return board_council(rotherham, now)


def typed(name, day):
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{number}": part for number, part in enumerate(parts)}


def plan(client, authority, held_on, updates_by=None, **more):
    given = {**typed("held_on", held_on), **typed("updates_by", updates_by), "notes": "", **more}
    return client.post(reverse("plan-meeting", args=[authority.pk]), given)


def change(client, meeting, **more):
    address = reverse("change-meeting", args=[meeting.pk])
    kept = {**typed("held_on", meeting.held_on), **typed("updates_by", meeting.updates_by), "notes": meeting.notes}
    return client.post(address, {**kept, "version": meeting.version, **more})


def words(client, person, name, *parts):
    client.force_login(person)
    return client.get(reverse(name, args=parts)).content.decode()


def test_a_lead_plans_a_meeting(as_lead, rotherham, today):
    answer = plan(as_lead, rotherham, today + timedelta(days=9), today + timedelta(days=3))
    meeting = rotherham.meetings.get()
    assert answer.url == reverse("meeting", args=[meeting.pk])
    assert meeting.updates_by == today + timedelta(days=3)


@pytest.mark.parametrize(("days", "asked"), [(-1, "is in the past"), (2000, "more than three years ahead")])
def test_an_odd_day_is_asked_about_once(as_lead, rotherham, today, days, asked):
    day = today + timedelta(days=days)
    answer = plan(as_lead, rotherham, day)
    assert asked in " ".join(answer.context["form"]["sure"].errors) and not rotherham.meetings.exists()
    plan(as_lead, rotherham, day, sure="on")
    assert rotherham.meetings.get().held_on == day


def test_a_refusal_stands_beside_its_field(as_lead, rotherham, today):
    day = today + timedelta(days=9)
    answer = plan(as_lead, rotherham, day, day + timedelta(days=1))
    assert "Call for updates by the day of the meeting" in " ".join(answer.context["form"]["updates_by"].errors)
    plan(as_lead, rotherham, day)
    assert "planned for this day already" in " ".join(plan(as_lead, rotherham, day).context["form"]["held_on"].errors)


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR])
def test_others_are_told_that_a_lead_plans(client, there, role):
    client.force_login(factories.member("Bea Holt", there.authority, role))
    for name, number in (
        ("plan-meeting", there.authority.pk),
        ("change-meeting", there.next.pk),
        ("cancel-meeting", there.next.pk),
    ):
        answer = client.get(reverse(name, args=[number]), follow=True)
        assert "Only an improvement lead may change the plan." in answer.content.decode()


@pytest.mark.parametrize("name", ["meeting", "change-meeting", "cancel-meeting", "challenge-meeting"])
def test_a_stranger_and_a_partner_find_no_meeting(client, stranger, there, name):
    for person in (stranger, factories.member("Pia Dale", there.authority, Role.PARTNER)):
        client.force_login(person)
        assert client.get(reverse(name, args=[there.next.pk])).status_code == 404


def test_a_stranger_plans_nothing_here(as_stranger, there):
    assert as_stranger.get(reverse("plan-meeting", args=[there.authority.pk])).status_code == 404


def test_the_notes_of_a_past_meeting_are_changed_without_a_question(client, there):
    client.force_login(there.lead)
    change(client, there.last, notes="Minutes agreed.")
    assert BoardMeeting.objects.get(pk=there.last.pk).notes == "Minutes agreed."


def test_a_meeting_moved_into_the_past_is_asked_about(client, there, today):
    client.force_login(there.lead)
    earlier = {**typed("held_on", today - timedelta(days=3)), **typed("updates_by", None)}
    answer = change(client, there.next, **earlier)
    assert "is in the past" in " ".join(answer.context["form"]["sure"].errors)


def test_a_change_on_top_of_another_is_shown_beside_it(client, there, now):
    kept = {"held_on": there.next.held_on, "updates_by": there.next.updates_by}
    board.change_meeting(there.next, notes="Room 9", by=acting(there.lead), at=now, **kept)
    client.force_login(there.lead)
    page = change(client, there.next, notes="Room 3").content.decode()
    assert "What has changed meanwhile" in page and "Room 9" in page and "Room 3" in page


def test_a_meeting_is_cancelled_with_a_reason_and_stays_to_be_seen(client, there):
    client.force_login(there.lead)
    address = reverse("cancel-meeting", args=[there.next.pk])
    assert "Say why" in client.post(address, {"reason": "", "version": 1}).content.decode()
    client.post(address, {"reason": "The room is closed.", "version": 1})
    page = words(client, there.member, "meeting", there.next.pk)
    assert "by Amina Lark: The room is closed." in page and "Raise a challenge" not in page


def test_a_lead_sees_who_has_not_answered_with_their_actions(client, there):
    page = words(client, there.lead, "meeting", there.next.pk)
    assert "Who has not answered: 2 of 2 owners" in page
    assert "1 of 4</strong>" in page and "RTH-2012-04" in page


def test_when_everybody_has_answered_the_lead_is_told_so(client, there, now):
    for action in there.authority.actions.exclude(owner=None):
        if action.status in ("not_started", "in_progress"):
            by = acting(action.owner)
            actions.note(action, text="Half is done.", by=by, at=now)
    assert "Everybody has answered." in words(client, there.lead, "meeting", there.next.pk)


def test_an_owner_sees_their_own_and_nobody_else_s(client, there):
    page = words(client, there.owner, "meeting", there.next.pk)
    assert "Your actions without an update" in page and "Note on RTH-2012-04" in page
    assert "Who has not answered" not in page and "Note on RTH-2012-03" not in page


def test_a_board_member_sees_the_count_and_no_names(client, there):
    page = words(client, there.member, "meeting", there.next.pk)
    assert "1 of 4</strong>" in page and "Who has not answered" not in page


def test_a_meeting_without_a_call_says_so(client, there):
    assert "Updates were not called for." in words(client, there.member, "meeting", there.last.pk)


def test_a_meeting_shows_what_was_asked_at_it_and_how_it_was_answered(client, there):
    page = words(client, there.member, "meeting", there.last.pk)
    assert "Who reads the audits?" in page and "The practice board reads all of them" in page


def test_the_home_page_calls_an_owner_with_links_to_the_note_form(client, there):
    page = words(client, there.owner, "home")
    assert "2 of your 3 actions have none yet" in page
    notes = [reverse("note", args=[action.pk]) for action in there.owner.owned_actions.filter(reference__in=ASKED)]
    assert len(notes) == 2 and all(f'href="{note}"' in page for note in notes)


ASKED = ("RTH-2012-04", "RTH-2012-05")


def test_an_owner_who_has_answered_for_all_is_asked_for_nothing_more(client, there, now):
    for action in there.owner.owned_actions.all():
        actions.note(action, text="Half is done.", by=acting(there.owner), at=now)
    assert "All of your 3 actions have one: nothing more is asked of you." in words(client, there.owner, "home")


def test_a_partner_who_owns_an_action_is_called_and_led_to_no_board(client, there, now):
    partner = factories.member("Pia Dale", there.authority, Role.PARTNER)
    actions.assign(there.action, owner=partner, by=acting(there.lead), at=now)
    page = words(client, partner, "home")
    assert "Updates are called for by" in page
    assert reverse("meeting", args=[there.next.pk]) not in page


def test_a_lead_reminds_those_who_have_not_answered_by_one_button(client, there):
    client.force_login(there.lead)
    address = reverse("call-again", args=[there.next.pk])
    assert address in words(client, there.lead, "meeting", there.next.pk)
    answer = client.post(address, follow=True).content.decode()
    assert "reminded in their next mail." in answer and "Owners were last reminded today" in answer


def test_the_button_is_gone_on_the_day_it_was_pressed(client, there):
    client.force_login(there.lead)
    client.post(reverse("call-again", args=[there.next.pk]))
    assert "Remind them" not in words(client, there.lead, "meeting", there.next.pk)


def test_a_second_press_says_that_they_have_been_reminded(client, there):
    client.force_login(there.lead)
    address = reverse("call-again", args=[there.next.pk])
    client.post(address)
    assert "Owners have been reminded today already." in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("who", ["owner", "member"])
def test_nobody_but_a_lead_has_the_button(client, there, who):
    assert "Remind them" not in words(client, getattr(there, who), "meeting", there.next.pk)


def test_on_the_day_of_the_call_the_page_says_from_when_owners_can_be_reminded(client, there, now):
    days = {"held_on": day_of(now) + timedelta(days=20), "updates_by": day_of(now) + timedelta(days=14)}
    called = board.plan_meeting(there.authority, by=acting(there.lead), at=now, **days)
    page = words(client, there.lead, "meeting", called.pk)
    assert "They can be reminded from tomorrow." in page and "Remind them" not in page
