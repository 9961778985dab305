"""A mail server that a test holds in its hand: it keeps what it takes, and answers an address as it was told to."""

import smtplib
from contextlib import suppress

from django.core.mail.backends.base import BaseEmailBackend

from tracker.mail import Addresses

NOWHERE = Addresses(of=lambda *of: "", saying=lambda *of: "", choice="", host="example.org")


class Postbox(BaseEmailBackend):
    """What was taken stands in `taken`; `answers` holds the error for an address, `shut` the one for a connection."""

    def __init__(self):
        super().__init__()
        self.taken, self.answers, self.shut, self.opened = [], {}, None, 0

    def open(self):
        if self.shut:
            raise self.shut
        self.opened += 1

    def send_messages(self, messages):
        for message in messages:
            address = message.to[0]
            with suppress(KeyError):
                raise self.answers[address]
            message.message()
            self.taken.append(address)
        return len(messages)


def refusing(code, address="x@example.org"):
    """The error of a server that refuses the recipient with that code."""
    return smtplib.SMTPRecipientsRefused({address: (code, b"no")})
