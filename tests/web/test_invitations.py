"""Inviting: the mails, the link in them, what a lead learns of somebody who has an account, and a mail that fails."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tracker.choices import Role
from tracker.models import Membership, User

GIVEN = {"email": "ida.thorn@example.org", "name": "Ida Thorn", "job_title": "Chair", "role": "board"}
PASSWORD = "four quiet words here"


@pytest.fixture
def invite(as_lead, django_capture_on_commit_callbacks):
    """Amina Lark invites somebody to Rotherham; the page that follows."""

    def send(**more):
        with django_capture_on_commit_callbacks(execute=True):
            return as_lead.post(reverse("invite", args=["RTH"]), {**GIVEN, **more})

    return send


def mails_to(address):
    return [each for each in mail.outbox if each.to == [address]]


def link_in(message):
    return re.search(r"https?://[^/\s]+(/\S+/key/\S+)", message.body).group(1)


def choose_password(client, address):
    form = client.get(address, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True)


def test_an_invitation_says_who_asks_where_as_what_and_what_this_is(invite, lead):
    invite()
    message = mails_to("ida.thorn@example.org")[0]
    wanted = (
        "Hello Ida Thorn",
        "Amina Lark invites you",
        "Rotherham",
        "Board member",
        "what inspections",
        "for 3 days",
    )
    assert all(words in message.body for words in wanted)
    html, kind = message.alternatives[0]
    assert kind == "text/html" and link_in(message) in html


def test_the_invited_person_chooses_a_password_and_signs_in(invite, client):
    invite()
    client.logout()
    page = choose_password(client, link_in(mails_to("ida.thorn@example.org")[0]))
    assert "Your password is set" in page.content.decode()
    answer = client.post(reverse("account_login"), {"login": "ida.thorn@example.org", "password": PASSWORD})
    assert answer.url == reverse("home")


def test_the_link_of_an_invitation_works_once(invite, client):
    invite()
    client.logout()
    address = link_in(mails_to("ida.thorn@example.org")[0])
    choose_password(client, address)
    assert "does not work any more" in client.get(address, follow=True).content.decode()


def test_the_link_of_an_invitation_leads_to_this_site_whatever_host_was_named(
    as_lead, settings, django_capture_on_commit_callbacks
):
    settings.SITE_ADDRESS = "https://tracker.council.example"
    with django_capture_on_commit_callbacks(execute=True):
        as_lead.post(reverse("invite", args=["RTH"]), GIVEN, headers={"host": "localhost:1"})
    body = mails_to("ida.thorn@example.org")[0].body
    assert set(re.findall(r"https?://[^/\s]+", body)) == {"https://tracker.council.example"}


def test_whoever_never_chose_a_password_can_ask_for_a_new_link(invite, client):
    invite()
    client.logout()
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": "ida.thorn@example.org"})
    assert "/password/reset/key/" in mails_to("ida.thorn@example.org")[0].body


def test_the_leads_are_told_who_was_given_which_role_by_whom(invite, rotherham):
    factories.member("Greta Moor", rotherham, Role.LEAD)
    invite()
    for lead in ("greta.moor@example.org", "amina.lark@example.org"):
        body = mails_to(lead)[0].body
        assert "Ida Thorn" in body and "Board member" in body and "Granted by: Amina Lark" in body


def test_nobody_but_the_leads_of_that_council_is_told(invite, owner, stranger):
    invite()
    assert {each.to[0] for each in mail.outbox} == {"ida.thorn@example.org", "amina.lark@example.org"}


def test_a_board_member_is_granted_confidential_packs_by_the_tick(invite):
    invite(sees_confidential="on")
    assert Membership.objects.get(user__name="Ida Thorn").sees_confidential


def test_before_the_role_is_granted_nothing_tells_an_account_from_none(invite, stranger):
    """The same form refuses the same things of an address that has an account and of one that has none."""
    for wrong in ({"name": ""}, {"role": ""}, {"name": "x" * 151}, {"job_title": "x" * 151}):
        known, unknown = invite(**{"email": stranger.email, **wrong}), invite(**wrong)
        assert known.context["form"].errors == unknown.context["form"].errors != {}
    assert not mail.outbox


def test_somebody_with_an_account_gets_the_role_alone_and_the_page_says_so(invite, client, stranger):
    invite(email="CATO.REED@example.org", name="Somebody Else", job_title="Chair", organisation="Elsewhere")
    stranger.refresh_from_db()
    page = client.get(reverse("person", args=["RTH", stranger.pk])).content.decode()
    assert "cato.reed@example.org has an account already" in page
    assert (stranger.name, stranger.job_title, stranger.organisation) == ("Cato Reed", "", "")


def test_nothing_is_said_about_another_council_of_somebody_with_an_account(invite, client, stranger):
    answer = invite(email=stranger.email)
    page = client.get(answer.url).content.decode()
    assert "Staffordshire" not in page + "".join(each.body for each in mail.outbox)


def test_the_mail_to_somebody_with_a_password_holds_no_link_to_set_one(invite, stranger):
    stranger.set_password(PASSWORD)
    stranger.save()
    invite(email=stranger.email)
    body = mails_to(stranger.email)[0].body
    assert "You have an account already" in body and "/key/" not in body


def test_whoever_holds_the_role_already_is_refused_beside_the_address(invite, owner):
    answer = invite(email=owner.email, role="owner")
    assert "already" in " ".join(answer.context["form"].errors["email"])


def test_nobody_invites_themselves(invite, lead):
    assert "gives themselves" in " ".join(invite(email=lead.email).context["form"].errors["email"])


def test_a_closed_account_is_told_and_gets_no_mail(invite, client, stranger):
    factories.people.change_person(stranger, is_active=False, by=factories.house(), at=factories.at(2012, 9, 2))
    answer = invite(email=stranger.email)
    assert "Their account is closed" in client.get(answer.url).content.decode()
    assert not mails_to(stranger.email)


@pytest.fixture
def no_mail_server(settings):
    """Mail that nobody takes: nothing listens at that port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.mark.usefixtures("committed", "no_mail_server")
def test_a_mail_that_fails_loses_no_invitation_and_the_page_offers_to_send_it_again(client):
    lead = factories.member("Amina Lark", factories.Authority.objects.get(code="RTH"), Role.LEAD)
    client.force_login(lead)
    page = client.post(reverse("invite", args=["RTH"]), GIVEN, follow=True).content.decode()
    held = Membership.objects.get(user__name="Ida Thorn")
    assert "The mail to ida.thorn@example.org could not be sent" in page
    assert reverse("send-invitation", args=[held.pk]) in page


def test_an_invitation_is_sent_again(invite, as_lead, django_capture_on_commit_callbacks):
    invite()
    mail.outbox.clear()
    held = Membership.objects.get(user__name="Ida Thorn")
    before = len(factories.events())
    with django_capture_on_commit_callbacks(execute=True):
        as_lead.post(reverse("send-invitation", args=[held.pk]))
    assert ([each.to for each in mail.outbox], len(factories.events())) == ([["ida.thorn@example.org"]], before)


def test_whoever_has_signed_in_is_not_invited_again(invite, as_lead):
    invite()
    User.objects.filter(name="Ida Thorn").update(last_login=factories.at(2099, 1, 1))
    held = Membership.objects.get(user__name="Ida Thorn")
    page = as_lead.get(reverse("send-invitation", args=[held.pk]), follow=True).content.decode()
    assert "has signed in already" in page


def test_another_role_is_given_to_somebody_who_is_here(as_lead, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_lead.post(reverse("grant-role", args=["RTH", owner.pk]), {"role": "board"})
    assert set(owner.memberships.values_list("role", flat=True)) == {"owner", "board"}
    assert {each.to[0] for each in mail.outbox} == {owner.email, "amina.lark@example.org"}


def test_a_name_cannot_break_the_subject_of_a_mail(invite):
    invite(name="Ida\r\nBcc: all@example.org")
    told = mails_to("amina.lark@example.org")[0]
    assert "\n" not in told.subject and told.message()["Bcc"] is None
