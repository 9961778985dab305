"""The mails that follow when a role is granted: to whoever gets it, and to the council's leads.

The role stands whether or not a mail goes out: what could not be sent is told on the page, which offers to try again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.urls import reverse

from tracker import mail
from tracker.access import leads_of
from tracker.choices import Role
from tracker.models import Membership, User
from tracker.web.accounts import address_of, link_days, password_link

log = logging.getLogger(__name__)


@dataclass
class Post:
    """What became of the mails about one membership: None where none was to be sent, False where one failed."""

    to_person: bool | None = None
    to_leads: bool | None = None

    def problem(self, person: User) -> str:
        """What could not be sent, in a sentence or two; empty where nothing went wrong."""
        to_them = f"The mail to {person.email} could not be sent: send it again from this page."
        to_leads = "The mail that tells the improvement leads could not be sent: tell them yourself."
        failed = [(self.to_person is False, to_them), (self.to_leads is False, to_leads)]
        return " ".join(sentence for is_so, sentence in failed if is_so)


def tell_of(membership: Membership, by: User) -> Post:
    """Send both mails once the membership is safely stored."""
    post = Post()
    transaction.on_commit(lambda: _tell_both(membership, by, post))
    return post


def tell_person(membership: Membership, by: User) -> Post:
    """Send the person's mail alone, once more."""
    post = Post()
    transaction.on_commit(lambda: _tell_person(membership, by, post))
    return post


def tell_of_factor(person: User, what: str, *, by: User | None = None, reason: str = "") -> None:
    """Mail the person what was done with their second factor, once it is safely stored; a failing mail undoes nothing."""
    page, who = address_of(reverse("me")), by.name if by else ""
    transaction.on_commit(lambda: _sent(partial(mail.factor_told, person, what, page=page, by=who, reason=reason)))


def _tell_both(membership: Membership, by: User, post: Post) -> None:
    _tell_person(membership, by, post)
    person, authority = membership.user, membership.authority
    page = address_of(reverse("person", args=[authority.code, person.pk]))
    granted = _granted(membership, by)
    leads = leads_of(authority).exclude(pk=person.pk)
    sent = [_sent(partial(mail.lead_told, lead, person, granted, page=page)) for lead in leads]
    post.to_leads = all(sent) if sent else None


def _tell_person(membership: Membership, by: User, post: Post) -> None:
    person, granted = membership.user, _granted(membership, by)
    if not person.is_active:
        return
    if person.has_usable_password():
        post.to_person = _sent(partial(mail.role_granted, person, granted, site=address_of(reverse("home"))))
        return
    link, renew = password_link(person), address_of(reverse("account_reset_password"))
    post.to_person = _sent(partial(mail.invitation, person, granted, link=link, days=link_days(), renew=renew))


def _granted(membership: Membership, by: User) -> mail.Granted:
    """The role, and who acts as a stranger can place them."""
    named = f"{by.name} ({by.job_title})" if by.job_title else by.name
    return mail.Granted(membership.authority, Role(membership.role), named)


def _sent(send: Callable[[], None]) -> bool:
    try:
        send()
    except OSError:  # the mail server's errors among them
        log.exception("A mail about an account could not be sent.")
        return False
    return True
