"""The pages of the second factor: setting it up, its recovery codes, the step at sign-in, switching it off.

Their ways through the house are the sign-in package's own; what is kept, and told in the trail, goes through the verbs.
"""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from tracker.models import User
from tracker.rules.refusal import Refused
from tracker.services import second_factors, sign_ins
from tracker.web.acting import actor_of, moment_of
from tracker.web.doors import HELD
from tracker.web.forms.actions import ConfirmForm
from tracker.web.letters import tell_of_factor
from tracker.web.pages import VerbPage

FRESH = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
UNSEEN = method_decorator(never_cache, name="dispatch")


def _left(number: int) -> str:
    """How many recovery codes there still are."""
    if not number:
        return "It was your last: make new ones under your details."
    return f"You have {number} left."


def _stay(request: HttpRequest, person: User) -> None:
    """All other sessions of the person have ended; this one goes on, under a new key."""
    update_session_auth_hash(request, person)


@UNSEEN
class SetUpPage(ActivateTOTPView):
    """Scan the picture or type the secret, and prove it with a first code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        secret = shown["form"].secret
        asked = second_factors.must_have_factor(self.request.user, settings.SECOND_FACTOR)
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return {**shown, "groups": groups, "is_asked": asked}

    def form_valid(self, form: Any) -> HttpResponse:
        person = self.request.user
        by, at = actor_of(self.request), moment_of(self.request)
        try:
            kept = second_factors.set_up(person, secret=form.secret, by=by, at=at)
        except Refused as refusal:
            messages.error(self.request, refusal.sentence)
            return redirect("me")
        second_factors.accept_timed(kept, form.cleaned_data["code"])  # so that it opens nothing a second time
        clear_totp_secret(self.request)
        record_authentication(self.request, kept, "mfa", type="totp")
        _stay(self.request, kept)
        tell_of_factor(kept, "set_up")
        messages.success(self.request, "Your second factor is set up. Keep the recovery codes below.")
        return redirect("mfa_view_recovery_codes")


@UNSEEN
class CodePage(AuthenticateView):
    """The second step of signing in. It ends with a password, an account or a factor that changed since the first."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = self.stage.login.user
        if not person.is_active or self.stage.state.get(HELD) != person.get_session_auth_hash():
            messages.error(request, "Something about your account has changed. Sign in again.")
            return redirect("account_login")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if form.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            tell_of_factor(form.user, "used")
            left = second_factors.codes_left(form.user)
            messages.info(self.request, f"You signed in with a recovery code, which does not work again. {_left(left)}")
        return super().form_valid(form)


@UNSEEN
class AgainPage(ReauthenticateView):
    """The code once more, for somebody who has no password; who has one is asked for that."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.has_usable_password():
            return redirect(f"{reverse('account_reauthenticate')}?{request.GET.urlencode()}")
        return super().dispatch(request, *args, **kwargs)


@UNSEEN
class CodesPage(ViewRecoveryCodesView):
    """The recovery codes, once: after that they are only counted."""


class _OwnFactor(VerbPage):
    """A page about one's own second factor, behind a password entered just now."""

    form_class = ConfirmForm

    def allow(self) -> None:
        if not second_factors.has_factor(self.person):
            raise Refused("You have no second factor.")

    def back(self) -> str:
        return reverse("me")


@FRESH
class NewCodesPage(_OwnFactor):
    """New recovery codes in place of the earlier ones."""

    title = "Make new recovery codes?"
    intro = "The codes you have now will not work any more. The new ones are shown once."
    button = "Make new codes"
    done = "These are your new recovery codes. The earlier ones do not work any more."

    def act(self, form: ConfirmForm) -> None:
        kept = second_factors.renew_codes(self.person, by=self.actor, at=self.moment)
        _stay(self.request, kept)
        tell_of_factor(kept, "codes")

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes")


@FRESH
class SwitchOffPage(_OwnFactor):
    """Without a second factor again; who has to have one is led to set up another at once."""

    title = "Switch the second factor off?"
    button = "Switch it off"
    done = "Your second factor is switched off."
    warns = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = second_factors.must_have_factor(self.person, settings.SECOND_FACTOR)
        intro = (
            "Your role needs one, so you will set up a new one at once: do this if you have a new telephone."
            if asked
            else "Your password alone will then open your account. Your recovery codes go too."
        )
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: ConfirmForm) -> None:
        kept = second_factors.switch_off(self.person, by=self.actor, at=self.moment)
        records = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [r for r in records if r.get("method") != "mfa"]
        _stay(self.request, kept)
        tell_of_factor(kept, "off")


class SignOutEverywherePage(VerbPage):
    """End every session of one's own, on every computer and telephone."""

    form_class = ConfirmForm
    title = "Sign out everywhere?"
    intro = (
        "You will be signed out on every computer and telephone, this one too, and links for a new password that are"
        " on their way stop working. Do this if you left yourself signed in somewhere."
    )
    button = "Sign out everywhere"
    done = "You are signed out everywhere."

    def back(self) -> str:
        return reverse("me")

    def get_success_url(self) -> str:
        return reverse("account_login")

    def act(self, form: ConfirmForm) -> None:
        sign_ins.sign_out_everywhere(self.person, by=self.actor, at=self.moment)
        logout(self.request)
