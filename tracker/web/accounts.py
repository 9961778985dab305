"""Sign-in: accounts are given by leads and administrators, so the door for signing oneself up stays shut."""

from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tracker.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """The sign-in package's hooks, with sign-up closed and its sentences in the site's own words."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "too_many_login_attempts": (
            "Sign-in is closed for five minutes after too many wrong tries. Wait, or set a new password."
        ),
        "enter_current_password": "The password you have now is not right.",
        "incorrect_password": "The password is not right.",
    }

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link for a new password, at the site's own address, whatever host the request named."""
        return urljoin(settings.SITE_ADDRESS, urlsplit(super().get_reset_password_from_key_url(key)).path)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def password_link(person: User) -> str:
    """The address at which the person sets a password: it works once, and for as long as the sign-in package says."""
    given = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return address_of(reverse("account_reset_password_from_key", kwargs=given))


def link_days() -> int:
    """For how many days such a link works."""
    return int(settings.PASSWORD_RESET_TIMEOUT) // (24 * 60 * 60)


def address_of(path: str) -> str:
    """A page's address as it stands in a mail: the site's own, whatever host the request named."""
    return urljoin(settings.SITE_ADDRESS, path)
