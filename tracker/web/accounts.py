"""Sign-in: accounts are given by leads and administrators, so the door for signing oneself up stays shut."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """The sign-in package's hooks, with sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
