"""Linking a person to their council's own sign-in, once; afterwards the provider's number for them counts alone."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from tracker.access import Actor
from tracker.choices import EventKind
from tracker.models import User
from tracker.rules.refusal import Refused
from tracker.rules.single_sign_on import ASK
from tracker.services import people, trail

NOBODY = "There is no account for {address} here. Accounts are given by improvement leads and administrators. " + ASK


def linked(provider: str, subject: str) -> SocialAccount | None:
    """The link of that number at that provider, with its person; None before the first sign-in."""
    return SocialAccount.objects.select_related("user").filter(provider=provider, uid=subject).first()


def person_to_link(address: str) -> User:
    """The active person whom a proven address names. Raises Refused with whom to ask.

    The site's own administrators stay out of every council's hands: they sign in with a password and a second factor.
    """
    person = people.person_of(address)
    if person is None or not person.is_active:
        raise Refused(NOBODY.format(address=address))
    if person.is_staff or person.is_superuser:
        raise Refused("Administrators of this site sign in with their password and second factor.")
    return person


@transaction.atomic
def link(person: User, *, provider: str, subject: str, by: Actor, at: datetime) -> SocialAccount:
    """Keep the provider's number for the person. Raises Refused where they are linked there under another one."""
    if by.is_house or by.person().pk != person.pk:
        raise Refused("Only the person themselves may link their council’s sign-in.")
    kept = User.objects.select_for_update().get(pk=person.pk)
    if SocialAccount.objects.filter(user=kept, provider=provider).exists():
        raise Refused(f"Another account of your council’s sign-in is linked to {kept.email} already. {ASK}")
    made = SocialAccount.objects.create(user=kept, provider=provider, uid=subject)
    trail.record(EventKind.SIGN_IN_LINKED, kept, chain=None, by=by, at=at, details={"provider": provider})
    return made
