"""The doors of the site: which addresses the sign-in package has, what strangers may send, what browsers may keep."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import get_resolver

pytestmark = pytest.mark.django_db
SERVED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_signup",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def test_the_sign_in_package_serves_these_addresses_and_no_other():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("account_")}
    assert names == SERVED


def test_nobody_can_change_the_address_they_sign_in_with(client, lead):
    client.force_login(lead)
    client.post("/accounts/email/", {"action_add": "", "email": "other@example.org"})
    client.post("/accounts/email/", {"action_primary": "", "email": "other@example.org"})
    lead.refresh_from_db()
    assert (lead.email, EmailAddress.objects.count()) == ("amina.lark@example.org", 0)


def test_the_link_for_a_new_password_leads_to_this_site_whatever_host_was_named(client, lead, settings):
    settings.SITE_ADDRESS = "https://tracker.council.example"
    client.post("/accounts/password/reset/", {"email": lead.email}, headers={"host": "localhost:1"})
    assert "https://tracker.council.example/accounts/password/reset/key/" in mail.outbox[0].body


def test_a_private_page_is_kept_by_no_browser(client, lead):
    client.force_login(lead)
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_somebody_not_signed_in_cannot_send_a_large_body(client):
    answer = client.post("/accounts/login/", data=b"x" * 100_000, content_type="application/octet-stream")
    assert answer.status_code == 413


@pytest.mark.parametrize("address", ["/actions/?q=%00", "/admin/tracker/action/?status=%00"])
def test_a_nul_in_the_address_is_refused(client, lead, address):
    client.force_login(lead)
    assert client.get(address).status_code == 400
