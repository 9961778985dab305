"""Challenges: raised from the board, a meeting and an action; answered once; shown beside one another."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.boards import board_council
from tests.factories import acting
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Challenge
from tracker.services import board

ASK = {"text": "How do you know?"}


@world
def there(rotherham):
    return board_council(rotherham, timezone.now())


@world
def put(there):
    return board.challenge(
        there.authority, text="How do you know?", action=there.action, by=acting(there.member), at=timezone.now()
    )


def ask(client, there, name, number, **more):
    client.force_login(there.member)
    return client.post(reverse(name, args=[number]), {**ASK, **more})


def latest():
    return Challenge.objects.latest("pk")


def words(client, person, name, *parts):
    client.force_login(person)
    return client.get(reverse(name, args=parts)).content.decode()


def test_a_board_member_challenges_the_plan(client, there):
    ask(client, there, "challenge-plan", there.authority.pk)
    assert (latest().raised_by, latest().action, latest().meeting) == (there.member, None, None)


def test_a_challenge_to_the_plan_may_name_an_action_and_a_meeting(client, there):
    ask(client, there, "challenge-plan", there.authority.pk, reference=" rth-2012-01", meeting=there.last.pk)
    assert (latest().action, latest().meeting) == (there.action, there.last)


def test_a_reference_that_names_nothing_is_told_beside_its_field(client, there):
    answer = ask(client, there, "challenge-plan", there.authority.pk, reference="RTH-2099-99")
    assert "No action of this plan" in " ".join(answer.context["form"]["reference"].errors)


def test_a_reference_of_another_council_names_nothing(client, there, stranger, staffordshire):
    action = factories.peer_review(staffordshire, by=stranger).recommendations.first().actions.get()
    answer = ask(client, there, "challenge-plan", there.authority.pk, reference=action.reference)
    assert answer.context["form"]["reference"].errors


def test_a_meeting_of_another_council_cannot_be_chosen(client, there, stranger, staffordshire):
    other = board.plan_meeting(staffordshire, held_on=there.last.held_on, by=acting(stranger), at=timezone.now())
    answer = ask(client, there, "challenge-plan", there.authority.pk, meeting=other.pk)
    assert answer.context["form"]["meeting"].errors


def test_a_challenge_at_a_meeting_belongs_to_it(client, there):
    ask(client, there, "challenge-meeting", there.next.pk)
    assert latest().meeting == there.next


def test_the_page_of_a_cancelled_meeting_takes_no_challenge(client, there):
    board.cancel_meeting(there.next, reason="The room is closed.", by=acting(there.lead), at=timezone.now())
    client.force_login(there.member)
    page = client.get(reverse("challenge-meeting", args=[there.next.pk]), follow=True).content.decode()
    assert "This meeting was cancelled. Plan another one instead." in page


def test_a_challenge_about_an_action_belongs_to_it(client, there):
    ask(client, there, "challenge-action", there.action.pk)
    assert latest().action == there.action


def test_a_challenge_has_words(client, there):
    answer = ask(client, there, "challenge-plan", there.authority.pk, text=" ")
    assert answer.context["form"]["text"].errors == ["Write the challenge."]


@pytest.mark.parametrize("role", [Role.OWNER, Role.AUDITOR])
def test_who_may_not_challenge_is_told_so(client, there, role):
    client.force_login(factories.member("Bea Holt", there.authority, role))
    for name, number in (
        ("challenge-plan", there.authority.pk),
        ("challenge-meeting", there.next.pk),
        ("challenge-action", there.action.pk),
    ):
        answer = client.get(reverse(name, args=[number]), follow=True)
        assert "Only board members and improvement leads may put a challenge." in answer.content.decode()


def test_a_stranger_finds_nothing_to_challenge_or_answer(as_stranger, there, put):
    addresses = [
        reverse("challenge-plan", args=[there.authority.pk]),
        reverse("challenge-action", args=[there.action.pk]),
        reverse("challenges", args=[there.authority.pk]),
        reverse("answer-challenge", args=[put.pk]),
    ]
    assert {as_stranger.get(address).status_code for address in addresses} == {404}


def test_a_lead_answers_and_everybody_reads_it_beside_the_challenge(client, there, put):
    client.force_login(there.lead)
    client.post(reverse("answer-challenge", args=[put.pk]), {"answer": "An audit of forty files."})
    for name, number in (
        ("action", there.action.pk),
        ("board", there.authority.pk),
        ("challenges", there.authority.pk),
    ):
        assert "An audit of forty files." in words(client, there.member, name, number)


def test_a_challenge_is_answered_once(client, there, put):
    client.force_login(there.lead)
    address = reverse("answer-challenge", args=[put.pk])
    client.post(address, {"answer": "An audit of forty files."})
    assert "answered already" in client.get(address, follow=True).content.decode()
    assert "answered already" in client.post(address, {"answer": "Another."}).content.decode()
    assert latest().answer == "An audit of forty files."


def test_a_board_member_does_not_answer(client, there, put):
    client.force_login(there.member)
    page = client.get(reverse("answer-challenge", args=[put.pk]), follow=True).content.decode()
    assert "Only an improvement lead may change the plan." in page
    assert reverse("answer-challenge", args=[put.pk]) not in page


def test_the_list_begins_with_what_awaits_an_answer(client, there, put):
    client.force_login(there.member)
    page = client.get(reverse("challenges", args=[there.authority.pk])).context["page"]
    assert [row.pk for row in page] == [put.pk, there.answered.pk]


def test_the_home_page_of_a_board_member_says_what_waits_and_what_was_answered(client, there, put):
    page = words(client, there.member, "home")
    assert "1 challenge awaits an answer" in page and "How do you know?" in page
    assert "The practice board reads all of them every month." in page
    assert reverse("meeting", args=[there.next.pk]) in page


def test_the_home_page_of_a_lead_says_what_awaits_their_answer(client, there, put):
    page = words(client, there.lead, "home")
    assert "1 challenge awaits your answer" in page and reverse("answer-challenge", args=[put.pk]) in page


def test_an_owner_sees_the_challenge_on_the_action_and_is_offered_none(client, there, put):
    page = words(client, there.owner, "action", there.action.pk)
    assert "How do you know?" in page and reverse("challenge-action", args=[there.action.pk]) not in page


def test_a_partner_sees_no_challenge(client, there, put):
    partner = factories.member("Pia Dale", there.authority, Role.PARTNER)
    there.action.partners.add(partner)
    assert "How do you know?" not in words(client, partner, "action", there.action.pk)


def test_words_that_look_like_a_page_are_shown_as_words(client, there):
    ask(client, there, "challenge-plan", there.authority.pk, text="<script>alert(1)</script>")
    assert "<script>alert" not in words(client, there.member, "board", there.authority.pk)
