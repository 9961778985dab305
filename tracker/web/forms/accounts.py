"""The sign-in forms in the site's own words."""

from typing import Any

from allauth.account import forms as given
from django import forms
from django.conf import settings

from tracker.models import User
from tracker.rules.single_sign_on import without_passwords


def _reword(field: forms.Field, label: str, missing: str, hint: str = "") -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


class SignInForm(given.LoginForm):
    """E-mail address and password, or a button for each council that has a sign-in of its own."""

    use_required_attribute = False
    user: User | None = None
    councils = property(lambda self: settings.SINGLE_SIGN_ON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["login"], "E-mail address", "Enter your e-mail address")
        _reword(self.fields["password"], "Password", "Enter your password")

    def clean(self) -> Any:
        """Refuses a right password too where the person's council has closed that way for its people."""
        cleaned = super().clean()
        person = self.user
        if person is None or person.is_staff or person.is_superuser:
            return cleaned
        closed = without_passwords(settings.SINGLE_SIGN_ON, person.email)
        if closed:
            raise forms.ValidationError(f"People of {closed.name} sign in through their council: use that button.")
        return cleaned


class ForgottenForm(given.ResetPasswordForm):
    """The address a link is sent to."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["email"], "E-mail address", "Enter your e-mail address")


LENGTH = "At least 12 characters. Three or four random words make a good password."


class NewPasswordForm(given.ResetPasswordKeyForm):
    """A new password, twice, by the link from the mail."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["password1"], "New password", "Enter a new password", LENGTH)
        _reword(self.fields["password2"], "New password again", "Enter the new password again")


class ChangePasswordForm(given.ChangePasswordForm):
    """The password of today, and a new one twice."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self.fields["oldpassword"], "Your password now", "Enter your password")
        _reword(self.fields["password1"], "New password", "Enter a new password", LENGTH)
        _reword(self.fields["password2"], "New password again", "Enter the new password again")
