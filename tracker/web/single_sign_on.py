"""Signing in through a council's own provider (OpenID Connect): the sign-in package's journey, with stricter checks.

The package trusts a token that came straight from the provider; here its signature, issuer, audience, age and nonce
are checked as well, and nothing but the signed token is believed.
"""

import logging
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_POST, require_safe

from tracker.access import Actor
from tracker.choices import Channel
from tracker.rules import single_sign_on as rules
from tracker.rules.refusal import Refused
from tracker.services import single_sign_on
from tracker.web.accounts import address_of
from tracker.web.acting import moment_of
from tracker.web.doors import HELD, factor_was_shown

log = logging.getLogger(__name__)

SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "ES256"]  # never "none", never a secret that both sides know
SLACK = 60  # seconds that two clocks may differ
FAILED = "Signing in through your council did not work. Try again; if it fails again, ask your IT service desk."
NEEDED = ["exp", "iat", "iss", "aud", "sub", "nonce"]


def nonce_of(state: str) -> str:
    """What the token has to repeat: made of the journey's own state, which this browser's session takes once."""
    return salted_hmac("openid nonce", state, algorithm="sha256").hexdigest()


class Client(OAuth2Client):
    """Sends the nonce along."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, Any]) -> str:
        asked = {**extra_params, "nonce": nonce_of(self.state or "")}
        return str(super().get_redirect_url(authorization_url, scope, asked))


class Talk(OpenIDConnectOAuth2Adapter):
    """What is said to a provider, and what of its answer is believed."""

    client_class = Client

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it has to be the one that the settings name."""
        found: dict[str, Any] = super().openid_config
        if found.get("issuer") != _provider(self.provider_id).issuer:
            raise OAuth2Error("The provider names another issuer.")
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """At the site's own address, whatever host the request named."""
        return address_of(self.get_provider().get_callback_url())

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        claims = self.believed(kwargs["response"].get("id_token"), app)
        if not constant_time_compare(str(claims["nonce"]), nonce_of(request.GET.get("state", ""))):
            raise OAuth2Error("The token belongs to another journey.")
        request.claims = claims  # type: ignore[attr-defined]
        return self.get_provider().sociallogin_from_response(request, claims)

    def believed(self, token: Any, app: SocialApp) -> dict[str, Any]:
        """The token's claims, where it is signed by the provider, for us, and of now. Raises OAuth2Error."""
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(self.openid_config["jwks_uri"])
                answer.raise_for_status()
            key = jwt.PyJWKSet.from_dict(answer.json())[jwt.get_unverified_header(token)["kid"]]
            checked: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=SIGNED_BY,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=SLACK,
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise OAuth2Error("The token is not to be believed.") from error
        if isinstance(checked["aud"], list) and len(checked["aud"]) > 1 and checked.get("azp") != app.client_id:
            raise OAuth2Error("The token was made for somebody else as well.")
        return checked


class CouncilProvider(OpenIDConnectProvider):
    """A council's provider: always with PKCE, for signing in and nothing else, and nothing of the token is kept."""

    oauth2_adapter_class = Talk
    pkce_enabled_default = True

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        asked = super().get_redirect_from_request_kwargs(request)
        return {"process": "login", "next_url": asked.get("next_url"), "scope": self.get_scope()}

    def extract_uid(self, data: dict[str, Any]) -> str:
        try:
            return rules.subject_of(_provider(self.app.provider_id), data)
        except Refused as refusal:
            raise OAuth2Error(refusal.sentence) from refusal

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}


class CouncilAdapter(DefaultSocialAccountAdapter):
    """The package's hooks: providers come from the settings alone, and nobody gets an account by coming through one."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        # A journey that waits for the second factor names the protocol and the client instead.
        keys = [each.key for each in settings.SINGLE_SIGN_ON if client_id and each.client_id == client_id]
        found = _provider(keys[0] if provider == "openid_connect" and keys else provider)
        return SocialApp(
            provider="openid_connect",
            provider_id=found.key,
            name=found.name,
            client_id=found.client_id,
            secret=found.client_secret,
            settings={"server_url": found.issuer, "oauth_pkce_enabled": True},
        )

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> CouncilProvider:
        return CouncilProvider(request, app=self.get_app(request, provider, client_id))

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        return [self.get_app(request, each.key) for each in settings.SINGLE_SIGN_ON if provider in (None, each.key)]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whom the token means, and link them at their first sign-in; everybody else reads whom to ask."""
        try:
            if sociallogin.state.get("process") != "login":
                raise Refused("This only signs you in.")
            _find(request, sociallogin)
        except Refused as refusal:
            raise ImmediateHttpResponse(_refused(request, refusal.sentence)) from refusal

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        sentence = (
            "Signing in through your council did not work. Try again; if it fails again, ask your IT service desk."
        )
        raise ImmediateHttpResponse(_refused(request, sentence))


def _find(request: HttpRequest, sociallogin: SocialLogin) -> None:
    provider, claims = _provider(sociallogin.account.provider), request.claims  # type: ignore[attr-defined]
    known = single_sign_on.linked(provider.key, sociallogin.account.uid)
    person = known.user if known else single_sign_on.person_to_link(rules.address_of(provider, claims))
    if not rules.speaks_for(provider, person.email) or person.is_staff or person.is_superuser:
        raise Refused(f"This sign-in cannot speak for your account any more. {rules.ASK}")
    if known is None:
        by = Actor(person, Channel.WEB, request.trail_id)  # type: ignore[attr-defined]
        known = single_sign_on.link(
            person, provider=provider.key, subject=sociallogin.account.uid, by=by, at=moment_of(request)
        )
    sociallogin.account, sociallogin.user = known, person


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "socialaccount/refused.html", {"sentence": sentence}, status=403)


def _provider(key: str) -> rules.Provider:
    found = next((each for each in settings.SINGLE_SIGN_ON if each.key == key), None)
    if found is None:
        raise Http404
    return found


class SecondFactorStage(AuthenticateStage):
    """The step with the code, which who showed one to their council's trusted provider has behind them."""

    def handle(self) -> tuple[Any, bool]:
        person = self.login.user
        if person is not None and factor_was_shown(self.request, person):
            return None, True
        response, goes_on = super().handle()
        if response is not None and person is not None:
            self.state[HELD] = person.get_session_auth_hash()
        return response, goes_on


@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for the provider: by the button alone, so that no other site signs anybody in."""
    try:
        return OAuth2LoginView.adapter_view(Talk(request, _provider(provider_id).key))(request)
    except (OAuth2Error, requests.RequestException, KeyError) as error:
        log.warning("Single sign-on could not begin: %r", error)
        return _refused(request, FAILED)


@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    return OAuth2CallbackView.adapter_view(Talk(request, _provider(provider_id).key))(request)
