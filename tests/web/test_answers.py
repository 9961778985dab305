"""Answering a digest in two taps: who may, what a GET never does, what a second tap does, and what comes next."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import acting, at, member
from tests.worlds import world
from tracker.choices import Move, NoteKind, NoticeKind, NoticeState, Occasion, Role
from tracker.models import Action, Due, Notice, ProgressNote
from tracker.rules.answers import ANSWERS
from tracker.rules.london import day_of
from tracker.services import actions, deputies, moves

NOW = at(2012, 9, 10)
KINDS = list(ANSWERS)


def address(action, kind=NoteKind.ON_TRACK):
    return reverse("say", args=[action.pk, kind])


def say(client, action, kind=NoteKind.ON_TRACK, **more):
    return client.post(address(action, kind), {"text": "", **more}, follow=True)


def page(answer):
    return answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_one_button_says_it(as_owner, owned, owner, kind):
    say(as_owner, owned, kind)
    assert list(ProgressNote.objects.values_list("kind", "text", "written_by")) == [(kind, "", owner.pk)]


def test_a_few_words_come_with_it(as_owner, owned):
    say(as_owner, owned, NoteKind.HELP, text="We need a room.")
    assert ProgressNote.objects.get().text == "We need a room."


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_which_action_and_when_it_is_due_and_opening_it_changes_nothing(as_owner, owned, kind):
    answer = as_owner.get(address(owned, kind))
    assert owned.reference in page(answer) and "overdue, due 3 December 2012" in page(answer)
    assert not ProgressNote.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_that_follows_the_link_says_nothing(as_owner, owned, method):
    getattr(as_owner, method)(address(owned))
    assert not ProgressNote.objects.exists()


def test_who_is_not_signed_in_is_led_back_to_the_question(client, owned):
    assert client.get(address(owned)).url == f"{reverse('account_login')}?next={address(owned)}"


def test_signing_in_leads_to_the_question(client, owned, owner):
    owner.set_password("four quiet words here")
    owner.save()
    given = {"login": owner.email, "password": "four quiet words here", "next": address(owned)}
    assert client.post(reverse("account_login"), given).url == address(owned)


def test_there_are_three_answers_and_no_other(as_owner, owned):
    assert [as_owner.get(address(owned, kind)).status_code for kind in ("update", "x")] == [404, 404]


def test_a_deputy_answers(client, owned, owner, lead, rotherham):
    second = member("Dora Field", rotherham, Role.OWNER)
    today = day_of(timezone.now())
    days = {"first_day": today, "last_day": today}
    deputies.name_deputy(owner.memberships.get(), deputy=second, **days, by=acting(lead), at=timezone.now())
    client.force_login(second)
    say(client, owned)
    assert ProgressNote.objects.get().written_by == second


def test_a_lead_answers_on_the_owner_s_behalf(as_lead, owned, owner, lead):
    say(as_lead, owned, on_behalf_of="on")
    note = ProgressNote.objects.get()
    assert (note.written_by, note.on_behalf_of) == (lead, owner)


def test_an_owner_has_nobody_s_behalf_to_act_on(as_owner, owned):
    assert "on_behalf_of" not in as_owner.get(address(owned)).context["form"].fields


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_is_told_so_and_nothing_is_written(client, owned, rotherham, role, method):
    client.force_login(member("Dora Field", rotherham, role))
    answer = getattr(client, method)(address(owned), follow=True)
    assert "Only the action&#x27;s owner, their deputy or an improvement lead may do this." in page(answer)
    assert not ProgressNote.objects.exists()


def test_for_another_council_the_action_is_not_there(as_stranger, owned):
    assert as_stranger.post(address(owned), {"text": ""}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_was_submitted_meanwhile_needs_no_answer(as_owner, owned, owner, method):
    factories.submitted(owned, by=owner)
    answer = getattr(as_owner, method)(address(owned), follow=True)
    assert f"There is nothing to answer about {owned.reference}. It is submitted as complete" in page(answer)
    assert not ProgressNote.objects.exists()


def test_what_was_closed_meanwhile_needs_no_answer(as_owner, owned, owner, lead):
    moves.move(factories.submitted(owned, by=owner), Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))
    assert "It is signed off and closed." in page(as_owner.get(address(owned), follow=True))


def test_a_second_tap_writes_no_second_note_and_says_so(as_owner, owned):
    say(as_owner, owned)
    answer = say(as_owner, owned)
    assert "You have said this already today." in page(answer)
    assert ProgressNote.objects.count() == 1


def test_more_words_are_a_second_note(as_owner, owned):
    say(as_owner, owned)
    say(as_owner, owned, text="Two teams are trained.")
    assert ProgressNote.objects.count() == 2


def test_the_page_tells_what_was_said_today(as_owner, owned):
    say(as_owner, owned)
    assert "You have said “On track” about this today already." in page(as_owner.get(address(owned)))


def test_words_that_seem_to_name_a_child_are_asked_about(as_owner, owned):
    say(as_owner, owned, text="NHS number 943 476 5919 is missing.")
    assert not ProgressNote.objects.exists()


def test_help_says_that_the_leads_are_told(as_owner, owned):
    assert "The improvement leads of Rotherham are told" in page(as_owner.get(address(owned, NoteKind.HELP)))


def test_help_without_words_is_owed_to_the_leads(as_owner, owned):
    say(as_owner, owned, NoteKind.HELP)
    assert Due.objects.filter(kind=Occasion.HELP_ASKED, subject_id=owned.pk).exists()


def test_the_action_s_page_says_who_asks_for_help_since_when(as_lead, owned, owner):
    for hour, kind in ((9, NoteKind.HELP), (10, NoteKind.NO_CHANGE), (11, NoteKind.HELP)):
        actions.note(owned, text="", kind=kind, by=acting(owner), at=at(2012, 9, 10, hour))
    found = page(as_lead.get(reverse("action", args=[owned.pk])))
    assert "Ben Moss asks for help, since 10 September 2012 at 10:00am, without saying with what." in found


def test_a_lead_is_led_to_answer_it_by_a_note_which_ends_it(as_lead, owned, owner):
    actions.note(owned, text="A room is missing.", kind=NoteKind.HELP, by=acting(owner), at=NOW)
    shown = as_lead.get(reverse("action", args=[owned.pk]))
    assert shown.context["next"].address == reverse("note", args=[owned.pk])
    as_lead.post(shown.context["next"].address, {"kind": "update", "text": "Room 4 is yours from Monday."})
    assert not Action.objects.asking_for_help().exists()


def test_who_asks_for_help_is_not_asked_to_answer_themselves(as_owner, owned, owner):
    actions.note(owned, text="", kind=NoteKind.HELP, by=acting(owner), at=NOW)
    assert as_owner.get(reverse("action", args=[owned.pk])).context["next"].words != "Answer with a note"


@world
def three(report, owner, lead):
    """Three actions of the owner, all long overdue."""
    return [factories.owned(each, owner, by=lead) for each in Action.objects.order_by("pk")]


def test_after_an_answer_the_next_ones_are_offered(as_owner, three):
    answer = say(as_owner, three[0])
    assert "<h1" in page(answer) and answer.context["title"] == "2 more of yours await a word"
    assert [action for action, _, _ in answer.context["waiting"]] == three[1:]
    assert all(address(three[1], kind) in page(answer) for kind in KINDS)


def test_after_the_last_answer_nothing_awaits_a_word(as_owner, three):
    for each in three:
        answer = say(as_owner, each)
    assert answer.context["title"] == "Nothing else awaits a word from you"


def test_what_was_said_before_the_latest_mail_is_asked_about_again(as_owner, three, owner):
    say(as_owner, three[0])
    now = timezone.now()
    told = {"state": NoticeState.SENT, "sent_at": now, "posted_at": now, "message_id": "<1@example.org>"}
    Notice.objects.create(recipient=owner, kind=NoticeKind.DIGEST, day=day_of(now), **told)
    assert len(as_owner.get(reverse("awaited")).context["waiting"]) == 3


def test_what_lies_far_ahead_awaits_no_word(as_owner, owned):
    Action.objects.update(
        original_due=date(2099, 1, 1),
        agreed_due=date(2099, 1, 1),
        overdue_after=date(2099, 1, 1),
        last_heard_at=timezone.now() - timedelta(days=2),
    )
    assert as_owner.get(reverse("awaited")).context["waiting"] == []


def test_another_s_actions_await_nothing_from_me(as_lead, three):
    assert as_lead.get(reverse("awaited")).context["waiting"] == []


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "9999"])
def test_an_odd_number_in_the_address_is_passed_over(as_owner, three, after):
    assert as_owner.get(reverse("awaited"), {"after": after}).context["after"] is None


def test_the_action_of_another_council_is_not_named(as_stranger, owned):
    assert owned.reference not in page(as_stranger.get(reverse("awaited"), {"after": owned.pk}))
