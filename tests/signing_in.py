"""What people do at the doors: passwords, telephones that show codes, and sessions, for tests."""

import re
import time
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.test import Client

from tests.factories import acting, at
from tracker.web.accounts import password_link

PASSWORD = "orchard kettle seventeen"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, CODE, SET_UP = "/accounts/login/", "/accounts/second-factor/code/", "/accounts/second-factor/set-up/"


def with_password(person):
    """The person, who has chosen a password."""
    person.set_password(PASSWORD)
    person.save()
    return person


def with_factor(person, services):
    """The person, with a password and a second factor."""
    with_password(person)
    services.set_up(person, secret=SECRET, by=acting(person), at=at(2013, 5, 28))
    person.refresh_from_db()
    return person


def shown_code(secret=SECRET, *, later=0):
    """What the telephone shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def forget_counts():
    """The cache is gone: what is left is what the database keeps."""
    cache.clear()


def link_of(person):
    """The path of a link for a new password, as it is mailed."""
    return urlsplit(password_link(person)).path


def secret_of(person):
    return decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


def recovery_codes(person):
    return Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()


def enter_password(client: Client, person, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": person.email, "password": password}, **more)


def enter_code(client: Client, code):
    return client.post(CODE, {"code": code})


def is_signed_in(client: Client):
    return client.get("/me/").status_code == 200


def set_up_by_page(client: Client):
    """Walk through the page of the second factor; the secret that the telephone took."""
    page = client.get(SET_UP)
    secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page.content.decode()))
    client.post(SET_UP, {"code": shown_code(secret)})
    return secret
