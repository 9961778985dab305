"""The key in a link for a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from tracker.models import User


class LinkKeys(PasswordResetTokenGenerator):
    """A key that ends with the password, the address, a sign-in, and with everything else that was open of the person.

    In a module of its own, because the sign-in package loads it in the middle of loading itself.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}/{user.session_round}"
