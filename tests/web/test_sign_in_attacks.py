"""Sign-in attacked: guessing, links used by others, twice or too late, fixed sessions, forged addresses."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import factories, signing_in
from tests.signing_in import LOGIN, enter_password, is_signed_in, link_of, with_password
from tests.worlds import world
from tracker.choices import Role
from tracker.services import memberships, sign_ins
from tracker.web.accounts import ClosedAccountAdapter

pytestmark = pytest.mark.django_db
NOW = factories.at(2013, 6, 1)
RESET = "/accounts/password/reset/"
NEW = {"password1": "a different one 9", "password2": "a different one 9"}
ELSEWHERE = ["//evil.example", r"\\evil.example", r"/\evil.example", "https://evil.example", "javascript:alert(1)"]


@world
def known(lead):
    """Amina Lark, who signs in by password."""
    return with_password(lead)


def words(answer):
    """What a person reads, without the form's own token and the address that was typed."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def set_password(client, link, given=NEW):
    """Open a link from a mail and set a password; whether it was taken."""
    opened = client.get(link)
    answer = client.post(opened.url, given) if opened.status_code == 302 else opened
    return answer.status_code == 302


# Guessing


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, known):
    for number in range(5):
        enter_password(client, known, f"wrong {number}")
    answer = enter_password(Client(), known)
    assert "five minutes" in answer.content.decode()


def test_one_network_address_tries_no_long_list_of_people(client, known):
    for number in range(20):
        client.post(LOGIN, {"login": f"somebody{number}@example.org", "password": "x"})
    enter_password(client, known)
    assert not is_signed_in(client)


def test_a_port_behind_the_host_s_name_gives_no_further_tries(client, known):
    for number in range(5):
        enter_password(client, known, f"wrong {number}", HTTP_HOST=f"testserver:{8000 + number}")
    again = Client()
    enter_password(again, known)
    assert not is_signed_in(again)


@pytest.mark.parametrize("spelling", ["SARA.MOSS@example.org", " sara.moss@EXAMPLE.org", "\u017fara.moss@example.org"])
def test_another_spelling_of_an_address_gives_no_further_tries(rf, spelling):
    key = ClosedAccountAdapter()._get_login_attempts_cache_key
    assert key(rf.post(LOGIN), email=spelling) == key(rf.post(LOGIN), email="sara.moss@example.org")


def test_who_has_an_account_cannot_be_told_from_who_has_none_at_sign_in(client, known):
    answers = [client.post(LOGIN, {"login": who, "password": "x"}) for who in (known.email, "nobody@example.org")]
    assert words(answers[0]) == words(answers[1]) and answers[0].status_code == answers[1].status_code


def test_a_closed_account_cannot_be_told_from_a_wrong_password(client, known):
    factories.people.change_person(known, is_active=False, by=factories.house(), at=NOW)
    answers = [client.post(LOGIN, {"login": known.email, "password": "x"}), enter_password(client, known)]
    assert not is_signed_in(client) and answers[0].status_code == 200


def test_a_password_is_hashed_for_who_has_no_account_too(client, settings, monkeypatch, known):
    hashed = []
    monkeypatch.setattr("tracker.models.User.set_password", lambda self, raw: hashed.append(raw))
    client.post(LOGIN, {"login": "nobody@example.org", "password": "x"})
    assert hashed == ["x"]


def test_who_has_an_account_cannot_be_told_from_who_has_none_by_asking_for_a_new_password(client, known):
    answers = [client.post(RESET, {"email": who}, follow=True) for who in (known.email, "nobody@example.org")]
    assert words(answers[0]) == words(answers[1]) and len(mail.outbox) == 2


def test_new_passwords_are_asked_for_five_times_for_one_address(client, known):
    answers = [client.post(RESET, {"email": known.email}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429] and len(mail.outbox) == 5


# Links


def test_a_link_for_a_new_password_works_once(client, known):
    link = link_of(known)
    assert (set_password(client, link), set_password(Client(), link)) == (True, False)


def test_a_link_ends_with_a_sign_in(client, known):
    link = link_of(known)
    enter_password(client, known)
    assert not set_password(Client(), link)


def test_a_link_of_one_person_sets_no_other_s_password(client, known, owner):
    one, other = link_of(known), link_of(owner)
    forged = (
        other.rpartition("key/")[0] + "key/" + other.rpartition("key/")[2].split("-")[0] + "-" + one.split("-", 1)[1]
    )
    assert not set_password(client, forged)


def test_a_link_ends_after_three_days(client, known, settings):
    link = link_of(known)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not set_password(client, link)


def test_an_earlier_link_ends_when_a_later_one_is_used(client, known):
    first, second = link_of(known), link_of(known)
    set_password(client, second)
    assert not set_password(Client(), first)


@world
def invited(rotherham, lead):
    """Ida Thorn, who was asked in and has not answered."""
    asked = {"email": "ida.thorn@example.org", "name": "Ida Thorn", "authority": rotherham, "role": Role.OWNER}
    return memberships.invite(**asked, by=factories.acting(lead), at=NOW).membership.user


def test_an_invitation_sets_one_password_for_the_person_invited(client, invited):
    link = link_of(invited)
    assert set_password(client, link) and not set_password(Client(), link)
    enter_password(client, invited, NEW["password1"])
    assert client.session["_auth_user_id"] == str(invited.pk)


def test_an_invitation_used_by_somebody_signed_in_as_another_gives_them_nothing(client, invited, owner):
    client.force_login(owner)
    set_password(client, link_of(invited))
    owner.refresh_from_db()
    assert "_auth_user_id" not in client.session and not owner.check_password(NEW["password1"])


def test_an_invitation_ends_with_the_role(client, invited, lead):
    link = link_of(invited)
    memberships.end_membership(invited.memberships.get(), by=factories.acting(lead), at=factories.at(2013, 6, 2))
    assert not set_password(client, link)


def test_a_link_ends_when_the_person_signs_out_everywhere(client, known):
    link = link_of(known)
    sign_ins.sign_out_everywhere(known, by=factories.acting(known), at=NOW)
    assert not set_password(client, link)


@pytest.mark.parametrize("host", ["evil.example", "localhost:1@evil.example"])
def test_a_mail_names_no_host_that_the_request_brought(client, known, settings, host):
    settings.SITE_ADDRESS = "https://tracker.council.example"
    answer = client.post(RESET, {"email": known.email}, headers={"host": host, "x-forwarded-host": host})
    assert answer.status_code == 400 and not mail.outbox


# Sessions


def test_the_session_key_changes_at_sign_in(client, known):
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key
    enter_password(client, known)
    assert client.session.session_key != before


def test_a_session_key_that_somebody_brings_is_not_taken(client, known):
    client.cookies["sessionid"] = "a" * 32
    enter_password(client, known)
    assert client.session.session_key != "a" * 32


@world
def elsewhere(known):
    """Another browser in which the person is signed in."""
    other = Client()
    other.force_login(known)
    return other


def test_a_new_password_ends_every_other_session(client, known, elsewhere):
    enter_password(client, known)
    client.post("/accounts/password/change/", {"oldpassword": signing_in.PASSWORD, **NEW})
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (True, False)


def test_a_closed_account_stays_signed_out_when_it_is_opened_again(known, elsewhere):
    for is_active in (False, True):
        factories.people.change_person(known, is_active=is_active, by=factories.house(), at=NOW)
    assert not is_signed_in(elsewhere)


def test_the_end_of_the_last_role_ends_the_sessions(client, owner, lead):
    client.force_login(owner)
    memberships.end_membership(owner.memberships.get(), by=factories.acting(lead), at=NOW)
    assert not is_signed_in(client)


def test_the_end_of_one_role_of_two_ends_none(client, owner, lead, rotherham):
    held = owner.memberships.get()
    memberships.grant_membership(user=owner, authority=rotherham, role=Role.BOARD, by=factories.acting(lead), at=NOW)
    client.force_login(owner)
    memberships.end_membership(held, by=factories.acting(lead), at=NOW)
    assert is_signed_in(client)


def test_signing_out_everywhere_ends_this_session_and_every_other(client, known, elsewhere):
    client.force_login(known)
    client.post(reverse("sign-out-everywhere"))
    assert (is_signed_in(client), is_signed_in(elsewhere)) == (False, False)


def aged(client, name, minutes):
    """Let one of the session's two clocks go back."""
    client.get("/me/")
    session = client.session
    session[name] -= minutes * 60
    session.save()


@pytest.mark.parametrize(("name", "minutes", "stays"), [
    ("session_seen", 59, True), ("session_seen", 61, False), ("session_began", 11 * 60, True),
    ("session_began", 12 * 60 + 1, False),
])  # fmt: skip
def test_a_session_ends_when_it_is_left_alone_or_open_for_long(elsewhere, name, minutes, stays):
    aged(elsewhere, name, minutes)
    assert is_signed_in(elsewhere) is stays


# Where it leads, and from where


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client, known, address):
    answer = client.post(LOGIN, {"login": known.email, "password": signing_in.PASSWORD, "next": address})
    assert answer.url == "/"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_out_leads_to_no_other_site(client, known, address):
    client.force_login(known)
    assert client.post("/accounts/logout/", {"next": address}).url == LOGIN


@pytest.mark.parametrize("address", ELSEWHERE)
def test_entering_the_password_again_leads_to_no_other_site(client, known, address):
    client.force_login(known)
    answer = client.post("/accounts/reauthenticate/", {"password": signing_in.PASSWORD, "next": address})
    assert answer.url == "/"


@pytest.mark.parametrize("address", [LOGIN, "/accounts/logout/", RESET, signing_in.CODE, "/me/sign-out/"])
def test_no_other_site_signs_anybody_in_or_out(known, address):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(known)
    assert strict.post(address, {"login": known.email, "password": signing_in.PASSWORD}).status_code == 403


def test_an_address_alone_signs_nobody_out(client, known):
    client.force_login(known)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
