"""Extensions: an odd date is asked about, a request that waits is shown, a decision is told."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories
from tests.worlds import world
from tracker.choices import Move, Status
from tracker.services import extensions, moves

NOW = factories.at(2012, 9, 10)
LATER = date(2013, 2, 1)


@world
def asked(owned, owner):
    """An extension to 1 February 2013 that Ben Moss has asked for."""
    return extensions.ask(owned, to_due=LATER, reason="Staff have left.", by=factories.acting(owner), at=NOW)


def decided(extension, lead, *, granted):
    return extensions.decide(
        extension,
        granted=granted,
        reason="There is time enough.",
        by=factories.acting(lead),
        at=factories.at(2012, 9, 12),
    )


def words(client, name, row):
    return client.get(reverse(name, args=[row.pk])).content.decode()


def ask(client, action, year, **more):
    given = {"to_due_0": "1", "to_due_1": "2", "to_due_2": str(year), "reason": "Staff have left.", **more}
    return client.post(reverse("ask-extension", args=[action.pk]), given)


def test_a_date_far_ahead_is_asked_about_before_it_is_sent(as_owner, owned):
    answer = ask(as_owner, owned, 2099)
    assert "more than three years ahead" in " ".join(answer.context["form"]["sure"].errors)
    assert not owned.extensions.exists()


def test_a_date_far_ahead_with_the_tick_is_sent(as_owner, owned):
    ask(as_owner, owned, 2099, sure="on")
    assert owned.extensions.get().to_due.year == 2099


def test_a_request_that_waits_is_shown_in_place_of_the_form(as_owner, owned, asked):
    page = words(as_owner, "ask-extension", owned)
    assert "1 February 2013</strong> has been asked for already" in page and 'name="reason"' not in page


def test_an_extension_is_offered_on_an_open_action(as_owner, owned):
    assert "Ask for an extension" in words(as_owner, "action", owned)


def test_an_extension_is_not_offered_once_the_action_is_submitted(as_owner, owned, owner):
    factories.submitted(owned, by=owner)
    assert "Ask for an extension" not in words(as_owner, "action", owned)


@pytest.mark.parametrize(("granted", "word"), [(True, "Granted"), (False, "Refused")])
def test_a_decided_extension_says_who_decided_what_and_when(as_lead, lead, asked, granted, word):
    decided(asked, lead, granted=granted)
    page = words(as_lead, "decide-extension", asked)
    assert f"{word} by Amina Lark, 12 September 2012" in page and 'name="decision"' not in page


def test_an_extension_taken_back_says_by_whom_and_when(as_lead, owner, asked):
    extensions.withdraw(asked, by=factories.acting(owner), at=factories.at(2012, 9, 11))
    page = words(as_lead, "decide-extension", asked)
    assert "By Ben Moss, 11 September 2012" in page and 'name="decision"' not in page


def test_a_decided_request_cannot_be_opened_to_be_taken_back(as_owner, lead, asked):
    decided(asked, lead, granted=False)
    answer = as_owner.get(reverse("withdraw-extension", args=[asked.pk]), follow=True)
    assert "dealt with already" in answer.content.decode()


def test_the_history_says_to_which_day_an_extension_was_asked_for(as_lead, as_owner, owned, asked, lead):
    as_owner.force_login(lead)
    told = as_owner.get(reverse("action", args=[owned.pk])).context["history"]
    assert told[0].what == "Extension asked for, to 1 February 2013"


def test_an_owner_too_reads_to_which_day_an_extension_was_asked_for(as_owner, owned, asked):
    told = as_owner.get(reverse("action", args=[owned.pk])).context["history"]
    assert told[0].what == "Extension asked for, to 1 February 2013"


def test_a_submitted_action_does_not_say_when_it_would_count_as_overdue(as_lead, lead, owner, rotherham):
    report = factories.accepted_seed("rotherham", rotherham, by=factories.acting(lead), moment=factories.at(2012, 9, 1))
    action = report.recommendations.first().actions.get()
    assert "it counts as overdue after" in words(as_lead, "action", action)
    action = factories.submitted(action, by=lead)
    assert action.status == Status.SUBMITTED and "it counts as overdue after" not in words(as_lead, "action", action)


def test_whoever_tests_the_evidence_sees_it_beside_the_form(as_lead, owned, owner):
    factories.submitted(owned, by=owner)
    for move in (Move.SIGN_OFF, Move.RETURN):
        page = as_lead.get(reverse("move", args=[owned.pk, move])).content.decode()
        assert "Twenty files were read." in page and owned.recommendation.text in page


def test_the_notes_beside_the_form_are_those_since_the_action_was_last_returned(as_lead, owned, owner, lead):
    moves.move(owned, Move.START, by=factories.acting(owner), at=NOW, note="Began with the duty team.")
    first = factories.submitted(owned, by=owner)
    back = moves.move(first, Move.RETURN, by=factories.acting(lead), at=factories.at(2012, 11, 2), reason="Too few.")
    by, at = factories.acting(owner), factories.at(2012, 11, 9)
    moves.move(back, Move.SUBMIT, by=by, at=at, note="Forty files now.")
    page = as_lead.get(reverse("move", args=[owned.pk, "sign_off"])).content.decode()
    assert "Forty files now." in page and "Began with the duty team." not in page
