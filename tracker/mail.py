"""Mail: one function a message, rendered from templates/mail as text and as HTML. Sends, and asks nothing.

Whoever calls has done the verb already, hands in everything the message says, and deals with a mail that fails: each
function raises OSError (which the mail server's errors are) where the message could not be handed over.
"""

from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from tracker.choices import Role
from tracker.models import Authority, User
from tracker.rules.roles import IN_WORDS


@dataclass(frozen=True)
class Granted:
    """A role that somebody was given: where, which, and by whom in words."""

    authority: Authority
    role: Role
    by: str


def invitation(person: User, granted: Granted, *, link: str, days: int, renew: str) -> None:
    """Ask somebody in: `link` leads to the choice of a password, once and for so many days; `renew` to a new link."""
    _send("invitation", person, {**_told(person, granted), "link": link, "days": days, "renew": renew})


def role_granted(person: User, granted: Granted, *, site: str) -> None:
    """Tell somebody who has an account that they have a role more."""
    _send("role_granted", person, {**_told(person, granted), "site": site})


def lead_told(lead: User, person: User, granted: Granted, *, page: str) -> None:
    """Tell one of a council's leads who was given which role, and by whom; `page` is where it can be ended."""
    _send("lead_told", lead, {**_told(person, granted), "lead": lead, "page": page})


def _told(person: User, granted: Granted) -> dict[str, Any]:
    role = granted.role
    words = {"role": role.label, "role_in_words": IN_WORDS[role]}
    return {"person": person, "authority": granted.authority, "by": granted.by, **words}


def _send(name: str, to: User, told: dict[str, Any]) -> None:
    """Render the three parts of a message and hand it over. A subject is one line, whatever a name holds."""
    subject = " ".join(render_to_string(f"mail/{name}_subject.txt", told).split())
    message = EmailMultiAlternatives(subject, render_to_string(f"mail/{name}.txt", told), to=[to.email])
    message.attach_alternative(render_to_string(f"mail/{name}.html", told), "text/html")
    message.send()
