"""How often people want their digest: read when one is made, changed by the person alone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tracker.access import Actor
from tracker.choices import DigestChoice, EventKind
from tracker.models import User
from tracker.rules.refusal import Refused
from tracker.services import trail
from tracker.services.locking import locked


def choices_of(people: Iterable[int]) -> dict[int, DigestChoice]:
    """What these people have chosen; who has chosen nothing else, and gets a mail each day, is left out."""
    others = User.objects.filter(pk__in=list(people)).exclude(digest_choice=DigestChoice.EACH_DAY)
    return {pk: DigestChoice(choice) for pk, choice in others.values_list("pk", "digest_choice")}


@transaction.atomic
def choose(person: User, *, choice: str, by: Actor, at: datetime) -> User:
    """Choose how often one's own mail comes. Raises Refused for anybody else's, and for what is no choice."""
    if by.is_house or by.person().pk != person.pk:
        raise Refused("Only the person themselves may choose how often their mail comes.")
    if choice not in DigestChoice.values:
        raise Refused("Choose one of the three.", "choice")
    kept = locked(person)
    if kept.digest_choice == choice:
        return kept
    kept.digest_choice = choice
    kept.save(update_fields=["digest_choice"])
    trail.record(EventKind.PERSON_CHANGED, kept, chain=None, by=by, at=at)
    return kept
