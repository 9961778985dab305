"""What a newcomer is told: the next step, whom to ask, what a wrong choice was, and the mails about passwords."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tracker.choices import Move, NoteKind, Role
from tracker.services import actions, memberships, moves

NOW = factories.at(2012, 9, 10)


def told(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked).content.decode()


def noted(action, kind, *, by, hour):
    return actions.note(
        action, text="A room is missing.", kind=kind, by=factories.acting(by), at=factories.at(2012, 9, 10, hour)
    )


def test_a_lead_reads_who_has_not_started_yet(as_lead, owned):
    assert "Ben Moss has not started yet." in told(as_lead, "action", owned.pk)


def test_a_lead_reads_that_work_is_under_way(as_lead, owned, owner):
    moves.move(owned, Move.START, by=factories.acting(owner), at=NOW)
    assert "The owner is at work on it." in told(as_lead, "action", owned.pk)


def test_help_asked_for_stands_at_the_top_of_the_action(as_lead, owned, owner):
    noted(owned, NoteKind.HELP, by=owner, hour=9)
    assert "Help asked for" in told(as_lead, "action", owned.pk)


def test_help_is_no_longer_asked_for_after_another_note(as_lead, owned, owner):
    noted(owned, NoteKind.HELP, by=owner, hour=9)
    noted(owned, NoteKind.UPDATE, by=owner, hour=10)
    assert "Help asked for" not in told(as_lead, "action", owned.pk)


def test_home_counts_the_actions_that_ask_for_help_and_leads_to_them(as_lead, owned, owner):
    noted(owned, NoteKind.HELP, by=owner, hour=9)
    page = as_lead.get(reverse("home"))
    assert page.context["decisions"]["help"] == 1 and "?when=help" in page.content.decode()
    listed = as_lead.get(reverse("actions"), {"when": "help"}).context["listed"]
    assert [action for action, _ in listed] == [owned]


def test_the_owner_page_promises_no_mail(as_lead, action):
    page = told(as_lead, "assign", action.pk)
    assert "find it on their home page" in page and "e-mail" not in page


def test_the_owner_page_leads_to_the_invitation_of_somebody_who_is_not_in_the_list(as_lead, action):
    page = told(as_lead, "assign", action.pk)
    assert reverse("invite", args=["RTH"]) in page and reverse("admin:tracker_membership_add") not in page


def test_an_administrator_without_a_role_is_led_to_the_memberships(client, db):
    client.force_login(factories.person("Hal Ruiz", is_staff=True, is_superuser=True))
    page = told(client, "home")
    assert f'href="{reverse("people")}" role="button"' in page and "You have no role in a council yet" not in page
    assert reverse("admin:tracker_membership_add") in page and "Ask an improvement lead" not in page


def test_an_owner_gets_to_their_own_actions_by_one_link(as_owner, owned, owner):
    assert f"owner={owner.pk}" in told(as_owner, "actions")
    page = as_owner.get(reverse("actions"), {"owner": owner.pk, "status": "open"})
    assert [link.words for link in page.context["quick"] if link.current] == ["Mine"]
    assert [action for action, _ in page.context["listed"]] == [owned]


def test_somebody_who_owns_nothing_is_not_offered_their_own(as_lead, owned):
    assert "Mine (" not in told(as_lead, "actions")


def test_the_council_is_asked_for_where_there_are_several(as_lead, lead, owned, staffordshire, stranger):
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=NOW)
    theirs = factories.peer_review(staffordshire, by=stranger)
    page = as_lead.get(reverse("actions"), {"authority": staffordshire.pk})
    assert {action.authority_id for action, _ in page.context["listed"]} == {theirs.authority_id}


def test_the_council_is_not_asked_for_where_there_is_one(as_lead, owned):
    assert "authority" not in as_lead.get(reverse("actions")).context["filter"].form.fields


@pytest.mark.parametrize("field", ["status", "rating", "when", "owner", "report", "family", "sort"])
def test_a_wrong_choice_in_the_address_is_told_in_our_words(as_lead, owned, field):
    form = as_lead.get(reverse("actions"), {field: "bogus"}).context["filter"].form
    assert form.errors[field] == [f"That is not one of the choices for “{form.fields[field].label}”."]


def test_the_mark_answers_at_the_address_browsers_ask(client, db):
    assert client.get("/favicon.ico").url.endswith("tracker/mark.svg")


def test_the_admin_carries_the_mark_too(client, rotherham):
    client.force_login(factories.member("Gil Stone", rotherham, Role.LEAD, is_staff=True))
    assert re.search(r'<link rel="icon" href="[^"]*mark\.svg"', told(client, "admin:index"))


@pytest.fixture
def reset(client, lead):
    """The mail for somebody who has forgotten their password."""
    client.post(reverse("account_reset_password"), {"email": lead.email})
    return mail.outbox[0]


def test_the_mail_for_a_new_password_names_the_service_and_holds_the_link(reset):
    assert reset.subject == "Set a new password for the Improvement tracker"
    assert "/accounts/password/reset/key/" in reset.body and reset.body.startswith("Hello")


def test_the_link_in_the_mail_leads_to_the_form_for_a_new_password(client, reset):
    address = re.search(r"https?://[^/]+(/\S+)", reset.body).group(1)
    assert "New password again" in client.get(address, follow=True).content.decode()


def test_the_mail_to_an_unknown_address_offers_no_sign_up(client, db):
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    sent = mail.outbox[0]
    assert "Improvement tracker" in sent.subject and "ask an improvement lead" in sent.body
    assert "sign up" not in sent.body.lower() and "signup" not in sent.body and "example.com" not in sent.body
