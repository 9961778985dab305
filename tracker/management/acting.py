"""Who acts on the command line: a named person, or the installation itself."""

import uuid

from django.core.management.base import CommandError

from tracker.access import Actor
from tracker.choices import Channel
from tracker.services import people


def actor(email: str = "") -> Actor:
    """The actor of a command: the person of that e-mail address, or the installation itself. Raises CommandError."""
    person = people.person_of(email) if email else None
    if email and person is None:
        raise CommandError(f"Nobody here has the e-mail address {email}.")
    return Actor(person, Channel.COMMAND, uuid.uuid4().hex)
