"""Signing in through a council's own provider: the journey, and the ways in which it lets nobody else in."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from tests import factories, signing_in
from tests.openid_provider import CLIENT, SECRET, OpenIdProvider
from tests.signing_in import is_signed_in
from tracker.choices import Role
from tracker.models import User
from tracker.rules.single_sign_on import Provider
from tracker.services import second_factors

pytestmark = pytest.mark.django_db
BEGIN = "/accounts/council/council/"
NOW = factories.at(2013, 6, 1)


@pytest.fixture(scope="module")
def running():
    with OpenIdProvider() as provider:
        yield provider


@pytest.fixture
def provider(running, settings):
    """A provider that speaks for example.org, as Ben Moss, and does nothing odd."""
    running.bend.clear()
    running.claims = {"sub": "7", "email": "ben.moss@example.org", "email_verified": True}
    settings.SITE_ADDRESS = "http://testserver"
    known = Provider("council", "Rotherham", running.issuer, CLIENT, SECRET, ("example.org",), "email_verified")
    settings.SINGLE_SIGN_ON = (known,)
    return running


def leave(client, **more):
    """The provider's answer to a browser that was sent there: the address back."""
    out = client.post(BEGIN, more)
    return requests.get(out.url, allow_redirects=False, timeout=30).headers["Location"]


def sign_in(client, **more):
    return client.get(leave(client, **more))


def said(answer):
    return answer.content.decode()


def test_somebody_with_an_account_gets_in(client, provider, owner):
    sign_in(client)
    assert is_signed_in(client) and client.session["_auth_user_id"] == str(owner.pk)


def test_the_journey_proves_that_it_is_the_one_that_began(client, provider, owner):
    asked = parse_qs(urlsplit(leave(client)).query)
    sent = provider.asked[-1]
    assert (sent["code_challenge_method"], sent["state"], len(sent["nonce"])) == ("S256", asked["state"][0], 64)


def test_the_first_sign_in_is_told_in_the_trail_and_the_second_is_not(client, provider, owner):
    sign_in(client)
    sign_in(Client())
    assert factories.events().count("sign_in_linked") == 1


def test_the_session_key_changes(client, provider, owner):
    back = leave(client)
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before


def test_nobody_gets_an_account_by_it_and_reads_whom_to_ask(client, provider):
    provider.claims["email"] = "nobody.known@example.org"
    before = User.objects.count()
    answer = sign_in(client)
    assert answer.status_code == 403 and "Ask an improvement lead" in said(answer)
    assert (User.objects.count(), is_signed_in(client)) == (before, False)


def test_somebody_whose_account_is_closed_stays_out(client, provider, owner):
    sign_in(client)
    factories.people.change_person(owner, is_active=False, by=factories.house(), at=NOW)
    again = Client()
    sign_in(again)
    assert not is_signed_in(again) and not is_signed_in(client)


FORGED = {
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "another audience": {"claims": {"aud": "somebody-else"}},
    "made for somebody else as well": {"claims": {"aud": [CLIENT, "somebody-else"]}},
    "an old token": {"claims": {"exp": 1_000_000_000}},
    "the nonce of another journey": {"claims": {"nonce": "0" * 64}},
    "no nonce": {"claims": {"nonce": ""}},
    "no subject": {"claims": {"sub": ""}},
    "an unsigned token": {"signature": ("", "none")},
    "a token signed with the client's secret": {"signature": (SECRET * 3, "HS256")},
    "a discovery that names another issuer": {"discovered": "https://evil.example"},
}


@pytest.mark.parametrize("bent", FORGED.values(), ids=FORGED)
def test_a_token_that_is_not_the_provider_s_own_for_this_journey_opens_nothing(client, provider, owner, bent):
    provider.bend.update(bent)
    out = client.post(BEGIN)
    if out.status_code == 302:
        client.get(requests.get(out.url, allow_redirects=False, timeout=30).headers["Location"])
    assert not is_signed_in(client)


def test_a_token_signed_by_another_key_opens_nothing(client, provider, owner):
    provider.bend["signature"] = (provider.other_key, "RS256")
    assert sign_in(client).status_code == 403 and not is_signed_in(client)


@pytest.mark.parametrize("state", ["", "somebodyelses00"])
def test_a_way_back_that_did_not_begin_here_opens_nothing(client, provider, owner, state):
    back = leave(client)
    code = parse_qs(urlsplit(back).query)["code"][0]
    assert client.get(f"{BEGIN}back/?code={code}&state={state}").status_code == 403


def test_a_way_back_taken_by_another_browser_opens_nothing(client, provider, owner):
    thief = Client()
    thief.get(leave(client))
    assert not is_signed_in(thief)


def test_a_way_back_is_taken_once(client, provider, owner):
    back = leave(client)
    client.get(back)
    client.post("/accounts/logout/")
    client.get(back)
    assert not is_signed_in(client)


@pytest.mark.parametrize("proof", [False, "false", None, 0, "no"])
def test_an_address_that_is_not_proven_opens_nothing(client, provider, owner, proof):
    provider.claims["email_verified"] = proof
    assert "does not vouch" in said(sign_in(client)) and not is_signed_in(client)


@pytest.mark.parametrize("domain", ["other.example", "example.org.evil.example", "sub.example.org"])
def test_a_provider_speaks_for_its_own_domains_alone(client, provider, rotherham, domain):
    person = factories.member("Vic Orr", rotherham, Role.OWNER)
    User.objects.filter(pk=person.pk).update(email=f"vic.orr@{domain}")
    provider.claims["email"] = f"vic.orr@{domain}"
    assert "cannot vouch" in said(sign_in(client)) and not is_signed_in(client)


def test_whoever_takes_another_s_address_at_the_provider_stays_who_they_were(client, provider, owner, lead):
    sign_in(client)
    provider.claims["email"] = lead.email
    again = Client()
    sign_in(again)
    assert again.session["_auth_user_id"] == str(owner.pk)


def test_another_account_at_the_provider_with_a_linked_person_s_address_opens_nothing(client, provider, owner):
    sign_in(client)
    provider.claims["sub"] = "8"
    thief = Client()
    assert "linked" in said(sign_in(thief)) and not is_signed_in(thief)


def test_the_site_s_own_administrators_are_in_no_council_s_hands(client, provider, owner):
    factories.people.change_person(owner, is_staff=True, by=factories.house(), at=NOW)
    sign_in(client)
    assert not is_signed_in(client)


def test_a_signed_in_stranger_links_nothing_by_asking_to_connect(client, provider, lead):
    client.force_login(lead)
    out = client.post(f"{BEGIN}?process=connect")
    client.get(requests.get(out.url, allow_redirects=False, timeout=30).headers["Location"])
    assert "sign_in_linked" not in factories.events()


def test_no_other_site_begins_a_sign_in(provider, owner):
    strict = Client(enforce_csrf_checks=True)
    assert (strict.post(BEGIN).status_code, strict.get(BEGIN).status_code) == (403, 405)


def test_it_leads_to_no_other_site(client, provider, owner):
    assert sign_in(client, next="//evil.example/").url == "/"


def test_a_second_factor_here_is_asked_for_after_it(client, provider, owner):
    signing_in.with_factor(owner, second_factors)
    answer = sign_in(client)
    assert answer.url == signing_in.CODE and not is_signed_in(client)
    signing_in.enter_code(client, signing_in.shown_code())
    assert is_signed_in(client)


def test_a_lead_without_a_factor_is_led_to_one_where_the_provider_s_own_does_not_count(
    client, provider, lead, settings
):
    settings.SECOND_FACTOR, provider.claims["email"] = "leads", lead.email
    sign_in(client)
    assert client.get("/").url == signing_in.SET_UP


def test_a_provider_s_own_second_factor_counts_where_the_setting_says_so(client, provider, lead, settings):
    settings.SECOND_FACTOR, provider.claims["email"] = "leads", lead.email
    settings.SINGLE_SIGN_ON = (replace(settings.SINGLE_SIGN_ON[0], second_factor=True),)
    sign_in(client)
    assert is_signed_in(client)


def test_a_password_opens_nothing_where_the_council_has_closed_that_way(client, provider, owner, settings):
    settings.SINGLE_SIGN_ON = (replace(settings.SINGLE_SIGN_ON[0], passwords=False),)
    answer = signing_in.enter_password(client, signing_in.with_password(owner))
    assert "through their council" in said(answer) and not is_signed_in(client)


def test_an_installation_without_providers_has_no_such_address(client, db):
    assert client.post(BEGIN).status_code == 404
    assert "Sign in with" not in said(client.get(signing_in.LOGIN))
