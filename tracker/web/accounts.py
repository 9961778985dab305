"""Sign-in: accounts are given by leads and administrators, so the door for signing oneself up stays shut."""

import base64
import unicodedata
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tracker.models import User
from tracker.web.link_keys import LinkKeys


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

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose tries are counted: the address, however it is spelled.

        The package adds the host that the request named, and everybody may name another port with each try.
        """
        return unicodedata.normalize("NFKC", str(credentials.get("email", ""))).strip().casefold()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link for a new password, at the site's own address, whatever host the request named."""
        return urljoin(settings.SITE_ADDRESS, urlsplit(super().get_reset_password_from_key_url(key)).path)

    def get_login_stages(self) -> list[str]:
        """The package's steps of signing in, with our own for the second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "tracker.web.single_sign_on.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """The hooks of the second factor: secrets are kept encrypted, pictures stand in the page, sentences are ours."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right, or was used before. Wait for the next one and enter that.",
    }

    def encrypt(self, text: str) -> str:
        """Under the installation's own key: a copy of the database alone opens no account."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, without the heading of a file of its own."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


def _box() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [sha256(f"second factor {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in digests])


def password_link(person: User) -> str:
    """The address at which the person sets a password: it works once, and for as long as the sign-in package says."""
    given = {"uidb36": user_pk_to_url_str(person), "key": LinkKeys().make_token(person)}
    return address_of(reverse("account_reset_password_from_key", kwargs=given))


def link_days() -> int:
    """For how many days such a link works."""
    return int(settings.PASSWORD_RESET_TIMEOUT) // (24 * 60 * 60)


def address_of(path: str) -> str:
    """A page's address as it stands in a mail: the site's own, whatever host the request named."""
    return urljoin(settings.SITE_ADDRESS, path)
