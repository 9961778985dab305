"""Signing in as it is where more than a password is asked: with a telephone, and through the council's own sign-in."""

import pytest
from django.core.cache import cache

from tests.journeys.conftest import PASSWORD
from tests.openid_provider import CLIENT, SECRET, OpenIdProvider
from tests.signing_in import shown_code
from tracker.rules.single_sign_on import Provider

pytestmark = pytest.mark.usefixtures("committed")


def test_a_lead_sets_a_second_factor_up_and_signs_in_with_it(page, picture, council, settings):
    settings.SECOND_FACTOR = "leads"
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(council["lead"].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Enter your password again").wait_for()
    picture("password-again")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    page.get_by_text("I cannot scan the picture").click()
    picture("set-up")
    secret = page.locator(".app-secret").inner_text().replace(" ", "").replace("\n", "")
    page.get_by_label("Code from your app").fill("000000")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_text("The code is not right").first.wait_for()
    picture("set-up-wrong")
    page.get_by_label("Code from your app").fill(shown_code(secret))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    picture("recovery-codes")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    kept = saved.value.path().read_text()
    code = page.locator(".app-codes li").first.inner_text()
    assert code in kept
    page.get_by_role("button", name="I have kept them: go on").click()
    page.goto("/me/")
    picture("me")
    page.goto("/me/sign-out/")
    picture("sign-out-everywhere")
    page.get_by_role("button", name="Sign out everywhere").click()
    cache.clear()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(council["lead"].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Enter your code").wait_for()
    picture("code")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Your details").or_(page.get_by_text("Signed in as")).first.wait_for()


def test_an_owner_signs_in_through_their_council(page, picture, council, settings, live_server):
    with OpenIdProvider() as provider:
        known = Provider("wsx", "West Sussex", provider.issuer, CLIENT, SECRET, ("example.org",), "email_verified")
        settings.SINGLE_SIGN_ON, settings.SITE_ADDRESS = (known,), live_server.url
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        there = {**directives, "form-action": ["'self'", provider.issuer]}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": there}
        page.goto("/accounts/login/")
        picture("login-with-council")
        page.get_by_role("button", name="Sign in with West Sussex").click()
        page.get_by_text("Signed in as").wait_for()
