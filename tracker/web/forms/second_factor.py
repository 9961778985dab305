"""The forms of the second factor: the code of the telephone, or a recovery code."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base import forms as given
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.totp import forms as timed
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms

from tracker.access import Actor
from tracker.choices import Channel
from tracker.rules.refusal import Refused
from tracker.services import second_factors
from tracker.web.accounts import SecondFactorAdapter
from tracker.web.acting import moment_of
from tracker.web.forms.fields import PageForm, words

DIGITS = 6
HERE = "The six digits that your authenticator app shows now."


def _digits(field: forms.Field, label: str, hint: str, missing: str) -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(autocomplete="one-time-code", inputmode="numeric", spellcheck="false")
    field.widget.attrs["class"] = "govuk-input govuk-input--width-10"


def _counted(person: Any) -> Callable[[], None]:
    """Count a try of this person's code and of the network address; what takes this one try back. Raises ValidationError.

    The package's own way forgets every failure of the network address with it, those at other people's accounts too.
    """
    key = f"mfa-auth-user-{person.pk}"
    used = ratelimit.consume(context.request, app="allauth.account", action="login_failed", key=key)
    if used is None:
        raise get_adapter().validation_error("too_many_login_attempts")
    rollback: Callable[[], None] = used.rollback
    return rollback


class _CodeForm(given.BaseAuthenticateForm):
    """A code of the telephone, or one of the recovery codes. Each is taken once."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = f"{HERE} If you have not got your telephone, enter one of your recovery codes."
        _digits(self.fields["code"], "Code", hint, "Enter the code")

    def clean_code(self) -> str:
        """Counts the tries of this person, then asks the telephone's factor and the recovery codes."""
        forgive = _counted(self.user)
        code = "".join(self.cleaned_data["code"].split())
        self.authenticator = second_factors.accept_timed(self.user, code) or self.recovered(code)
        forgive()
        return code

    def recovered(self, code: str) -> Any:
        """The recovery codes, where this is one of them that was not used; raises ValidationError."""
        if len(code) <= DIGITS:
            raise SecondFactorAdapter().validation_error("incorrect_code")
        request = context.request
        by = Actor(self.user, Channel.WEB, request.trail_id)
        try:
            return second_factors.spend_code(self.user, code=code, by=by, at=moment_of(request))
        except Refused:
            raise SecondFactorAdapter().validation_error("incorrect_code") from None


class SignInCodeForm(_CodeForm, given.AuthenticateForm):
    """The code at sign-in."""


class AgainCodeForm(_CodeForm, given.ReauthenticateForm):
    """The code once more, from somebody who has no password."""


class FirstCodeForm(timed.ActivateTOTPForm):
    """The first code, which proves that the telephone has taken the secret."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _digits(self.fields["code"], "Code from your app", HERE, "Enter the code that your app shows")

    def clean_code(self) -> str:
        """The code, where it is the one that the telephone shows for the new secret."""
        validate_can_add_authenticator(self.user)
        forgive = _counted(self.user)
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        forgive()
        return code


class TakeOffForm(PageForm):
    """Why a lost second factor is taken off."""

    reason = words(
        "Why, and how do you know that it is them?",
        hint="For example: new telephone, asked for it in person. It is kept in the trail and sent to them.",
        rows=3,
    )
